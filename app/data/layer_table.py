"""The layers of the district with where they come from, and one of them in detail."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from app import state, store
from app.data.address import LAYER
from app.data.download import layer_download
from app.data.store import problem_counts
from app.parts.notice import notice, part
from app.parts.tables import show_cells, titled
from app.state import Selection
from layers.catalogue import CATALOGUE
from layers.departments import Departments, choice_word
from layers.district import District
from layers.layer import THEMES, Field, Layer
from layers.problem_words import what
from words import Language, has, text

KEY = "layers_table"
_COLUMNS = ("name", "theme", "status", "as_of", "count", "problems", "issuer", "owner")


def layer_choice(mark: str, *, chosen: Selection) -> str:
    """The table of all layers; returns the id of the one a person selected, else the address's, else the first."""
    language, district = chosen.language, store.district(mark)
    ids = sorted(CATALOGUE, key=lambda layer: (not district.has(layer), THEMES.index(CATALOGUE[layer].themes[0])))
    found = problem_counts(mark)
    frame = pd.DataFrame([_row(district, CATALOGUE[layer], found.get(layer, 0), language) for layer in ids])
    settings = {name: st.column_config.TextColumn(text(f"data.columns.{name}", language)) for name in _COLUMNS}
    for name in ("count", "problems"):
        settings[name] = st.column_config.NumberColumn(text(f"data.columns.{name}", language), format="%,d")
    options = {"column_config": settings, "column_order": _COLUMNS, "height": 320}
    show_cells(frame, key=KEY, on_row=lambda row: state.change(layer=ids[row]), **options)
    return chosen[LAYER] if chosen[LAYER] in CATALOGUE else ids[0]


def layer_details(mark: str, layer_id: str, *, language: Language) -> None:
    """Name, note, source, download and field dictionary of one layer."""
    layer, district = CATALOGUE[layer_id], store.district(mark)
    part(text(f"layers.{layer_id}.name", language))
    if has(f"layers.{layer_id}.note", language):
        notice(text(f"layers.{layer_id}.note", language))
    entry = district.entries.get(layer_id)
    if entry is None:
        notice(_why_absent(district, layer, language), "missing")
    else:
        source = entry.source
        status = text(f"statuses.{source.status}", language)
        facts = {"issuer": source.issuer, "day": source.as_of.isoformat(), "licence": source.licence, "status": status}
        notice(text("data.source", language, file=entry.file, crs=entry.crs or "—", **facts))
        layer_download(mark, layer_id, language=language)
    _dictionary(layer, district.departments, language)


def _why_absent(district: District, layer: Layer, language: Language) -> str:
    """That the layer's file is missing, or there and not readable, and who owes it."""
    owner, problem = store.department(layer.owner, language), district.broken.get(layer.id)
    if problem is None:
        return text("data.absent", language, file=layer.file, owner=owner)
    return text("data.unreadable", language, file=problem.file, reason=what(problem, language), owner=owner)


def _row(district: District, layer: Layer, problems: int, language: Language) -> dict[str, object]:
    entry = district.entries.get(layer.id)
    missing = text("data.unread" if layer.id in district.broken else "units.missing", language)
    return {
        "name": text(f"layers.{layer.id}.name", language),
        "theme": text(f"themes.{layer.themes[0]}", language),
        "status": text(f"statuses.{entry.source.status}", language) if entry else missing,
        "as_of": entry.source.as_of.isoformat() if entry else None,
        "count": entry.count if entry else None,
        "problems": problems,
        "issuer": entry.source.issuer if entry else None,
        "owner": store.department(layer.owner, language),
    }


def _dictionary(layer: Layer, departments: Departments, language: Language) -> None:
    names = ("name", "column", "kind", "required", "choices")
    frame = pd.DataFrame(
        [_field_row(field, layer, departments, language) for field in layer.fields], columns=list(names)
    )
    titles = {name: st.column_config.TextColumn(text(f"data.fields.{name}", language)) for name in names}
    show_cells(frame, column_config=titles, key="dictionary")


def _field_row(field: Field, layer: Layer, departments: Departments, language: Language) -> tuple[object, ...]:
    choices = [f"{c} {choice_word(layer.id, field, c, language, known=departments)}" for c in field.choices]
    return (
        titled(text(f"layers.{layer.id}.fields.{field.name}", language), field.unit, language),
        field.column,
        text(f"data.kinds.{field.kind}", language),
        text("app.yes", language) if field.required or field.key else None,
        text("app.joint", language).join(choices) or None,
    )
