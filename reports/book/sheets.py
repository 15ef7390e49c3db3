"""How any workbook of the atlas is written: its notes, its tables, cells by their type, page set-up, titles."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from maps.look.style import INK, THEME_COLOURS
from maps.printed.font import ems
from words import Language, text
from words.markup import legible

FONT = "微软雅黑"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\']")
_WIDEST = 44
_LONGEST_TEXT = 32_767


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its head, its values, and the format of its numbers (none for texts)."""

    head: str
    values: pd.Series
    shape: str | None = None


def columns_of(heads: Iterable[str], rows: Sequence[Sequence[object]], shapes: Iterable[str | None]) -> list[Column]:
    """The columns of a table given row by row."""
    return [
        Column(head, pd.Series([row[n] for row in rows], dtype=object), shape)
        for n, (head, shape) in enumerate(zip(heads, shapes, strict=True))
    ]


def saved(book: Workbook) -> bytes:
    """The workbook as a file (XLSX)."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def add_sheet(book: Workbook, title: str) -> Worksheet:
    """A further sheet under a title Excel accepts."""
    return book.create_sheet(sheet_title(title, book.sheetnames))


def write_title(sheet: Worksheet, title: str, *, widths: Sequence[float], language: Language) -> None:
    """Make a sheet the notes of its book: its name, its title in the first row, its columns, its page."""
    sheet.title = text("reports.notes", language)
    put(sheet.cell(1, 1), title)
    sheet.cell(1, 1).font = Font(name=FONT, size=16, bold=True, color=INK[1:])
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    set_page(sheet)


def write_rows(sheet: Worksheet, rows: Iterable[Sequence[object]], *, row: int) -> None:
    """Plain rows of values from `row` on."""
    for n, values in enumerate(rows, start=row):
        for column, value in enumerate(values, start=1):
            put(sheet.cell(n, column), value)


def write_table(sheet: Worksheet, columns: Sequence[Column], *, theme: str, row: int = 1, wrap: bool = False) -> None:
    """A table under the heads in `row`: numbers to the right, texts to the left, wrapped where `wrap` says so."""
    write_head(sheet, [column.head for column in columns], row=row, theme=theme)
    for n, column in enumerate(columns, start=1):
        horizontal, indent = ("right", 0) if column.shape else ("left", 1)
        side = Alignment(horizontal, indent=indent)
        if wrap:
            side = Alignment(horizontal, "top", wrap_text=not column.shape, indent=indent)
        for below, value in enumerate(column.values.tolist(), start=row + 1):
            put(sheet.cell(below, n), value, number_format=column.shape)
            sheet.cell(below, n).alignment = side
        sheet.cell(row, n).alignment = Alignment(horizontal, "center", wrap_text=True, indent=indent)
        sheet.column_dimensions[get_column_letter(n)].width = column_width(column.head, column.values)
    sheet.freeze_panes = f"B{row + 1}"
    sheet.print_title_rows = f"1:{row}"
    set_page(sheet)


def add_filter(sheet: Worksheet, *, row: int = 1) -> None:
    """Let a reader filter the table whose heads stand in `row`, the last of its sheet."""
    sheet.auto_filter.ref = f"A{row}:{get_column_letter(sheet.max_column)}{sheet.max_row}"


def set_page(sheet: Worksheet) -> None:
    """Landscape A4, as wide as one page, as many pages long as it takes."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def write_head(sheet: Worksheet, headers: Sequence[str], *, row: int, theme: str) -> None:
    """A row of heads in the theme's colour."""
    fill = PatternFill("solid", fgColor=THEME_COLOURS[theme][1:])
    for column, header in enumerate(headers, start=1):
        cell = sheet.cell(row, column)
        put(cell, header)
        cell.font = Font(name=FONT, bold=True, color="FFFFFF")
        cell.fill = fill
        cell.alignment = Alignment(vertical="center", wrap_text=True)


def put(cell: Cell, value: object, *, number_format: str | None = None) -> None:
    """A value into a cell by its type; a text stays a text whatever it begins with."""
    cell.font = Font(name=FONT)
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):
        return
    if isinstance(value, str):
        cell.value = legible(value)[:_LONGEST_TEXT]
        cell.data_type = "s"
        cell.quotePrefix = cell.value.startswith(_FORMULA)
        return
    if isinstance(value, pd.Timestamp):
        cell.value = value.date()
    else:
        cell.value = value
        if number_format:
            cell.number_format = number_format
    if cell.is_date:
        cell.number_format = "yyyy-mm-dd"


def number_format(places: int | None, *, grouped: bool) -> str | None:
    """The cell format of numbers with so many decimals, thousands grouped or not; none for what is no number."""
    if places is None:
        return None
    whole = "#,##0" if grouped else "0"
    return f"{whole}.{'0' * places}" if places else whole


def column_width(header: str, values: pd.Series) -> float:
    """A width that shows the header and most values."""
    longest = max((ems(str(value)) for value in values.dropna().head(300)), default=0.0)
    return min(max(longest * 1.9, min(ems(header), 9) * 2.0 + 3.5) + 1.5, _WIDEST)


def sheet_title(name: str, taken: Sequence[str]) -> str:
    """A title Excel accepts: no forbidden sign, at most 31 characters, none twice."""
    plain = " ".join(_NOT_IN_TITLE.sub(" ", legible(name)).split())[:31] or "-"
    used = {title.casefold() for title in taken}
    title, n = plain, 1
    while title.casefold() in used:
        n += 1
        title = f"{plain[:27]} {n}"
    return title
