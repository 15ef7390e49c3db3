"""Where on the ground a site lies: the system it declares where that fits the district, else the one its numbers fit.

Where they fit several, where they contradict what is declared, or where a file puts its axes the other way round, a
person is asked; `site.crs`, `site.axes`, `site.unit` and `site.system` are the questions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely.geometry.base import BaseGeometry

from geo.crs import move
from geo.crs import name as crs_name
from geo.doubt import Answers, Choice, Doubt
from geo.note import Note
from geo.placing import Reading, recognise, settle
from geo.zones import LONLAT, Bounds
from intake.site.degrees import unpacked, unpacked_minutes
from intake.site.found import Found
from intake.site.units import UNITS_M, asked_unit, in_metres
from layers.district import District
from words.errors import AtlasError

LOCAL = 1e6  # numbers below are of a grid of someone's own when they fit no system
_AXES = ("swap", "keep")
_PACKED: tuple[Callable[[float], float | None], ...] = (unpacked, partial(unpacked, scale=1e4), unpacked_minutes)


@dataclass(frozen=True)
class Place:
    """The system shapes are in, whether they stand north first, the shapes in it, and the remarks."""

    crs: CRS
    swapped: bool
    shapes: np.ndarray
    notes: tuple[Note, ...]


def placed(shapes: np.ndarray, found: Found, district: District, answers: Answers) -> Place:
    """The place of shapes; AtlasError when their numbers fit no system, UndecidedError to ask."""
    told = answers.given.get("site.crs") or answers.given.get("site.system")
    if told is not None:
        return _told(shapes, told, answers)
    outline = _outline(district)
    bounds = _bounds(shapes)
    reading = recognise(bounds, found.declared, reference=outline.bounds)
    if reading.certainty == "ambiguous":
        reading = settle(reading, shapes, outline=outline)
    if reading.crs is None:
        return (
            _packed(shapes, found, outline)
            or _scaled(shapes, found, district, answers, outline=outline)
            or _elsewhere(shapes, bounds, found, answers)
        )
    if reading.certainty in ("ambiguous", "contradicted"):
        return _asked(shapes, reading, found, answers)
    if found.declared is not None:
        notes = () if found.told_system else (Note("siting.read.declared", {"crs": crs_name(reading.crs)}),)
        return Place(reading.crs, False, shapes, notes)
    key = "swapped" if reading.swapped else "lonlat" if reading.crs.is_geographic else "projected"
    facts = {"crs": crs_name(reading.crs)}
    guessed = () if found.ordered else (Note("siting.read.guessed", facts),)
    return Place(reading.crs, reading.swapped, shapes, (Note(f"siting.read.{key}", facts), *guessed))


def _told(shapes: np.ndarray, system: str, answers: Answers) -> Place:
    """The place a person names, in the unit that a person names too where it is not the metre."""
    try:
        crs = CRS.from_user_input(system)
    except CRSError:
        raise AtlasError("geo.notes.crs.unknown", crs=system) from None
    unit = answers.given.get("site.unit")
    if unit in UNITS_M and crs.is_projected:
        shapes = in_metres(shapes, unit)
    return Place(crs, False, shapes, (Note("siting.read.told", {"crs": crs_name(crs)}),))


def _scaled(
    shapes: np.ndarray, found: Found, district: District, answers: Answers, *, outline: BaseGeometry
) -> Place | None:
    """The place of shapes once they are in metres, where another unit puts them into the district."""
    if found.declared is not None:
        return None
    scaled = asked_unit(shapes, outline, answers)
    if scaled is None:
        return None
    place = placed(scaled[0], found, district, answers)
    return replace(place, notes=(*scaled[1], *place.notes))


def _bounds(shapes: np.ndarray) -> Bounds:
    west, south, east, north = (float(value) for value in shapely.total_bounds(shapes))
    return west, south, east, north


def _asked(shapes: np.ndarray, reading: Reading, found: Found, answers: Answers) -> Place:
    """What a person says where several systems fit, or another than the one declared."""
    declared, crs = found.declared, reading.crs
    if crs is None:
        raise AtlasError("siting.errors.empty")
    if declared is not None and reading.swapped:
        choices = tuple(Choice(one, f"intake.site.axes.{one}") for one in _AXES)
        said = answers.choose(Doubt("site.axes", choices, {"crs": crs_name(declared)}))
        if said is None:
            answers.ask()
        notes = (Note("siting.read.swapped", {"crs": crs_name(crs)}),) if said == "swap" else ()
        return Place(crs if notes else declared, said == "swap", shapes, notes)
    fitting = [crs, *reading.others] if declared is None else [crs, declared]
    codes = tuple(dict.fromkeys(_code(one) for one in fitting))
    choices = tuple(Choice(code, "intake.site.crs", {"crs": crs_name(CRS.from_user_input(code))}) for code in codes)
    answers.choose(Doubt("site.crs", choices, {"declared": "–" if declared is None else crs_name(declared)}))
    answers.ask()
    raise AssertionError("asked, or told before")


def _code(crs: CRS) -> str:
    code = crs.to_epsg()
    return f"EPSG:{code}" if code else crs.to_wkt()


def _packed(shapes: np.ndarray, found: Found, outline: BaseGeometry) -> Place | None:
    """Degrees, minutes and seconds written as one number (1074530.5), where all are and lie in the district."""
    if found.declared is not None or shapely.get_num_coordinates(shapes).sum() > 100_000:
        return None
    tried = (_unpacked(shapes, outline, way) for way in _PACKED)
    return next((place for place in tried if place is not None), None)


def _unpacked(shapes: np.ndarray, outline: BaseGeometry, way: Callable[[float], float | None]) -> Place | None:
    corners = shapely.get_coordinates(shapes)
    values: Sequence[float | None] = [way(float(value)) for value in corners.ravel()]
    if any(value is None for value in values):
        return None
    turned = shapely.set_coordinates(shapes.copy(), np.array(values, float).reshape(corners.shape))
    reading = recognise(_bounds(turned), None, reference=outline.bounds)
    if reading.crs is None or not reading.crs.is_geographic:
        return None
    key = "swapped" if reading.swapped else "lonlat"
    notes = (Note("siting.read.dms"), Note(f"siting.read.{key}", {"crs": crs_name(reading.crs)}))
    return Place(reading.crs, reading.swapped, turned, notes)


def _elsewhere(shapes: np.ndarray, bounds: Bounds, found: Found, answers: Answers) -> Place:
    """Coordinates that no system puts into the district: kept as claimed or as plain degrees, else asked or refused.

    The refusal that the site is outside then follows from its place.
    """
    west, south, east, north = bounds
    if found.declared is not None:
        return Place(found.declared, False, shapes, ())
    if west >= -180 and east <= 180 and south >= -90 and north <= 90:
        return Place(LONLAT, False, shapes, ())
    if west >= -90 and east <= 90 and south >= -180 and north <= 180:
        return Place(LONLAT, True, shapes, ())
    shown = ", ".join(f"{value:.10g}" for value in bounds)
    if max(abs(value) for value in bounds) >= LOCAL:
        answers.choose(Doubt("site.system", (), {"bounds": shown}))
        answers.ask()
    raise AtlasError("intake.site.local_grid", bounds=shown)


def _outline(district: District) -> BaseGeometry:
    """The district as one lon/lat shape."""
    whole = shapely.union_all(district.townships.geometry.array.to_numpy())
    return move(whole, district.settings.metric_crs, LONLAT)
