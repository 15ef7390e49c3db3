"""What the map of reclaimed water says of plants, users and pipes."""

from __future__ import annotations

from types import SimpleNamespace

import geopandas as gpd
import pytest
from shapely import LineString

from analysis.hydraulics.check import ReducingValve, Station
from app.reclaimed import store as reclaimed_store
from app.reclaimed import view
from app.reclaimed.map import missing_notice, network_view
from maps.screen.reclaimed import PIPES
from tests.app.reclaimed import made
from tests.small_district import METRIC, small_district
from words import LANGUAGES, text

VOLUME = {"zh": "万m³/a", "en": "10⁴ m³/a"}


@pytest.fixture
def drawn(mark, monkeypatch):
    """A function that draws the map and gives what it was handed."""
    seen = {}
    pipes = gpd.GeoDataFrame({"id": ["T1", "T2"], "m3_per_year": [41_200.0, 11_200.0], "length_m": [1_500.0, 400.0],
                              "lift_m": [12.0, -3.5]},
                             geometry=[LineString([(484_000, 3_254_000), (485_500, 3_254_000)]),
                                       LineString([(485_500, 3_254_000), (485_500, 3_254_400)])],
                             crs=METRIC)  # fmt: skip
    check = SimpleNamespace(stations=(Station("T1", "W1", 30.0, 0.005, 2.2, 1),),
                            valves=(ReducingValve("T2", "J1", 91.0, 12.4),))  # fmt: skip
    monkeypatch.setattr(view, "network_map", lambda prepared, **told: seen.update(told) or "map")
    monkeypatch.setattr(reclaimed_store, "ground", lambda mark, key: made.ground())
    monkeypatch.setattr(reclaimed_store, "paper", lambda *asked: SimpleNamespace(pipes=pipes, check=check))

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
def test_stations_and_valves_stand_at_the_start_of_their_pipes(drawn, language):
    station, valve = drawn(language, made.solved())["works"]
    assert [(one.key, one.verdict) for one in (station, valve)] == [("T1", "station"), ("T2", "reducing_valve")]
    assert station.lines == (line(language, "station", "30 m"),)
    assert valve.lines == (line(language, "reducing_valve", "12.4 m"),)
    assert valve.place[0] > station.place[0]  # T2 begins 1.5 km further east
    assert drawn(language, None)["works"] == ()


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
