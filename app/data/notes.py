"""The notes filed."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from app import store
from app.parts.notice import notice
from records import notes as note_box
from words import Language, has, text


def note_table(filed: Sequence[note_box.Note], *, mark: str, language: Language) -> None:
    """The notes on file, newest first, or a sentence when there are none."""
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
    st.dataframe(
        pd.DataFrame(rows, columns=list(columns)),
        hide_index=True,
        placeholder="",
        column_config=titles,
        key="notes",
    )


def _layer_name(layer: str | None, language: Language) -> str | None:
    key = f"layers.{layer}.name"
    return text(key, language) if layer and has(key, language) else layer
