"""Slope and hillshade of an elevation raster.

Gradients after Horn (1981) over the eight neighbours; the raster must be in a metric CRS. Where a neighbour lies
beyond the edge or has no value, the slope to the opposite one is taken to go on. Rows are worked off in strips that
fit the processor's cache; no sine or arc tangent is taken per cell.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from geo.crs import require_metric
from geo.grids.raster import Raster

_STRIP_CELLS = 150_000
_THREADS = 2
Strip = Callable[[np.ndarray, np.ndarray], np.ndarray]


def hillshade(raster: Raster, *, azimuth: float = 315, altitude: float = 45, z: float = 1) -> np.ndarray:
    """How bright each cell lies in the light: uint8 (rows, columns), 1 dark to 255 bright, 0 where no elevation.

    `azimuth` is where the light comes from, clockwise from north, and `altitude` its height, both in degrees; `z`
    exaggerates heights. Flat ground is 1 + 254·sin(altitude).
    """
    zenith, from_north = math.radians(90 - altitude), math.radians(azimuth)
    flat = 254 * math.cos(zenith)
    toward_east = 254 * math.sin(zenith) * math.sin(from_north) * z
    toward_north = 254 * math.sin(zenith) * math.cos(from_north) * z

    def light(east: np.ndarray, north: np.ndarray) -> np.ndarray:
        steep = east * east
        steep += north * north
        steep *= z * z
        steep += 1
        np.sqrt(steep, out=steep)
        east *= toward_east
        north *= toward_north
        east += north
        np.subtract(flat, east, out=east)
        east /= steep
        np.maximum(east, 0, out=east)
        east += 1.5
        return east

    return _by_strips(raster, light, np.uint8)


def slope_share(raster: Raster) -> np.ndarray:
    """Rise over run of each cell: float32 (rows, columns), 1 at 45°, NaN where there is no elevation."""

    def rise(east: np.ndarray, north: np.ndarray) -> np.ndarray:
        east *= east
        north *= north
        east += north
        return np.sqrt(east, out=east)

    return _by_strips(raster, rise, np.float32)


def _by_strips(raster: Raster, of_gradient: Strip, dtype: type) -> np.ndarray:
    """The result of `of_gradient` (rise to the east, rise to the north) for all cells; 0 or NaN where none."""
    require_metric(raster.crs)
    rows, columns = raster.values.shape
    result: np.ndarray = np.empty((rows, columns), dtype)
    missing = np.nan if np.issubdtype(dtype, np.floating) else 0

    def work(span: slice) -> None:
        heights = _framed(raster, span)
        known = np.isfinite(heights[1:-1, 1:-1])
        east, north = _gradient(heights, raster.transform.a, -raster.transform.e)
        _mend(east, north, heights=heights, known=known, cells=(raster.transform.a, -raster.transform.e))
        result[span] = of_gradient(east, north)
        if not known.all():
            result[span][~known] = missing

    with ThreadPoolExecutor(_THREADS) as pool:
        list(pool.map(work, _spans(rows, max(8, _STRIP_CELLS // max(columns, 1)))))
    return result


def _spans(rows: int, height: int) -> Iterator[slice]:
    return (slice(start, min(start + height, rows)) for start in range(0, rows, height))


def _framed(raster: Raster, span: slice) -> np.ndarray:
    """The heights of a strip with one cell more on every side, float32, NaN for unknown."""
    rows, columns = raster.values.shape
    top, bottom = max(span.start - 1, 0), min(span.stop + 1, rows)
    part = raster.values[top:bottom]
    heights = np.full((span.stop - span.start + 2, columns + 2), np.nan, np.float32)
    first = top - (span.start - 1)
    inner = heights[first : first + bottom - top, 1:-1]
    inner[...] = part
    if raster.nodata is not None and not np.isnan(raster.nodata):
        inner[part == raster.nodata] = np.nan
    inner[np.isinf(inner)] = np.nan
    return heights


def _gradient(heights: np.ndarray, cell_x: float, cell_y: float) -> tuple[np.ndarray, np.ndarray]:
    """Horn's rise to the east and to the north, NaN wherever one of the nine cells is."""
    east = _smoothed(heights[:-2], heights[1:-1], heights[2:])
    east = east[:, 2:] - east[:, :-2]
    east *= 1 / (8 * cell_x)
    north = heights[:-2] - heights[2:]
    north = _smoothed(north[:, :-2], north[:, 1:-1], north[:, 2:])
    north *= 1 / (8 * cell_y)
    return east, north


def _smoothed(before: np.ndarray, middle: np.ndarray, after: np.ndarray) -> np.ndarray:
    total = middle + middle
    total += before
    total += after
    return total


def _mend(
    east: np.ndarray, north: np.ndarray, *, heights: np.ndarray, known: np.ndarray, cells: tuple[float, float]
) -> None:
    """Fill, in place, the gradient of known cells that lack neighbours, and put 0 at unknown cells.

    Horn's sums are differences of opposite neighbours. Where one of a pair lacks, twice the step from the other to
    the cell stands in, and where both lack, what the other pairs imply: a plane stays a plane. Nothing known is flat.
    """
    row, column = np.nonzero(np.isnan(east) | np.isnan(north))
    lacking = known[row, column]
    east[row[~lacking], column[~lacking]] = north[row[~lacking], column[~lacking]] = 0
    row, column = row[lacking] + 1, column[lacking] + 1
    centre = heights[row, column]

    def step(down: int, right: int) -> np.ndarray:
        ahead = heights[row + down, column + right] - centre
        behind = centre - heights[row - down, column - right]
        return _first_known(ahead, behind) + _first_known(behind, ahead)

    right, up, rising, falling = step(0, 1), step(-1, 0), step(-1, 1), step(1, 1)
    right, up = _first_known(right, (rising + falling) / 2), _first_known(up, (rising - falling) / 2)
    right, up = np.nan_to_num(right), np.nan_to_num(up)
    rising, falling = _first_known(rising, right + up), _first_known(falling, right - up)
    east[row - 1, column - 1] = (rising + 2 * right + falling) / (8 * cells[0])
    north[row - 1, column - 1] = (rising + 2 * up - falling) / (8 * cells[1])


def _first_known(values: np.ndarray, instead: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(values), instead, values)
