"""Tables: declared fields in a person's words, units in the header, numbers right-aligned with fixed decimals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from layers.layer import Field, Layer
from words import Language, has, text
from words.units import UNITS, label

ROW_PX = 35


def declared_table(frame: pd.DataFrame, layer: Layer, *, language: Language, names: Mapping[str, str]) -> pd.DataFrame:
    """The features as people read them; column names are the declared field names, empty columns are left out.

    `names` gives a township's name by code. Numbers stay numbers in the shown unit, so sorting is right.
    """
    columns = {
        field.name: _shown(frame[field.name], field, layer, language, names)
        for field in layer.fields
        if field.name in frame.columns and frame[field.name].notna().any()
    }
    return pd.DataFrame(columns).reset_index(drop=True)


def header(field: Field, layer: Layer, language: Language) -> str:
    """The field's name with its unit in brackets."""
    name = text(f"layers.{layer.id}.fields.{field.name}", language)
    return titled(name, field.unit, language)


def titled(name: str, unit: str | None, language: Language) -> str:
    """A column title with the unit in brackets where it has one."""
    sign = "" if unit == "year" else label(unit, language)
    return f"{name} ({sign})" if sign else name


def number_column(title: str, unit: str | None, *, pinned: bool = False) -> Any:
    """How a column of numbers in this unit is shown."""
    decimals = UNITS[unit].decimals if unit else 2
    shape = "%d" if unit == "year" else f"%,.{decimals}f"
    return st.column_config.NumberColumn(title, format=shape, alignment="right", pinned=pinned)


def declared_columns(shown: pd.DataFrame, layer: Layer, *, language: Language) -> dict[str, Any]:
    """The column settings of a table made by `declared_table`."""
    made: dict[str, Any] = {}
    for name in shown.columns:
        field = layer.field(name)
        title = header(field, layer, language)
        is_number = field.kind in ("number", "integer")
        made[name] = number_column(title, field.unit) if is_number else st.column_config.TextColumn(title)
    return made


def in_unit(values: pd.Series, unit: str | None) -> pd.Series:
    """The numbers in the unit people read, none left as none."""
    return pd.to_numeric(values, errors="coerce").astype("float64") / (UNITS[unit].divisor if unit else 1.0)


def _shown(values: pd.Series, field: Field, layer: Layer, language: Language, names: Mapping[str, str]) -> pd.Series:
    if field.kind in ("number", "integer"):
        return in_unit(values, field.unit)
    if field.kind == "choice":
        return values.map(lambda code: _choice(code, field, layer, language), na_action="ignore")
    if field.kind == "boolean":
        return values.map({True: text("app.yes", language), False: text("app.no", language)})
    if field.kind == "date":
        return pd.to_datetime(values).dt.strftime("%Y-%m-%d")
    if field.refers_to == "townships":
        return values.map(lambda code: names.get(code, code), na_action="ignore")
    return values


def _choice(code: object, field: Field, layer: Layer, language: Language) -> str:
    key = f"layers.{layer.id}.choices.{field.name}.{code}"
    return text(key, language) if has(key, language) else str(code)
