"""What lies in what, how much of it, and what is nearest.

Features and zones are called by their index values. A zone's border belongs to the zone that stands first, so
nothing is counted twice. All frames of one call share one metric CRS; AtlasError otherwise.
"""

from __future__ import annotations

from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import name, require_metric, same_crs
from geo.grids.lookup import zone_positions
from words.errors import AtlasError

By = Literal["area", "length", "count"]
_SLIVER_SHARE = 1e-9  # shares below this come from rounding along a common border


def shares(frame: gpd.GeoDataFrame, zones: gpd.GeoDataFrame, *, by: By) -> pd.DataFrame:
    """How each feature divides among the zones: columns feature, zone, share, amount, inside_share.

    `amount` is m² (`by="area"`), m (`"length"`) or points (`"count"`: vertices of points and multipoints, one inner
    point of anything else). `share` is the amount over the feature's amount in all zones, so it sums to 1 for every
    feature listed; `inside_share` is how much of the feature lies in any zone. Features outside are not listed.
    AtlasError names an invalid polygon.
    """
    _require_same(frame, zones)
    feature, zone, amount, whole = _counted(frame, zones) if by == "count" else _cut(frame, zones, by)
    inside = np.bincount(feature, amount, minlength=len(frame))
    share = np.divide(amount, inside[feature], out=np.zeros_like(amount), where=inside[feature] > 0)
    keep = share > _SLIVER_SHARE
    feature, zone, amount = feature[keep], zone[keep], amount[keep]
    kept = np.bincount(feature, amount, minlength=len(frame))[feature]
    return pd.DataFrame(
        {
            "feature": frame.index.to_numpy()[feature],
            "zone": zones.index.to_numpy()[zone],
            "share": amount / kept,
            "amount": amount,
            "inside_share": np.minimum(kept / whole[feature], 1.0),
        }
    )


def assign(points: gpd.GeoDataFrame, zones: gpd.GeoDataFrame) -> pd.Series:
    """The zone each point lies in, by the points' index; missing outside all zones.

    A point on a common border goes to the zone that stands first. Lines and polygons go by an inner point.
    """
    _require_same(points, zones)
    geometry = points.geometry.array.to_numpy()
    x, y = _inner_xy(geometry)
    found = zone_positions(x, y, zones=zones.geometry.array.to_numpy())
    return _labels(found, zones.index, rows=points.index).rename("zone")


def nearest(frame: gpd.GeoDataFrame, to: gpd.GeoDataFrame, *, within_m: float) -> pd.DataFrame:
    """The nearest feature of `to` for each feature, no farther than `within_m`.

    By the frame's index: `nearest` (index value of `to`, missing when none is near) and `distance_m` (NaN then).
    Of several at the same distance the one that stands first.
    """
    _require_same(frame, to)
    tree = shapely.STRtree(to.geometry.array.to_numpy())
    geometry = frame.geometry.array.to_numpy()
    known = np.flatnonzero(~(shapely.is_missing(geometry) | shapely.is_empty(geometry)))
    (source, target), distance = tree.query_nearest(
        geometry[known], max_distance=within_m, return_distance=True, all_matches=True
    )
    first = np.lexsort((target, source))
    source, unique = np.unique(source[first], return_index=True)
    rows = known[source]
    found, away = np.full(len(frame), -1, dtype=np.intp), np.full(len(frame), np.nan)
    found[rows], away[rows] = target[first][unique], distance[first][unique]
    return pd.DataFrame({"nearest": _labels(found, to.index, rows=frame.index), "distance_m": away})


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


Parts = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def _counted(frame: gpd.GeoDataFrame, zones: gpd.GeoDataFrame) -> Parts:
    geometry = frame.geometry.array.to_numpy()
    shaped = ~np.isin(shapely.get_type_id(geometry), (-1, 0, 4))
    if shaped.any():
        geometry = geometry.copy()
        geometry[shaped] = shapely.point_on_surface(geometry[shaped])
    (x, y), owner = _coordinates(geometry)
    position = zone_positions(x, y, zones=zones.geometry.array.to_numpy())
    inside = position >= 0
    pairs, count = np.unique(np.stack([owner[inside], position[inside]]), axis=1, return_counts=True)
    whole = np.bincount(owner, minlength=len(frame)).astype(float)
    return pairs[0], pairs[1], count.astype(float), whole


def _coordinates(geometry: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    coordinates, owner = shapely.get_coordinates(geometry, return_index=True)
    return coordinates.T, owner


def _cut(frame: gpd.GeoDataFrame, zones: gpd.GeoDataFrame, by: By) -> Parts:
    """Position of feature, of zone, and common amount for every pair that meets; and each feature's whole amount.

    Features that a zone covers are taken whole; only those that cross a border are cut.
    """
    measure = shapely.area if by == "area" else shapely.length
    features, areas = frame.geometry.array.to_numpy(), zones.geometry.array.to_numpy()
    whole = measure(features)
    shapely.prepare(areas)
    zone, feature = frame.sindex.query(areas, predicate="intersects")
    order = np.lexsort((zone, feature))
    zone, feature = zone[order], feature[order]
    amount = whole[feature].copy()
    crossing = ~shapely.covers(areas[zone], features[feature])
    try:
        parts = shapely.intersection(features[feature[crossing]], areas[zone[crossing]])
    except shapely.GEOSException as fault:
        raise _blame(frame, zones) from fault
    amount[crossing] = measure(parts)
    return feature, zone, amount, whole


def _blame(*frames: gpd.GeoDataFrame) -> AtlasError:
    for frame in frames:
        bad = np.flatnonzero(~shapely.is_valid(frame.geometry.array.to_numpy()))
        if len(bad):
            reason = shapely.is_valid_reason(frame.geometry.iloc[bad[0]])
            return AtlasError("geo.notes.relations.invalid", feature=frame.index[bad[0]], reason=reason)
    return AtlasError("geo.notes.relations.invalid", feature="", reason="")
