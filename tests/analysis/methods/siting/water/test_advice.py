"""Water for a site by hand: which uses need no drinking water, what meets them, the way and the price of water."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import LineString, Point
from siting_ground import ASSUMED, X, Y, ask, frame, make_ground, square

from analysis.methods.siting.check import Judgement
from analysis.methods.siting.water.advice import (
    nearest_reclaimed,
    nearest_supply,
    reclaimed_supply,
    unconventional_uses,
    water_for,
)
from analysis.proposal import Proposal

SURFACES = {"roof": 2000.0, "paved": 1000.0, "permeable": 0.0, "green": 1000.0}


@pytest.mark.parametrize(
    ("sector", "demand", "uses"),
    [
        # half of industry's demand; 0.28 m³ a year on each m² of lawn; 0.35 L thirty times on each m² of paving
        ("industry", 10_000.0, {"industry": 5000.0, "greening": 280.0, "roads": 10.5}),
        ("public", 10_000.0, {"greening": 280.0, "roads": 10.5}),
        ("public", 285.0, {"greening": 280.0, "roads": 5.0}),
        ("industry", 300.0, {"industry": 150.0, "greening": 150.0, "roads": 0.0}),
        ("logistics", 100.0, {"industry": 50.0, "greening": 50.0, "roads": 0.0}),
        ("public", 0.0, {}),
    ],
)
def test_uses_in_the_order_of_the_notice_never_take_more_than_the_demand(sector, demand, uses):
    inquiry = ask(make_ground(), Proposal(sector=sector, demand_m3_per_year=demand))
    assumed = {**ASSUMED, "lawn_m3_per_m2": 0.28, "sweep_l_per_m2": 0.35, "sweep_times": 30}
    found = unconventional_uses(replace(inquiry, assumed=assumed), SURFACES)
    assert found == pytest.approx(uses)
    assert list(found) == list(uses)


def test_an_unknown_demand_has_no_uses_and_no_share():
    inquiry = ask(make_ground(), Proposal(sector="road"))
    assert unconventional_uses(inquiry, SURFACES) == {}
    assert water_for(inquiry).unconventional_share is None


def _main(east: float, name: str = "主管") -> dict:
    line = LineString([(X + east, Y - 300), (X + east, Y + 300)])
    return {"water_mains": frame("water_mains", [{"id": name, "name": name, "waterworks": "W0", "geometry": line}])}


@pytest.mark.parametrize(
    ("rise", "east", "lift"), [(0.05, 1050.0, -52.5), (0.05, -1050.0, 52.5), (0.20, -550.0, 110.0)]
)
def test_the_lift_is_the_sites_height_above_the_pipe_and_the_way_longer_than_the_line(rise, east, lift):
    found = nearest_supply(ask(make_ground(rise=rise, layers=_main(east)), Proposal()), "layer:water_mains")
    away = abs(east) - 50
    assert (found.distance_m, found.route_m) == (pytest.approx(away), pytest.approx(1.3 * away))
    assert found.lift_m == pytest.approx(lift, abs=90 * rise)  # cells of 90 m
    assert found.layer == "water_mains"


@pytest.mark.parametrize(
    ("changed", "yuan"),
    [
        # 500 m are 650 m of pipe at 700 yuan and 1.3: 591,500 yuan, 0.0726489 of it a year, over 10,000 m³;
        # tap 3.2, sewage 1
        ({}, 591_500 * 0.0726489 / 10_000 + 4.2),
        ({"tap_yuan_per_m3": 4.0}, 591_500 * 0.0726489 / 10_000 + 5.0),
        ({"sewage_yuan_per_m3": 0.5}, 591_500 * 0.0726489 / 10_000 + 3.7),
        ({"siting_route_factor": 2.0}, 910_000 * 0.0726489 / 10_000 + 4.2),
        # 8 % over 30 years: 0.08883
        ({"discount_share": 0.08}, 591_500 * 0.0888274 / 10_000 + 4.2),
    ],
)
def test_the_price_of_mains_water_is_pipe_and_tap_and_sewage(changed, yuan):
    ground = make_ground(rise=0.0, layers=_main(550.0))
    inquiry = ask(ground, Proposal(demand_m3_per_year=10_000))
    found = nearest_supply(replace(inquiry, assumed={**ASSUMED, **changed}), "layer:water_mains")
    assert found.lift_m == pytest.approx(0.0)
    assert found.yuan_per_m3 == pytest.approx(yuan, abs=1e-4)


def test_pumping_up_costs_and_running_down_does_not():
    up, down = (
        nearest_supply(
            ask(make_ground(rise=0.2, layers=_main(east)), Proposal(demand_m3_per_year=1e9)), "layer:water_mains"
        )
        for east in (-550.0, 550.0)
    )  # so much water that the pipe costs nothing
    # 100 m cost 0.3893 kWh at an efficiency of 0.70, and that at 0.65 yuan
    assert up.yuan_per_m3 - 4.2 == pytest.approx(up.lift_m / 100 * 0.3893 * 0.65, abs=1e-4)
    assert down.yuan_per_m3 == pytest.approx(4.2, abs=1e-4)


def test_without_heights_or_demand_there_is_no_price():
    flat = nearest_supply(ask(make_ground(rise=None, layers=_main(550.0)), Proposal()), "layer:water_mains")
    assert (flat.lift_m, flat.yuan_per_m3, flat.distance_m) == (None, None, pytest.approx(500))
    none = nearest_supply(ask(make_ground(layers=_main(550.0)), Proposal(sector="road")), "layer:water_mains")
    assert none.yuan_per_m3 is None
    assert none.lift_m is not None


def _reclaimed(*, plant: float, built: float, planned: float) -> dict:
    point = {"id": "P", "name": "厂", "treated_m3_per_day": 100.0, "reused_m3_per_day": 0.0,
             "ecological_m3_per_day": 0.0, "geometry": Point(X + plant, Y)}  # fmt: skip
    lines = [
        {"id": status, "name": status, "status": status,
         "geometry": LineString([(X + east, Y - 300), (X + east, Y + 300)])}
        for status, east in (("built", built), ("planned", planned))
    ]  # fmt: skip
    return {
        "wastewater_plants": frame("wastewater_plants", [point]),
        "reclaimed_mains": frame("reclaimed_mains", lines),
    }


@pytest.mark.parametrize(
    ("places", "layer", "distance"),
    [
        ({"plant": 850.0, "built": 550.0, "planned": 250.0}, "reclaimed_mains", 500.0),
        ({"plant": 450.0, "built": 550.0, "planned": 250.0}, "wastewater_plants", 400.0),
    ],
)
def test_reclaimed_water_comes_from_the_nearer_of_plant_and_built_main_never_from_a_planned_one(
    places, layer, distance
):
    found = nearest_reclaimed(ask(make_ground(layers=_reclaimed(**places)), Proposal()))
    assert (found.layer, found.distance_m) == (layer, pytest.approx(distance))


def test_a_layer_that_is_not_there_is_lacking_even_if_the_other_has_water():
    for missing in ("wastewater_plants", "reclaimed_mains"):
        layers = {id_: one for id_, one in _reclaimed(plant=450, built=550, planned=250).items() if id_ != missing}
        found = reclaimed_supply(ask(make_ground(layers=layers, without=(missing,)), Proposal()))
        assert isinstance(found, Judgement)
        assert found.needs == (missing,)


@pytest.mark.parametrize(("far_m", "share"), [(5000.0, 0.5), (300.0, None)])
def test_what_the_plant_gives_counts_only_within_reach(far_m, share):
    # 100 m³ a day are free, far more than half of a demand of 10,000 m³ a year; rain nobody knows may add to nothing
    inquiry = ask(make_ground(layers=_reclaimed(plant=450, built=9000, planned=9000)), Proposal(
        sector="industry", demand_m3_per_year=10_000, roof_area_m2=10_000.0))  # fmt: skip
    found = water_for(replace(inquiry, assumed={**ASSUMED, "siting_far_m": far_m}))
    assert found.unconventional_share == (None if share is None else pytest.approx(share))
    assert found.reclaimed_m3 == pytest.approx((share or 0.0) * 10_000)
    assert found.mains is not None
    assert found.plant.distance_m == pytest.approx(400)


def test_nothing_to_supply_from_is_none():
    ground = make_ground(without=("water_mains", "wastewater_plants", "reclaimed_mains"))
    inquiry = ask(ground, Proposal(), square())
    assert nearest_supply(inquiry, "layer:water_mains") is None
    assert nearest_reclaimed(inquiry) is None
    assert (water_for(inquiry).mains, water_for(inquiry).reclaimed_m3) == (None, None)


@pytest.mark.parametrize(("ecological", "m3"), [(0.0, 7_300.0), (15.0, 1_825.0), (30.0, 0.0)])
def test_what_the_river_keeps_is_not_to_be_had(ecological, m3):
    # 100 m³ a day are treated and 80 reused: 20, 5 or nothing are left; half of 40,000 m³ a year would be wanted
    row = {"id": "P", "name": "厂", "treated_m3_per_day": 100.0, "reused_m3_per_day": 80.0,
           "ecological_m3_per_day": ecological, "geometry": Point(X + 450, Y)}  # fmt: skip
    ground = make_ground(layers={"wastewater_plants": frame("wastewater_plants", [row])})
    assert water_for(ask(ground, Proposal(demand_m3_per_year=40_000))).reclaimed_m3 == pytest.approx(m3)


@pytest.mark.parametrize("untold", ["treated_m3_per_day", "reused_m3_per_day", "ecological_m3_per_day"])
def test_a_flow_of_the_plant_that_is_not_told_leaves_open_what_is_spare(untold):
    flows = {"treated_m3_per_day": 100.0, "reused_m3_per_day": 80.0, "ecological_m3_per_day": 0.0, untold: None}
    row = {"id": "P", "name": "厂", "geometry": Point(X + 450, Y), **flows}
    ground = make_ground(layers={"wastewater_plants": frame("wastewater_plants", [row])})
    found = water_for(ask(ground, Proposal(demand_m3_per_year=40_000)))
    assert (found.reclaimed_m3, found.unconventional_share) == (None, None)
