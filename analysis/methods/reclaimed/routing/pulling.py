"""Routes pulled straight: from cell to cell a route goes in stairs, which no pipe does and which are up to 8 % longer.

From each point the line goes to the furthest one of the route it may reach straight: over cells that can be crossed,
no dearer by the relative cost than the stairs, and no further inside zones to be avoided than they are.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import shapely
from shapely import LineString

from analysis.methods.reclaimed.routing.surface import Surface

Cell = tuple[int, int]
_AHEAD, _ALIKE = 4, 1e-6


def pulled(surface: Surface, cells: Sequence[Cell]) -> LineString:
    """The route over cells as a line between the middles of its first and last cell."""
    x, y = surface.centre(*np.array(cells).T)
    points = np.column_stack([x, y])
    steps = [_toll(surface, points[n : n + 2]) for n in range(len(points) - 1)]
    kept = [0]
    while kept[-1] < len(points) - 1:
        kept.append(_furthest(surface, points, steps, kept[-1]))
    return LineString(points[kept])


def _furthest(surface: Surface, points: np.ndarray, steps: list[tuple[float, float]], start: int) -> int:
    """The furthest point that may be reached straight, looking a few beyond one that may not."""
    best = start + 1
    for end in range(start + 2, len(points)):
        if end - best > _AHEAD:
            break
        stairs = [sum(part) for part in zip(*steps[start:end], strict=True)]
        straight = _toll(surface, points[[start, end]])
        if all(one <= other * (1 + _ALIKE) + _ALIKE for one, other in zip(straight, stairs, strict=True)):
            best = end
    return best


def _toll(surface: Surface, ends: np.ndarray) -> tuple[float, float]:
    """What a straight line costs: metres times relative cost, infinite over forbidden cells; metres in closed zones."""
    line = LineString(ends)
    cost = surface.cost[surface.under(line)]
    return float(cost.mean() * line.length), _inside_m(surface, line)


def _inside_m(surface: Surface, line: LineString) -> float:
    if surface.closed is None:
        return 0.0
    hits = surface.closed.query(line, predicate="intersects")
    return float(shapely.length(shapely.intersection(line, surface.closed.geometries[hits])).sum())


def bends_of(line: LineString) -> list[tuple[float, float]]:
    """The points of a line between its ends."""
    return [(float(x), float(y)) for x, y in itertools.islice(line.coords, 1, len(line.coords) - 1)]
