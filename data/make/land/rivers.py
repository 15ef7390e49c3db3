"""The rivers: the named courses and the larger streams the relief drains by, all running downhill into each other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import geopandas as gpd
import numpy as np
import shapely
from shapely import LineString, Polygon

from data.make.facts import METRIC_CRS, table
from data.make.land.beds import Beds, lay_beds
from data.make.land.grid import GRID
from data.make.land.relief import Relief

HEAD_KM2, MOUTH_KM2 = 2.2, 9.0  # a stream begins at the first and is drawn when it drains the second at its mouth
SHORTEST_M = 1500.0
STREAM = 4
SHIFT_M = (7.3, -4.7)  # keeps soft lines off the corners of cells, where a step could miss one


@dataclass(frozen=True)
class River:
    """One river: its whole line, the river it joins, what it drains at its mouth, and its grade (1 main, 4 stream)."""

    name: str
    line: LineString
    into: str | None
    basin_km2: float
    grade: int


def trace_rivers(courses: dict[str, LineString], relief: Relief) -> list[River]:
    """All rivers of the grid at full length: the named first, then streams by falling basin size."""
    facts = table("rivers").set_index("river")
    beds, rivers = lay_beds(courses, grid=GRID), []
    entered = {name for name, path in beds.path.items() if int(path[0]) in beds.entering}
    for name, line in courses.items():
        row = facts.loc[name]
        into = row["into"] if isinstance(row["into"], str) else None
        basin = _drained(beds.path[name], relief) + (0 if name in entered else float(row["upstream_km2"]))
        rivers.append(River(name, line, into, basin, int(row["grade"])))
    return rivers + _streams(courses, relief, beds)


def _drained(path: np.ndarray, relief: Relief) -> float:
    """What flows into the cells of a river from beside it, in km², and the cells themselves."""
    on_path = np.zeros(relief.receiver.size, bool)
    on_path[path] = True
    enters = on_path[relief.receiver] & ~on_path
    return float(relief.area_km2[enters].sum()) + len(path) * (GRID.cell_m / 1000) ** 2


def _streams(courses: dict[str, LineString], relief: Relief, beds: Beds) -> list[River]:
    taken: dict[int, str] = {}
    lines = {name: shapely.get_coordinates(line) for name, line in courses.items()}
    for name, line in courses.items():
        for cell in GRID.cells(shapely.get_coordinates(shapely.segmentize(line, 10.0))).tolist():
            taken.setdefault(cell, name)
    is_bed = np.zeros(relief.receiver.size, bool)
    is_bed[beds.fixed] = is_bed[beds.course] = True
    donor = _main_donors(relief, is_bed)
    mouths = np.flatnonzero((relief.area_km2 >= MOUTH_KM2) & ~is_bed)
    mouths = mouths[donor[relief.receiver[mouths]] != mouths]
    streams: list[River] = []
    for mouth in mouths[np.argsort(-relief.area_km2[mouths], kind="stable")].tolist():
        cells = _climb(mouth, donor, relief.area_km2)
        target = int(relief.receiver[mouth])
        if target not in taken or len(cells) * GRID.cell_m < SHORTEST_M:
            continue
        name = f"溪 {len(streams) + 1}"
        taken.update(dict.fromkeys(cells, name))
        end = lines[taken[target]]
        joint = end[np.argmin(np.hypot(*(end - GRID.points(np.array([target]))).T))]
        lines[name] = _softened(GRID.points(np.array(cells[::-1])), joint)
        streams.append(River(name, LineString(lines[name]), taken[target], float(relief.area_km2[mouth]), STREAM))
    return streams


def _main_donors(relief: Relief, is_bed: np.ndarray) -> np.ndarray:
    """Per cell, the neighbour that brings it the most water, or -1; beds of named rivers have none."""
    donor = np.full(relief.receiver.size, -1)
    order = np.argsort(relief.area_km2, kind="stable")
    order = order[(relief.receiver[order] != order) & ~is_bed[order]]
    donor[relief.receiver[order]] = order  # the largest comes last and stays
    donor[is_bed] = -1
    return donor


def _climb(mouth: int, donor: np.ndarray, area_km2: np.ndarray) -> list[int]:
    """The cells from a mouth up to where the stream begins."""
    cells, cell = [], mouth
    while cell >= 0 and area_km2[cell] >= HEAD_KM2:
        cells.append(cell)
        cell = int(donor[cell])
    return cells


def _softened(points: np.ndarray, joint: np.ndarray) -> np.ndarray:
    """Cell centres as a soft line that ends on `joint`."""
    line = np.vstack((points + SHIFT_M, joint))
    for _ in range(2):
        line[1:-1] = 0.25 * line[:-2] + 0.5 * line[1:-1] + 0.25 * line[2:]
    cut = np.stack((0.75 * line[:-1] + 0.25 * line[1:], 0.25 * line[:-1] + 0.75 * line[1:]), axis=1).reshape(-1, 2)
    soft = shapely.LineString(np.vstack((line[:1], cut[1:-1], line[-1:]))).simplify(8.0)
    return np.round(shapely.get_coordinates(soft), 2)


def carve(elevation: np.ndarray, rivers: list[River]) -> np.ndarray:
    """The land lowered where a river line would otherwise climb, cell by cell along every line."""
    land = elevation.ravel().copy()
    paths = []
    for river in rivers:
        cells = _cells_along(river.line)
        paths.append(cells[np.concatenate(([True], cells[1:] != cells[:-1]))])
    changed = True
    while changed:
        changed = False
        for path in paths:
            for _ in range(3):
                before = land[path]
                lowered = np.minimum.accumulate(before)
                np.minimum.at(land, path, lowered)
                changed |= bool((land[path] < before).any())
    return np.round(land, 1).reshape(elevation.shape)


def _cells_along(line: LineString) -> np.ndarray:
    """Every cell the line passes, in order, however short its stay."""
    points = shapely.get_coordinates(line)
    units = np.column_stack(((points[:, 0] - GRID.west), (GRID.north - points[:, 1]))) / GRID.cell_m
    middles = []
    for a, b in pairwise(units):
        low, high = np.minimum(a, b), np.maximum(a, b)
        cuts = [0.0, 1.0]
        for axis in (0, 1):
            lines = np.arange(np.ceil(low[axis]), high[axis])
            cuts += ((lines - a[axis]) / (b[axis] - a[axis])).tolist()
        at = np.sort(cuts)
        middles.append(a + ((at[:-1] + at[1:]) / 2)[:, None] * (b - a))
    inner = np.vstack(middles) * (GRID.cell_m, -GRID.cell_m) + (GRID.west, GRID.north)
    return GRID.cells(inner)


def river_frame(rivers: list[River], outline: Polygon) -> gpd.GeoDataFrame:
    """The rivers within the district in EPSG:4545, one downhill line each; streams are numbered by falling basin size.

    Columns: name, grade (1 main river … 4 stream), into, basin_km2, length_m.
    """
    inside = [(river, line) for river in rivers if (line := _inside(river.line, outline)).length >= SHORTEST_M]
    streams = [river.name for river, _ in inside if river.grade == STREAM]
    names = {name: f"示意溪{number}号" for number, name in enumerate(streams, 1)}
    named = {river.name for river, _ in inside if river.grade != STREAM}
    rows = [
        (
            names.get(river.name, river.name),
            river.grade,
            names.get(river.into, river.into if river.into in named else None),
            river.basin_km2,
            line,
        )
        for river, line in inside
    ]
    frame = gpd.GeoDataFrame(rows, columns=["name", "grade", "into", "basin_km2", "geometry"], crs=METRIC_CRS)
    frame["basin_km2"] = frame["basin_km2"].round(1)
    frame.insert(4, "length_m", frame.length.round())
    return frame


def _inside(line: LineString, outline: Polygon) -> LineString:
    """The longest stretch of the line within the outline, still running downhill."""
    parts = shapely.get_parts(shapely.line_merge(shapely.intersection(line, outline)))
    longest = max(parts, key=lambda part: part.length, default=LineString())
    if longest.is_empty:
        return longest
    start, stop = (line.project(shapely.Point(longest.coords[end])) for end in (0, -1))
    return longest if start < stop else longest.reverse()
