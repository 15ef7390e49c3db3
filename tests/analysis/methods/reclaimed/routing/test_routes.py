"""Routes of least cost, corridors that share cells, and lifts over the profile."""

from __future__ import annotations

import numpy as np
import pytest
from affine import Affine
from pyproj import CRS
from shapely import LineString
from skimage.graph import MCP_Geometric, route_through_array

from analysis.methods.reclaimed.routing.profile import Profile, climb_m, profile_of
from analysis.methods.reclaimed.routing.routes import corridors, field_from, lengths
from analysis.methods.reclaimed.routing.surface import Surface, coarse, slope_share
from geo.grids.raster import Raster


def _surface(cost: np.ndarray, cell: float = 100.0) -> Surface:
    return Surface(cost, np.zeros(cost.shape), Affine(cell, 0, 0, 0, -cell, 0), cell)


def test_route_costs_what_scikit_image_says():
    cost = np.random.default_rng(3).uniform(1, 9, (60, 70))
    surface = _surface(cost)
    field = field_from(surface, (5, 6))
    tracer = MCP_Geometric(cost, sampling=(100.0, 100.0))
    expected, _ = tracer.find_costs([(5, 6)])
    assert np.array_equal(field.cost, expected)
    route = field.route((50, 60))
    path, least = route_through_array(cost, (5, 6), (50, 60), geometric=True)
    assert lengths(surface, route)[1] == pytest.approx(least * 100)
    assert route[0] == (5, 6)
    assert len(path) == len(route)


def test_routes_go_round_what_cannot_be_crossed():
    cost = np.ones((9, 9))
    cost[:8, 4] = np.inf
    field = field_from(_surface(cost), (0, 0))
    assert (8, 4) in field.route((0, 8))
    cost[8, 4] = np.inf
    assert field_from(_surface(cost), (0, 0)).route((0, 8)) == []


def test_routes_that_share_cells_share_corridors():
    surface = _surface(np.ones((5, 9)))
    trunk = [(2, c) for c in range(5)]
    up, down = [*trunk, (1, 5), (0, 6)], [*trunk, (3, 5), (4, 6)]
    found = corridors(surface, [up, down], keep={(2, 0), (0, 6), (4, 6)})
    assert sorted(corridor.ends for corridor in found) == [((0, 6), (2, 4)), ((2, 0), (2, 4)), ((2, 4), (4, 6))]
    assert sum(corridor.length_m for corridor in found) == pytest.approx(400 + 4 * 100 * np.sqrt(2))


def test_static_lift_is_to_the_highest_point_of_the_profile():
    profile = Profile(np.arange(5.0) * 100, np.array([200.0, 260, 400, 150, 210]))
    assert profile.lift_m == 200
    assert Profile(np.array([0.0, 1]), np.array([40.0, 10])).lift_m == 0


def test_lifts_along_a_route_add_up_to_the_highest_point():
    heights = np.array([200.0, 260, 230, 300, 280, 290])
    assert climb_m(heights[:3], 200) + climb_m(heights[2:], 260) == 100
    assert climb_m(heights[3:], 300) == 0


def test_profile_is_read_from_the_raster():
    rows = np.repeat(np.arange(10.0)[None, :] * 10, 10, axis=0)
    raster = Raster(rows, Affine(100, 0, 0, 0, -100, 1000), CRS.from_epsg(4545), None)
    profile = profile_of(raster, LineString([(50, 500), (950, 500)]))
    assert profile.lift_m == 90
    assert profile.distance_m[-1] == 900


def test_coarse_grid_keeps_means_and_unknown_cells():
    values = np.arange(36.0).reshape(6, 6)
    values[:2, :2] = -9999
    raster = Raster(values, Affine(90, 0, 0, 0, -90, 540), CRS.from_epsg(4545), -9999)
    found = coarse(raster, CRS.from_epsg(4545))
    assert found.values.shape == (3, 3)
    assert np.isnan(found.values[0, 0])
    assert found.values[1, 1] == pytest.approx(values[2:4, 2:4].mean())
    assert slope_share(np.array([[0.0, 90], [0, 90]]), 180.0) == pytest.approx(np.full((2, 2), 0.5))


def test_a_route_s_length_by_straight_and_slanting_steps_and_its_weight_by_both_cells():
    surface = _surface(np.array([[1.0, 3.0, 1.0], [1.0, 1.0, 5.0]]))
    assert lengths(surface, [(0, 0), (0, 1), (0, 2)]) == pytest.approx((200, 400))  # 100·2 and 100·2
    assert lengths(surface, [(0, 0), (1, 1), (1, 2)]) == pytest.approx((241.421, 441.421), abs=1e-3)


def test_a_place_passed_by_is_a_junction_of_its_own():
    surface = _surface(np.ones((1, 5)))
    route = [(0, column) for column in range(5)]
    plain, kept = (corridors(surface, [route], keep={(0, 0), (0, 4), *more}) for more in ((), ((0, 2),)))
    assert [corridor.length_m for corridor in plain] == [400.0]
    assert [(corridor.ends, corridor.length_m) for corridor in kept] == [
        (((0, 0), (0, 2)), 200.0), (((0, 2), (0, 4)), 200.0)
    ]  # fmt: skip
