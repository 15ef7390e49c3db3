"""Tables: CSV and XLSX read as text, cell by cell, so that no library guesses what a code or a date was."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
from openpyxl.worksheet.worksheet import Worksheet

from geo.atomic import aside
from geo.bounds import refuse_long_lines
from geo.files import archive, dbf
from geo.files.delimiter import BLANKS, delimiter_of
from geo.files.encoding import text_codec
from geo.files.sniff import sniff
from geo.note import Note, listed
from words.errors import AtlasError

MAX_CELLS = 5_000_000
_TOTALS = re.compile(r"(合|总|小|共|累)\s*计|总\s*数|全\s*区\s*(?:合\s*)?计|total|sum|grand total", re.I)
_NUMBER = re.compile(r"[-+]?[\d,]*+(?:\.\d++|(?<=\d))(?:[eE][-+]?\d++)?%?\Z")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_UNSTORED = re.compile(rb"(?:</f>|<f [^>]{0,60}/>)\s*+(?:<v\s*+/>\s*+|<v>\s*+</v>\s*+)?+</c>")

Row = list[str]


@dataclass(frozen=True)
class Pages:
    """The sheets of a file, each with its name (empty for a CSV) and rows of text; of a CSV also how it was read."""

    rows: tuple[tuple[str, list[Row]], ...]
    codec: str | None = None
    delimiter: str | None = None


def read_csv(path: str | Path) -> pd.DataFrame:
    """The table of a CSV file, every cell a string (empty for none), headers trimmed.

    Encoding (UTF-8, UTF-16, GB18030, Big5) and delimiter are found by looking. Raises AtlasError for repeated or
    missing headers and for rows longer than the header, naming the row. Remarks: `notes(frame)`.
    """
    path = Path(path)
    pages = pages_of_csv(path)
    found = [Note("geo.errors.note.encoding_found", {"encoding": pages.codec.upper()})] if pages.codec else []
    return _frame(pages.rows[0][1], path.name, found)


def read_xlsx(path: str | Path, *, sheet: str | None = None) -> pd.DataFrame:
    """The table on one sheet (by default the first with a table), every cell a string, formulas by stored value.

    The header is looked for under title rows; headers on two rows and merged cells are joined and filled; rows of
    totals (合计, 小计 …) are dropped and noted. Remarks: `notes(frame)`. Raises AtlasError as `read_csv` does.
    """
    path = Path(path)
    return _sheet_frame(_chosen(_opened(path), path, sheet), path.name)


def read_sheets(path: str | Path) -> dict[str, pd.DataFrame]:
    """The table on every visible sheet that has one, by the sheet's name, each as `read_xlsx` reads it.

    A sheet whose table cannot be read is left out, unless it is the only one: then AtlasError.
    """
    path = Path(path)
    pages = [page for page in _opened(path).worksheets if page.sheet_state == "visible"]
    found: dict[str, pd.DataFrame] = {}
    for page in pages:
        try:
            _refuse_large(page, path)
            found[page.title] = _sheet_frame(page, path.name)
        except AtlasError:
            if len(pages) == 1:
                raise
    if not found:
        raise AtlasError("geo.errors.table_empty", file=path.name)
    return found


def unstored(path: str | Path) -> int:
    """How many cells of a workbook are formulas whose result was never stored."""
    return sum(
        len(_UNSTORED.findall(content))
        for name, content in archive.contents(Path(path), suffixes=(".xml",))
        if "worksheets/" in name
    )


def _opened(path: Path) -> openpyxl.Workbook:
    _refuse_other(path, "XLSX")
    _refuse_entities(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # openpyxl speaks of styles and checks it leaves out
            return openpyxl.load_workbook(path, data_only=True)
    except Exception as error:
        raise AtlasError("geo.errors.xlsx_broken", file=path.name) from error


def pages_of(path: str | Path) -> Pages:
    """The cells of every visible sheet of a workbook, or of the one table of a CSV, as text and not yet judged."""
    path = Path(path)
    if sniff(path) != "XLSX":
        return pages_of_csv(path, blanks=True)
    found = []
    for page in _opened(path).worksheets:
        if page.sheet_state == "visible":
            if page.max_row * page.max_column > MAX_CELLS:
                raise AtlasError("geo.errors.table_too_big", file=path.name, most=MAX_CELLS)
            rows = [[_text(cell) for cell in row] for row in page.iter_rows(values_only=True)]
            _fill_merged(page, rows)
            found.append((page.title, rows))
    return Pages(tuple(found))


def pages_of_csv(path: Path, *, blanks: bool = False) -> Pages:
    """The cells of a CSV: encoding and delimiter found by looking, blank lines kept so that rows count as in the file.

    With `blanks` cells may also be kept apart by nothing but blanks.
    """
    _refuse_other(path, "CSV")
    content = path.read_bytes()
    codec = text_codec(content)
    if codec is None:
        raise AtlasError("geo.errors.unknown_content", file=path.name)
    text = content.decode(codec)
    refuse_long_lines(text, path.name)
    delimiter = delimiter_of(text, blanks=blanks)
    rows = _rows(path, text, delimiter)
    return Pages((("", rows),), None if codec[:5] == "utf-8" else codec, delimiter)


def notes(frame: pd.DataFrame) -> tuple[Note, ...]:
    """What the reader remarked on this table (kept with the frame)."""
    return tuple(frame.attrs.get("notes", ()))


def write_csv(frame: pd.DataFrame, path: str | Path) -> None:
    """Write a table as UTF-8 with BOM, as Excel expects it; text that Excel would run as a formula gets a `'` first."""
    with aside(Path(path)) as target, target.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow([harmless(str(column)) for column in frame.columns])
        for row in frame.itertuples(index=False, name=None):
            writer.writerow([harmless(value) for value in row])


def harmless(value: object) -> object:
    """A cell that no spreadsheet runs: text beginning like a formula gets a leading apostrophe, numbers stay."""
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, str) and value.startswith(_FORMULA) and not _NUMBER.match(value):
        return "'" + value
    return value


def _refuse_other(path: Path, wanted: str) -> None:
    driver = sniff(path)
    if driver != wanted:
        raise AtlasError("geo.errors.not_table", file=path.name, kind=driver)


def _refuse_entities(path: Path) -> None:
    """XML that declares entities can blow up or reach outside; a workbook never needs it. Cells are counted too."""
    for name, content in archive.contents(path, suffixes=(".xml", ".rels")):
        if content.count(b"<c ") + content.count(b"<c>") + content.count(b"<c/") > MAX_CELLS:
            raise AtlasError("geo.errors.table_too_big", file=path.name, most=MAX_CELLS)
        plain = content.replace(b"\0", b"")
        if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
            raise AtlasError("geo.errors.doctype", file=f"{path.name}/{name}")


def _rows(path: Path, text: str, delimiter: str) -> list[Row]:
    if delimiter == BLANKS:
        return [line.split() for line in text.splitlines()]
    if text.count(delimiter) + text.count("\n") > MAX_CELLS:
        raise AtlasError("geo.errors.table_too_big", file=path.name, most=MAX_CELLS)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False))
    except csv.Error as error:
        raise AtlasError("geo.errors.csv_broken", file=path.name) from error
    return [[_as_meant(cell.strip()) for cell in row] for row in rows]


def _as_meant(cell: str) -> str:
    """A cell without the apostrophe that `harmless` put before what looks like a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell


