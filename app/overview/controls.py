"""The indicator of the overview, held in the address."""

from __future__ import annotations

import streamlit as st

from app import state, store
from app.overview.address import INDICATOR
from app.state import Selection
from words import text

FIRST_INDICATOR = "water_use_m3"


def indicator_choice(chosen: Selection) -> str:
    """Let a person choose the indicator of the overview; returns its id."""
    ids = store.indicators(store.current())
    shown = chosen[INDICATOR] if chosen[INDICATOR] in ids else FIRST_INDICATOR
    state.show_in("indicator", shown)
    with st.container(key="controls", horizontal=True, vertical_alignment="center"):
        st.pills(
            text("overview.indicator", chosen.language),
            ids,
            format_func=lambda id_: text(f"indicators.{id_}.short", chosen.language),
            key="indicator",
            required=True,
            label_visibility="collapsed",
            on_change=state.change_from,
            args=("indicator",),
            kwargs={"name": "indicator"},
        )
    return shown
