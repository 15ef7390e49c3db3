"""Where the rows of a layer come from, as every paper and workbook says it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from layers.departments import department
from layers.district import District
from layers.problem_words import layer_name
from words import Language, text


@dataclass(frozen=True)
class Origin:
    """Issuer, date, status and licence of a layer in words; empty when not known."""

    issuer: str = ""
    as_of: date | None = None
    status: str = ""
    licence: str = ""


def origin(district: District, layer: str, *, language: Language) -> Origin:
    """The source of a layer in this data version; of one that cannot be read its issuer and who must mend it."""
    entry = district.entries.get(layer)
    if layer in district.broken:
        return Origin(entry.source.issuer if entry else "", status=lacking_word(district, (layer,), language=language))
    if entry is None:
        return Origin()
    source = entry.source
    as_of = source.as_of if source.issuer else None  # without an issuer the date is a stopgap
    return Origin(source.issuer, as_of, text(f"statuses.{source.status}", language), source.licence)


def lacking_word(district: District, layers: Iterable[str], *, language: Language) -> str:
    """What stands where a value is lacking: 数据不足, or which of these layers is broken and who must mend it."""
    return next(iter(broken_words(district, layers, language=language)), text("reports.missing", language))


def broken_words(district: District, layers: Iterable[str], *, language: Language) -> tuple[str, ...]:
    """Which of these layers are there and cannot be read, and who must mend each."""
    found = [district.broken[layer] for layer in layers if layer in district.broken]
    named = [(layer_name(one.layer, language), department(one.owner, district.departments, language)) for one in found]
    return tuple(text("reports.broken", language, layer=layer, owner=owner) for layer, owner in named)
