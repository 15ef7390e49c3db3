"""Slopes, the soil plan and hazards: degrees and per cent, sizes just met, whom a hazard bars."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from siting_ground import ASSUMED, ask, make_ground, square, verdict_of, zone

from analysis.methods.siting.checks.terrain import (
    building_cells,
    building_slope,
    loosening_sectors,
    soil_flips,
    soil_plan,
    steep,
    steep_cells,
    steep_limit,
)
from analysis.proposal import Proposal

GROUND = make_ground()


@pytest.mark.parametrize(("degrees", "rise"), [(25.0, 0.4663), (45.0, 1.0), (20.0, 0.3640)])
def test_degrees_become_a_rise_over_run(degrees, rise):
    inquiry = replace(ask(GROUND, Proposal()), assumed={**ASSUMED, "siting_steep_deg": degrees})
    assert steep_limit(inquiry)[0] == pytest.approx(rise, abs=5e-5)
    assert steep(inquiry).facts == {"degrees": degrees}


@pytest.mark.parametrize(
    ("sector", "allowed", "verdict"),
    [("farming", 0.01, "prohibited"), ("industry", 0.30, "study"), ("road", 0.30, "study")],
)
def test_crops_bear_a_hundredth_of_steep_ground_and_buildings_three_tenths(sector, allowed, verdict):
    limit = steep_limit(ask(GROUND, Proposal(sector=sector)))
    assert limit[1:3] == (allowed, verdict)
    judged = steep(ask(make_ground(rise=0.6), Proposal(sector=sector)))
    assert (judged.verdict, judged.value, judged.threshold) == (verdict, pytest.approx(1.0), allowed)


def test_cells_just_as_steep_as_allowed_are_not_too_steep_for_crops_and_too_steep_to_build_on():
    crops = ask(GROUND, Proposal(sector="farming"))
    limit = math.tan(math.radians(25))
    assert steep_cells(crops, np.array([limit - 1e-6, limit, limit + 1e-6])).tolist() == [0, 0, 3]
    houses = ask(GROUND, Proposal(sector="housing"))
    assert building_cells(houses, np.array([0.2499, 0.25, 0.3])).tolist() == [0, 1, 1]
    assert building_cells(ask(GROUND, Proposal(sector="mining")), np.array([0.9])).tolist() == [0]


@pytest.mark.parametrize(
    ("sector", "limit"),
    [("industry", 0.15), ("chemical", 0.15), ("logistics", 0.15), ("housing", 0.25), ("tourism", 0.25),
     ("public", 0.20), ("municipal", 0.20)],
)  # fmt: skip
def test_each_use_has_its_natural_slope(sector, limit):
    # CJJ 83: industry and logistics below 15 %, centres below 20 %, housing below 25 %; not degrees
    judged = building_slope(ask(GROUND, Proposal(sector=sector)))
    assert (judged.threshold, judged.value, judged.reason) == (limit, pytest.approx(0.05, rel=1e-3), "slope_fits")


@pytest.mark.parametrize(("nudge", "reason"), [(0.0, "slope_fits"), (-1e-6, "slope_terrace")])
def test_ground_wants_terraces_above_eight_per_cent_and_not_at_it(nudge, reason):
    inquiry = ask(make_ground(rise=0.08), Proposal(sector="industry"))
    bound = inquiry.slopes.mean + nudge
    judged = building_slope(replace(inquiry, assumed={**ASSUMED, "siting_slope_terrace_share": bound}))
    assert (judged.verdict, judged.reason) == ("clear", reason)


HECTARE = 100.0  # the side of a square of one hectare


@pytest.mark.parametrize(
    ("side", "moved", "verdict", "value", "threshold", "unit"),
    [
        # 5 hm² or 50,000 m³ ask for a report book, 0.5 hm² or 1,000 m³ for a table
        (250.0, 100.0, "restricted", 62_500.0, 50_000.0, "m2_as_ha"),
        (HECTARE, 50_000.0, "restricted", 50_000.0, 50_000.0, "m3_as_wan_m3"),
        (HECTARE, 49_999.0, "study", 10_000.0, 5_000.0, "m2_as_ha"),
        (60.0, 1_000.0, "study", 1_000.0, 1_000.0, "m3_as_wan_m3"),
        (60.0, 999.0, "clear", 3_600.0, 5_000.0, "m2_as_ha"),
        (250.0, 60_000.0, "restricted", 62_500.0, 50_000.0, "m2_as_ha"),
    ],
)
def test_the_soil_plan_shows_the_size_that_decided(side, moved, verdict, value, threshold, unit):
    judged = soil_plan(ask(GROUND, Proposal(earthworks_m3=moved), square(side=side)))
    assert (judged.verdict, judged.threshold, judged.unit) == (verdict, threshold, unit)
    assert judged.value == pytest.approx(value)
    assert judged.facts == {"area_m2": pytest.approx(side * side), "earthworks_m3": moved}


@pytest.mark.parametrize(
    ("moved", "flips"),
    [
        (60_000.0, [("study", 50_000.0, 50_000.0), ("clear", 5_000.0, 1_000.0)]),
        (2_000.0, [("clear", 5_000.0, 1_000.0)]),
        (100.0, []),
    ],
)
def test_how_small_it_must_be_for_the_lesser_document_and_for_none(moved, flips):
    inquiry = ask(GROUND, Proposal(earthworks_m3=moved), square(side=60))
    found = soil_flips(inquiry, soil_plan(inquiry))
    assert [(flip.target, flip.sizes["area_m2"], flip.sizes["earthworks_m3"]) for flip in found] == flips
    assert all(flip.value == flip.sizes["earthworks_m3"] for flip in found)


@pytest.mark.parametrize("kind", ["soil_loss_prevention", "soil_loss_control"])
def test_a_key_area_is_a_condition_for_the_smallest_project(kind):
    ground = make_ground(zones=[zone(kind, square(side=900))])
    judged = soil_plan(ask(ground, Proposal(earthworks_m3=0.0), square(side=60)))
    assert (judged.verdict, judged.reason) == ("restricted", "soil_key_area")
    book = soil_plan(ask(ground, Proposal(earthworks_m3=60_000.0), square(side=60)))
    assert book.reason == "soil_book"  # no worse than the area, so the document stands


@pytest.mark.parametrize(
    ("kind", "sector", "verdict"),
    [
        ("geo_hazard_danger", "mining", "prohibited"), ("geo_hazard_danger", "public", "prohibited"),
        ("debris_flow_prone", "road", "prohibited"), ("debris_flow_prone", "public", "restricted"),
        ("headwater", "livestock", "prohibited"), ("headwater", "tourism", "study"),
        ("drinking_source_2", "chemical", "prohibited"), ("drinking_source_2", "public", "study"),
        ("water_conservation", "housing", "prohibited"), ("water_conservation", "municipal", "prohibited"),
        ("water_conservation", "waterworks", "prohibited"), ("water_conservation", "logistics", "prohibited"),
        ("water_conservation", "farming", "study"),
        ("geo_hazard_prone", "mining", "study"), ("geo_hazard_prone", "housing", "study"),
    ],
)  # fmt: skip
def test_who_loosens_soil_is_barred_where_others_are_asked(kind, sector, verdict):
    ground = make_ground(zones=[zone(kind, square(side=900))])
    assert verdict_of("geo_hazard", ground, Proposal(sector=sector)).verdict == verdict


def test_works_against_the_hazard_may_stand_in_its_danger_area():
    ground = make_ground(zones=[zone("geo_hazard_danger", square(side=900))])
    found = verdict_of("geo_hazard", ground, Proposal(sector="municipal", hazard_prevention=True)).judgement
    assert (found.verdict, found.reason) == ("study", "hazard_works")


def test_where_no_instrument_names_sectors_none_is_taken_to_loosen_soil():
    ground = make_ground(zones=[zone("headwater", square(side=900))], code="510000")
    assert loosening_sectors(ask(ground, Proposal())) == ()
    assert "housing" in loosening_sectors(ask(GROUND, Proposal()))


@pytest.mark.parametrize(("side", "verdict"), [(17.3, "clear"), (17.4, "study")])
def test_a_building_of_three_hundred_square_metres_is_small_and_a_larger_one_is_not(side, verdict):
    ground = make_ground(zones=[zone("geo_hazard_prone", square(side=900), grade="low")])
    assert verdict_of("geo_hazard", ground, Proposal(sector="housing"), square(side=side)).verdict == verdict


@pytest.mark.parametrize(
    ("side", "verdict", "reason"),
    [(60.0, "unknown", "missing"), (100.0, "unknown", "missing"), (230.0, "restricted", "soil_book")],
)
def test_earthworks_that_are_not_told_leave_open_which_document_is_asked(side, verdict, reason):
    judged = soil_plan(ask(GROUND, Proposal(), square(side=side)))
    assert (judged.verdict, judged.reason) == (verdict, reason)
    if verdict == "unknown":
        assert judged.needs == ("proposal.earthworks_m3",)
