"""The indicator of the overview, held in the address."""

from __future__ import annotations

import streamlit as st

from app import store
from app.overview.address import INDICATOR
from app.parts.choices import one_of
from app.state import Selection
from words import text

FIRST_INDICATOR = "water_use_m3"


def first_indicator(mark: str) -> str:
    """The indicator shown at first: the usual one, or the first that any township has a figure of."""
    known, codes = store.findings(mark), store.names(mark)
    for id_ in (FIRST_INDICATOR, *store.indicators(mark)):
        if any(known[id_, code].value is not None for code in codes):
            return id_
    return FIRST_INDICATOR


def indicator_choice(chosen: Selection) -> str:
    """Let a person choose the indicator of the overview; returns its id."""
    mark = store.current()
    ids = store.indicators(mark)
    shown = chosen[INDICATOR] if chosen[INDICATOR] in ids else first_indicator(mark)
    with st.container(key="controls", horizontal=True, vertical_alignment="center"):
        one_of(
            text("overview.indicator", chosen.language), ids,
            lambda id_: text(f"indicators.{id_}.short", chosen.language),
            key="indicator", now=shown, name="indicator", draw=st.pills,
        )  # fmt: skip
    return shown
