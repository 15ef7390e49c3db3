"""What a press did, told at the run after it: how it went, or the sentence of a refusal, which changes nothing."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.parts.notice import notice
from words import Language, text
from words.errors import AtlasError

Done = tuple[str, dict[str, object]]


def do(box: str, act: Callable[[], Done | None]) -> None:
    """Callback: do it, and keep under the name of the box what is to be said: the key of a sentence and its facts."""
    try:
        done = act()
    except AtlasError as error:
        st.session_state[box] = (error.key, error.facts, "wrong")
    else:
        if done is not None:
            st.session_state[box] = (*done, "done")


def say(box: str, language: Language) -> None:
    """Say once what the last press did."""
    if box in st.session_state:
        key, facts, kind = st.session_state.pop(box)
        notice(text(key, language, **facts), kind)
