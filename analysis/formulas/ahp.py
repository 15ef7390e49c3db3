"""Weights from pairwise judgements (AHP, Saaty 1980) and how far the judgements agree with one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.formulas.arguments import numbers
from words.errors import AtlasError

RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)  # of 1 to 10 criteria, Saaty 1980
CONSISTENT_BELOW = 0.1
_RECIPROCAL = 1e-6


@dataclass(frozen=True)
class Ahp:
    """Weights that sum to 1, the principal eigenvalue, consistency index CI and ratio CR (0 for one or two)."""

    weights: tuple[float, ...]
    lambda_max: float
    consistency_index: float
    consistency_ratio: float

    @property
    def consistent(self) -> bool:
        """Whether the judgements agree well enough: CR below 0.1."""
        return self.consistency_ratio < CONSISTENT_BELOW


def ahp_weights(judgements: Sequence[Sequence[float]] | np.ndarray) -> Ahp:
    """The weights of a matrix of judgements: entry (i, j) says how many times i matters more than j.

    Square, positive, reciprocal, 1 to 10 criteria; AtlasError otherwise. CI = (λmax − n)/(n − 1), CR = CI/RI.
    """
    matrix = numbers("judgements", judgements, low=0.0, above=True)
    count = matrix.shape[0] if matrix.ndim == 2 else 0
    if matrix.ndim != 2 or matrix.shape != (count, count) or not 1 <= count <= len(RANDOM_INDEX):
        facts = {"shape": matrix.shape, "expected": f"(n, n), n ≤ {len(RANDOM_INDEX)}"}
        raise AtlasError("formulas.wrong_shape", argument="judgements", **facts)
    off = np.abs(matrix * matrix.T - 1)
    if off.max() > _RECIPROCAL:
        row, column = np.unravel_index(off.argmax(), off.shape)
        due = 1 / matrix[row, column]
        raise AtlasError("formulas.out_of_range", argument="judgements", value=matrix[column, row], low=due, high=due)
    values, vectors = np.linalg.eig(matrix)
    at = int(values.real.argmax())
    weights = np.abs(vectors[:, at].real)
    largest = float(values[at].real)
    index = max((largest - count) / (count - 1), 0.0) if count > 1 else 0.0
    random = RANDOM_INDEX[count - 1]
    ratio = index / random if random else 0.0
    return Ahp(tuple(float(weight) for weight in weights / weights.sum()), largest, index, ratio)
