"""How a sheet of any workbook of the atlas is written: heads, cells by their type, page set-up, titles."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from maps.look.style import THEME_COLOURS
from maps.printed.font import ems

FONT = "微软雅黑"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\']")
_WIDEST = 44
_LONGEST_TEXT = 32_767


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
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_TEXT]
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA)
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
    plain = _NOT_IN_TITLE.sub(" ", name).strip()[:31] or "-"
    used = {title.casefold() for title in taken}
    title, n = plain, 1
    while title.casefold() in used:
        n += 1
        title = f"{plain[:27]} {n}"
    return title
