"""A proposed construction project as siting looks at it: few facts needed, the rest with sensible defaults.

Volumes in m³ a year, areas in m². `None` is unknown: a check that needs it says so and is never green for it.
"""

from __future__ import annotations

import dataclasses
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeGuard

import pandas as pd

from layers.catalogue import CATALOGUE
from words import LANGUAGES, Named, has, named_all, text
from words.errors import AtlasError

LAYER = CATALOGUE["construction_projects"]
CHOICES = {field.name: field.choices for field in LAYER.fields if field.kind == "choice"}

INTAKE_SOURCES = ("surface", "groundwater", "mine_water")  # an abstraction of one's own: needs a permit
UNCONVENTIONAL_SOURCES = ("reclaimed", "rain", "mine_water")
IN_PLACE = ("river", "ground")  # discharges into water or ground, not into a sewer
POLLUTING_SECTORS = ("industry", "chemical", "livestock", "mining", "tailings")
SEVERE_SECTORS = ("chemical", "tailings")
SEVERE_PRODUCTS = ("纸", "印染", "电镀", "农药", "炼油", "制革", "炼焦")  # 水污染防治法 47, small and heavy polluters


@dataclass(frozen=True)
class Proposal:
    """What is to be built. `source` is where its water comes from, `discharge` where its used water goes.

    `outfall` is the planned outfall as (x, y) in the district's metric CRS. `reclaimed_m3_per_year` and
    `rain_m3_per_year` are the parts of the demand the project itself promises to meet from such water.
    `limited_activity`: a limited human activity that the red line permits; `major_project`: one for which farmland
    may be argued; `raises_safety`: a rebuilding that raises safety or ecological protection; `hazard_prevention`: works
    against a geological hazard; `takes_no_more`: a rebuilding that takes no more water than before.
    """

    name: str = ""
    sector: str = "industry"
    nature: str = "new"
    demand_m3_per_year: float | None = None
    peak_m3_per_day: float | None = None
    source: str | None = "public_network"
    discharge: str | None = "sewer"
    pollutants: bool | None = None
    severe_polluter: bool | None = None
    product: str | None = None
    output: float | None = None
    output_unit: str | None = None
    people: float | None = None
    floor_area_m2: float | None = None
    roof_area_m2: float | None = None
    paved_area_m2: float | None = None
    permeable_area_m2: float | None = None
    green_area_m2: float | None = None
    water_area_m2: float | None = None
    earthworks_m3: float | None = None
    saving_plan: bool | None = None
    simultaneous: bool | None = None
    water_evaluation: bool | None = None
    green_ecological: bool | None = None
    rain_storage_m3: float | None = None
    reclaimed_m3_per_year: float | None = None
    rain_m3_per_year: float | None = None
    investment_yuan: float | None = None
    approved: date | None = None
    outfall: tuple[float, float] | None = None
    limited_activity: bool = False
    major_project: bool = False
    raises_safety: bool = False
    hazard_prevention: bool = False
    takes_no_more: bool | None = None
    high_use: bool | None = None

    def __post_init__(self) -> None:
        for field in ("sector", "nature", "source", "discharge"):
            value = getattr(self, field)
            optional = value is None and field in ("source", "discharge")
            if not optional and value not in CHOICES[field]:
                allowed = ", ".join(CHOICES[field])
                raise AtlasError("siting.errors.proposal_choice", field=_called(field), value=value, choices=allowed)
        for field in NUMBERS:
            value = getattr(self, field)
            if value is not None and not (math.isfinite(value) and value >= 0):
                raise AtlasError("siting.errors.proposal_number", field=_called(field), value=value)

    @property
    def pollutes(self) -> bool:
        """Whether it discharges pollutants: as told, else by its sector and by where its water goes."""
        if self.pollutants is not None:
            return self.pollutants
        return self.sector in POLLUTING_SECTORS or self.discharge in IN_PLACE

    @property
    def pollutes_severely(self) -> bool:
        """Whether it counts as a severe polluter: as told, else by sector and product."""
        if self.severe_polluter is not None:
            return self.severe_polluter
        return self.sector in SEVERE_SECTORS or any(word in (self.product or "") for word in SEVERE_PRODUCTS)

    @property
    def is_intake(self) -> bool:
        """Whether it asks for an abstraction of its own, to which the bars of intake permits apply."""
        return self.source in INTAKE_SOURCES

    @property
    def surfaces_m2(self) -> dict[str, float] | None:
        """Area of each surface that is told (roof, paved, permeable, green, water), none when no surface is."""
        areas = {s: getattr(self, f"{s}_area_m2") for s in ("roof", "paved", "permeable", "green", "water")}
        return {surface: area for surface, area in areas.items() if area is not None} or None

    @property
    def unconventional_m3_per_year(self) -> float:
        """What the project itself promises to meet from reclaimed water and rain."""
        return (self.reclaimed_m3_per_year or 0.0) + (self.rain_m3_per_year or 0.0)


