"""Geometry as short text: whole steps of 0.00001°, differences, variable-length bytes, base64.

One string holds all shapes of a layer: counts first, then the coordinates. A metre needs about two bytes instead of
the nineteen of GeoJSON. `maps/web/pack.js` reads it back.
"""

from __future__ import annotations

import base64

import numpy as np
import shapely
from numpy.typing import NDArray

STEPS_PER_DEGREE = 100_000


def pack(geometries: NDArray[np.object_]) -> str:
    """The lon/lat geometries as one base64 string.

    Layout, all unsigned varints: number of features; per feature its number of parts; per part its number of rings
    (1 for a line or point); per ring its number of positions (a polygon's closing position is left out); then
    x and y of every position as zigzag differences from the position before it, starting at 0, 0.
    """
    shapes = np.asarray(geometries, dtype=object)
    parts, feature_of = shapely.get_parts(shapes, return_index=True)
    parts_per_feature = np.bincount(feature_of, minlength=len(shapes))
    rings_per_part, lengths, steps = _rings(parts)
    moves = np.diff(steps, axis=0, prepend=np.zeros((1, 2), np.int64)).ravel()
    zigzag = np.where(moves < 0, -2 * moves - 1, 2 * moves)
    numbers = np.concatenate([[len(shapes)], parts_per_feature, rings_per_part, lengths, zigzag])
    return base64.b64encode(_varints(numbers.astype(np.uint64))).decode("ascii")


def _rings(parts: NDArray[np.object_]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Rings per part, positions per ring and the positions (n, 2) in whole steps."""
    is_polygon = shapely.get_type_id(parts) == 3
    rings_per_part = np.ones(len(parts), np.int64)
    if not is_polygon.any():
        xy, line_of = shapely.get_coordinates(parts, return_index=True)
        lengths = np.bincount(line_of, minlength=len(parts))
        return rings_per_part, lengths, np.rint(xy * STEPS_PER_DEGREE).astype(np.int64)
    rings_per_part[is_polygon] = shapely.get_num_interior_rings(parts[is_polygon]) + 1
    if is_polygon.all():
        rings = shapely.get_rings(parts)
    else:
        rings = np.concatenate(
            [shapely.get_rings(p) if polygon else [p] for p, polygon in zip(parts, is_polygon, strict=True)]
        )
    xy, ring_of = shapely.get_coordinates(rings, return_index=True)
    lengths = np.bincount(ring_of, minlength=len(rings))
    closed = np.repeat(is_polygon, rings_per_part)
    last = np.cumsum(lengths)[closed] - 1
    keep = np.ones(len(xy), bool)
    keep[last] = False
    return rings_per_part, lengths - closed, np.rint(xy[keep] * STEPS_PER_DEGREE).astype(np.int64)


def _varints(numbers: NDArray[np.uint64]) -> bytes:
    """Little-endian groups of seven bits, the high bit set on all but the last."""
    longest = max(int(numbers.max()).bit_length() + 6, 7) // 7 if len(numbers) else 1
    shifts = np.arange(longest, dtype=np.uint64) * np.uint64(7)
    groups = (numbers[:, None] >> shifts) & np.uint64(0x7F)
    used = np.ones(groups.shape, bool)
    used[:, 1:] = (numbers[:, None] >> shifts[1:]) > 0
    more = np.zeros(groups.shape, np.uint64)
    more[:, :-1] = used[:, 1:]
    return (groups | (more << np.uint64(7))).astype(np.uint8)[used].tobytes()
