"""Coordinate systems: turning frames and shapes from one to another, and what may be measured in which.

Always easting before northing, longitude before latitude, whatever order a code declares. Grids are never fetched
from a network, so a result is the same on every machine.
"""

from __future__ import annotations

from functools import lru_cache

import geopandas as gpd
import numpy as np
import pyproj.network
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from geo import zones
from geo.zones import LONLAT, Bounds
from words.errors import AtlasError

pyproj.network.set_network_enabled(active=False)

GK3_REACH_DEG = 2.0  # a 3° zone serves 1.5° either side of its meridian; half a degree more stretches by 0.06 %
WIDE_REACH_DEG = 3.5  # likewise for 6° zones, at most 0.19 %


@lru_cache(maxsize=256)
def transformer(source: CRS, target: CRS) -> Transformer:
    """The transformer between two systems, x before y on both sides; kept, for making one costs milliseconds.

    AtlasError where no way leads from one to the other, as from a system of another planet.
    """
    try:
        return Transformer.from_crs(source, target, always_xy=True)
    except ProjError:
        raise AtlasError("geo.notes.crs.unknown", crs=name(source)) from None


def parse(written: str) -> CRS:
    """The system a person wrote, such as `EPSG:4545` or WKT; AtlasError when nobody knows it."""
    try:
        return CRS.from_user_input(written)
    except CRSError:
        raise AtlasError("geo.notes.crs.unknown", crs=written) from None


def serves(crs: CRS, bounds: Bounds) -> bool:
    """Whether a system is made for a place (west, south, east, north in degrees); one that does not say, serves."""
    area = crs.area_of_use
    if area is None:
        return True
    west, south, east, north = bounds
    return area.west < east and west < area.east and area.south < north and south < area.north


@lru_cache(maxsize=256)
def same_crs(a: CRS, b: CRS) -> bool:
    """Whether two systems give the same numbers, however they are written (EPSG code, WKT of GDAL or ESRI).

    Axis order aside: equal, or of one EPSG code, or the same projection with the same parameters on one datum.
    """
    if a == b or a.equals(b, ignore_axis_order=True):
        return True
    code = a.to_epsg()
    if code is not None and code == b.to_epsg():
        return True
    if not (a.is_projected and b.is_projected and _projection(a) == _projection(b)):
        return False
    return same_crs(a.geodetic_crs, b.geodetic_crs)


def _projection(crs: CRS) -> tuple[object, ...]:
    """Method, parameters in SI and unit of a projected system, comparable."""
    operation = crs.coordinate_operation
    if operation is None:
        return (crs,)
    values = sorted(
        (p.name, p.value if isinstance(p.value, str) else round(p.value * p.unit_conversion_factor, 9))
        for p in operation.params
    )
    return operation.method_name, tuple(values), crs.axis_info[0].unit_conversion_factor


@lru_cache(maxsize=256)
def name(crs: CRS) -> str:
    """How a system is called aloud, such as `EPSG:4545 CGCS2000 / 3-degree Gauss-Kruger CM 108E`."""
    code = crs.to_epsg()
    return f"EPSG:{code} {crs.name}" if code else crs.name


@lru_cache(maxsize=256)
def is_metric(crs: CRS) -> bool:
    """Whether areas and lengths may be measured in it: projected, in metres, and not Mercator, which stretches."""
    if not crs.is_projected or any(axis.unit_conversion_factor != 1.0 for axis in crs.axis_info[:2]):
        return False
    operation = crs.coordinate_operation
    method = operation.method_name.lower() if operation else ""
    return "mercator" not in method or "transverse" in method or "oblique" in method


def require_metric(crs: CRS | None) -> CRS:
    """The system itself, when measuring in it is right; AtlasError otherwise."""
    if crs is None:
        raise AtlasError("geo.notes.crs.missing")
    if not is_metric(crs):
        raise AtlasError("geo.notes.crs.not_metric", crs=name(crs))
    return crs


