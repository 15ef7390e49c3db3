"""Every number of the siting checks a planner may change, with its range, source and confidence."""

from __future__ import annotations

import math

from analysis.assumption import Assumption, Confidence
from analysis.assumptions import money, rain, uses

ASSUMED = "本系统假定"
MARKET = "造价经验值,须按当地核定"
PLANNING = "GB 50282-2016 城市给水工程规划规范"


def _low(id_: str, unit: str | None, range_: tuple[float, float], default: float) -> Assumption:
    return Assumption(f"siting_{id_}", unit, range_[0], range_[1], default, ASSUMED, "low")


def _law(id_: str, unit: str, range_: tuple[float, float], confidence: Confidence) -> Assumption:
    """A number that an instrument asks for: the rule in force gives it with its citation."""
    return Assumption(f"siting_{id_}", unit, range_[0], range_[1], math.nan, "", confidence, by_rule=True)


GEOMETRY = (
    _low("tolerance_m", "m", (0, 100), 20),
    _low("point_footprint_m2", "m2", (50, 100_000), 1000),
    _low("line_width_m", "m", (1, 100), 10),
    _low("smallest_m2", "m2", (1, 1000), 10),
)
PROTECTION = (
    _law("well_m", "m", (30, 500), "high"),
    _law("source_reservoir_m", "m", (200, 2000), "high"),
    _law("source_up_m", "m", (1000, 5000), "high"),
    _law("source_down_m", "m", (100, 1000), "high"),
    _law("source_bank_m", "m", (50, 500), "high"),
    _law("draft_up_m", "m", (1000, 5000), "medium"),
    _law("draft_down_m", "m", (100, 1000), "medium"),
    _law("draft_land_m", "m", (50, 3000), "medium"),
    _law("draft_reservoir_m", "m", (200, 5000), "medium"),
)
RIVERS = (
    _low("river_near_m", "m", (5, 200), 30),
    _law("chemical_m", "m", (1000, 3000), "high"),
    _law("tailings_m", "m", (1000, 3000), "high"),
    _law("tailings_stem_m", "m", (3000, 5000), "high"),
    _low("river_widest_m", "m", (10, 1000), 200),
)
TERRAIN = (
    _law("steep_deg", "degree", (20, 35), "high"),
    _low("steep_share", "share", (0.05, 0.8), 0.30),
    _low("steep_crop_share", "share", (0.0, 0.2), 0.01),
    _law("slope_industry_share", "share", (0.08, 0.30), "medium"),
    _law("slope_centre_share", "share", (0.08, 0.30), "medium"),
    _law("slope_housing_share", "share", (0.08, 0.40), "medium"),
    _law("slope_terrace_share", "share", (0.03, 0.15), "medium"),
    _law("plan_book_m2", "m2_as_ha", (10_000, 100_000), "high"),
    _law("plan_book_m3", "m3_as_wan_m3", (10_000, 100_000), "high"),
    _law("plan_table_m2", "m2_as_ha", (1_000, 10_000), "high"),
    _law("plan_table_m3", "m3", (500, 5_000), "high"),
    _low("small_building_m2", "m2", (50, 2000), 300),
)
USE = (
    _law("total_full", "share", (0.9, 1.0), "high"),
    _law("total_close", "share", (0.85, 1.0), "low"),
    _law("total_early", "share", (0.7, 1.0), "low"),
    _low("count_unconventional", "yes_no", (0, 1), 1),
    Assumption("siting_guarantee_share", "share", 0.5, 0.97, 0.95, "SL/T 525; GB 50013", "medium"),
    _low("source_reach_m", "m", (500, 30_000), 5000),
    _law("monitor_year", "year", (2019, 2022), "high"),
    *(
        Assumption(f"siting_demand_{use}_m3_per_ha_day", "m3_per_ha_day", 10, 150, value, PLANNING, "low")
        for use, value in (("industry", 60), ("housing", 80), ("public", 60), ("logistics", 30))
    ),
)
NETWORK = (
    _law("works_m", "m", (30, 200), "high"),
    _law("scale_main_m", "m", (2, 20), "high"),
    _law("small_main_m", "m", (1, 10), "high"),
    _law("scale_m3_per_day", "m3_per_day", (1000, 1000), "high"),
    _law("scale_people", "people", (10_000, 10_000), "high"),
    _low("route_factor", "times", (1.0, 2.0), 1.3),
    Assumption("siting_pipe_yuan_per_m", "yuan_per_m", 300, 3000, 700, MARKET, "low"),
    money.MOUNTAIN,
    Assumption("siting_treat_yuan_per_m3", "yuan_per_m3", 0.2, 3.0, 1.2, MARKET, "low"),
    money.POWER,
    money.PUMP,
    money.TAP,
    money.SEWAGE,
    money.DISCOUNT,
    money.PIPE_LIFE,
)
RAIN = (
    *rain.SURFACES,
    rain.CONTROL_RATE,
    rain.RETURN_PERIOD,
    *(_low(f"surface_{s}_share", "share", (0, 1), v) for s, v in (("roof", 0.3), ("paved", 0.35), ("green", 0.3))),
    uses.LAWN,
    uses.SWEEP,
    uses.SWEEP_TIMES,
    _low("industry_nonpotable_share", "share", (0.0, 0.9), 0.5),
)
WEIGHTS = (
    _low("weight_slope", "ratio", (0, 1), 0.25),
    _low("weight_mains", "ratio", (0, 1), 0.20),
    _low("weight_reclaimed", "ratio", (0, 1), 0.10),
    _low("weight_roads", "ratio", (0, 1), 0.20),
    _low("weight_protection", "ratio", (0, 1), 0.15),
    _low("weight_flood", "ratio", (0, 1), 0.10),
    _low("study_factor", "share", (0, 1), 0.85),
    _low("restricted_factor", "share", (0, 1), 0.5),
    _low("far_m", "m", (500, 20_000), 5000),
    _low("apart_m", "m", (0, 20_000), 1000),
)
ASSUMPTIONS: tuple[Assumption, ...] = (
    *GEOMETRY, *PROTECTION, *RIVERS, *TERRAIN, *USE, *NETWORK, *RAIN, *WEIGHTS,
)  # fmt: skip
