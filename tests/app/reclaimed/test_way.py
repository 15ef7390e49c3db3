"""The way to a pipe as numbers and as a drawing."""

from __future__ import annotations

from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from affine import Affine
from shapely import LineString

from analysis.methods.reclaimed.way import way_to
from app.reclaimed import charts
from tests.app.screen import marks_of
from tests.small_district import METRIC, small_district
from words import LANGUAGES, text


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
    way = way_to(laid(), relief(), "T2", crs=METRIC)
    assert (way.own_from_m, way.distance_m[0], way.distance_m[-1]) == (1_000.0, 0.0, 1_400.0)
    assert way.height_m[-1] - way.height_m[0] == pytest.approx(140.0, abs=1.0)
    assert way.head_at_m == []
    assert way_to(laid(), relief(), "T1", crs=METRIC).own_from_m == 0.0
    assert way_to(laid(), relief(), "T9", crs=METRIC) is None
    assert way_to(laid(), SimpleNamespace(surface=None), "T1", crs=METRIC) is None


def test_the_head_stands_at_both_ends_of_each_pipe_behind_its_pump_or_valve():
    found = pd.DataFrame({
        "from": ["W1", "J1"], "to": ["J1", "G1"], "pump_head_m": [30.0, 0.0], "valve_head_m": [np.nan, 122.0],
        "peak_m3_per_s": 0.01,
    }, index=["T1", "T2"])  # fmt: skip
    heads = pd.DataFrame({"head_peak_m": [100.0, 125.0, 120.0]}, index=["W1", "J1", "G1"])
    way = way_to(laid(SimpleNamespace(layout=SimpleNamespace(pipes=found), nodes=heads)), relief(), "T2", crs=METRIC)
    assert way.head_at_m == [(0.0, 130.0), (1_000.0, 125.0), (1_000.0, 122.0), (1_400.0, 120.0)]


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
