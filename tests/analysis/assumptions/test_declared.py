"""Every number of the two methods of water that a planner may change: its range and default, written down once more.

Sources: domain tables of GB 50400, GB 50555, GB 50013, GB 50015, GB 50336, GB/T 50596; prices by the market's ranges.
"""

from __future__ import annotations

import pytest

from analysis.assumption import Assumption, resolve
from analysis.assumptions.former import renamed
from analysis.hydraulics import limits
from analysis.methods.rainwater.assumptions import ASSUMPTIONS as RAINWATER
from analysis.methods.reclaimed.assumptions import ASSUMPTIONS as RECLAIMED
from analysis.methods.reclaimed.assumptions import SIZES_MM
from words.errors import AtlasError

SHARED = {
    "tap_yuan_per_m3": (2.0, 3.2, 7.0), "sewage_yuan_per_m3": (0.5, 1.0, 2.0), "discount_share": (0.0, 0.06, 0.1),
    "pipe_life_years": (15, 30, 60), "mountain_factor": (1.0, 1.3, 2.0), "power_yuan_per_kwh": (0.4, 0.65, 1.2),
    "pump_efficiency": (0.4, 0.7, 0.9), "psi_roof": (0.8, 0.85, 0.9), "psi_paved": (0.8, 0.85, 0.9),
    "psi_permeable": (0.08, 0.25, 0.45), "psi_green": (0.10, 0.15, 0.25), "flush_roof_mm": (2.0, 2.5, 3.0),
    "flush_ground_mm": (3.0, 4.0, 5.0), "rain_usable_share": (0.6, 0.65, 0.7), "control_rate": (0.70, 0.75, 0.85),
    "rain_return_period_a": (1, 1, 2), "rain_skip_mm": (1, 5, 10), "rain_rest_mm": (5, 10, 25),
    "lawn_m3_per_m2": (0.12, 0.28, 0.66), "sweep_l_per_m2": (0.2, 0.35, 0.5), "sweep_times": (10, 30, 200),
}  # fmt: skip
OF_RAIN = {
    "reference_tank_mm": (5, 20, 60), "park_hardened_share": (0.3, 0.55, 0.8), "urban_hardened_share": (0.3, 0.5, 0.8),
    "rural_hardened_share": (0.1, 0.3, 0.6), "park_use_share": (0, 0.15, 0.4),
    "toilet_l_per_person_day": (15, 24, 40), "car_l": (20, 45, 60), "cistern_l_per_person_day": (40, 50, 60),
    "allowed_psi": (0, 0, 0.5), "cistern_k": (0.45, 0.5, 0.8), "cistern_loss_share": (0.05, 0.08, 0.10),
    "filter_share": (0.8, 0.9, 1.0), "storm_minutes": (5, 60, 180), "storm_period_a": (1, 2, 50),
    "tank_yuan_per_m3": (1200, 1600, 2000), "cistern_yuan_per_m3": (400, 550, 700), "upkeep_share": (0.01, 0.02, 0.05),
    "treatment_yuan_per_m3": (0.1, 0.4, 1.0), "life_years": (10, 20, 50), "cover_paddy": (0.35, 0.45, 0.60),
    "cover_dry_cropland": (0.25, 0.38, 0.50), "cover_orchard": (0.20, 0.32, 0.45), "cover_forest": (0.15, 0.28, 0.40),
    "cover_shrub_grass": (0.20, 0.33, 0.45), "cover_water": (0.9, 1.0, 1.0), "cover_urban": (0.55, 0.68, 0.80),
    "cover_rural_built": (0.40, 0.52, 0.65), "cover_road_hard": (0.80, 0.85, 0.90),
    "cover_bare_rock": (0.35, 0.50, 0.70), "soil_a": (-0.2, -0.1, 0.2), "soil_b": (-0.2, 0.0, 0.2),
    "soil_c": (-0.2, 0.05, 0.2), "soil_d": (-0.2, 0.1, 0.2),
}  # fmt: skip
OF_RECLAIMED = {
    "lawn_cool_special_m3_per_m2": (0.1, 0.66, 0.7), "lawn_cool_grade_1_m3_per_m2": (0.1, 0.50, 0.7),
    "lawn_cool_grade_2_m3_per_m2": (0.1, 0.28, 0.7), "lawn_warm_grade_1_m3_per_m2": (0.1, 0.28, 0.7),
    "lawn_warm_grade_2_m3_per_m2": (0.1, 0.12, 0.7), "road_peak_l_per_m2_day": (2, 2, 3),
    "green_peak_l_per_m2_day": (1, 2, 3), "car_high_pressure_l": (40, 50, 60), "car_recycled_l": (20, 25, 30),
    "car_wipe_l": (10, 12, 15), "bus_l": (80, 100, 120), "person_l_per_day_home": (80, 120, 160),
    "person_l_per_day_office": (25, 40, 60), "toilet_share_home": (0.18, 0.21, 0.25),
    "toilet_share_office": (0.60, 0.60, 0.66), "office_days": (200, 250, 366), "industry_share": (0, 0.3, 0.8),
    "scenic_m_per_year": (0.5, 3, 12), "day_factor": (1.1, 1.3, 1.5), "hour_factor": (1.2, 1.4, 1.6),
    "leakage_share": (0.05, 0.10, 0.2), "unforeseen_share": (0.08, 0.10, 0.12), "priority_process": (0.1, 1.5, 5),
    "priority_cooling": (0.1, 1.5, 5), "priority_greening": (0.1, 1.3, 5), "priority_road": (0.1, 1.3, 5),
    "priority_car_wash": (0.1, 1.2, 5), "priority_scenic_lake": (0.1, 1.1, 5), "priority_toilet": (0.1, 1.0, 5),
    "usable_share": (0.65, 0.90, 0.95), "unknown_allowed": (0, 1, 1), "planned_plants": (0, 0, 1),
    "pipe_dn100_yuan_per_m": (350, 625, 850), "pipe_dn150_yuan_per_m": (450, 750, 1050),
    "pipe_dn200_yuan_per_m": (550, 925, 1300), "pipe_dn300_yuan_per_m": (800, 1325, 1900),
    "pipe_dn400_yuan_per_m": (1100, 1775, 2500), "pipe_dn500_yuan_per_m": (1500, 2350, 3400),
    "velocity_small": (0.6, 0.9, 1.5), "velocity_large": (0.9, 1.4, 2.0), "roughness": (100, 130, 150),
    "local_share": (0.05, 0.10, 0.15), "friction_m_per_km": (1, 3, 10), "service_head_m": (10, 12, 30),
    "stage_m": (80, 150, 200), "upkeep_share": (0, 0.01, 0.05), "slope_factor": (0, 3, 10),
    "road_factor": (0.5, 0.7, 1.0), "river_factor": (1, 4, 20), "zone_factor": (1, 8, 100),
    "strict_zone_factor": (10, 100, 1000), "plants_per_user": (1, 2, 6), "longest_route_m": (1000, 20000, 60000),
    "polish_yuan_per_m3_day": (1000, 1250, 1500), "polish_yuan_per_m3": (0.3, 0.5, 0.8),
    "upgrade_yuan_per_m3_day": (1500, 2500, 4000), "upgrade_yuan_per_m3": (0.4, 0.8, 1.5),
    "plant_life_years": (10, 20, 30), "price_share": (0.2, 0.7, 1.0), "subsidy_yuan_per_m3": (0, 0, 3),
    "saving_to_contractor_share": (0, 0.7, 1), "contract_years": (1, 10, 20), "least_dn_mm": (100, 100, 300),
    "station_yuan": (50_000, 200_000, 800_000), "station_yuan_per_kw": (1000, 4000, 15_000),
    "control_valve_yuan": (5000, 30_000, 150_000), "class_1_6_factor": (1, 1.08, 1.5), "class_2_5_factor": (1, 1.2, 2),
}  # fmt: skip
OF_LIMITS = {
    "least_velocity_m_per_s": (0, 0.6, 1), "most_velocity_m_per_s": (1, 2.5, 3), "line_head_m": (0, 3, 20),
    "most_user_head_m": (30, 45, 120), "most_pipe_mpa": (1, 1.6, 2.5),
}  # fmt: skip


