"""Fewer vertices for drawing, with shared borders kept shared.

Simplifying townships one by one tears gaps along their borders. `coverage` moves a common border once, for both
sides. Tolerances are in metres, so frames must be in a metric CRS; rounding works in any.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import require_metric
from words.errors import AtlasError

_SNAP_M = 1.0
_CLEAN_SHARE = 1e-3


def coverage(frame: gpd.GeoDataFrame, tolerance_m: float) -> gpd.GeoDataFrame:
    """Polygons that tile an area, with fewer vertices and the same neighbours: no gap or overlap appears.

    Bends smaller than about `tolerance_m` squared (Visvalingam–Whyatt) go. Borders that miss each other by up to a
    metre are joined first; when that would move more than 0.1 % of a polygon's area, the polygons are no coverage:
    AtlasError, with gaps and overlaps in m².
    """
    require_metric(frame.crs)
    polygons = tidy_coverage(frame).geometry.array.to_numpy()
    return _with(frame, shapely.coverage_simplify(polygons, tolerance_m))


def tidy_coverage(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The frame itself when its polygons share borders vertex by vertex, else with near misses of 1 m joined.

    AtlasError when they overlap or gape by more than that.
    """
    require_metric(frame.crs)
    polygons = frame.geometry.array.to_numpy()
    if shapely.coverage_is_valid(polygons):
        return frame
    cleaned = shapely.coverage_clean(polygons, gap_width=_SNAP_M, snapping_distance=_SNAP_M)
    before, after = shapely.area(polygons), shapely.area(cleaned)
    moved = np.abs(after - before) > _CLEAN_SHARE * before
    if moved.any() or not shapely.coverage_is_valid(cleaned):
        raise AtlasError(
            "geo.notes.simplify.no_coverage",
            feature=frame.index[int(np.argmax(moved))],
            overlaps_m2=round(coverage_overlaps_m2(frame)),
            gaps_m2=round(coverage_gaps_m2(frame)),
        )
    return _with(frame, cleaned)


def separate(frame: gpd.GeoDataFrame, tolerance_m: float) -> gpd.GeoDataFrame:
    """Each feature alone with fewer vertices (Douglas–Peucker), still valid: for rivers, roads, lone polygons."""
    require_metric(frame.crs)
    return _with(frame, shapely.simplify(frame.geometry.array.to_numpy(), tolerance_m, preserve_topology=True))


def coverage_gaps_m2(frame: gpd.GeoDataFrame, *, outline: BaseGeometry | None = None) -> float:
    """The area that polygons leave uncovered: holes between them, or all of `outline` they miss when it is given."""
    require_metric(frame.crs)
    union = shapely.union_all(shapely.make_valid(frame.geometry.array.to_numpy()))
    if outline is not None:
        return float(shapely.area(shapely.difference(outline, union)))
    parts = shapely.get_parts(union)
    filled = shapely.polygons(shapely.get_exterior_ring(parts[shapely.get_type_id(parts) == 3]))
    return max(0.0, float(shapely.area(shapely.union_all(filled)) - shapely.area(union)))


def coverage_overlaps_m2(frame: gpd.GeoDataFrame) -> float:
    """The area that polygons cover more than once, each further time counted."""
    require_metric(frame.crs)
    polygons = shapely.make_valid(frame.geometry.array.to_numpy())
    return max(0.0, float(shapely.area(polygons).sum() - shapely.area(shapely.union_all(polygons))))


def _with(frame: gpd.GeoDataFrame, geometry: np.ndarray) -> gpd.GeoDataFrame:
    return frame.set_geometry(gpd.GeoSeries(geometry, index=frame.index, crs=frame.crs))
