"""How far to move: the bearing, the nearest free place, and the nearest place that is flat enough."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from affine import Affine
from shapely import Polygon, box
from siting_ground import METRIC, X, Y, ask, make_ground, square, zone

from analysis.methods.siting.answer.flips import carried_out
from analysis.methods.siting.check import Reach
from analysis.methods.siting.ground.found import Ground
from analysis.methods.siting.space.shift import bearing, clear_of, flatter_place
from analysis.proposal import Proposal
from geo.grids.raster import Raster

RED = (Reach("zone:ecological_red_line", "prohibited", "red_line"),)


@pytest.mark.parametrize(
    ("east", "north", "degrees"),
    [(0, 1, 0), (1, 1, 45), (1, 0, 90), (1, -1, 135), (0, -1, 180), (-1, 0, 270), (-1, 1, 315), (3, 4, 36.8699)],
)
def test_a_bearing_turns_from_north_by_east(east, north, degrees):
    assert bearing(east, north) == pytest.approx(degrees, abs=1e-4)


@pytest.mark.parametrize(
    ("shape", "east", "north"),
    [
        # to the nearest edge, and on by half the site and the tolerance of 20 m
        (box(X - 1000, Y - 1000, X + 200, Y + 1000), 270, 0),
        (box(X - 1000, Y - 1000, X + 1000, Y + 150), 0, 220),
        (box(X - 300, Y - 1000, X + 1000, Y + 1000), -370, 0),
        (box(X - 1000, Y - 400, X + 1000, Y + 1000), 0, -470),
    ],
)
def test_the_shortest_way_out_leads_over_the_nearest_edge(shape, east, north):
    ground = make_ground(zones=[zone("ecological_red_line", shape)])
    (flip,) = clear_of(ask(ground, Proposal()), RED)
    assert (flip.sizes["east_m"], flip.sizes["north_m"]) == pytest.approx((east, north), abs=0.5)
    assert flip.value == pytest.approx(abs(east + north), abs=0.5)
    assert flip.sizes["bearing"] == pytest.approx(bearing(east, north), abs=0.2)
    assert (flip.kind, flip.unit, flip.target) == ("move", "m", "clear")


def test_a_slanting_edge_is_left_at_a_right_angle():
    # the edge runs from north-west to south-east, 100·√2 m from the middle; the site's corner leads by 50·√2 m
    shape = Polygon([(X + 5200, Y - 5000), (X - 5000, Y + 5200), (X - 5000, Y - 5000)])
    ground = make_ground(zones=[zone("ecological_red_line", shape)])
    (flip,) = clear_of(ask(ground, Proposal()), RED)
    assert flip.value == pytest.approx(100 * 2**0.5 + 50 * 2**0.5 + 20, abs=0.5)
    assert flip.sizes["east_m"] == pytest.approx(flip.sizes["north_m"], abs=0.5)


def test_a_rule_of_distance_is_left_with_its_distance():
    ground = make_ground(zones=[zone("ecological_red_line", box(X - 1000, Y - 1000, X + 200, Y + 1000))])
    (flip,) = clear_of(ask(ground, Proposal()), (Reach("zone:ecological_red_line", "study", "near", 100.0),))
    assert flip.value == pytest.approx(270 + 100, abs=0.5)


def test_two_obstacles_are_left_together_and_one_that_is_no_bar_is_not():
    zones = [
        zone("ecological_red_line", box(X - 1000, Y - 1000, X + 200, Y + 1000)),
        zone("flood", box(X + 200, Y - 1000, X + 600, Y + 1000)),
    ]
    inquiry = ask(make_ground(zones=zones), Proposal())
    (alone,) = clear_of(inquiry, RED)
    (both,) = clear_of(inquiry, (*RED, Reach("zone:flood", "study", "flood")))
    (mild,) = clear_of(inquiry, (*RED, Reach("zone:flood", "clear", "flood")))
    assert (alone.value, both.value, mild.value) == pytest.approx((270, 670, 270), abs=0.5)


def test_a_way_that_is_not_there_is_not_promised():
    whole = make_ground(zones=[zone("ecological_red_line", box(470_000, 3_230_000, 510_000, 3_270_000))])
    assert clear_of(ask(whole, Proposal()), RED) == ()


def heights(rise: np.ndarray) -> Ground:
    """A ground of 90 m cells whose columns rise eastwards as told, from the district's western edge on."""
    across = np.concatenate([[0.0], np.cumsum(rise[:-1] * 90)])
    values = np.broadcast_to(across, (223, 223)).astype(np.float32).copy()
    bare = make_ground(rise=None).district
    elevation = Raster(values, Affine(90, 0, 480_000, 0, -90, 3_260_000), METRIC)
    return Ground(replace(bare, rasters={"elevation": elevation}))


@pytest.mark.parametrize(("first_gentle", "sign"), [(60, 1), (None, -1)])
def test_flatter_ground_lies_where_the_slope_says(first_gentle, sign):
    rise = np.full(223, 0.30)
    if first_gentle is None:
        rise[:50] = 0.05  # gentle in the west
    else:
        rise[first_gentle:] = 0.05
    inquiry = ask(heights(rise), Proposal(), square(side=80))
    (flip,) = flatter_place(inquiry, value=lambda cells: cells.astype(float), limit=0.15)
    assert np.sign(flip.sizes["east_m"]) == sign
    assert flip.sizes["north_m"] == 0
    assert flip.value == abs(flip.sizes["east_m"])
    assert flip.value % 90 == 0
    site, _ = carried_out(flip, inquiry)
    assert inquiry.ground.slopes_of(site.geometry).mean <= 0.15
    nearer, _ = carried_out(replace(flip, sizes={**flip.sizes, "east_m": flip.sizes["east_m"] - sign * 90}), inquiry)
    assert inquiry.ground.slopes_of(nearer.geometry).mean > 0.15


def test_a_limit_just_met_is_enough_unless_it_must_be_stayed_below():
    inquiry = ask(heights(np.full(223, 0.10)), Proposal(), square(side=80))
    limit = inquiry.slopes.mean
    (stays,) = flatter_place(inquiry, value=lambda cells: cells.astype(float), limit=limit)
    assert stays.value == 0
    assert flatter_place(inquiry, value=lambda cells: cells.astype(float), limit=limit, strictly=True) == ()


def test_without_heights_no_place_is_flatter():
    assert flatter_place(ask(make_ground(rise=None), Proposal()), value=lambda cells: cells, limit=1.0) == ()
