"""The steward's part of the data page: the key, what the records hold, taking away, and what was done."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import pandas as pd
import streamlit as st

from app import access, store
from app.parts import told
from app.parts.notice import notice, part
from app.parts.tables import show_cells
from records import emptying
from records.key import LONGEST, SHORTEST, key_is_set, set_key
from records.log import Line, log_lines
from records.people import Actor
from records.sizes import sizes
from words import Language, text
from words.errors import AtlasError

_SAID, _KEY, _NEW, _AGAIN, _CASE = (f"steward_{name}" for name in ("said", "key", "new", "again", "case"))
LINES = 100


def stewardship(*, language: Language) -> None:
    """Set the key, unlock, or act as the steward."""
    part(text("data.steward.title", language))
    told.say(_SAID, language)
    actor = access.steward()
    if not key_is_set(store.app_settings().state):
        _first_key(actor, language)
    elif actor is None or actor.expired:
        _locked(language)
    else:
        left = timedelta(seconds=actor.until - time.monotonic())
        notice(text("data.steward.unlocked", language, time=f"{datetime.now() + left:%H:%M}"))
        st.button(text("data.steward.lock", language), key="steward_lock", on_click=access.lock_session)
    if actor is not None and not actor.expired:
        _powers(language)


def _first_key(actor: Actor | None, language: Language) -> None:
    if actor is None:
        notice(text("data.steward.set_elsewhere", language))
        return
    notice(text("data.steward.set_here", language))
    with st.form("steward_set", border=False, clear_on_submit=True):
        title = text("data.steward.new", language, shortest=SHORTEST)
        st.text_input(title, type="password", key=_NEW, max_chars=LONGEST)
        st.text_input(text("data.steward.again", language), type="password", key=_AGAIN, max_chars=LONGEST)
        st.form_submit_button(text("data.steward.set", language), on_click=told.do, args=(_SAID, _set))


def _locked(language: Language) -> None:
    notice(text("data.steward.locked", language))
    with st.form("steward_unlock", border=False, clear_on_submit=True):
        st.text_input(text("data.steward.key", language), type="password", key=_KEY, max_chars=LONGEST)
        st.form_submit_button(text("data.steward.unlock", language), on_click=told.do, args=(_SAID, _unlock))


def _powers(language: Language) -> None:
    folder = store.app_settings().state
    for size in sizes(folder):
        box = text(f"data.steward.boxes.{size.box}", language)
        held, most = f"{size.bytes / 1e6:,.1f}", f"{size.most_bytes / 1e6:,.0f}"
        notice(text("data.steward.size", language, box=box, count=size.count, held=held, most=most))
    label = text("data.steward.empty_notes", language)
    st.button(label, key="steward_empty_notes", on_click=told.do, args=(_SAID, _empty_notes))
    st.text_input(text("data.steward.case", language), key=_CASE, max_chars=12)
    for name, act in (("remove_reviews", _remove_reviews), ("remove_case", _remove_case)):
        st.button(text(f"data.steward.{name}", language), key=f"steward_{name}", on_click=told.do, args=(_SAID, act))
    lines = log_lines(folder, most=LINES)
    if lines:
        notice(text("data.steward.log", language, count=len(lines)))
        names = ("at", "who", "what", "about")
        frame = pd.DataFrame([_row(line, language) for line in lines], columns=list(names))
        heads = {
            name: st.column_config.TextColumn(text(f"data.steward.log_columns.{name}", language)) for name in names
        }
        show_cells(frame, key="steward_log", column_config=heads)


def _row(line: Line, language: Language) -> tuple[str, ...]:
    who = text(f"data.steward.who.{line.kind}", language, name=line.name or "127.0.0.1")
    moment = line.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    return moment, who, text(f"data.steward.what.{line.what}", language), line.about


def _set() -> told.Done:
    typed = st.session_state
    if typed[_NEW] != typed[_AGAIN]:
        raise AtlasError("records.key.different")
    set_key(store.app_settings().state, typed[_NEW], by=access.steward())
    return "data.steward.was_set", {}


def _unlock() -> None:
    access.unlock_session(st.session_state[_KEY])


def _empty_notes() -> told.Done:
    count = emptying.empty_notes(store.app_settings().state, by=access.steward())
    return "data.steward.emptied", {"count": count}


def _remove_case() -> told.Done:
    id_ = st.session_state[_CASE].strip()
    emptying.remove_case(store.app_settings().state, id_, by=access.steward())
    return "data.steward.removed", {"id": id_}


def _remove_reviews() -> told.Done:
    id_ = st.session_state[_CASE].strip()
    count = emptying.remove_reviews(store.app_settings().state, id_, by=access.steward())
    return "data.steward.emptied", {"count": count}
