"""Above the rainwater page: which township, the case with its link, and the workbook."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.methods.rainwater import METHOD
from app import changes, state, store
from app.parts.cases import case_bar
from app.parts.files import file_button
from app.rainwater import documents
from app.rainwater.scene import Scene
from app.state import Selection
from words import text

WHOLE = ""


def controls(scene: Scene, *, chosen: Selection) -> None:
    """The township choice or the way back, then case and download."""
    language = scene.language
    with st.container(key="controls", horizontal=True, vertical_alignment="center", gap="small"):
        if scene.project is None:
            _township_choice(scene)
        else:
            whole = scene.township is None
            st.button(
                text("rainwater.page.back_whole", language)
                if whole
                else text("rainwater.page.back", language, place=scene.place),
                key="rain_back",
                on_click=state.change,
                kwargs={"project": None, "case": None},
            )
        case_bar("rainwater", chosen, save=partial(_save, scene), result_id=scene.answer.id)
        name, make = documents.workbook(scene.key, township=scene.township, project=scene.project, language=language)
        file_button(text("rainwater.page.download", language), make, name=name, key="rain_xlsx")


def _township_choice(scene: Scene) -> None:
    names = {WHOLE: text("rainwater.page.whole", scene.language), **store.names(scene.mark)}
    state.show_in("rain_township", scene.township or WHOLE)
    st.selectbox(
        text("rainwater.page.choose", scene.language),
        list(names),
        format_func=lambda code: names[code],
        key="rain_township",
        label_visibility="collapsed",
        width=190,
        on_change=_chosen,
    )


def _chosen() -> None:
    state.change(township=st.session_state["rain_township"] or None)


def _save(scene: Scene) -> None:
    version = store.district(scene.mark).version
    changes.keep(METHOD, subject=scene.project or scene.township, version=version)
