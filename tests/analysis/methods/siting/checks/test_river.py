"""Rivers and floods: which level of flood counts, whom the management range bars, and who keeps which distance."""

from __future__ import annotations

import pytest
from shapely import LineString
from siting_ground import X, Y, ask, frame, make_ground, square, verdict_of, zone

from analysis.methods.siting.checks.river import flood_judged
from analysis.proposal import Proposal


@pytest.mark.parametrize(
    ("levels", "threshold", "reason"),
    [
        ((440.0, 455.0), 455.0, "flood_below"),
        ((430.0, 440.0), 440.0, "flood_above"),
        ((440.0, None), 440.0, "flood_above"),
    ],
)
def test_of_several_floods_the_highest_level_counts_against_the_lowest_ground(levels, threshold, reason):
    zones = [zone("flood", square(side=900), design_level_m=level) for level in levels]
    judged = flood_judged(ask(make_ground(zones=zones), Proposal()))
    # the plane rises 5 % from 200 m: about 447 to 453 m under the site
    assert judged.value == pytest.approx(447.5, abs=4.5)
    assert (judged.threshold, judged.reason, judged.unit, judged.verdict) == (threshold, reason, "m", "study")


def test_a_level_of_a_flood_elsewhere_says_nothing_here():
    zones = [zone("flood", square(side=900), id="here"), zone("flood", square(4_000), id="there", design_level_m=460.0)]
    assert flood_judged(ask(make_ground(zones=zones), Proposal())).reason == "flood"


@pytest.mark.parametrize(
    ("sector", "verdict", "reason"),
    [("road", "restricted", "river_plan"), ("municipal", "restricted", "river_plan"),
     ("waterworks", "restricted", "river_plan"), ("farming", "restricted", "river_crops"),
     ("housing", "prohibited", "river_blocking")],
)  # fmt: skip
def test_only_what_crosses_or_grows_may_ask_for_a_place_in_the_range(sector, verdict, reason):
    ground = make_ground(zones=[zone("river_management", square(side=900))])
    judged = verdict_of("river_management", ground, Proposal(sector=sector)).judgement
    assert (judged.verdict, judged.reason) == (verdict, reason)


def river(away: float, **told: object) -> dict:
    line = LineString([(X + 50 + away, Y - 9000), (X + 50 + away, Y + 9000)])
    rank = {"width_m": 0.0, "important_tributary": False, **told}
    return {"rivers": frame("rivers", [{"id": "R1", "name": "江", "geometry": line, **rank}])}


@pytest.mark.parametrize(
    ("nature", "away", "verdict"),
    [("new", 999.0, "prohibited"), ("new", 1000.0, "study"), ("extend", 999.0, "prohibited"),
     ("rebuild", 999.0, "study"), ("new", 1021.0, "clear")],
)  # fmt: skip
def test_a_chemical_project_at_just_a_kilometre_is_not_within_it(nature, away, verdict):
    found = verdict_of("chemical", make_ground(layers=river(away)), Proposal(sector="chemical", nature=nature))
    assert found.verdict == verdict
    assert (found.judgement.value, found.judgement.threshold) == (pytest.approx(away), 1000.0)


@pytest.mark.parametrize(
    ("told", "away", "verdict", "reason", "border"),
    [
        # half of 40 m nearer than the line; a stream of no rank counts as any other
        ({"width_m": 40.0, "yangtze_tributary": False}, 76.0, "prohibited", "chemical_width", False),
        ({"width_m": 40.0}, 1_019.0, "prohibited", "chemical_width", True),
        ({"width_m": 40.0}, 1_041.0, "clear", "outside", False),
        # the line alone: the shore is nearer than it, by as much as a river may be wide
        ({"width_m": None}, 76.0, "prohibited", "chemical_centre", True),
        ({"width_m": None}, 1_199.0, "study", "chemical_unsure", True),
        ({"width_m": None}, 1_221.0, "clear", "outside", False),
    ],
)
def test_the_chemical_kilometre_starts_at_the_shore_and_is_open_where_only_the_line_is_known(
    told, away, verdict, reason, border
):
    judged = verdict_of("chemical", make_ground(layers=river(away, **told)), Proposal(sector="chemical")).judgement
    assert (judged.verdict, judged.reason, judged.border) == (verdict, reason, border)
    half = (told["width_m"] or 0.0) / 2
    assert judged.distance_m == pytest.approx(away - half)


def test_the_edge_of_a_range_or_of_a_reservoir_goes_before_the_line():
    chemical = Proposal(sector="chemical")
    ranged = make_ground(
        layers=river(5_000.0, width_m=None), zones=[zone("river_management", square(1_000), id="Z", river="R1")]
    )
    found = verdict_of("chemical", ranged, chemical).judgement
    assert (found.verdict, found.reason, found.distance_m) == ("prohibited", "chemical_range", pytest.approx(900))
    lake = {**river(5_000.0), "reservoirs": frame("reservoirs", [{"id": "L", "geometry": square(700)}])}
    found = verdict_of("chemical", make_ground(layers=lake), chemical).judgement
    assert (found.verdict, found.reason, found.distance_m) == ("prohibited", "chemical_water", pytest.approx(600))


@pytest.mark.parametrize(
    ("told", "away", "verdict"),
    [
        ({"important_tributary": True}, 999.0, "prohibited"), ({"important_tributary": True}, 2_000.0, "clear"),
        ({"name": "长江"}, 2_999.0, "prohibited"), ({"name": "长江"}, 3_021.0, "clear"), ({}, 500.0, "clear"),
    ],
)  # fmt: skip
def test_a_tailings_pond_keeps_one_kilometre_from_a_tributary_and_three_from_the_stem(told, away, verdict):
    assert (
        verdict_of("tailings", make_ground(layers=river(away, **told)), Proposal(sector="tailings")).verdict == verdict
    )


@pytest.mark.parametrize(
    ("nature", "safer", "verdict"),
    [("rebuild", True, "restricted"), ("rebuild", False, "prohibited"), ("new", True, "prohibited")],
)
def test_only_a_rebuilding_that_raises_safety_may_stay(nature, safer, verdict):
    told = Proposal(sector="tailings", nature=nature, raises_safety=safer)
    assert verdict_of("tailings", make_ground(layers=river(500.0, important_tributary=True)), told).verdict == verdict
