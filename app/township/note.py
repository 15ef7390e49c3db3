"""这里有误: a note for the steward of the data."""

from __future__ import annotations

import streamlit as st

from app import faults, store
from app.parts.notice import notice
from records import notes as note_box
from words import Language, text
from words.errors import AtlasError

_LAYER, _FEATURE, _WORDS, _FILED, _PROBLEM = (f"note_{name}" for name in ("layer", "feature", "words", "filed", "why"))


def note_form(mark: str, *, township: str, language: Language) -> None:
    """A form that files what is wrong, where; it says so when it is filed, and keeps what was typed when it is not."""
    with st.expander(text("township.note.title", language), key="note_form"), st.form("note", border=False):
        layers = list(store.prepared(mark).counts.get(township, {}))
        st.selectbox(
            text("township.note.layer", language),
            layers,
            index=None,
            format_func=lambda layer: text(f"layers.{layer}.name", language),
            placeholder=text("township.note.any_layer", language),
            key=_LAYER,
        )
        st.text_input(text("township.note.feature", language), max_chars=100, key=_FEATURE)
        st.text_area(text("township.note.said", language), max_chars=note_box.LONGEST, key=_WORDS)
        st.form_submit_button(text("township.note.send", language), on_click=_file, args=(mark, township))
        filed: int | None = st.session_state.pop(_FILED, None)
        problem: AtlasError | None = st.session_state.pop(_PROBLEM, None)
        if filed is not None:
            notice(text("township.note.filed", language, number=filed), "done")
        if problem is not None:
            faults.show(problem, language)


def _file(mark: str, township: str) -> None:
    """Callback: file what was typed; only then the form is emptied."""
    typed = st.session_state
    where = {"township": township, "layer": typed.get(_LAYER), "feature": typed.get(_FEATURE) or None}
    version = store.district(mark).version
    try:
        note = note_box.add_note(store.app_settings().state, typed.get(_WORDS) or "", version=version, **where)
    except AtlasError as error:
        typed[_PROBLEM] = error
        return
    typed[_FILED] = note.id
    typed[_LAYER], typed[_FEATURE], typed[_WORDS] = None, "", ""
