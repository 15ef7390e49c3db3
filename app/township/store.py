"""What the township page keeps between runs, keyed by the data's mark, the township and the language."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from app import store
from app.state import Selection
from layers.catalogue import CATALOGUE
from layers.problem import Problem
from maps.look.rows import names_by_key
from maps.screen import township as township_maps
from reports.book.readable import headings, readable
from words import Language


@st.cache_resource(max_entries=400, show_spinner=False)
def township_map(mark: str, code: str, language: Language) -> str:
    """The map page of a township; which layers it shows is told to it in the browser."""
    return township_maps.township_map(
        store.prepared(mark),
        code,
        layers=(),
        tianditu_key=store.app_settings().tianditu_key,
        **store.map_facts(mark, language),
    )


def theme_layers(theme: str) -> tuple[str, ...]:
    """The map layers shown for a theme."""
    return township_maps.default_layers(theme)


def shown_layers(chosen: Selection) -> tuple[str, ...]:
    """The layers the address asks for, else those of the theme."""
    return chosen.layers if chosen.layers is not None else theme_layers(chosen.theme)


def counts_inside(mark: str, code: str, theme: str) -> dict[str, int]:
    """How many features of each layer of the theme lie in the township, the theme's own layers first.

    Layers that are missing are left out.
    """
    made = store.prepared(mark)
    counts = made.counts.get(code, {})
    present = [layer for layer in theme_layers(theme) if layer in made.present]
    own_first = sorted(present, key=lambda layer: CATALOGUE[layer].themes[0] != theme)
    return {layer: counts.get(layer, 0) for layer in own_first}


@st.cache_resource(max_entries=2000, show_spinner=False)
def inside(mark: str, code: str, layer: str, language: Language) -> pd.DataFrame:
    """The features of a layer in a township as people read them; columns empty throughout are left out."""
    district = store.district(mark)
    frame = district.within(layer, code)
    kept = frame.drop(columns=[frame.geometry.name, "township"], errors="ignore").reset_index(drop=True)
    names = _reference_names(mark)
    shown = readable(kept, CATALOGUE[layer], language=language, names=names, departments=district.departments)
    return shown.dropna(axis="columns", how="all")


@st.cache_resource(max_entries=2, show_spinner=False)
def _reference_names(mark: str) -> Mapping[str, Mapping[str, str]]:
    """The names people know features by: layer, then key, then name."""
    return {**names_by_key(store.district(mark)), "townships": store.names(mark)}


def feature_at(mark: str, code: str, layer: str, *, row: int, language: Language) -> tuple[str, str] | None:
    """Layer and key of a row of `inside`, none when there is no such row or the layer has no key."""
    frame, key = inside(mark, code, layer, language), CATALOGUE[layer].key
    column = headings(CATALOGUE[layer], language)[key.name] if key else None
    if column not in frame.columns or row >= len(frame):
        return None
    return layer, str(frame[column].iloc[row])


def problems(mark: str, code: str) -> list[Problem]:
    """The data problems that name a township."""
    return [problem for problem in store.district(mark).problems if problem.township == code]
