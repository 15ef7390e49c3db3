"""What a planner changed and chose, in this session, until it is kept as a case whose id goes into the address.

Changed assumptions are held by what they are, not by page: a price changed on one page is changed on all. One that is
put back to its default is no longer changed. Choices are held by method.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import streamlit as st

from analysis.asking import known_methods
from analysis.assumption import Assumption
from analysis.assumptions.former import renamed
from analysis.assumptions.money import SEWAGE
from app import state, store
from records.cases import Case, open_case, save_case
from words.errors import AtlasError

_CHANGED, _CHOICES, _RESTORED = "changed", "choices_{}", "restored_case"


def changed(method: str) -> dict[str, float]:
    """The changed assumptions that the method reckons with, by id."""
    mine = _declared(method)
    return {id_: value for id_, value in st.session_state.get(_CHANGED, {}).items() if id_ in mine}


def choices(method: str) -> dict[str, str]:
    """What was chosen other than the usual, by name."""
    return dict(st.session_state.get(_CHOICES.format(method), {}))


def change(method: str, assumption: Assumption, value: float) -> None:
    """Change an assumption; the case that was on show no longer is."""
    now = {id_: kept for id_, kept in changed(method).items() if id_ != assumption.id}
    if not math.isclose(value, assumption.default, rel_tol=1e-9, abs_tol=1e-12):
        now[assumption.id] = min(max(value, assumption.low), assumption.high)
    _hold(method, now, choices(method))


def choose(method: str, name: str, value: str, *, usual: str) -> None:
    """Make a choice; the usual one is no choice."""
    now = choices(method) | {name: value}
    _hold(method, changed(method), {key: kept for key, kept in now.items() if (key, kept) != (name, usual)})


def reset(method: str) -> None:
    """Everything as declared again."""
    _hold(method, {}, {})


def keep(method: str, *, subject: str | None, version: str) -> Case:
    """Save the session's changes as a case and put its id into the address."""
    folder = store.app_settings().state
    case = save_case(folder, method, changed(method), subject=subject, version=version, choices=choices(method))
    st.session_state[_RESTORED] = case.id
    state.change(case=case.id)
    return case


def case_of(method: str, id_: str) -> Case:
    """A saved case of this method; AtlasError `records.cases.unknown` when there is none."""
    case = open_case(store.app_settings().state, id_)
    if case.method != method:
        raise AtlasError("records.cases.unknown", id=id_)
    return case


def restore(method: str, id_: str) -> Case:
    """The case the address names, its changes taken into the session the first time it is met.

    AtlasError `records.cases.unknown` when there is none for this method.
    """
    case = case_of(method, id_)
    if st.session_state.get(_RESTORED) != id_:
        st.session_state[_RESTORED] = id_
        take(method, case.assumptions)
        st.session_state[_CHOICES.format(method)] = dict(case.choices)
    return case


def take(method: str, assumptions: Mapping[str, float]) -> None:
    """Make these, as a saved case holds them, the changed assumptions: under today's ids and within today's bounds.

    Those no longer declared are left out.
    """
    declared = {one.id: one for one in known_methods()[method].ASSUMPTIONS}
    told = renamed(assumptions, sewage_yuan_per_m3=SEWAGE.default)
    kept = {
        id_: min(max(value, declared[id_].low), declared[id_].high) for id_, value in told.items() if id_ in declared
    }
    _put(method, kept)


def put_back(method: str, assumptions: Mapping[str, float], chosen: Mapping[str, str]) -> None:
    """Callback: an earlier trial of this session again, assumptions and choices."""
    _hold(method, dict(assumptions), dict(chosen))


def _hold(method: str, assumptions: dict[str, float], chosen: dict[str, str]) -> None:
    _put(method, assumptions)
    st.session_state[_CHOICES.format(method)] = chosen
    st.session_state.pop(_RESTORED, None)
    if state.selection().case is not None:
        state.change(case=None)


def _declared(method: str) -> frozenset[str]:
    return frozenset(one.id for one in known_methods()[method].ASSUMPTIONS)


def _put(method: str, assumptions: Mapping[str, float]) -> None:
    """Make these the changes of the method; those that only other methods reckon with stay."""
    mine = _declared(method)
    others = {id_: value for id_, value in st.session_state.get(_CHANGED, {}).items() if id_ not in mine}
    st.session_state[_CHANGED] = others | dict(assumptions)
