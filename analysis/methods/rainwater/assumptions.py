"""Every number of the rainwater method a planner may change, with its range, source and confidence."""

from __future__ import annotations

from analysis.assumption import Assumption
from analysis.assumptions import money, rain, uses

GB50400 = "GB 50400-2016 建筑与小区雨水控制及利用工程技术规范"
GB50596 = "GB/T 50596-2010 雨水集蓄利用工程技术规范"
GB50015 = "GB 50015-2019 建筑给水排水设计标准"
GB50336 = "GB 50336-2018 建筑中水设计标准: 住宅冲厕占 21 %, 人均日用水按 114 L 假定"
COVER_SOURCE = "本系统假定 (土壤组的次序参照 TR-55)"
ASSUMED = "本系统假定"
MARKET = "造价经验值,须按当地核定"


CATCHMENT = (
    *rain.SURFACES,
    rain.KNOWN_CELLS,
    Assumption("rain_reference_tank_mm", "mm", 5.0, 60.0, 20.0, ASSUMED, "low"),
    Assumption("rain_park_hardened_share", "share", 0.3, 0.8, 0.55, ASSUMED, "low"),
    Assumption("rain_urban_hardened_share", "share", 0.3, 0.8, 0.5, ASSUMED, "low"),
    Assumption("rain_rural_hardened_share", "share", 0.1, 0.6, 0.3, ASSUMED, "low"),
    Assumption("rain_park_use_share", "share", 0.0, 0.4, 0.15, ASSUMED, "low"),
)
DEMAND = (
    uses.LAWN,
    uses.SWEEP,
    uses.SWEEP_TIMES,
    Assumption("rain_toilet_l_per_person_day", "l_per_person_day", 15, 40, 24, GB50336, "medium"),
    Assumption("rain_car_l", "l_per_car", 20, 60, 45, GB50015, "high"),
    Assumption("rain_cistern_l_per_person_day", "l_per_person_day", 40, 60, 50, GB50596, "medium"),
    *rain.DRY_DAYS,
)
CODES = (
    rain.CONTROL_RATE,
    rain.RETURN_PERIOD,
    Assumption("rain_allowed_psi", "runoff_per_rain", 0, 0.5, 0.0, GB50400, "high"),
    Assumption("rain_cistern_k", "ratio", 0.45, 0.80, 0.5, GB50596, "medium"),
    Assumption("rain_cistern_loss_share", "share", 0.05, 0.10, 0.08, GB50596, "medium"),
    Assumption("rain_filter_share", "share", 0.8, 1.0, 0.9, "EN 16941-1; BS 8515:2009", "medium"),
    Assumption("rain_storm_minutes", "minutes", 5, 180, 60, ASSUMED, "medium"),
    Assumption("rain_storm_period_a", "years", 1, 50, 2, ASSUMED, "medium"),
)
MONEY = (
    Assumption("rain_tank_yuan_per_m3", "yuan_per_m3", 1200, 2000, 1600, MARKET, "low"),
    Assumption("rain_cistern_yuan_per_m3", "yuan_per_m3", 400, 700, 550, MARKET, "low"),
    Assumption("rain_upkeep_share", "share", 0.01, 0.05, 0.02, ASSUMED, "low"),
    Assumption("rain_treatment_yuan_per_m3", "yuan_per_m3", 0.1, 1.0, 0.4, MARKET, "low"),
    money.TAP,
    money.SEWAGE,
    money.DISCOUNT,
    Assumption("rain_life_years", "years", 10, 50, 20, ASSUMED, "low"),
)
_COVER = {
    "paddy": (0.35, 0.60, 0.45),
    "dry_cropland": (0.25, 0.50, 0.38),
    "orchard": (0.20, 0.45, 0.32),
    "forest": (0.15, 0.40, 0.28),
    "shrub_grass": (0.20, 0.45, 0.33),
    "water": (0.90, 1.00, 1.00),
    "urban": (0.55, 0.80, 0.68),
    "rural_built": (0.40, 0.65, 0.52),
    "road_hard": (0.80, 0.90, 0.85),
    "bare_rock": (0.35, 0.70, 0.50),
}
COVER = tuple(
    Assumption(f"rain_cover_{surface}", "runoff_per_rain", low, high, default, COVER_SOURCE, "low")
    for surface, (low, high, default) in _COVER.items()
)
SOIL = tuple(
    Assumption(f"rain_soil_{group}", "runoff_per_rain", -0.2, 0.2, step, COVER_SOURCE, "low")
    for group, step in (("a", -0.10), ("b", 0.0), ("c", 0.05), ("d", 0.10))
)
ASSUMPTIONS: tuple[Assumption, ...] = (*CATCHMENT, *DEMAND, *CODES, *MONEY, *COVER, *SOIL)
BY_ID = {assumption.id: assumption for assumption in ASSUMPTIONS}
