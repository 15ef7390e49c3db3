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
    broken = [district.broken[layer] for layer in layers if layer in district.broken]
    if not broken:
        return text("reports.missing", language)
    owner = department(broken[0].owner, district.departments, language)
    return text("reports.broken", language, layer=layer_name(broken[0].layer, language), owner=owner)
