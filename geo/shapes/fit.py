"""How well a layer sits on the place it should describe: the measure behind every guess about its coordinates."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

TOLERANCE_DEG = 0.001  # about 100 m: how far outside an outline a point may lie without saying anything
_POINTS = 5000
_FINE_DEG = 0.0002


def sample(geometry: np.ndarray, outline: BaseGeometry) -> BaseGeometry:
    """What of a lon/lat layer can be laid on an outline.

    The union of its polygons when they fill at least half the outline; else up to 5,000 of its vertices, evenly
    taken. Polygons whose middle is outside the outline's box (the neighbours on a county map) are left out.
    """
    known = geometry[~(shapely.is_missing(geometry) | shapely.is_empty(geometry))]
    polygons = known[np.isin(shapely.get_type_id(known), (3, 6))]
    here = polygons[shapely.intersects(shapely.centroid(polygons), shapely.box(*outline.bounds))]
    if len(here) and shapely.area(here).sum() >= 0.5 * outline.area:
        return shapely.union_all(shapely.make_valid(shapely.simplify(here, _FINE_DEG)))
    points = shapely.get_coordinates(known)
    step = max(1, -(-len(points) // _POINTS))
    return shapely.multipoints(points[::step])


def misfit(layer: BaseGeometry, outline: BaseGeometry) -> float:
    """How badly a sample sits on the outline, 0 (perfectly) to 1 (elsewhere).

    Polygons: one less the shared part of both areas (intersection over union). Points: the share that lies more
    than 100 m outside.
    """
    if layer.is_empty:
        return 1.0
    if shapely.get_type_id(layer) in (3, 6):
        shared = shapely.area(shapely.intersection(layer, outline))
        return float(1.0 - shared / (layer.area + outline.area - shared))
    wide = shapely.buffer(outline, TOLERANCE_DEG)
    shapely.prepare(wide)
    x, y = shapely.get_coordinates(layer).T
    return 1.0 - float(shapely.contains_xy(wide, x, y).mean())


def clearly_better(layer: BaseGeometry, *, before: float, after: float) -> bool:
    """Whether a misfit fell so far that chance or a coarse outline does not explain it.

    Polygons: by at least 30 % and half a point. Points: to a quarter, with at least five points come inside.
    """
    if shapely.get_type_id(layer) in (3, 6):
        return after <= 0.7 * before and before - after >= 0.005
    count = shapely.get_num_geometries(layer)
    return after <= 0.25 * before and (before - after) * count >= 5
