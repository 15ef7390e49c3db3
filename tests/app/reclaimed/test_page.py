"""The reclaimed-water page: both languages, a small district with two plants, the shipped data, layers missing."""

from __future__ import annotations

import json
import re
import time
from concurrent.futures import Executor, Future
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from places import ROOT
from shapely import Point
from small_district import HOSTILE, METRIC, A, D, write_small_district

import cli
from analysis.methods.reclaimed.economics import Rate
from app.jobs import Desk
from app.reclaimed import charts
from app.reclaimed import store as reclaimed_store
from app.reclaimed import wish as reclaimed_wish
from app.reclaimed.wish import Wish, usual_rate, wish_of
from layers.catalogue import CATALOGUE
from layers.versions.manifest import write_manifest
from layers.versions.opening import make_manifest
from layers.writing import write_layer
from records.cases import open_case
from words import LANGUAGES, text
from words.errors import AtlasError
from words.markup import safe


def said(page) -> str:
    return "\n".join(element.proto.body for element in page.get("html") if "<style>" not in element.proto.body)


def _rows(layer: str, rows: list[dict[str, object]]) -> gpd.GeoDataFrame:
    frame = pd.DataFrame(rows)
    for field in CATALOGUE[layer].fields:
        if field.name not in frame.columns:
            frame[field.name] = None
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=METRIC)


def _plant(id_: str, name: str, township: str, at: tuple[float, float], **rest: object) -> dict[str, object]:
    place = Point(1_000 * at[0], 1_000 * at[1])
    usual = {"capacity_m3_per_day": 3_000.0, "treated_m3_per_day": 2_000.0, "reused_m3_per_day": 200.0,
             "ecological_m3_per_day": 0.0,
             "effluent_class": "class_1a", "disinfection": True, "elevation_m": 400.0}  # fmt: skip
    return {"id": id_, "name": name, "township": township, "geometry": place, **usual, **rest}


def _write(folder: Path, *, w2_treated: float | None = 2_000.0) -> Path:
    """The small district with two plants, one of them hostile, and a park to water; they treat 4,000 m³ a day."""
    write_small_district(folder)
    second = _plant("W2", HOSTILE, D, (495, 3246), reused_m3_per_day=0.0, treated_m3_per_day=w2_treated)
    plants = [_plant("W1", "甲厂", A, (484, 3254)), second]
    green = [{"id": "G1", "name": "甲园", "township": A, "watered_area_m2": 40_000.0, "lawn": "warm_season",
              "care_grade": "grade_1", "geometry": Point(485_500, 3_254_500).buffer(150)}]  # fmt: skip
    for layer, rows in (("wastewater_plants", plants), ("green_spaces", green)):
        write_layer(_rows(layer, rows), CATALOGUE[layer], folder=folder)
    with (folder / "sources.toml").open("a", encoding="utf-8") as file:
        for layer in ("wastewater_plants", "green_spaces"):
            file.write(
                f'\n[{layer}]\nissuer = "小县水利局"\nas_of = 2024-12-31\nlicence = "test"\nstatus = "illustrative"\n'
            )
    write_manifest(make_manifest(folder), folder)
    return folder


