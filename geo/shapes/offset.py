"""The offset that Chinese map services put on coordinates: GCJ-02 (AMap, Tencent) and BD-09 (Baidu).

All functions take degrees as numbers or arrays and return two float64 arrays, longitude and latitude. The formulas
are the published ones; the way back is found by iteration, exact to 1e-11 degree. Nothing is converted silently:
`detect_offset` only says what a layer looks like.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
import shapely
from numpy.typing import ArrayLike
from shapely.geometry.base import BaseGeometry

from geo.shapes.fit import clearly_better, misfit, sample

Offset = Literal["gcj02", "bd09"]
Pair = tuple[np.ndarray, np.ndarray]
_AXIS_M = 6378245.0  # Krassovsky ellipsoid, on which the formula is written
_E2 = 0.00669342162296594323
_BD_ANGLE = np.pi * 3000.0 / 180.0
_CHINA = (72.004, 137.8347, 0.8293, 55.8271)  # the services leave coordinates outside this box alone


def wgs84_to_gcj02(lon: ArrayLike, lat: ArrayLike) -> Pair:
    """WGS 84 moved to GCJ-02, 300–600 m away in China; coordinates outside China stay."""
    lon, lat = _degrees(lon, lat)
    x, y = lon - 105.0, lat - 35.0
    waves = (20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x)) + waves
    north += (20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north += (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x)) + waves
    east += (20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east += (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    phi = np.radians(lat)
    magic = 1.0 - _E2 * np.sin(phi) ** 2
    east_deg = np.degrees(east * np.sqrt(magic) / (_AXIS_M * np.cos(phi)))
    north_deg = np.degrees(north * magic * np.sqrt(magic) / (_AXIS_M * (1.0 - _E2)))
    inside = (lon >= _CHINA[0]) & (lon <= _CHINA[1]) & (lat >= _CHINA[2]) & (lat <= _CHINA[3])
    return np.where(inside, lon + east_deg, lon), np.where(inside, lat + north_deg, lat)


def gcj02_to_bd09(lon: ArrayLike, lat: ArrayLike) -> Pair:
    """GCJ-02 moved to BD-09, a further 0.0065° east and 0.006° north about."""
    lon, lat = _degrees(lon, lat)
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BD_ANGLE)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BD_ANGLE)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def gcj02_to_wgs84(lon: ArrayLike, lat: ArrayLike) -> Pair:
    """GCJ-02 moved back to WGS 84."""
    return _inverse(wgs84_to_gcj02, lon, lat)


def bd09_to_gcj02(lon: ArrayLike, lat: ArrayLike) -> Pair:
    """BD-09 moved back to GCJ-02."""
    return _inverse(gcj02_to_bd09, lon, lat)


def bd09_to_wgs84(lon: ArrayLike, lat: ArrayLike) -> Pair:
    """BD-09 moved back to WGS 84 by way of GCJ-02."""
    return gcj02_to_wgs84(*bd09_to_gcj02(lon, lat))


UNSHIFT: dict[Offset, Callable[[ArrayLike, ArrayLike], Pair]] = {"gcj02": gcj02_to_wgs84, "bd09": bd09_to_wgs84}


def _degrees(lon: ArrayLike, lat: ArrayLike) -> Pair:
    return np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)


def _inverse(forward: Callable[[ArrayLike, ArrayLike], Pair], lon: ArrayLike, lat: ArrayLike) -> Pair:
    """Where `forward` comes from: guess, see how far it lands, correct by the miss. Shrinks about 1,000-fold a step."""
    lon, lat = _degrees(lon, lat)
    x, y = lon, lat
    for _ in range(8):
        reached_x, reached_y = forward(x, y)
        miss_x, miss_y = lon - reached_x, lat - reached_y
        x, y = x + miss_x, y + miss_y
        if max(np.nanmax(np.abs(miss_x), initial=0.0), np.nanmax(np.abs(miss_y), initial=0.0)) < 1e-12:
            break
    return x, y


def unshift(geometry: np.ndarray | BaseGeometry, offset: Offset) -> np.ndarray | BaseGeometry:
    """The lon/lat geometry, or array of geometries, moved from an offset system back to WGS 84."""
    return shapely.transform(geometry, UNSHIFT[offset], interleaved=False)


def detect_offset(geometry: np.ndarray, outline: BaseGeometry) -> Offset | None:
    """Which offset lon/lat shapes carry, judged by their fit to the outline of the place, itself free of offset.

    None when they fit as they are or do not tell (a few points far from any border).
    """
    layer = sample(geometry, outline)
    raw = misfit(layer, outline)
    if raw == 0.0:
        return None
    moved = {kind: misfit(unshift(layer, kind), outline) for kind in UNSHIFT}
    best = min(moved, key=moved.__getitem__)
    return best if clearly_better(layer, before=raw, after=moved[best]) else None
