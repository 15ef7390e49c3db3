"""The pages of the atlas and the way between them: one line here for each page."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st
from streamlit.navigation.page import Page as StreamlitPage

from app import state, store
from app.pages import data, methods, overview, rainwater, reclaimed, siting, township
from app.parts.notice import foot
from app.parts.topbar import topbar
from words import Language, text

PAGES = {
    "overview": overview.show,
    "township": township.show,
    "rainwater": rainwater.show,
    "reclaimed": reclaimed.show,
    "siting": siting.show,
    "data": data.show,
    "methods": methods.show,
}


def pages(language: Language) -> dict[str, StreamlitPage]:
    """The pages by name, titled in the language; the first is the front page."""
    return {
        name: st.Page(show, title=text(f"{name}.title", language), url_path=name, default=name == "overview")
        for name, show in PAGES.items()
    }


def run(*, brand: str) -> None:
    """Draw the top bar and the page the address asks for; a click on a township elsewhere opens its page."""
    chosen = state.selection()
    known = pages(chosen.language)
    current = st.navigation(list(known.values()), position="hidden")
    opened = state.opened_township()
    if opened is not None:
        st.switch_page(known["township"], query_params=replace(chosen, township=opened).kept_for("township").query())
    here = next(name for name, page in known.items() if page == current)
    topbar(known, here=here, brand=brand)
    current.run()
    foot(store.version_line(store.current(), chosen.language))
