"""What the map of reclaimed water says of plants, users and pipes; names; the way to a pipe; wishes; what is kept."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from affine import Affine
from shapely import LineString

from app.reclaimed import charts, documents, names, view
from app.reclaimed import store as reclaimed_store
from app.reclaimed.map import missing_notice, network_view
from app.reclaimed.way import way_to
from app.reclaimed.wish import Wish, usual_rate, wish_of
from maps.screen.reclaimed import PIPES
from tests.app.reclaimed import made
from tests.app.screen import marks_of
from tests.reclaimed_ground import reclaimed_district
from tests.small_district import METRIC, small_district
from words import LANGUAGES, text

VOLUME = {"zh": "万m³/a", "en": "10⁴ m³/a"}


@pytest.fixture
def mark(opened):
    """The district with two plants."""
    return opened(reclaimed_district(), "reclaimed view")


@pytest.fixture
def drawn(mark, monkeypatch):
    """A function that draws the map and gives what it was handed."""
    seen = {}
    pipes = gpd.GeoDataFrame({"id": ["T1", "T2"], "m3_per_year": [41_200.0, 11_200.0], "length_m": [1_500.0, 400.0],
                              "lift_m": [12.0, -3.5]})  # fmt: skip
    monkeypatch.setattr(view, "network_map", lambda prepared, **told: seen.update(told) or "map")
    monkeypatch.setattr(reclaimed_store, "ground", lambda mark, key: made.ground())
    monkeypatch.setattr(reclaimed_store, "paper", lambda *asked: (SimpleNamespace(pipes=pipes), None))

    def draw(language: str, network: object | None) -> dict:
        view.page_map.clear()
        view.page_map(mark, (), None if network is None else "id", language, _solved=network)
        return seen

    return draw


def line(language: str, key: str, value: str) -> str:
    return text("reclaimed.paper.line", language, label=text(f"reclaimed.page.tip.{key}", language), value=value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plant_tells_its_supply_what_it_gives_and_the_best_of_its_verdicts(drawn, language):
    first, second = drawn(language, made.solved())["plants"]
    assert (first.key, first.name, first.verdict) == ("W1", "甲厂", "ok")
    assert (second.key, second.name, second.verdict) == ("W2", "W2", "ok")
    unit = VOLUME[language]
    assert first.lines[:2] == (line(language, "supply", f"58.40 {unit}"), line(language, "given", f"1.12 {unit}"))
    assert second.lines[:2] == (line(language, "supply", f"78.55 {unit}"), line(language, "given", f"3.00 {unit}"))
    process = text("layers.reclaimed_users.choices.use.process", language)
    upgrade = text("reclaimed.verdicts.upgrade", language)
    assert first.lines[2] == text("reclaimed.paper.line", language, label=process, value=upgrade)
    assert len(first.lines) == 5


def test_points_lie_east_and_north_as_in_the_data(drawn):
    first, second = drawn("zh", None)["plants"]
    assert first.place[0] < second.place[0]  # W2 lies 11 km further east
    assert first.place[1] > second.place[1]  # and 8 km further south
    assert 107 < first.place[0] < 108
    assert 29 < first.place[1] < 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_user_tells_where_its_water_comes_from_or_why_it_is_left_out(drawn, language):
    green, process, road, left = drawn(language, made.solved())["users"]
    unit, label = VOLUME[language], text("layers.reclaimed_users.choices.use.greening", language)
    assert green.lines == (
        text("reclaimed.paper.line", language, label=label, value=f"1.12 {unit}"),
        line(language, "from_plant", "甲厂"), text("reclaimed.verdicts.ok", language),
    )  # fmt: skip
    assert (green.verdict, process.verdict, process.lines[1]) == ("ok", "ok", line(language, "from_plant", "W2"))
    dearer = text("reclaimed.reasons.dearer", language)
    assert (left.lines[1:], left.verdict) == ((line(language, "left", dearer),), "ok")
    assert road.name == text("reclaimed.paper.filling_point", language, township="乙镇")
    assert road.verdict == "unknown"
    assert [one.chosen for one in (green, process, road, left)] == [True, True, False, False]


def test_without_a_plan_every_user_is_drawn_full_and_no_pipe(drawn):
    told = drawn("zh", None)
    assert [one.chosen for one in told["users"]] == [True] * 4
    assert (told["pipes"], told["pipe_lines"]) == (None, {})
    assert told["plants"][0].lines[1] != line("zh", "given", "1.12 万m³/a")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pipe_tells_flow_length_lift_and_the_warning(drawn, language):
    lines = drawn(language, made.solved())["pipe_lines"]
    warning = text("reclaimed.paper.not_drinking", language)
    unit = VOLUME[language]
    assert lines == {
        "T1": (line(language, "flow", f"4.12 {unit}"), line(language, "length", "1.5 km"),
               line(language, "lift", "12 m"), warning),
        "T2": (line(language, "flow", f"1.12 {unit}"), line(language, "length", "0.4 km"),
               line(language, "lift", "-3.5 m"), warning),
    }  # fmt: skip


def test_the_map_goes_to_the_pipe_looked_at_and_a_click_on_a_pipe_is_kept(screen, mark, monkeypatch):
    monkeypatch.setattr(view, "page_map", lambda *asked, _solved: f"{asked[2]} {asked[3]}")
    network_view(made.scene(mark, "en", network=made.solved(id_="feed"), pipe="T2"))
    shown = screen.maps["reclaimed_map"]
    assert (shown["html"], shown["focus"]) == (b"feed en", [PIPES, "T2"])
    screen.click_map("reclaimed_map", type="atlas:open", layer="water_users", key="U1")
    assert screen.query == {}
    screen.click_map("reclaimed_map", type="atlas:open", layer=PIPES, key="T1")
    assert screen.query == {"pipe": "T1"}


def test_what_the_answer_lacks_is_told(screen, mark, opened):
    missing_notice(made.scene(mark, known=made.ground(unknown_plants=3), job=object()))
    owner = text("departments.urban_management")
    assert ("missing", text("reclaimed.page.unknown_plants", count=3, owner=owner)) in screen.notices
    assert text("reclaimed.page.nothing_to_plan") not in screen.text
    owners = "、".join(sorted((text("departments.environment"), owner)))
    assert screen.notices[0][1].startswith(f"缺出水水质、生态补水义务,由{owners}提供。没有这些资料,")
    missing_notice(made.scene(mark))
    assert ("missing", text("reclaimed.page.nothing_to_plan")) in screen.notices
    screen.wipe()
    missing_notice(made.scene(opened(small_district(), "no plants")))
    assert text("layers.wastewater_plants.name") in screen.notices[0][1]
    assert len(screen.notices) == 1


@pytest.mark.parametrize(
    ("given", "best"),
    [(["upgrade", "polish"], "polish"), (["unknown", "upgrade"], "unknown"), (["ok", "unknown"], "ok"), ([], "unknown"),
     ({"a": "upgrade", "b": "ok"}, "ok")],
)  # fmt: skip
def test_a_plant_is_coloured_by_the_use_it_suits_best(given, best):
    assert names.best_verdict(given) == best


def test_uses_stand_by_the_water_they_need():
    assert names.uses_of(made.PLACES) == ["process", "greening", "road"]
    assert names.uses_of(made.PLACES[made.PLACES["use"] != "process"]) == ["greening", "road"]


def relief() -> SimpleNamespace:
    """Ground that rises a metre every ten metres eastwards."""
    height = np.tile(np.arange(300) * 1.0, (300, 1)).astype("float32")
    return SimpleNamespace(surface=SimpleNamespace(height=height, transform=Affine(10, 0, 484_000, 0, -10, 3_256_000)))


def laid(check: object | None = None) -> SimpleNamespace:
    pipes = gpd.GeoDataFrame(
        {"id": ["T1", "T2"], "from_node": ["W1", "J1"], "to_node": ["J1", "G1"], "m3_per_year": [2.0, 1.0]},
        geometry=[LineString([(484_005, 3_254_005), (485_005, 3_254_005)]),
                  LineString([(485_005, 3_254_005), (485_405, 3_254_005)])], crs=METRIC,
    )  # fmt: skip
    return SimpleNamespace(pipes=pipes, check=check, district=small_district())


def test_the_way_to_a_pipe_begins_at_the_plant_and_knows_where_the_pipe_begins():
    way = way_to(laid(), relief(), "T2")
    assert (way.own_from_m, way.distance_m[0], way.distance_m[-1]) == (1_000.0, 0.0, 1_400.0)
    assert way.height_m[-1] - way.height_m[0] == pytest.approx(140.0, abs=1.0)
    assert way.head_at_m == []
    assert way_to(laid(), relief(), "T1").own_from_m == 0.0
    assert way_to(laid(), relief(), "T9") is None
    assert way_to(laid(), SimpleNamespace(surface=None), "T1") is None


def test_the_head_stands_at_both_ends_of_each_pipe_behind_its_pump():
    found = pd.DataFrame({"from": ["W1", "J1"], "to": ["J1", "G1"], "pump_head_m": [30.0, 0.0]}, index=["T1", "T2"])
    heads = pd.DataFrame({"head_peak_m": [100.0, 125.0, 120.0]}, index=["W1", "J1", "G1"])
    way = way_to(laid(SimpleNamespace(pipes=found, nodes=heads)), relief(), "T2")
    assert way.head_at_m == [(0.0, 130.0), (1_000.0, 125.0), (1_000.0, 125.0), (1_400.0, 120.0)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_profile_shows_ground_head_and_the_pipe_itself(language):
    distance, height = np.array([0.0, 1_000.0, 1_400.0]), np.array([20.0, 120.0, 160.0])
    way = charts.Way(distance, height, [(0.0, 130.0), (1_400.0, 170.0)], 1_000.0)
    chart = charts.way_profile(way, language=language).to_dict()
    ground, pipe, head = marks_of(chart, "line")
    names_ = [text(f"reclaimed.page.chart.{key}", language) for key in ("ground", "own_pipe", "head")]
    assert [one["values"][0]["kind"] for one in (ground, pipe, head)] == names_
    assert [(row["km"], row["m"]) for row in pipe["values"]] == [(1.0, 120.0), (1.4, 160.0)]
    assert [(row["km"], row["m"]) for row in head["values"]] == [(0.0, 130.0), (1.4, 170.0)]
    assert len(ground["values"]) == 3
    assert ground["encoding"]["y"]["scale"]["domain"] == [2.0, 188.0]  # 12 % of 20 … 170 m more at both ends
    assert ground["encoding"]["x"]["title"] == text("reclaimed.page.chart.distance", language)
    assert ground["encoding"]["y"]["title"] == text("reclaimed.page.chart.height", language)


def test_a_way_without_heads_draws_none():
    way = charts.Way(np.array([0.0, 10.0]), np.array([5.0, np.nan]), [], 0.0)
    chart = charts.way_profile(way, language="zh").to_dict()
    assert len(marks_of(chart, "line")) == 2
    assert marks_of(chart, "line")[0]["values"] == [{"km": 0.0, "m": 5.0, "kind": "地面"}]


def test_the_drawing_of_plants_and_uses_is_largest_first_and_says_each_volume():
    flows = pd.DataFrame({"plant": ["W1", "W2"], "use": ["road", "greening"], "m3": [10_000.0, 30_000.0]})
    svg = charts.sankey(flows, {"W1": "甲厂", "W2": "乙厂"}, language="en")
    assert svg.index(">乙厂<") < svg.index(">甲厂<")
    assert "3.00 10⁴ m³/a" in svg
    heights = [float(part.split('"')[0]) for part in svg.split('height="')[1:]]
    assert heights == [165.0, 55.0, 165.0, 55.0]  # 220 pixels for 40,000 m³


@pytest.mark.parametrize(("aim", "told"), [("rate", (0.2, None)), ("budget", (None, 3e6))])
def test_a_wish_asks_for_a_rate_or_a_budget_and_never_both(aim, told):
    asked = Wish(aim, 0.2, 3e6, pinned=("b", "a"), forbidden=("c",), seconds=60.0).told
    assert (asked["target_rate"], asked["budget_yuan"]) == told
    assert (asked["pin"], asked["forbid"], asked["time_limit_s"]) == (["a", "b"], ["c"], 60.0)


def test_what_a_budget_would_buy_keeps_the_pins_and_asks_for_no_other_networks():
    asked = Wish("rate", 0.2, 3e6, pinned=("a",), forbidden=("c",)).for_budget(1e6, seconds=4.0)
    assert (asked["target_rate"], asked["budget_yuan"], asked["pin"], asked["forbid"]) == (None, 1e6, ["a"], ["c"])
    assert (asked["time_limit_s"], asked["alternatives"]) == (4.0, 0)


@pytest.mark.parametrize(("written", "rate"), [("0.35", 0.35), ("0", 0.0), ("1", 1.0), ("1.01", 0.2), ("-0.1", 0.2),
                                               ("nan", 0.2)])  # fmt: skip
def test_a_rate_beyond_its_ends_is_the_usual_one(written, rate):
    assert wish_of({"rate": written}, usual=0.2).rate == rate


def test_choices_become_a_wish():
    told = {"aim": "budget", "budget": "1500000", "pin": '["G1"]', "forbid": '["W2", "C1"]', "seconds": "short"}
    assert wish_of(told, usual=0.2) == Wish("budget", 0.2, 1.5e6, ("G1",), ("W2", "C1"), 10.0)


def test_the_usual_rate_is_a_whole_percent_never_more_than_is_there():
    assert usual_rate(made.TODAY, supply_m3=1_369_500.0, demand_m3=136_200.0) == 0.07  # (73,000 + 68,100) / 1,825,000


def test_prices_change_no_network_but_everything_else_does(mark):
    changed = (("reclaimed_subsidy_yuan_per_m3", 1.0), ("pipe_life_years", 20.0))
    assert reclaimed_store.without_prices(changed) == (("pipe_life_years", 20.0),)
    wishes = [
        Wish("rate", 0.2, 2e6),
        Wish("rate", 0.21, 2e6),
        Wish("budget", 0.2, 2e6),
        Wish("rate", 0.2, 2e6, ("W1",)),
    ]
    keys = [reclaimed_store.key_of(mark, (), one) for one in wishes]
    keys.append(reclaimed_store.key_of(mark, (("pipe_life_years", 20.0),), wishes[0]))
    keys.append(reclaimed_store.key_of("other data", (), wishes[0]))
    keys.append(reclaimed_store.curve_key(mark, (), wishes[0]))
    assert len(set(keys)) == len(keys)
    priced = reclaimed_store.key_of(mark, (("reclaimed_subsidy_yuan_per_m3", 1.0),), wishes[0])
    assert priced == keys[0]


def test_the_last_target_is_shown_with_its_year(mark, opened):
    assert reclaimed_store.target(mark) == ("2025", 0.35)
    district = small_district()
    for targets, shown in (({"reclaimed_share": {"2025": 0.35, "2030": 0.5}}, ("2030", 0.5)), ({}, None)):
        opened(replace(district, settings=replace(district.settings, targets=targets)), mark)
        assert reclaimed_store.target(mark) == shown


def test_corridors_are_those_of_the_pipes_built():
    assert reclaimed_store.corridors_of(made.solved()) == {"C1"}
    assert reclaimed_store.corridors_of(made.solved(diameters={"a": 100.0, "b": 150.0})) == {"C1", "C2"}
    assert reclaimed_store.corridors_of(None) == set()


def test_the_cost_curve_asks_for_six_shares_of_the_plan_s_cost(monkeypatch):
    asked = []

    def work(mark, changed, told, *, progress, cancelled):
        asked.append(told["budget_yuan"])
        bad = told["budget_yuan"] < 30_000
        plan = made.plan(status="infeasible" if bad else "optimal", cost_yuan=told["budget_yuan"] - 1.0, volume_m3=9.0)
        return SimpleNamespace(detail=SimpleNamespace(plan=plan))

    monkeypatch.setattr(reclaimed_store, "plan_work", work)
    told = []
    points = reclaimed_store.curve_work("m", (), Wish("rate", 0.2, 2e6), 100_000.0, progress=told.append,
                                        cancelled=lambda: False)  # fmt: skip
    assert asked == [25_000.0, 50_000.0, 75_000.0, 100_000.0, 150_000.0, 200_000.0]
    assert [(one.budget_yuan, one.cost_yuan) for one in points[:3]] == [(0.0, 0.0), (50_000.0, 49_999.0),
                                                                      (75_000.0, 74_999.0)]  # fmt: skip
    assert len(points) == 6
    assert told[2] == {"phase": "curve", "done": 2, "count": 6}
    stopped = reclaimed_store.curve_work(
        "m", (), Wish("rate", 0.2, 2e6), 1e5, progress=told.append, cancelled=lambda: True
    )
    assert len(stopped) == 1


@pytest.mark.parametrize(
    ("check", "kinds"), [(None, ["xlsx", "gpkg", "dxf"]), (object(), ["xlsx", "gpkg", "dxf", "inp"])]
)
def test_papers_are_named_by_district_and_result_and_no_inp_without_a_check(mark, monkeypatch, check, kinds):
    monkeypatch.setattr(reclaimed_store, "paper", lambda *asked: (SimpleNamespace(check=check), None))
    for language, name in (("zh", "小县-再生水"), ("en", f"Small County-{text('reclaimed.title', 'en')}")):
        papers = documents.papers(mark, made.solved(id_="feedfeedfeed"), language)
        assert [papers[kind][0] for kind in kinds] == [f"{name}-feedfeedfeed.{kind}" for kind in kinds]
        assert list(papers) == kinds


def test_the_paper_of_one_language_is_not_that_of_another(mark, monkeypatch):
    monkeypatch.setattr(reclaimed_store, "paper_of", lambda district, answer, language: (language, None))
    solved = reclaimed_store.Solved(None, Wish("rate", 0.2, 2e6))
    assert [reclaimed_store.paper(mark, solved, language)[0] for language in ("zh", "en", "zh")] == ["zh", "en", "zh"]
