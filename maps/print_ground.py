"""The quiet land of a printed map: shaded relief under everything, in grey that leaves room for colour."""

from __future__ import annotations

import math

import numpy as np
from affine import Affine
from matplotlib.axes import Axes
from numpy.typing import NDArray
from pyproj import CRS

from geo import raster as rasters
from geo import terrain
from geo.raster import Raster
from maps.print_view import Bounds

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
    """The cells that lie within the bounds and two around them, in `crs`."""
    if elevation.crs != crs:
        elevation = rasters.reproject(elevation, crs)
    west, south, east, north = bounds
    grid = elevation.transform
    first_column, first_row = (max(math.floor(n) - 2, 0) for n in ((west - grid.c) / grid.a, (north - grid.f) / grid.e))
    last_column, last_row = (math.ceil(n) + 2 for n in ((east - grid.c) / grid.a, (south - grid.f) / grid.e))
    values = elevation.values[first_row : max(last_row, 0), first_column : max(last_column, 0)]
    if not values.size:
        return None
    moved = Affine(grid.a, 0, grid.c + first_column * grid.a, 0, grid.e, grid.f + first_row * grid.e)
    return Raster(values, moved, elevation.crs, elevation.nodata)


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
