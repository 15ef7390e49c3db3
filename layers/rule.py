"""What an instrument asks: a clause with its thresholds, from when to when, and for which places it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from words import Language

Level = Literal["national", "municipal", "district"]
Confidence = Literal["high", "medium", "low"]
LEVELS: tuple[Level, ...] = ("national", "municipal", "district")


@dataclass(frozen=True)
class Rule:
    """One rule as its instrument words it.

    `id` names it for good, `kind` says which question it answers (`rain_duty`, `monitoring` …) and thereby which keys
    `asks` holds; thresholds carry their unit in the key's name. `codes` are administrative codes or the beginnings of
    such; none means everywhere in the country. `since` and `until` are the first day in force and the first day no
    longer in force; none means open on that side.
    """

    id: str
    kind: str
    level: Level
    instrument: str
    issuer: str
    number: str
    clause: str
    confidence: Confidence
    source: str
    asks: Mapping[str, object] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    instrument_en: str = ""
    clause_en: str = ""
    note: str = ""

    def cite(self, language: Language = "zh") -> str:
        """Instrument and clause as pages and papers cite them."""
        if language == "zh":
            return f"{self.instrument}{self.clause}"
        return ", ".join(filter(None, (self.instrument_en or self.instrument, self.clause_en or self.clause)))

    def holds_for(self, code: str) -> bool:
        """Whether the rule speaks of the place with this administrative code."""
        return not self.codes or any(code.startswith(beginning) for beginning in self.codes)

    def speaks(self, code: str, on: date | None) -> bool:
        """Whether the rule is in force at the place on the day; without a day, whether nobody has ended it."""
        return self.holds_for(code) and (self.until is None if on is None else self.holds_on(on))

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on this day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)
