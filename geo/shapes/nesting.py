"""Polygons from loose rings: a ring inside another is its hole, a ring inside a hole is land again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

Ring = Sequence[tuple[float, float]]


def polygons_of(rings: Sequence[Ring]) -> BaseGeometry:
    """One polygon or multipolygon of rings in any order and direction, each of at least three places.

    Rings that cross themselves or one another are left as they are, so that a later look finds the fault.
    """
    whole = [shapely.Polygon(ring) for ring in rings]
    depth = [_depth(at, whole) for at in range(len(whole))]
    made = []
    for at, shell in enumerate(whole):
        if depth[at] % 2:
            continue
        inner = [
            hole
            for hole in range(len(whole))
            if depth[hole] == depth[at] + 1 and _within(whole[hole], shell) and hole != at
        ]
        made.append(shapely.Polygon(rings[at], [rings[hole] for hole in inner]))
    return made[0] if len(made) == 1 else shapely.MultiPolygon(made)


def _depth(at: int, whole: Sequence[shapely.Polygon]) -> int:
    return sum(_within(whole[at], other) for place, other in enumerate(whole) if place != at)


def _within(inner: shapely.Polygon, outer: shapely.Polygon) -> bool:
    """Whether every corner of a ring lies in the other, and it is the smaller one."""
    if not (inner.is_valid and outer.is_valid) or inner.area >= outer.area:
        return False
    corners = shapely.get_coordinates(inner)
    return bool(np.all(shapely.intersects_xy(outer, corners[:, 0], corners[:, 1])))
