"""The assumptions of reclaimed water: value, unit, range, source and confidence; a change reckons anew at once."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analysis.assumption import Assumption
from analysis.hydraulics import limits
from analysis.methods.reclaimed import METHOD
from analysis.methods.reclaimed.assumptions import DEMAND, MONEY, PIPES, ROUTES, SUPPLY
from app import changes, state
from app.parts.notice import notice
from app.reclaimed import store
from app.reclaimed.scene import Scene
from words import Language, text
from words.markup import safe
from words.units import UNITS, label

GROUPS: Mapping[str, tuple[Assumption, ...]] = {
    "demand": DEMAND,
    "supply": SUPPLY,
    "pipes": PIPES,
    "routes": ROUTES,
    "money": tuple(one for one in MONEY if one.id not in store.PRICES),
    "limits": limits.ASSUMPTIONS,
}
_COLUMNS = 3


def assumption_panel(scene: Scene) -> None:
    """The groups behind folds, those with a change counted, and the way back to the defaults."""
    language, touched = scene.language, dict(scene.changed)
    count = len(touched)
    title = (
        text("reclaimed.page.params_changed", language, count=count)
        if count
        else text("reclaimed.page.params", language)
    )
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.html(f'<h2 class="atlas-part">{safe(title)}</h2>', width="content")
        st.button(
            text("reclaimed.page.reset", language), key="reclaimed_reset", disabled=not (count or scene.choices),
            on_click=changes.reset, args=(METHOD,), type="tertiary",
        )  # fmt: skip
    notice(text("reclaimed.page.params_hint", language))
    values = store.assumed(scene.changed)
    for group, declared in GROUPS.items():
        here = sum(one.id in touched for one in declared)
        name = text(f"reclaimed.page.groups.{group}", language)
        with st.expander(f"{name} · {here}" if here else name, key=f"reclaimed_group_{group}"):
            cells = st.columns(_COLUMNS)
            for n, one in enumerate(declared):
                with cells[n % _COLUMNS]:
                    number_row(one, values[one.id], changed=one.id in touched, language=language)


def number_row(one: Assumption, value: float, *, changed: bool, language: Language) -> None:
    """One assumption as a number to change, its range, source and confidence below it."""
    divisor, places = shown(one)
    low, high, default, now = (round(v / divisor, 9) for v in (one.low, one.high, one.default, value))
    key = f"assume_{one.id}"
    state.show_in(key, now)
    st.number_input(
        _title(one, default, places, changed=changed, language=language), min_value=low, max_value=high,
        step=float(f"{(high - low) / 10:.0e}"), format=f"%.{places}f", key=key, on_change=_changed, args=(one.id, key),
    )  # fmt: skip
    facts = {
        "low": f"{low:,.{places}f}",
        "high": f"{high:,.{places}f}",
        "citation": one.citation,
        "confidence": text(f"reclaimed.page.confidence.{one.confidence}", language),
    }
    st.html(f'<p class="atlas-param">{safe(text("reclaimed.page.param_line", language, **facts))}</p>')


def slider_row(one: Assumption, value: float, *, changed: bool, language: Language) -> None:
    """One price as a slider."""
    divisor, places = shown(one)
    low, high, default, now = (round(v / divisor, 9) for v in (one.low, one.high, one.default, value))
    key = f"assume_{one.id}"
    state.show_in(key, float(now))
    st.slider(
        _title(one, default, places, changed=changed, language=language), float(low), float(high),
        step=float(f"{(high - low) / 20:.0e}"), format=f"%.{max(places, 2) if high - low < 10 else 0}f", key=key,
        on_change=_changed, args=(one.id, key),
    )  # fmt: skip


def _title(one: Assumption, default: float, places: int, *, changed: bool, language: Language) -> str:
    sign = label(one.unit, language) if one.unit not in ("count", "ratio") else ""
    name = text(f"assumptions.{one.id}", language)
    name += f" ({sign})" if sign and f"({sign})" not in name else ""
    if changed:
        name += f" :orange[**{text('reclaimed.page.param_changed', language, default=f'{default:,.{places}f}')}**]"
    return name


def _changed(id_: str, key: str) -> None:
    one, value = store.BY_ID[id_], st.session_state[key]
    if value is not None:
        changes.change(METHOD, one, round(value * shown(one)[0], 12))


def shown(one: Assumption) -> tuple[float, int]:
    """Divisor from the inside unit, and the decimals that low, high and default need."""
    divisor = UNITS[one.unit].divisor if one.unit else 1.0
    ends = [round(value / divisor, 6) for value in (one.low, one.high, one.default)]
    places = max(len(f"{end:.6f}".rstrip("0").partition(".")[2]) for end in ends)
    return divisor, min(places, 3)
