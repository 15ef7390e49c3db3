"""Every number of the reclaimed-water method a planner may change, with its range, source and confidence."""

from __future__ import annotations

from analysis.assumption import Assumption, Confidence
from analysis.assumptions import money, rain, uses
from analysis.formulas.hydraulics import NOMINAL_MM
from analysis.hydraulics import limits

GB50013, GB50555, GB50015 = "GB 50013-2018", "GB 50555-2010", "GB 50015-2019"
GB50336, GB50335 = "GB 50336-2018", "GB 50335-2016"
MARKET = "造价经验值,须按当地核定"
ASSUMED = "本系统假定"
SIZES_MM = tuple(size for size in NOMINAL_MM if size in (100, 150, 200, 300, 400, 500))
LAWNS = {
    "cool_special": 0.66, "cool_grade_1": 0.50, "cool_grade_2": 0.28, "warm_grade_1": 0.28, "warm_grade_2": 0.12,
}  # fmt: skip
PRIORITIES = {
    "process": 1.5, "cooling": 1.5, "greening": 1.3, "road": 1.3, "car_wash": 1.2, "scenic_lake": 1.1, "toilet": 1.0,
}  # fmt: skip
_PIPE_YUAN = {
    100: (350, 850, 625), 150: (450, 1050, 750), 200: (550, 1300, 925), 300: (800, 1900, 1325),
    400: (1100, 2500, 1775), 500: (1500, 3400, 2350),
}  # fmt: skip


def _a(
    id_: str,
    unit: str | None,
    *,
    range_: tuple[float, float],
    default: float,
    citation: str,
    confidence: Confidence = "low",
) -> Assumption:
    return Assumption(f"reclaimed_{id_}", unit, range_[0], range_[1], default, citation, confidence)


