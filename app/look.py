"""The look of the atlas: the style sheets of the rooms as one, over the colours of the maps and the theme."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from maps.look.style import INK, THEME_COLOURS, VERDICT_COLOURS

_FOLDER = Path(__file__).parent
SHARED = _FOLDER / "parts" / "style.css"


def sheets() -> list[Path]:
    """The style sheets in the order they are joined: what all share, then each room that has rules of its own."""
    return [SHARED, *sorted(set(_FOLDER.glob("*/style.css")) - {SHARED})]


def variables() -> dict[str, str]:
    """The colours that the style sheets take from the maps, by the name of their CSS variable."""
    named = {"ink": INK}
    named |= {f"theme-{theme}": colour for theme, colour in THEME_COLOURS.items()}
    named |= {f"verdict-{hue}": colour for hue, colour in VERDICT_COLOURS.items()}
    return {f"--atlas-{name}": colour for name, colour in named.items()}


@cache
def style() -> str:
    """The whole style as HTML."""
    root = "".join(f"{name}: {colour}; " for name, colour in variables().items())
    rules = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets())
    return f"<style>\n:root {{ {root}}}\n{rules}</style>"


def dress() -> None:
    """Put the style on the page."""
    st.html(style())
