"""Which header of a file is which declared field.

A header matches a field by its column name, inside name, an alias, or its label in either language; headers may
carry a unit in brackets or at their end (`面积(亩)`, `面积/亩`), an inside name has its own, and shapefile headers may
be cut at ten bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from layers.layer import Field, Layer
from layers.reading.conversion import inside_unit, plain, split_unit, unit_of_sign
from words import LANGUAGES, has, text

_UNIT = re.compile(r"^(?P<name>.+?)[(（\[【](?P<unit>[^(（\[【)）\]】]+)[)）\]】]$")
_SHAPEFILE_BYTES = 10


@dataclass(frozen=True)
class Column:
    """A header of the file and the unit written in it, if any."""

    header: str
    unit: str | None = None


@dataclass(frozen=True)
class Matching:
    """What was found: columns by field name, fields without a column, headers nobody declared, and doubles."""

    columns: dict[str, Column]
    missing: tuple[Field, ...]
    unknown: tuple[str, ...]
    doubled: tuple[tuple[str, str, str], ...]  # field, header taken, header left


def match_headers(headers: Sequence[str], layer: Layer) -> Matching:
    """The headers of a file matched to the fields of `layer`; exact names win over labels, whole over cut ones."""
    offered: list[tuple[str, str, str | None]] = [(header, *_split(str(header))) for header in headers]
    columns: dict[str, Column] = {}
    doubled: list[tuple[str, str, str]] = []
    taken: set[str] = set()
    joined: list[tuple[str, str, str | None]] = [
        (header, *parted) for header, name, unit in offered if unit is None and (parted := split_unit(name))
    ]
    for names, written in [(names, written) for written in (offered, joined) for names in _rounds(layer)]:
        for field in layer.fields:
            for header, name, unit in written:
                if header in taken or name not in names[field.name]:
                    continue
                taken.add(header)
                if field.name in columns:
                    doubled.append((field.name, columns[field.name].header, header))
                else:
                    columns[field.name] = Column(header, unit or _of_name(field, name))
        if len(taken) == len(offered):
            break
    missing = tuple(field for field in layer.fields if field.name not in columns)
    unknown = tuple(str(header) for header in headers if header not in taken)
    return Matching(columns, missing, unknown, tuple(doubled))


def _of_name(field: Field, name: str) -> str | None:
    """The unit that a header says by being the field's inside name (`volume_m3`), none for any other."""
    return inside_unit(field.unit) if name == plain(field.name) != plain(field.column) else None


def _split(header: str) -> tuple[str, str | None]:
    found = _UNIT.match(header.strip())
    unit = unit_of_sign(found["unit"]) if found else None
    return (plain(found["name"]), unit) if found and unit else (plain(header), None)


def _rounds(layer: Layer) -> Iterator[dict[str, set[str]]]:
    """The names a field answers to, in order of trust: column, inside name, aliases, labels, labels cut short."""
    fields = layer.fields
    yield {field.name: {plain(field.column)} for field in fields}
    yield {field.name: {plain(field.name)} for field in fields}
    yield {field.name: {plain(alias) for alias in field.aliases} for field in fields}
    labels = {field.name: _labels(layer, field) for field in fields}
    yield {name: {plain(label) for label in found} for name, found in labels.items()}
    cut = {name: {short for label in found for short in _cuts(label)} for name, found in labels.items()}
    seen = [short for shorts in cut.values() for short in shorts]
    yield {name: {short for short in shorts if seen.count(short) == 1} for name, shorts in cut.items()}


def _labels(layer: Layer, field: Field) -> list[str]:
    key = f"layers.{layer.id}.fields.{field.name}"
    return [text(key, language) for language in LANGUAGES if has(key, language)]


def _cuts(label: str) -> Iterable[str]:
    """The label as a shapefile keeps it in UTF-8 and in GB18030, when it does not fit."""
    for encoding in ("utf-8", "gb18030"):
        raw = label.encode(encoding)
        if len(raw) > _SHAPEFILE_BYTES:
            yield plain(raw[:_SHAPEFILE_BYTES].decode(encoding, errors="ignore"))
