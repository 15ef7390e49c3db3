"""Rainwater as an Excel workbook: notes with version, sources and assumptions, then one sheet per table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from layers.district import District
from layers.problem_words import layer_name
from maps.printed.notes import district_name
from reports.book import sheets
from reports.book.table import Table
from reports.origins import origin
from words import Language, text
from words.units import UNITS, decimals

_HEADS = ("layer", "issuer", "as_of", "status", "licence")


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
    title = text("rainwater.page.workbook_title", language, subject=subject)
    sheets.write_title(book.active, title, widths=(24, 36, 13, 13, 40), language=language)
    _write_notes(book.active, district, layers=layers, result_id=result_id, language=language)
    for table in tables:
        if len(table.frame):
            sheet = sheets.add_sheet(book, table.title)
            sheets.write_table(sheet, [_column(table, name, language) for name in table.frame.columns], theme="rain")
            sheets.add_filter(sheet)
    return sheets.saved(book)


def _write_notes(
    sheet: Worksheet, district: District, *, layers: Sequence[str], result_id: str, language: Language
) -> None:
    lines = [
        ("reports.district", district_name(district, language)),
        ("reports.version", district.version),
        ("rainwater.page.result_id", result_id),
    ]
    if any(district.status(layer) == "illustrative" for layer in layers):
        lines.append(("reports.mark", text("reports.mark_illustrative", language)))
    lines.append(("reports.units", text("reports.units_said", language)))
    lines.append(("indicators.rain_runoff_m3.name", text("indicators.rain_runoff_m3.meaning", language)))
    sheets.write_rows(sheet, [(text(key, language), value) for key, value in lines], row=3)
    first = len(lines) + 4
    sheets.write_head(sheet, [text(f"reports.{head}", language) for head in _HEADS], row=first, theme="rain")
    rows = []
    for layer in layers:
        source = origin(district, layer, language=language)
        status = source.status or text("reports.missing", language)
        rows.append((layer_name(layer, language), source.issuer, source.as_of, status, source.licence))
    sheets.write_rows(sheet, rows, row=first + 1)


def _column(table: Table, name: str, language: Language) -> sheets.Column:
    """A column in its unit, with the format of its numbers; none for texts."""
    head, values = table.head(name, language), table.frame[name]
    if name not in table.units:
        return sheets.Column(head, values)
    unit = table.units[name]
    inside = pd.to_numeric(values, errors="coerce").astype("float64")
    shape = sheets.number_format(decimals(inside.tolist(), unit), grouped=True)
    return sheets.Column(head, (inside / (UNITS[unit].divisor if unit else 1.0)).round(9), shape)
