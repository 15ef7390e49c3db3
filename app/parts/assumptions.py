"""The assumptions of a method: value, unit, range, source and confidence of each; a change reckons anew at once.

A room declares its groups (words `<method>.page.groups`) and which ones are sliders elsewhere on its page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from analysis.assumption import Assumption
from app import changes, state
from app.parts.notice import notice
from reports.book.table import unit_sign
from words import Language, text
from words.markup import safe
from words.units import UNITS, decimals

Groups = Mapping[str, Sequence[Assumption]]
Then = Callable[[], None] | None


def assumption_panel(
    method: str, groups: Groups, *, language: Language, columns: int = 3, chosen: int = 0,
    note: str = "", before: Then = None, then: Then = None,
) -> None:  # fmt: skip
    """The groups behind folds with what was changed counted, and the way back to the defaults.

    `chosen` is how many choices made elsewhere count with the changes; `before` draws what stands above the groups;
    `note` is the room's own hint; `then` runs after every change.
    """
    touched = changes.changed(method)
    count = len(touched) + chosen
    title = text("app.params.title_changed" if count else "app.params.title", language, count=count)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.html(f'<h2 class="atlas-part">{safe(title)}</h2>', width="content")
        st.button(
            text("app.params.reset", language),
            key=f"{method}_reset",
            disabled=not (count or changes.choices(method)),
            on_click=_reset,
            args=(method, then),
            type="tertiary",
        )
    for hint in filter(None, (text("app.params.hint", language), note)):
        notice(hint)
    if before is not None:
        before()
    for group, declared in groups.items():
        here = sum(one.id in touched for one in declared)
        name = text(f"{method}.page.groups.{group}", language)
        with st.expander(f"{name} · {here}" if here else name, key=f"{method}_group_{group}"):
            cells = st.columns(columns) if columns > 1 else [st.container()]
            for n, one in enumerate(declared):
                with cells[n % columns]:
                    _number_row(method, one, language, then)


def slider_row(
    method: str, one: Assumption, *, language: Language, step: float | None = None, then: Then = None
) -> None:
    """One assumption as a slider."""
    low, high, _, now, places = _shown(method, one)
    key = f"assume_{one.id}"
    state.show_in(key, float(now))
    st.slider(
        _title(method, one, language),
        float(low),
        float(high),
        step=step or float(f"{(high - low) / 20:.0e}"),
        format=f"%.{places}f",
        key=key,
        on_change=_changed,
        args=(method, one, key, then),
    )


def _number_row(method: str, one: Assumption, language: Language, then: Then) -> None:
    low, high, _, now, places = _shown(method, one)
    key = f"assume_{one.id}"
    state.show_in(key, now)
    st.number_input(
        _title(method, one, language),
        min_value=low,
        max_value=high,
        step=float(f"{(high - low) / 10:.0e}") or None,
        format=f"%.{places}f",
        key=key,
        disabled=low == high,
        on_change=_changed,
        args=(method, one, key, then),
    )
    facts = {
        "low": f"{low:,.{places}f}",
        "high": f"{high:,.{places}f}",
        "citation": one.citation,
        "confidence": text(f"assumptions.confidence.{one.confidence}", language),
    }
    st.html(f'<p class="atlas-param">{safe(text("app.params.line", language, **facts))}</p>')


def _title(method: str, one: Assumption, language: Language) -> str:
    """The name with its unit, and the default where it was changed."""
    _, _, default, _, places = _shown(method, one)
    name, sign = text(f"assumptions.{one.id}", language), unit_sign(one.unit, language)
    if sign:
        name += f" ({sign})"
    if one.id not in changes.changed(method):
        return name
    return f"{name} :orange[**{text('app.params.changed', language, default=f'{default:,.{places}f}')}**]"


def _shown(method: str, one: Assumption) -> tuple[float, float, float, float, int]:
    """Low, high, default and value now in the unit shown, and the decimals that they need."""
    value = changes.changed(method).get(one.id, one.default)
    ends = (one.low, one.high, one.default, value)
    low, high, default, now = (round(v / _divisor(one), 9) for v in ends)
    return low, high, default, now, decimals(ends, one.unit)


def _divisor(one: Assumption) -> float:
    return UNITS[one.unit].divisor if one.unit else 1.0


def _changed(method: str, one: Assumption, key: str, then: Then) -> None:
    value = st.session_state[key]
    if value is not None:
        changes.change(method, one, round(value * _divisor(one), 12))
        _after(then)


def _reset(method: str, then: Then) -> None:
    changes.reset(method)
    _after(then)


def _after(then: Then) -> None:
    if then is not None:
        then()
