"""The assumptions: every coefficient with value, unit, range, source and confidence; a change reckons anew at once."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analysis.assumption import Assumption
from analysis.methods.rainwater import METHOD
from analysis.methods.rainwater.assumptions import BY_ID, CATCHMENT, CODES, COVER, DEMAND, MONEY, SOIL
from app import changes, state
from app.parts.notice import notice
from app.rainwater import store
from app.rainwater.scene import Scene
from reports.rainwater.tables import unit_sign
from words import Language, text
from words.markup import safe
from words.units import UNITS

_OF_PROJECT = tuple(one for one in CATCHMENT if one.id.startswith(("rain_psi", "rain_flush")))
PROJECT_GROUPS = {"catchment": _OF_PROJECT, "demand": DEMAND, "codes": CODES, "money": MONEY}
DISTRICT_GROUPS = {"catchment": CATCHMENT, "demand": DEMAND, "codes": CODES, "cover": (*COVER, *SOIL)}
_RULES = {"rule": ("rules", ("yas", "ybs")), "first_flush_rule": ("flush", ("per_spell", "per_day"))}


def assumption_panel(scene: Scene, groups: Mapping[str, tuple[Assumption, ...]], *, columns: int) -> None:
    """The groups behind folds, the ones with a change open, and the way back to the defaults."""
    language, touched = scene.language, dict(scene.changed)
    count = len(touched) + len(scene.choices)
    title = (
        text("rainwater.page.params_changed", language, count=count)
        if count
        else text("rainwater.page.params", language)
    )
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.html(f'<h2 class="atlas-part">{safe(title)}</h2>', width="content")
        st.button(
            text("rainwater.page.reset", language), key="rain_reset", disabled=not count,
            on_click=changes.reset, args=(METHOD,), type="tertiary",
        )  # fmt: skip
    notice(text("rainwater.page.params_hint", language))
    _rules(scene)
    values = store.assumed(scene.changed)
    for group, declared in groups.items():
        changed_here = sum(one.id in touched for one in declared)
        name = text(f"rainwater.page.groups.{group}", language)
        with st.expander(f"{name} · {changed_here}" if changed_here else name, key=f"rain_group_{group}"):
            cells = st.columns(columns) if columns > 1 else [st.container()]
            for n, one in enumerate(declared):
                with cells[n % columns]:
                    _row(one, values[one.id], changed=one.id in touched, language=language)


def _rules(scene: Scene) -> None:
    now = store.rules(scene.choices)
    for name, (words, options) in _RULES.items():
        key = f"rain_{name}"
        state.show_in(key, now[name])
        st.segmented_control(
            text(f"rainwater.page.{name}", scene.language),
            options,
            format_func=lambda option, words=words: text(f"rainwater.page.{words}.{option}", scene.language),
            key=key,
            required=True,
            on_change=_chosen,
            args=(name, key),
        )


def _chosen(name: str, key: str) -> None:
    changes.choose(METHOD, name, st.session_state[key], usual=store.USUAL[name])


def _row(one: Assumption, value: float, *, changed: bool, language: Language) -> None:
    divisor, places = _shown(one)
    sign = unit_sign(one, language)
    name = text(f"assumptions.{one.id}", language) + (f" ({sign})" if sign else "")
    low, high, default, now = (round(v / divisor, 9) for v in (one.low, one.high, one.default, value))
    if changed:
        name += f" :orange[**{text('rainwater.page.param_changed', language, default=f'{default:,.{places}f}')}**]"
    key = f"assume_{one.id}"
    state.show_in(key, now)
    st.number_input(
        name,
        min_value=low,
        max_value=high,
        step=float(f"{(high - low) / 10:.0e}"),
        format=f"%.{places}f",
        key=key,
        on_change=_changed,
        args=(one.id, key),
    )
    facts = {
        "low": f"{low:,.{places}f}",
        "high": f"{high:,.{places}f}",
        "citation": one.citation,
        "confidence": text(f"rainwater.page.confidence.{one.confidence}", language),
    }
    st.html(f'<p class="atlas-param">{safe(text("rainwater.page.param_line", language, **facts))}</p>')


def _changed(id_: str, key: str) -> None:
    one = BY_ID[id_]
    value = st.session_state[key]
    if value is not None:
        changes.change(METHOD, one, round(value * _shown(one)[0], 12))


def _shown(one: Assumption) -> tuple[float, int]:
    """Divisor from the inside unit, and the decimals that low, high and default need."""
    divisor = UNITS[one.unit].divisor if one.unit else 1.0
    ends = [round(value / divisor, 6) for value in (one.low, one.high, one.default)]
    places = max(len(f"{end:.6f}".rstrip("0").partition(".")[2]) for end in ends)
    return divisor, min(places, 3)
