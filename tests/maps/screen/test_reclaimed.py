"""The network map: flows in fixed classes, pipes and points where they lie, hostile names inert, the warning there."""

from __future__ import annotations

import json

import geopandas as gpd
import pytest
from broken_district import with_broken
from shapely import LineString
from small_district import HOSTILE, METRIC, small_district

from maps.screen.prepared import prepare
from maps.screen.reclaimed import FLOW_ENDS, WIDTHS_PX, Point, flow_class, network_map


@pytest.mark.parametrize(("flow", "expected"), [(0.0, 0), (9_999.0, 0), (10_000.0, 1), (50_000.0, 2), (5e5, 4)])
def test_a_flow_on_a_break_belongs_to_the_class_above(flow, expected):
    assert flow_class(flow) == expected


def test_more_water_is_a_wider_line():
    assert len(WIDTHS_PX) == len(FLOW_ENDS) + 1
    assert list(WIDTHS_PX) == sorted(WIDTHS_PX)


def _data(language: str = "zh", *, broken: tuple[str, ...] = ()) -> dict:
    line = LineString([(484_000, 3_254_000), (486_000, 3_254_000)])
    pipes = gpd.GeoDataFrame({"id": ["C1"], "dn": ["200"], "m3_per_year": [60_000.0]}, geometry=[line], crs=METRIC)
    html = network_map(
        prepare(with_broken(small_district(), *broken)),
        plants=[Point("W1", HOSTILE, (106.85, 29.4), "polish")],
        users=[Point("U1", "甲", (106.86, 29.4), "ok"), Point("U2", "乙", (106.87, 29.4), "unknown", chosen=False)],
        works=[Point("C1", "泵站", (106.85, 29.4), "station", ("扬程",))],
        pipes=pipes,
        pipe_lines={"C1": (HOSTILE,)},
        title="图",
        warning="再生水 禁止饮用",
        language=language,
        layers=("wastewater_plants", "roads"),
    )
    text = html.split('id="atlas-data">')[1].split("</script>")[0]
    assert "<img" not in text
    return json.loads(text)


def test_pipes_lie_where_they_are_laid_and_users_left_out_are_hollow():
    data = _data()
    (pipe,) = data["pipes"]["items"]
    place = gpd.GeoSeries.from_xy([484_000], [3_254_000], crs=METRIC).to_crs(4490).iloc[0]
    assert pipe["at"][0] == pytest.approx([place.y, place.x], abs=1e-5)
    assert (pipe["key"], pipe["class"]) == ("C1", 2)
    assert [(user["key"], user["hollow"]) for user in data["users"]["items"]] == [("U2", True), ("U1", False)]


def test_stations_and_valves_are_drawn_and_open_their_pipe():
    works = _data()["works"]
    assert [(one["key"], one["class"]) for one in works["items"]] == [("C1", 0)]
    assert works["layer"] == _data()["pipes"]["layer"]
    assert [(kind["label"], kind["used"]) for kind in works["classes"]] == [("加压泵站", True), ("减压阀", False)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_map_says_what_every_drawing_of_such_pipes_must(language):
    assert _data(language)["warning"] == "再生水 禁止饮用"


def test_a_broken_layer_of_the_plan_is_named_on_its_map():
    assert _data(broken=("roads", "villages"))["note"] == "图层损坏，没有用上：道路"
    assert _data()["note"] == ""
