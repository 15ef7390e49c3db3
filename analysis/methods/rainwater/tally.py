"""Obligations counted: by township and lead department, how many of each duty and what is still lacking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.methods.rainwater.obligations import Obligation


@dataclass
class Tally:
    """The places of one township and lead: counts by duty, those that have a facility, storage lacking in m³.

    `lacking_m3` is the storage lacking where a facility is 应建, over the places whose surfaces and storage are known;
    `unknown` says of how many they are not, `partly` of how many some surfaces are not; `untold` of how many nobody
    knows whether there is a facility.
    """

    township: str
    lead: str
    required: int = 0
    suited: int = 0
    none: int = 0
    undated: int = 0
    built: int = 0
    lacking_m3: float = 0.0
    unknown: int = 0
    partly: int = 0
    untold: int = 0

    @property
    def missing_m3(self) -> float | None:
        """The storage lacking: a lower bound where some are unknown, none where all that owe are."""
        return None if self.unknown and self.unknown == self.required else self.lacking_m3

    def add(self, one: Obligation) -> None:
        """Count one place."""
        name = "undated" if one.duty == "unknown" else one.duty
        setattr(self, name, getattr(self, name) + 1)
        if one.duty != "required":
            return
        self.built += (one.facility_m3 or 0.0) > 0
        self.untold += one.facility_m3 is None
        if one.missing_m3 is None:
            self.unknown += 1
            return
        self.lacking_m3 += one.missing_m3
        self.partly += one.partly


def tally(owed: Iterable[Obligation]) -> list[Tally]:
    """One row per township and lead, largest lack first within the order of the codes."""
    found: dict[tuple[str, str], Tally] = {}
    for one in owed:
        key = (one.township, one.lead)
        found.setdefault(key, Tally(*key)).add(one)
    return sorted(found.values(), key=lambda row: (row.township, -row.lacking_m3, row.lead))


def whole(rows: Iterable[Tally]) -> Tally:
    """All rows as one."""
    total = Tally("", "")
    for row in rows:
        for name in ("required", "suited", "none", "undated", "built", "lacking_m3", "unknown", "partly", "untold"):
            setattr(total, name, getattr(total, name) + getattr(row, name))
    return total
