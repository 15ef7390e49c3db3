"""What reading a vector file gives: the features as they lie in the file, and everything noticed on the way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pyproj import CRS
from pyproj.exceptions import CRSError

from geo.files.encoding import unscrambled
from geo.files.sniff import Driver
from geo.note import Note, listed
from words.errors import AtlasError

_FIRST = 200
ABSURD = 1e9  # no district's coordinates, in degrees or metres, come near it


@dataclass(frozen=True)
class VectorFile:
    """Features as stored (never reprojected, flat), the driver and encoding used, and the remarks made.

    `declared_crs` is what the file claims, None when it claims nothing usable; `frame.crs` is the same.
    """

    frame: GeoDataFrame
    driver: Driver
    encoding: str
    declared_crs: CRS | None
    notes: tuple[Note, ...] = ()


@lru_cache(maxsize=64)
def known_crs(wkt: str) -> CRS | None:
    """The system a WKT text describes, as its EPSG entry where the two are the same; None for no system.

    Esri's wording names the same system differently; a missing EPSG match keeps the text's own definition.
    """
    try:
        crs = CRS.from_wkt(wkt)
        code = crs.to_epsg(min_confidence=70)
    except CRSError:
        return None
    if "Undefined" in crs.name or crs.is_engineering:
        return None
    return crs if code is None else CRS.from_epsg(code)


def claimed(frame: GeoDataFrame) -> CRS | None:
    """The coordinate system GDAL attached to a frame, undefined ones counted as none."""
    return None if frame.crs is None else known_crs(frame.crs.to_wkt())


def settled(frame: GeoDataFrame, crs: CRS | None) -> GeoDataFrame:
    """The frame under exactly this coordinate system, coordinates untouched."""
    if frame.crs is None and crs is None:
        return frame
    return frame.set_crs(crs, allow_override=True)


def flattened(frame: GeoDataFrame, notes: list[Note]) -> GeoDataFrame:
    """The frame without heights, noting how many features had them."""
    high = shapely.get_coordinate_dimension(frame.geometry.values) > 2
    if not high.any():
        return frame
    notes.append(Note("geo.errors.note.heights_dropped", {"count": int(high.sum())}))
    return frame.set_geometry(shapely.force_2d(frame.geometry.values), crs=frame.crs)


def restored(frame: GeoDataFrame, notes: list[Note]) -> GeoDataFrame:
    """The frame with texts mended that someone had saved after reading them in a wrong encoding, each column noted.

    A column's first texts decide whether the whole of it is tried.
    """
    for column in frame.columns.drop(frame.geometry.name):
        if not pd.api.types.is_string_dtype(frame[column].dtype):
            continue
        values = frame[column].dropna()
        if unscrambled([value for value in values.head(_FIRST) if isinstance(value, str)]) is None:
            continue
        mended = unscrambled([value for value in values.unique() if isinstance(value, str)])
        if mended:
            notes.append(Note("geo.errors.note.text_unscrambled", {"field": column, "count": len(mended)}))
            frame[column] = frame[column].map(lambda value, mended=mended: mended.get(value, value))
    return frame


def check_geometry(frame: GeoDataFrame, file: str, *, absent: np.ndarray, notes: list[Note]) -> None:
    """Refuse features whose geometry was lost or is absurd; note those that never had one.

    `absent` (boolean, per row) says where the file itself holds no geometry. Raises `feature_unreadable` or
    `coordinate_absurd`, both naming the row.
    """
    shapes = frame.geometry.values
    missing = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    lost = np.flatnonzero(missing & ~absent)
    if len(lost):
        raise AtlasError("geo.errors.feature_unreadable", file=file, row=int(lost[0]) + 1)
    if missing.any():
        rows = (np.flatnonzero(missing) + 1).tolist()
        notes.append(Note("geo.errors.note.no_geometry", {"count": len(rows), "rows": listed(rows)}))
    _refuse_absurd(shapes, file)


def _refuse_absurd(shapes: np.ndarray, file: str) -> None:
    if not len(shapes):
        return
    # Bounds skip NaN and lengths do not, so the two together see every bad coordinate of lines and polygons quickly
    areal = not np.isin(shapely.get_type_id(shapes), (0, 4, 7)).any()
    with np.errstate(invalid="ignore", over="ignore"):
        if areal and np.nanmax(np.abs(shapely.total_bounds(shapes)), initial=0.0) <= ABSURD:
            lengths = shapely.length(shapes[~shapely.is_missing(shapes)])
            if np.isfinite(lengths.sum()):
                return
        corners, owner = shapely.get_coordinates(shapes, return_index=True)
        wrong = np.flatnonzero(~(np.abs(corners) <= ABSURD).all(axis=1))
    if len(wrong):
        value = ", ".join(f"{part:g}" for part in corners[wrong[0]])
        raise AtlasError("geo.errors.coordinate_absurd", file=file, row=int(owner[wrong[0]]) + 1, value=value)
