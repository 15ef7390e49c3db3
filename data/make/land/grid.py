"""The grid everything lies on: 90 m cells in EPSG:4545, north up, the district and some 2 km around it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from affine import Affine
from pyproj import CRS

from data.make.facts import METRIC_CRS
from geo.grids.raster import Raster


@dataclass(frozen=True)
class Grid:
    """Square cells of `cell_m`; `west`, `north` is the outer corner of the first one."""

    west: float
    north: float
    cell_m: float
    rows: int
    columns: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.rows, self.columns

    def coarser(self, factor: int) -> Grid:
        """The same extent in cells `factor` times as long."""
        return Grid(self.west, self.north, self.cell_m * factor, self.rows // factor, self.columns // factor)

    def centres(self) -> tuple[np.ndarray, np.ndarray]:
        """Eastings (1, columns) and northings (rows, 1) of the cell centres."""
        x = self.west + (np.arange(self.columns) + 0.5) * self.cell_m
        y = self.north - (np.arange(self.rows) + 0.5) * self.cell_m
        return x[None, :], y[:, None]

    def cells(self, points: np.ndarray) -> np.ndarray:
        """The flat index of the cell each point (n, 2) lies in; points beyond the grid go to its rim."""
        column = np.clip((points[:, 0] - self.west) // self.cell_m, 0, self.columns - 1).astype(np.int64)
        row = np.clip((self.north - points[:, 1]) // self.cell_m, 0, self.rows - 1).astype(np.int64)
        return row * self.columns + column

    def points(self, cells: np.ndarray) -> np.ndarray:
        """The centres of cells given by flat index, shape (n, 2)."""
        row, column = np.divmod(cells, self.columns)
        return np.column_stack(
            (self.west + (column + 0.5) * self.cell_m, self.north - (row + 0.5) * self.cell_m),
        )

    def raster(self, values: np.ndarray, *, nodata: float | None = None) -> Raster:
        """`values` as a Raster on this grid."""
        transform = Affine(self.cell_m, 0, self.west, 0, -self.cell_m, self.north)
        return Raster(values, transform, CRS.from_user_input(METRIC_CRS), nodata)


GRID = Grid(west=421920.0, north=3286080.0, cell_m=90.0, rows=840, columns=980)
