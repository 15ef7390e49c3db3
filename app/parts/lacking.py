"""缺什么, 由谁提供: the sentence about layers that something waits for."""

from __future__ import annotations

from collections.abc import Iterable

from layers.catalogue import CATALOGUE
from words import Language, text


def owners(layers: Iterable[str], language: Language) -> str:
    """Who answers for the layers, each department once."""
    names = {text(f"departments.{CATALOGUE[layer].owner}", language) for layer in layers if layer in CATALOGUE}
    return text("app.joint", language).join(sorted(names))


def lacking(layers: Iterable[str], language: Language, *, absent: bool = True) -> str:
    """Which layers something waits for and who owes them; with `absent` false they are there and lack values."""
    waited = tuple(layers)
    names = text("app.joint", language).join(text(f"layers.{layer}.name", language) for layer in waited)
    key = "app.lacking" if absent else "app.lacking_values"
    return text(key, language, layers=names, owners=owners(waited, language))
