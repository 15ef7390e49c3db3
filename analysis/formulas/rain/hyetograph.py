"""A design storm minute by minute, and what a tank takes off its peak."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.formulas.rain.storm import storm_intensity_l_per_s_ha

PEAK_AT = 0.4  # share of the duration before the peak, Chicago storm


@dataclass(frozen=True)
class Relief:
    """A catchment's storm with and without a tank: peaks in L/s, volumes in m³."""

    peak_l_per_s: float
    volume_m3: float
    relieved_peak_l_per_s: float
    relieved_volume_m3: float


def chicago_depths_mm(
    return_period_a: float, duration_min: int, *, storm: Mapping[str, float], peak_at: float = PEAK_AT
) -> np.ndarray:
    """Rain depth of every minute of a Chicago storm, shape (minutes,); any window around the peak has the
    depth that the storm formula gives for its length (Keifer & Chu 1957), arranged by the alternating-block method.
    """
    minutes = np.arange(1, duration_min + 1)
    depth = storm_intensity_l_per_s_ha(return_period_a, minutes, **storm) * 0.006 * minutes
    blocks = np.diff(depth, prepend=0.0)
    first = round(peak_at * (duration_min - 1))
    left, right = first, first + 1
    placed = np.zeros(duration_min)
    for rank, block in enumerate(np.sort(blocks)[::-1]):
        before = first - left
        if left >= 0 and (right >= duration_min or before <= peak_at * rank):
            placed[left], left = block, left - 1
        else:
            placed[right], right = block, right + 1
    return placed


def storm_flow_l_per_s(
    depths_mm: np.ndarray, *, area_m2: float, coefficient: float, free_m3: float = 0.0
) -> np.ndarray:
    """What leaves the catchment in every minute in L/s, past a tank that takes the first `free_m3` of it.

    Runoff follows the rain within the minute (catchments of a building or a street).
    """
    flow_m3 = depths_mm / 1000 * area_m2 * coefficient
    kept = np.minimum(np.cumsum(flow_m3), free_m3)
    return (flow_m3 - np.diff(kept, prepend=0.0)) * (1000 / 60)


def tank_relief(depths_mm: np.ndarray, *, area_m2: float, coefficient: float, free_m3: float) -> Relief:
    """What a tank with `free_m3` left does to a storm: it takes the first water, then everything passes."""
    bare = storm_flow_l_per_s(depths_mm, area_m2=area_m2, coefficient=coefficient)
    passed = storm_flow_l_per_s(depths_mm, area_m2=area_m2, coefficient=coefficient, free_m3=free_m3)
    per_second = 1000 / 60
    return Relief(
        peak_l_per_s=float(bare.max()),
        volume_m3=float(bare.sum() / per_second),
        relieved_peak_l_per_s=float(passed.max()),
        relieved_volume_m3=float(passed.sum() / per_second),
    )
