"""Fixed class breaks: the same indicator has the same classes on every map, whatever the values of the day."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from maps.look.style import HUES as COLOURS
from words import Language, text
from words.units import label, number

# Upper ends of all classes but the last, in the unit used inside (m², m³, mm, shares).
BREAKS: Mapping[str, tuple[float, ...]] = {
    "area_m2": (60e6, 90e6, 120e6, 160e6),
    "population": (5_000, 10_000, 15_000, 30_000),
    "population_per_km2": (50, 100, 150, 300),
    "rain_mm": (1_000, 1_100, 1_200, 1_300),
    "elevation_m": (400, 700, 1_000, 1_300),
    "water_use_m3": (1e6, 2e6, 4e6, 8e6),
    "water_use_m3_per_person": (150, 200, 300, 500),
    "renewal_length_m": (1_000, 2_000, 5_000, 10_000),
    "mains_length_m": (2_000, 5_000, 10_000, 20_000),
    "rain_usable_m3": (3_000, 10_000, 50_000, 150_000),
    "projects": (5, 10, 20, 40),
    "users": (5, 10, 20, 40),
    **{share: (0.1, 0.2, 0.4, 0.6) for share in ("cropland_share", "forest_share")},
    **{share: (0.01, 0.02, 0.05, 0.10) for share in ("built_share", "water_share")},
}
# Whose colour (`maps.look.style.HUES`) an indicator wears where it is not the blue of supply.
HUES: Mapping[str, str] = {
    "area_m2": "general",
    "population": "users",
    "population_per_km2": "users",
    "users": "users",
    "elevation_m": "general",
    "rain_mm": "rain",
    "rain_supply_m3": "rain",
    "rain_usable_m3": "rain",
    "projects": "rain",
    "reclaimed_use_m3": "reclaimed",
    "renewal_length_m": "renewal",
    "cropland_share": "irrigation",
    "forest_share": "irrigation",
    "built_share": "industry",
}
_TELLING = 3
CLASSES = 5


def hue_of(indicator: str) -> str:
    """The colour of an indicator as #RRGGBB, the same on map, legend and card."""
    return COLOURS[HUES.get(indicator, "network")]


def breaks_for(indicator: str, values: Iterable[float | None]) -> tuple[float, ...]:
    """The declared breaks of an indicator; round ones over the range of the values where those would tell nothing.

    Declared breaks suit districts of a usual size: where the values of another fall into fewer than three classes,
    or none are declared, the range is divided by round numbers.
    """
    known = [value for value in values if value is not None and math.isfinite(value)]
    declared = BREAKS.get(indicator, ())
    if declared and (not known or len({class_of(value, declared) for value in known}) >= _TELLING):
        return declared
    return round_breaks(known)


def round_breaks(values: Sequence[float]) -> tuple[float, ...]:
    """At most four round numbers (1, 2 or 5 times a power of ten apart) that divide the range of the values."""
    finite = [value for value in values if math.isfinite(value)]
    if not finite or min(finite) == max(finite):
        return ()
    low, high = min(finite), max(finite)
    rough = (high - low) / CLASSES
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * n for n in (1, 2, 5, 10) if power * n >= rough)
    first = math.floor(low / step) + 1
    ends = [float(f"{step * n:.12g}") for n in range(first, first + CLASSES)]
    return tuple(end for end in ends if low < end < high)[: CLASSES - 1]


def class_of(value: float, breaks: Sequence[float]) -> int:
    """The class a value falls in, from 0; a value on a break belongs to the class above."""
    return sum(value >= end for end in breaks)


def class_labels(breaks: Sequence[float], *, unit: str | None, language: Language) -> list[str]:
    """What the legend says of each class."""
    if not breaks:
        return [text("maps.class_all", language)]
    ends = [_short(end, unit, language) for end in breaks]
    first = text("maps.class_below", language, high=ends[0])
    between = [text("maps.class_between", language, low=a, high=b) for a, b in pairwise(ends)]
    return [first, *between, text("maps.class_above", language, low=ends[-1])]


def _short(end: float, unit: str | None, language: Language) -> str:
    """The break as a number without the zeros after its decimal point."""
    written = number(end, unit, language)
    return written.rstrip("0").rstrip(".") if "." in written else written


def legend_title(title: str, *, unit: str | None, language: Language) -> str:
    """The indicator with its unit."""
    sign = label(unit, language)
    return text("maps.legend_title", language, title=title, unit=sign) if sign else title
