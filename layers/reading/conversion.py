"""From the units files use to the units inside the atlas (m, m², m³, mm, shares 0–1, yuan, years).

Only reading and writing files convert; everything between works in inside units.
Chinese land units: 1 mu = 1/15 ha = 666.67 m² (国务院关于在我国统一实行法定计量单位的命令, 1984).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from words.errors import AtlasError
from words.units import UNITS

MU_M2 = 10_000 / 15


@dataclass(frozen=True)
class FileUnit:
    """A unit found in files: the inside unit it measures and how many of those one of it is."""

    inside: str
    factor: float


FILE_UNITS: dict[str, FileUnit] = {
    "m": FileUnit("m", 1),
    "km": FileUnit("m", 1_000),
    "cm": FileUnit("m", 0.01),
    "mm": FileUnit("mm", 1),
    "m3_per_mu": FileUnit("mm", 1.5),  # 1 m³ on 666.67 m² stands 1.5 mm deep
    "m2": FileUnit("m2", 1),
    "ha": FileUnit("m2", 10_000),
    "km2": FileUnit("m2", 1_000_000),
    "mu": FileUnit("m2", MU_M2),
    "wan_mu": FileUnit("m2", 10_000 * MU_M2),
    "m3": FileUnit("m3", 1),
    "k_m3": FileUnit("m3", 1_000),
    "wan_m3": FileUnit("m3", 10_000),
    "million_m3": FileUnit("m3", 1e6),
    "yi_m3": FileUnit("m3", 1e8),
    "m3_per_year": FileUnit("m3_per_year", 1),
    "wan_m3_per_year": FileUnit("m3_per_year", 10_000),
    "m3_per_day": FileUnit("m3_per_day", 1),
    "wan_m3_per_day": FileUnit("m3_per_day", 10_000),
    "l_per_s": FileUnit("m3_per_s", 0.001),
    "m3_per_s": FileUnit("m3_per_s", 1),
    "share": FileUnit("share", 1),
    "percent": FileUnit("share", 0.01),
    "permille": FileUnit("share", 0.001),
    "yuan": FileUnit("yuan", 1),
    "wan_yuan": FileUnit("yuan", 10_000),
    "yi_yuan": FileUnit("yuan", 1e8),
    "people": FileUnit("people", 1),
    "wan_people": FileUnit("people", 10_000),
    "mpa": FileUnit("mpa", 1),
    "kpa": FileUnit("mpa", 0.001),
}

# What people write behind a number or in a header, after NFKC and in lower case.
_SIGNS: dict[str, str] = {
    "米": "m", "公尺": "m", "公里": "km", "千米": "km", "厘米": "cm", "毫米": "mm", "mm/a": "mm",
    "平方米": "m2", "平米": "m2", "㎡": "m2", "公顷": "ha", "hm2": "ha", "平方公里": "km2", "平方千米": "km2",
    "亩": "mu", "万亩": "wan_mu",
    "立方米": "m3", "方": "m3", "立方": "m3", "万m3": "wan_m3", "万立方米": "wan_m3", "万方": "wan_m3",
    "吨": "m3", "t": "m3", "万吨": "wan_m3", "千m3": "k_m3", "千立方米": "k_m3", "10^3m3": "k_m3", "103m3": "k_m3",
    "百万m3": "million_m3", "百万立方米": "million_m3", "10^6m3": "million_m3", "106m3": "million_m3",
    "亿m3": "yi_m3", "亿立方米": "yi_m3", "10^4m3": "wan_m3", "104m3": "wan_m3",
    "m3/a": "m3_per_year", "m3/年": "m3_per_year", "立方米/年": "m3_per_year",
    "万m3/a": "wan_m3_per_year", "万m3/年": "wan_m3_per_year", "万立方米/年": "wan_m3_per_year",
    "m3/d": "m3_per_day", "m3/日": "m3_per_day", "m3/天": "m3_per_day", "立方米/日": "m3_per_day",
    "吨/日": "m3_per_day", "t/d": "m3_per_day", "万m3/d": "wan_m3_per_day", "万吨/日": "wan_m3_per_day",
    "万t/d": "wan_m3_per_day", "万m3/日": "wan_m3_per_day", "万立方米/日": "wan_m3_per_day",
    "l/s": "l_per_s", "升/秒": "l_per_s", "m3/s": "m3_per_s", "立方米/秒": "m3_per_s",
    "%": "percent", "‰": "permille", "元": "yuan", "万元": "wan_yuan", "亿元": "yi_yuan",
    "m3/亩": "m3_per_mu", "立方米/亩": "m3_per_mu", "人": "people", "万人": "wan_people", "兆帕": "mpa", "千帕": "kpa",
}  # fmt: skip


def plain(written: str) -> str:
    """Text as compared: NFKC (full-width to half, ³ to 3), no spaces or zero-width characters, lower case."""
    folded = unicodedata.normalize("NFKC", written).lower()
    return "".join(c for c in folded if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc"))


def unit_of_sign(written: str) -> str | None:
    """The file unit a written sign means (`万m³` → `wan_m3`), or none when it is not a unit known here."""
    sign = plain(written)
    if sign in FILE_UNITS:
        return sign
    return _SIGNS.get(sign)


def split_unit(header: str) -> tuple[str, str] | None:
    """A plain header's name and the longest unit written at its end (`用水量/万m3`), none where there is none."""
    for at in range(1, len(header)):
        unit = unit_of_sign(header[at:])
        name = header[:at].rstrip("/_-,:;、")
        if unit and name and not (header[at - 1].isascii() and header[at - 1].isalnum()):
            return name, unit
    return None


def inside_unit(unit: str | None) -> str | None:
    """The inside unit behind a shown unit: `m2_as_mu` → `m2`; others are their own."""
    return unit.split("_as_")[0] if unit else None


def factor(file_unit: str, unit: str | None) -> float:
    """How many inside units one file unit is, for a field shown in `unit`.

    `file_unit` is one of FILE_UNITS, or a shown unit of `words.units` such as `m2_as_mu`.
    AtlasError `problems.unit_mismatch` when the two measure different things.
    """
    found = FILE_UNITS.get(file_unit)
    if found is None and "_as_" in file_unit and file_unit in UNITS:
        found = FileUnit(file_unit.split("_as_")[0], UNITS[file_unit].divisor)
    wanted = inside_unit(unit)
    if file_unit == wanted:
        return 1.0
    if found is None or wanted is None or not _alike(found.inside, wanted):
        raise AtlasError("problems.unit_mismatch", unit=file_unit, expected=wanted or "")
    return found.factor


def _alike(found: str, wanted: str) -> bool:
    """A volume stands for a yearly volume (用水量 in 万m³ of one year); otherwise both must be the same."""
    return found == wanted or {found, wanted} == {"m3", "m3_per_year"}
