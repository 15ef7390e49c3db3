"""总览: the whole district by one indicator, a few cards, and the townships ranked."""

from __future__ import annotations

import streamlit as st

from app import state, store
from app.map_view import Click, show_map
from app.parts.cards import cards
from app.parts.choices import indicator_choice
from app.parts.notice import heading, notice
from app.parts.ranking import ranking
from words import text

CARDS = ("population", "water_use_m3", "rain_supply_m3", "reclaimed_use_m3", "renewal_length_m", "projects")


def show() -> None:
    """Show the overview."""
    chosen = state.selection()
    mark = store.current()
    known = store.findings(mark)
    district = store.district(mark)
    indicator = indicator_choice(chosen)
    left, right = st.columns([2, 1], gap="small")
    with left:
        show_map(
            store.district_map(mark, indicator, chosen.language),
            key="district_map",
            view_key="district",
            label=text("overview.map_label", chosen.language),
            on_click=_clicked,
        )
    with right:
        heading(store.district_name(chosen.language), below=store.version_line(mark, chosen.language))
        cards((known[id_, district.settings.code] for id_ in CARDS), language=chosen.language, row=True)
    ranking(store.ranked(mark, indicator), language=chosen.language, names=store.names(mark))
    if district.problems:
        notice(text("overview.problems", chosen.language, count=len(district.problems)))


def _clicked(click: Click) -> None:
    if click["type"] == "atlas:township":
        state.open_township(str(click["code"]))
