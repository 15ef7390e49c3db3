"""What lies in what: hand-made zones two by one, and properties that must hold for any shapes."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.shapes.relations import assign, nearest, shares
from words import text
from words.errors import AtlasError


def frame(geometry: list[shapely.Geometry | None], index: list[str] | None = None, crs: int = 4545) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=geometry, index=index, crs=crs)


ZONES = frame([shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)], ["west", "east"])


def table(result) -> dict[tuple[str, str], float]:
    return {(row.feature, row.zone): row.share for row in result.itertuples()}


def test_a_polygon_divides_by_area():
    result = shares(frame([shapely.box(70, 10, 110, 20)], ["park"]), ZONES, by="area")
    assert table(result) == pytest.approx({("park", "west"): 0.75, ("park", "east"): 0.25})
    assert result["amount"].tolist() == pytest.approx([300, 100])
    assert result["inside_share"].tolist() == pytest.approx([1, 1])


def test_a_polygon_partly_outside_still_sums_to_one_and_says_how_much_is_inside():
    result = shares(frame([shapely.box(150, 0, 250, 10)], ["lake"]), ZONES, by="area")
    assert table(result) == pytest.approx({("lake", "east"): 1.0})
    assert result["inside_share"].tolist() == pytest.approx([0.5])


def test_a_line_divides_by_length():
    result = shares(frame([shapely.LineString([(80, 50), (180, 50)])], ["main"]), ZONES, by="length")
    assert table(result) == pytest.approx({("main", "west"): 0.2, ("main", "east"): 0.8})
    assert result["amount"].tolist() == pytest.approx([20, 80])


def test_a_line_along_the_common_border_belongs_half_to_each():
    result = shares(frame([shapely.LineString([(100, 10), (100, 60)])], ["river"]), ZONES, by="length")
    assert table(result) == pytest.approx({("river", "west"): 0.5, ("river", "east"): 0.5})
    assert result["inside_share"].tolist() == [1, 1]


def test_points_divide_by_count():
    points = frame([shapely.MultiPoint([(10, 10), (20, 20), (150, 10), (500, 500)]), shapely.Point(1, 1)], ["a", "b"])
    result = shares(points, ZONES, by="count")
    assert table(result) == pytest.approx({("a", "west"): 2 / 3, ("a", "east"): 1 / 3, ("b", "west"): 1})
    assert result["inside_share"].tolist() == [0.75, 0.75, 1]


def test_a_polygon_counts_where_its_inner_point_lies():
    result = shares(frame([shapely.box(70, 10, 110, 20)], ["park"]), ZONES, by="count")
    assert table(result) == {("park", "west"): 1.0}


def test_a_feature_that_only_touches_a_zone_is_not_in_it():
    result = shares(frame([shapely.box(100, 0, 150, 50)], ["plot"]), ZONES, by="area")
    assert table(result) == {("plot", "east"): 1.0}


def test_features_outside_without_geometry_or_absent_are_not_listed():
    features = frame([shapely.box(900, 900, 901, 901), None, shapely.Polygon()], ["far", "none", "empty"])
    for by in ("area", "length", "count"):
        assert len(shares(features, ZONES, by=by)) == 0
        assert len(shares(features.iloc[:0], ZONES, by=by)) == 0
        assert len(shares(features, ZONES.iloc[:0], by=by)) == 0


def test_an_invalid_polygon_is_named():
    bow = shapely.Polygon([(50, 50), (150, 80), (150, 50), (50, 80)])
    with pytest.raises(AtlasError) as refusal:
        shares(frame([bow], ["bow"]), ZONES, by="area")
    assert refusal.value.facts["feature"] == "bow"
    assert "bow" in text(refusal.value.key, "zh", **refusal.value.facts)


def test_layers_in_different_systems_are_refused():
    other = frame([shapely.Point(0, 0)], ["p"], crs=4524)
    for relation in (
        lambda: shares(other, ZONES, by="count"),
        lambda: assign(other, ZONES),
        lambda: nearest(other, ZONES, within_m=1),
    ):
        with pytest.raises(AtlasError, match=r"crs\.mismatch"):
            relation()


def test_a_point_belongs_to_its_zone_and_on_the_common_border_to_the_first():
    points = frame([shapely.Point(5, 5), shapely.Point(150, 5), shapely.Point(100, 5), shapely.Point(300, 5), None])
    assert assign(points, ZONES).tolist()[:3] == ["west", "east", "west"]
    assert assign(points, ZONES.iloc[::-1]).tolist()[2] == "east"
    assert assign(points, ZONES).isna().tolist() == [False, False, False, True, True]


def test_zones_called_by_whole_numbers_stay_whole():
    found = assign(frame([shapely.Point(5, 5), shapely.Point(900, 5)]), ZONES.reset_index(drop=True))
    assert (found.iloc[0], found.dtype) == (0, "Int64")
    assert found.isna().tolist() == [False, True]


def test_assigning_without_zones_or_points_gives_nothing():
    assert assign(frame([shapely.Point(5, 5)]), ZONES.iloc[:0]).isna().all()
    assert len(assign(frame([]), ZONES)) == 0


def test_the_nearest_is_found_within_the_distance_and_the_first_of_equals_wins():
    wells = frame([shapely.Point(0, 0), shapely.Point(10, 0), shapely.Point(10, 0)], ["a", "b", "c"])
    users = frame([shapely.Point(0, 4), shapely.Point(10, 3), shapely.Point(90, 0), None], ["u", "v", "w", "x"])
    result = nearest(users, wells, within_m=5)
    assert result["nearest"].tolist()[:2] == ["a", "b"]
    assert result["distance_m"].tolist()[:2] == [4, 3]
    assert result["nearest"].isna().tolist() == [False, False, True, True]
    assert result["distance_m"].isna().tolist() == [False, False, True, True]


def test_the_distance_limit_is_included():
    to = frame([shapely.Point(0, 0)], ["a"])
    assert nearest(frame([shapely.Point(5, 0)]), to, within_m=5)["nearest"].tolist() == ["a"]


def test_nothing_is_near_an_empty_layer():
    assert nearest(frame([shapely.Point(5, 0)]), ZONES.iloc[:0], within_m=5)["nearest"].isna().all()


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 12))
def test_shares_of_every_feature_sum_to_one_and_amounts_to_the_part_inside(seed, count):
    rng = np.random.default_rng(seed)
    seeds = shapely.multipoints(rng.uniform(0, 1000, (count + 1, 2)))
    square = shapely.box(0, 0, 1000, 1000)
    cells = shapely.intersection(shapely.get_parts(shapely.voronoi_polygons(seeds, extend_to=square)), square)
    corners = rng.uniform(-100, 1000, (15, 2))
    boxes = shapely.box(*corners.T, *(corners + rng.uniform(1, 300, (15, 2))).T)
    result = shares(frame(list(boxes)), frame(list(cells)), by="area")
    sums = result.groupby("feature")["share"].sum()
    assert sums.to_numpy() == pytest.approx(np.ones(len(sums)), abs=1e-12)
    inside = shapely.area(shapely.intersection(boxes, square))
    amounts = result.groupby("feature")["amount"].sum().reindex(range(15), fill_value=0.0)
    assert amounts.to_numpy() == pytest.approx(inside, rel=1e-9, abs=1e-6)
