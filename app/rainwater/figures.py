"""Figures of the rainwater page: cards with a number, its unit, what stands around it and how far it may be trusted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from app.parts.cards import status_mark
from app.parts.tables import in_unit, number_column
from layers.layer import Status
from maps.look.style import THEME_COLOURS
from reports.rainwater.tables import Table
from words import Language, text
from words.markup import safe
from words.units import number


@dataclass(frozen=True)
class Figure:
    """A number for a card: its name, the number as written (none: 数据不足), its sign, and lines below."""

    name: str
    value: str | None
    sign: str = ""
    below: tuple[str, ...] = ()
    status: Status | None = None
    as_of: str | None = None


def figures(shown: Iterable[Figure], *, language: Language, dense: bool = False) -> None:
    """Draw the cards in as many columns as there is room for."""
    inside = "".join(_card(figure, language) for figure in shown)
    st.html(f'<div class="atlas-cards rain{" dense" if dense else ""}">{inside}</div>')


def _card(figure: Figure, language: Language) -> str:
    if figure.value is None:
        value = f'<div class="value none">{safe(text("units.missing", language))}</div>'
    else:
        value = f'<div class="value">{safe(figure.value)}<small>{safe(figure.sign)}</small></div>'
    lines = [safe(line) for line in figure.below if line]
    day = "" if figure.value is None or figure.as_of is None else safe(text("app.as_of", language, day=figure.as_of))
    mark = "" if figure.status is None else status_mark(figure.status, language)
    foot = " · ".join(lines) + f'<div class="when"><span>{day}</span> {mark}</div>'
    return (
        f'<div class="atlas-card" style="--mark:{THEME_COLOURS["rain"]}"><div class="label">{safe(figure.name)}</div>'
        f'{value}<div class="foot">{foot}</div></div>'
    )


def spread(low: float | None, high: float | None, unit: str, language: Language) -> str:
    """低–高 as one text, empty when unknown."""
    if low is None or high is None:
        return ""
    return text("rainwater.page.range", language, low=number(low, unit, language), high=number(high, unit, language))


def show_table(table: Table, *, language: Language, key: str, signs: bool = True, **options: object) -> None:
    """A table with its numbers in the units of its heads; `options` go to Streamlit's table.

    Without `signs` the heads carry no units: the title above the table does.
    """
    shown, settings = pd.DataFrame(index=table.frame.index), {}
    for column in table.frame.columns:
        head = table.head(column, language) if signs else table.heads[column]
        if column in table.units:
            unit = table.units[column]
            shown[column] = in_unit(table.frame[column], unit)
            settings[column] = number_column(head, unit, places=None if unit else 1)
        elif column == "approved":
            shown[column] = table.frame[column]
            settings[column] = st.column_config.DateColumn(head, format="YYYY-MM-DD")
        else:
            shown[column] = table.frame[column].astype(object)
            side = "right" if column in table.figures else None
            settings[column] = st.column_config.TextColumn(head, alignment=side)
    st.dataframe(shown, hide_index=True, placeholder="", key=key, column_config=settings, **options)
