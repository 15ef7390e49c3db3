"""Slopes of a piece of ground: each cell by the part of it inside, unknown cells told apart."""

from __future__ import annotations

import numpy as np
import pytest
from affine import Affine
from shapely import Point, Polygon, box
from siting_ground import METRIC

from analysis.methods.siting.ground.slope import Slopes, Terrain, cells_under
from geo.grids.raster import Raster

HEIGHTS = np.array([[10.0, 20.0, 30.0], [10.0, 20.0, 30.0], [10.0, 20.0, 30.0]], np.float32)


def grid(values: np.ndarray = HEIGHTS, nodata: float | None = -1.0) -> Raster:
    """Cells of 10 m from (0, 30) down to (30, 0)."""
    return Raster(values, Affine(10, 0, 0, 0, -10, 30), METRIC, nodata)


def test_mean_weighs_by_ground_and_lowest_is_the_lowest():
    slopes = Slopes(np.array([0.1, 0.5]), np.array([300.0, 280.0]), np.array([30.0, 10.0]))
    assert slopes.mean == pytest.approx(0.2)
    assert slopes.lowest_m == 280.0


@pytest.mark.parametrize(("rise", "share"), [(0.05, 1.0), (0.1, 0.25), (0.4999, 0.25), (0.5, 0.0)])
def test_the_share_above_a_rise_leaves_out_what_just_meets_it(rise, share):
    slopes = Slopes(np.array([0.1, 0.5]), np.zeros(2), np.array([30.0, 10.0]))
    assert slopes.share_above(rise) == pytest.approx(share)


@pytest.mark.parametrize(
    ("shape", "cells"),
    [
        (box(0, 20, 10, 30), {(0, 0): 100.0}),
        (box(5, 15, 15, 30), {(0, 0): 50.0, (0, 1): 50.0, (1, 0): 25.0, (1, 1): 25.0}),
        (box(20, 0, 40, 10), {(2, 2): 100.0}),  # the part off the grid is left out
        (Polygon([(0, 0), (10, 0), (0, 10)]), {(2, 0): 50.0}),
        (box(50, 50, 60, 60), {}),
    ],
)
def test_a_cell_counts_by_the_part_of_it_inside(shape, cells):
    rows, columns, weight = cells_under(shape, grid())
    found = {(int(row), int(column)): float(part) for row, column, part in zip(rows, columns, weight, strict=True)}
    assert found == pytest.approx(cells)


@pytest.mark.parametrize(
    ("x", "y", "height"),
    [(5, 25, 10.0), (15, 5, 20.0), (29.9, 0.1, 30.0), (30.1, 5, None), (5, 30.1, None), (-1, 5, None)],
)
def test_the_height_of_a_place_is_that_of_its_cell(x, y, height):
    assert Terrain(grid()).height_m(x, y) == height


def test_a_height_nobody_knows_is_none():
    values = HEIGHTS.copy()
    values[0, 0] = -1.0
    assert Terrain(grid(values)).height_m(5, 25) is None
    assert Terrain(grid(values)).height_m(15, 25) == 20.0


@pytest.mark.parametrize(("unknown_m2", "known"), [(90, True), (110, False)])
def test_ground_is_known_when_at_most_a_hundredth_of_it_is_not(unknown_m2, known):
    values = np.tile(np.arange(40.0, dtype=np.float32) * 5, (40, 1))
    values[:2, :] = -1.0
    terrain = Terrain(Raster(values, Affine(10, 0, 0, 0, -10, 400), METRIC, -1.0))
    # rows of unknown height make the slope of their neighbours unknown as well: the known ground ends at y = 370
    top = next(y for y in (380, 370, 360) if np.isfinite(terrain.rise[(400 - y) // 10, 20]))
    depth = 100 - unknown_m2 / 100
    shape = box(100, top - depth, 200, top + unknown_m2 / 100)
    found = terrain.under(shape)
    assert (found is not None) is known
    if known:
        assert found.mean == pytest.approx(0.5)
        assert found.weight.sum() == pytest.approx(10_000 - unknown_m2)


def test_large_ground_is_counted_by_cell_centres():
    flat = Raster(np.zeros((200, 200), np.float32), Affine(1, 0, 0, 0, -1, 200), METRIC)
    _, _, exact = cells_under(Point(100, 100).buffer(50), flat)
    _, _, centres = cells_under(Point(100, 100).buffer(95), flat)
    assert len(np.unique(exact)) > 2
    assert np.unique(centres).tolist() == [1.0]
    assert centres.sum() == pytest.approx(Point(100, 100).buffer(95).area, rel=0.005)
