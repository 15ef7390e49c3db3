"""Where a proposal would stand well: a score for every cell of the elevation grid, from the checks and the weights.

Six criteria between 0 and 1 (gentle slope; near mains, reclaimed water and roads; far from protection zones and from
rivers and floods), weighted; the verdicts of the checks in space then cut the score down or exclude the cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from analysis.methods.siting.check import RANK, Check, Inquiry
from analysis.methods.siting.checks.registry import CHECKS
from analysis.methods.siting.ground.found import Ground
from geo.grids.burn import burn, distance_m
from geo.grids.raster import Raster
from words.errors import AtlasError

CRITERIA = ("slope", "mains", "reclaimed", "roads", "protection", "flood")
GROUPS = {
    "mains": ("layer:water_mains",),
    "reclaimed": ("layer:reclaimed_mains", "layer:wastewater_plants"),
    "roads": ("layer:roads",),
    "protection": (
        "zone:drinking_source_1", "zone:drinking_source_2", "zone:ecological_red_line", "zone:permanent_farmland",
        "zone:nature_reserve", "zone:spring_protection",
    ),
    "flood": ("zone:flood", "zone:river_management", "river:all"),
}  # fmt: skip
AWAY = ("protection", "flood")
STEEPEST_RISE = 0.5
FAR_ENOUGH_SHARE = 0.2  # beyond a fifth of the far distance, being farther from a zone counts no more


@dataclass(frozen=True)
class Surface:
    """The suitability of every cell: `score` 0–1 (NaN outside, unknown or excluded), `level` rank of the worst check.

    `criteria` hold each criterion 0–1; a criterion whose layers are missing is left out of `weights`, which sum to 1.
    """

    grid: Raster
    score: np.ndarray
    level: np.ndarray
    inside: np.ndarray
    criteria: Mapping[str, np.ndarray]
    weights: Mapping[str, float]
    factor: np.ndarray
    missing: tuple[str, ...]

    @cached_property
    def excluded(self) -> np.ndarray:
        """The cells inside where some check says prohibited."""
        return self.inside & (self.level >= RANK["prohibited"])

    @cached_property
    def raster(self) -> Raster:
        """The score as a raster in the grid's CRS, NaN where there is none."""
        return Raster(self.score.astype(np.float32), self.grid.transform, self.grid.crs, float("nan"))


def suitability(
    inquiry: Inquiry, *, within: BaseGeometry | None = None, weights: Mapping[str, float] | None = None
) -> Surface:
    """The surface for the inquiry's proposal over `within` (by default the whole district).

    `weights` by criterion replace the assumptions' (for instance from AHP). AtlasError without elevation, or when all
    weights are 0.
    """
    ground, assumed = inquiry.ground, inquiry.assumed
    if ground.terrain is None:
        raise AtlasError("siting.errors.no_elevation")
    grid = ground.terrain.elevation
    inside = burn([within if within is not None else ground.outline], grid, touched=False) & grid.valid
    inside &= np.isfinite(ground.terrain.rise)  # a slope that is not known is not a gentle one
    criteria = criteria_of(ground, far_m=assumed["siting_far_m"])
    told = weights or {name: assumed[f"siting_weight_{name}"] for name in CRITERIA}
    shares = normalised({name: told.get(name, 0.0) for name in criteria})
    level = levels_of(inquiry)
    factor = np.array([1.0, assumed["siting_study_factor"], assumed["siting_restricted_factor"], np.nan], np.float32)
    score = sum(np.float32(share) * criteria[name] for name, share in shares.items()) * factor[level]
    score[~inside] = np.nan
    missing = tuple(name for name in CRITERIA if name not in criteria)
    return Surface(grid, score, level, inside, criteria, shares, factor[level], missing)


def normalised(weights: Mapping[str, float]) -> dict[str, float]:
    """The weights so that they sum to 1; AtlasError when they sum to nothing."""
    whole = sum(weights.values())
    if whole <= 0:
        raise AtlasError("siting.errors.weights_sum")
    return {name: weight / whole for name, weight in weights.items()}


def criteria_of(ground: Ground, *, far_m: float) -> dict[str, np.ndarray]:
    """Each criterion of every cell, 0 bad to 1 good; those whose layers are all missing are left out."""
    if far_m not in ground.criteria:
        ground.criteria[far_m] = _criteria(ground, far_m)
    return ground.criteria[far_m]


def _criteria(ground: Ground, far_m: float) -> dict[str, np.ndarray]:
    assert ground.terrain is not None
    grid = ground.terrain.elevation
    found = {"slope": np.clip(1 - np.nan_to_num(ground.terrain.rise, nan=1.0) / STEEPEST_RISE, 0, 1)}
    for name, groups in GROUPS.items():
        known = [ground.group(group) for group in groups if not ground.group(group).missing]
        if not known:
            continue
        reach = far_m * (FAR_ENOUGH_SHARE if name in AWAY else 1.0)
        cells = burn([shape for group in known for shape in group.shapes], grid)
        share = distance_m(cells, cell_m=grid.transform.a, at_most_m=reach) / np.float32(reach)
        found[name] = share if name in AWAY else 1 - share
    return found


def levels_of(inquiry: Inquiry) -> np.ndarray:
    """The rank of the worst verdict of all checks in space in each cell, int8."""
    assert inquiry.ground.terrain is not None
    grid, rise = inquiry.ground.terrain.elevation, inquiry.ground.terrain.rise
    level = np.zeros(grid.values.shape, np.int8)
    kept: dict[int, list[BaseGeometry]] = {}
    for check in filter(inquiry.speaks, CHECKS):
        for rank, shapes in _ranked(check, inquiry).items():
            kept.setdefault(rank, []).extend(shapes)
        if check.cells is not None:
            np.maximum(level, check.cells(inquiry, rise), out=level)
    for rank, shapes in kept.items():
        np.maximum(level, burn(shapes, grid) * np.int8(rank), out=level)
    return level


def _ranked(check: Check, inquiry: Inquiry) -> dict[int, list[BaseGeometry]]:
    """The ground on which a check's reaches hold, by the rank of their verdict."""
    found: dict[int, list[BaseGeometry]] = {}
    for reach in check.reaches(inquiry) if check.reaches is not None else ():
        group = inquiry.ground.group(reach.group)
        shapes = group.shapes if reach.within_m == 0 else shapely.buffer(group.shapes, reach.within_m, quad_segs=4)
        rank = RANK.get(reach.verdict, RANK["study"])  # a place that cannot be judged is no place without constraint
        if rank > 0:
            found.setdefault(rank, []).extend(shapes)
    return found
