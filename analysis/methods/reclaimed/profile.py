"""The ground along a pipe: heights, static lift, pressure class and stages.

Static lift is to the highest point of the profile, not to its end: what is pumped over a hill must first reach its top.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString

from analysis.formulas.hydraulics import pressure_class_mpa, pumping_stages
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

    @property
    def deepest_m(self) -> float:
        """From the highest point down to the lowest after it: the pressure head a full pipe stands when at rest."""
        known = self.height_m[np.isfinite(self.height_m)]
        return float((np.maximum.accumulate(known) - known).max()) if len(known) else float("nan")


@dataclass(frozen=True)
class Lift:
    """What a pipe's profile asks for: head in m, stages, pressure class in MPa (none beyond 2.5), what to look at."""

    static_m: float
    head_m: float
    stages: int
    pressure_class_mpa: float | None
    needs_stages: bool
    beyond_class: bool


def profile_of(raster: Raster, line: LineString, *, every_m: float = 90.0) -> Profile:
    """Heights every `every_m` along a line in the raster's CRS, both ends included."""
    count = max(2, int(np.ceil(line.length / every_m)) + 1)
    distance = np.linspace(0.0, line.length, count)
    points = shapely.get_coordinates(shapely.line_interpolate_point(line, distance))
    return Profile(distance, sample(raster, points[:, 0], points[:, 1]))


def lift_of(profile: Profile, *, friction_m: float, residual_m: float, stage_m: float = 150.0) -> Lift:
    """Static lift, pump head with friction and residual head, stages of `stage_m` and the class that stands it."""
    static = profile.lift_m
    head = static + friction_m + residual_m
    stages = pumping_stages(head, stage_m=stage_m)
    most = max(min(head, stage_m), profile.deepest_m)
    class_ = pressure_class_mpa(most)
    return Lift(static, head, stages, class_, needs_stages=static > stage_m, beyond_class=class_ is None)


def climb_m(heights: np.ndarray, reached_m: float) -> float:
    """How much higher a stretch of profile rises than the water has been lifted already, at least 0."""
    known = heights[np.isfinite(heights)]
    return float(max(known.max() - reached_m, 0.0)) if len(known) else 0.0
