"""Land cover and soil groups, ranked by how well each place suits each use until known-sounding shares are filled."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from data.make.facts import metric_points, table
from data.make.land.grid import GRID
from data.make.land.noise import rough, smooth
from data.make.land.rivers import River

PADDY, DRY, ORCHARD, FOREST, SHRUB, WATER, URBAN, RURAL, ROAD, ROCK = range(1, 11)
SHARES = {RURAL: 0.016, PADDY: 0.055, ORCHARD: 0.028, DRY: 0.178, ROCK: 0.014, SHRUB: 0.085}
RIVER_HALF_WIDTH_M = {1: 110.0, 2: 80.0}
TOWN_KM2 = {"500156002": 4.2, "500156001": 2.4, "500156003": 2.6, "500156101": 1.6, "500156102": 1.0}
OTHER_TOWN_KM2 = 0.45
"""Built-up land around a seat; set by hand so that the whole is about 1 % of the district."""


def make_landcover(elevation: np.ndarray, rivers: list[River], *, inside: np.ndarray) -> np.ndarray:
    """Codes 1 paddy, 2 dry cropland, 3 orchard, 4 forest, 5 shrub and grass, 6 water, 7 urban, 8 rural built-up,
    9 road and hard ground, 10 bare karst rock; uint8 on GRID."""
    slope = slope_share(elevation)
    cover = np.full(GRID.shape, FOREST, np.uint8)
    free = np.ones(GRID.shape, bool)
    near = smooth(_near_seats(), GRID, radius_m=400)
    gentle = -smooth(slope, GRID, radius_m=150) * 6
    gentle -= 0.6 * smooth(gentle, GRID, radius_m=5000)  # every valley has its fields, the steep ones too
    valley = (smooth(elevation, GRID, radius_m=1200) - elevation) / 150
    patch = {code: rough(GRID, f"cover {code}", longest_m=6000, shortest_m=200, slope=1.1) for code in SHARES}
    low = elevation / 1000
    suits = {
        RURAL: gentle + 1.2 * near + 1.0 * patch[RURAL] - 0.6 * low,
        PADDY: np.where(elevation < 900, gentle + 0.7 * valley + 0.5 * patch[PADDY] - low, -99),
        ORCHARD: np.where(elevation < 1000, 0.5 * gentle + 0.8 * patch[ORCHARD] - 1.2 * low, -99),
        DRY: gentle + 0.7 * patch[DRY] - 0.9 * low,
        ROCK: slope * 2.5 + patch[ROCK] + 0.5 * low,
        SHRUB: 0.9 * patch[SHRUB] + 0.6 * low + 0.7 * slope,
    }
    for code, where in _certain(rivers):
        cover[where & free] = code
        free &= ~where
    district = int(inside.sum())
    for code, suit in suits.items():
        rank = np.sort(suit[inside & free])[::-1]
        where = free & (suit >= rank[int(SHARES[code] * district)])
        cover[where] = code
        free &= ~where
    return cover


def slope_share(elevation: np.ndarray) -> np.ndarray:
    """Rise over run of every cell."""
    down, across = np.gradient(elevation, GRID.cell_m)
    return np.sqrt(down**2 + across**2)


def _near_seats() -> np.ndarray:
    x, y = GRID.centres()
    near = np.zeros(GRID.shape)
    for east, north in metric_points(table("seats")):
        near = np.maximum(near, 1 / (1 + ((x - east) ** 2 + (y - north) ** 2) / 1500.0**2))
    return near


def _certain(rivers: list[River]) -> list[tuple[int, np.ndarray]]:
    """Water, hard ground and towns: (code, where), the first ones first."""
    x, y = np.broadcast_arrays(*GRID.centres())
    water = np.zeros(GRID.shape, bool)
    for river in rivers:
        line = shapely.segmentize(river.line, 20.0)
        water.ravel()[GRID.cells(shapely.get_coordinates(line))] |= river.grade <= 3
        if river.grade in RIVER_HALF_WIDTH_M:
            bed = river.line.simplify(20).buffer(RIVER_HALF_WIDTH_M[river.grade])
            shapely.prepare(bed)
            water |= shapely.contains_xy(bed, x, y)
    ragged = rough(GRID, "towns", longest_m=1500, shortest_m=200, slope=1.0)
    hard, urban = np.zeros(GRID.shape, bool), np.zeros(GRID.shape, bool)
    seats, parks = table("seats"), table("parks")
    for (east, north), code in zip(metric_points(seats), seats["code"], strict=True):
        urban |= _blob(east, north, TOWN_KM2.get(code, OTHER_TOWN_KM2), ragged)
    for (east, north), size in zip(metric_points(parks), parks["built_km2"], strict=True):
        urban |= _blob(east, north, size, ragged)
        hard |= _blob(east + 150, north - 150, size / 6, ragged)
    airport = metric_points(pd.DataFrame({"lon": [107.694], "lat": [29.466]}))[0]
    hard |= (np.abs(x - airport[0]) < 1400) & (np.abs(y - airport[1]) < 140)
    return [(WATER, water), (ROAD, hard), (URBAN, urban)]


def _blob(east: float, north: float, size_km2: float, ragged: np.ndarray) -> np.ndarray:
    """A ragged patch of about `size_km2` around a point."""
    x, y = GRID.centres()
    radius = np.sqrt(size_km2 * 1e6 / np.pi)
    return np.sqrt((x - east) ** 2 + (y - north) ** 2) / radius < 1 + 0.3 * ragged.clip(-1.5, 1.5)


def make_soil_group(elevation: np.ndarray, cover: np.ndarray) -> np.ndarray:
    """Hydrologic soil groups 1 A … 4 D as uint8: purple and yellow soils B to C, paddies D, valley floors A."""
    random = rough(GRID, "soil", longest_m=9000, shortest_m=400, slope=1.3)
    slope = smooth(slope_share(elevation), GRID, radius_m=300)
    group = np.where(random + 2 * (slope - 0.3) > 0.05, 3, 2)
    group = np.where((random < -1.3) & (slope < 0.3), 1, group)
    group = np.where((random > 1.9) | (cover == PADDY) | (cover == ROCK), 4, group)
    return group.astype(np.uint8)