FIELDS = {field.name: field for field in dataclasses.fields(Proposal)}
FLAGS = tuple(name for name, field in FIELDS.items() if str(field.type).startswith("bool"))
NUMBERS = tuple(name for name, field in FIELDS.items() if str(field.type) == "float | None")


def _called(field: str) -> Named:
    """A fact by the name the layer of proposals gives it and the one a file writes."""
    layers = f"layers.{LAYER.id}.fields.{field}"
    return Named(layers if has(layers) else f"siting.proposal_fields.{field}", field)


def from_row(row: Mapping[str, object]) -> Proposal:
    """The proposal of one row of layer `construction_projects`; empty cells are unknown."""
    known = {name: _plain(row[name]) for name in FIELDS if name in row and _plain(row[name]) is not None}
    for field in ("source", "discharge"):
        known.setdefault(field, None)
    return from_mapping(known)


def from_toml(content: str) -> Proposal:
    """The proposal a TOML text describes, its keys at the top or in a table `[project]`.

    Choices are codes or their labels in either language. AtlasError `siting.errors.proposal_toml` when it is no TOML.
    """
    try:
        told = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise AtlasError("siting.errors.proposal_toml", reason=str(error)) from error
    project = told.get("project", told)
    if not isinstance(project, Mapping):
        raise AtlasError("siting.errors.proposal_toml", reason="[project]")
    return from_mapping(project)


def from_mapping(told: Mapping[str, object]) -> Proposal:
    """The proposal of named values; AtlasError names an unknown field or a value of the wrong kind."""
    values = {}
    for name, value in told.items():
        if name not in FIELDS:
            raise AtlasError(
                "siting.errors.proposal_field", field=name, fields=named_all((_called(one).key, one) for one in FIELDS)
            )
        values[name] = _value(name, value)
    return Proposal(**values)  # type: ignore[arg-type]  # _value checked each against its field


def _value(name: str, value: object) -> object:
    if value is None:
        return None
    wrong: bool
    made: object
    if name in FLAGS:
        wrong, made = not isinstance(value, bool), value
    elif name in NUMBERS:
        made = None if isinstance(value, bool) or not isinstance(value, int | float) else float(value)
        wrong = made is None
    elif name == "approved":
        wrong, made = not isinstance(value, date), value.date() if isinstance(value, datetime) else value
    elif name == "outfall":
        made = _point(value)
        wrong = made is None
    else:
        wrong, made = not isinstance(value, str), value
    if wrong:
        raise AtlasError("siting.errors.proposal_value", field=_called(name), value=value)
    return _code(name, made) if name in CHOICES else made


def _code(field: str, written: object) -> object:
    """The code of a choice written as code or as label in either language; unknown words stay for the refusal."""
    for choice in CHOICES[field]:
        key = f"layers.{LAYER.id}.choices.{field}.{choice}"
        if written == choice or any(has(key, lang) and written == text(key, lang) for lang in LANGUAGES):
            return choice
    return written


def _point(value: object) -> tuple[float, float] | None:
    if not isinstance(value, list | tuple) or len(value) != 2:
        return None
    x, y = value
    return (float(x), float(y)) if _is_number(x) and _is_number(y) else None


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _plain(value: object) -> object:
    """A cell as a plain Python value, none for an empty one."""
    if value is None or (not isinstance(value, list | tuple) and pd.isna(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return value.item() if hasattr(value, "item") else value
