"""What an instrument asks: a clause with its thresholds, from when to when, and for which places it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

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

    def holds_for(self, code: str) -> bool:
        """Whether the rule speaks of the place with this administrative code."""
        return not self.codes or any(code.startswith(beginning) for beginning in self.codes)

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on this day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)
