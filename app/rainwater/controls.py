"""Above the rainwater page: which township, the case with its link, and the workbook."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.methods.rainwater import METHOD
from app import changes, state, store
from app.parts.cases import case_bar
from app.parts.choices import bar, township_choice
from app.parts.files import file_button
from app.rainwater import documents
from app.rainwater.scene import Scene
from app.state import Selection
from words import text

WHOLE = ""


def controls(scene: Scene, *, chosen: Selection) -> None:
    """The township choice or the way back, then case and download."""
    language = scene.language
    with bar():
        if scene.project is None:
            names = {WHOLE: text("rainwater.page.whole", language), **store.names(scene.mark)}
            label = text("rainwater.page.choose", language)
            township_choice(label, names, key="rain_township", now=scene.township or WHOLE)
        else:
            back = "back_whole" if scene.township is None else "back"
            st.button(
                text(f"rainwater.page.{back}", language, place=scene.place), key="rain_back", on_click=state.change,
                kwargs={"project": None, "case": None},
            )  # fmt: skip
        case_bar("rainwater", chosen, save=partial(_save, scene), result_id=scene.answer.id)
        name, make = documents.workbook(scene.key, township=scene.township, project=scene.project, language=language)
        file_button(text("rainwater.page.download", language), make, name=name, key="rain_xlsx")


def _save(scene: Scene) -> None:
    version = store.district(scene.mark).version
    changes.keep(METHOD, subject=scene.project or scene.township, version=version)
