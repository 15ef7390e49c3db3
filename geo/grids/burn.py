"""Shapes burnt into a grid, and how far each cell lies from the nearest burnt one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rasterio.features import rasterize
from shapely.geometry.base import BaseGeometry

from geo.grids.raster import Raster


def burn(shapes: Sequence[BaseGeometry], like: Raster, *, touched: bool = True) -> np.ndarray:
    """Boolean array (rows, columns) of a grid: true in cells the shapes touch, or whose centre they cover.

    Shapes are in the grid's CRS; lines and points mark the cells they pass.
    """
    known = [shape for shape in shapes if shape is not None and not shape.is_empty]
    if not known:
        return np.zeros(like.values.shape, bool)
    return rasterize(
        ((shape, 1) for shape in known),
        out_shape=like.values.shape,
        transform=like.transform,
        all_touched=touched,
        dtype="uint8",
    ).astype(bool)


def distance_m(cells: np.ndarray, *, cell_m: float, at_most_m: float) -> np.ndarray:
    """Distance from each cell's middle to that of the nearest true cell, float32, `at_most_m` where none is nearer.

    Exact up to the cap: first along columns, then the best of all shifts along rows (separable squared distance).
    Cells are square, of `cell_m`.
    """
    rows, columns = cells.shape
    reach = int(np.ceil(at_most_m / cell_m))
    index = np.arange(rows, dtype=np.float32)[:, None]
    last = np.maximum.accumulate(np.where(cells, index, -np.inf), axis=0)
    following = np.minimum.accumulate(np.where(cells, index, np.inf)[::-1], axis=0)[::-1]
    along = np.minimum(np.minimum(index - last, following - index), reach + 1).astype(np.float32) ** 2
    best = along.copy()
    for shift in range(1, min(reach, columns - 1) + 1):
        step = np.float32(shift * shift)
        np.minimum(best[:, shift:], along[:, :-shift] + step, out=best[:, shift:])
        np.minimum(best[:, :-shift], along[:, shift:] + step, out=best[:, :-shift])
    return np.minimum(np.sqrt(best) * np.float32(cell_m), np.float32(at_most_m))
