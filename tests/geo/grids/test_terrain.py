"""Slope and hillshade of planes and cones, whose answers are known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS

from geo.grids import terrain
from geo.grids.raster import Raster
from words.errors import AtlasError

GRADE = st.floats(-2, 2)


def plane(
    east: float, north: float, *, shape: tuple[int, int] = (12, 9), cell: tuple[float, float] = (10, 10)
) -> Raster:
    """Heights that rise by `east` and `north` per metre."""
    row, column = np.mgrid[: shape[0], : shape[1]]
    values = 1000 + column * cell[0] * east - row * cell[1] * north
    return Raster(values.astype(np.float32), Affine(cell[0], 0, 0, 0, -cell[1], 0), CRS.from_epsg(4545))


def with_values(raster: Raster, values: np.ndarray, nodata: float | None = None) -> Raster:
    return Raster(values, raster.transform, raster.crs, nodata)


def test_a_plane_has_its_slope_everywhere_up_to_the_corners():
    assert terrain.slope_share(plane(0.3, 0.4)) == pytest.approx(np.full((12, 9), 0.5), abs=1e-4)


def test_cells_need_not_be_square():
    assert terrain.slope_share(plane(0.3, 0.4, cell=(20, 5))) == pytest.approx(np.full((12, 9), 0.5), abs=1e-4)


def test_flat_ground_is_as_bright_as_the_sine_of_the_lights_height():
    shade = terrain.hillshade(plane(0, 0))
    assert shade.dtype == np.uint8
    assert (shade == round(1 + 254 * math.sin(math.radians(45)))).all()


def test_ground_that_faces_the_light_is_brightest_and_ground_turned_away_is_darkest():
    facing = plane(math.sqrt(0.5), -math.sqrt(0.5))  # falls to the north-west at 45°
    away = plane(-math.sqrt(0.5), math.sqrt(0.5))
    assert (terrain.hillshade(facing) == 255).all()
    assert (terrain.hillshade(away) == 1).all()
    assert (terrain.hillshade(away, azimuth=135) == 255).all()


@settings(deadline=None, max_examples=40)
@given(GRADE, GRADE, st.floats(0, 360), st.floats(5, 90), st.floats(0.2, 5))
def test_hillshade_is_the_cosine_between_ground_and_light(east, north, azimuth, altitude, z):
    bearing, height = math.radians(azimuth), math.radians(altitude)
    light = math.cos(height) * math.sin(bearing), math.cos(height) * math.cos(bearing), math.sin(height)
    normal = np.array([-z * east, -z * north, 1.0])
    cosine = max(0.0, float(normal @ light / np.linalg.norm(normal)))
    shade = terrain.hillshade(plane(east, north), azimuth=azimuth, altitude=altitude, z=z)
    assert shade.astype(float) == pytest.approx(np.full((12, 9), 1 + 254 * cosine), abs=0.6)


@settings(deadline=None, max_examples=40)
@given(GRADE, GRADE, st.integers(0, 10_000))
def test_a_plane_with_holes_keeps_its_slope_wherever_neighbours_tell_it(east, north, seed):
    raster = plane(east, north)
    values = raster.values.copy()
    hole = np.random.default_rng(seed).random(values.shape) < 0.15
    values[hole] = -9999
    share = terrain.slope_share(with_values(raster, values, nodata=-9999))
    assert (np.isnan(share) == hole).all()
    framed = np.pad(~hole, 1)
    beside = framed[1:-1, :-2] | framed[1:-1, 2:]
    above = framed[:-2, 1:-1] | framed[2:, 1:-1]
    told = beside & above & ~hole
    assert share[told] == pytest.approx(np.full(told.sum(), math.hypot(east, north)), abs=2e-3)


def test_no_elevation_is_black_in_the_hillshade_and_unknown_in_the_slope():
    raster = plane(0.1, 0.1)
    values = raster.values.copy()
    values[3, 4], values[0, 0] = np.nan, np.inf
    gappy = with_values(raster, values)
    assert np.argwhere(terrain.hillshade(gappy) == 0).tolist() == [[0, 0], [3, 4]]
    assert np.argwhere(np.isnan(terrain.slope_share(gappy))).tolist() == [[0, 0], [3, 4]]


def test_a_lone_cell_counts_as_flat_and_an_empty_raster_has_no_shade():
    raster = plane(0.5, 0.5, shape=(1, 1))
    assert terrain.slope_share(raster).tolist() == [[0]]
    assert (terrain.hillshade(with_values(raster, np.full((3, 3), np.nan))) == 0).all()


def test_whole_number_heights_with_a_mark_for_none_are_understood():
    raster = plane(1.0, 0.0)
    values = raster.values.astype(np.int16)
    values[5, 5] = -32768
    share = terrain.slope_share(with_values(raster, values, nodata=-32768))
    assert np.nanmax(np.abs(share - 1)) < 1e-6
    assert np.isnan(share[5, 5])


def test_strips_join_without_a_seam():
    rng = np.random.default_rng(3)
    raster = with_values(plane(0, 0), np.cumsum(rng.normal(0, 1, (400, 900)), axis=0).astype(np.float32))
    whole = terrain.slope_share(raster)
    part = terrain.slope_share(with_values(raster, raster.values[100:300]))
    assert whole[101:299] == pytest.approx(part[1:-1], abs=1e-6)


def test_horn_by_hand():
    values = np.array([[1, 2, 3], [4, 5, 9], [7, 8, 6]], dtype=np.float32)
    east = ((3 + 2 * 9 + 6) - (1 + 2 * 4 + 7)) / 80
    north = ((1 + 2 * 2 + 3) - (7 + 2 * 8 + 6)) / 80
    share = terrain.slope_share(with_values(plane(0, 0), values))
    assert share[1, 1] == pytest.approx(math.hypot(east, north), rel=1e-6)


def test_terrain_in_degrees_is_refused():
    with pytest.raises(AtlasError, match="not_metric"):
        terrain.hillshade(Raster(np.zeros((3, 3)), Affine(1, 0, 0, 0, -1, 0), CRS.from_epsg(4490)))