def _frame(rows: Sequence[Row], file: str, found: list[Note], *, header: int = 0) -> pd.DataFrame:
    """Rows under their header as a frame; blank rows fall away, short rows are filled."""
    while header < len(rows) and not any(rows[header]):
        header += 1
    if header >= len(rows):
        raise AtlasError("geo.errors.table_empty", file=file)
    names = _names(rows[header], file)
    body: list[Row] = []
    for number, row in enumerate(rows[header + 1 :], header + 2):
        if not any(row):
            continue
        if any(row[len(names) :]):
            raise AtlasError("geo.errors.table_row_long", file=file, row=number, count=len(row), expected=len(names))
        body.append([*row[: len(names)], *[""] * (len(names) - len(row))])
    frame = pd.DataFrame(body, columns=names, dtype=str)
    frame.attrs["notes"] = tuple(found)
    return frame


def _names(header: Row, file: str) -> list[str]:
    names = [" ".join(cell.split()) for cell in header]
    while names and not names[-1]:
        names.pop()
    for place, name in enumerate(names):
        if not name:
            raise AtlasError("geo.errors.table_no_header", file=file, column=place + 1)
        if name in names[:place]:
            raise AtlasError("geo.errors.table_header_twice", file=file, field=name)
    return names


def _chosen(book: openpyxl.Workbook, path: Path, sheet: str | None) -> Worksheet:
    worksheets = [page for page in book.worksheets if page.sheet_state == "visible"]
    if sheet is not None:
        worksheets = [page for page in book.worksheets if page.title == sheet]
    for page in worksheets:
        _refuse_large(page, path)
        if page.max_row > 1 or page.max_column > 1:
            return page
    if sheet is not None and not worksheets:
        names = ", ".join(book.sheetnames)
        raise AtlasError("geo.errors.no_layer", file=path.name, names=names)
    raise AtlasError("geo.errors.table_empty", file=path.name)


