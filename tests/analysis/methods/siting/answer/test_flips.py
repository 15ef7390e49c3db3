"""A change carried out: what it alters in site and project, and that a promise is tried before it is made."""

from __future__ import annotations

from dataclasses import replace

import pytest
from siting_checks import BY_ID
from siting_ground import ask, make_ground, square

from analysis.methods.siting.answer.flips import carried_out, flips_for
from analysis.methods.siting.check import Flip, Judgement
from analysis.proposal import Proposal

GROUND = make_ground()
PLAIN = Proposal(
    demand_m3_per_year=9_000.0, reclaimed_m3_per_year=100.0, rain_storage_m3=30.0, earthworks_m3=2_000.0,
    source="surface", saving_plan=False,
)  # fmt: skip


@pytest.mark.parametrize(
    ("flip", "changed"),
    [
        (Flip("demand", "clear", value=8_000.0), {"demand_m3_per_year": 8_000.0}),
        (Flip("substitute", "clear", value=250.0), {"reclaimed_m3_per_year": 350.0}),
        (Flip("tank", "clear", value=12.5), {"rain_storage_m3": 42.5}),
        (Flip("source", "clear", to="public_network"), {"source": "public_network"}),
        (Flip("document", "clear", fields=("saving_plan",)), {"saving_plan": True, "simultaneous": None}),
        (Flip("document", "clear", fields=("water_evaluation", "simultaneous")),
         {"saving_plan": False, "simultaneous": True, "water_evaluation": True}),
        (Flip("extend", "clear", value=900.0), {}),
    ],
)  # fmt: skip
def test_a_change_alters_what_it_says_and_nothing_else(flip, changed):
    inquiry = ask(GROUND, PLAIN)
    site, proposal = carried_out(flip, inquiry)
    assert site is inquiry.site
    expected = replace(PLAIN, **changed)
    assert replace(proposal, simultaneous=proposal.simultaneous or None,
                   water_evaluation=proposal.water_evaluation or None) == expected  # fmt: skip


@pytest.mark.parametrize(
    ("told", "changed"),
    [({"rain_storage_m3": None}, 12.5), ({"rain_storage_m3": 0.0}, 12.5), ({"rain_storage_m3": 7.5}, 20.0)],
)
def test_what_is_added_is_added_to_what_there_is(told, changed):
    _, proposal = carried_out(Flip("tank", "clear", value=12.5), ask(GROUND, replace(PLAIN, **told)))
    assert proposal.rain_storage_m3 == changed


@pytest.mark.parametrize(("side", "area"), [(300.0, 49_950.0), (100.0, 10_000.0)])
def test_a_site_shrinks_about_its_middle_to_just_under_the_size_and_never_grows(side, area):
    flip = Flip("size", "study", sizes={"area_m2": 50_000.0, "earthworks_m3": 1_500.0})
    inquiry = ask(GROUND, PLAIN, square(side=side))
    site, proposal = carried_out(flip, inquiry)
    assert site.area_m2 == pytest.approx(area)
    assert site.geometry.centroid.distance(inquiry.site.geometry.centroid) < 1e-6
    assert proposal.earthworks_m3 == pytest.approx(1_499.999)
    _, less = carried_out(flip, ask(GROUND, replace(PLAIN, earthworks_m3=10.0)))
    assert less.earthworks_m3 == 10.0


def test_a_move_goes_east_and_north():
    site, proposal = carried_out(Flip("move", "clear", sizes={"east_m": 300.0, "north_m": -70.0}), ask(GROUND, PLAIN))
    assert site.geometry.equals(square(300, -70))
    assert proposal == PLAIN


def test_a_change_that_does_not_help_is_not_promised():
    check = BY_ID["saving_plan"]
    inquiry = ask(GROUND, replace(PLAIN, simultaneous=False))
    judged = check.judge(inquiry)
    (both,) = flips_for(check, inquiry, judged)
    assert both.fields == ("saving_plan", "simultaneous")
    for promised, kept in ((("saving_plan",), ()), (("saving_plan", "simultaneous"), (both,))):
        flips = (Flip("document", "clear", fields=promised),)
        told = replace(check, flips=lambda inquiry, judged, made=flips: made)
        assert flips_for(told, inquiry, judged) == kept


@pytest.mark.parametrize("verdict", ["clear", "unknown"])
def test_what_is_clear_or_unknown_has_nothing_to_change(verdict):
    told = replace(BY_ID["saving_plan"], flips=lambda inquiry, judged: (Flip("document", "clear"),))
    assert flips_for(told, ask(GROUND, PLAIN), Judgement(verdict, "x")) == ()
