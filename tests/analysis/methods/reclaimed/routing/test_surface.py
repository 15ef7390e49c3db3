"""What a metre of pipe costs by hand: slope, rivers, roads, zones and land cover, each on its own cells."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from affine import Affine
from pyproj import CRS
from shapely import LineString, Point, box

from analysis.assumption import resolve
from analysis.methods.reclaimed.assumptions import ASSUMPTIONS
from analysis.methods.reclaimed.routing.profile import Profile, climb_m, profile_of
from analysis.methods.reclaimed.routing.surface import COVER, Surface, coarse, cost_surface, slope_share
from geo.grids.raster import Raster

ASSUMED = resolve(ASSUMPTIONS, {})
METRIC = CRS.from_epsg(4545)
GRID = Affine(180, 0, 0, 0, -180, 720)  # four rows and five columns, the top left corner at (0, 720)


def raster(values: object, nodata: float | None = None) -> Raster:
    return Raster(np.array(values), GRID, METRIC, nodata)


def ground(*, height: np.ndarray | None = None, cover: np.ndarray | None = None, legend: pd.DataFrame | None = None,
           **frames: gpd.GeoDataFrame) -> Any:  # fmt: skip
    rasters = {"elevation": raster(np.full((4, 5), 300.0) if height is None else height)}
    if cover is not None:
        rasters["landcover"] = raster(cover)
    tables = {} if legend is None else {"landcover_legend": legend}
    return SimpleNamespace(rasters=rasters, frames=frames, tables=tables, settings=SimpleNamespace(metric_crs=METRIC))


def cost(district: Any, **changed: float) -> np.ndarray:
    found = cost_surface(district, {**ASSUMED, **changed})
    assert found is not None
    return found.cost


def line(y: float, **told: object) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({**told, "geometry": [LineString([(10, y), (890, y)])]}, crs=METRIC)


def test_flat_plain_ground_costs_one():
    assert cost(ground()).tolist() == np.ones((4, 5)).tolist()


def test_slope_makes_it_dearer():
    """36 m a cell of 180 m is a fifth: 1 + 3·0.2, with a factor of ten 1 + 10·0.2."""
    height = np.tile(np.arange(5) * 36.0, (4, 1))
    assert cost(ground(height=height)) == pytest.approx(np.full((4, 5), 1.6))
    assert cost(ground(height=height), reclaimed_slope_factor=10.0) == pytest.approx(np.full((4, 5), 3.0))
    assert slope_share(np.array([[0.0, 0, 0], [180, 180, 180]]), 180.0) == pytest.approx(np.ones((2, 3)))


def test_a_river_is_dear_to_cross_a_road_cheap_to_follow_and_one_only_planned_changes_nothing():
    river = cost(ground(rivers=line(630.0)))
    assert river[0] == pytest.approx(np.full(5, 4.0))
    assert river[1:] == pytest.approx(np.ones((3, 5)))
    assert cost(ground(roads=line(90.0, status="built")))[3] == pytest.approx(np.full(5, 0.7))
    assert cost(ground(roads=line(90.0, status="planned"))) == pytest.approx(np.ones((4, 5)))
    assert cost(ground(rivers=line(90.0)), reclaimed_river_factor=20.0)[3, 0] == 20.0


def test_zones_are_avoided_and_the_strictest_most():
    zones = gpd.GeoDataFrame(
        {"kind": ["drinking_source_1", "ecological_red_line", "scenic"],
         "geometry": [box(0, 0, 180, 720), box(180, 0, 360, 720), box(360, 0, 540, 720)]}, crs=METRIC,
    )  # fmt: skip
    assert cost(ground(protection_zones=zones))[0].tolist() == pytest.approx([100, 8, 1, 1, 1])
    other = cost(ground(protection_zones=zones), reclaimed_zone_factor=2.0, reclaimed_strict_zone_factor=30.0)
    assert other[0].tolist() == pytest.approx([30, 2, 1, 1, 1])


def test_land_cover_by_the_legend_and_by_the_usual_classes():
    cover = np.tile([4, 6, 7, 1, 99], (4, 1))
    usual = [COVER[name] for name in ("forest", "water", "urban", "paddy")]
    assert usual == [1.4, 6.0, 1.5, 1.1]
    assert cost(ground(cover=cover))[0].tolist() == pytest.approx([*usual, 1.0])
    legend = pd.DataFrame({"value": [4, 6, 7], "surface": ["water", "forest", None]})
    assert cost(ground(cover=cover, legend=legend))[0].tolist() == pytest.approx([6.0, 1.4, 1, 1, 1])


def test_factors_multiply():
    district = ground(cover=np.full((4, 5), 4), rivers=line(630.0), roads=line(630.0, status="built"))
    assert cost(district)[0, 0] == pytest.approx(1.4 * 4 * 0.7)


def test_cells_without_height_cannot_be_crossed_and_points_move_off_them():
    height = np.full((4, 5), 300.0)
    height[0, :2] = np.nan
    found = cost_surface(ground(height=height), ASSUMED)
    assert found is not None
    assert np.isinf(found.cost[0, :2]).all()
    rows, columns = found.at(np.array([90.0, 450.0, -500.0]), np.array([630.0, 630.0, 99_999.0]))
    assert list(zip(rows.tolist(), columns.tolist(), strict=True)) == [(1, 0), (0, 2), (1, 0)]
    x, y = found.centre(np.array([0, 3]), np.array([0, 4]))
    assert (x.tolist(), y.tolist()) == ([90, 810], [630, 90])


def test_without_heights_there_is_no_surface():
    district = ground()
    district.rasters = {}
    assert cost_surface(district, ASSUMED) is None


def test_a_fine_grid_is_made_coarse_by_means_of_half_known_cells_at_least():
    values = np.arange(36.0).reshape(6, 6)
    values[0, 0] = values[0, 1] = -1  # half of the first block is known
    values[2:4, 0] = values[2, 1] = -1  # one in four of the next
    fine = Raster(values, Affine(90, 0, 0, 0, -90, 540), METRIC, -1)
    found = coarse(fine, METRIC)
    assert found.values[0, 0] == pytest.approx((6 + 7) / 2)
    assert np.isnan(found.values[1, 0])
    assert found.values[2, 2] == pytest.approx((28 + 29 + 34 + 35) / 4)
    assert found.transform.a == 180
    assert coarse(found, METRIC) is found


def test_a_profile_rises_from_its_start_to_its_highest_point():
    assert Profile(np.arange(4.0), np.array([np.nan, 210.0, 250.0, 200.0])).lift_m == 40.0
    assert Profile(np.arange(2.0), np.array([250.0, 200.0])).lift_m == 0.0
    assert np.isnan(Profile(np.arange(2.0), np.array([np.nan, np.nan])).lift_m)
    assert [climb_m(np.array([np.nan, 260.0, 300.0]), reached) for reached in (250.0, 280.0, 400.0)] == [50, 20, 0]
    assert climb_m(np.array([np.nan]), 100.0) == 0.0


def test_a_profile_is_read_every_ninety_metres_with_both_ends():
    height = np.tile(np.arange(5) * 10.0, (4, 1))
    found = profile_of(raster(height), LineString([(90, 360), (810, 360)]))
    assert found.distance_m.tolist() == pytest.approx([90.0 * n for n in range(9)])
    assert found.lift_m == 40.0
    short = profile_of(raster(height), LineString([(90, 360), (130, 360)]))
    assert short.distance_m.tolist() == [0.0, 40.0]


def test_a_point_finds_the_cell_it_lies_in():
    flat = Surface(np.ones((4, 5)), np.zeros((4, 5)), GRID, 180.0)
    east = [Point(179, 1), Point(181, 719)]
    rows, columns = flat.at(np.array([p.x for p in east]), np.array([p.y for p in east]))
    assert (rows.tolist(), columns.tolist()) == ([3, 0], [0, 1])
