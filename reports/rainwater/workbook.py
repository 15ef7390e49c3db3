"""Rainwater as an Excel workbook: notes with version, sources and assumptions, then one sheet per table."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from layers.catalogue import CATALOGUE
from layers.district import District
from maps.look.style import INK
from maps.printed.notes import district_name
from reports.book.sheets import FONT, column_width, number_format, put, set_page, sheet_title, write_head
from reports.rainwater.tables import Table
from reports.township.contents import name_of, origin
from words import Language, text
from words.units import UNITS


def rain_workbook(
    district: District,
    tables: Iterable[Table],
    *,
    subject: str,
    layers: Sequence[str],
    result_id: str,
    language: Language = "zh",
) -> bytes:
    """The workbook (XLSX) of some tables about `subject`, which rest on `layers`.

    Headers are label and unit, numbers in that unit; a missing value is an empty cell (数据不足, never zero). Texts are
    stored as texts, so that none of them is taken for a formula. Empty tables are left out.
    """
    book = Workbook()
    _write_notes(book.active, district, subject=subject, layers=layers, result_id=result_id, language=language)
    for table in tables:
        if len(table.frame):
            _write_table(book.create_sheet(sheet_title(table.title, book.sheetnames)), table, language)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_notes(
    sheet: Worksheet, district: District, *, subject: str, layers: Sequence[str], result_id: str, language: Language
) -> None:
    sheet.title = text("reports.notes", language)
    put(sheet.cell(1, 1), text("rainwater.page.workbook_title", language, subject=subject))
    sheet.cell(1, 1).font = Font(name=FONT, size=16, bold=True, color=INK[1:])
    said = [("district", district_name(district, language)), ("version", district.version)]
    lines = [(text(f"reports.{key}", language), value) for key, value in said]
    lines.append((text("rainwater.page.result_id", language), result_id))
    if any(district.status(layer) == "illustrative" for layer in layers):
        lines.append((text("reports.mark", language), text("reports.mark_illustrative", language)))
    lines.append((text("reports.units", language), text("reports.units_said", language)))
    runoff = "indicators.rain_runoff_m3"
    lines.append((text(f"{runoff}.name", language), text(f"{runoff}.meaning", language)))
    for n, (name, value) in enumerate(lines, start=3):
        put(sheet.cell(n, 1), name)
        put(sheet.cell(n, 2), value)
    first = len(lines) + 4
    heads = ("layer", "issuer", "as_of", "status", "licence")
    write_head(sheet, [text(f"reports.{head}", language) for head in heads], row=first, theme="rain")
    for n, layer in enumerate(layers, start=first + 1):
        source = origin(district, CATALOGUE[layer], language=language)
        status = source.status or text("reports.missing", language)
        cells = (name_of(CATALOGUE[layer], language), source.issuer, source.as_of, status, source.licence)
        for column, value in enumerate(cells, start=1):
            put(sheet.cell(n, column), value)
    for column, wide in enumerate((24, 36, 13, 13, 40), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = wide
    set_page(sheet)


def _write_table(sheet: Worksheet, table: Table, language: Language) -> None:
    heads = [table.head(column, language) for column in table.frame.columns]
    write_head(sheet, heads, row=1, theme="rain")
    for n, column in enumerate(table.frame.columns, start=1):
        values, shape = _in_unit(table, column)
        side = Alignment(horizontal="right") if shape else Alignment(horizontal="left", indent=1)
        for row, value in enumerate(values.tolist(), start=2):
            put(sheet.cell(row, n), value, number_format=shape)
            sheet.cell(row, n).alignment = side
        sheet.cell(1, n).alignment = Alignment(side.horizontal, "center", wrap_text=True, indent=side.indent)
        sheet.column_dimensions[get_column_letter(n)].width = column_width(heads[n - 1], values)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(table.frame) + 1}"
    sheet.print_title_rows = "1:1"
    set_page(sheet)


def _in_unit(table: Table, column: str) -> tuple[pd.Series, str | None]:
    """A column as it is written, and the format of its numbers; none for texts."""
    values = table.frame[column]
    if column not in table.units:
        return values, None
    unit = table.units[column]
    divisor, places = (UNITS[unit].divisor, UNITS[unit].decimals) if unit else (1.0, 1)
    numbers = pd.to_numeric(values, errors="coerce").astype("float64") / divisor
    return numbers.round(6), number_format(places, grouped=True)
