"""The legend's entries: each layer's symbol, and one for each kind its symbols tell apart."""

from __future__ import annotations

from typing import Any

from layers.layer import Layer
from maps.look.card import choice_words
from maps.look.style import Style, style_of
from words import Language


def symbol(style: Style) -> dict[str, Any]:
    """A style as the page's scripts read it."""
    return {
        "stroke": style.stroke,
        "fill": style.fill,
        "weight": style.weight_px,
        "fillShare": style.fill_share,
        "dash": list(style.dash),
        "shape": style.shape,
        "size": style.size_px,
    }


def changed(style: Style, base: Style) -> dict[str, Any]:
    """What a kind's symbol changes of its layer's."""
    usual = symbol(base)
    return {name: value for name, value in symbol(style).items() if value != usual[name]}


def symbols(layer: Layer, language: Language) -> list[dict[str, Any]]:
    """One entry per kind: code, words and what its symbol changes; empty where all features look alike."""
    look = style_of(layer)
    chosen = look.symbols
    if not chosen or layer.symbol_by is None:
        return []
    words = choice_words(layer, layer.field(layer.symbol_by), language)
    return [{"code": code, "label": words[code], "style": changed(style, look.base)} for code, style in chosen.items()]
