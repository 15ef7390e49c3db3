"""Where things stand: points by weight, blobs, and areas grown over the cells of a township."""

from __future__ import annotations

import heapq
from functools import cache

import numpy as np
import shapely
from shapely import Point, Polygon

from data.make.facts import numbers
from data.make.land.grid import GRID
from data.make.scene import Scene

CELL_M2 = GRID.cell_m**2
RAGGED = 0.35  # how far chance may delay a cell, in km of distance


@cache
def _raggedness() -> np.ndarray:
    """A little chance for every cell, so that nothing grown has straight edges."""
    return numbers("raggedness").random(GRID.shape)


def spots(
    scene: Scene, code: str, *, count: int, weight: np.ndarray, apart_m: float, random: np.random.Generator
) -> np.ndarray:
    """`count` places (n, 2) of a township, likelier where `weight` (shape of GRID) is larger, at least `apart_m` apart.

    The distance gives way, never the count.
    """
    cells = scene.cells_of(code)
    points = GRID.points(cells) + random.uniform(-40, 40, (len(cells), 2))
    inside = shapely.contains_xy(scene.inner[code], points)
    chance = weight.ravel()[cells] * inside
    cells, points, chance = cells[chance > 0], points[chance > 0], chance[chance > 0]
    order = np.argsort(-(np.log(chance) + random.gumbel(size=len(chance))), kind="stable")
    chosen: list[np.ndarray] = []
    while len(chosen) < min(count, len(points)) and apart_m >= 0.25:
        for place in points[order]:
            if len(chosen) == count:
                break
            if not chosen or np.hypot(*(np.array(chosen) - place).T).min() >= apart_m:
                chosen.append(place)
        apart_m /= 2
    return np.round(np.array(chosen).reshape(-1, 2), 1)


def inside(polygon: Polygon, *, count: int, random: np.random.Generator) -> np.ndarray:
    """`count` places (n, 2) within a polygon, a few metres from its edge where it is wide enough."""
    kept = polygon.buffer(-6.0)
    shape = polygon if kept.is_empty else kept
    shapely.prepare(shape)
    west, south, east, north = shape.bounds
    found = np.empty((0, 2))
    while len(found) < count:
        tried = np.round(np.column_stack((random.uniform(west, east, 40), random.uniform(south, north, 40))), 1)
        found = np.vstack((found, tried[shapely.contains_xy(shape, tried)]))
    return found[:count]


def blob(centre: np.ndarray, area_m2: float, *, within: Polygon, random: np.random.Generator) -> Polygon:
    """A rounded irregular polygon of about `area_m2` around a place, cut to `within`."""
    angle = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    radius = np.ones_like(angle)
    for wave in (1, 2, 3):
        radius += random.uniform(0.05, 0.18) * np.sin(wave * angle + random.uniform(0, 2 * np.pi))
    radius *= np.sqrt(area_m2 / np.pi) / np.sqrt(np.mean(radius**2))
    ring = centre + np.column_stack((np.cos(angle), np.sin(angle))) * radius[:, None]
    return tidy(Polygon(np.round(ring, 2)), within=within)


def grow(
    scene: Scene, start: np.ndarray, *, code: str, area_m2: float, cost: np.ndarray, taken: Polygon | None = None
) -> Polygon:
    """The area of about `area_m2` that spreads from `start` over a township's cells, cheapest first.

    `cost` (shape of GRID) is weighed against the distance from the start in km. `taken` is left out.
    """
    cells = spread(scene, start, code=code, count=max(2, round(area_m2 / CELL_M2)), cost=cost)
    shape = outline_of(cells)
    if taken is not None:
        shape = shape.difference(taken)
    return tidy(shape, within=scene.inner[code])


def spread(scene: Scene, start: np.ndarray, *, code: str, count: int, cost: np.ndarray) -> np.ndarray:
    """Flat indices of `count` connected cells of a township reached from `start`, cheapest first."""
    width, mine = GRID.columns, scene.codes.index(code)
    first = int(GRID.cells(np.asarray(start)[None, :])[0])
    owner, price = scene.owner.ravel(), (cost + RAGGED * _raggedness()).ravel()
    origin, reached, kept = divmod(first, width), {first}, []
    queue: list[tuple[float, int]] = [(0.0, first)]
    while queue and len(kept) < count:
        _, cell = heapq.heappop(queue)
        kept.append(cell)
        for near in (cell - 1, cell + 1, cell - width, cell + width):
            if near not in reached and owner[near] == mine:
                reached.add(near)
                row, column = divmod(near, width)
                away = np.hypot(row - origin[0], column - origin[1]) * GRID.cell_m / 1000
                heapq.heappush(queue, (round(float(price[near]) + away, 6), near))
    return np.array(kept)


def outline_of(cells: np.ndarray) -> shapely.Geometry:
    """The smoothed outline of a set of cells."""
    half, ordered = GRID.cell_m / 2, np.sort(cells)
    first = np.flatnonzero(np.diff(ordered, prepend=-9) != 1)  # runs of neighbours make one box each
    last = np.append(first[1:], len(ordered)) - 1
    west, east = GRID.points(ordered[first]), GRID.points(ordered[last])
    whole = shapely.union_all(shapely.box(west[:, 0] - half, west[:, 1] - half, east[:, 0] + half, west[:, 1] + half))
    parts = shapely.get_parts(whole.buffer(50).buffer(-95).buffer(45).simplify(40.0))
    return shapely.union_all([_softened(part) for part in parts])


def _softened(part: Polygon) -> shapely.Geometry:
    """The polygon with its corners cut twice (Chaikin)."""
    rings = []
    for ring in (part.exterior, *part.interiors):
        points = shapely.get_coordinates(ring)[:-1]
        for _ in range(2):
            after = np.roll(points, -1, axis=0)
            points = np.stack((0.75 * points + 0.25 * after, 0.25 * points + 0.75 * after), axis=1).reshape(-1, 2)
        rings.append(points)
    return shapely.make_valid(Polygon(rings[0], rings[1:]))


def tidy(shape: shapely.Geometry, *, within: Polygon) -> Polygon:
    """The largest whole piece of `shape` inside `within`, without specks of holes, to the decimetre."""
    parts = [part for part in shapely.get_parts(shape.intersection(within)) if part.geom_type == "Polygon"]
    if not parts:
        parts = [Point(within.representative_point()).buffer(30.0).intersection(within)]
    best = max(parts, key=lambda part: part.area)
    holes = [ring for ring in best.interiors if Polygon(ring).area > 2 * CELL_M2]
    rounded = shapely.set_precision(Polygon(best.exterior, holes), 0.1)
    return max(shapely.get_parts(rounded), key=lambda part: part.area)
