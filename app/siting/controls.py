"""Above the siting page: what is to be done, and where to begin."""

from __future__ import annotations

import streamlit as st

from app import state, store
from app.parts.notice import heading
from app.siting import session
from app.siting.address import VIEWS
from app.siting.give import example_of, give
from app.siting.scene import Scene
from words import text

_VIEW, _TOWNSHIP = "siting_view", "siting_township"


def controls(scene: Scene) -> None:
    """One site, several, a layer, or the register; the township of the map; another site; the example."""
    language = scene.language
    with st.container(key="controls", horizontal=True, vertical_alignment="center", gap="small"):
        state.show_in(_VIEW, scene.view)
        st.segmented_control(
            text("siting.page.view", language),
            VIEWS,
            format_func=lambda view: text(f"siting.page.views.{view}", language),
            key=_VIEW,
            required=True,
            label_visibility="collapsed",
            on_change=_viewed,
        )
        if scene.view != "one":
            return
        if scene.given is None:
            _township(scene)
        else:
            if scene.case is not None:  # without an answer the ways to give a site stand on the page itself
                with st.popover(text("siting.page.other_site", language)):
                    give(scene)
            st.button(text("siting.page.begin_anew", language), key="siting_anew", on_click=session.pick, args=(None,))
        example = example_of(scene.mark)
        if example is not None:
            st.button(text("siting.page.example", language), key="siting_example", on_click=session.pick,
                      args=(example,))  # fmt: skip


def _viewed() -> None:
    view = st.session_state[_VIEW]
    state.change(view=view)


def _township(scene: Scene) -> None:
    names = store.names(scene.mark)
    state.show_in(_TOWNSHIP, scene.code)
    st.selectbox(
        text("siting.page.township", scene.language),
        list(names),
        format_func=names.__getitem__,
        key=_TOWNSHIP,
        label_visibility="collapsed",
        width=190,
        on_change=_moved,
    )


def _moved() -> None:
    state.change(township=st.session_state[_TOWNSHIP])


def welcome(scene: Scene) -> None:
    """Before there is a site: what the page does."""
    heading(text("siting.page.heading", scene.language), below=text("siting.page.sub", scene.language))
