"""Coordinates pasted as text: decimal or degrees-minutes-seconds, degrees or metres, either order, one point a line.

A blank line begins a new parcel; a line of words names it. Three or more places are a polygon, two a line, one a
point. Nothing is said here of the coordinate system; where letters (E, N, 东经, 北纬) tell the order, it is put right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geo.bounds import refuse_deep, refuse_long_lines, refuse_many
from geo.note import Note
from geo.reached import each
from words.errors import AtlasError

_PRIMES = str.maketrans({"″": '"', "”": '"', "“": '"', "′": "'", "’": "'", "‘": "'", "º": "°", "˚": "°"})
_DMS = re.compile(
    r"""(?P<deg>\d{1,3}(?:\.\d+)?)\s*(?:°|度)\s*
        (?:(?P<min>\d{1,2}(?:\.\d+)?)\s*(?:'(?!')|分)\s*)?
        (?:(?P<sec>\d{1,2}(?:\.\d+)?)\s*(?:"|''|秒)?)?""",
    re.X,
)
_AXES = (("东经", "E"), ("北纬", "N"), ("东", "E"), ("北", "N"))
# `++`, `*+`, `?+` never go back: a run of blanks or digits is looked at once, see tests/house/test_patterns.py
_NUMBER = r"[-+]?+(?<!\d)\d++(?:\.\d++)?+(?:[eE][-+]?+\d++)?+"
_TOKEN = re.compile(rf"(?:([EN])\s*+)?+({_NUMBER})(?:\s*+([EN])(?![A-Za-z\d]))?+(?![A-Za-z\d])")
_LABEL = re.compile(r"\A\s*+[A-Za-z\u4e00-\u9fff_#-]++(?:\s*+\d++[,::、\s]++|[,::、\s]++)(?=[\dEN+-])")
_WKT = re.compile(r"\A\s*+(MULTI)?(POLYGON|POINT|LINESTRING)\s*+Z?M?\s*+\(", re.I)

Pair = tuple[float, float]


@dataclass(frozen=True)
class Pasted:
    """Parcels as (name, shape) with the coordinates in the order found, `ordered` when the text told which is east.

    `notes` say how the text was understood; `degrees` that it was written in degrees, minutes and seconds.
    """

    parcels: tuple[tuple[str, BaseGeometry], ...]
    ordered: bool
    degrees: bool
    notes: tuple[Note, ...]


@dataclass
class _Line:
    row: int
    written: str
    numbers: list[float]
    axes: list[str]


def parse_pasted(text: str) -> Pasted:
    """The shapes of a pasted text; AtlasError `siting.errors.*` naming the first line that cannot be read."""
    if _WKT.match(text):
        return _wkt(text)
    refuse_long_lines(text, "")
    refuse_many(text.count("\n"), "")
    plain = _plain(text)
    degrees = "°" in plain or "度" in plain
    blocks = [block for block in _blocks(plain) if block[1]]
    lines = [line for _, block in blocks for line in block]
    if not lines:
        raise AtlasError("siting.errors.no_coordinates")
    notes = [Note("siting.read.dms")] if degrees else []
    columns = _columns(lines, notes)
    ordered = all("E" in line.axes and "N" in line.axes for line in lines)
    parcels = []
    for at, (name, block) in enumerate(each(blocks, "feature"), 1):
        places = [pair for line in block for pair in _pairs(line, columns)]
        parcels.append((name or str(at), shape_of(places)))
    return Pasted(tuple(parcels), ordered, degrees, tuple(notes))


def shape_of(places: list[Pair]) -> BaseGeometry:
    """A point of one place, a line of two, else a polygon; a repeated first place closes it."""
    if len(places) > 1 and places[0] == places[-1]:
        places = places[:-1]
    if len(places) == 1:
        return shapely.Point(places[0])
    return shapely.LineString(places) if len(places) == 2 else shapely.Polygon(places)


def degrees_of(cell: str) -> float | None:
    """The number in a table's cell, decimal or degrees-minutes-seconds; none when there is none."""
    numbers = _line(0, _plain(cell)).numbers
    return numbers[0] if len(numbers) == 1 else None


def _wkt(text: str) -> Pasted:
    refuse_deep(text, "")
    refuse_many(text.count(","), "")
    try:
        shape = shapely.from_wkt(text)
    except shapely.GEOSException as error:
        raise AtlasError("siting.errors.line_unread", row=1, value=text.strip()[:40]) from error
    return Pasted((("1", shapely.force_2d(shape)),), False, False, ())


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text.translate(_PRIMES)).translate(_PRIMES)
    for word, axis in _AXES:
        plain = plain.replace(word, axis)
    return plain.replace(";", "\n") if plain.count("\n") <= 1 else plain.replace(";", " ")


def _blocks(plain: str) -> Iterator[tuple[str, list[_Line]]]:
    name, block = "", []
    for row, written in enumerate(each(plain.splitlines(), "line"), 1):
        if not written.strip():
            yield name, block
            name, block = "", []
            continue
        line = _line(row, written)
        if not line.numbers or not re.search(r"\d", written):
            if block:
                yield name, block
                block = []
            name = written.strip().strip(":,")
            continue
        block.append(line)
    yield name, block


def _line(row: int, written: str) -> _Line:
    """The numbers of a line with the axis letters beside them, a leading label left out."""
    bare = _DMS.sub(lambda found: _decimal(found, row), _LABEL.sub("", written))
    numbers, axes = [], []
    for before, number, after in _TOKEN.findall(bare):
        numbers.append(float(number))
        axes += [before or after] if before or after else []
    return _Line(row, written.strip(), numbers, axes)


def _decimal(found: re.Match[str], row: int) -> str:
    degrees, minutes, seconds = (float(found[part] or 0) for part in ("deg", "min", "sec"))
    if minutes >= 60 or seconds >= 60 or degrees > 180:
        raise AtlasError("siting.errors.dms_range", row=row, value=found[0].strip())
    return f" {degrees + minutes / 60 + seconds / 3600:.12f} "


def _columns(lines: list[_Line], notes: list[Note]) -> tuple[int, int] | None:
    """Which numbers of each line are the coordinates; none where lines hold several points in a row."""
    counts = {len(line.numbers) for line in lines}
    numbered = len(lines) > 1 and [line.numbers[0] for line in lines] in (
        [float(k) for k in range(first, first + len(lines))] for first in (0, 1)
    )
    if counts == {2}:
        return 0, 1
    if counts <= {3, 4} and len(counts) == 1:
        width = counts.pop()
        if numbered:
            notes.append(Note("siting.read.numbered"))
        if width - numbered > 2:
            notes.append(Note("siting.read.heights"))
        if width - numbered in (2, 3):
            return (1, 2) if numbered else (0, 1)
    if all(len(line.numbers) % 2 == 0 for line in lines):
        return None
    odd = next(line for line in lines if len(line.numbers) % 2)
    raise AtlasError("siting.errors.line_unread", row=odd.row, value=odd.written[:40])


def _pairs(line: _Line, columns: tuple[int, int] | None) -> Iterator[Pair]:
    if columns is None:
        yield from zip(line.numbers[::2], line.numbers[1::2], strict=True)
        return
    pair = line.numbers[columns[0]], line.numbers[columns[1]]
    yield (pair[1], pair[0]) if line.axes[:2] == ["N", "E"] else pair
