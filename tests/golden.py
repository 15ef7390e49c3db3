"""The figures of a method on the golden district, and the file of its edition that holds them by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from analysis.asking import Asked, ask, known_methods
from layers.district import District

FOLDER = Path(__file__).parent / "golden"
DAY = date(2024, 12, 31)
UNKNOWN = "unknown"
Figures = Mapping[str, Mapping[str, object]]


def figures(method: str, district: District) -> Figures:
    """Indicator → subject → value, with its range as `[value, low, high]` where it has one."""
    found: dict[str, dict[str, object]] = {}
    for finding in _findings(method, district):
        told = [UNKNOWN if one is None else float(one) for one in (finding.value, finding.low, finding.high)]
        plain = told[0] if finding.low is None and finding.high is None else told
        found.setdefault(finding.indicator.id, {})[finding.subject] = plain
    return found


def _findings(method: str, district: District) -> Any:
    room: Any = known_methods()[method]
    return ask(method, district, Asked(on=DAY)).findings if hasattr(room, "ask") else room.run(district, {})


REASON = "reason"


def editions(method: str) -> dict[int, Figures]:
    """The figures written down for every edition of a method."""
    return {
        edition: {id_: row for id_, row in told.items() if id_ != REASON} for edition, told in _told(method).items()
    }


def reasons(method: str) -> dict[int, str]:
    """Why an edition was raised whose figures are those of the one before: what changed is seen elsewhere."""
    return {edition: told[REASON] for edition, told in _told(method).items() if REASON in told}


def _told(method: str) -> dict[int, dict[str, Any]]:
    return {int(path.stem): tomllib.loads(path.read_text("utf-8")) for path in (FOLDER / method).glob("*.toml")}
