"""A layer as a table people read: headers with units, words for codes, numbers in the units everybody writes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from layers.departments import NONE, Departments
from layers.layer import Field, Layer
from maps.look.card import choice_words
from reports.book.sheets import Column, number_format
from words import Language, text, units
from words.units import UNITS, label

_RESERVED = ("fid", "geom")
Names = Mapping[str, Mapping[str, str]]


def headings(layer: Layer, language: Language = "zh") -> dict[str, str]:
    """The header of each declared field: its label and unit (`面积(亩)`), no two alike."""
    found: dict[str, str] = {}
    taken = set(_RESERVED)
    for field in layer.fields:
        words = text(f"layers.{layer.id}.fields.{field.name}", language)
        sign = label(field.unit, language) if field.kind in ("number", "integer") and field.unit != "year" else ""
        header = text("reports.header", language, name=words, unit=sign) if sign else words
        while header.casefold() in taken:
            header = text("reports.header", language, name=words, unit=field.column)
            words += "_"
        taken.add(header.casefold())
        found[field.name] = header
    return found


def readable(
    frame: pd.DataFrame,
    layer: Layer,
    *,
    language: Language = "zh",
    names: Names | None = None,
    departments: Departments = NONE,
) -> pd.DataFrame:
    """The declared columns of a frame under their headings, without geometry; undeclared columns are left out.

    Numbers are divided into the unit of their header and stay numbers, missing stays missing; dates stay dates;
    choices and booleans become words. `names` (layer → key → name) turns references into names; without, they
    stay codes. `departments` names those that lead.
    """
    headers = headings(layer, language)
    present = [field for field in layer.fields if field.name in frame.columns]
    columns = {headers[f.name]: _column(frame[f.name], f, layer, language, names or {}, departments) for f in present}
    return pd.DataFrame(columns, index=frame.index)


def layer_columns(
    frame: pd.DataFrame,
    layer: Layer,
    *,
    language: Language = "zh",
    names: Names | None = None,
    departments: Departments = NONE,
) -> list[Column]:
    """The readable table as the columns of a sheet, numbers grouped by thousands except years."""
    table = readable(frame, layer, language=language, names=names, departments=departments)
    shapes = {
        headings(layer, language)[f.name]: number_format(decimals(frame[f.name], f), grouped=f.unit != "year")
        for f in layer.fields
        if f.name in frame.columns
    }
    return [Column(head, table[head], shapes[head]) for head in table.columns]


def decimals(values: pd.Series, field: Field) -> int | None:
    """How many decimals a column of this field, in inside units, is shown with; none when it holds no numbers."""
    if field.kind not in ("number", "integer"):
        return None
    if field.kind == "integer" and not field.unit:
        return 0
    return units.decimals(values.astype("Float64").dropna().tolist(), field.unit)


def _column(
    values: pd.Series, field: Field, layer: Layer, language: Language, names: Names, departments: Departments
) -> pd.Series:
    if field.kind in ("number", "integer"):
        return _numbers(values, field)
    if field.kind == "date":
        return pd.to_datetime(values)
    known = values.astype(object).where(values.notna(), None)
    if field.kind == "boolean":
        yes, no = text("reports.yes", language), text("reports.no", language)
        return _each(known, {True: yes, False: no})
    if field.choices:
        return _each(known, choice_words(layer, field, language, departments=departments))
    return _each(known, names.get(field.refers_to or "", {}))


def _numbers(values: pd.Series, field: Field) -> pd.Series:
    divisor = UNITS[field.unit].divisor if field.unit else 1.0
    if field.kind == "integer" and divisor == 1.0:
        return values.astype("Int64")
    numbers = values.astype("Float64").to_numpy(float, na_value=np.nan)
    return pd.Series(np.round(numbers / divisor, 9), index=values.index)


def _each(values: pd.Series, words: Mapping[object, str]) -> pd.Series:
    said = [None if value is None else words.get(value, str(value)) for value in values]
    return pd.Series(said, index=values.index, dtype=object)
