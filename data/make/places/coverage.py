"""Labels on the grid drawn as polygons that share their edges exactly: no gap, no overlap, no staircase."""

from __future__ import annotations

import numpy as np
import shapely
from shapely import LineString, Polygon

from data.make.land.grid import GRID
from data.make.land.noise import roughened

SMOOTHING_CELLS = 1.6
TOLERANCE_M = 22.0


def draw_coverage(label: np.ndarray, outline: Polygon, *, seats: np.ndarray) -> list[Polygon]:
    """One polygon per label 0, 1, …: together exactly the outline, `seats[i]` inside polygon i.

    Pieces that the outline or a border cuts off from their seat go to the neighbour with the longest shared edge.
    """
    lines = [_smoothed(shapely.get_coordinates(arc)) for arc in _arcs(label)]
    noded = shapely.union_all([*lines, outline.exterior], grid_size=0.01)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    faces = faces[shapely.contains(outline, shapely.point_on_surface(faces))]
    home = shapely.STRtree(faces).query(shapely.points(seats), predicate="within")
    owner = np.full(len(faces), -1)
    owner[home[1]] = home[0]
    if len(np.unique(home[1])) < len(seats):
        raise ValueError("two seats share one piece of land")
    _adopt(owner, faces)
    return [shapely.coverage_union_all(faces[owner == seat]) for seat in range(len(seats))]


def _arcs(label: np.ndarray) -> np.ndarray:
    """The borders between labels along cell edges, cut where three or more meet."""
    row, column = np.nonzero(label[:, :-1] != label[:, 1:])
    upright = np.stack((np.column_stack((column + 1, row)), np.column_stack((column + 1, row + 1))), axis=1)
    row, column = np.nonzero(label[:-1] != label[1:])
    level = np.stack((np.column_stack((column, row + 1)), np.column_stack((column + 1, row + 1))), axis=1)
    corners = np.concatenate((upright, level)) * (GRID.cell_m, -GRID.cell_m) + (GRID.west, GRID.north)
    return shapely.get_parts(shapely.line_merge(shapely.multilinestrings(shapely.linestrings(corners))))


def _smoothed(line: np.ndarray) -> LineString:
    """The staircase `line` (n, 2) as a smooth one between the same ends."""
    reach = int(4 * SMOOTHING_CELLS)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / SMOOTHING_CELLS) ** 2)
    kernel /= kernel.sum()
    if len(line) > 2 * reach:
        closed = bool((line[0] == line[-1]).all())
        padded = _turned(line, reach) if not closed else np.vstack((line[:-1],) * 3)
        start = reach if not closed else len(line) - 1
        smooth = np.column_stack([np.convolve(part, kernel, "same") for part in padded.T])[start : start + len(line)]
        if not closed:
            smooth[0], smooth[-1] = line[0], line[-1]
        line = np.round(smooth, 2)
    thin = shapely.get_coordinates(LineString(line).simplify(TOLERANCE_M))
    name = f"border {thin[0]} {thin[-1]} {len(line)}"
    return LineString(roughened(thin, name, longest_m=260.0, spread=0.07))


def _turned(line: np.ndarray, reach: int) -> np.ndarray:
    """The line carried on beyond both ends by its own half-turn, so that the ends stay where they are."""
    take = min(reach, len(line) - 1)
    before, after = 2 * line[0] - line[take:0:-1], 2 * line[-1] - line[-2 : -take - 2 : -1]
    padded = np.vstack((before, line, after))
    return np.pad(padded, ((reach - take, reach - take), (0, 0)), mode="edge")


def _adopt(owner: np.ndarray, faces: np.ndarray) -> None:
    """Give every face without an owner to the owner it shares the longest edge with, the nearest first."""
    tree = shapely.STRtree(faces)
    while (owner < 0).any():
        before = int((owner < 0).sum())
        for face in np.flatnonzero(owner < 0).tolist():
            near = tree.query(faces[face], predicate="intersects")
            near = near[owner[near] >= 0]
            shared = shapely.length(shapely.intersection(faces[face].boundary, shapely.boundary(faces[near])))
            if len(near) and shared.max() > 0:
                owner[face] = owner[near[np.argmax(shared)]]
        if int((owner < 0).sum()) == before:
            raise ValueError("a piece of land touches no township")
