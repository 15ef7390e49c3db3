"""The ground a site takes: footprints, shares among townships, how far beyond the border it may reach, moves."""

from __future__ import annotations

import pytest
from shapely import LineString, MultiPoint, Point, box
from siting_ground import ASSUMED, A, B, X, Y, make_ground, site_at, square

from analysis.methods.siting.ground.site import make_site, moved
from words.errors import AtlasError

GROUND = make_ground()
BORDER = 490_000.0  # between A in the west and B in the east; the district ends at 480 and 500 km


@pytest.mark.parametrize(("told", "area"), [({}, 1000.0), ({"footprint_m2": 4000.0}, 4000.0)])
def test_a_point_takes_the_footprint_assumed_or_told(told, area):
    site = site_at(GROUND, Point(X, Y), **told)
    assert site.area_m2 == pytest.approx(area, rel=0.002)  # a circle of 64 corners
    assert site.drawn == "point"
    assert site.geometry.centroid.distance(Point(X, Y)) < 0.01


@pytest.mark.parametrize(("width", "area"), [(10.0, 3000.0), (4.0, 1200.0)])
def test_a_line_takes_its_width_and_no_more_at_its_ends(width, area):
    line = LineString([(X, Y), (X + 300, Y)])
    site = make_site(line, GROUND.district, assumed={**ASSUMED, "siting_line_width_m": width})
    assert (site.area_m2, site.drawn) == (pytest.approx(area), "line")
    assert site.geometry.bounds == pytest.approx((X, Y - width / 2, X + 300, Y + width / 2))


@pytest.mark.parametrize(("side", "tiny"), [(3.1, True), (3.2, False)])
def test_a_site_below_ten_square_metres_is_too_small(side, tiny):
    if not tiny:
        assert site_at(GROUND, square(side=side)).area_m2 == pytest.approx(10.24)
        return
    with pytest.raises(AtlasError) as refused:
        site_at(GROUND, square(side=side))
    assert refused.value.facts == {"area": 9.6, "least": 10}


@pytest.mark.parametrize(("west_m", "shares"), [(30.0, [(B, 0.7), (A, 0.3)]), (80.0, [(A, 0.8), (B, 0.2)])])
def test_the_larger_part_comes_first(west_m, shares):
    site = site_at(GROUND, box(BORDER - west_m, Y, BORDER + 100 - west_m, Y + 100))
    assert list(site.townships.items()) == [(code, pytest.approx(share)) for code, share in shares]


@pytest.mark.parametrize(
    ("beyond_m", "accuracy_m", "fits"), [(19.0, 0.0, True), (21.0, 0.0, False), (59.0, 60.0, True), (61.0, 60.0, False)]
)
def test_a_site_may_reach_past_the_border_by_the_tolerance_or_its_own_accuracy(beyond_m, accuracy_m, fits):
    shape = box(480_000 - beyond_m, Y, 480_400 - beyond_m, Y + 400)
    if fits:
        site = site_at(GROUND, shape, accuracy_m=accuracy_m)
        assert site.townships == {A: pytest.approx(1 - beyond_m / 400)}
        return
    with pytest.raises(AtlasError) as refused:
        site_at(GROUND, shape, accuracy_m=accuracy_m)
    assert refused.value.key == "siting.errors.partly_outside"
    assert refused.value.facts["share"] == pytest.approx(beyond_m / 400)


def test_a_move_goes_east_and_north_and_keeps_everything_else():
    site = site_at(GROUND, square(), id="S", name="甲", accuracy_m=5.0)
    after = moved(site, GROUND.district, east_m=5_200.0, north_m=-300.0)
    assert after.geometry.equals(square(5_200, -300))
    assert (after.id, after.name, after.accuracy_m, after.drawn) == ("S", "甲", 5.0, "polygon")
    assert after.townships == {B: pytest.approx(1.0)}
    with pytest.raises(AtlasError, match="outside"):
        moved(site, GROUND.district, east_m=20_000.0, north_m=0.0)
    with pytest.raises(AtlasError, match="partly_outside"):
        moved(site, GROUND.district, east_m=-5_000.0, north_m=0.0)


def test_several_points_are_one_site_of_their_footprints():
    site = site_at(GROUND, MultiPoint([(X, Y), (X + 1000, Y)]))
    assert site.area_m2 == pytest.approx(2 * 1000, rel=0.002)
    assert site.drawn == "point"
