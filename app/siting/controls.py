"""Above the siting page: what is to be done, and where to begin."""

from __future__ import annotations

import streamlit as st

from app import store
from app.parts.choices import bar, one_of, township_choice
from app.parts.notice import heading
from app.siting import session
from app.siting.address import VIEWS
from app.siting.give import example_of, give
from app.siting.scene import Scene
from words import text


def controls(scene: Scene) -> None:
    """One site, several, a layer, or the register; the township of the map; another site; the example."""
    language = scene.language
    with bar():
        one_of(
            text("siting.page.view", language), VIEWS, lambda view: text(f"siting.page.views.{view}", language),
            key="siting_view", now=scene.view, name="view",
        )  # fmt: skip
        if scene.view != "one":
            return
        if scene.given is None:
            label = text("siting.page.township", language)
            township_choice(label, store.names(scene.mark), key="siting_township", now=scene.code)
        else:
            if scene.case is not None:  # without an answer the ways to give a site stand on the page itself
                with st.popover(text("siting.page.other_site", language)):
                    give(scene)
            st.button(text("siting.page.begin_anew", language), key="siting_anew", on_click=session.pick, args=(None,))
        example = example_of(scene.mark)
        if example is not None:
            st.button(text("siting.page.example", language), key="siting_example", on_click=session.pick,
                      args=(example,))  # fmt: skip


def welcome(scene: Scene) -> None:
    """Before there is a site: what the page does."""
    heading(text("siting.page.heading", scene.language), below=text("siting.page.sub", scene.language))