def _told(declared: tuple[Assumption, ...], prefix: str) -> dict[str, tuple[float, float, float]]:
    return {
        one.id.removeprefix(prefix): (one.low, one.default, one.high)
        for one in declared
        if one.id.startswith(prefix) and one.id not in SHARED
    }


def test_the_numbers_of_rainwater_are_those_written_down():
    assert _told(RAINWATER, "rain_") == OF_RAIN


def test_the_numbers_of_reclaimed_water_are_those_written_down():
    assert _told(RECLAIMED, "reclaimed_") == OF_RECLAIMED
    assert _told(limits.ASSUMPTIONS, "hydraulic_") == OF_LIMITS


def test_what_both_share_is_one_number():
    for declared in (RAINWATER, RECLAIMED):
        known = {one.id: (one.low, one.default, one.high) for one in declared if one.id in SHARED}
        assert known == {id_: SHARED[id_] for id_ in known}
    assert {one.id for one in (*RAINWATER, *RECLAIMED)} >= set(SHARED) - {"rain_return_period_a"}


@pytest.mark.parametrize("one", [*RAINWATER, *RECLAIMED], ids=lambda one: one.id)
def test_a_default_lies_within_its_range_and_has_a_source(one: Assumption):
    assert one.low <= one.default <= one.high
    assert one.low < one.high
    assert one.citation


