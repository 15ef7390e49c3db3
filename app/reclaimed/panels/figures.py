"""Cards and tables of the reclaimed-water page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from app.parts.cards import status_mark
from app.parts.tables import in_unit, number_column, titled
from layers.layer import Status
from maps.look.style import THEME_COLOURS
from words import Language, text
from words.markup import safe


@dataclass(frozen=True)
class Figure:
    """A number for a card: name, the number as written (none: 数据不足), its sign, and lines below it."""

    name: str
    value: str | None
    sign: str = ""
    below: tuple[str, ...] = ()
    status: Status | None = None
    as_of: str | None = None


def figures(shown: Iterable[Figure], *, language: Language) -> None:
    """Draw the cards in as many columns as there is room for."""
    inside = "".join(_card(figure, language) for figure in shown)
    st.html(f'<div class="atlas-cards reclaimed dense">{inside}</div>')


def _card(figure: Figure, language: Language) -> str:
    if figure.value is None:
        value = f'<div class="value none">{safe(text("units.missing", language))}</div>'
    else:
        value = f'<div class="value">{safe(figure.value)}<small>{safe(figure.sign)}</small></div>'
    lines = "".join(f"<div>{safe(line)}</div>" for line in figure.below if line)
    day = "" if figure.as_of is None else safe(text("app.as_of", language, day=figure.as_of))
    foot = f'{lines}<div class="when"><span>{day}</span> {status_mark(figure.status, language)}</div>'
    return (
        f'<div class="atlas-card" style="--mark:{THEME_COLOURS["reclaimed"]}">'
        f'<div class="label">{safe(figure.name)}</div>{value}<div class="foot">{foot}</div></div>'
    )


def show_frame(
    frame: pd.DataFrame, *, units: Mapping[str, str | None], language: Language, key: str, **options: object
) -> None:
    """A table with heads from `reclaimed.page.columns`, numbers in the units of their heads; the rest as text."""
    shown, settings = pd.DataFrame(index=frame.index), {}
    for column in frame.columns:
        head = text(f"reclaimed.page.columns.{column}", language)
        if column in units:
            unit = units[column]
            shown[column] = in_unit(frame[column], unit)
            settings[column] = number_column(titled(head, unit, language), unit, places=None if unit else 2)
        else:
            shown[column] = frame[column].astype(object)
            settings[column] = st.column_config.TextColumn(head)
    st.dataframe(shown, hide_index=True, placeholder="", key=key, column_config=settings, **options)
