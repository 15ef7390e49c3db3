"""How a number inside the atlas (SI, shares 0–1, years) is written for a person."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from words import Language, text


@dataclass(frozen=True)
class Unit:
    """How one unit is shown: labels, the divisor from the inside unit, and the fewest decimals."""

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
    "m3_per_hour": Unit("m³/h", "m³/h", 1, 1),
    "mm_per_day": Unit("mm/d", "mm/d", 1, 1),
    "degree_c": Unit("℃", "°C", 1, 1),
    "hours_per_day": Unit("h/d", "h/d", 1, 1),
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
    "l_per_m2": Unit("L/m²", "L/m²", 1, 2),
    "l_per_m2_day": Unit("L/(m²·d)", "L/(m²·d)", 1, 1),
    "l_per_person_day": Unit("L/(人·d)", "L/(person·d)"),
    "l_per_car": Unit("L/辆", "L/car"),
    "m3_per_m2_year": Unit("m³/(m²·a)", "m³/(m²·a)", 1, 2),
    "m3_per_ha_day": Unit("m³/(hm²·d)", "m³/(ha·d)"),
    "m_per_year": Unit("m/a", "m/a", 1, 1),
    "m_per_km": Unit("m/km", "m/km", 1, 1),
    "yuan_per_kwh": Unit("元/kWh", "yuan/kWh", 1, 2),
    "yuan_per_m": Unit("元/m", "yuan/m"),
    "yuan_per_kw": Unit("元/kW", "yuan/kW"),
    "yuan_each": Unit("元/处", "yuan each"),
    "yuan_per_m3_day": Unit("元/(m³·d)", "yuan per m³/d"),
    "times_per_year": Unit("次/a", "times/a"),
    "days_per_year": Unit("d/a", "d/a"),
    "minutes": Unit("min", "min"),
    "runoff_per_rain": Unit("径流/降雨", "runoff/rain", 1, 2),
    "times": Unit("倍", "times", 1, 2),
    "yes_no": Unit("", ""),
    "ratio": Unit("", "", 1, 2),
}
_PLAIN = Unit("", "", 1, 2)
_FIGURES, _WRITTEN_FIGURES = 2, 3
_RESIDUE = 1e-9


def label(unit: str | None, language: Language = "zh") -> str:
    """The unit's sign for a column header or after a number, empty for none."""
    return "" if unit is None else getattr(UNITS[unit], language)


def inside(unit: str | None) -> str | None:
    """The plain name of the inside unit a number is in, for programs: `m2` for one shown as km²."""
    return None if unit is None else unit.split("_as_")[0]


def decimals(values: Iterable[float | None], unit: str | None) -> int:
    """How many decimals numbers in the inside unit are shown with, one for all that stand in one column.

    The unit's own, or as many more as the smallest needs to show two figures, or three where those are all it has;
    zeros at their end are left out. So a number as somebody wrote it (20.9 mm) is shown whole, no reckoned one loses
    more than 5 %, and none but zero is shown as zero (less than a billionth is what arithmetic leaves).
    """
    shown = UNITS[unit] if unit else _PLAIN
    known = (value / shown.divisor for value in values if value is not None and math.isfinite(value))
    return 0 if unit == "year" else max((_needed(one, shown.decimals) for one in known), default=shown.decimals)


def number(value: float | None, unit: str | None, language: Language = "zh", *, places: int | None = None) -> str:
    """The bare number as people read it (thousands separated), or 数据不足 when there is none.

    `places` are the decimals of the column it stands in; without, its own.
    """
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return text("units.missing", language)
    shown = UNITS[unit] if unit else _PLAIN
    kept = decimals((value,), unit) if places is None else places
    size = value / shown.divisor
    return f"{0.0 if abs(size) < _RESIDUE else size:{'' if unit == 'year' else ','}.{kept}f}"


def quantity(value: float | None, unit: str | None, language: Language = "zh", *, places: int | None = None) -> str:
    """The number with its unit, such as `1,234.50 万m³`; 数据不足 when there is none. `places` as for `number`."""
    shown = number(value, unit, language, places=places)
    sign = label(unit, language)
    if shown == text("units.missing", language) or not sign or unit == "year":
        return shown
    return f"{shown}{sign}" if sign in ("%", "°") else f"{shown} {sign}"


@lru_cache(maxsize=4096)
def _needed(size: float, least: int) -> int:
    if abs(size) < _RESIDUE:
        return least
    first = math.floor(math.log10(abs(size)))
    whole = _WRITTEN_FIGURES - 1 - first
    written = math.isclose(size, round(size, whole), rel_tol=1e-9)
    most = max(least, whole if written else _FIGURES - 1 - first)
    return max(least, len(f"{size:.{most}f}".rstrip("0").partition(".")[2]))
