"""Refusing numbers that no formula can use, by the argument's name and the offending value."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from words.errors import AtlasError


def numbers(
    argument: str, value: ArrayLike, *, low: float = -np.inf, high: float = np.inf, above: bool = False
) -> np.ndarray:
    """The value as float64, any shape; AtlasError for NaN, infinity, or a number outside low–high.

    With `above` the lower bound itself is refused too (an area, a duration).
    """
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        raise AtlasError("formulas.not_a_number", argument=argument, value=str(value)) from None
    finite = np.isfinite(array)
    if not finite.all():
        raise AtlasError("formulas.not_a_number", argument=argument, value=_first(array, ~finite))
    wrong = (array <= low if above else array < low) | (array > high)
    if wrong.any():
        facts = {"argument": argument, "value": _first(array, wrong), "low": low, "high": high}
        raise AtlasError("formulas.out_of_range", **facts)
    return array


def _first(array: np.ndarray, wrong: np.ndarray) -> float:
    return float(np.atleast_1d(array)[np.atleast_1d(wrong)][0])
