"""The indicator of the overview, held in the address."""

from __future__ import annotations

import streamlit as st

from app import store
from app.overview.address import INDICATOR
from app.parts.choices import one_of
from app.state import Selection
from words import text

FIRST_INDICATOR = "water_use_m3"


def indicator_choice(chosen: Selection) -> str:
    """Let a person choose the indicator of the overview; returns its id."""
    ids = store.indicators(store.current())
    shown = chosen[INDICATOR] if chosen[INDICATOR] in ids else FIRST_INDICATOR
    with st.container(key="controls", horizontal=True, vertical_alignment="center"):
        one_of(
            text("overview.indicator", chosen.language), ids,
            lambda id_: text(f"indicators.{id_}.short", chosen.language),
            key="indicator", now=shown, name="indicator", draw=st.pills,
        )  # fmt: skip
    return shown
