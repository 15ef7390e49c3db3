"""Simplifying keeps shared borders shared; gaps and overlaps are measured, not hidden."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.shapes import simplify
from words import text
from words.errors import AtlasError


def frame(*geometry: shapely.Geometry, crs: int | None = 4545) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=list(geometry), crs=crs, index=[f"t{i}" for i in range(len(geometry))])


def wiggly_tiles(seed: int, count: int) -> gpd.GeoDataFrame:
    """A gap-free coverage of a 10 km square, its borders bent by the same wave on both sides."""
    rng = np.random.default_rng(seed)
    square = shapely.box(0, 0, 10_000, 10_000)
    seeds = shapely.multipoints(rng.uniform(0, 10_000, (count, 2)))
    cells = shapely.get_parts(shapely.voronoi_polygons(seeds, extend_to=square))
    tiles = shapely.segmentize(shapely.coverage_clean(shapely.intersection(cells, square)), 100)

    def wave(xy: np.ndarray) -> np.ndarray:
        return np.round(xy + 30 * np.sin(xy[:, ::-1] / 90), 3)

    return frame(*shapely.coverage_clean(shapely.transform(tiles, wave)))


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10_000), st.integers(2, 9), st.sampled_from([20.0, 80.0, 300.0]))
def test_a_coverage_stays_a_coverage_with_fewer_vertices(seed, count, tolerance):
    tiles = wiggly_tiles(seed, count)
    result = simplify.coverage(tiles, tolerance)
    polygons = result.geometry.array.to_numpy()
    assert shapely.coverage_is_valid(polygons)
    assert shapely.is_valid(polygons).all()
    assert shapely.get_num_coordinates(polygons).sum() < shapely.get_num_coordinates(tiles.geometry.array).sum()
    assert simplify.coverage_gaps_m2(result) == pytest.approx(0, abs=1e-3)
    assert simplify.coverage_overlaps_m2(result) == pytest.approx(0, abs=1e-3)
    assert result.area.sum() == pytest.approx(tiles.area.sum(), rel=0.03)
    assert result.index.equals(tiles.index)


def test_columns_and_system_are_kept():
    tiles = wiggly_tiles(1, 3).assign(name=["a", "b", "c"])
    result = simplify.coverage(tiles, 50)
    assert result["name"].tolist() == ["a", "b", "c"]
    assert result.crs == tiles.crs


LEFT, RIGHT = shapely.box(0, 0, 1000, 1000), shapely.box(1000, 0, 2000, 1000)


def test_borders_that_miss_by_centimetres_are_joined_first():
    near = frame(LEFT, shapely.box(1000.02, 0, 2000, 1000))
    joined = simplify.tidy_coverage(near)
    assert shapely.coverage_is_valid(joined.geometry.array.to_numpy())
    assert joined.area.sum() == pytest.approx(2_000_000, abs=40)
    assert shapely.coverage_is_valid(simplify.coverage(near, 10).geometry.array.to_numpy())


def test_a_vertex_that_only_one_side_has_is_given_to_the_other():
    kinked = shapely.Polygon([(1000, 0), (2000, 0), (2000, 1000), (1000, 1000), (1000, 400)])
    joined = simplify.tidy_coverage(frame(LEFT, kinked)).geometry.array.to_numpy()
    assert shapely.coverage_is_valid(joined)
    assert shapely.area(joined).tolist() == pytest.approx([1_000_000, 1_000_000])


def test_a_sound_coverage_is_not_touched():
    tiles = frame(LEFT, RIGHT)
    assert simplify.tidy_coverage(tiles) is tiles


def test_polygons_that_overlap_are_refused_with_the_area():
    with pytest.raises(AtlasError, match="no_coverage") as refusal:
        simplify.coverage(frame(LEFT, shapely.box(900, 0, 2000, 1000)), 10)
    assert refusal.value.facts["overlaps_m2"] == 100_000
    assert "100000" in text(refusal.value.key, "zh", **refusal.value.facts)


RING = shapely.Polygon([(0, 0), (30, 0), (30, 30), (0, 30)], [[(10, 10), (20, 10), (20, 20), (10, 20)]])


def test_gaps_are_holes_between_polygons_or_what_an_outline_misses():
    assert simplify.coverage_gaps_m2(frame(RING)) == pytest.approx(100)
    assert simplify.coverage_gaps_m2(frame(LEFT, RIGHT)) == pytest.approx(0)
    outline = shapely.box(0, 0, 2500, 1000)
    assert simplify.coverage_gaps_m2(frame(LEFT, RIGHT), outline=outline) == pytest.approx(500_000)


def test_overlaps_count_each_further_time():
    assert simplify.coverage_overlaps_m2(frame(LEFT, LEFT, LEFT)) == pytest.approx(2_000_000)


def test_a_river_alone_loses_the_bends_below_the_tolerance():
    river = shapely.LineString([(0, 0), (50, 3), (100, 0), (150, 60)])
    kept = simplify.separate(frame(river), 10).geometry.iloc[0]
    assert list(kept.coords) == [(0, 0), (100, 0), (150, 60)]


def test_tolerances_in_degrees_are_refused():
    for refused in (
        lambda: simplify.coverage(frame(LEFT, crs=4490), 1),
        lambda: simplify.separate(frame(LEFT, crs=None), 1),
    ):
        with pytest.raises(AtlasError, match=r"geo\.notes\.crs"):
            refused()
