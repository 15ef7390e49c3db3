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
    holders = inside(whole)
    made = []
    for at in range(len(whole)):
        if len(holders[at]) % 2:
            continue
        inner = [hole for hole, own in enumerate(holders) if len(own) == len(holders[at]) + 1 and at in own]
        made.append(shapely.Polygon(rings[at], [rings[hole] for hole in inner]))
    return made[0] if len(made) == 1 else shapely.MultiPolygon(made)


def inside(whole: Sequence[BaseGeometry]) -> list[set[int]]:
    """For each polygon the positions of the larger ones it lies in."""
    tree = shapely.STRtree(list(whole))
    holders: list[set[int]] = [set() for _ in whole]
    for inner, outer in zip(*tree.query(list(whole)), strict=True):
        if inner != outer and _within(whole[inner], whole[outer]):
            holders[int(inner)].add(int(outer))
    return holders


def _within(inner: BaseGeometry, outer: BaseGeometry) -> bool:
    """Whether every corner of a ring lies in the other, and it is the smaller one."""
    if not (inner.is_valid and outer.is_valid) or inner.area >= outer.area:
        return False
    corners = shapely.get_coordinates(inner)
    return bool(np.all(shapely.intersects_xy(outer, corners[:, 0], corners[:, 1])))
