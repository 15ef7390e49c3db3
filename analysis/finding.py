"""What an analysis says: an indicator of a subject with its value, verdict, reasons and sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, cast

from layers.district import District
from layers.layer import STATUSES, Status
from words import Language, text
from words.units import inside, quantity

DIVIDED = frozenset(("units_then", "townships_then", "added", "missing_units", "twice"))
_UNITS = {
    "units_then": "app.units_then",
    "added": "app.units_added",
    "missing_units": "app.units_missing",
    "twice": "app.units_twice",
}
Verdict = Literal["prohibited", "restricted", "study", "clear", "unknown", "none"]


@dataclass(frozen=True)
class Indicator:
    """What a number means: id (words `indicators.<id>`), unit, which way is better, the method that makes it.

    `subject` is the kind of thing it speaks of; what speaks of townships reaches overview, cards and commands.
    """

    id: str
    unit: str | None
    method: str
    better: Literal["more", "less", "neither"] = "neither"
    subject: Literal["township", "project", "plant", "site"] = "township"


@dataclass(frozen=True)
class Finding:
    """An indicator of a subject (a township code, project id …) with value, range and where it comes from.

    `value` is none when data are missing (数据不足); `needs` then lists the layers that are lacking.
    `as_of` is the date or year the value speaks of; `status` the worst of the sources used.
    """

    indicator: Indicator
    subject: str
    value: float | None
    low: float | None = None
    high: float | None = None
    verdict: Verdict = "none"
    as_of: str | None = None
    status: Status | None = None
    layers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    result_id: str = ""


def worst_status(statuses: Iterable[Status | None]) -> Status | None:
    """The least trusted of the statuses given, none for no status at all."""
    known = [status for status in statuses if status is not None]
    return max(known, key=STATUSES.index) if known else None


def newest(days: Iterable[date]) -> str | None:
    """The latest of the dates as ISO text, none for none."""
    return max((day.isoformat() for day in days), default=None)


def oldest(days: Iterable[date]) -> str | None:
    """The earliest of the dates as ISO text, none for none."""
    return min((day.isoformat() for day in days), default=None)


def sources_of(district: District, layers: Iterable[str]) -> tuple[Status | None, str | None]:
    """Worst source status and newest source date of the layers that are there."""
    entries = [district.entries[layer] for layer in layers if layer in district.entries]
    return worst_status(e.source.status for e in entries), newest(e.source.as_of for e in entries)


def said_with(finding: Finding, language: Language) -> tuple[str, ...]:
    """What is to be read with a value: that it is a lower bound, of which share of the land, and of which units."""
    facts, told = finding.facts, []
    if finding.value is not None and facts.get("lower_bound") and "missing_units" not in facts:
        told.append(text("app.lower_bound", language))
    if share := facts.get("known_share"):
        told.append(text("app.known_share", language, share=quantity(cast(float, share), "share", language)))
    for fact, key in _UNITS.items():
        if names := facts.get(fact):
            units = text("app.joint", language).join(cast(Iterable[str], names))
            told.append(text(key, language, units=units, year=facts.get("year", "")))
    then = townships_then(finding, language)
    return (*told, then) if then else tuple(told)


def townships_then(finding: Finding, language: Language) -> str:
    """How many townships the year of a district's figure had; empty where they were those of today."""
    facts = finding.facts
    if "townships_then" not in facts:
        return ""
    counts = {"then": facts["townships_then"], "now": facts["townships"], "year": facts["year"]}
    return text("app.townships_then", language, **counts)


def as_record(finding: Finding, district: District, language: Language) -> dict[str, object]:
    """A finding as plain values, with its name and its number as people read them."""
    return {
        "id": finding.indicator.id,
        "name": text(f"indicators.{finding.indicator.id}.name", language),
        "value": finding.value,
        "unit": inside(finding.indicator.unit),
        "shown": quantity(finding.value, finding.indicator.unit, language),
        "status": finding.status,
        "as_of": finding.as_of,
        "needs": finding.needs,
        "broken": [layer for layer in finding.needs if layer in district.broken],
        "lower_bound": bool(finding.facts.get("lower_bound")),
        "notes": said_with(finding, language),
        "units_then": finding.facts.get("units_then", ()),
        "townships_then": finding.facts.get("townships_then"),
        "result_id": finding.result_id,
    }
