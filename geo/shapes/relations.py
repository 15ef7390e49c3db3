"""What lies in what, how much of it, and what is nearest.

Features and zones are called by their index values. A zone's border belongs to the zone that stands first, so
nothing is counted twice. All frames of one call share one metric CRS; AtlasError otherwise.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import name, require_metric, same_crs
from geo.grids.lookup import zone_positions
from words.errors import AtlasError


def assign(points: gpd.GeoDataFrame, zones: gpd.GeoDataFrame) -> pd.Series:
    """The zone each point lies in, by the points' index; missing outside all zones.

    A point on a common border goes to the zone that stands first. Lines and polygons go by an inner point.
    """
    _require_same(points, zones)
    geometry = points.geometry.array.to_numpy()
    x, y = _inner_xy(geometry)
    found = zone_positions(x, y, zones=zones.geometry.array.to_numpy())
    return _labels(found, zones.index, rows=points.index).rename("zone")


def _labels(found: np.ndarray, names: pd.Index, *, rows: pd.Index) -> pd.Series:
    """The names at the positions found, missing for -1; whole numbers stay whole (Int64)."""
    if not len(names):
        return pd.Series(None, index=rows, dtype=object)
    chosen = pd.Series(names.take(np.maximum(found, 0)), index=rows)
    whole = pd.api.types.is_integer_dtype(chosen.dtype)
    return (chosen.astype("Int64") if whole else chosen).where(found >= 0)


def _require_same(a: gpd.GeoDataFrame, b: gpd.GeoDataFrame) -> None:
    crs = require_metric(a.crs)
    if not same_crs(crs, require_metric(b.crs)):
        raise AtlasError("geo.notes.crs.mismatch", first=name(crs), second=name(b.crs))


def _inner_xy(geometry: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The coordinates of points, of an inner point of other shapes, NaN for none."""
    shaped = shapely.get_type_id(geometry) > 0
    if shaped.any():
        geometry = geometry.copy()
        geometry[shaped] = shapely.point_on_surface(geometry[shaped])
    return shapely.get_x(geometry), shapely.get_y(geometry)
