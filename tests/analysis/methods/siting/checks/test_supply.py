"""The network, reclaimed water first, works of irrigation and villages: bounds just met, prices, distances."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import LineString, Point
from siting_checks import BY_ID
from siting_ground import ASSUMED, X, Y, ask, frame, make_ground, square, verdict_of

from analysis.methods.siting.answer.engine import put
from analysis.methods.siting.checks.supply import reclaimed_first, reclaimed_flips
from analysis.proposal import Proposal

DAY_100 = 36_500.0  # m³ a year that are 100 m³ a day


def covered(spare: float | None, *, at: float = 0.0) -> dict:
    row = {"id": "Z", "name": "城区", "spare_m3_per_day": spare, "geometry": square(at, side=900)}
    return {"supply_zones": frame("supply_zones", [row])}


@pytest.mark.parametrize(
    ("source", "spare", "verdict", "reason"),
    [
        ("public_network", 100.0, "clear", "network_enough"), ("public_network", 99.9, "restricted", "network_short"),
        ("groundwater", 100.0, "prohibited", "network_instead"), ("groundwater", 99.9, "study", "network_short_own"),
        ("surface", 100.0, "study", "network_beside"), ("surface", 99.9, "clear", "network_short_own"),
        ("reclaimed", 100.0, "clear", "network_not_used"),
    ],
)  # fmt: skip
def test_spare_water_that_just_meets_the_need_meets_it(source, spare, verdict, reason):
    told = Proposal(source=source, demand_m3_per_year=DAY_100)
    judged = verdict_of("network", make_ground(layers=covered(spare)), told).judgement
    assert (judged.verdict, judged.reason) == (verdict, reason)
    if source != "reclaimed":
        assert (judged.value, judged.threshold, judged.unit) == (pytest.approx(100.0), spare, "m3_per_day")


@pytest.mark.parametrize(
    ("source", "spare", "at", "flips"),
    [
        ("public_network", 80.0, 0.0, [("demand", pytest.approx(29_200))]),
        ("public_network", 80.0, 2_000.0, [("extend", pytest.approx(1_500))]),
        ("groundwater", 200.0, 0.0, [("source", None)]),
        ("groundwater", 80.0, 0.0, []),
    ],
)
def test_what_the_network_asks_for_instead(source, spare, at, flips):
    told = Proposal(source=source, demand_m3_per_year=DAY_100)
    found = verdict_of("network", make_ground(layers=covered(spare, at=at)), told, with_flips=True).flips
    assert [(flip.kind, flip.value) for flip in found] == flips


def test_what_nobody_tells_leaves_the_network_open():
    for proposal, needs in (
        (Proposal(sector="road"), "proposal.demand_m3_per_year"),
        (Proposal(source=None), "proposal.source"),
    ):
        assert verdict_of("network", make_ground(layers=covered(10.0)), proposal).judgement.needs == (needs,)
    assert verdict_of("network", make_ground(layers=covered(None)), Proposal()).judgement.reason == "no_spare"


def short(*, plant_at: float = 550.0, rise: float | None = 0.0, short_area: bool = True):
    plant = {"id": "P", "name": "厂", "treated_m3_per_day": 900.0, "geometry": Point(X + plant_at, Y)}
    layers = {"wastewater_plants": frame("wastewater_plants", [plant])}
    return make_ground(layers=layers, flags={"water_short_area": short_area}, rise=rise)


# 500 m cost 591,500 yuan, 42,972 a year; treatment is 1.2 yuan/m³, the tap with its sewage fee 4.2
@pytest.mark.parametrize(
    ("demand", "verdict", "reason"),
    [(14_325.0, "study", "reclaimed_first"), (14_323.0, "clear", "reclaimed_dear")],
)
def test_reclaimed_water_comes_first_up_to_the_price_of_the_tap(demand, verdict, reason):
    # 42,972 yuan over 14,324 m³ are the 3.0 yuan between 4.2 and 1.2
    judged = reclaimed_first(ask(short(), Proposal(demand_m3_per_year=demand)))
    assert (judged.verdict, judged.reason) == (verdict, reason)
    assert judged.threshold == pytest.approx(4.2)
    assert judged.value == pytest.approx(1.2 + 42_972 / demand, abs=1e-4)


@pytest.mark.parametrize(
    ("told", "reason"),
    [({"sector": "housing"}, "reclaimed_first"), ({"source": "reclaimed"}, "reclaimed_not_asked"),
     ({"sector": "farming"}, "reclaimed_not_asked"), ({"source": "surface"}, "reclaimed_first_intake"),
     ({"reclaimed_m3_per_year": 1.0}, "reclaimed_planned"), ({"sector": "road"}, "reclaimed_first")],
)  # fmt: skip
def test_whom_reclaimed_water_suits_must_plan_it(told, reason):
    assert reclaimed_first(ask(short(), Proposal(demand_m3_per_year=1e6, **told))).reason == reason


def test_without_heights_the_price_and_so_the_check_is_unknown():
    judged = reclaimed_first(ask(short(rise=None), Proposal(demand_m3_per_year=1e6)))
    assert (judged.verdict, judged.needs) == ("unknown", ("elevation",))


@pytest.mark.parametrize(("source", "verdict"), [("public_network", "study"), ("surface", "study")])
def test_where_water_is_not_short_a_plan_is_asked_of_all_alike(source, verdict):
    told = Proposal(source=source, demand_m3_per_year=1e6)
    judged = reclaimed_first(ask(short(short_area=False), told))
    assert (judged.verdict, judged.reason) == (verdict, "reclaimed_first")


@pytest.mark.parametrize(("share", "volume"), [(0.5, 500_000.0), (0.2, 200_000.0)])
def test_the_part_that_need_not_be_drinking_water_is_to_be_substituted(share, volume):
    areas = {f"{surface}_area_m2": 0.0 for surface in ("paved", "permeable", "green")}
    inquiry = ask(short(), Proposal(demand_m3_per_year=1e6, roof_area_m2=10_000.0, **areas))
    inquiry = replace(inquiry, assumed={**ASSUMED, "siting_industry_nonpotable_share": share})
    (flip,) = reclaimed_flips(inquiry, reclaimed_first(inquiry))
    assert (flip.kind, flip.value, flip.target) == ("substitute", pytest.approx(volume), "clear")
    assert put(BY_ID["reclaimed_first"], inquiry).flips == (flip,)


def near_works(people: int, *, works: float = 5_000.0, main: float = 5_000.0) -> dict:
    line = LineString([(X + 50 + main, Y - 500), (X + 50 + main, Y + 500)])
    place = {"id": "W1", "level": "town", "people": people, "geometry": Point(X + 50 + works, Y)}
    return {
        "waterworks": frame("waterworks", [place]),
        "water_mains": frame("water_mains", [{"id": "M1", "waterworks": "W1", "geometry": line}]),
    }


DIRTY = {"sector": "housing", "discharge": "ground"}


@pytest.mark.parametrize(
    ("told", "layers", "verdict"),
    [
        ({"sector": "livestock"}, near_works(10, works=29.9), "prohibited"),
        ({"sector": "livestock"}, near_works(10, works=30.0), "study"),
        (DIRTY, near_works(10, works=29.9), "prohibited"),
        ({"sector": "housing"}, near_works(10, works=29.9), "restricted"),
        ({"sector": "industry"}, near_works(10, works=29.9), "restricted"),  # its waste water goes to a sewer
        ({"sector": "livestock"}, near_works(10_000, main=1.9), "prohibited"),
        ({"sector": "livestock"}, near_works(9_999, main=1.9), "study"),
        ({"sector": "livestock"}, near_works(9_999, main=0.9), "prohibited"),
    ],
)
def test_what_is_dirty_is_barred_within_thirty_two_and_one_metre(told, layers, verdict):
    assert verdict_of("village_works", make_ground(layers=layers), Proposal(**told)).verdict == verdict


@pytest.mark.parametrize(
    ("capacity", "people", "away", "verdict"),
    [(None, None, 0.9, "restricted"), (None, None, 1.9, "unknown"), (None, None, 2.1, "study"),
     (None, 10.0, 1.9, "study")],
)  # fmt: skip
def test_a_main_of_works_of_unknown_size_is_open_between_the_two_distances(capacity, people, away, verdict):
    layers = near_works(10, main=away)
    works = layers["waterworks"].assign(capacity_m3_per_day=capacity, people=people)
    result = verdict_of("village_works", make_ground(layers={**layers, "waterworks": works}), Proposal())
    assert result.verdict == verdict
    if verdict == "unknown":
        assert result.judgement.reason == "main_unsized"
