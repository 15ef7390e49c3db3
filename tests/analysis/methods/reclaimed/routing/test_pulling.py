"""Routes pulled straight by hand: stairs on plain ground, round a wall, past a zone, along a road."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from affine import Affine

from analysis.methods.reclaimed.routing.pulling import bends_of, pulled
from analysis.methods.reclaimed.routing.surface import Surface

GRID = Affine(100.0, 0.0, 0.0, 0.0, -100.0, 1_000.0)
STAIRS = [(0, 0), (1, 1), (1, 2), (2, 3), (2, 4), (3, 5), (3, 6), (4, 7), (4, 8)]


def ground(cost: np.ndarray | None = None, *, closed: list[shapely.Geometry] | None = None) -> Surface:
    plain = np.ones((10, 10)) if cost is None else cost
    return Surface(plain, np.zeros((10, 10)), GRID, 100.0, None if closed is None else shapely.STRtree(closed))


def test_stairs_on_plain_ground_become_one_line():
    """Four cells down and eight across: 894 m, the stairs are 966."""
    line = pulled(ground(), STAIRS)
    assert list(line.coords) == [(50.0, 950.0), (850.0, 550.0)]
    assert line.length == pytest.approx(894.43, abs=0.01)


def test_a_route_round_forbidden_ground_never_crosses_it():
    cost = np.ones((10, 10))
    cost[0:4, 5] = np.inf
    round_it = [(0, 3), (1, 3), (2, 3), (3, 4), (4, 5), (3, 6), (2, 7), (1, 7), (0, 7)]
    surface = ground(cost)
    line = pulled(surface, round_it)
    assert np.isfinite(surface.cost[surface.under(line)]).all()
    wall = shapely.box(500, 600, 600, 1_000)
    assert line.intersection(wall).length == 0
    assert line.length < 100 * (2 + 6 * np.sqrt(2) + 2)
    assert (line.coords[0], line.coords[-1]) == ((350.0, 950.0), (750.0, 950.0))


def test_a_zone_the_stairs_pass_by_is_not_cut():
    around = [(5, 1), (4, 2), (4, 3), (4, 4), (4, 5), (4, 6), (5, 7)]
    zone = shapely.box(250, 400, 650, 500)
    assert pulled(ground(closed=[zone]), around).intersection(zone).length == 0
    assert pulled(ground(), around).intersection(zone).length > 0


def test_a_cheap_road_is_followed():
    cost = np.ones((10, 10))
    cost[2, 1:9] = 0.3
    along = [(3, 0), *((2, column) for column in range(1, 9)), (3, 9)]
    line = pulled(ground(cost), along)
    assert shapely.box(100, 700, 900, 800).intersection(line).length > 600


def test_a_straight_route_has_no_bends():
    line = pulled(ground(), [(2, 2), (2, 3)])
    assert bends_of(line) == []
    assert bends_of(shapely.LineString([(0, 0), (1, 2), (3, 4), (5, 5)])) == [(1.0, 2.0), (3.0, 4.0)]
