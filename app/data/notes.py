"""The notes filed, and a way for the steward to close one with an answer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from app import access, state, store
from app.parts import told
from app.parts.notice import notice
from app.parts.tables import show_cells
from records import notes as note_box
from words import Language, has, text
from words.errors import AtlasError

KEY, _ANSWER, _SAID = "notes", "note_answer", "note_said"
SHOWN = 1_000


def note_table(filed: Sequence[note_box.Note], *, mark: str, language: Language) -> None:
    """The notes on file, newest first, or a sentence when there are none."""
    told.say(_SAID, language)
    if not filed:
        notice(text("data.no_notes", language), "empty")
        return
    names = store.names(mark)
    columns = ("id", "written_at", "township", "layer", "feature", "problem")
    rows = [
        (
            note.id,
            note.written_at.astimezone().strftime("%Y-%m-%d %H:%M"),
            names.get(note.township or "", note.township),
            _layer_name(note.layer, language),
            note.feature,
            note.problem,
        )
        for note in filed
    ]
    titles = {name: st.column_config.Column(text(f"data.note_columns.{name}", language)) for name in columns}
    options = {"column_config": titles, "on_select": "rerun", "selection_mode": "single-row"}
    show_cells(pd.DataFrame(rows, columns=list(columns)), key=KEY, **options)
    if len(filed) == SHOWN:
        notice(text("data.more_notes", language, count=SHOWN))
    _closing(filed, language=language)


def _closing(filed: Sequence[note_box.Note], *, language: Language) -> None:
    """An answer for the note chosen and a button, or a sentence that says what is wanting."""
    row = state.selected_row(KEY)
    if access.steward() is None:
        notice(text("data.note.who_may", language))
    elif row is None or row >= len(filed):
        notice(text("data.note.choose", language))
    else:
        number = filed[row].id
        st.text_area(text("data.note.answer", language, number=number), key=_ANSWER, max_chars=note_box.LONGEST)
        label = text("data.note.close", language, number=number)
        st.button(label, key="note_close", on_click=told.do, args=(_SAID, partial(_close, number)))


def _close(number: int) -> told.Done:
    """Close a note with the answer written."""
    answer = st.session_state[_ANSWER].strip()
    if not answer:
        raise AtlasError("data.note.empty")
    note_box.close_note(store.app_settings().state, number, answer=answer, by=access.steward())
    st.session_state[_ANSWER] = ""
    return "data.note.closed", {"number": number}


def _layer_name(layer: str | None, language: Language) -> str | None:
    key = f"layers.{layer}.name"
    return text(key, language) if layer and has(key, language) else layer
