"""A quick yes for most polygons: a ring that runs once round an inner point without turning back cannot cross itself.

The full validity check costs more than reading the file. Parcels, ponds, buildings and most zones pass this test in
a fifth of the time; the others, and all with holes or several parts, are left to the full check.
"""

from __future__ import annotations

import numpy as np
import shapely

_ROUNDING = 1e-12  # of the largest product compared: far above float64 rounding, far below any real corner


def surely_valid(geometry: np.ndarray) -> np.ndarray:
    """Boolean array: true where a geometry is a single ring seen whole from the mean of its corners.

    True proves validity and a positive area; false says nothing. Coordinates must be planar.
    """
    sure = np.zeros(len(geometry), dtype=bool)
    plain = shapely.get_type_id(geometry) == 3
    plain[plain] = shapely.get_num_interior_rings(geometry[plain]) == 0
    counts = shapely.get_num_coordinates(geometry) * plain
    at = np.flatnonzero(counts >= 4)
    if len(at):
        sure[at] = _seen_whole(shapely.get_coordinates(geometry[at]), counts[at])
    return sure


def _seen_whole(corners: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Per closed ring of `counts` corners, whether every edge turns the same way round the mean corner, once in all."""
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    x, y = (_from_mean(corners[:, axis], starts, counts) for axis in (0, 1))
    ends = starts + counts - 1
    with np.errstate(invalid="ignore", over="ignore"):
        turn = x[:-1] * y[1:] - x[1:] * y[:-1]
        slack = _ROUNDING * 2 * np.nanmax(np.abs(x), initial=0) * np.nanmax(np.abs(y), initial=0)
    left, right = (_all(side, ends, starts) for side in (turn > slack, turn < -slack))
    rising = np.append((y[:-1] < 0) & (y[1:] >= 0), False)
    rising[ends] = False
    return (left | right) & (np.add.reduceat(rising.astype(np.int32), starts) == 1)


def _from_mean(values: np.ndarray, starts: np.ndarray, counts: np.ndarray) -> np.ndarray:
    return values - np.repeat(np.add.reduceat(values, starts) / counts, counts)


def _all(held: np.ndarray, ends: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Per ring, whether `held` is true on every edge; the step from one ring to the next is no edge."""
    edges = np.append(held, True)
    edges[ends] = True
    return np.logical_and.reduceat(edges, starts)
