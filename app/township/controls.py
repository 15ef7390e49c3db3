"""The township and the theme of its map, held in the address."""

from __future__ import annotations

from collections.abc import Mapping

from app.parts import choices
from app.state import Selection
from layers.layer import THEMES
from words import text


def township_choice(chosen: Selection, *, names: Mapping[str, str]) -> str:
    """Let a person choose the township and the theme; returns the township's code, the first one for none."""
    code, language = chosen.township if chosen.township is not None else next(iter(names)), chosen.language
    with choices.bar():
        choices.township_choice(text("township.choose", language), names, key="township", now=code)
        choices.one_of(
            text("township.theme", language), THEMES, lambda theme: text(f"themes.{theme}", language),
            key="theme", now=chosen.theme, name="theme",
        )  # fmt: skip
    return code
