"""Where a table begins: titles, header, a row of units, and the rows below, with those that are no data left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from geo.note import Note
from layers.reading.conversion import plain
from layers.reading.rain.dating import looks_dated
from layers.reading.rain.depths import depth_of
from layers.reading.rain.names import Name, boundary_of, name_of
from words.errors import AtlasError

_SEARCHED = 60
_TOTALS = ("合计", "总计", "小计", "共计", "总数", "平均", "均值", "最大", "最小", "月计", "年计", "旬计", "总量",
           "月总", "年总", "降水日数", "日数", "total", "sum", "mean", "average", "avg", "max", "min")  # fmt: skip
_BRACKETS = "()（）[]【】"
Row = tuple[int, Sequence[str]]


@dataclass(frozen=True)
class Table:
    """One table of a file: `titles` above it, its columns, what a row of units says of each, and the rows.

    `body` has the columns 0 … n-1 as text and, as its index, the row as a person counts in the file.
    """

    sheet: str
    titles: tuple[str, ...]
    names: tuple[Name, ...]
    units: tuple[str, ...]
    body: pd.DataFrame
    left_out: tuple[Note, ...] = ()
    long_rows: tuple[int, ...] = field(default=())

    def column(self, *roles: str) -> int | None:
        """The first column that has one of the roles, in the order of the roles."""
        for role in roles:
            for at, name in enumerate(self.names):
                if name.role == role:
                    return at
        return None


def table_of(sheet: str, rows: Sequence[Sequence[str]], file: str) -> Table | None:
    """The table in a sheet's rows, none where nothing stands in it."""
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(row)]
    if not filled:
        return None
    at = _header_at(filled)
    titles = tuple(cell for _, row in filled[: max(at, 0)] for cell in row if cell)
    width = max(len(row) for _, row in filled[:200]) if at < 0 else _width(filled[at][1])
    header = [f"第{place}列" for place in range(1, width + 1)] if at < 0 else [*filled[at][1][:width]]
    header = _told_apart(header)
    below = filled[at + 1 :]
    units, below = _units(below, width)
    kept, left, long_rows = _rows(below, header, file)
    body = pd.DataFrame([cells for _, cells in kept], index=[n for n, _ in kept], columns=range(width), dtype=str)
    if at > 0:
        left["intake.rain.left_titles"] = at
    if any(units):
        left["intake.rain.left_units"] = 1
    notes = tuple(Note(key, {"count": count}) for key, count in left.items())
    return Table(sheet, titles, tuple(name_of(name) for name in header), units, body, notes, long_rows)


def _width(row: Sequence[str]) -> int:
    return max(at for at, cell in enumerate(row, 1) if cell)


def _told_apart(header: list[str]) -> list[str]:
    """Names for columns: blank ones by their place, repeated ones with a number."""
    seen: Counter[str] = Counter()
    found = []
    for place, cell in enumerate(header, 1):
        name = " ".join(cell.split()) or f"第{place}列"
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
    return found


def _header_at(filled: list[Row]) -> int:
    """The place of the header among the filled rows, -1 where the data begin at once."""
    best, most = -1, 0
    for at, (_, row) in enumerate(filled[:_SEARCHED]):
        known = {cell for cell in row if cell and len(cell) <= 60 and name_of(cell).role != "other"}
        known = {cell for cell in known if not cell.replace(".", "").isdigit()}
        score = len(known) if len([cell for cell in row if cell]) > 1 else 0
        if score > most:
            best, most = at, score
        if most >= 2 and at > best + 3:
            break
    if most:
        return best
    dated = next((at for at, (_, row) in enumerate(filled[:_SEARCHED]) if any(map(looks_dated, row))), 0)
    wide = next((at for at in range(dated) if len([cell for cell in filled[at][1] if cell]) > 1), -1)
    return wide if wide >= 0 else dated - 1 if dated and len(filled[dated - 1][1]) > 1 else -1


def _units(below: list[Row], width: int) -> tuple[tuple[str, ...], list[Row]]:
    """A first row of nothing but units and blanks, and the rows after it."""
    if below:
        cells = [cell.strip(_BRACKETS) for cell in below[0][1]]
        data = any(looks_dated(cell) or cell.replace(".", "").isdigit() for cell in cells)
        if any(depth_of(cell) for cell in cells) and not data:
            return tuple([*cells, *[""] * width][:width]), below[1:]
    return ("",) * width, below


def _rows(below: list[Row], header: list[str], file: str) -> tuple[list[Row], dict[str, int], tuple[int, ...]]:
    """The rows of data filled to the width of the header, what was left out by kind, and rows wider than the header."""
    width, left = len(header), Counter[str]()
    kept: list[Row] = []
    long_rows: list[int] = []
    names = {plain(name) for name in header}
    for number, row in below:
        if len(row) > width and any(row[width:]):
            long_rows.append(number)
            continue
        cells = [*row[:width], *[""] * (width - len(row))]
        kind = _no_data(cells, names)
        if kind:
            left[kind] += 1
        else:
            kept.append((number, cells))
    if len(long_rows) * 5 > len(below):
        first = long_rows[0]
        count = next(len(row) for number, row in below if number == first)
        raise AtlasError("geo.errors.table_row_long", file=file, row=first, count=count, expected=width)
    return kept, dict(left), tuple(long_rows)


def _no_data(cells: Sequence[str], names: set[str]) -> str | None:
    """Why a row is no data: totals, the header again, a remark; none for data."""
    words = [plain(cell) for cell in cells if cell and not cell[:1].isdigit() and not cell[-1:].isdigit()]
    words += [plain(cell) for cell in cells if cell and cell[:1].isdigit() and cell[-1:] in "计均值大小数量"]
    if not words:
        return None
    filled = sum(1 for cell in cells if cell)
    if any(word.endswith(_TOTALS) or word.startswith(_TOTALS) for word in words if len(word) <= 16):
        return "intake.rain.left_totals"
    if filled > 1 and sum(word in names for word in words) == filled:
        return "intake.rain.left_headers"
    dated = any(map(looks_dated, cells))
    return "intake.rain.left_remarks" if filled == 1 and not dated and len(words[0]) > 1 else None


def titles_say(table: Table) -> tuple[list[str], int | None]:
    """The unit (its name here) and the hour a day begins that the titles state."""
    units, begins = [], None
    for title in table.titles:
        _, sign, rest = plain(title).partition("单位")
        found = depth_of((rest or "").strip(":()[]【】。;,")) if sign else depth_of(title.strip(_BRACKETS))
        if found:
            units.append(found.name)
        begins = boundary_of(title) if begins is None else begins
    return units, begins
