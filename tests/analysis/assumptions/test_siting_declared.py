"""Every number of siting that a planner may change, and how sure each number of any method is, written down once more.

Distances and scales are those of the clauses that `rules` cites; one that only a rule gives has no default of its own.
"""

from __future__ import annotations

import math

from analysis.methods.rainwater.assumptions import ASSUMPTIONS as RAINWATER
from analysis.methods.reclaimed.assumptions import ASSUMPTIONS as RECLAIMED
from analysis.methods.siting.assumptions import ASSUMPTIONS as SITING

OF_SITING = {
    "tolerance_m": (0, 20, 100), "point_footprint_m2": (50, 1000, 100000), "line_width_m": (1, 10, 100),
    "smallest_m2": (1, 10, 1000), "well_m": (30, None, 500), "source_reservoir_m": (200, None, 2000),
    "source_up_m": (1000, None, 5000), "source_down_m": (100, None, 1000), "source_bank_m": (50, None, 500),
    "draft_up_m": (1000, None, 5000), "draft_down_m": (100, None, 1000), "draft_land_m": (50, None, 3000),
    "draft_reservoir_m": (200, None, 5000), "river_near_m": (5, 30, 200), "chemical_m": (1000, None, 3000),
    "tailings_m": (1000, None, 3000), "tailings_stem_m": (3000, None, 5000), "river_widest_m": (10, 200, 1000),
    "steep_deg": (20, None, 35),
    "steep_share": (0.05, 0.3, 0.8), "steep_crop_share": (0, 0.01, 0.2), "slope_industry_share": (0.08, None, 0.3),
    "slope_centre_share": (0.08, None, 0.3), "slope_housing_share": (0.08, None, 0.4),
    "slope_terrace_share": (0.03, None, 0.15), "plan_book_m2": (10000, None, 100000),
    "plan_book_m3": (10000, None, 100000), "plan_table_m2": (1000, None, 10000), "plan_table_m3": (500, None, 5000),
    "small_building_m2": (50, 300, 2000), "total_full": (0.9, None, 1), "total_close": (0.85, None, 1),
    "total_early": (0.7, None, 1), "count_unconventional": (0, 1, 1), "guarantee_share": (0.5, 0.95, 0.97),
    "source_reach_m": (500, 5000, 30000), "monitor_year": (2019, None, 2022),
    "demand_industry_m3_per_ha_day": (10, 60, 150), "demand_housing_m3_per_ha_day": (10, 80, 150),
    "demand_public_m3_per_ha_day": (10, 60, 150), "demand_logistics_m3_per_ha_day": (10, 30, 150),
    "works_m": (30, None, 200), "scale_main_m": (2, None, 20), "small_main_m": (1, None, 10),
    "scale_m3_per_day": (1000, None, 1000), "scale_people": (10000, None, 10000), "route_factor": (1, 1.3, 2),
    "pipe_yuan_per_m": (300, 700, 3000), "treat_yuan_per_m3": (0.2, 1.2, 3), "surface_roof_share": (0, 0.3, 1),
    "surface_paved_share": (0, 0.35, 1), "surface_green_share": (0, 0.3, 1),
    "industry_nonpotable_share": (0, 0.5, 0.9), "weight_slope": (0, 0.25, 1), "weight_mains": (0, 0.2, 1),
    "weight_reclaimed": (0, 0.1, 1), "weight_roads": (0, 0.2, 1), "weight_protection": (0, 0.15, 1),
    "weight_flood": (0, 0.1, 1), "study_factor": (0, 0.85, 1), "restricted_factor": (0, 0.5, 1),
    "far_m": (500, 5000, 20000), "apart_m": (0, 1000, 20000),
}  # fmt: skip
SURE = {
    "siting_well_m", "siting_source_reservoir_m", "siting_source_up_m", "siting_source_down_m",
    "siting_source_bank_m", "siting_chemical_m", "siting_tailings_m", "siting_tailings_stem_m", "siting_steep_deg",
    "siting_plan_book_m2", "siting_plan_book_m3", "siting_plan_table_m2", "siting_plan_table_m3",
    "siting_total_full", "siting_monitor_year", "siting_works_m", "siting_scale_main_m", "siting_small_main_m",
    "siting_scale_m3_per_day", "siting_scale_people", "psi_roof", "psi_paved", "psi_green", "flush_roof_mm",
    "flush_ground_mm", "rain_usable_share", "rain_return_period_a", "rain_car_l", "rain_allowed_psi",
    "reclaimed_road_peak_l_per_m2_day", "reclaimed_green_peak_l_per_m2_day", "reclaimed_car_high_pressure_l",
    "reclaimed_car_recycled_l", "reclaimed_car_wipe_l", "reclaimed_bus_l", "reclaimed_toilet_share_home",
    "reclaimed_toilet_share_office", "reclaimed_day_factor", "reclaimed_hour_factor", "reclaimed_velocity_small",
    "reclaimed_velocity_large", "reclaimed_roughness", "reclaimed_local_share",
}  # fmt: skip
FAIRLY = {
    "siting_draft_up_m", "siting_draft_down_m", "siting_draft_land_m", "siting_draft_reservoir_m",
    "siting_slope_industry_share", "siting_slope_centre_share", "siting_slope_housing_share",
    "siting_slope_terrace_share", "siting_guarantee_share", "pump_efficiency", "psi_permeable", "control_rate",
    "lawn_m3_per_m2", "sweep_l_per_m2", "sweep_times", "rain_toilet_l_per_person_day",
    "rain_cistern_l_per_person_day", "rain_cistern_k", "rain_cistern_loss_share", "rain_filter_share",
    "rain_storm_minutes", "rain_storm_period_a", "reclaimed_lawn_cool_special_m3_per_m2",
    "reclaimed_lawn_cool_grade_1_m3_per_m2", "reclaimed_lawn_cool_grade_2_m3_per_m2",
    "reclaimed_lawn_warm_grade_1_m3_per_m2", "reclaimed_lawn_warm_grade_2_m3_per_m2",
    "reclaimed_person_l_per_day_home", "reclaimed_person_l_per_day_office", "reclaimed_leakage_share",
    "reclaimed_unforeseen_share", "reclaimed_usable_share", "reclaimed_service_head_m", "reclaimed_stage_m",
    "hydraulic_least_velocity_m_per_s", "hydraulic_most_velocity_m_per_s", "hydraulic_most_user_head_m",
    "hydraulic_most_pipe_mpa",
}  # fmt: skip

DECLARED = {one.id: one for one in (*SITING, *RAINWATER, *RECLAIMED)}


def test_the_numbers_of_siting_are_those_written_down():
    shared = {one.id for one in (*RAINWATER, *RECLAIMED)}
    own = {one.id.removeprefix("siting_"): one for one in SITING if one.id not in shared}
    told = {id_: (one.low, None if math.isnan(one.default) else one.default, one.high) for id_, one in own.items()}
    assert told == OF_SITING


def test_how_sure_a_number_is_stands_as_its_source_allows():
    assert {id_ for id_, one in DECLARED.items() if one.confidence == "high"} == SURE
    assert {id_ for id_, one in DECLARED.items() if one.confidence == "medium"} == FAIRLY
    assert {one.confidence for id_, one in DECLARED.items() if id_ not in SURE | FAIRLY} == {"low"}
