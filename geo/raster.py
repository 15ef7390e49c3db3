"""Rasters: the only place that opens or writes one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from affine import Affine
from pyproj import CRS
from rasterio.transform import array_bounds


@dataclass(frozen=True)
class Raster:
    """One band held in memory, north up.

    `values` has shape (rows, columns); `transform` maps (column, row) corners to `crs` coordinates; cells equal to
    `nodata` (or NaN) hold no value.
    """

    values: np.ndarray
    transform: Affine
    crs: CRS
    nodata: float | None = None

    @property
    def valid(self) -> np.ndarray:
        """Boolean array (rows, columns), true where a cell holds a value."""
        known = np.ones(self.values.shape, bool) if self.nodata is None else self.values != self.nodata
        return known & np.isfinite(self.values) if np.issubdtype(self.values.dtype, np.floating) else known

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north edge in `crs` units."""
        return array_bounds(*self.values.shape, self.transform)