@pytest.fixture(scope="module")
def reuse(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The small district with plants, and the same without relief."""
    flat = _write(tmp_path_factory.mktemp("flat"))
    (flat / CATALOGUE["elevation"].file).unlink()
    write_manifest(make_manifest(flat), flat)
    lacking = _write(tmp_path_factory.mktemp("lacking"), w2_treated=None)
    (lacking / CATALOGUE["elevation"].file).unlink()
    write_manifest(make_manifest(lacking), lacking)
    return {"whole": _write(tmp_path_factory.mktemp("whole")), "flat": flat, "lacking": lacking}


def settled(page):
    """The page once its plan is found."""
    for _ in range(100):
        if not page.get("progress"):
            return page
        time.sleep(0.2)
        page.run()
    raise AssertionError("the plan was not found in time")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_stands_beside_the_map_with_its_proof_and_warning(open_page, reuse, language):
    page = settled(open_page("reclaimed", reuse["whole"], lang=language))
    spoken = said(page)
    assert not page.exception
    assert "atlas-notice wrong" not in spoken, spoken
    assert text("reclaimed.paper.statuses.optimal", language) in spoken
    assert text("reclaimed.pipe_words.not_potable", language) in spoken
    assert text("reclaimed.pipe_words.no_cross", language) in spoken
    assert text("statuses.illustrative", language) in spoken
    assert text("reclaimed.page.cards.treated", language, volume="|").split("|")[0] in spoken
    assert "data:image/svg+xml" in spoken


def test_the_rate_today_is_by_hand_and_names_the_target_set(open_page, reuse):
    spoken = said(settled(open_page("reclaimed", reuse["whole"])))
    assert text("reclaimed.page.cards.before", rate="5.0%") in spoken  # 200 of 4,000 m³ a day
    assert text("reclaimed.page.cards.target", year="2025", rate="35.0%") in spoken


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["whole", "missing"])
def test_a_district_without_plants_says_who_owes_them(open_page, folders, language, kind):
    page = open_page("reclaimed", folders[kind], lang=language)
    assert not page.exception
    assert text("layers.wastewater_plants.name", language) in said(page)
    assert text(f"departments.{CATALOGUE['wastewater_plants'].owner}", language) in said(page)
    assert text("units.missing", language) in said(page)


def test_without_relief_the_page_says_so_and_keeps_suitability_and_demand(open_page, reuse):
    page = open_page("reclaimed", reuse["flat"])
    assert not page.exception
    assert text("layers.elevation.name") in said(page)
    assert text("reclaimed.page.parts.plants") in said(page)
    assert any("plant" in frame.value.columns for frame in page.dataframe)


def test_a_plant_of_unknown_volume_is_said_beside_what_it_is_not_in(open_page, reuse):
    whole, lacking = (said(open_page("reclaimed", reuse[kind])) for kind in ("flat", "lacking"))
    at_least, known = (text(f"reclaimed.page.cards.{key}", known=1, count=1) for key in ("at_least", "known_only"))
    assert at_least not in whole
    assert known not in whole
    assert at_least in lacking
    assert known in lacking
    assert "58.4" in lacking  # (2,000 · 0.9 − 200) · 365.25 m³ of W1 alone, in 10⁴ m³
    assert "10.0" in lacking  # 200 of 2,000


def _ids(spoken: str) -> list[str]:
    """The result ids the page says."""
    before, after = text("reclaimed.paper.marks", version="|", result="|").split("|")[1:]
    return re.findall(re.escape(before) + "([0-9a-f]{12})" + re.escape(after), spoken)


def test_page_paper_and_command_of_one_network_share_an_id(open_page, reuse, capsys, monkeypatch):
    """One price changed: the page reckons anew what it found at usual prices, the command searches; one answer."""
    page = settled(open_page("reclaimed", reuse["whole"]))
    page.slider(key="reclaimed_rate").set_value(15).run()
    page = settled(page)
    usual = _ids(said(page))
    page.slider(key="assume_reclaimed_subsidy_yuan_per_m3").set_value(0.75).run()
    shown = _ids(said(page))
    table = next(frame.value for frame in page.dataframe if "scenario" in frame.value.columns)
    told = {}
    for price in ("0", "0.75"):
        words = ("--target-rate", "0.15", "--time-limit", "10", "--assume", f"reclaimed_subsidy_yuan_per_m3={price}")
        assert cli.main(["reclaimed", "plan", "--json", "--data", str(reuse["whole"]), *words]) == 0
        told[price] = json.loads(capsys.readouterr().out)
    assert [told["0"]["result_id"]] == usual
    assert [told["0.75"]["result_id"]] == shown
    assert usual != shown
    assert shown[0] in set(table["result"])
    assert told["0.75"]["cost_yuan"] == told["0"]["cost_yuan"]
    assert told["0.75"]["economics"]["subsidy_yuan"] == pytest.approx(0.75 * told["0"]["volume_m3"])


def test_a_network_epanet_cannot_hold_does_not_cost_the_page(open_page, reuse, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError("FCVs cannot be directly connected to a reservoir")

    monkeypatch.setattr("wntr.sim.EpanetSimulator.run_sim", refuse)
    page = settled(open_page("reclaimed", reuse["whole"]))
    page.slider(key="reclaimed_rate").set_value(14).run()
    spoken = said(settled(page))
    assert not page.exception
    assert text("reclaimed.paper.not_simulated", reason="FCVs") in spoken.split(" cannot")[0]
    assert text("reclaimed.paper.statuses.optimal") in spoken
    assert _ids(spoken)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("error", [KeyError("W9"), AtlasError("errors.unknown_township", code="1", district="2")])
def test_a_plan_that_fails_shows_why_and_leaves_the_page(open_page, reuse, monkeypatch, error, language):
    def fail(*_: object, **__: object) -> None:
        raise error

    plain = reclaimed_store._candidates
    monkeypatch.setattr("app.jobs.desk", Desk())
    monkeypatch.setattr(reclaimed_store, "_candidates", fail)
    page = settled(open_page("reclaimed", reuse["whole"], lang=language))
    spoken = said(page)
    assert not page.exception
    assert spoken.count("atlas-notice wrong") == 1
    key = error.key if isinstance(error, AtlasError) else "app.broken"
    known = {"reference": "|", "code": "1", "district": "2"}
    assert safe(text(key, language, **known).split("|")[0]) in spoken
    assert text("reclaimed.page.parts.plants", language) in spoken
    assert "W9" not in spoken
    assert not page.get("progress")
    monkeypatch.setattr(reclaimed_store, "_candidates", plain)
    page.button(key="reclaimed_again").click().run()
    again = said(settled(page))
    assert "atlas-notice wrong" not in again
    assert text("reclaimed.paper.statuses.optimal", language) in again


def test_a_plan_that_cannot_be_priced_shows_why_and_leaves_the_page(open_page, reuse, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(reclaimed_store, "solved", fail)
    page = settled(open_page("reclaimed", reuse["whole"]))
    assert not page.exception
    assert said(page).count("atlas-notice wrong") == 1
    assert text("reclaimed.page.parts.plants") in said(page)


class _Still(Executor):
    """A queue whose work never gets its turn."""

    def submit(self, work, /, *arguments, **named) -> Future:
        return Future()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_data_show_before_the_network_is_found(open_page, monkeypatch, language):
    monkeypatch.setattr("app.jobs.desk", Desk(queue=_Still()))
    page = open_page("reclaimed", ROOT / "data", lang=language)
    assert not page.exception
    assert page.get("progress")
    assert text("reclaimed.page.pending", language) in said(page)


def test_an_impossible_wish_names_what_cannot_be_met(open_page, reuse):
    page = settled(open_page("reclaimed", reuse["whole"]))
    page.button_group(key="reclaimed_aim").set_value("budget").run()
    page = settled(page)
    page.multiselect(key="reclaimed_pin").set_value(["G1"]).run()
    page.number_input(key="reclaimed_budget").set_value(0.01).run()
    page = settled(page)
    assert text("reclaimed.wishes.less_than_needed") in said(page)


def test_a_pin_and_a_price_make_a_case_that_a_link_brings_back(open_page, reuse, tmp_path: Path):
    page = settled(open_page("reclaimed", reuse["whole"]))
    page.multiselect(key="reclaimed_forbid").set_value(["W2"]).run()
    page = settled(page)
    page.slider(key="assume_reclaimed_subsidy_yuan_per_m3").set_value(0.75).run()
    page.button(key="reclaimed_save").click().run()
    id_ = page.query_params["case"]
    case = open_case(tmp_path, id_[0] if isinstance(id_, list) else id_)
    assert json.loads(case.choices["forbid"]) == ["W2"]
    assert case.assumptions == {"reclaimed_subsidy_yuan_per_m3": 0.75}
    again = settled(open_page("reclaimed", reuse["whole"], case=case.id))
    assert again.multiselect(key="reclaimed_forbid").value == ["W2"]
    assert text("reclaimed.paper.statuses.optimal") in said(again)


def test_a_price_changes_the_money_without_a_new_search(open_page, reuse):
    page = settled(open_page("reclaimed", reuse["whole"]))
    before = said(page)
    page.slider(key="assume_reclaimed_subsidy_yuan_per_m3").set_value(1.5).run()
    assert not page.get("progress")
    assert said(page) != before


def test_two_plans_stand_side_by_side_in_the_list(open_page, reuse):
    page = settled(open_page("reclaimed", reuse["whole"]))
    page.slider(key="reclaimed_rate").set_value(15).run()
    page = settled(page)
    table = next(frame.value for frame in page.dataframe if "scenario" in frame.value.columns)
    assert len(table) == 2
    assert table["rate"].iloc[0] >= 15.0


def test_a_case_that_is_not_there_is_a_sentence(open_page, reuse):
    page = open_page("reclaimed", reuse["whole"], case="ffffffffffff")
    assert not page.exception
    assert "atlas-notice wrong" in said(page)


def test_names_from_data_never_become_markup(open_page, reuse):
    page = settled(open_page("reclaimed", reuse["whole"]))
    assert "<img src=x" not in said(page)


def test_the_first_rate_asks_for_a_quarter_of_the_supply_at_most_half_of_demand():
    today = Rate(1_000.0, 100.0, 100.0)
    assert usual_rate(today, supply_m3=400.0, demand_m3=1_000.0) == pytest.approx(0.20)
    assert usual_rate(today, supply_m3=400.0, demand_m3=100.0) == pytest.approx(0.15)
    assert usual_rate(Rate(0.0, 0.0, 0.0), supply_m3=1.0, demand_m3=1.0) == 0.0


def test_choices_that_cannot_be_read_are_as_usual():
    wish = wish_of({"rate": "much", "pin": "{", "aim": "nothing", "budget": "-3"}, usual=0.2)
    assert wish == Wish("rate", 0.2, 2_000_000.0)
    assert wish_of({"pin": '["a"]', "seconds": "long"}, usual=0.2).seconds == reclaimed_wish.LONG_SECONDS


def test_bands_of_the_plant_to_use_drawing_are_as_wide_as_their_water():
    flows = pd.DataFrame({"plant": ["W1", "W1", "W2"], "use": ["road", "greening", "road"], "m3": [3e4, 1e4, 4e4]})
    svg = charts.sankey(flows, {"W1": HOSTILE, "W2": "乙"}, language="zh")
    assert svg.count("<path") == 3
    assert "<img" not in svg
    heights = [float(part.split('"')[0]) for part in svg.split('height="')[1:]]
    assert heights[0] == pytest.approx(heights[1], abs=0.11)  # 40,000 m³ each
