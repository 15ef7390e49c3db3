"""What lies in a township, layer by layer: a table whose rows move the map."""

from __future__ import annotations

import streamlit as st

from app import state, store
from app.parts.choices import one_of
from app.parts.lacking import lacking, owners
from app.parts.notice import notice, part
from app.parts.tables import declared_columns, show_cells
from app.state import Selection
from app.township import store as township_store
from layers.catalogue import CATALOGUE
from words import Language, text

CHOICE = "inside_layer"


def inside(mark: str, code: str, *, chosen: Selection) -> None:
    """Let a person choose a layer of the theme and show its features in the township."""
    language = chosen.language
    part(text("township.inside", language))
    counts = township_store.counts_inside(mark, code, chosen.theme)
    if counts:
        layer_id = _layer_choice(counts, language)
        _table(mark, code, layer_id, language=language)
    absent = [layer for layer in township_store.theme_layers(chosen.theme) if layer not in counts]
    broken = [layer for layer in absent if layer in store.broken()]
    waited = [layer for layer in absent if layer not in broken]
    if waited:
        layers = store.joint((text(f"layers.{layer}.name", language) for layer in waited), language)
        notice(text("township.absent", language, layers=layers, owners=owners(waited, language)), "missing")
    if broken:
        notice(lacking(broken, language), "missing")


def _table(mark: str, code: str, layer_id: str, *, language: Language) -> None:
    layer = CATALOGUE[layer_id]
    if not township_store.counts_inside(mark, code, layer.themes[0]).get(layer_id):
        notice(text("township.empty", language, layer=text(f"layers.{layer_id}.name", language)), "empty")
        return
    shown = township_store.inside(mark, code, layer_id, language)
    show_cells(
        shown,
        key=_table_key(code, layer_id),
        on_select="rerun",
        selection_mode="single-row",
        column_config=declared_columns(shown, layer, language=language),
    )
    notice(text("township.table_hint", language))


def chosen_feature(mark: str, code: str, *, chosen: Selection) -> tuple[str, str] | None:
    """Layer and key of the row a person selected in the table shown, none for no selection."""
    layer_id = st.session_state.get(CHOICE)
    if layer_id not in township_store.counts_inside(mark, code, chosen.theme):
        return None
    row = state.selected_row(_table_key(code, layer_id))
    return None if row is None else township_store.feature_at(mark, code, layer_id, row=row, language=chosen.language)


def _layer_choice(counts: dict[str, int], language: Language) -> str:
    if st.session_state.get(CHOICE) not in counts:
        st.session_state[CHOICE] = max(counts, key=lambda layer: (counts[layer] > 0, -list(counts).index(layer)))

    def word(layer: str) -> str:
        named = text(f"layers.{layer}.name", language)
        return text("township.layer_count", language, layer=named, count=counts[layer])

    return one_of(text("township.layer", language), list(counts), word, key=CHOICE, draw=st.pills)


def _table_key(code: str, layer_id: str) -> str:
    return f"inside_{code}_{layer_id}"
