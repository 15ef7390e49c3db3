"""总览: the whole district by one indicator, a few cards, and the townships ranked."""

from __future__ import annotations

import streamlit as st

from app import state, store
from app.map_view import Click, show_map
from app.overview.controls import indicator_choice
from app.overview.download import picture_download
from app.overview.ranking import division_notes, ranking
from app.overview.store import district_map, ranked, told_of
from app.parts.figure import facts_line, figure_of, figures
from app.parts.notice import heading, notice
from words import text

FACTS = ("area_m2", "population", "rain_mm")
CARDS = ("water_use_m3", "rain_supply_m3", "reclaimed_use_m3", "renewal_length_m")


def show() -> None:
    """Show the overview."""
    chosen = state.selection()
    language, mark = chosen.language, store.current()
    known = store.findings(mark)
    code = store.district(mark).settings.code
    indicator = indicator_choice(chosen)
    left, right = st.columns([2, 1], gap="small")
    with left:
        show_map(
            district_map(mark, indicator, language),
            key="district_map",
            view_key="district",
            label=text("overview.map_label", language),
            on_click=_clicked,
        )
    with right:
        below = facts_line((known[id_, code] for id_ in FACTS), language=language)
        heading(store.district_name(mark, language), below=below)
        figures((figure_of(known[id_, code], language) for id_ in CARDS), language=language, layout="row")
        picture_download(mark, indicator, language=language)
        names = store.names(mark)
        ranking(ranked(mark, indicator), language=language, names=names)
        names |= {code: store.district_name(mark, language)}
        division_notes(told_of(mark, indicator), language=language, names=names)
    if store.district(mark).problems:
        notice(text("overview.problems", language, count=len(store.district(mark).problems)))


def _clicked(click: Click) -> None:
    if click["type"] == "atlas:township":
        state.open_township(str(click["code"]))
