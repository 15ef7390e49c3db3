"""The bar on top of every page: name, the pages, and the language switch on the right."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.navigation.page import Page as StreamlitPage

from app import state
from words import text
from words.markup import safe


def topbar(pages: Mapping[str, StreamlitPage], *, here: str, brand: str) -> None:
    """Draw the bar; links keep township, theme and language."""
    chosen = state.selection()
    with st.container(key="topbar", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<div class="atlas-brand">{safe(brand)}</div>', width="content")
        for name, page in pages.items():
            with st.container(key="here" if name == here else f"to_{name}", width="content"):
                st.page_link(
                    page, label=text(f"{name}.title", chosen.language), query_params=chosen.kept_for(name).query()
                )
        with st.container(horizontal=True, horizontal_alignment="right"):
            other = "en" if chosen.language == "zh" else "zh"
            st.button(
                text(f"app.languages.{other}", chosen.language),
                key="language",
                type="tertiary",
                on_click=state.change,
                kwargs={"language": other},
            )
