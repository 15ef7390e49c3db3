"""How a number inside the atlas (SI, shares 0–1, years) is written for a person."""

from __future__ import annotations

import math
from dataclasses import dataclass

from words import Language, text


@dataclass(frozen=True)
class Unit:
    """How one unit is shown: labels, the divisor from the inside unit, and the decimals kept."""

    zh: str
    en: str
    divisor: float = 1.0
    decimals: int = 0


UNITS: dict[str, Unit] = {
    "m": Unit("m", "m"),
    "mm": Unit("mm", "mm"),
    "m2": Unit("m²", "m²"),
    "m3": Unit("m³", "m³"),
    "m_as_km": Unit("km", "km", 1_000, 1),
    "m2_as_km2": Unit("km²", "km²", 1_000_000, 1),
    "m2_as_mu": Unit("亩", "mu", 10_000 / 15, 0),
    "m2_as_ha": Unit("hm²", "ha", 10_000, 2),
    "m3_as_wan_m3": Unit("万m³", "10⁴ m³", 10_000, 2),
    "m3_per_year": Unit("万m³/a", "10⁴ m³/a", 10_000, 2),
    "m3_per_day": Unit("m³/d", "m³/d"),
    "m3_per_s": Unit("m³/s", "m³/s", 1, 2),
    "m3_per_s_as_l_per_s": Unit("L/s", "L/s", 0.001, 2),
    "m_per_s": Unit("m/s", "m/s", 1, 2),
    "kw": Unit("kW", "kW", 1, 1),
    "m3_per_person": Unit("m³/人", "m³/person", 1, 1),
    "m3_per_wan_yuan": Unit("m³/万元", "m³ per 10⁴ yuan", 1, 1),
    "mm_per_year": Unit("mm/a", "mm/a"),
    "yuan": Unit("元", "yuan", 1, 2),
    "yuan_as_wan_yuan": Unit("万元", "10⁴ yuan", 10_000, 2),
    "yuan_per_m3": Unit("元/m³", "yuan/m³", 1, 2),
    "share": Unit("%", "%", 0.01, 1),
    "count": Unit("个", "", 1, 0),
    "people": Unit("人", "people", 1, 0),
    "people_per_km2": Unit("人/km²", "people/km²", 1, 0),
    "households": Unit("户", "households", 1, 0),
    "year": Unit("年", "", 1, 0),
    "years": Unit("年", "years", 1, 0),
    "degree": Unit("°", "°", 1, 1),
    "mpa": Unit("MPa", "MPa", 1, 2),
    "mg_per_l": Unit("mg/L", "mg/L", 1, 2),
    "ratio": Unit("", "", 1, 3),
}


def label(unit: str | None, language: Language = "zh") -> str:
    """The unit's sign for a column header or after a number, empty for none."""
    return "" if unit is None else getattr(UNITS[unit], language)


def inside(unit: str | None) -> str | None:
    """The plain name of the inside unit a number is in, for programs: `m2` for one shown as km²."""
    return None if unit is None else unit.split("_as_")[0]


def number(value: float | None, unit: str | None, language: Language = "zh") -> str:
    """The bare number as people read it (thousands separated), or 数据不足 when there is none."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return text("units.missing", language)
    shown = UNITS[unit] if unit else Unit("", "", 1, 2)
    rounded = f"{value / shown.divisor:,.{shown.decimals}f}"
    return rounded.replace(",", "") if unit == "year" else rounded


def quantity(value: float | None, unit: str | None, language: Language = "zh") -> str:
    """The number with its unit, such as `1,234.50 万m³`; 数据不足 when there is none."""
    shown = number(value, unit, language)
    sign = label(unit, language)
    if shown == text("units.missing", language) or not sign or unit == "year":
        return shown
    return f"{shown}{sign}" if sign in ("%", "°") else f"{shown} {sign}"
