"""What a layer is: one declaration from which reading, checking, map, legend and dictionary follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Geometry = Literal["polygon", "line", "point", "raster", "table"]
Kind = Literal["text", "code", "integer", "number", "date", "boolean", "choice"]
Status = Literal["official", "surveyed", "open", "supplied", "illustrative"]

THEMES = ("general", "irrigation", "industry", "network", "rain", "reclaimed", "users", "limits")
UNDATED = date(1900, 1, 1)  # what is written for a source whose date nobody told
STATUSES: tuple[Status, ...] = ("official", "surveyed", "open", "supplied", "illustrative")  # best first


@dataclass(frozen=True)
class Field:
    """A column: its name inside the atlas, in the file, its type, unit, bounds and meaning.

    `name` carries the unit (`length_m`); `column` is the shapefile name (ASCII, at most 10 bytes).
    `unit` is the inside unit as shown to people (a key of `words.units.UNITS`); `file_unit` names the unit the
    file uses where it differs (`layers.reading.conversion`). Bounds are inclusive and in the inside unit.
    A `choice` holds codes inside; files hold the code or its label in either language (words `layers.toml`).
    `roles` says that the choices are roles of departments, which a district calls by names of its own.
    `refers_to` names the layer whose key this column repeats. `aliases` are other headers accepted in files.
    """

    name: str
    column: str
    kind: Kind = "text"
    unit: str | None = None
    file_unit: str | None = None
    low: float | None = None
    high: float | None = None
    required: bool = False
    key: bool = False
    choices: tuple[str, ...] = ()
    roles: bool = False
    refers_to: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """Where a layer comes from: issuer, date, licence and how far it may be trusted."""

    issuer: str
    as_of: date
    licence: str
    status: Status


@dataclass(frozen=True)
class Layer:
    """A declared layer: vector, raster or table.

    `file` is relative to the data folder. The first of `themes` is its home. `owner` is the department that
    answers for its data (words `departments.toml`). `label` names the field shown as a feature's name,
    `symbol_by` the choice field that picks a feature's symbol. A raster declares one field, its value.
    `once` names the fields of a table that together name one row, as township and year do; no two rows share them.
    `shelf_life_years` says how old its source may be before what rests on it is no longer answered; none means any
    age, but never no date.
    """

    id: str
    file: str
    geometry: Geometry
    themes: tuple[str, ...]
    fields: tuple[Field, ...]
    owner: str = "water"
    required: bool = False
    label: str | None = None
    symbol_by: str | None = None
    shelf_life_years: float | None = 5.0
    once: tuple[str, ...] = ()

    @property
    def key(self) -> Field | None:
        """The field that names one feature, if the layer has one."""
        return next((field for field in self.fields if field.key), None)

    def field(self, name: str) -> Field:
        """The field of this name; KeyError when the layer declares none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.id} declares no field {name}")
