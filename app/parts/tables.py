"""Tables: declared fields in a person's words, units in the header, numbers right-aligned with fixed decimals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from pandas.api.types import is_numeric_dtype

from app import state
from geo.files.table import harmless
from layers.layer import Field, Layer
from reports.book.readable import headings
from reports.book.table import Table
from words import Language
from words.units import UNITS, decimals, label


def show_table(table: Table, *, language: Language, key: str, signs: bool = True, **options: Any) -> None:
    """A table with its numbers in the units of its heads; `options` go to Streamlit's table.

    Without `signs` the heads carry no units: the title above the table does.
    """
    shown = {column: _shown(table, str(column), values) for column, values in table.frame.items()}
    settings = {
        column: _made_column(table, column, table.head(column, language) if signs else table.heads[column])
        for column in table.frame
    }
    frame = pd.DataFrame(shown, index=table.frame.index)
    show_cells(frame, key=key, column_config=settings, **options)


def _shown(table: Table, column: str, values: pd.Series) -> pd.Series:
    if column in table.units:
        return in_unit(values, table.units[column])
    return values.map(_written).astype(object) if column in table.figures else values.astype(object)


def _written(value: object) -> object:
    """A written number with a true minus: a hyphen before it would be taken for the start of a formula."""
    return f"−{value[1:]}" if isinstance(value, str) and value.startswith("-") else value


def show_cells(frame: pd.DataFrame, *, key: str, on_row: Callable[[int], None] | None = None, **options: Any) -> None:
    """The one door to Streamlit's table: what its own CSV button gives is what is shown, so no cell starts a formula.

    `on_row` is called with the place of the row a person selects; `options` go to Streamlit's table.
    """
    if on_row is not None:
        options |= {"on_select": partial(_selected, key, on_row), "selection_mode": "single-row"}
    shown = {name: column if is_numeric_dtype(column) else column.map(_cell) for name, column in frame.items()}
    st.dataframe(pd.DataFrame(shown, index=frame.index), hide_index=True, placeholder="", key=key, **options)


def _selected(key: str, on_row: Callable[[int], None]) -> None:
    row = state.selected_row(key)
    if row is not None:
        on_row(row)


def _cell(value: object) -> object:
    return harmless(value) if isinstance(value, str) else value


def _made_column(table: Table, column: str, head: str) -> Any:
    if column in table.units:
        return number_column(head, table.units[column], values=table.frame[column])
    known = table.frame[column].dropna()
    if len(known) and all(isinstance(value, date) for value in known):
        return st.column_config.DateColumn(head, format="YYYY-MM-DD")
    return st.column_config.TextColumn(head, alignment="right" if column in table.figures else None)


def declared_columns(shown: pd.DataFrame, layer: Layer, *, language: Language) -> dict[str, Any]:
    """The column settings of a readable table of the layer."""
    heads = headings(layer, language)
    return {
        heads[field.name]: _column(field, heads[field.name], shown[heads[field.name]])
        for field in layer.fields
        if heads[field.name] in shown
    }


def number_column(title: str, unit: str | None, *, values: pd.Series) -> Any:
    """How a column of these numbers, in inside units, is shown: all with the decimals the smallest of them needs."""
    kept = decimals(pd.to_numeric(values, errors="coerce").to_numpy("float64", na_value=np.nan).tolist(), unit)
    shape = "%d" if unit == "year" else f"%,.{kept}f"
    return st.column_config.NumberColumn(title, format=shape, alignment="right")


def titled(name: str, unit: str | None, language: Language) -> str:
    """A column title with the unit in brackets where it has one."""
    sign = "" if unit == "year" else label(unit, language)
    return f"{name} ({sign})" if sign else name


def in_unit(values: pd.Series, unit: str | None) -> pd.Series:
    """The numbers in the unit people read, none left as none."""
    return pd.to_numeric(values, errors="coerce").astype("float64") / (UNITS[unit].divisor if unit else 1.0)


def _column(field: Field, title: str, shown: pd.Series) -> Any:
    if field.kind == "integer" and not field.unit:
        return st.column_config.NumberColumn(title, format="%,d", alignment="right")
    if field.kind in ("number", "integer"):
        return number_column(title, field.unit, values=shown * (UNITS[field.unit].divisor if field.unit else 1.0))
    if field.kind == "date":
        return st.column_config.DateColumn(title, format="YYYY-MM-DD")
    return st.column_config.TextColumn(title)
