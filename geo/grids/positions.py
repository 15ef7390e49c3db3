"""Affine transforms of many points at once."""

from __future__ import annotations

import numpy as np
from affine import Affine


def placed(transform: Affine, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each (x, y) after the transform: coordinates of (column, row), or with the inverse the other way round."""
    return (
        x * transform.a + y * transform.b + transform.c,
        x * transform.d + y * transform.e + transform.f,
    )
