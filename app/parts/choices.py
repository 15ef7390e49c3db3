"""Choices a person makes: one of a few, side by side, and a township from the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from app import state


def bar() -> Any:
    """The row above a page in which its choices and buttons stand."""
    return st.container(key="controls", horizontal=True, vertical_alignment="center", gap="small")


def one_of(
    label: str, options: Sequence[str], word: Callable[[str], str], *, key: str, now: str | None = None,
    name: str | None = None, draw: Callable[..., str] | None = None, **more: Any,
) -> str:  # fmt: skip
    """Let a person choose one of the options, never none; returns it.

    Chosen becomes the selection called `name`, else what `more` says. `now` is what the address says; without it the
    session alone holds the choice, the first option to begin with.
    """
    if now is None:
        st.session_state.setdefault(key, options[0])
    else:
        state.show_in(key, now)
    if name is not None:
        more |= {"on_change": state.change_from, "args": (key,), "kwargs": {"name": name}}
    return (draw or st.segmented_control)(
        label, options, format_func=word, key=key, required=True, **{"label_visibility": "collapsed"} | more
    )


def township_choice(label: str, names: Mapping[str, str], *, key: str, now: str) -> None:
    """Let a person choose the township of the address from a list of names by code; one not in it shows the label."""
    if now in names:
        state.show_in(key, now)
    st.selectbox(
        label, list(names), index=0 if now in names else None, format_func=names.__getitem__, key=key,
        label_visibility="collapsed", placeholder=label, width=190,
        on_change=state.change_from, args=(key,), kwargs={"name": "township"},
    )  # fmt: skip
