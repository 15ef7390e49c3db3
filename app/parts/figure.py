"""Cards: a number with its name, unit, date and a mark when it is illustrative or missing."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from analysis.finding import Finding
from layers.catalogue import CATALOGUE
from layers.layer import Status
from maps.look.style import RENEWAL, THEME_COLOURS
from words import Language, text
from words.markup import safe
from words.units import label, number, quantity

_MARKS = {
    "water_use_m3": THEME_COLOURS["network"],
    "rain_supply_m3": THEME_COLOURS["rain"],
    "rain_mm": THEME_COLOURS["rain"],
    "rain_usable_m3": THEME_COLOURS["rain"],
    "reclaimed_use_m3": THEME_COLOURS["reclaimed"],
    "renewal_length_m": RENEWAL,
    "projects": THEME_COLOURS["industry"],
}


def cards(findings: Iterable[Finding], *, language: Language, row: bool = False) -> None:
    """Draw one card per finding, below one another or in a row."""
    inside = "".join(_card(finding, language) for finding in findings)
    st.html(f'<div class="atlas-cards{" row" if row else ""}">{inside}</div>')


def facts_line(findings: Iterable[Finding], *, language: Language) -> str:
    """What is known of the findings in one line: 面积 123.4 km² · 人口 12,345 人."""
    said = [
        text("app.fact", language, name=text(f"indicators.{f.indicator.id}.short", language), value=_said(f, language))
        for f in findings
        if f.value is not None
    ]
    return " · ".join(said)


def _said(finding: Finding, language: Language) -> str:
    return quantity(finding.value, finding.indicator.unit, language)


def status_mark(status: Status | None, language: Language) -> str:
    """A small HTML mark that says how far a source may be trusted, empty for none."""
    return (
        ""
        if status is None
        else f'<span class="atlas-mark {status}">{safe(text(f"statuses.{status}", language))}</span>'
    )


def lacking(finding: Finding, language: Language) -> str:
    """Which layers a missing value waits for and who owes them, as one sentence."""
    names = [text(f"layers.{layer}.name", language) for layer in finding.needs]
    owners = {text(f"departments.{CATALOGUE[layer].owner}", language) for layer in finding.needs if layer in CATALOGUE}
    joint = text("app.joint", language)
    key = "app.lacking" if finding.facts.get("absent") else "app.lacking_values"
    return text(key, language, layers=joint.join(names), owners=joint.join(sorted(owners)))


def _card(finding: Finding, language: Language) -> str:
    name = text(f"indicators.{finding.indicator.id}.name", language)
    meaning = text(f"indicators.{finding.indicator.id}.meaning", language)
    colour = _MARKS.get(finding.indicator.id, THEME_COLOURS["general"])
    return (
        f'<div class="atlas-card" style="--mark:{colour}" title="{safe(meaning)}">'
        f'<div class="label">{safe(name)}</div>{_value(finding, language)}{_foot(finding, language)}</div>'
    )


def _value(finding: Finding, language: Language) -> str:
    if finding.value is None:
        return f'<div class="value none">{safe(text("units.missing", language))}</div>'
    shown = safe(number(finding.value, finding.indicator.unit, language))
    return f'<div class="value">{shown}<small>{safe(label(finding.indicator.unit, language))}</small></div>'


def _foot(finding: Finding, language: Language) -> str:
    if finding.value is None:
        return f'<div class="foot">{safe(lacking(finding, language)) if finding.needs else ""}</div>'
    said = [] if finding.as_of is None else [safe(_day(finding.as_of, language))]
    if finding.low is not None and finding.high is not None:
        ends = (number(end, finding.indicator.unit, language) for end in (finding.low, finding.high))
        said.insert(0, safe(" – ".join(ends)))
    if finding.facts.get("limited") is False:
        said.insert(0, safe(text("app.upper_bound", language)))
    if left_out := finding.facts.get("missing"):
        said.append(safe(text("app.left_out", language, count=left_out)))
    return f'<div class="foot">{" · ".join(said)} {status_mark(finding.status, language)}</div>'


def _day(as_of: str, language: Language) -> str:
    return text("app.in_year" if len(as_of) == 4 else "app.as_of", language, day=as_of)
