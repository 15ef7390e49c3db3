"""The slopes of a piece of ground, each cell of the elevation grid counted by the part of it that lies inside."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import shapely
from affine import Affine
from shapely.geometry.base import BaseGeometry

from analysis.methods.siting.space.near import areas_within
from geo.grids.raster import Raster
from geo.grids.terrain import slope_share

KNOWN_SHARE = 0.99  # of a site that a grid must know to speak of it
_MANY_CELLS = 20_000  # beyond this, cell centres stand for cells


@dataclass(frozen=True)
class Slopes:
    """Rise over run and height of the cells under a site and the weight (m² inside) of each, known cells only."""

    rise: np.ndarray
    height_m: np.ndarray
    weight: np.ndarray

    @property
    def mean(self) -> float:
        """Mean rise over run."""
        return float(np.average(self.rise, weights=self.weight))

    @property
    def lowest_m(self) -> float:
        """The lowest cell."""
        return float(self.height_m.min())

    def share_above(self, rise: float) -> float:
        """The part of the ground steeper than a rise over run."""
        return float(self.weight[self.rise > rise].sum() / self.weight.sum())


@dataclass(frozen=True)
class Terrain:
    """The elevation grid with its slopes."""

    elevation: Raster

    @cached_property
    def rise(self) -> np.ndarray:
        """Rise over run of every cell, NaN where unknown."""
        return slope_share(self.elevation)

    @cached_property
    def known(self) -> np.ndarray:
        """Where the grid holds a height."""
        return self.elevation.valid

    def height_m(self, x: float, y: float) -> float | None:
        """The height of the cell a place falls in, none where it is unknown."""
        column, row = (int(np.floor(part)) for part in ~self.elevation.transform @ (x, y))
        rows, columns = self.known.shape
        if not (0 <= row < rows and 0 <= column < columns) or not self.known[row, column]:
            return None
        return float(self.elevation.values[row, column])

    def under(self, shape: BaseGeometry) -> Slopes | None:
        """The slopes under a shape in the grid's CRS; none where the grid knows less than 99 % of it."""
        rows, columns, weight = cells_under(shape, self.elevation)
        rise, height = self.rise[rows, columns], self.elevation.values[rows, columns]
        known = np.isfinite(rise) & self.known[rows, columns]
        if weight[known].sum() < KNOWN_SHARE * shape.area:
            return None
        return Slopes(rise[known].astype(float), height[known].astype(float), weight[known])


def cells_under(shape: BaseGeometry, grid: Raster) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows, columns and m² inside of the cells a polygon touches; parts off the grid are left out."""
    return _cells(shape, grid.transform, grid.values.shape)


@lru_cache(maxsize=16)
def _cells(shape: BaseGeometry, transform: Affine, size: tuple[int, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """As `cells_under`; several checks ask this of one site, and cutting cells out of many corners takes seconds."""
    west, south, east, north = shape.bounds
    cell_x, cell_y = transform.a, -transform.e
    first_column = max(int(np.floor((west - transform.c) / cell_x)), 0)
    last_column = min(int(np.floor((east - transform.c) / cell_x)), size[1] - 1)
    first_row = max(int(np.floor((transform.f - north) / cell_y)), 0)
    last_row = min(int(np.floor((transform.f - south) / cell_y)), size[0] - 1)
    end_row, end_column = max(last_row + 1, first_row), max(last_column + 1, first_column)  # none for a shape beside it
    row, column = np.mgrid[first_row:end_row, first_column:end_column].reshape(2, -1)
    left, top = transform.c + column * cell_x, transform.f - row * cell_y
    if len(row) > _MANY_CELLS:
        weight = shapely.contains_xy(shape, left + cell_x / 2, top - cell_y / 2) * (cell_x * cell_y)
    else:
        boxes = shapely.box(left, top - cell_y, left + cell_x, top)
        shapely.prepare(shape)
        weight = np.zeros(len(row))
        within = shapely.contains_properly(shape, boxes)
        crossing = np.flatnonzero(shapely.intersects(shape, boxes) & ~within)
        weight[within] = cell_x * cell_y
        weight[crossing] = areas_within(boxes[crossing], shape)
    inside = weight > 0
    found = row[inside], column[inside], weight[inside]
    for part in found:
        part.setflags(write=False)
    return found