@lru_cache(maxsize=256)
def uncertain_datum(crs: CRS) -> str | None:
    """The name of the datum when its way to CGCS2000 is not public (Beijing 1954, Xian 1980), else none.

    PROJ moves such coordinates by 1.5–58 m, which is not the true shift: never state 10 m accuracy or better.
    """
    base = crs.geodetic_crs
    datum = base.datum.name if base is not None and base.datum is not None else ""
    plain = datum.lower().replace("_", " ").replace("'", "").replace("’", "")
    return datum if any(old in plain for old in ("beijing 1954", "xian 1980", "new beijing")) else None


def to_crs(frame: gpd.GeoDataFrame, crs: CRS) -> gpd.GeoDataFrame:
    """The frame in another system; the frame itself when it is there already.

    AtlasError when the frame declares none, or when a coordinate has no place in the target.
    """
    if frame.crs is None:
        raise AtlasError("geo.notes.crs.missing")
    if same_crs(frame.crs, crs):
        return frame if frame.crs == crs else frame.set_crs(crs, allow_override=True)
    moved = frame.to_crs(crs)
    bounds = moved.geometry.bounds.to_numpy()
    lost = np.isinf(bounds).any(axis=1)
    if lost.any():
        row = int(np.flatnonzero(lost)[0]) + 1
        raise AtlasError("geo.notes.crs.out_of_range", row=row, source=name(frame.crs), target=name(crs))
    return moved


def move(shapes: np.ndarray, source: CRS, target: CRS, *, swapped: bool = False) -> np.ndarray:
    """Shapes (one or an array) in another system; `swapped` where the source's coordinates stand north first."""
    turn = transformer(source, target).transform
    return shapely.transform(shapes, (lambda x, y: turn(y, x)) if swapped else turn, interleaved=False)


def move_bounds(bounds: Bounds, source: CRS, target: CRS) -> Bounds:
    """The box around a box in another system, its edges followed at 21 points; infinite where it has no place."""
    return transformer(source, target).transform_bounds(*bounds, densify_pts=21)


def metric_crs_for(frame: gpd.GeoDataFrame) -> tuple[CRS, str]:
    """The system to measure a frame in, and the key of the sentence that says why.

    The frame's own when it is metric; else, in China, the 3-degree Gauss–Krüger zone around it (6-degree if it is
    wider); elsewhere the UTM zone of its middle. AtlasError when there is no CRS or no zone holds the frame.
    """
    if frame.crs is None:
        raise AtlasError("geo.notes.crs.missing")
    if is_metric(frame.crs):
        return frame.crs, "geo.notes.metric.own"
    west, south, east, north = bounds = move_bounds(tuple(frame.total_bounds), frame.crs, LONLAT)
    middle = (west + east) / 2
    if zones.in_china(bounds):
        return _chinese_zone(west, east, middle)
    crs = zones.utm(middle, (south + north) / 2)
    meridian = ((middle + 180) // 6) * 6 - 177
    _require_reach(west, east, meridian, WIDE_REACH_DEG)
    return crs, "geo.notes.metric.utm"


def _chinese_zone(west: float, east: float, middle: float) -> tuple[CRS, str]:
    meridian = zones.nearest_meridian(middle, step=3)
    if max(east - meridian, meridian - west) <= GK3_REACH_DEG:
        return zones.gk3(meridian), "geo.notes.metric.gk3"
    meridian = zones.nearest_meridian(middle, step=6)
    _require_reach(west, east, meridian, WIDE_REACH_DEG)
    return zones.gk6(meridian), "geo.notes.metric.gk6"


def _require_reach(west: float, east: float, meridian: float, reach: float) -> None:
    if not max(east - meridian, meridian - west) <= reach:
        raise AtlasError("geo.notes.metric.too_wide", west=round(west, 2), east=round(east, 2))
