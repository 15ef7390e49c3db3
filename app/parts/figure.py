"""Figures: a number with its name, unit, date and a mark when it is illustrative or missing, on a card."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from analysis.finding import Finding, said_with
from app.parts.lacking import lacking
from layers.layer import Status
from maps.look.classes import hue_of
from words import Language, text
from words.markup import safe
from words.units import label, number, quantity


@dataclass(frozen=True)
class Figure:
    """A number for a card: its name, the number as written (none: 数据不足), its sign, and lines below it.

    `colour` marks this card alone, `meaning` says more where the pointer rests.
    """

    name: str
    value: str | None
    sign: str = ""
    below: tuple[str, ...] = ()
    status: Status | None = None
    as_of: str | None = None
    colour: str | None = None
    meaning: str = ""


def figures(
    shown: Iterable[Figure],
    *,
    language: Language,
    layout: Literal["column", "row", "dense"] = "column",
    colour: str | None = None,
) -> None:
    """Draw the cards in as many columns as the layout has room for; `colour` marks those with none of their own."""
    inside = "".join(_card(figure, colour, language) for figure in shown)
    st.html(f'<div class="atlas-cards {layout}">{inside}</div>')


def figure_of(finding: Finding, language: Language) -> Figure:
    """A finding as a figure, in the colour its indicator has on the map."""
    id_, unit = finding.indicator.id, finding.indicator.unit
    name, meaning = (text(f"indicators.{id_}.{key}", language) for key in ("name", "meaning"))
    told = said_with(finding, language)
    if finding.value is None:
        absent = bool(finding.facts.get("absent"))
        below = (*told, lacking(finding.needs, language, absent=absent)) if finding.needs else ()
        return Figure(name, None, below=below, colour=hue_of(id_), meaning=meaning)
    said = [] if finding.facts.get("limited") is not False else [text("app.upper_bound", language)]
    said.append(spread(finding.low, finding.high, unit, language))
    said += told
    if left_out := finding.facts.get("missing"):
        said.append(text("app.left_out", language, count=left_out))
    return Figure(
        name, number(finding.value, unit, language), label(unit, language), tuple(said), finding.status, finding.as_of,
        hue_of(id_), meaning,
    )  # fmt: skip


def spread(low: float | None, high: float | None, unit: str | None, language: Language) -> str:
    """低 – 高 as one text, empty when unknown."""
    known = low is not None and high is not None
    return " – ".join(number(end, unit, language) for end in (low, high)) if known else ""


def facts_line(findings: Iterable[Finding], *, language: Language) -> str:
    """What is known of the findings in one line: 面积 123.4 km² · 人口 12,345 人."""
    said = [
        text(
            "app.fact",
            language,
            name=text(f"indicators.{f.indicator.id}.short", language),
            value=_at_least(f, quantity(f.value, f.indicator.unit, language), language),
        )
        for f in findings
        if f.value is not None
    ]
    return " · ".join(said)


def _at_least(finding: Finding, said: str, language: Language) -> str:
    return text("app.at_least", language, value=said) if finding.facts.get("lower_bound") else said


def status_mark(status: Status | None, language: Language) -> str:
    """A small HTML mark that says how far a source may be trusted, empty for none."""
    said = "" if status is None else safe(text(f"statuses.{status}", language))
    return f'<span class="atlas-mark {status}">{said}</span>' if said else ""


def _card(figure: Figure, colour: str | None, language: Language) -> str:
    mark = figure.colour or colour
    said = f' style="--mark:{mark}"' if mark else ""
    said += f' title="{safe(figure.meaning)}"' if figure.meaning else ""
    lines = "".join(f'<span class="line">{safe(line)}</span>' for line in figure.below if line)
    if figure.value is None:
        value = f'<div class="value none">{safe(text("units.missing", language))}</div>'
    else:
        value = f'<div class="value">{safe(figure.value)}<small>{safe(figure.sign)}</small></div>'
        lines += f'<span class="when">{_day(figure.as_of, language)} {status_mark(figure.status, language)}</span>'
    return (
        f'<div class="atlas-card"{said}><div class="label">{safe(figure.name)}</div>'
        f'{value}<div class="foot">{lines}</div></div>'
    )


def _day(as_of: str | None, language: Language) -> str:
    if as_of is None:
        return ""
    said = text("app.in_year" if len(as_of) == 4 else "app.as_of", language, day=as_of)
    return f'<span class="line">{safe(said)}</span>'
