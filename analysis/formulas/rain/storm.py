"""Storm intensity and the peak flow it makes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from analysis.formulas.arguments import numbers


def storm_intensity_l_per_s_ha(
    return_period_a: ArrayLike,
    duration_min: ArrayLike,
    *,
    a: float,
    c: float,
    b: float,
    n: float,
) -> np.ndarray:
    """Mean intensity q = a(1 + c·lg P)/(t + b)^n of a storm, in L/(s·hm²), broadcast over both arguments.

    Return period P in years (≥ 0.1), duration t in minutes (> 0). The coefficients are a rule's.
    """
    period = numbers("return_period_a", return_period_a, low=0.1)
    duration = numbers("duration_min", duration_min, low=0.0, above=True)
    return np.maximum(a * (1 + c * np.log10(period)) / (duration + b) ** n, 0.0)
