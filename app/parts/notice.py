"""Sentences on the screen: empty, missing, wrong; plain text always, whatever the data hold."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from words.markup import safe

Kind = Literal["line", "empty", "missing", "wrong", "done", "purple"]


def notice(sentence: str, kind: Kind = "line") -> None:
    """Show a sentence; markup in it is shown as the text it is."""
    st.html(f'<p class="atlas-notice {kind}" role="status">{safe(sentence)}</p>')


def heading(sentence: str, *, below: str = "") -> None:
    """The title of a page or part, with a quiet line below it."""
    small = f'<p class="atlas-sub">{safe(below)}</p>' if below else ""
    st.html(f'<h1 class="atlas-title">{safe(sentence)}</h1>{small}')


def part(sentence: str) -> None:
    """The title of a part of a page."""
    st.html(f'<h2 class="atlas-part">{safe(sentence)}</h2>')


def foot(sentence: str) -> None:
    """The quiet line at the end of a page."""
    st.html(f'<p class="atlas-foot">{safe(sentence)}</p>')
