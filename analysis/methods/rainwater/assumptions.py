"""Every number of the rainwater method a planner may change, with its range, source and confidence."""

from __future__ import annotations

from analysis.assumption import Assumption, Confidence
from analysis.assumptions import money, rain, uses

GB50400 = "GB 50400-2016 建筑与小区雨水控制及利用工程技术规范"
GB50596 = "GB/T 50596-2010 雨水集蓄利用工程技术规范"
GB50015 = "GB 50015-2019 建筑给水排水设计标准"
GB50336 = "GB 50336-2018 建筑中水设计标准: 住宅冲厕占 21 %, 人均日用水按 114 L 假定"
COVER_SOURCE = "本系统假定 (土壤组的次序参照 TR-55)"
ASSUMED = "本系统假定"
MARKET = "造价经验值,须按当地核定"


def _a(
    id_: str,
    unit: str | None,
    *,
    range_: tuple[float, float],
    default: float,
    citation: str,
    confidence: Confidence,
) -> Assumption:
    return Assumption(id_, unit, range_[0], range_[1], default, citation, confidence)


CATCHMENT = (
    *rain.SURFACES,
    _a("rain_reference_tank_mm", "mm", range_=(5.0, 60.0), default=20.0, citation=ASSUMED, confidence="low"),
    _a("rain_park_hardened_share", "share", range_=(0.3, 0.8), default=0.55, citation=ASSUMED, confidence="low"),
    _a("rain_urban_hardened_share", "share", range_=(0.3, 0.8), default=0.5, citation=ASSUMED, confidence="low"),
    _a("rain_rural_hardened_share", "share", range_=(0.1, 0.6), default=0.3, citation=ASSUMED, confidence="low"),
    _a("rain_park_use_share", "share", range_=(0.0, 0.4), default=0.15, citation=ASSUMED, confidence="low"),
)
DEMAND = (
    uses.LAWN,
    uses.SWEEP,
    uses.SWEEP_TIMES,
    _a(
        "rain_toilet_l_per_person_day",
        "l_per_person_day",
        range_=(15, 40),
        default=24,
        citation=GB50336,
        confidence="medium",
    ),
    _a("rain_car_l", "l_per_car", range_=(20, 60), default=45, citation=GB50015, confidence="high"),
    _a(
        "rain_cistern_l_per_person_day",
        "l_per_person_day",
        range_=(40, 60),
        default=50,
        citation=GB50596,
        confidence="medium",
    ),
    *rain.DRY_DAYS,
)
CODES = (
    rain.CONTROL_RATE,
    rain.RETURN_PERIOD,
    _a("rain_allowed_psi", "runoff_per_rain", range_=(0, 0.5), default=0.0, citation=GB50400, confidence="high"),
    _a("rain_cistern_k", "ratio", range_=(0.45, 0.80), default=0.5, citation=GB50596, confidence="medium"),
    _a(
        "rain_cistern_loss_share",
        "share",
        range_=(0.05, 0.10),
        default=0.08,
        citation=GB50596,
        confidence="medium",
    ),
    _a(
        "rain_filter_share",
        "share",
        range_=(0.8, 1.0),
        default=0.9,
        citation="EN 16941-1; BS 8515:2009",
        confidence="medium",
    ),
    _a("rain_storm_minutes", "minutes", range_=(5, 180), default=60, citation=ASSUMED, confidence="medium"),
    _a("rain_storm_period_a", "years", range_=(1, 50), default=2, citation=ASSUMED, confidence="medium"),
)
MONEY = (
    _a("rain_tank_yuan_per_m3", "yuan_per_m3", range_=(1200, 2000), default=1600, citation=MARKET, confidence="low"),
    _a("rain_cistern_yuan_per_m3", "yuan_per_m3", range_=(400, 700), default=550, citation=MARKET, confidence="low"),
    _a("rain_upkeep_share", "share", range_=(0.01, 0.05), default=0.02, citation=ASSUMED, confidence="low"),
    _a("rain_treatment_yuan_per_m3", "yuan_per_m3", range_=(0.1, 1.0), default=0.4, citation=MARKET, confidence="low"),
    money.TAP,
    money.SEWAGE,
    money.DISCOUNT,
    _a("rain_life_years", "years", range_=(10, 50), default=20, citation=ASSUMED, confidence="low"),
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
    _a(
        f"rain_cover_{surface}",
        "runoff_per_rain",
        range_=(low, high),
        default=default,
        citation=COVER_SOURCE,
        confidence="low",
    )
    for surface, (low, high, default) in _COVER.items()
)
SOIL = tuple(
    _a(
        f"rain_soil_{group}",
        "runoff_per_rain",
        range_=(-0.2, 0.2),
        default=step,
        citation=COVER_SOURCE,
        confidence="low",
    )
    for group, step in (("a", -0.10), ("b", 0.0), ("c", 0.05), ("d", 0.10))
)
ASSUMPTIONS: tuple[Assumption, ...] = (*CATCHMENT, *DEMAND, *CODES, *MONEY, *COVER, *SOIL)
BY_ID = {assumption.id: assumption for assumption in ASSUMPTIONS}
