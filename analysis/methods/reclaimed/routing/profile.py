"""The ground along a pipe: heights and static lift.

Static lift is to the highest point of the profile, not to its end: what is pumped over a hill must first reach its top.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString

from geo.grids.raster import Raster, sample


@dataclass(frozen=True)
class Profile:
    """Distance and ground height along a line in m, shapes (points,); height NaN where the raster holds none."""

    distance_m: np.ndarray
    height_m: np.ndarray

    @property
    def lift_m(self) -> float:
        """From the start to the highest point, at least 0."""
        known = self.height_m[np.isfinite(self.height_m)]
        return float(max(known.max() - known[0], 0.0)) if len(known) else float("nan")


def profile_of(raster: Raster, line: LineString, *, every_m: float = 90.0) -> Profile:
    """Heights every `every_m` along a line in the raster's CRS, both ends included."""
    count = max(2, int(np.ceil(line.length / every_m)) + 1)
    distance = np.linspace(0.0, line.length, count)
    points = shapely.get_coordinates(shapely.line_interpolate_point(line, distance))
    return Profile(distance, sample(raster, points[:, 0], points[:, 1]))


def climb_m(heights: np.ndarray, reached_m: float) -> float:
    """How much higher a stretch of profile rises than the water has been lifted already, at least 0."""
    known = heights[np.isfinite(heights)]
    return float(max(known.max() - reached_m, 0.0)) if len(known) else 0.0
