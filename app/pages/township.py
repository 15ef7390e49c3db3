"""乡镇: one township's map first, five numbers beside it, and below what lies in it."""

from __future__ import annotations

import streamlit as st

from app import state, store
from app.parts.figure import facts_line, figure_of, figures
from app.parts.notice import heading, part
from app.parts.problems import problem_table
from app.township.controls import township_choice
from app.township.downloads import downloads
from app.township.inside import chosen_feature, inside
from app.township.map import township_map
from app.township.note import note_form
from app.township.store import problems
from words import text

FACTS = ("area_m2", "population", "elevation_m")
CARDS = ("water_use_m3", "rain_usable_m3", "reclaimed_use_m3", "renewal_length_m", "projects")


def show() -> None:
    """Show the township page."""
    chosen = state.selection()
    language, mark = chosen.language, store.current()
    code = township_choice(chosen, names=store.names(mark))
    township = store.district(mark).township(code)
    known = store.findings(mark)
    left, right = st.columns([2.1, 1], gap="small")
    with left:
        township_map(mark, code, chosen=chosen, focus=chosen_feature(mark, code, chosen=chosen))
    with right:
        heading(township.name, below=facts_line((known[id_, code] for id_ in FACTS), language=language))
        figures((figure_of(known[id_, code], language) for id_ in CARDS), language=language)
        downloads(mark, code, chosen=chosen)
    inside(mark, code, chosen=chosen)
    part(text("township.problems", language))
    problem_table(problems(mark, code), language=language, key="problems")
    note_form(mark, township=code, language=language)
