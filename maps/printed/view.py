"""What a printed map shows of the ground: a round scale, the box it covers, and the grid of degrees over it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer

_INCH_M = 0.0254
_ROUND = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0)
_DEGREE_STEPS = (1 / 720, 1 / 360, 1 / 240, 1 / 120, 1 / 60, 1 / 30, 1 / 12, 1 / 6, 1 / 4, 1 / 2, 1, 2, 5, 10)
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class View:
    """A box in metres of the district's CRS and the number its scale is one to."""

    west: float
    south: float
    east: float
    north: float
    scale: float

    @property
    def bounds(self) -> Bounds:
        """West, south, east, north in metres."""
        return self.west, self.south, self.east, self.north


@dataclass(frozen=True)
class GridLine:
    """A meridian or parallel: its degrees, its course in metres (points, 2)."""

    degrees: float
    along: str
    course: NDArray[np.float64]


def view_of(bounds: Bounds, *, wide_in: float, high_in: float, margin_share: float = 0.05) -> View:
    """The box around `bounds` (metres) on a panel of that many inches, at the next round scale that holds it."""
    west, south, east, north = bounds
    needed = max((east - west) / wide_in, (north - south) / high_in, 1.0) * (1 + 2 * margin_share) / _INCH_M
    power = 10 ** math.floor(math.log10(needed))
    scale = next(step * power for step in _ROUND if step * power >= needed * (1 - 1e-9))
    x, y = (west + east) / 2, (south + north) / 2
    half_x, half_y = wide_in * _INCH_M * scale / 2, high_in * _INCH_M * scale / 2
    return View(x - half_x, y - half_y, x + half_x, y + half_y, scale)


def bar_length_m(view: View, *, longest_m: float) -> float:
    """The longest of 1, 2 or 5 times a power of ten that is no longer than `longest_m` of ground."""
    longest_m = min(longest_m, view.east - view.west)
    power = 10 ** math.floor(math.log10(longest_m))
    return max(step * power for step in (0.5, 1.0, 2.0, 5.0) if step * power <= longest_m)


@lru_cache(maxsize=16)
def _to_degrees(crs: CRS) -> Transformer:
    return Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)


def grid_lines(view: View, crs: CRS) -> Iterator[GridLine]:
    """Three to eight meridians and parallels over the view, in the datum of `crs`."""
    degrees = _to_degrees(crs)
    west, south, east, north = degrees.transform_bounds(*view.bounds)
    step = next((s for s in _DEGREE_STEPS if (east - west) / s <= 7), _DEGREE_STEPS[-1])
    for along, low, high, other in (("lon", west, east, (south, north)), ("lat", south, north, (west, east))):
        for n in range(math.ceil(low / step), math.floor(high / step) + 1):
            spare = (other[1] - other[0]) * 0.03  # so that the course surely meets both edges of the view
            run = np.linspace(other[0] - spare, other[1] + spare, 41)
            fixed = np.full_like(run, n * step)
            pair = (fixed, run) if along == "lon" else (run, fixed)
            yield GridLine(n * step, along, np.column_stack(degrees.transform(*pair, direction="INVERSE")))


def degrees_text(line: GridLine) -> str:
    """The degrees of a grid line as on Chinese maps: 107°45′E, with seconds only where they are not zero."""
    seconds = round(abs(line.degrees) * 3600)
    sides = "EW" if line.along == "lon" else "NS"
    side = sides[0] if line.degrees >= 0 else sides[1]
    rest = f"{seconds % 60:02d}″" if seconds % 60 else ""
    return f"{seconds // 3600}°{seconds // 60 % 60:02d}′{rest}{side}"