DEMAND = (
    *(
        _a(
            f"lawn_{kind}_m3_per_m2",
            "m3_per_m2_year",
            range_=(0.1, 0.7),
            default=quota,
            citation=GB50555,
            confidence="medium",
        )
        for kind, quota in LAWNS.items()
    ),
    uses.SWEEP,
    uses.SWEEP_TIMES,
    _a("road_peak_l_per_m2_day", "l_per_m2_day", range_=(2, 3), default=2.0, citation=GB50013, confidence="high"),
    _a("green_peak_l_per_m2_day", "l_per_m2_day", range_=(1, 3), default=2.0, citation=GB50013, confidence="high"),
    _a("car_high_pressure_l", "l_per_car", range_=(40, 60), default=50, citation=GB50015, confidence="high"),
    _a("car_recycled_l", "l_per_car", range_=(20, 30), default=25, citation=GB50015, confidence="high"),
    _a("car_wipe_l", "l_per_car", range_=(10, 15), default=12, citation=GB50015, confidence="high"),
    _a("bus_l", "l_per_car", range_=(80, 120), default=100, citation=GB50015, confidence="high"),
    _a(
        "person_l_per_day_home",
        "l_per_person_day",
        range_=(80, 160),
        default=120,
        citation="GB/T 50331",
        confidence="medium",
    ),
    _a(
        "person_l_per_day_office",
        "l_per_person_day",
        range_=(25, 60),
        default=40,
        citation=GB50015,
        confidence="medium",
    ),
    _a("toilet_share_home", "share", range_=(0.18, 0.25), default=0.21, citation=GB50336, confidence="high"),
    _a("toilet_share_office", "share", range_=(0.60, 0.66), default=0.60, citation=GB50336, confidence="high"),
    _a("office_days", "days_per_year", range_=(200, 366), default=250, citation=ASSUMED),
    _a("industry_share", "share", range_=(0.0, 0.8), default=0.3, citation=ASSUMED),
    _a("scenic_m_per_year", "m_per_year", range_=(0.5, 12), default=3.0, citation=ASSUMED),
    *rain.DRY_DAYS,
    _a("day_factor", "times", range_=(1.1, 1.5), default=1.3, citation=GB50013, confidence="high"),
    _a("hour_factor", "times", range_=(1.2, 1.6), default=1.4, citation=GB50013, confidence="high"),
    _a("leakage_share", "share", range_=(0.05, 0.2), default=0.10, citation=f"{GB50013}; CJJ 92", confidence="medium"),
    _a("unforeseen_share", "share", range_=(0.08, 0.12), default=0.10, citation=GB50013, confidence="medium"),
    *(
        _a(f"priority_{use}", "ratio", range_=(0.1, 5), default=weight, citation=ASSUMED)
        for use, weight in PRIORITIES.items()
    ),
)
SUPPLY = (
    _a("usable_share", "share", range_=(0.65, 0.95), default=0.90, citation=GB50335, confidence="medium"),
    _a("unknown_allowed", "yes_no", range_=(0, 1), default=1, citation=ASSUMED),
    _a("planned_plants", "yes_no", range_=(0, 1), default=0, citation=ASSUMED),
)
PIPES = (
    *(
        _a(f"pipe_dn{dn}_yuan_per_m", "yuan_per_m", range_=prices[:2], default=prices[2], citation=MARKET)
        for dn, prices in _PIPE_YUAN.items()
    ),
    money.MOUNTAIN,
    _a("velocity_small", "m_per_s", range_=(0.6, 1.5), default=0.9, citation=GB50013, confidence="high"),
    _a("velocity_large", "m_per_s", range_=(0.9, 2.0), default=1.4, citation=GB50013, confidence="high"),
    _a("roughness", "ratio", range_=(100, 150), default=130, citation=GB50013, confidence="high"),
    _a("local_share", "share", range_=(0.05, 0.15), default=0.10, citation=GB50013, confidence="high"),
    _a("friction_m_per_km", "m_per_km", range_=(1, 10), default=3.0, citation=ASSUMED),
    _a("service_head_m", "m", range_=(10, 30), default=12, citation=GB50013, confidence="medium"),
    money.PUMP,
    _a("stage_m", "m", range_=(80, 200), default=150, citation=GB50013, confidence="medium"),
    money.POWER,
    _a("upkeep_share", "share", range_=(0.0, 0.05), default=0.01, citation=ASSUMED),
)
ROUTES = (
    _a("slope_factor", "ratio", range_=(0, 10), default=3.0, citation=ASSUMED),
    _a("road_factor", "times", range_=(0.5, 1.0), default=0.7, citation=ASSUMED),
    _a("river_factor", "times", range_=(1, 20), default=4.0, citation=ASSUMED),
    _a("zone_factor", "times", range_=(1, 100), default=8.0, citation=ASSUMED),
    _a("strict_zone_factor", "times", range_=(10, 1000), default=100.0, citation=ASSUMED),
    _a("plants_per_user", "count", range_=(1, 6), default=2, citation=ASSUMED),
    _a("longest_route_m", "m", range_=(1000, 60000), default=20000, citation=ASSUMED),
)
MONEY = (
    _a("polish_yuan_per_m3_day", "yuan_per_m3_day", range_=(1000, 1500), default=1250, citation=MARKET),
    _a("polish_yuan_per_m3", "yuan_per_m3", range_=(0.3, 0.8), default=0.5, citation=MARKET),
    _a("upgrade_yuan_per_m3_day", "yuan_per_m3_day", range_=(1500, 4000), default=2500, citation=MARKET),
    _a("upgrade_yuan_per_m3", "yuan_per_m3", range_=(0.4, 1.5), default=0.8, citation=MARKET),
    money.DISCOUNT,
    money.PIPE_LIFE,
    _a("plant_life_years", "years", range_=(10, 30), default=20, citation=ASSUMED),
    money.TAP,
    money.SEWAGE,
    _a("price_share", "share", range_=(0.2, 1.0), default=0.7, citation=ASSUMED),
    _a("subsidy_yuan_per_m3", "yuan_per_m3", range_=(0.0, 3.0), default=0.0, citation=ASSUMED),
    _a("saving_to_contractor_share", "share", range_=(0.0, 1.0), default=0.7, citation="合同节水管理 (假定)"),
    _a("contract_years", "years", range_=(1, 20), default=10, citation="合同节水管理 (假定)"),
)
ASSUMPTIONS: tuple[Assumption, ...] = (*DEMAND, *SUPPLY, *PIPES, *ROUTES, *MONEY, *limits.ASSUMPTIONS)
