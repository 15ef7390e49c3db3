"""Coordinate systems: turning frames from one to another, and telling which one numbers are in.

Always easting before northing, longitude before latitude, whatever order a code declares. Grids are never fetched
from a network, so a result is the same on every machine. Nothing here trusts a declaration that the numbers
contradict: `recognise` tests it against the place the data should be in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

import geopandas as gpd
import numpy as np
import pyproj.network
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely.geometry.base import BaseGeometry

from geo import zones
from geo.shapes.fit import clearly_better, misfit, sample
from geo.zones import LONLAT, Bounds
from words.errors import AtlasError

pyproj.network.set_network_enabled(active=False)

GK3_REACH_DEG = 2.0  # a 3° zone serves 1.5° either side of its meridian; half a degree more stretches by 0.06 %
WIDE_REACH_DEG = 3.5  # likewise for 6° zones, at most 0.19 %
Certainty = Literal["certain", "likely", "ambiguous", "contradicted", "unknown"]


@lru_cache(maxsize=256)
def transformer(source: CRS, target: CRS) -> Transformer:
    """The transformer between two systems, x before y on both sides; kept, for making one costs milliseconds."""
    return Transformer.from_crs(source, target, always_xy=True)


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


@dataclass(frozen=True)
class Reading:
    """Which system the numbers of a layer are in, as far as they tell.

    `crs` is the declared one when it fits (certain), the only or clearly best one that does (likely; contradicted
    when another was declared: hold the layer and ask), the first of several (ambiguous: ask), or none (unknown).
    `swapped` says the two coordinates change places first. `key` names the sentence, `facts` fill it.
    """

    crs: CRS | None
    key: str
    certainty: Certainty
    swapped: bool = False
    others: tuple[CRS, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)


def recognise(bounds: Bounds, declared: CRS | None, *, reference: Bounds) -> Reading:
    """Which system a layer's coordinates are in, tested against the lon/lat box where it should lie.

    `bounds` are (min x, min y, max x, max y) as stored. A declared system is accepted only when it puts the layer
    there. Otherwise every usual system of the place is tried, also with swapped coordinates.
    """
    declared_name = name(declared) if declared is not None else ""
    if declared is not None and _misfit(bounds, declared, reference) is not None:
        rivals = _fitting(bounds, reference) if declared.is_projected else []
        others = tuple(crs for _, crs, swapped in rivals if not swapped and not same_crs(crs, declared))
        return Reading(declared, "geo.notes.crs.fits", "certain", others=others, facts={"crs": declared_name})
    fits = _fitting(bounds, reference)
    if not fits:
        key = "geo.notes.crs.declared_elsewhere" if declared is not None else "geo.notes.crs.unrecognised"
        return Reading(None, key, "unknown", facts={"declared": declared_name, "bounds": _shown(bounds)})
    crs, swapped = fits[0][1:]
    others = tuple(other for _, other, _ in fits[1:])
    facts = {"declared": declared_name, "crs": name(crs), "others": " / ".join(name(other) for other in others)}
    if declared is not None:
        key = "geo.notes.crs.swapped" if swapped else "geo.notes.crs.contradicted"
        return Reading(crs, key, "contradicted", swapped, others, facts)
    if others:
        return Reading(crs, "geo.notes.crs.ambiguous", "ambiguous", swapped, others, facts)
    key = "geo.notes.crs.undeclared_swapped" if swapped else "geo.notes.crs.suggested"
    return Reading(crs, key, "likely", swapped, facts=facts)


def settle(reading: Reading, frame: gpd.GeoDataFrame, *, outline: BaseGeometry) -> Reading:
    """The reading once its rival systems are tried on the shapes themselves.

    For systems too close for a box to tell (6-degree zone and UTM, 1.3 km apart): the layer as read in each is laid
    on the lon/lat `outline` of the place. A rival that sits clearly better takes over: likely when none was
    declared, contradicted when the declaration is what it beats. `frame` holds the stored coordinates.
    """
    if reading.crs is None or reading.swapped or not reading.others:
        return reading
    stored = frame.geometry.array.to_numpy()
    layer = sample(shapely.transform(stored, transformer(reading.crs, LONLAT).transform, interleaved=False), outline)
    own = shapely.transform(layer, transformer(LONLAT, reading.crs).transform, interleaved=False)
    tried = {crs: _laid(own, crs, outline) for crs in (reading.crs, *reading.others)}
    ranked = sorted(tried, key=tried.__getitem__)
    best, second = ranked[0], ranked[1]
    if not clearly_better(layer, before=tried[second], after=tried[best]):
        return reading
    facts = {**reading.facts, "declared": reading.facts.get("declared") or name(reading.crs), "crs": name(best)}
    if reading.certainty == "ambiguous":
        return Reading(best, "geo.notes.crs.suggested", "likely", facts=facts)
    if best == reading.crs:
        return replace(reading, others=())
    return Reading(best, "geo.notes.crs.contradicted", "contradicted", facts=facts)


def _laid(layer: BaseGeometry, crs: CRS, outline: BaseGeometry) -> float:
    return misfit(shapely.transform(layer, transformer(crs, LONLAT).transform, interleaved=False), outline)


def looks_swapped(bounds: Bounds, *, reference: Bounds) -> bool:
    """Whether degrees stand latitude first: they fit the place only when the two change places."""
    return _overlaps(_turned(bounds), reference) and not _overlaps(bounds, reference)


def _fitting(bounds: Bounds, reference: Bounds) -> list[tuple[float, CRS, bool]]:
    """(misfit in degrees, CRS, swapped) of every usual system that puts the layer in place, best first."""
    found: list[tuple[float, CRS, bool]] = []
    for swapped, box in ((False, bounds), (True, _turned(bounds))):
        for crs in zones.candidates(reference):
            misfit = _misfit(box, crs, reference)
            if misfit is not None and all(abs(misfit - known) > 1e-7 for known, *_ in found):
                found.append((misfit, crs, swapped))
        if found:
            break
    return sorted(found, key=lambda fit: fit[0])


def _misfit(bounds: Bounds, crs: CRS, reference: Bounds) -> float | None:
    """The greatest distance in degrees between the edges of layer and reference; none when it lies elsewhere."""
    if not np.isfinite(bounds).all():
        return None
    lonlat = bounds
    if crs.is_projected:
        lonlat = move_bounds(bounds, crs, LONLAT)
    elif max(abs(bounds[1]), abs(bounds[3])) > 90:
        return None
    if not _overlaps(lonlat, reference):
        return None
    return max(abs(a - b) for a, b in zip(lonlat, reference, strict=True))


def _overlaps(bounds: Bounds, reference: Bounds) -> bool:
    """Whether the smaller of the two boxes lies at least half in the other, a tenth of its size allowed around."""
    share = 1.0
    for low, high in ((0, 2), (1, 3)):
        if not np.isfinite(bounds[low]) or not np.isfinite(bounds[high]):
            return False
        margin = 0.1 * (reference[high] - reference[low])
        start, end = reference[low] - margin, reference[high] + margin
        common = min(bounds[high], end) - max(bounds[low], start)
        size = min(bounds[high] - bounds[low], end - start)
        share *= 0.0 if common < 0 else 1.0 if size <= 0 else common / size
    return share >= 0.5


def _turned(bounds: Bounds) -> Bounds:
    west, south, east, north = bounds
    return south, west, north, east


def _shown(bounds: Bounds) -> str:
    return ", ".join(f"{value:.6g}" for value in bounds)
