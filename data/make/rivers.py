"""The rivers: the named courses and the larger streams the relief drains by, all running downhill into each other."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from shapely import LineString, Polygon

from data.make.beds import lay_beds
from data.make.facts import METRIC_CRS, table
from data.make.grid import GRID
from data.make.relief import LOWEST_M, Relief

HEAD_KM2, MOUTH_KM2 = 2.2, 9.0  # a stream begins at the first and is drawn when it drains the second at its mouth
SHORTEST_M = 1500.0


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
    rivers = []
    for name, line in courses.items():
        row = facts.loc[name]
        into = row["into"] if isinstance(row["into"], str) else None
        rivers.append(River(name, line, into, _drained(line, relief) + float(row["upstream_km2"]), int(row["grade"])))
    return rivers + _streams(courses, relief)


def _drained(line: LineString, relief: Relief) -> float:
    """What drains to the line within the grid, in km², by the cells that flow into its own."""
    path = np.unique(GRID.cells(shapely.get_coordinates(shapely.segmentize(line, 10.0))))
    on_path = np.zeros(relief.receiver.size, bool)
    on_path[path] = True
    enters = on_path[relief.receiver] & ~on_path
    return float(relief.area_km2[enters].sum()) + len(path) * (GRID.cell_m / 1000) ** 2


def _streams(courses: dict[str, LineString], relief: Relief) -> list[River]:
    beds = lay_beds(courses, grid=GRID)
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
        name = f"示意溪{len(streams) + 1}号"
        taken.update(dict.fromkeys(cells, name))
        end = lines[taken[target]]
        joint = end[np.argmin(np.hypot(*(end - GRID.points(np.array([target]))).T))]
        lines[name] = _softened(GRID.points(np.array(cells[::-1])), joint)
        streams.append(River(name, LineString(lines[name]), taken[target], float(relief.area_km2[mouth]), 4))
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
    line = np.vstack((points, joint))
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
        cells = GRID.cells(shapely.get_coordinates(shapely.segmentize(river.line, 8.0)))
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


def river_frame(rivers: list[River], outline: Polygon) -> gpd.GeoDataFrame:
    """The rivers within the district in EPSG:4545, one downhill line each.

    Columns: name, grade (1 main river … 4 stream), into, basin_km2, length_m.
    """
    rows = []
    for river in rivers:
        parts = shapely.get_parts(shapely.line_merge(shapely.intersection(river.line, outline)))
        line = max(parts, key=lambda part: part.length, default=LineString())
        if line.length < SHORTEST_M:
            continue
        ends = [river.line.project(shapely.Point(line.coords[i])) for i in (0, -1)]
        line = line if ends[0] < ends[1] else line.reverse()
        rows.append((river.name, river.grade, river.into, round(river.basin_km2, 1), round(line.length), line))
    columns = ["name", "grade", "into", "basin_km2", "length_m", "geometry"]
    return gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=METRIC_CRS)


def lowest(elevation: np.ndarray, *, inside: np.ndarray) -> np.ndarray:
    """The land with nothing inside the district below its lowest point."""
    return np.where(inside, np.maximum(elevation, LOWEST_M), elevation)
