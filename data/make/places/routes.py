"""Ways over the land: least-cost paths, the lines they make, and lines cut where they cross a township border."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Mapping
from itertools import pairwise

import numpy as np
import shapely
import shapely.ops
from shapely import LineString

from data.make.land.grid import Grid
from data.make.scene import Scene


class Land:
    """A grid of prices per metre over which paths are sought; cells of infinite price are never entered."""

    def __init__(self, grid: Grid, price: np.ndarray, *, height: np.ndarray | None = None, uphill: float = 0.0) -> None:
        """`price` has the shape of `grid`; each metre climbed costs `uphill` on top, `height` then being needed."""
        self.grid = grid
        self.price: list[float] = price.ravel().tolist()
        self.height: list[float] = np.zeros(price.size).tolist() if height is None else height.ravel().tolist()
        self.uphill = uphill
        diagonal = grid.cell_m * math.sqrt(2)
        w = grid.columns
        self._steps = [(1, grid.cell_m), (-1, grid.cell_m), (w, grid.cell_m), (-w, grid.cell_m)]
        self._steps += [(w + 1, diagonal), (w - 1, diagonal), (-w + 1, diagonal), (-w - 1, diagonal)]

    def cell(self, place: np.ndarray) -> int:
        """The flat index of the cell a place (x, y) lies in."""
        return int(self.grid.cells(np.asarray(place)[None, :])[0])

    def back(self, starts: Iterable[int], targets: Iterable[int]) -> dict[int, int]:
        """For every cell reached from `starts` until all `targets` are, the cell before it (-1 at a start)."""
        price, height, uphill = self.price, self.height, self.uphill
        best = dict.fromkeys(starts, 0.0)
        before = dict.fromkeys(best, -1)
        wanted, done = set(targets), set()
        queue = [(0.0, cell) for cell in sorted(best)]
        while queue and wanted:
            so_far, cell = heapq.heappop(queue)
            if cell in done:
                continue
            done.add(cell)
            wanted.discard(cell)
            here = price[cell]
            for step, metres in self._steps:
                near = cell + step
                if price[near] == math.inf:
                    continue
                cost = so_far + metres * (here + price[near]) / 2 + uphill * max(0.0, height[near] - height[cell])
                if cost < best.get(near, math.inf):
                    best[near], before[near] = cost, cell
                    heapq.heappush(queue, (cost, near))
        return before

    def path(self, before: Mapping[int, int], target: int) -> list[int]:
        """The cells from a start to `target`, empty when it was not reached."""
        cells = [target] if target in before else []
        while cells and before[cells[-1]] != -1:
            cells.append(before[cells[-1]])
        return cells[::-1]


def rounded_line(points: np.ndarray, *, times: int = 2) -> np.ndarray:
    """`points` (n, 2) with corners cut (Chaikin), both ends kept, to the decimetre."""
    for _ in range(times):
        if len(points) < 3:
            break
        a, b = points[:-1], points[1:]
        inner = np.stack((0.75 * a + 0.25 * b, 0.25 * a + 0.75 * b), axis=1).reshape(-1, 2)
        points = np.vstack((points[:1], inner[1:-1], points[-1:]))
    return np.round(points, 1)


def local_line(scene: Scene, land: Land, ends: tuple[np.ndarray, np.ndarray]) -> LineString | None:
    """The least-cost line between two places, the places themselves being its ends; none when there is no way."""
    start, stop = (land.cell(end) for end in ends)
    cells = land.path(land.back([start], [stop]), stop)
    if not cells:
        return None
    middle = land.grid.points(np.array(cells))[1:-1]
    return LineString(rounded_line(np.vstack((ends[0], middle, ends[1]))))


def land_of(scene: Scene, grid: Grid, code: str, *, uphill: float = 0.0) -> Land:
    """A township's cells priced by slope, its rim left out."""
    price = np.where(scene.owner == scene.codes.index(code), 1 + np.minimum((scene.slope / 0.12) ** 2, 25), np.inf)
    price[scene.cover == 6] *= 4
    return Land(grid, price, height=scene.height, uphill=uphill)


class Borders:
    """The township borders, ready to cut many lines."""

    def __init__(self, scene: Scene) -> None:
        """Indexes the polygons of today."""
        self.codes = scene.codes
        self.polygons = np.array([scene.polygons[code] for code in scene.codes])
        shapely.prepare(self.polygons)
        self.tree = shapely.STRtree(self.polygons)

    def cut(self, line: LineString) -> list[tuple[str, LineString]]:
        """The pieces of a line by township code; neighbouring pieces share their end exactly."""
        hit = self.tree.query(line, predicate="intersects")
        if len(hit) == 1:
            return [(self.codes[hit[0]], line)]
        marks = {0.0, line.length}
        for polygon in self.polygons[hit]:
            crossing = line.intersection(polygon.boundary)
            marks |= {round(line.project(shapely.Point(p)), 3) for p in shapely.get_coordinates(crossing)}
        at = sorted(marks)
        at = [m for m, after in pairwise(at) if after - m > 0.5] + [line.length]
        at[0] = 0.0
        pieces = [shapely.ops.substring(line, a, b) for a, b in pairwise(at)]
        return [(self._owner(piece), piece) for piece in pieces]

    def _owner(self, piece: LineString) -> str:
        middle = piece.interpolate(0.5, normalized=True)
        return self.codes[int(self.tree.nearest(middle))]
