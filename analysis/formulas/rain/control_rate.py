"""年径流总量控制率: which design rain holds back which share of all rain."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from analysis.formulas.arguments import numbers
from words.errors import AtlasError

SMALLEST_MM = 2.0  # rains up to 2 mm do not run off and are left out (海绵城市建设技术指南 2014, annex)


def control_rate_curve(rain_mm: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Design rains in mm, ascending without repeats, and the control rate (0–1) of each.

    `rain_mm` has shape (days,), snow days already left out; only days above 2 mm count, ties all count.
    α(Xi) = (ΣX1..Xi + Xi·(N − i))/ΣX (海绵城市建设技术指南 2014). AtlasError when no day is above 2 mm.
    """
    rain = numbers("rain_mm", rain_mm, low=0.0)
    counted = np.sort(rain[rain > SMALLEST_MM])
    if counted.size == 0:
        raise AtlasError("formulas.no_rain", argument="rain_mm")
    rank = np.arange(1, counted.size + 1)
    rates = (np.cumsum(counted) + counted * (counted.size - rank)) / counted.sum()
    depths, first = np.unique(counted, return_index=True)
    return depths, rates[first]


def design_rain_mm(rain_mm: ArrayLike, control_rate: ArrayLike) -> np.ndarray:
    """The design rain in mm for a control rate (0–1), linear between the days of the record.

    Below the smallest rate of the record its smallest rain, at 1 its largest.
    """
    wanted = numbers("control_rate", control_rate, low=0.0, high=1.0)
    depths, rates = control_rate_curve(rain_mm)
    return np.interp(wanted, rates, depths)
