"""The fast look-up of points gives what the plain test gives."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.grids.lookup import zone_positions


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.integers(1, 30), st.sampled_from([5, 60_000]))
def test_the_fast_look_up_agrees_with_the_plain_one(seed, count, points):
    rng = np.random.default_rng(seed)
    zones = shapely.buffer(shapely.points(rng.uniform(0, 1000, (count, 2))), rng.uniform(10, 300, count))
    x, y = rng.uniform(-50, 1050, (2, points))
    plain = np.full(points, -1)
    for position in reversed(range(count)):
        plain[shapely.intersects_xy(zones[position], x, y)] = position
    assert (zone_positions(x, y, zones=zones) == plain).all()


def test_a_hundred_thousand_points_on_and_around_borders_agree_with_the_plain_test():
    zones = np.array([shapely.box(0, 0, 700, 350), shapely.box(0, 350, 350, 700), shapely.box(350, 350, 700, 700)])
    steps = np.arange(-10, 710, 2.25)
    x, y = (axis.ravel() for axis in np.meshgrid(steps, steps))
    x, y = np.append(x, [350, 0, 700, 350]), np.append(y, [350, 0, 700, 700])
    assert len(x) > 50_000
    plain = np.full(len(x), -1)
    for position in (2, 1, 0):
        plain[shapely.intersects_xy(zones[position], x, y)] = position
    assert (zone_positions(x, y, zones=zones) == plain).all()


def test_points_without_a_place_are_in_no_zone():
    x = np.full(60_000, np.nan)
    assert (zone_positions(x, x, zones=np.array([shapely.box(0, 0, 1, 1)])) == -1).all()


def test_no_zones_hold_nothing():
    x = np.zeros(60_000)
    assert (zone_positions(x, x, zones=np.array([], dtype=object)) == -1).all()
