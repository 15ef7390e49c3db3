"""The named rivers on a grid: which cells lie at a known level, and which must follow a course."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString

from data.make.facts import metric_points, table
from data.make.land.grid import Grid


@dataclass(frozen=True)
class Beds:
    """River cells as flat indices.

    `fixed` cells lie at `level` metres; `course` cells drain into `next`; `entering` holds the km² that drain into
    a cell from beyond the grid; `path` lists each river's cells downstream.
    """

    fixed: np.ndarray
    level: np.ndarray
    course: np.ndarray
    next: np.ndarray
    entering: dict[int, float]
    path: dict[str, np.ndarray]


def lay_beds(courses: dict[str, LineString], *, grid: Grid) -> Beds:
    """The beds of all named rivers: the ones with levels in `courses.csv` fixed, the others free to fall."""
    levels: dict[int, float] = {}
    following: dict[int, int] = {}
    entering: dict[int, float] = {}
    paths: dict[str, np.ndarray] = {}
    facts = table("rivers").set_index("river")
    for river, line in courses.items():
        path = _path(line, grid)
        paths[river] = path
        if known := _known_levels(river, line, courses):
            for cell, along in zip(path.tolist(), _along(line, path, grid), strict=True):
                levels[cell] = min(levels.get(cell, np.inf), float(np.interp(along, *known)))
            continue
        stop = next((at for at, cell in enumerate(path.tolist()) if cell in levels), len(path) - 1)
        paths[river] = path[:stop]
        following.update(zip(path[:stop].tolist(), path[1 : stop + 1].tolist(), strict=True))
        if facts.at[river, "upstream_km2"]:
            entering[int(path[0])] = float(facts.at[river, "upstream_km2"])
    fixed, course = np.array(sorted(levels)), np.array(sorted(following))
    level = np.round([levels[cell] for cell in fixed.tolist()], 3)
    return Beds(fixed, level, course, np.array([following[cell] for cell in course.tolist()]), entering, paths)


def known_level(river: str, courses: dict[str, LineString], *, point: shapely.Point) -> float:
    """The water level in m of a river with known levels beside `point`."""
    line = courses[river]
    return float(np.interp(line.project(point), *_known_levels(river, line, courses)))


def _known_levels(river: str, line: LineString, courses: dict[str, LineString]) -> tuple[list, list] | None:
    """Distances along the river in m and its levels there in m; none when no level is known."""
    facts = table("courses")
    rows = facts[(facts["river"] == river) & facts["level_m"].notna()].sort_values("seq")
    if rows.empty:
        return None
    along = [line.project(shapely.Point(*point)) for point in metric_points(rows)]
    levels = rows["level_m"].to_list()
    main = next(iter(courses))
    if river != main:
        along.append(line.length)
        levels.append(known_level(main, courses, point=shapely.Point(line.coords[-1])))
    return along, levels


def _path(line: LineString, grid: Grid) -> np.ndarray:
    """The cells a line passes, in order, each once and each beside the next (loops are cut short)."""
    at = np.arange(0, line.length, grid.cell_m / 8)
    points = shapely.get_coordinates(shapely.line_interpolate_point(line, at))
    inside = (
        (points[:, 0] > grid.west)
        & (points[:, 0] < grid.west + grid.columns * grid.cell_m)
        & (points[:, 1] < grid.north)
        & (points[:, 1] > grid.north - grid.rows * grid.cell_m)
    )
    path: list[int] = []
    position: dict[int, int] = {}
    for cell in grid.cells(points[inside]).tolist():
        if cell in position:
            for dropped in path[position[cell] + 1 :]:
                del position[dropped]
            del path[position[cell] + 1 :]
        else:
            position[cell] = len(path)
            path.append(cell)
    return np.array(path)


def _along(line: LineString, path: np.ndarray, grid: Grid) -> np.ndarray:
    """How far along the line each cell of its path lies, never going back."""
    return np.maximum.accumulate(shapely.line_locate_point(line, shapely.points(grid.points(path))))
