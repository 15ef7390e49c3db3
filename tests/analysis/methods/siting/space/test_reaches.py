"""A site and a rule in space: inside, near, clear; the worst of several; what is lacking."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from shapely import LineString, Point, box
from siting_ground import X, Y, ask, make_ground, site_at, square, zone

from analysis.methods.siting.check import Reach
from analysis.methods.siting.ground.found import Group
from analysis.methods.siting.space.reaches import by_reaches, judge_reaches, meet
from analysis.proposal import Proposal

SITE = square()  # its edges lie 50 m from (485, 3250) km


def group(*shapes: object) -> Group:
    rows = [{"id": f"Z{at}", "name": f"区{at}", "geometry": shape} for at, shape in enumerate(shapes)]
    return Group("zone:flood", "protection_zones", pd.DataFrame(rows, columns=["id", "name", "geometry"]))


def east(metres: float, *, width: float = 1000.0) -> object:
    """A band whose western edge lies so many metres from the site's eastern edge; negative: inside the site."""
    return box(X + 50 + metres, Y - 500, X + 50 + metres + width, Y + 500)


@pytest.mark.parametrize(
    ("away", "inside", "near", "share"),
    [(-30, True, False, 0.3), (-0.00005, False, True, 0.0), (0, False, True, 0.0), (20, False, True, 0.0),
     (20.1, False, False, 0.0)],
)  # fmt: skip
def test_ground_in_common_is_inside_and_touching_is_near(away, inside, near, share):
    # a sliver of 0.05 mm by 100 m is half of a hundredth of a square metre: only touching
    met = meet(SITE, group(east(away)), within_m=0.0, tolerance_m=20.0)
    assert (met.inside, met.near) == (inside, near)
    assert met.share == pytest.approx(share, abs=1e-5)
    assert met.distance_m == pytest.approx(max(away, 0.0))


@pytest.mark.parametrize(
    ("away", "inside", "near"), [(99.9, True, False), (100.0, False, True), (119.9, False, True), (120.1, False, False)]
)
def test_a_rule_of_distance_holds_below_it_and_not_at_it(away, inside, near):
    met = meet(
        SITE, group(LineString([(X + 50 + away, Y - 900), (X + 50 + away, Y + 900)])), within_m=100.0, tolerance_m=20.0
    )
    assert (met.inside, met.near) == (inside, near)
    assert met.distance_m == pytest.approx(away)


@pytest.mark.parametrize(("away", "border"), [(-30, True), (-70, True), (-79, True), (-130, False)])
def test_inside_with_the_line_within_the_tolerance_is_marked(away, border):
    # at 130 m the whole site lies 30 m behind the line; at 79 m the line passes through it
    met = meet(SITE, group(east(away)), within_m=0.0, tolerance_m=20.0)
    assert (met.inside, met.border) == (True, border)


@pytest.mark.parametrize(("within_m", "border"), [(300.0, False), (160.0, True), (171.0, False)])
def test_deep_within_a_distance_there_is_no_doubt(within_m, border):
    # the far corners of the site lie 150 m from the line: 10 m from a rule of 160 m, 21 m from one of 171 m
    met = meet(SITE, group(LineString([(X + 100, Y - 900), (X + 100, Y + 900)])), within_m=within_m, tolerance_m=20.0)
    assert (met.inside, met.border) == (True, border)


def test_shares_of_several_features_are_counted_once_where_they_overlap():
    met = meet(SITE, group(east(-30), east(-20), box(X - 60, Y - 500, X - 40, Y + 500)), within_m=0.0, tolerance_m=0.0)
    assert met.hits == (0, 1, 2)
    assert met.share == pytest.approx(0.4)  # 30 m in the east and 10 m in the west of 100 m


def test_of_no_features_there_is_no_distance_and_of_far_ones_there_is():
    assert meet(SITE, group(), within_m=0.0, tolerance_m=20.0).distance_m is None
    assert meet(SITE, group(east(700), east(300)), within_m=0.0, tolerance_m=20.0).distance_m == pytest.approx(300)


