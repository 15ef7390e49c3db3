"""Geometry near a site, quick for sites and zones of many thousand corners, with the figures of the plain way.

Distances go through an index of the site's edges; shapes are cut to the site's neighbourhood before they are cut by
the site. What lies within the margin of the site is unchanged by that, so areas and distances are the same.
"""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

FEW = 64  # corners that need no cutting first
_SLACK_M = 1e-3  # beyond what rounding can move


def distances(site: BaseGeometry, shapes: np.ndarray) -> np.ndarray:
    """The way from the site to each shape in m, 0 where they meet."""
    shapely.prepare(site)
    away = np.zeros(len(shapes))
    apart = ~shapely.intersects(site, shapes)
    away[apart] = shapely.length(shapely.shortest_line(site, shapes[apart]))
    return away


def nearest(site: BaseGeometry, tree: shapely.STRtree) -> tuple[int, float]:
    """Position of the nearest shape of a tree that holds some, the first of several, and its distance in m."""
    some = tree.query_nearest(site.centroid, all_matches=False)
    most = float(distances(site, tree.geometries[some])[0])
    found = np.sort(tree.query(around(site, most)))
    away = distances(site, tree.geometries[found])
    at = int(away.argmin())
    return int(found[at]), float(away[at])


def clipped(shapes: np.ndarray, site: BaseGeometry, *, margin_m: float, few: int = FEW) -> np.ndarray:
    """The shapes, those of more than `few` corners cut to the box around the site widened by the margin."""
    many = shapely.get_num_coordinates(shapes) > few
    if not many.any():
        return shapes
    local = shapes.copy()
    local[many] = shapely.intersection(shapes[many], around(site, margin_m))
    return local


def around(site: BaseGeometry, margin_m: float) -> BaseGeometry:
    """The box around a site widened by a margin."""
    west, south, east, north = site.bounds
    wide = margin_m + _SLACK_M
    return shapely.box(west - wide, south - wide, east + wide, north + wide)


def areas_within(boxes: np.ndarray, shape: BaseGeometry) -> np.ndarray:
    """The part of each box inside a polygon or several in m²: cut along its straight sides, which takes one pass."""
    return np.array([shapely.clip_by_rect(shape, *bounds).area for bounds in shapely.bounds(boxes).tolist()])
