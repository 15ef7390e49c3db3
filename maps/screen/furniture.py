"""What surrounds the map: its words, and for each layer the source, the date and the mark of what is not official."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from layers.departments import Departments
from layers.layer import THEMES, Layer, Status
from maps.look.card import card_fields
from maps.look.legend import symbol, symbols
from maps.look.style import style_of
from maps.screen.prepared import Prepared, map_layers
from words import Language, sentences, text

GROUNDS = ("townships", "elevation", "rivers")


@lru_cache(maxsize=4)
def page_words(language: Language) -> dict[str, str]:
    """The sentences of `maps.toml` that the page's scripts speak, by their short key."""
    start = "maps.page."
    return {key.removeprefix(start): said for key, said in sentences(language).items() if key.startswith(start)}


@lru_cache(maxsize=256)
def layer_head(layer: Layer, language: Language) -> dict[str, Any]:
    """What is true of a layer in every data version: name, geometry, look, symbols and the heads of its card."""
    names = [field.name for field in layer.fields]
    look = style_of(layer)
    return {
        "name": text(f"layers.{layer.id}.name", language),
        "geometry": layer.geometry,
        "style": symbol(look.base),
        "symbols": symbols(layer, language),
        "symbol": names.index(layer.symbol_by) if layer.symbol_by and look.symbols else None,
        "label": names.index(layer.label) if layer.label else None,
        "key": names.index(layer.key.name) if layer.key else None,
        "fields": card_fields(layer, language),
    }


def filled_head(layer: Layer, language: Language, departments: Departments) -> dict[str, Any]:
    """The head of a layer with features here, its departments called as the district calls them."""
    head = layer_head(layer, language)
    if not any(field.roles for field in layer.fields):
        return head
    return {**head, "fields": card_fields(layer, language, departments=departments)}


def empty_head(layer: Layer, language: Language) -> dict[str, Any]:
    """The head of a layer with nothing here: enough for its line among the switches."""
    return {**layer_head(layer, language), "fields": [], "symbols": []}


def origin(prepared: Prepared, layer: str, language: Language) -> dict[str, Any]:
    """A layer's source for card and source line, and its mark unless the data are official."""
    entry = prepared.entries.get(layer)
    if entry is None:
        return {}
    said: dict[str, Any] = {"source": {"issuer": entry.source.issuer, "date": str(entry.source.as_of)}}
    mark = status_mark(entry.source.status, language)
    return said | ({"mark": mark} if mark else {})


def status_mark(status: Status | None, language: Language) -> str:
    """The word that marks data which are not the real thing; empty for all other data."""
    return text("statuses.illustrative", language) if status == "illustrative" else ""


def grounds(prepared: Prepared, language: Language) -> list[dict[str, Any]]:
    """The sources of what every map shows: township borders, relief, rivers."""
    return [said for said in (origin(prepared, layer, language) for layer in GROUNDS) if said]


def themes(language: Language) -> list[dict[str, Any]]:
    """The themes in their order, each with the map layers whose home it is."""
    homes: dict[str, list[str]] = {}
    for layer in map_layers():
        homes.setdefault(layer.themes[0], []).append(layer.id)
    return [
        {"id": theme, "name": text(f"themes.{theme}", language), "layers": homes[theme]}
        for theme in THEMES
        if theme in homes
    ]


def district_name(prepared: Prepared, language: Language) -> str:
    """The district's name in the language asked for."""
    return prepared.name if language == "zh" else prepared.name_en
