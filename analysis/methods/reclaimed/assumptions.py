"""Every number of the reclaimed-water method a planner may change, with its range, source and confidence."""

from __future__ import annotations

from analysis.assumption import Assumption
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


DEMAND = (
    *(
        Assumption(f"reclaimed_lawn_{kind}_m3_per_m2", "m3_per_m2_year", 0.1, 0.7, quota, GB50555, "medium")
        for kind, quota in LAWNS.items()
    ),
    uses.SWEEP,
    uses.SWEEP_TIMES,
    Assumption("reclaimed_road_peak_l_per_m2_day", "l_per_m2_day", 2, 3, 2.0, GB50013, "high"),
    Assumption("reclaimed_green_peak_l_per_m2_day", "l_per_m2_day", 1, 3, 2.0, GB50013, "high"),
    Assumption("reclaimed_car_high_pressure_l", "l_per_car", 40, 60, 50, GB50015, "high"),
    Assumption("reclaimed_car_recycled_l", "l_per_car", 20, 30, 25, GB50015, "high"),
    Assumption("reclaimed_car_wipe_l", "l_per_car", 10, 15, 12, GB50015, "high"),
    Assumption("reclaimed_bus_l", "l_per_car", 80, 120, 100, GB50015, "high"),
    Assumption("reclaimed_person_l_per_day_home", "l_per_person_day", 80, 160, 120, "GB/T 50331", "medium"),
    Assumption("reclaimed_person_l_per_day_office", "l_per_person_day", 25, 60, 40, GB50015, "medium"),
    Assumption("reclaimed_toilet_share_home", "share", 0.18, 0.25, 0.21, GB50336, "high"),
    Assumption("reclaimed_toilet_share_office", "share", 0.60, 0.66, 0.60, GB50336, "high"),
    Assumption("reclaimed_office_days", "days_per_year", 200, 366, 250, ASSUMED, "low"),
    Assumption("reclaimed_industry_share", "share", 0.0, 0.8, 0.3, ASSUMED, "low"),
    Assumption("reclaimed_scenic_m_per_year", "m_per_year", 0.5, 12, 3.0, ASSUMED, "low"),
    *rain.DRY_DAYS,
    Assumption("reclaimed_day_factor", "times", 1.1, 1.5, 1.3, GB50013, "high"),
    Assumption("reclaimed_hour_factor", "times", 1.2, 1.6, 1.4, GB50013, "high"),
    Assumption("reclaimed_leakage_share", "share", 0.05, 0.2, 0.10, f"{GB50013}; CJJ 92", "medium"),
    Assumption("reclaimed_unforeseen_share", "share", 0.08, 0.12, 0.10, GB50013, "medium"),
    *(
        Assumption(f"reclaimed_priority_{use}", "ratio", 0.1, 5, weight, ASSUMED, "low")
        for use, weight in PRIORITIES.items()
    ),
)
SUPPLY = (
    Assumption("reclaimed_usable_share", "share", 0.65, 0.95, 0.90, GB50335, "medium"),
    Assumption("reclaimed_unknown_allowed", "yes_no", 0, 1, 1, ASSUMED, "low"),
    Assumption("reclaimed_planned_plants", "yes_no", 0, 1, 0, ASSUMED, "low"),
)
PIPES = (
    *(
        Assumption(f"reclaimed_pipe_dn{dn}_yuan_per_m", "yuan_per_m", prices[0], prices[1], prices[2], MARKET, "low")
        for dn, prices in _PIPE_YUAN.items()
    ),
    Assumption("reclaimed_least_dn_mm", "mm", 100, 300, 100, ASSUMED, "low"),
    money.MOUNTAIN,
    Assumption("reclaimed_velocity_small", "m_per_s", 0.6, 1.5, 0.9, GB50013, "high"),
    Assumption("reclaimed_velocity_large", "m_per_s", 0.9, 2.0, 1.4, GB50013, "high"),
    Assumption("reclaimed_roughness", "ratio", 100, 150, 130, GB50013, "high"),
    Assumption("reclaimed_local_share", "share", 0.05, 0.15, 0.10, GB50013, "high"),
    Assumption("reclaimed_friction_m_per_km", "m_per_km", 1, 10, 3.0, ASSUMED, "low"),
    Assumption("reclaimed_service_head_m", "m", 10, 30, 12, GB50013, "medium"),
    money.PUMP,
    Assumption("reclaimed_stage_m", "m", 80, 200, 150, GB50013, "medium"),
    money.POWER,
    Assumption("reclaimed_upkeep_share", "share", 0.0, 0.05, 0.01, ASSUMED, "low"),
)
ROUTES = (
    Assumption("reclaimed_slope_factor", "ratio", 0, 10, 3.0, ASSUMED, "low"),
    Assumption("reclaimed_road_factor", "times", 0.5, 1.0, 0.7, ASSUMED, "low"),
    Assumption("reclaimed_river_factor", "times", 1, 20, 4.0, ASSUMED, "low"),
    Assumption("reclaimed_zone_factor", "times", 1, 100, 8.0, ASSUMED, "low"),
    Assumption("reclaimed_strict_zone_factor", "times", 10, 1000, 100.0, ASSUMED, "low"),
    Assumption("reclaimed_plants_per_user", "count", 1, 6, 2, ASSUMED, "low"),
    Assumption("reclaimed_longest_route_m", "m", 1000, 60000, 20000, ASSUMED, "low"),
)
MONEY = (
    Assumption("reclaimed_polish_yuan_per_m3_day", "yuan_per_m3_day", 1000, 1500, 1250, MARKET, "low"),
    Assumption("reclaimed_polish_yuan_per_m3", "yuan_per_m3", 0.3, 0.8, 0.5, MARKET, "low"),
    Assumption("reclaimed_upgrade_yuan_per_m3_day", "yuan_per_m3_day", 1500, 4000, 2500, MARKET, "low"),
    Assumption("reclaimed_upgrade_yuan_per_m3", "yuan_per_m3", 0.4, 1.5, 0.8, MARKET, "low"),
    money.DISCOUNT,
    money.PIPE_LIFE,
    Assumption("reclaimed_station_yuan", "yuan_each", 50_000, 800_000, 200_000, MARKET, "low"),
    Assumption("reclaimed_station_yuan_per_kw", "yuan_per_kw", 1000, 15_000, 4000, MARKET, "low"),
    Assumption("reclaimed_control_valve_yuan", "yuan_each", 5000, 150_000, 30_000, MARKET, "low"),
    Assumption("reclaimed_class_1_6_factor", "times", 1.0, 1.5, 1.08, MARKET, "low"),
    Assumption("reclaimed_class_2_5_factor", "times", 1.0, 2.0, 1.20, MARKET, "low"),
    Assumption("reclaimed_plant_life_years", "years", 10, 30, 20, ASSUMED, "low"),
    money.TAP,
    money.SEWAGE,
    Assumption("reclaimed_price_share", "share", 0.2, 1.0, 0.7, ASSUMED, "low"),
    Assumption("reclaimed_subsidy_yuan_per_m3", "yuan_per_m3", 0.0, 3.0, 0.0, ASSUMED, "low"),
    Assumption("reclaimed_saving_to_contractor_share", "share", 0.0, 1.0, 0.7, "合同节水管理 (假定)", "low"),
    Assumption("reclaimed_contract_years", "years", 1, 20, 10, "合同节水管理 (假定)", "low"),
)
ASSUMPTIONS: tuple[Assumption, ...] = (*DEMAND, *SUPPLY, *PIPES, *ROUTES, *MONEY, *limits.ASSUMPTIONS)
