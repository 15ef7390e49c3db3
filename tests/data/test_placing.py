"""Placing, growing and routing on a small flat scene with answers worked out by hand."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import LineString, Point, Polygon, box

from data.make.facts import METRIC_CRS, numbers
from data.make.land.grid import GRID, Grid
from data.make.places.placing import blob, grow, inside, outline_of, spots, spread, tidy
from data.make.places.routes import Borders, Land, rounded_line
from data.make.places.towns import Town
from data.make.scene import Scene

WEST, NORTH = GRID.west, GRID.north


def _flat_scene() -> Scene:
    """Two townships of 40 × 40 cells side by side at the grid's north-west corner."""
    side = 40 * GRID.cell_m
    polygons = {
        "A": box(WEST, NORTH - side, WEST + side, NORTH),
        "B": box(WEST + side, NORTH - side, WEST + 2 * side, NORTH),
    }
    owner = np.full(GRID.shape, -1, np.int16)
    owner[:40, :40], owner[:40, 40:80] = 0, 1
    zero = np.zeros(GRID.shape)
    return Scene(
        codes=("A", "B"),
        names={"A": "甲", "B": "乙"},
        polygons=polygons,
        inner={code: polygon.buffer(-25) for code, polygon in polygons.items()},
        owner=owner,
        height=zero,
        slope=zero,
        cover=zero.astype(np.uint8),
        river_m=zero + 500,
        rivers=gpd.GeoDataFrame(geometry=[], crs=METRIC_CRS),
        seats={"A": np.array([WEST + 1800.0, NORTH - 1800.0])},
        people={"A": 1000, "B": 1000},
        urban_people={"A": 100, "B": 100},
    )


@pytest.fixture(scope="module")
def scene() -> Scene:
    return _flat_scene()


def test_spots_are_as_many_as_wished_apart_and_inside(scene: Scene) -> None:
    places = spots(scene, "A", count=6, weight=np.ones(GRID.shape), apart_m=700, random=numbers("test spots"))
    assert len(places) == 6
    assert shapely.contains_xy(scene.inner["A"], places).all()
    apart = np.hypot(*(places[:, None] - places[None, :]).transpose(2, 0, 1))
    assert apart[~np.eye(6, dtype=bool)].min() >= 699.8  # rounding to the decimetre


def test_spots_keep_the_count_and_give_up_the_distance(scene: Scene) -> None:
    places = spots(scene, "A", count=30, weight=np.ones(GRID.shape), apart_m=3000, random=numbers("test crowd"))
    assert len(places) == 30


def test_spots_never_stand_where_the_weight_is_zero(scene: Scene) -> None:
    weight = np.zeros(GRID.shape)
    weight[10, 10] = 1
    place = spots(scene, "A", count=1, weight=weight, apart_m=1, random=numbers("test one"))[0]
    assert GRID.cells(place[None, :])[0] == 10 * GRID.columns + 10


def test_spreading_takes_the_wished_number_of_connected_cells_of_one_township(scene: Scene) -> None:
    cells = spread(scene, scene.seats["A"], code="A", count=200, cost=np.zeros(GRID.shape))
    assert len(set(cells.tolist())) == 200
    assert (scene.owner.ravel()[cells] == 0).all()
    assert outline_of(cells).geom_type == "Polygon"


def test_a_grown_area_is_about_as_large_as_wished(scene: Scene) -> None:
    area = grow(scene, scene.seats["A"], code="A", area_m2=2_000_000, cost=np.zeros(GRID.shape))
    assert area.area == pytest.approx(2_000_000, rel=0.1)
    assert scene.inner["A"].buffer(0.2).contains(area)


def test_a_blob_has_its_area_and_is_cut_to_its_room() -> None:
    room = box(0, 0, 1000, 1000)
    whole = blob(np.array([500.0, 500.0]), 40_000, within=room, random=numbers("test blob"))
    cut = blob(np.array([0.0, 500.0]), 40_000, within=room, random=numbers("test blob"))
    assert whole.area == pytest.approx(40_000, rel=0.1)
    assert room.buffer(0.1).contains(cut)
    assert cut.area < 0.8 * whole.area


def test_places_inside_a_sliver_are_still_inside() -> None:
    sliver = Polygon([(0, 0), (200, 0), (200, 4), (0, 4)])
    assert shapely.contains_xy(sliver, inside(sliver, count=9, random=numbers("test sliver"))).all()


def test_tidy_keeps_the_largest_piece() -> None:
    two = shapely.union_all([box(0, 0, 10, 10), box(50, 0, 90, 40)])
    assert tidy(two, within=box(-5, -5, 100, 100)).area == 1600


def test_the_cheapest_way_goes_round_a_dear_cell() -> None:
    grid = Grid(0.0, 30.0, 10.0, 3, 3)
    price = np.array([[np.inf, np.inf, np.inf], [1, 9, 1], [1, 1, 1]], float)
    padded = Grid(-10.0, 40.0, 10.0, 5, 5)
    land = Land(padded, np.pad(price, 1, constant_values=np.inf))
    start, stop = (land.cell(np.array(place)) for place in ((5.0, 15.0), (25.0, 15.0)))
    path = land.path(land.back([start], [stop]), stop)
    assert [divmod(cell, 5) for cell in path] == [(2, 1), (3, 2), (2, 3)]
    assert grid.shape == (3, 3)


def test_no_way_is_an_empty_path() -> None:
    grid = Grid(0.0, 50.0, 10.0, 5, 5)
    price = np.full((5, 5), np.inf)
    price[1, 1] = price[3, 3] = 1
    land = Land(grid, price)
    assert land.path(land.back([6], [18]), 18) == []


def test_rounding_a_line_keeps_its_ends() -> None:
    line = rounded_line(np.array([[0.0, 0], [100, 0], [100, 100]]))
    assert line[0].tolist() == [0, 0]
    assert line[-1].tolist() == [100, 100]
    assert len(line) > 3


def test_a_line_is_cut_at_the_border_into_pieces_that_meet(scene: Scene) -> None:
    border = WEST + 40 * GRID.cell_m
    line = LineString([(border - 100, NORTH - 500), (border + 300, NORTH - 500)])
    pieces = Borders(scene).cut(line)
    assert [(code, piece.length) for code, piece in pieces] == [("A", pytest.approx(100)), ("B", pytest.approx(300))]
    assert pieces[0][1].coords[-1] == pieces[1][1].coords[0]


def test_a_town_tree_reaches_every_corner_once() -> None:
    corners = np.array([[0.0, 0], [1, 0], [1, 1], [0, 1]])
    town = Town("A", Point(0, 0).buffer(5), corners, ((0, 1), (1, 2), (2, 3), (3, 0)), ())
    tree = town.tree()
    assert len(tree) == 3
    assert {0} | {b for _, b in tree} == {0, 1, 2, 3}
    assert town.nearest_corner(np.array([0.9, 1.2])).tolist() == [1, 1]
