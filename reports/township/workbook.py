"""A township's tables as one Excel workbook: sources first, then a sheet per layer with real numbers and dates."""

from __future__ import annotations

import io
from collections.abc import Sequence

import geopandas as gpd
import pandas as pd
import shapely
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from layers.district import District, Township
from layers.layer import Layer
from maps.look.rows import names_by_key
from maps.look.style import INK
from maps.printed.notes import district_name
from reports.book.readable import Names, decimals, headings, readable
from reports.book.sheets import FONT, column_width, number_format, put, set_page, sheet_title, write_head
from reports.township.contents import Part, name_of, origin, parts
from words import Language, text


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
            sheet = book.create_sheet(sheet_title(name_of(part.layer, language), book.sheetnames))
            _write_layer(sheet, part.layer, part.rows, names=names, language=language)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_notes(
    sheet: Worksheet, district: District, township: Township, found: Sequence[Part], language: Language
) -> None:
    sheet.title = text("reports.notes", language)
    put(sheet.cell(1, 1), text("reports.title", language, township=township.name))
    sheet.cell(1, 1).font = Font(name=FONT, size=16, bold=True, color=INK[1:])
    said = [("district", district_name(district, language)), ("township", township.name), ("code", township.code)]
    said.append(("version", district.version))
    if any(district.status(part.layer.id) == "illustrative" for part in found):
        said.append(("mark", text("reports.mark_illustrative", language)))
    said.append(("units", text("reports.units_said", language) + text("reports.sheet_place", language)))
    for n, (key, value) in enumerate(said, start=3):
        put(sheet.cell(n, 1), text(f"reports.{key}", language))
        put(sheet.cell(n, 2), value)
    first = len(said) + 4
    heads = ("layer", "count", "issuer", "as_of", "status", "licence")
    write_head(sheet, [text(f"reports.{head}", language) for head in heads], row=first, theme="general")
    for n, part in enumerate(found, start=first + 1):
        source = origin(district, part.layer, language=language)
        count = text("reports.missing", language) if part.rows is None else len(part.rows)
        cells = (name_of(part.layer, language), count, source.issuer, source.as_of, source.status, source.licence)
        for column, value in enumerate(cells, start=1):
            put(sheet.cell(n, column), value)
        sheet.cell(n, 2).alignment = Alignment(horizontal="right")
    for column, wide in enumerate((22, 12, 34, 13, 13, 40), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = wide
    set_page(sheet)


def _write_layer(sheet: Worksheet, layer: Layer, rows: pd.DataFrame, *, names: Names, language: Language) -> None:
    table = readable(rows, layer, language=language, names=names)
    formats = {
        headings(layer, language)[f.name]: number_format(decimals(f), grouped=f.unit != "year") for f in layer.fields
    }
    if layer.geometry == "point" and isinstance(rows, gpd.GeoDataFrame):
        lon, lat = shapely.get_coordinates(shapely.centroid(rows.geometry.to_crs(4490).to_numpy())).T
        for key, values in (("longitude", lon), ("latitude", lat)):
            table[text(f"reports.{key}", language)] = values.round(6)
            formats[text(f"reports.{key}", language)] = "0.000000"
    write_head(sheet, list(table.columns), row=1, theme=layer.themes[0])
    for column, header in enumerate(table.columns, start=1):
        side = Alignment(horizontal="right") if formats[header] else Alignment(horizontal="left", indent=1)
        for row, value in enumerate(table[header].tolist(), start=2):
            put(sheet.cell(row, column), value, number_format=formats[header])
            sheet.cell(row, column).alignment = side
        sheet.cell(1, column).alignment = Alignment(side.horizontal, "center", wrap_text=True, indent=side.indent)
        sheet.column_dimensions[get_column_letter(column)].width = column_width(header, table[header])
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table) + 1}"
    sheet.print_title_rows = "1:1"
    set_page(sheet)
