"""Coordinates in another unit than metres: where they lie in the district only so, a person is asked which it is."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import move_bounds
from geo.crs import name as crs_name
from geo.doubt import Answers, Choice, Doubt
from geo.note import Note
from geo.placing import recognise
from geo.zones import LONLAT, Bounds

UNITS_M = {"mm": 0.001, "cm": 0.01, "km": 1000.0, "in": 0.0254, "ft": 0.3048}


def in_metres(shapes: np.ndarray, unit: str) -> np.ndarray:
    """The shapes with every coordinate turned into metres."""
    return np.asarray(shapely.transform(shapes, lambda places: places * UNITS_M[unit]))


Scaled = tuple[np.ndarray, tuple[Note, ...]]


def asked_unit(shapes: np.ndarray, outline: BaseGeometry, answers: Answers) -> Scaled | None:
    """The shapes in metres as a person says they are, and a remark; none where no unit puts them into the district.

    UndecidedError asks `site.unit`; the choices are the units that put them there, with what they come to.
    """
    west, south, east, north = (float(value) for value in shapely.total_bounds(shapes))
    bounds = (west, south, east, north)
    choices = [choice for unit in UNITS_M if (choice := _fitting(unit, bounds, outline)) is not None]
    if not choices:
        return None
    shown = ", ".join(f"{value:.10g}" for value in bounds)
    unit = answers.choose(Doubt("site.unit", tuple(choices), {"bounds": shown}))
    if unit is None:
        answers.ask()
    return in_metres(shapes, str(unit)), (Note("intake.site.unit_taken", {"unit": unit, "factor": UNITS_M[str(unit)]}),)


def _fitting(unit: str, bounds: Bounds, outline: BaseGeometry) -> Choice | None:
    west, south, east, north = (value * UNITS_M[unit] for value in bounds)
    reading = recognise((west, south, east, north), None, reference=outline.bounds)
    if reading.crs is None or not reading.crs.is_projected:
        return None
    box = (south, west, north, east) if reading.swapped else (west, south, east, north)
    there, here = move_bounds(box, reading.crs, LONLAT), outline.bounds
    if there[2] - there[0] > here[2] - here[0] or there[3] - there[1] > here[3] - here[1]:
        return None  # a box round the whole district says nothing
    facts = {"crs": crs_name(reading.crs), "extent": f"{box[2] - box[0]:,.0f} × {box[3] - box[1]:,.0f}"}
    return Choice(unit, f"intake.site.unit.{unit}", facts)
