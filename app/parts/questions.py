"""Questions a file leaves open, each with its answers to choose from; one button hands all of them back together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from app.parts.notice import notice
from geo.doubt import Doubt
from words import Language, text

FEW = 4  # so many answers stand open side by side, more are a list
Take = Callable[[Mapping[str, str]], None]


def questions(doubts: Sequence[Doubt], *, name: str, language: Language, take: Take, asking: bool = True) -> None:
    """Show the questions of a reader; `take` gets the answers given, by the questions' keys, when they are handed in.

    `name` tells the widgets of one place from those of another; without `asking` they are decided already and may be
    answered otherwise.
    """
    with st.container(key=f"{name}_questions"):
        if asking:
            notice(text("intake.undecided", language, count=len(doubts)), "missing")
        for doubt in doubts:
            _question(doubt, name, language)
        st.button(
            text("app.questions.take", language),
            key=f"{name}_answered",
            type="primary",
            on_click=_hand_in,
            args=(tuple(doubt.key for doubt in doubts), name, take),
        )


def _question(doubt: Doubt, name: str, language: Language) -> None:
    """One question: its answers as they are said, none chosen beforehand; any text where it has no answers."""
    key, sentence = _key(name, doubt.key), doubt.said(language)
    said = {choice.value: choice.said(language) for choice in doubt.choices}
    if not said:
        st.text_input(sentence, key=key, max_chars=80)
        return
    if st.session_state.get(key) not in (None, *said):
        del st.session_state[key]
    if len(said) <= FEW:
        notice(sentence)
        st.radio(
            text("app.questions.choose", language),
            list(said),
            index=None,
            format_func=lambda value: _literal(said[value]),
            key=key,
            label_visibility="collapsed",
        )
        return
    notice(sentence)
    st.selectbox(
        text("app.questions.choose", language),
        list(said),
        index=None,
        format_func=said.__getitem__,
        key=key,
        placeholder=text("app.questions.choose", language),
        label_visibility="collapsed",
    )


def _hand_in(keys: tuple[str, ...], name: str, take: Take) -> None:
    given = {key: str(st.session_state.get(_key(name, key)) or "").strip() for key in keys}
    take({key: value for key, value in given.items() if value})


def _key(name: str, question: str) -> str:
    return f"{name}_{question}"


def _literal(words: str) -> str:
    """The words with every sign that Markdown reads as markup kept as the sign it is."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()#+-.!|~<>$:" else sign for sign in words)
