"""Coordinates pasted as text: decimal or degrees-minutes-seconds, degrees or metres, either order, one point a line.

A blank line begins a new parcel, a line of words names it, a line of column names is neither. Three or more places are
a polygon, two a line, one a point; numbered corners are understood as in a table. Nothing is said here of the
coordinate system; where letters (E, N, 东经, 北纬) tell the order, it is put right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pandas as pd
import shapely

from geo.bounds import refuse_deep, refuse_long_lines, refuse_many
from geo.doubt import Answers
from geo.note import Note, Said
from intake.site.degrees import TOKEN, decimals, of_parts, plain_text, triples
from intake.site.found import Found, parcels_of
from intake.site.numbering import Corner, Pair, rings_of
from intake.site.rows import shapes_of
from intake.site.table import is_header, is_heading, of_table
from words.errors import AtlasError

_LABEL = re.compile(
    r"\A\s*+(?P<label>[A-Za-z\u4e00-\u9fff_#-]++(?:\s*+\d++(?=[,::、\s])|(?=[,::、\s])))[,::、\s]++(?=[\dEN+-])"
)
_WKT = re.compile(r"\A\s*+(?:SRID=(?P<srid>\d{1,6})\s{0,3};\s{0,3})?(?P<kind>[A-Z]{4,20})\s*+Z?M?\s*+\(", re.I)
_WKT_WITHIN = re.compile(r"(?<![A-Za-z])(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\s*+(?:ZM?|M)?\s*+\(", re.I)
_ROUND = re.compile(r"半径|直径|radius|diameter", re.I)
_CURVED = ("CIRCULARSTRING", "COMPOUNDCURVE", "CURVEPOLYGON", "MULTICURVE", "MULTISURFACE")
_SHAPES = ("POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION")
MOST_LABEL = 9_999_999


@dataclass(frozen=True)
class _Line:
    row: int
    written: str
    numbers: list[float]
    axes: list[str]
    label: str
    plain: bool  # the first number is written as a whole one


@dataclass(frozen=True)
class _Block:
    name: str
    lines: tuple[_Line, ...]


def of_text(text: str, answers: Answers) -> Found:
    """The shapes of a pasted text; AtlasError `siting.errors.*` naming the first line that cannot be read."""
    kind = _WKT.match(text)
    several = sum(_WKT.match(line) is not None for line in text.splitlines()) > 1
    if kind and kind["kind"].upper() in (*_SHAPES, *_CURVED) and not several:
        return _wkt(text, kind)
    refuse_long_lines(text, "")
    refuse_many(text.count("\n"), "")
    if holds_wkt(text):
        return _wkt_rows(text)
    plain = plain_text(text)
    plain = plain.replace(";", "\n") if plain.count("\n") <= 1 else plain.replace(";", " ")
    table = _as_table(unicodedata.normalize("NFKC", text))
    if table is not None:
        return of_table(table, answers)
    written = [decimals(line, row) for row, line in enumerate(plain.splitlines(), 1)]
    blocks = [block for block in _blocks(plain.splitlines(), [line for line, _ in written]) if block.lines]
    lines = [line for block in blocks for line in block.lines]
    if not lines:
        raise AtlasError("siting.errors.no_coordinates")
    said = [Note("siting.read.dms")] if any(had for _, had in written) else []
    blocks = _columns(blocks, lines, said)
    ordered = all("E" in line.axes and "N" in line.axes for line in lines)
    parcels: list[tuple[str, shapely.Geometry]] = []
    more = Said(assumed=tuple(said))
    for block in blocks:
        shapes, own = shapes_of([corner for line in block.lines for corner in _corners(line)], answers)
        more += own
        points = len(shapes) > 1 and shapes[0][1].geom_type == "Point"
        parcels += [(name if points else _part(block.name, at), shape) for at, (name, shape) in enumerate(shapes, 1)]
    return Found(parcels_of(parcels), None, more, ordered)


def _part(name: str, at: int) -> str:
    return name if at == 1 or not name else f"{name}-{at}"


def _wkt(text: str, kind: re.Match[str]) -> Found:
    if kind["kind"].upper() in _CURVED:
        raise AtlasError("intake.site.foreign.curves", file="WKT")
    refuse_deep(text, "")
    refuse_many(text.count(","), "")
    try:
        shape = shapely.from_wkt(text[kind.start("kind") :])
    except shapely.GEOSException as error:
        raise AtlasError("siting.errors.line_unread", row=1, value=text.strip()[:40]) from error
    return Found(parcels_of([("", shape)]))


def holds_wkt(text: str) -> bool:
    """Whether a text has shapes in WKT somewhere in it."""
    return _WKT_WITHIN.search(text) is not None


def _wkt_rows(text: str) -> Found:
    """A shape in WKT a line, named by what stands before it; AtlasError for a line with numbers and no shape."""
    refuse_deep(text, "")
    pairs = []
    for row, line in enumerate(text.splitlines(), 1):
        found = _WKT_WITHIN.search(line)
        if found is None:
            if any(sign.isdigit() for sign in line):
                raise AtlasError("siting.errors.line_unread", row=row, value=line.strip()[:40])
            continue
        try:
            shape = shapely.from_wkt(line[found.start() : line.rindex(")") + 1])
        except (shapely.GEOSException, ValueError) as error:
            raise AtlasError("siting.errors.line_unread", row=row, value=line.strip()[:40]) from error
        pairs.append((re.split(r"[,;\t|]", line[: found.start()])[0].strip(" \"'"), shape))
    return Found(parcels_of(pairs))


def _as_table(plain: str) -> pd.DataFrame | None:
    """The text as a table where its first line names columns and every other has as many cells; none otherwise."""
    lines = [line.strip() for line in plain.splitlines() if line.strip()]
    if len(lines) < 2:
        return None
    for sign in ("\t", ",", "|", None):
        head = [cell.strip() for cell in lines[0].split(sign)]
        if len(head) < 2 or len(set(head)) < len(head) or not is_header(head):
            continue
        rows = [[cell.strip() for cell in line.split(sign)] for line in lines[1:]]
        if all(len(row) == len(head) for row in rows):
            return pd.DataFrame(rows, columns=head, dtype=str)
    return None


def _blocks(plain: Sequence[str], decimal: Sequence[str]) -> Iterator[_Block]:
    name: str = ""
    lines: list[_Line] = []
    for row, (written, bare) in enumerate(zip(plain, decimal, strict=True), 1):
        if not written.strip():
            yield _Block(name, tuple(lines))
            name, lines = "", []
            continue
        if not any(sign.isalnum() for sign in written):  # a rule under a heading
            continue
        if _ROUND.search(written):
            raise AtlasError("siting.errors.line_unread", row=row, value=written.strip()[:40])
        line = _line(row, written, bare)
        header = is_header(re.split(r"[,;\t|\s]", written))
        if header or not line.numbers:
            if lines:
                yield _Block(name, tuple(lines))
                lines = []
            name = "" if header or is_heading(written) else written.strip().strip(":,")
            continue
        lines.append(line)
    yield _Block(name, tuple(lines))


def _line(row: int, written: str, bare: str) -> _Line:
    """The numbers of a line with the axis letters beside them, a leading label apart."""
    label = _LABEL.match(bare)
    rest = bare[label.end() :] if label else bare
    numbers, axes, first = [], [], ""
    for before, number, after in TOKEN.findall(rest):
        first = first or number
        numbers.append(float(number))
        axes += [before or after] if before or after else []
    return _Line(row, written.strip(), numbers, axes, label["label"].strip() if label else "", first.isdigit())


def _columns(blocks: list[_Block], lines: list[_Line], said: list[Note]) -> list[_Block]:
    """The blocks with the two coordinates of each line alone, or with several pairs where lines hold them in a row."""
    counts = {len(line.numbers) for line in lines}
    if counts == {2}:
        return blocks
    if counts == {4} and all(_in_minutes(line.numbers) for line in lines):
        said.append(Note("siting.read.dms"))
        return [
            _Block(b.name, tuple(replace(one, numbers=_from_minutes(one.numbers)) for one in b.lines)) for b in blocks
        ]
    numbered = len(lines) > 1 and counts <= {3, 4, 7} and _is_numbering(blocks)
    if numbered:
        said.append(Note("siting.read.numbered"))
        blocks = [_Block(block.name, tuple(_unnumbered(line) for line in block.lines)) for block in blocks]
        lines = [line for block in blocks for line in block.lines]
        counts = {len(line.numbers) for line in lines}
    if counts == {6} and triples([line.numbers for line in lines]):
        said.append(Note("siting.read.dms"))
        return [_Block(block.name, tuple(_from_parts(line) for line in block.lines)) for block in blocks]
    if counts in ({2}, {3}):
        if counts == {3}:
            said.append(Note("siting.read.heights"))
        return [_Block(b.name, tuple(replace(one, numbers=one.numbers[:2]) for one in b.lines)) for b in blocks]
    if all(len(line.numbers) % 2 == 0 for line in lines):
        return blocks
    odd = next(line for line in lines if len(line.numbers) % 2)
    raise AtlasError("siting.errors.line_unread", row=odd.row, value=odd.written[:40])


def _in_minutes(numbers: Sequence[float]) -> bool:
    """Whether four numbers are whole degrees and minutes with a fraction, twice."""
    parts = [numbers[0], numbers[1] // 1, 0.0, numbers[2], numbers[3] // 1, 0.0]
    return triples([parts]) and numbers[1] % 1 + numbers[3] % 1 > 0


def _from_minutes(numbers: Sequence[float]) -> list[float]:
    return [of_parts(numbers[0], numbers[1], 0), of_parts(numbers[2], numbers[3], 0)]


def _is_numbering(blocks: Sequence[_Block]) -> bool:
    """Whether the first number of every line is a corner's: whole, and running on, closing or beginning anew."""
    for block in blocks:
        if not all(line.plain and line.numbers[0] <= MOST_LABEL for line in block.lines):
            return False
        corners = [
            Corner(line.row, str(int(line.numbers[0])), (line.numbers[1], line.numbers[2])) for line in block.lines
        ]
        numbers = [int(corner.label) for corner in corners]
        rings = rings_of(corners)
        if len(set(numbers)) > 1 and sorted(set(numbers)) == list(range(min(numbers), max(numbers) + 1)):
            continue
        if not all(_steady([int(one.label) for one in ring]) for ring in rings):
            return False
    return True


def _steady(numbers: Sequence[int]) -> bool:
    """Whether numbers go up in small steps."""
    return all(0 < after - before <= 20 for before, after in pairwise(numbers))


def _unnumbered(line: _Line) -> _Line:
    label = line.label or str(int(line.numbers[0]))
    return replace(line, numbers=line.numbers[1:], label=label)


def _from_parts(line: _Line) -> _Line:
    n = line.numbers
    return replace(line, numbers=[of_parts(*n[:3]), of_parts(*n[3:])])


def _corners(line: _Line) -> Iterator[Corner]:
    for pair in zip(line.numbers[::2], line.numbers[1::2], strict=True):
        turned: Pair = (pair[1], pair[0]) if line.axes[:2] == ["N", "E"] else pair
        yield Corner(line.row, line.label, turned)
