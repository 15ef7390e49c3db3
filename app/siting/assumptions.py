"""The thresholds and coefficients of the checks: look one up, change it within its range, see what was changed."""

from __future__ import annotations

import streamlit as st

from analysis.assumption import Assumption
from analysis.methods.siting import ASSUMPTIONS, METHOD
from app import changes, state
from app.parts.notice import notice
from app.siting import session, store
from app.siting.scene import Scene
from words import Language, text
from words.units import UNITS, label, number

_BY_ID = {one.id: one for one in ASSUMPTIONS}
_CHOSEN = "siting_assumption"


def assumption_part(scene: Scene) -> None:
    """Choose an assumption and change it; the changed ones are listed and can be put back."""
    language, changed = scene.language, dict(scene.changed)
    title = text("siting.page.assumptions.title", language, count=len(changed))
    with st.expander(title):
        st.selectbox(
            text("siting.page.assumptions.choose", language),
            list(_BY_ID),
            format_func=lambda id_: text(f"assumptions.{id_}", language),
            key=_CHOSEN,
            label_visibility="collapsed",
        )
        _change(_BY_ID[st.session_state[_CHOSEN]], scene)
        for id_, value in changed.items():
            notice(_line(_BY_ID[id_], value, language))
        if changed:
            st.button(text("siting.page.assumptions.reset", language), key="siting_reset", on_click=_reset)


def _change(one: Assumption, scene: Scene) -> None:
    language = scene.language
    divisor = UNITS[one.unit].divisor if one.unit else 1.0
    value = store.assumed(scene.changed)[one.id]
    key = f"siting_value_{one.id}"
    state.show_in(key, round(value / divisor, 6))
    sign = label(one.unit, language)
    name = text(f"assumptions.{one.id}", language)
    st.number_input(
        f"{name} ({sign})" if sign else name,
        min_value=one.low / divisor,
        max_value=one.high / divisor,
        key=key,
        format="%.4g",
        on_change=_changed,
        args=(one.id, key, divisor),
    )
    facts = {
        "low": number(one.low, one.unit, language),
        "high": number(one.high, one.unit, language),
        "default": number(one.default, one.unit, language),
        "citation": one.citation,
        "confidence": text(f"siting.paper.confidence.{one.confidence}", language),
    }
    notice(text("siting.page.assumptions.about", language, **facts))


def _line(one: Assumption, value: float, language: Language) -> str:
    facts = {
        "name": text(f"assumptions.{one.id}", language),
        "value": number(value, one.unit, language),
        "default": number(one.default, one.unit, language),
        "unit": label(one.unit, language),
    }
    return text("siting.page.assumptions.changed", language, **facts)


def _changed(id_: str, key: str, divisor: float) -> None:
    changes.change(METHOD, _BY_ID[id_], float(st.session_state[key]) * divisor)
    session.touched()


def _reset() -> None:
    changes.reset(METHOD)
    session.touched()
