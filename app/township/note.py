"""这里有误: a note for the steward of the data."""

from __future__ import annotations

import streamlit as st

from app import store
from app.parts.notice import notice
from records import notes as note_box
from words import Language, text
from words.errors import AtlasError


def note_form(mark: str, *, township: str, language: Language) -> None:
    """A form that files what is wrong, where; says so when it is filed."""
    with (
        st.expander(text("township.note.title", language), key="note_form"),
        st.form("note", clear_on_submit=True, border=False),
    ):
        layers = list(store.prepared(mark).counts.get(township, {}))
        layer = st.selectbox(
            text("township.note.layer", language),
            layers,
            index=None,
            format_func=lambda layer: text(f"layers.{layer}.name", language),
            placeholder=text("township.note.any_layer", language),
        )
        feature = st.text_input(text("township.note.feature", language), max_chars=100)
        said = st.text_area(text("township.note.said", language), max_chars=note_box.LONGEST)
        if st.form_submit_button(text("township.note.send", language)):
            _file(mark, said, township=township, layer=layer, feature=feature or None, language=language)


def _file(mark: str, said: str, *, township: str, layer: str | None, feature: str | None, language: Language) -> None:
    version = store.district(mark).version
    folder = store.app_settings().state
    try:
        note = note_box.add_note(folder, said, version=version, township=township, layer=layer, feature=feature)
    except AtlasError as error:
        notice(text(error.key, language, **error.facts), "wrong")
        return
    notice(text("township.note.filed", language, number=note.id), "done")
