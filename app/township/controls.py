"""The township and the theme of its map, held in the address."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app import state
from app.state import Selection
from layers.layer import THEMES
from words import Language, text


def township_choice(chosen: Selection, *, names: Mapping[str, str]) -> str:
    """Let a person choose the township and the theme; returns the township's code, the first one for none."""
    code = chosen.township if chosen.township is not None else next(iter(names))
    with st.container(key="controls", horizontal=True, vertical_alignment="center", gap="small"):
        if code in names:
            state.show_in("township", code)
        st.selectbox(
            text("township.choose", chosen.language),
            list(names),
            index=0 if code in names else None,
            format_func=lambda code: names[code],
            key="township",
            label_visibility="collapsed",
            placeholder=text("township.choose", chosen.language),
            width=190,
            on_change=_township_changed,
        )
        _theme_choice(chosen.theme, chosen.language)
    return code


def _theme_choice(theme: str, language: Language) -> None:
    state.show_in("theme", theme)
    st.segmented_control(
        text("township.theme", language),
        THEMES,
        format_func=lambda theme: text(f"themes.{theme}", language),
        key="theme",
        required=True,
        label_visibility="collapsed",
        on_change=state.change_from,
        args=("theme",),
        kwargs={"name": "theme"},
    )


def _township_changed() -> None:
    if st.session_state["township"] is not None:
        state.change(township=st.session_state["township"])
