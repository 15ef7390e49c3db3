"""The relief: mountains worn by rivers, between the known levels of the rivers and the guessed heights of the seats.

A wanted surface is spread from the fact tables; streams are then let wear it until slope and drained area agree
(slope = k · area^-0.45, the stream power law at rest), k being adjusted until the worn land has the wanted height.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString

from data.make.facts import metric_points, numbers, table
from data.make.land.beds import Beds, lay_beds
from data.make.land.flow import distances, drained_km2, flood, steepest, upstream_first
from data.make.land.grid import GRID, Grid
from data.make.land.noise import folds, rough, smooth

DEEP = ("乌江", "芙蓉江")
LOWEST_M, HIGHEST_M = 160.0, 2033.0
CONCAVITY = 0.45
SMALLEST_KM2 = 0.06  # hillslopes begin below this drained area
STEEPEST = 0.85
MEAN_M, SEAT_BELOW_M, SEAT_REACH_M = 950.0, 120.0, 1500.0
LEVELS = ((4, 14), (2, 5), (1, 3))  # (cells of GRID per side, rounds of wearing)


@dataclass(frozen=True)
class Relief:
    """Elevation in m on GRID (rows, columns), and the drainage it was worn by (flat arrays)."""

    elevation: np.ndarray
    receiver: np.ndarray
    area_km2: np.ndarray


def make_relief(courses: dict[str, LineString]) -> Relief:
    """The worn land of the whole grid, its highest point not yet set to the known one."""
    elevation = factor = None
    first = _wanted(GRID.coarser(LEVELS[0][0]), courses)
    for coarseness, rounds in LEVELS:
        grid = GRID.coarser(coarseness)
        beds = lay_beds(courses, grid=grid)
        wanted = _finer(first, grid)
        if elevation is None:
            elevation, factor = wanted + 220 * rough(grid, "first land", longest_m=7000), np.full(grid.shape, 0.10)
        else:
            elevation, factor = _finer(elevation, grid), _finer(factor, grid)
            elevation = elevation + 6 * rough(grid, f"detail {coarseness}", longest_m=1500)
        elevation, factor, receiver, area = _wear(elevation, factor, wanted=wanted, beds=beds, grid=grid, rounds=rounds)
    return Relief(elevation, receiver, area)


def _wear(
    elevation: np.ndarray, factor: np.ndarray, *, wanted: np.ndarray, beds: Beds, grid: Grid, rounds: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Elevation and erodibility after some rounds, with the receivers and drained areas of the last."""
    land = _with_beds(elevation, smooth(wanted, grid, radius_m=500), beds=beds)
    outlets = np.unique(np.concatenate((beds.fixed, beds.course)))
    land, receiver, order = flood(land.reshape(grid.shape), outlets, grid=grid)
    hardness = _hardness(grid)
    for turn in range(rounds):
        if turn:
            receiver = steepest(land, grid=grid, random=numbers(f"steepest {grid.cell_m:.0f} {turn}"))
            order = upstream_first(land)
        receiver[beds.fixed] = beds.fixed
        receiver[beds.course] = beds.next
        area = drained_km2(receiver, order, grid=grid, entering=beds.entering)
        land = _risen(receiver, order, factor=factor * hardness, area=area, beds=beds, grid=grid)
        factor = _adjusted(factor, land.reshape(grid.shape), wanted=wanted, grid=grid)
    return land.reshape(grid.shape), factor, receiver, area


def _with_beds(elevation: np.ndarray, highest: np.ndarray, *, beds: Beds) -> np.ndarray:
    """The land (flat) with known levels set and every other named river falling strictly, at most at `highest`."""
    land, limit = elevation.copy().ravel(), highest.ravel()
    land[beds.fixed] = beds.level
    following = dict(zip(beds.course.tolist(), beds.next.tolist(), strict=True))
    for path in beds.path.values():
        last = following.get(int(path[-1]))
        if last is not None:
            fall = np.arange(len(path), 0, -1) * 0.001
            level = np.minimum.accumulate(np.minimum(land[path], limit[path]))
            land[path] = np.maximum(level, land[last]) + fall
    return land


def _hardness(grid: Grid) -> np.ndarray:
    """How much steeper than usual the rock stands, around 1: without it valleys would run in straight lines."""
    hard = rough(GRID.coarser(LEVELS[0][0]), "hard rock", longest_m=5000, shortest_m=720, slope=0.6)
    fine = rough(grid, f"hard rock {grid.cell_m:.0f}", longest_m=1200, shortest_m=2 * grid.cell_m, slope=0.3)
    return np.round(np.exp(0.45 * _finer(hard, grid) + 0.3 * fine), 6)