def _refuse_large(page: Worksheet, path: Path) -> None:
    if page.max_row * page.max_column > MAX_CELLS:
        raise AtlasError("geo.errors.table_too_big", file=path.name, most=MAX_CELLS)


def _sheet_frame(page: Worksheet, file: str) -> pd.DataFrame:
    found: list[Note] = []
    rows = [[_text(cell) for cell in row] for row in page.iter_rows(values_only=True)]
    merged = _fill_merged(page, rows)
    header = _header_row(rows, merged)
    if header is None:
        raise AtlasError("geo.errors.table_empty", file=file)
    if header:
        found.append(Note("geo.errors.note.title_rows", {"count": header}))
    header = _join_second_header(rows, header, merged)
    kept, dropped = rows[: header + 1], []
    for number, row in enumerate(rows[header + 1 :], header + 2):
        if _is_total(row):
            dropped.append(number)
        kept.append([""] * len(row) if _is_total(row) else row)
    if dropped:
        found.append(Note("geo.errors.note.totals_dropped", {"count": len(dropped), "rows": listed(dropped)}))
    return _frame(kept, file, found, header=header)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        plain = value.hour == value.minute == value.second == 0
        return value.date().isoformat() if plain else value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _fill_merged(page: Worksheet, rows: list[Row]) -> dict[int, int]:
    """Write a merged block's text into all its cells; returns per row (from 0) the widest merge that begins in it."""
    widest: dict[int, int] = {}
    for block in page.merged_cells.ranges:
        text = rows[block.min_row - 1][block.min_col - 1]
        widest[block.min_row - 1] = max(widest.get(block.min_row - 1, 1), block.max_col - block.min_col + 1)
        for row in range(block.min_row - 1, min(block.max_row, len(rows))):
            for column in range(block.min_col - 1, min(block.max_col, len(rows[row]))):
                rows[row][column] = text
    return widest


def _header_row(rows: list[Row], merged: dict[int, int]) -> int | None:
    """The first row filled as widely as the table below it, and not with one merged title or bare numbers."""
    width = max((len({cell for cell in row if cell}) for row in rows[:200]), default=0)
    for number, row in enumerate(rows[:50]):
        filled = [cell for cell in row if cell]
        wordy = sum(not _NUMBER.match(cell) for cell in filled)
        if filled and len(set(filled)) * 2 > width and wordy * 2 > len(filled) and len(set(filled)) > min(1, width - 1):
            return number
    return next((number for number, row in enumerate(rows) if any(row)), None)


def _join_second_header(rows: list[Row], header: int, merged: dict[int, int]) -> int:
    """Join a header of two rows (a merged group name over its columns) into one; returns the last header row."""
    if merged.get(header, 1) < 2 or header + 1 >= len(rows):
        return header
    below = rows[header + 1]
    if any(_NUMBER.match(cell) for cell in below if cell):
        return header
    pairs = zip(rows[header], below, strict=True)
    rows[header + 1] = [upper if lower in ("", upper) else f"{upper} {lower}".strip() for upper, lower in pairs]
    return header + 1


def _is_total(row: Row) -> bool:
    words = [cell for cell in row if cell and not _NUMBER.match(cell)]
    first = re.sub(r"[\s::]", "", words[0]) if words else ""
    return bool(first) and len(words) <= 2 and _TOTALS.fullmatch(first) is not None


def read_dbf(path: str | Path) -> pd.DataFrame:
    """The table of a .dbf (such as the class table beside a raster), every cell a string, headers as written.

    Text is UTF-8 where every byte is, else GB18030. Raises AtlasError as `geo.files.dbf.read` does.
    """
    table = dbf.read(Path(path))
    codec = "utf-8" if table.is_utf8 else "gb18030"
    cells = {
        column.name.decode(codec, "replace"): [cell.decode(codec, "replace").strip() for cell in table.cells(column)]
        for column in table.columns
    }
    return pd.DataFrame(cells, dtype=str)
