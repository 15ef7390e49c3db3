"""Broken geometry: mended where there is one way to mend it, held for a person where there are several.

A polygon that crosses itself has no area of its own; different ways of mending give different ones. What changes it
by more than 1 % is therefore not mended but reported with both areas. The rules follow what shapefiles of townships
and reservoirs were seen to carry.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Literal

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from words.errors import AtlasError

Kind = Literal[
    "missing", "not_finite", "zero_area", "too_short", "hole_winding", "hole_outside", "spike", "self_crossing"
]
MAX_CHANGE_SHARE = 0.01
MAX_COORDINATE = 1e9  # beyond any metre or prefixed easting on this planet
_SAME_SHARE = 1e-6
_WORTH_THREADS = 5000


@dataclass(frozen=True)
class Repair:
    """What happened to one row: its position from 0, area before and after in m², and the kind of fault.

    A `held` row keeps the geometry it came with: leave it out until a person decides. For a held row `after` is the
    geometry that mending would give and `after_m2` its area, none and NaN when there is none. Its sentence is
    `geo.notes.repair.<kind>`, or `geo.notes.held.<kind>`.
    """

    row: int
    before_m2: float
    after_m2: float
    kind: Kind
    held: bool = False
    after: BaseGeometry | None = field(default=None, compare=False, repr=False)

    @property
    def key(self) -> str:
        """The key of the sentence that tells it."""
        return f"geo.notes.{'held' if self.held else 'repair'}.{self.kind}"


def repair(frame: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Repair]]:
    """The frame with its broken geometries mended, and what was mended or held, in row order.

    A frame without faults comes back itself. AtlasError when there are faults and no CRS to measure them in.
    """
    geometry = frame.geometry.array.to_numpy()
    faulty = np.flatnonzero(_faulty(geometry))
    if not len(faulty):
        return frame, []
    if frame.crs is None:
        raise AtlasError("geo.notes.crs.missing")
    mended = geometry.copy()
    repairs = []
    for row in faulty:
        result, kind, held = _mend(geometry[row])
        per_unit = _m2_per_unit(geometry[row], frame)
        before, after = _area(geometry[row]) * per_unit, _area(result) * per_unit
        repairs.append(Repair(int(row), before, after, kind, held, result))
        if not held:
            mended[row] = result
    return frame.set_geometry(gpd.GeoSeries(mended, index=frame.index, crs=frame.crs)), repairs


def _faulty(geometry: np.ndarray) -> np.ndarray:
    """Where a geometry is missing, empty, out of this world, of no area, or invalid."""
    fault = shapely.is_missing(geometry) | shapely.is_empty(geometry)
    bounds = shapely.bounds(geometry)
    sane = np.abs(bounds).max(axis=1, initial=0) < MAX_COORDINATE
    fault |= ~sane
    dimension = shapely.get_dimensions(geometry)
    flat = np.flatnonzero((dimension == 2) & sane)
    fault[flat] |= shapely.area(geometry[flat]) == 0
    checked = np.flatnonzero(~fault & (dimension > 0))
    fault[checked] = ~_valid(geometry[checked])
    return fault


def _valid(geometry: np.ndarray) -> np.ndarray:
    """Which geometries are valid, asked of two halves at once: this is most of the cost of reading a large layer."""
    if len(geometry) < _WORTH_THREADS:
        return shapely.is_valid(geometry)
    with ThreadPoolExecutor(2) as pool:
        return np.concatenate(list(pool.map(shapely.is_valid, np.array_split(geometry, 2))))


def _mend(geometry: BaseGeometry | None) -> tuple[BaseGeometry | None, Kind, bool]:
    """The mended geometry, the kind of fault, and whether a person must decide instead."""
    if geometry is None or geometry.is_empty:
        return None, "missing", True
    coordinates = shapely.get_coordinates(geometry)
    if not (np.abs(coordinates) < MAX_COORDINATE).all():
        return None, "not_finite", True
    if shapely.get_dimensions(geometry) < 2:
        return None, "too_short", True
    return _mend_polygon(geometry)


def _mend_polygon(polygon: BaseGeometry) -> tuple[BaseGeometry, Kind, bool]:
    """Mended by the even-odd rule, which keeps holes whose ring was wound the wrong way.

    Where keeping whole rings gives the same area, that form is taken: it drops the line a spike leaves behind.
    """
    even_odd = _polygonal(shapely.make_valid(polygon, method="linework"))
    whole = _polygonal(shapely.make_valid(polygon, method="structure", keep_collapsed=False))
    before, after = _area(polygon), _area(even_odd)
    if after == 0:
        return even_odd, "zero_area", True
    reason = shapely.is_valid_reason(polygon)
    if reason.startswith("Nested shells"):
        return even_odd, "hole_winding", False
    if reason.startswith("Hole lies outside"):
        return even_odd, "hole_outside", True
    if abs(_area(whole) - after) <= _SAME_SHARE * after and abs(after - before) <= _SAME_SHARE * after:
        return whole, "spike", False
    return even_odd, "self_crossing", abs(after - before) > MAX_CHANGE_SHARE * max(before, after)


def _polygonal(geometry: BaseGeometry) -> BaseGeometry:
    """The polygons of a geometry as one polygon or multipolygon, lines and points left behind."""
    parts = shapely.get_parts(geometry)
    if shapely.get_type_id(geometry) == 7:
        parts = shapely.get_parts(parts)
    polygons = parts[(shapely.get_type_id(parts) == 3) & ~shapely.is_empty(parts)]
    return polygons[0] if len(polygons) == 1 else shapely.multipolygons(polygons)


def _area(geometry: BaseGeometry | None) -> float:
    if geometry is None or not (np.abs(shapely.get_coordinates(geometry)) < MAX_COORDINATE).all():
        return float("nan")
    return float(shapely.area(geometry))


def _m2_per_unit(geometry: BaseGeometry | None, frame: gpd.GeoDataFrame) -> float:
    """Square metres in one square unit of the frame's CRS where the geometry lies."""
    if not frame.crs.is_geographic:
        return frame.crs.axis_info[0].unit_conversion_factor ** 2
    if geometry is None or geometry.is_empty:
        return 1.0
    latitude = np.radians(np.clip(shapely.get_coordinates(geometry)[:, 1].mean(), -90, 90))
    ellipsoid = frame.crs.ellipsoid
    squeeze = 1 - (1 - (ellipsoid.semi_minor_metre / ellipsoid.semi_major_metre) ** 2) * np.sin(latitude) ** 2
    east = ellipsoid.semi_major_metre * np.cos(latitude) / np.sqrt(squeeze)
    north = ellipsoid.semi_minor_metre**2 / ellipsoid.semi_major_metre / squeeze**1.5
    return float(east * north * np.radians(1.0) ** 2)
