"""What is looked up of a ground: the nearest feature, its name, rules of place and day, heights, switches."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from pyproj import CRS
from shapely import Point, box
from siting_ground import RULES, X, Y, make_ground, plane, square
from wulong import LESHAN, WULONG

from analysis.methods.siting.ground.found import Ground, Group, ground_of


def group(*places: tuple[str | None, str, float]) -> Group:
    rows = [{"name": name, "id": id_, "geometry": Point(X + east, Y)} for name, id_, east in places]
    return Group("g", "rivers", pd.DataFrame(rows))


def test_the_nearest_feature_and_the_way_to_it():
    found = group(("甲", "A", 500.0), ("乙", "B", -150.0), (None, "C", 90_000.0))
    assert found.nearest(square()) == (1, pytest.approx(100.0))
    assert found.nearest(square(480)) == (0, 0.0)
    assert [found.label(at) for at in range(3)] == ["甲", "乙", "C"]


def test_no_features_are_not_the_same_as_no_word_of_them():
    none, unknown = Group("g", "rivers", pd.DataFrame({"geometry": []})), Group("g", "rivers", None)
    assert (none.missing, unknown.missing) == (False, True)
    assert none.nearest(square()) is unknown.nearest(square()) is None


@pytest.mark.parametrize(("shapes", "areal"), [([square()], True), ([square(), Point(X, Y)], False), ([], False)])
def test_a_group_is_of_areas_when_all_of_it_is(shapes, areal):
    assert Group("g", "x", pd.DataFrame({"geometry": pd.Series(shapes, dtype=object)})).areal is areal


def test_rules_are_those_in_force_on_the_day_at_the_place():
    here, there = (make_ground(code=code).district for code in (WULONG, LESHAN))
    assert Ground(here).rule("chongqing_water_17") is not None
    assert Ground(there).rule("chongqing_water_17") is None
    assert Ground(there).rule("yangtze_26") is not None
    # the Yangtze law is in force from 1 March 2021 on
    days = [Ground(here, date(2021, month, day)).rule("yangtze_26") is not None for month, day in ((2, 28), (3, 1))]
    assert days == [False, True]
    assert {rule.kind for rule in Ground(here).rules("monitoring")} == {"monitoring"}


def test_one_ground_serves_every_day_with_the_same_rules_and_another_ground_other_rules():
    district = make_ground(code=WULONG).district
    first, same = ground_of(district, on=date(2025, 1, 1)), ground_of(district, on=date(2025, 1, 2))
    assert first is same
    assert ground_of(district, on=date(2021, 2, 28)) is not first
    assert len(RULES) > len(first._rules) > 0


def test_heights_in_another_system_are_none():
    district = make_ground().district
    assert Ground(district).slopes_of(square()).mean == pytest.approx(0.05, rel=1e-3)
    elsewhere = replace(plane(0.05), crs=CRS.from_epsg(4546))
    other = Ground(replace(district, rasters={"elevation": elsewhere}))
    assert (other.terrain, other.slopes_of(square())) == (None, None)


def test_the_district_is_all_its_townships_and_a_switch_is_off_unless_said():
    ground = make_ground(flags={"water_short_area": True})
    assert ground.outline.equals(box(480_000, 3_240_000, 500_000, 3_260_000))
    assert (ground.flag("water_short_area"), ground.flag("anything")) == (True, False)
