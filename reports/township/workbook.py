"""A township's tables as one Excel workbook: sources first, then a sheet per layer with real numbers and dates."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import pandas as pd
import shapely
from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from layers.departments import Departments
from layers.district import District, Township
from layers.layer import Layer
from layers.problem_words import layer_name
from maps.look.rows import names_by_key
from maps.printed.notes import district_name
from reports.book.readable import Names, layer_columns
from reports.book.sheets import Column, add_filter, add_sheet, saved, write_head, write_rows, write_table, write_title
from reports.origins import lacking_word, origin
from reports.township.contents import Part, named_then, parts
from words import Language, text

_HEADS = ("layer", "count", "issuer", "as_of", "status", "licence")


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
            sheet = add_sheet(book, layer_name(part.layer.id, language))
            known = district.departments
            rows = named_then(district, part, language=language)
            columns = _columns(part.layer, rows, names=names, departments=known, language=language)
            write_table(sheet, columns, theme=part.layer.themes[0])
            add_filter(sheet)
    return saved(book)


def _write_notes(
    sheet: Worksheet, district: District, township: Township, found: Sequence[Part], language: Language
) -> None:
    title = text("reports.title", language, township=township.name)
    write_title(sheet, title, widths=(22, 12, 34, 13, 13, 40), language=language)
    said = [("district", district_name(district, language)), ("township", township.name), ("code", township.code)]
    said.append(("version", district.version))
    if any(district.status(part.layer.id) == "illustrative" for part in found):
        said.append(("mark", text("reports.mark_illustrative", language)))
    said.append(("units", text("reports.units_said", language) + text("reports.sheet_place", language)))
    write_rows(sheet, [(text(f"reports.{key}", language), value) for key, value in said], row=3)
    first = len(said) + 4
    write_head(sheet, [text(f"reports.{head}", language) for head in _HEADS], row=first, theme="general")
    rows = []
    for part in found:
        source = origin(district, part.layer.id, language=language)
        lacking = part.rows is None
        count = lacking_word(district, (part.layer.id,), language=language) if lacking else len(part.rows)
        name = layer_name(part.layer.id, language)
        rows.append((name, count, source.issuer, source.as_of, source.status, source.licence))
    write_rows(sheet, rows, row=first + 1)
    for n in range(first + 1, first + 1 + len(rows)):
        sheet.cell(n, 2).alignment = Alignment(horizontal="right")


def _columns(
    layer: Layer, rows: pd.DataFrame, *, names: Names, departments: Departments, language: Language
) -> list[Column]:
    """The layer's columns, those of points with their place in degrees."""
    columns = layer_columns(rows, layer, language=language, names=names, departments=departments)
    if layer.geometry == "point" and isinstance(rows, gpd.GeoDataFrame):
        lon, lat = shapely.get_coordinates(shapely.centroid(rows.geometry.to_crs(4490).to_numpy())).T
        for key, values in (("longitude", lon), ("latitude", lat)):
            columns.append(Column(text(f"reports.{key}", language), pd.Series(values.round(6)), "0.000000"))
    return columns
