"""How far a site must move: out of every zone a check objects to, or to ground that is flat enough.

A place of the site is a place of its middle. The places at which the site would meet an obstacle are the obstacle
widened by the site itself (its convex hull, turned about), so the nearest free place is exact for convex sites and a
little farther than need be for others. The district's own border is never crossed.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from analysis.methods.siting.check import Flip, Inquiry, Reach
from analysis.methods.siting.ground.found import Ground
from analysis.methods.siting.ground.slope import cells_under

WINDOWS_M = (400.0, 1500.0, 5000.0, 12_000.0)
_MARGIN_M = 0.1
_MOST_CORNERS = 16
_SEARCH_CELLS = 60
_MOST_KERNEL = 1500


def clear_of(inquiry: Inquiry, reaches: tuple[Reach, ...]) -> tuple[Flip, ...]:
    """The shortest move after which the site meets none of the reaches, tolerance included; nothing within 12 km."""
    site = inquiry.site.geometry
    hull = _few_corners(site.convex_hull)
    middle = hull.centroid
    for window in WINDOWS_M:
        free = _free_places(inquiry, reaches, hull, middle, window)
        if free.is_empty or free.distance(middle) >= window:
            continue
        place = shapely.ops.nearest_points(free, middle)[0]
        east, north = place.x - middle.x, place.y - middle.y
        length = float(np.hypot(east, north))
        scale = 1 + _MARGIN_M / length if length else 1.0
        sizes = {"east_m": east * scale, "north_m": north * scale, "bearing": bearing(east, north)}
        return (Flip("move", "clear", value=length * scale, unit="m", sizes=sizes),)
    return ()


def bearing(east: float, north: float) -> float:
    """The direction of a move in degrees clockwise from north."""
    return float(np.degrees(np.arctan2(east, north)) % 360)


def _free_places(
    inquiry: Inquiry, reaches: tuple[Reach, ...], hull: BaseGeometry, middle: shapely.Point, window: float
) -> BaseGeometry:
    """Where in the window the middle may stand so that the hull meets no obstacle and stays in the district."""
    disc = middle.buffer(window)
    size = float(np.hypot(*np.subtract(hull.bounds[2:], hull.bounds[:2])))
    near = middle.buffer(window + size)
    blocked = [_blocked(shape, hull, middle) for shape in _obstacles(inquiry, reaches, near)]
    outline = inquiry.ground.outline
    room = disc
    if not outline.contains(near):
        room = disc.intersection(outline)
        edge = outline.boundary.intersection(near)
        blocked += [_swept(edge, hull, middle)] if not edge.is_empty else []
    return shapely.difference(room, shapely.union_all(blocked)) if blocked else room


def _obstacles(inquiry: Inquiry, reaches: tuple[Reach, ...], near: BaseGeometry) -> list[BaseGeometry]:
    """The ground each reach keeps free, tolerance included, cut to the neighbourhood."""
    found = []
    for reach in reaches:
        group = inquiry.ground.group(reach.group)
        if reach.verdict == "clear" or not len(group.shapes):
            continue
        wide = reach.within_m + inquiry.tolerance_m + _MARGIN_M
        hits = group.tree.query(near, predicate="dwithin", distance=wide)
        if len(hits):
            local = shapely.intersection(group.shapes[hits], near.buffer(wide))
            found.append(shapely.union_all(shapely.buffer(local, wide, quad_segs=6)).simplify(_MARGIN_M / 2))
    return found


def _blocked(obstacle: BaseGeometry, hull: BaseGeometry, middle: shapely.Point) -> BaseGeometry:
    return shapely.union(obstacle, _swept(obstacle.boundary, hull, middle))


def _swept(line: BaseGeometry, hull: BaseGeometry, middle: shapely.Point) -> BaseGeometry:
    """All places of the middle at which the hull touches a line."""
    corners = shapely.get_coordinates(hull)[:-1] - (middle.x, middle.y)
    parts, owner = shapely.get_coordinates(shapely.get_parts(line), return_index=True)
    joined = owner[1:] == owner[:-1]
    ends = np.stack([parts[:-1][joined], parts[1:][joined]], axis=1)
    swept = (ends[:, :, None, :] - corners[None, None, :, :]).reshape(len(ends), -1, 2)
    return shapely.union_all(shapely.convex_hull(shapely.multipoints(swept)))


def _few_corners(hull: BaseGeometry) -> BaseGeometry:
    """The hull, or a slightly larger one with few corners."""
    step = 0.2
    simple = hull
    while len(shapely.get_coordinates(simple)) > _MOST_CORNERS and step < 100:
        simple = hull.simplify(step).buffer(step, join_style="mitre").convex_hull
        step *= 2
    return simple


def flatter_place(
    inquiry: Inquiry, *, value: Callable[[np.ndarray], np.ndarray], limit: float, strictly: bool = False
) -> tuple[Flip, ...]:
    """The nearest place, moving by whole cells of the elevation grid, where the mean of `value` (of the rise) is within
    the limit; `strictly` below it. Moving by whole cells keeps the part of each cell inside as it is, so it is exact.
    """
    ground = inquiry.ground
    if ground.terrain is None:
        return ()
    rows, columns, weight = cells_under(inquiry.site.geometry, ground.terrain.elevation)
    if not len(rows) or len(rows) > _MOST_KERNEL:
        return ()
    mean = _mean_around(value(ground.terrain.rise), rows, columns, weight)
    fits = mean < limit - 1e-9 if strictly else mean <= limit + 1e-12
    down, right = np.nonzero(fits)
    transform = ground.terrain.elevation.transform
    east, north = (right - _SEARCH_CELLS) * transform.a, (down - _SEARCH_CELLS) * transform.e
    for at in np.argsort(np.hypot(east, north), kind="stable")[:200]:
        if _inside(ground, inquiry.site.geometry, float(east[at]), float(north[at])):
            length = float(np.hypot(east[at], north[at]))
            sizes = {"east_m": float(east[at]), "north_m": float(north[at]), "bearing": bearing(east[at], north[at])}
            return (Flip("move", "clear", value=length, unit="m", sizes=sizes),)
    return ()


def _mean_around(cells: np.ndarray, rows: np.ndarray, columns: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """The weighted mean of the cells under the site for every move of up to 60 cells each way; NaN off the grid."""
    reach = _SEARCH_CELLS
    top, left = rows.min() - reach, columns.min() - reach
    window = np.full((np.ptp(rows) + 2 * reach + 1, np.ptp(columns) + 2 * reach + 1), np.nan)
    first, last = max(top, 0), min(top + window.shape[0], cells.shape[0])
    start, end = max(left, 0), min(left + window.shape[1], cells.shape[1])
    window[first - top : last - top, start - left : end - left] = cells[first:last, start:end]
    total = np.zeros((2 * reach + 1, 2 * reach + 1))
    for row, column, part in zip(rows - rows.min(), columns - columns.min(), weight, strict=True):
        total += part * window[row : row + 2 * reach + 1, column : column + 2 * reach + 1]
    return total / weight.sum()


def _inside(ground: Ground, site: BaseGeometry, east: float, north: float) -> bool:
    return bool(ground.outline.contains(shapely.transform(site, lambda xy: np.add(xy, (east, north)))))
