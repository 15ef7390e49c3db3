"""Tables: declared fields in a person's words, units in the header, numbers right-aligned with fixed decimals."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from layers.layer import Field, Layer
from reports.book.readable import decimals, headings
from words import Language
from words.units import UNITS, label


def declared_columns(shown: pd.DataFrame, layer: Layer, *, language: Language) -> dict[str, Any]:
    """The column settings of a readable table of the layer."""
    heads = headings(layer, language)
    return {
        heads[field.name]: _column(field, heads[field.name]) for field in layer.fields if heads[field.name] in shown
    }


def number_column(title: str, unit: str | None, *, places: int | None = None, width: Any = None) -> Any:
    """How a column of numbers in this unit is shown."""
    kept = places if places is not None else UNITS[unit].decimals if unit else 2
    shape = "%d" if unit == "year" else f"%,.{kept}f"
    return st.column_config.NumberColumn(title, format=shape, alignment="right", width=width)


def titled(name: str, unit: str | None, language: Language) -> str:
    """A column title with the unit in brackets where it has one."""
    sign = "" if unit == "year" else label(unit, language)
    return f"{name} ({sign})" if sign else name


def in_unit(values: pd.Series, unit: str | None) -> pd.Series:
    """The numbers in the unit people read, none left as none."""
    return pd.to_numeric(values, errors="coerce").astype("float64") / (UNITS[unit].divisor if unit else 1.0)


def _column(field: Field, title: str) -> Any:
    if (places := decimals(field)) is not None:
        return number_column(title, field.unit, places=places)
    if field.kind == "date":
        return st.column_config.DateColumn(title, format="YYYY-MM-DD")
    return st.column_config.TextColumn(title)
