"""What a file or text was found to hold, before anyone knows where on the ground it lies."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import geopandas as gpd
import shapely
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from geo.note import Said
from words.markup import legible

UNITS_M2 = {"m2": 1.0, "ha": 10_000.0, "mu": 10_000 / 15, "km2": 1_000_000.0}

_SIGNS = (("平方公里", "km2"), ("km2", "km2"), ("km²", "km2"), ("公顷", "ha"), ("hm", "ha"), ("ha", "ha"), ("亩", "mu"),
          ("mu", "mu"), ("平方米", "m2"), ("㎡", "m2"), ("m2", "m2"), ("m²", "m2"), ("sqm", "m2"))  # fmt: skip


@dataclass(frozen=True)
class Stated:
    """An area a file states: a number in a unit of `UNITS_M2`, an empty one where the file names none."""

    value: float
    unit: str = ""


@dataclass(frozen=True)
class Parcel:
    """One parcel by its name (a running number where it has none), its shape and the area stated of it."""

    name: str
    shape: BaseGeometry
    stated: Stated | None = None

    @property
    def named(self) -> bool:
        """Whether it has a name that is no mere number."""
        return bool(self.name) and not self.name.isdigit()


@dataclass(frozen=True)
class Found:
    """Parcels in their own coordinates, the system they claim, what is to be said, and what is known of them.

    `ordered`: the coordinates are known to stand east first; `told_system`: what was said names the system already;
    `drawing`: open lines are more likely borders that do not close than roads.
    """

    parcels: tuple[Parcel, ...]
    declared: CRS | None = None
    said: Said = field(default_factory=Said)
    ordered: bool = False
    told_system: bool = False
    drawing: bool = False


def parcels_of(pairs: Iterable[tuple[str, BaseGeometry]], stated: Sequence[Stated | None] = ()) -> tuple[Parcel, ...]:
    """Parcels of names and shapes, those without a name numbered."""
    areas = [*stated]
    return tuple(
        Parcel(legible(name) or str(at + 1), shapely.force_2d(shape), areas[at] if at < len(areas) else None)
        for at, (name, shape) in enumerate(pairs)
    )


def kind_of(shapes: Iterable[BaseGeometry]) -> str:
    """`polygon`, `line`, `point`, or `mixed`."""
    dimensions = {int(shapely.get_dimensions(shape)) for shape in shapes}
    names = {0: "point", 1: "line", 2: "polygon"}
    return names.get(dimensions.pop(), "mixed") if len(dimensions) == 1 else "mixed"


def own_column(frame: gpd.GeoDataFrame, names: Iterable[str]) -> str | None:
    """The first column of such a name, whatever its letters' case."""
    columns = {str(column).strip().lower(): column for column in frame.columns}
    return next((columns[name] for name in names if name in columns), None)


_MEASURED = re.compile(r"\A\s*+(?P<figure>\d[\d,]*+(?:\.\d++)?+)\s*+(?P<unit>[^\d\s][^\d]{0,11}[2²]?)?+\s*+\Z")


def stated_of(cell: object, header: str) -> Stated | None:
    """The area in a cell, in the unit behind the figure (`45亩`), else in that of its header; none for no area."""
    found = _MEASURED.match(unicodedata.normalize("NFKC", str(cell)))
    if found is None or (found["unit"] and not unit_of(found["unit"])):
        return None
    area = float(found["figure"].replace(",", ""))
    return Stated(area, unit_of(found["unit"] or header)) if 0 < area < 1e15 else None


def without_unit(header: str) -> str:
    """A header in lower case without a unit at its end (`面积公顷`, `area_ha`)."""
    plain = header.strip().lower()
    for sign, _ in _SIGNS:
        plain = plain.removesuffix(sign)
    return plain.rstrip("_ -/(")


def unit_of(header: str) -> str:
    """The unit in a header, empty where there is none."""
    plain = header.lower()
    return next((unit for sign, unit in _SIGNS if sign in plain), "")
