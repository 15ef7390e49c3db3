"""Limits of effluent classes and of reuse standards, item by item.

mg/L unless the item's name says otherwise (turbidity NTU, colour Pt-Co degrees or dilution factor, coliform per litre).
Colour by dilution (GB 18918) and by Pt-Co (GB/T 18920, 18921) are different items: neither answers for the other.
Editions in force; the 2024 edition of GB/T 19923 is cited at second hand (low confidence).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

REMOVABLE = frozenset({"ss", "turbidity", "colour", "coliform", "dissolved_oxygen", "chlorine"})
COLD_WATER_C = 12.0


@dataclass(frozen=True)
class EffluentClass:
    """What a class of effluent may contain at most (daily mean); `nh3n_cold` holds at 12 °C and below."""

    id: str
    limits: Mapping[str, float]
    nh3n_cold: float | None
    standard: str


@dataclass(frozen=True)
class UseStandard:
    """What a use asks of the water: upper limits, lower limits, pH range and the standard they stand in."""

    id: str
    most: Mapping[str, float]
    standard: str
    least: Mapping[str, float] = field(default_factory=dict)
    ph: tuple[float, float] | None = None
    confidence: str = "high"


def _effluent(id_: str, values: tuple[float, ...], *, cold: float | None, standard: str) -> EffluentClass:
    names = ("cod", "bod5", "ss", "las", "tn", "nh3n", "tp", "colour_dilution", "coliform")
    limits = {name: value for name, value in zip(names, values, strict=True) if value >= 0}
    return EffluentClass(id_, limits, cold, standard)


GB18918 = "GB 18918-2002 表1"
QUASI_IV = "DB50/963-2020, 其余项目按一级A"
CLASSES: Mapping[str, EffluentClass] = {
    item.id: item
    for item in (
        _effluent("quasi_iv", (30, 6, 10, 0.5, 15, 1.5, 0.3, 30, 1_000), cold=3.0, standard=QUASI_IV),
        _effluent("class_1a", (50, 10, 10, 0.5, 15, 5, 0.5, 30, 1_000), cold=8.0, standard=GB18918),
        _effluent("class_1b", (60, 20, 20, 1, 20, 8, 1, 30, 10_000), cold=15.0, standard=GB18918),
        _effluent("class_2", (100, 30, 30, 2, -1, 25, 3, 40, 10_000), cold=30.0, standard=GB18918),
        _effluent("class_3", (120, 60, 50, 5, -1, -1, 5, 50, -1), cold=None, standard=GB18918),
    )
}
_PH = (6.0, 9.0)
_WORKS = {"dissolved_oxygen": 2.0, "chlorine": 1.0}
_URBAN = {"colour": 30, "turbidity": 10, "bod5": 10, "nh3n": 8, "las": 0.5, "tds": 1000, "ecoli": 0}
_INDOOR = {**_URBAN, "colour": 15, "turbidity": 5, "nh3n": 5, "iron": 0.3, "manganese": 0.1}
_RIVER = {"bod5": 10, "turbidity": 10, "tp": 0.5, "tn": 15, "nh3n": 5, "colour": 20, "coliform": 1000}
_LAKE = {"bod5": 6, "turbidity": 5, "tp": 0.3, "tn": 10, "nh3n": 3, "colour": 20, "coliform": 1000}
_COOLING = {
    "turbidity": 5, "bod5": 10, "cod": 50, "nh3n": 5, "tn": 15, "tp": 0.5, "chloride": 250, "hardness": 450,
    "tds": 1000, "iron": 0.3, "manganese": 0.1, "silica": 50, "coliform": 2000,
}  # fmt: skip
_CROP_ITEMS = ("bod5", "cod", "ss", "las", "coliform")
_CROPS = {
    "farm_fibre": (100, 200, 100, 8, 40_000),
    "farm_dry": (80, 180, 90, 8, 40_000),
    "farm_paddy": (60, 150, 80, 5, 40_000),
    "farm_vegetables": (40, 100, 60, 5, 20_000),
}
GB18920, GB18921, GB20922 = "GB/T 18920-2020", "GB/T 18921-2019", "GB 20922-2007"
GB19923, GB25499 = "GB/T 19923-2024", "GB/T 25499-2010"


def _standards() -> list[UseStandard]:
    urban = [UseStandard(use, _URBAN, GB18920, _WORKS, _PH) for use in ("greening", "road", "fire", "construction")] + [
        UseStandard(use, _INDOOR, GB18920, _WORKS, _PH) for use in ("toilet", "car_wash")
    ]
    scenic = [
        UseStandard("scenic_river", _RIVER, GB18921, ph=_PH, confidence="medium"),
        UseStandard("scenic_lake", _LAKE, GB18921, ph=_PH, confidence="medium"),
        UseStandard("wetland", _RIVER, GB18921, ph=_PH, confidence="medium"),
    ]
    process = {key: value for key, value in _COOLING.items() if key != "silica"} | {"silica": 30}
    industry = [
        UseStandard("cooling", _COOLING, GB19923, confidence="low"),
        UseStandard("process", process, GB19923, confidence="low"),
    ]
    farms = [
        UseStandard(use, dict(zip(_CROP_ITEMS, limits, strict=True)) | {"tds": 1000, "chloride": 350}, GB20922)
        for use, limits in _CROPS.items()
    ]
    green = {"turbidity": 5, "tds": 1000, "bod5": 20, "nh3n": 20, "las": 1.0, "chloride": 250, "coliform": 200}
    closed = green | {"turbidity": 10, "coliform": 1000}
    parks = [
        UseStandard("green_25499", green, GB25499, {"chlorine": 0.2}, confidence="medium"),
        UseStandard("green_25499_closed", closed, GB25499, {"chlorine": 0.2}, confidence="medium"),
    ]
    return [*urban, *scenic, *industry, *farms, *parks]


USES: Mapping[str, UseStandard] = {standard.id: standard for standard in _standards()}
