"""A township's tables as one Excel workbook: sources first, then a sheet per layer with real numbers and dates."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import geopandas as gpd
import pandas as pd
import shapely
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from layers.district import District, Township
from layers.layer import Layer
from maps.font import ems
from maps.print_notes import district_name
from maps.rows import names_by_key
from maps.style import INK, THEME_COLOURS
from reports.contents import Part, name_of, origin, parts
from reports.readable import Names, decimals, headings, readable
from words import Language, text

_FONT = "微软雅黑"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\']")
_WIDEST = 44
_LONGEST_TEXT = 32_767


def township_workbook(district: District, code: str, *, language: Language = "zh") -> bytes:
    """The workbook (XLSX) of a township: notes, then every layer and table that has something there.

    Headers are label and unit, numbers in that unit; a missing value is an empty cell. Texts are stored as texts, so
    that none of them is taken for a formula. Raises AtlasError `errors.unknown_township`.
    """
    township = district.township(code)
    found = list(parts(district, code, tables=True))
    names = names_by_key(district) | {"townships": dict(district.townships["name"].items())}
    book = Workbook()
    _write_notes(book.active, district, township, found, language)
    for part in found:
        if part.rows is not None and len(part.rows):
            sheet = book.create_sheet(_sheet_title(name_of(part.layer, language), book.sheetnames))
            _write_layer(sheet, part.layer, part.rows, names=names, language=language)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_notes(
    sheet: Worksheet, district: District, township: Township, found: Sequence[Part], language: Language
) -> None:
    sheet.title = text("reports.notes", language)
    _put(sheet.cell(1, 1), text("reports.title", language, township=township.name))
    sheet.cell(1, 1).font = Font(name=_FONT, size=16, bold=True, color=INK[1:])
    said = [("district", district_name(district, language)), ("township", township.name), ("code", township.code)]
    said.append(("version", district.version))
    if any(district.status(part.layer.id) == "illustrative" for part in found):
        said.append(("mark", text("reports.mark_illustrative", language)))
    said.append(("units", text("reports.units_said", language) + text("reports.sheet_place", language)))
    for n, (key, value) in enumerate(said, start=3):
        _put(sheet.cell(n, 1), text(f"reports.{key}", language))
        _put(sheet.cell(n, 2), value)
    first = len(said) + 4
    heads = ("layer", "count", "issuer", "as_of", "status", "licence")
    _write_head(sheet, [text(f"reports.{head}", language) for head in heads], row=first, theme="general")
    for n, part in enumerate(found, start=first + 1):
        source = origin(district, part.layer, language=language)
        count = text("reports.missing", language) if part.rows is None else len(part.rows)
        cells = (name_of(part.layer, language), count, source.issuer, source.as_of, source.status, source.licence)
        for column, value in enumerate(cells, start=1):
            _put(sheet.cell(n, column), value)
        sheet.cell(n, 2).alignment = Alignment(horizontal="right")
    for column, wide in enumerate((22, 12, 34, 13, 13, 40), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = wide
    _set_page(sheet)


def _write_layer(sheet: Worksheet, layer: Layer, rows: pd.DataFrame, *, names: Names, language: Language) -> None:
    table = readable(rows, layer, language=language, names=names)
    formats = {headings(layer, language)[f.name]: _format(decimals(f), grouped=f.unit != "year") for f in layer.fields}
    if layer.geometry == "point" and isinstance(rows, gpd.GeoDataFrame):
        lon, lat = shapely.get_coordinates(shapely.centroid(rows.geometry.to_crs(4490).to_numpy())).T
        for key, values in (("longitude", lon), ("latitude", lat)):
            table[text(f"reports.{key}", language)] = values.round(6)
            formats[text(f"reports.{key}", language)] = "0.000000"
    _write_head(sheet, list(table.columns), row=1, theme=layer.themes[0])
    for column, header in enumerate(table.columns, start=1):
        side = Alignment(horizontal="right") if formats[header] else Alignment(horizontal="left", indent=1)
        for row, value in enumerate(table[header].tolist(), start=2):
            _put(sheet.cell(row, column), value, number_format=formats[header])
            sheet.cell(row, column).alignment = side
        sheet.cell(1, column).alignment = Alignment(side.horizontal, "center", wrap_text=True, indent=side.indent)
        sheet.column_dimensions[get_column_letter(column)].width = _width(header, table[header])
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table) + 1}"
    sheet.print_title_rows = "1:1"
    _set_page(sheet)


def _set_page(sheet: Worksheet) -> None:
    """Landscape A4, as wide as one page, as many pages long as it takes."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _write_head(sheet: Worksheet, headers: Sequence[str], *, row: int, theme: str) -> None:
    fill = PatternFill("solid", fgColor=THEME_COLOURS[theme][1:])
    for column, header in enumerate(headers, start=1):
        cell = sheet.cell(row, column)
        _put(cell, header)
        cell.font = Font(name=_FONT, bold=True, color="FFFFFF")
        cell.fill = fill
        cell.alignment = Alignment(vertical="center", wrap_text=True)


def _put(cell: Cell, value: object, *, number_format: str | None = None) -> None:
    """A value into a cell by its type; a text stays a text whatever it begins with."""
    cell.font = Font(name=_FONT)
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


def _format(places: int | None, *, grouped: bool) -> str | None:
    if places is None:
        return None
    whole = "#,##0" if grouped else "0"
    return f"{whole}.{'0' * places}" if places else whole


def _width(header: str, values: pd.Series) -> float:
    longest = max((ems(str(value)) for value in values.dropna().head(300)), default=0.0)
    return min(max(longest * 1.9, min(ems(header), 9) * 2.0 + 3.5) + 1.5, _WIDEST)


def _sheet_title(name: str, taken: Sequence[str]) -> str:
    """A title Excel accepts: no forbidden sign, at most 31 characters, none twice."""
    plain = _NOT_IN_TITLE.sub(" ", name).strip()[:31] or "-"
    used = {title.casefold() for title in taken}
    title, n = plain, 1
    while title.casefold() in used:
        n += 1
        title = f"{plain[:27]} {n}"
    return title
