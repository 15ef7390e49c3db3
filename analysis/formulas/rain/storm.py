"""Storm intensity and the peak flow it makes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from analysis.formulas.arguments import numbers

WULONG = {"a": 1793.0, "c": 0.997, "b": 12.292, "n": 0.724}


def storm_intensity_l_per_s_ha(
    return_period_a: ArrayLike,
    duration_min: ArrayLike,
    *,
    a: float = WULONG["a"],
    c: float = WULONG["c"],
    b: float = WULONG["b"],
    n: float = WULONG["n"],
) -> np.ndarray:
    """Mean intensity q = a(1 + c·lg P)/(t + b)^n of a storm, in L/(s·hm²), broadcast over both arguments.

    Return period P in years (≥ 0.1), duration t in minutes (> 0). The defaults are Wulong's, 渝建〔2017〕443号.
    """
    period = numbers("return_period_a", return_period_a, low=0.1)
    duration = numbers("duration_min", duration_min, low=0.0, above=True)
    return np.maximum(a * (1 + c * np.log10(period)) / (duration + b) ** n, 0.0)
