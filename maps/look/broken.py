"""Layers that are there and cannot be read, in the words of a map that would have drawn or read them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from words import Language, text


def broken_note(broken: Collection[str], layers: Iterable[str], language: Language) -> str:
    """The sentence that names those of the layers which are broken; empty when none is."""
    found = [text(f"layers.{layer}.name", language) for layer in dict.fromkeys(layers) if layer in broken]
    if not found:
        return ""
    return text("maps.broken_note", language, layers=text("maps.print.between", language).join(found))
