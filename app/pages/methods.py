"""方法: how every number is made: formula, clause and worked example of each method."""

from __future__ import annotations

import streamlit as st

from app import state
from app.methods import notes
from app.methods.address import METHOD
from app.parts.choices import one_of
from app.parts.notice import heading, notice
from words import text


def show() -> None:
    """Show the note of the method the address asks for, the first one for none."""
    chosen = state.selection()
    language = chosen.language
    heading(text("methods.heading", language), below=text("methods.hint", language))
    known = notes.methods()
    method = chosen[METHOD] if chosen[METHOD] in known else known[0]
    with st.container(key="controls"):
        one_of(
            text("methods.choose", language), known, lambda name: notes.title(name, language),
            key="method", now=method, name="method", draw=st.pills,
        )  # fmt: skip
    said, spoken = notes.note(method, language)
    if spoken != language:
        notice(text("methods.only_other", language))
    with st.container(key="method_note"):
        st.markdown(said)