def _risen(
    receiver: np.ndarray, order: np.ndarray, *, factor: np.ndarray, area: np.ndarray, beds: Beds, grid: Grid
) -> np.ndarray:
    """The land at rest: every cell above the one it drains into by slope times distance."""
    slope = factor.ravel() * np.maximum(area, SMALLEST_KM2) ** -CONCAVITY
    rise = np.round(np.clip(slope, 0.0004, STEEPEST) * distances(receiver, grid=grid), 3)
    land = np.zeros(receiver.size)
    land[beds.fixed] = beds.level
    heights, to, rises = land.tolist(), receiver.tolist(), rise.tolist()
    for cell in order[::-1].tolist():
        target = to[cell]
        if target != cell:
            heights[cell] = heights[target] + rises[cell]
    return np.round(np.asarray(heights), 3)


def _adjusted(factor: np.ndarray, land: np.ndarray, *, wanted: np.ndarray, grid: Grid) -> np.ndarray:
    """Erodibility moved towards the one that lets the land reach the wanted height."""
    radius = 1600.0
    mean, goal = smooth(land, grid, radius_m=radius), smooth(wanted, grid, radius_m=radius)
    ratio = np.maximum(goal - 120, 60) / np.maximum(mean - 120, 60)
    return np.round(np.clip(factor * smooth(ratio, grid, radius_m=radius) ** 0.6, 0.012, 0.6), 6)


def _finer(values: np.ndarray, grid: Grid) -> np.ndarray:
    """A coarser grid's values on `grid`, bilinear between cell centres."""
    rows = np.clip((np.arange(grid.rows) + 0.5) * values.shape[0] / grid.rows - 0.5, 0, values.shape[0] - 1)
    columns = np.clip((np.arange(grid.columns) + 0.5) * values.shape[1] / grid.columns - 0.5, 0, values.shape[1] - 1)
    r0, c0 = np.minimum(rows.astype(int), values.shape[0] - 2), np.minimum(columns.astype(int), values.shape[1] - 2)
    fr, fc = (rows - r0)[:, None], (columns - c0)[None, :]
    top = values[r0][:, c0] * (1 - fc) + values[r0][:, c0 + 1] * fc
    low = values[r0 + 1][:, c0] * (1 - fc) + values[r0 + 1][:, c0 + 1] * fc
    return top * (1 - fr) + low * fr


def _wanted(grid: Grid, courses: dict[str, LineString]) -> np.ndarray:
    """The smooth surface the land should have: seats and heights spread around, folds laid over, rivers cut in."""
    x, y = grid.centres()
    heights, seats = table("heights"), table("seats")
    places = np.vstack((metric_points(heights), metric_points(seats)))
    levels = np.concatenate((heights["elevation_m"], seats["elevation_m"] + SEAT_BELOW_M))
    reach = np.concatenate((heights["radius_m"], np.full(len(seats), SEAT_REACH_M)))
    weight, total = np.full(grid.shape, 1e-3), np.full(grid.shape, 1e-3 * MEAN_M)
    force = np.concatenate((np.ones(len(heights)), np.full(len(seats), 1.5)))
    for (east, north), level, radius, strength in zip(places, levels, reach, force, strict=True):
        share = strength * (1 + ((x - east) ** 2 + (y - north) ** 2) / radius**2) ** -2
        weight += share
        total += share * level
    surface = total / weight + 110 * folds(grid, "folds", longest_m=24000)
    cells = shapely.points(*np.broadcast_arrays(x, y))
    for river, line in courses.items():
        depth, width = (0.92, 1500.0) if river in DEEP else (0.75, 1100.0)
        gap = shapely.distance(cells, line.simplify(60))
        surface -= depth * np.exp(-gap / width) * np.maximum(surface - LOWEST_M, 0)
    return np.round(np.maximum(surface, LOWEST_M), 3)


def level_towns(elevation: np.ndarray, places: np.ndarray) -> np.ndarray:
    """The land smoothed where towns and parks stand, fading out within about a kilometre."""
    x, y = GRID.centres()
    built = np.zeros(GRID.shape)
    for east, north in places:
        built = np.maximum(built, np.exp(-((x - east) ** 2 + (y - north) ** 2) / 650.0**2))
    return np.round(elevation + 0.85 * built * (smooth(elevation, GRID, radius_m=280.0) - elevation), 3)


def set_highest(relief: Relief, *, inside: np.ndarray) -> Relief:
    """The relief with its heights above 900 m drawn together so that the highest `inside` is the known one.

    Order is kept: what was higher stays higher, so water still runs where it ran. Land outside may stand higher.
    """
    knee, land = 900.0, relief.elevation
    factor = (HIGHEST_M - knee) / (land[inside].max() - knee)
    return Relief(np.where(land > knee, knee + (land - knee) * factor, land), relief.receiver, relief.area_km2)