def test_near_shows_the_shortest_way():
    met = meet(SITE, group(east(15), east(10)), within_m=0.0, tolerance_m=20.0)
    assert met.hits == (1,)
    assert met.evidence.length == pytest.approx(10)


FLOOD, KARST = Reach("zone:flood", "study", "flood"), Reach("zone:karst", "prohibited", "karst")


def test_the_worst_reach_decides_and_of_two_alike_the_one_with_more_ground():
    both = make_ground(zones=[zone("flood", east(-60)), zone("karst", east(-10))])
    judged = judge_reaches(ask(both, Proposal()), (FLOOD, KARST))
    assert (judged.verdict, judged.reason, judged.share) == ("prohibited", "karst", pytest.approx(0.1))
    alike = judge_reaches(ask(both, Proposal()), (FLOOD, Reach("zone:karst", "study", "karst")))
    assert (alike.reason, alike.share) == ("flood", pytest.approx(0.6))


def test_of_two_near_ones_the_nearer_decides_and_of_two_clear_ones_too():
    near = make_ground(zones=[zone("flood", east(15)), zone("karst", east(5))])
    judged = judge_reaches(ask(near, Proposal()), (FLOOD, KARST))
    assert (judged.verdict, judged.reason, judged.distance_m, judged.border) == (
        "study",
        "near",
        pytest.approx(5),
        True,
    )
    clear = make_ground(zones=[zone("flood", east(900)), zone("karst", east(400))])
    assert judge_reaches(ask(clear, Proposal()), (FLOOD, KARST)).distance_m == pytest.approx(400)


def test_near_a_mild_rule_is_no_worse_than_the_rule():
    mild = Reach("zone:flood", "clear", "flood")
    assert judge_reaches(ask(make_ground(zones=[zone("flood", east(10))]), Proposal()), (mild,)).verdict == "clear"


def test_what_is_met_stands_and_what_is_not_met_is_unknown_while_a_kind_is_lacking():
    lacking = Reach("zone:nobody_knows", "prohibited", "x")
    met = judge_reaches(ask(make_ground(zones=[zone("flood", east(-30))]), Proposal()), (lacking, FLOOD))
    assert met.verdict == "study"
    clear = judge_reaches(ask(make_ground(), Proposal()), (lacking, FLOOD))
    assert (clear.verdict, clear.needs) == ("unknown", ("protection_zones.nobody_knows",))
    bare = judge_reaches(ask(make_ground(without=("rivers",)), Proposal()), (Reach("river:all", "study", "x"), FLOOD))
    assert (bare.verdict, bare.needs) == ("unknown", ("rivers",))


def test_a_rule_of_place_shows_its_share_and_one_of_distance_its_metres():
    inquiry = ask(make_ground(zones=[zone("flood", east(-30), name="甲洪区", document="甲文")]), Proposal())
    place = judge_reaches(inquiry, (FLOOD,))
    assert (place.value, place.threshold, place.unit) == (pytest.approx(0.3), 0.0, "share")
    assert (place.facts["name"], place.facts["document"], place.facts["official"]) == ("甲洪区", "甲文", True)
    distance = judge_reaches(inquiry, (Reach("zone:flood", "study", "flood", 100.0),))
    assert (distance.value, distance.threshold, distance.unit) == (0.0, 100.0, "m")


def test_a_zone_is_official_only_if_all_of_it_is():
    zones = [zone("flood", east(-30)), zone("flood", east(-20), official=None)]
    assert judge_reaches(ask(make_ground(zones=zones), Proposal()), (FLOOD,)).facts["official"] is False


def test_a_project_the_rule_does_not_reach_for_is_not_concerned():
    assert by_reaches(lambda inquiry: ())(ask(make_ground(), Proposal())).reason == "not_concerned"


def test_a_site_of_uncertain_place_is_near_from_farther_away():
    ground = make_ground(zones=[zone("flood", east(50))])
    for accuracy, verdict in ((0.0, "clear"), (50.0, "study")):
        inquiry = ask(ground, Proposal())
        told = replace(inquiry, site=site_at(ground, accuracy_m=accuracy))
        assert judge_reaches(told, (FLOOD,)).verdict == verdict
    assert Point(X, Y).within(SITE)
