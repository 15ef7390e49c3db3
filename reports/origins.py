"""Where the rows of a layer come from, as every paper and workbook says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from layers.district import District
from words import Language, text


@dataclass(frozen=True)
class Origin:
    """Issuer, date, status and licence of a layer in words; empty when not known."""

    issuer: str = ""
    as_of: date | None = None
    status: str = ""
    licence: str = ""


def origin(district: District, layer: str, *, language: Language) -> Origin:
    """The source of a layer in this data version."""
    entry = district.entries.get(layer)
    if entry is None:
        return Origin()
    source = entry.source
    as_of = source.as_of if source.issuer else None  # without an issuer the date is a stopgap
    return Origin(source.issuer, as_of, text(f"statuses.{source.status}", language), source.licence)
