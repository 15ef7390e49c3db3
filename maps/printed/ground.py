"""The quiet land of a printed map: shaded relief under everything, in grey that leaves room for colour."""

from __future__ import annotations

import math

import numpy as np
from affine import Affine
from matplotlib.axes import Axes
from numpy.typing import NDArray
from pyproj import CRS, Transformer

from geo.grids import raster as rasters
from geo.grids import terrain
from geo.grids.raster import Raster
from maps.printed.view import Bounds

_TINTS = np.array([(226, 234, 226), (236, 238, 228), (242, 238, 228), (240, 234, 226), (246, 244, 243)], float)


def draw_land(axes: Axes, elevation: Raster | None, *, bounds: Bounds, crs: CRS) -> bool:
    """The relief within `bounds` (metres of `crs`) on the axes; whether there was any."""
    part = None if elevation is None else _part(elevation, bounds, crs)
    if part is None or not part.valid.any():
        return False
    west, south, east, north = part.bounds
    axes.imshow(
        _shaded(part),
        extent=(west, east, south, north),
        interpolation="bilinear",
        zorder=1,
        aspect="equal",
        origin="upper",
    )
    return True


def _part(elevation: Raster, bounds: Bounds, crs: CRS) -> Raster | None:
    """The cells that lie within the bounds and some around them, in `crs`."""
    if elevation.crs == crs:
        return _cut(elevation, bounds)
    around = Transformer.from_crs(crs, elevation.crs, always_xy=True).transform_bounds(*bounds)
    part = _cut(elevation, around, spare=8)
    return None if part is None else rasters.reproject(part, crs)


def _cut(raster: Raster, bounds: Bounds, *, spare: int = 2) -> Raster | None:
    west, south, east, north = bounds
    grid = raster.transform
    first_column = max(math.floor((west - grid.c) / grid.a) - spare, 0)
    first_row = max(math.floor((north - grid.f) / grid.e) - spare, 0)
    last_column = max(math.ceil((east - grid.c) / grid.a) + spare, 0)
    last_row = max(math.ceil((south - grid.f) / grid.e) + spare, 0)
    values = raster.values[first_row:last_row, first_column:last_column]
    if not values.size:
        return None
    moved = Affine(grid.a, 0, grid.c + first_column * grid.a, 0, grid.e, grid.f + first_row * grid.e)
    return Raster(values, moved, raster.crs, raster.nodata)


def _shaded(part: Raster) -> NDArray[np.uint8]:
    """RGBA (rows, columns, 4): a tint by height times softened light; clear where no height is known."""
    known = part.valid
    heights = np.where(known, part.values, 0).astype(float)
    low, high = np.percentile(heights[known], [1, 99])
    place = np.clip((heights - low) / max(high - low, 1.0), 0, 1) * (len(_TINTS) - 1)
    tint = np.stack([np.interp(place, np.arange(len(_TINTS)), _TINTS[:, band]) for band in range(3)], axis=-1)
    light = terrain.hillshade(part, z=1.3).astype(float) / 255
    soft = 0.80 + 0.25 * np.clip((light - 0.25) / 0.65, 0, 1)
    rgb = np.clip(tint * soft[..., None], 0, 255)
    return np.dstack([rgb, np.where(known, 255, 0)]).astype(np.uint8)
