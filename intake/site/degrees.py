"""Degrees, minutes and seconds in their usual spellings, turned into decimal degrees; AtlasError beyond their range.

29°30′15″N, 29度30分15秒, 29-30-15, 29:30:15, 29.30.15.2, 29 30 15, and without a sign 293015.5, 29.30155 and 2930.2583.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from words.errors import AtlasError

_PRIMES = str.maketrans({"″": '"', "”": '"', "“": '"', "′": "'", "’": "'", "‘": "'", "º": "°", "˚": "°", "－": "-"})
_SIGNS = re.compile(
    r"""(?P<deg>\d{1,3}(?:\.\d{1,15})?)\s{0,3}(?:°|度)\s{0,3}
        (?:(?P<min>\d{1,2}(?:\.\d{1,15})?)\s{0,3}(?:'(?!')|分)\s{0,3})?
        (?:(?P<sec>\d{1,2}(?:\.\d{1,15})?)(?![\d.])(?!\s{0,3}(?:°|度|分|'(?!')))\s{0,3}(?:"|''|秒)?)?""",
    re.X,
)
_PART = r"(?P<deg>\d{1,3})%s(?P<min>\d{1,2})%s(?P<sec>\d{1,2}(?:\.\d{1,15})?)"
_HYPHENS = re.compile(rf"(?<![\d.:A-Za-z-]){_PART % ('-', '-')}(?![\d:-])")
_COLONS = re.compile(rf"(?<![\d.:A-Za-z-]){_PART % (':', ':')}(?![\d:-])")
_DOTS = re.compile(rf"(?<![\d.:A-Za-z-]){_PART % (chr(92) + '.', chr(92) + '.')}(?![\d.])")
_AXES = (("东经", "E"), ("北纬", "N"), ("东", "E"), ("北", "N"))
# `++`, `*+`, `?+` never go back: a run of blanks or digits is looked at once, see tests/house/test_patterns.py
NUMBER = r"[-+]?+(?<!\d)\d++(?:\.\d++)?+(?:[eE][-+]?+\d++)?+"
TOKEN = re.compile(rf"(?:([EN])\s*+)?+({NUMBER})(?:\s*+([EN])(?![A-Za-z\d]))?+(?![A-Za-z\d])")


def plain_text(text: str) -> str:
    """The text with one sign for each meaning: half-width, one kind of prime, E and N for the axes."""
    plain = unicodedata.normalize("NFKC", text.translate(_PRIMES)).translate(_PRIMES)
    for word, axis in _AXES:
        plain = plain.replace(word, axis)
    return plain


def decimals(line: str, row: int) -> tuple[str, bool]:
    """A line with its degrees, minutes and seconds as decimal numbers, and whether there were any."""
    count = 0
    for pattern in (_SIGNS, _HYPHENS, _COLONS, _DOTS):
        line, found = pattern.subn(lambda one: _decimal(one, row), line)
        count += found
    return line, count > 0


def degrees_of(cell: str) -> float | None:
    """The number in a table's cell, decimal or degrees-minutes-seconds; none when there is none."""
    numbers = [float(number) for _, number, _ in TOKEN.findall(decimals(plain_text(cell).replace(",", ""), 0)[0])]
    if len(numbers) == 3 and triples([numbers]):
        return of_parts(*numbers)
    return numbers[0] if len(numbers) == 1 else None


def triples(lines: Sequence[Sequence[float]]) -> bool:
    """Whether every line is made of whole degrees, whole minutes and seconds, three by three."""
    return all(
        len(line) % 3 == 0
        and all(
            degrees.is_integer()
            and 0 <= degrees <= 180
            and minutes.is_integer()
            and 0 <= minutes < 60
            and 0 <= seconds < 60
            for degrees, minutes, seconds in zip(line[::3], line[1::3], line[2::3], strict=True)
        )
        for line in lines
    )


def of_parts(degrees: float, minutes: float, seconds: float) -> float:
    """Decimal degrees."""
    return degrees + minutes / 60 + seconds / 3600


def unpacked(value: float, *, scale: float = 1.0) -> float | None:
    """Decimal degrees of a number written as DDDMMSS.s, none where its minutes or seconds are beyond their range.

    `scale` is 10,000 for numbers written as DDD.MMSSs.
    """
    packed = round(value * scale, 9)
    whole = int(packed)
    degrees, minutes, seconds = whole // 10_000, whole // 100 % 100, packed - whole // 100 * 100
    return of_parts(degrees, minutes, seconds) if 0 < degrees <= 180 and minutes < 60 and seconds < 60 else None


def unpacked_minutes(value: float) -> float | None:
    """Decimal degrees of a number written as DDDMM.mmm (as satellite receivers do), none where it cannot be."""
    degrees, minutes = divmod(value, 100.0)
    return of_parts(degrees, minutes, 0.0) if 0 < degrees <= 180 and minutes < 60 else None


def _decimal(found: re.Match[str], row: int) -> str:
    degrees, minutes, seconds = (float(found[part] or 0) for part in ("deg", "min", "sec"))
    if minutes >= 60 or seconds >= 60 or degrees > 180:
        raise AtlasError("siting.errors.dms_range", row=row, value=found[0].strip())
    return f" {of_parts(degrees, minutes, seconds):.12f} "
