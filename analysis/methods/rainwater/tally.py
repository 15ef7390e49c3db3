"""Obligations counted: by township and lead department, how many of each duty and what is still lacking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.methods.rainwater.obligations import Obligation


@dataclass
class Tally:
    """The places of one township and lead: counts by duty, those that have a facility, storage lacking in m³.

    `missing_m3` is the storage lacking where a facility is 应建; `unknown` how many of those have no surfaces.
    """

    township: str
    lead: str
    required: int = 0
    suited: int = 0
    none: int = 0
    undated: int = 0
    built: int = 0
    missing_m3: float = 0.0
    unknown: int = 0

    def add(self, one: Obligation) -> None:
        """Count one place."""
        name = "undated" if one.duty == "unknown" else one.duty
        setattr(self, name, getattr(self, name) + 1)
        if one.duty != "required":
            return
        self.built += one.facility_m3 > 0
        if one.missing_m3 is None:
            self.unknown += 1
        else:
            self.missing_m3 += one.missing_m3


def tally(owed: Iterable[Obligation]) -> list[Tally]:
    """One row per township and lead, largest lack first within the order of the codes."""
    found: dict[tuple[str, str], Tally] = {}
    for one in owed:
        key = (one.township, one.lead)
        found.setdefault(key, Tally(*key)).add(one)
    return sorted(found.values(), key=lambda row: (row.township, -row.missing_m3, row.lead))


def whole(rows: Iterable[Tally]) -> Tally:
    """All rows as one."""
    total = Tally("", "")
    for row in rows:
        for name in ("required", "suited", "none", "undated", "built", "missing_m3", "unknown"):
            setattr(total, name, getattr(total, name) + getattr(row, name))
    return total