def test_a_change_counts_up_to_both_ends_of_its_range():
    low, high = ({"tap_yuan_per_m3": price} for price in (2.0, 7.0))
    assert resolve(RAINWATER, low)["tap_yuan_per_m3"] == 2.0
    assert resolve(RAINWATER, high)["tap_yuan_per_m3"] == 7.0
    assert resolve(RAINWATER, high)["sewage_yuan_per_m3"] == 1.0
    for beyond in (1.99, 7.01):
        with pytest.raises(AtlasError) as refused:
            resolve(RAINWATER, {"tap_yuan_per_m3": beyond})
        facts = refused.value.facts
        assert (facts["value"], facts["low"], facts["high"]) == (beyond, 2.0, 7.0)
    with pytest.raises(AtlasError, match="unknown_assumption"):
        resolve(RAINWATER, {"nothing": 1.0})


def test_a_number_only_a_rule_gives_has_no_value_without_one():
    ruled = Assumption("quota", "m3", 0.0, 9.0, 5.0, "", "low", by_rule=True)
    assert resolve((ruled,), {}) == {}


def test_old_names_and_the_price_that_held_the_sewage_fee():
    assert renamed({"siting_pump_share": 0.5, "psi_roof": 0.8}, sewage_yuan_per_m3=1.0) == {
        "pump_efficiency": 0.5, "psi_roof": 0.8
    }  # fmt: skip
    assert renamed({"rain_tap_yuan_per_m3": 4.5}, sewage_yuan_per_m3=1.2) == {"tap_yuan_per_m3": pytest.approx(3.3)}
    own_fee = {"siting_tap_yuan_per_m3": 4.5, "sewage_yuan_per_m3": 2.0}
    assert renamed(own_fee, sewage_yuan_per_m3=1.0)["tap_yuan_per_m3"] == 2.5
    both = {"tap_yuan_per_m3": 2.5, "rain_tap_yuan_per_m3": 4.5}
    assert renamed(both, sewage_yuan_per_m3=1.0)["tap_yuan_per_m3"] == 2.5


def test_pipes_come_in_six_sizes():
    assert SIZES_MM == (100, 150, 200, 300, 400, 500)
