"""The ground prepared for placing things on it: who owns a cell, how high and steep it is, how far from a river."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely
from shapely import Polygon

from data.make.facts import metric_points, table
from data.make.land.grid import GRID

if TYPE_CHECKING:
    from data.make.land.ground import Ground

MARGIN_M = 25.0  # polygons and points keep this far from their township's border


@dataclass(frozen=True)
class Scene:
    """What a maker of features looks at; arrays have the shape of GRID, lengths are metres.

    `owner` holds the position of the township in `codes`, -1 outside; `inner` the polygons drawn in by MARGIN_M.
    """

    codes: tuple[str, ...]
    names: dict[str, str]
    polygons: dict[str, Polygon]
    inner: dict[str, Polygon]
    owner: np.ndarray
    height: np.ndarray
    slope: np.ndarray
    cover: np.ndarray
    river_m: np.ndarray
    rivers: gpd.GeoDataFrame
    seats: dict[str, np.ndarray]
    people: dict[str, int]
    urban_people: dict[str, int]

    def cells_of(self, code: str) -> np.ndarray:
        """Flat indices of a township's cells."""
        return np.flatnonzero(self.owner.ravel() == self.codes.index(code))

    def height_at(self, x: float, y: float) -> float:
        """Ground elevation in m at a place, to the decimetre."""
        return round(float(self.height.ravel()[GRID.cells(np.array([[x, y]]))[0]]), 1)


def make_scene(ground: Ground, *, rivers: gpd.GeoDataFrame) -> Scene:
    """The scene of a ground; `rivers` is the finished river layer."""
    today = ground.townships[ground.townships["valid_to"].isna()].sort_values("code")
    codes = tuple(today["code"])
    polygons = dict(zip(codes, today.geometry, strict=True))
    people = table("people").set_index("code")
    height = ground.elevation.values.astype(np.float64)
    return Scene(
        codes=codes,
        names=dict(zip(codes, today["short_name"], strict=True)),
        polygons=polygons,
        inner={code: _largest(polygon.buffer(-MARGIN_M)) for code, polygon in polygons.items()},
        owner=_owner(polygons),
        height=height,
        slope=_slope(height),
        cover=ground.landcover.values,
        river_m=_distance(rivers),
        rivers=rivers,
        seats=_seats(codes),
        people=people["people"].astype(int).to_dict(),
        urban_people=people["urban_people"].astype(int).to_dict(),
    )


def _largest(shape: shapely.Geometry) -> Polygon:
    return max(shapely.get_parts(shape), key=lambda part: part.area)


def _owner(polygons: dict[str, Polygon]) -> np.ndarray:
    owner = np.full(GRID.shape, -1, np.int16)
    x, y = (axis.ravel() for axis in GRID.centres())
    for number, polygon in enumerate(polygons.values()):
        west, south, east, north = polygon.bounds
        columns = np.flatnonzero((x >= west) & (x <= east))
        rows = np.flatnonzero((y >= south) & (y <= north))
        shapely.prepare(polygon)
        window = shapely.contains_xy(polygon, *np.meshgrid(x[columns], y[rows]))
        owner[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1][window] = number
    return owner


def _slope(height: np.ndarray) -> np.ndarray:
    """Rise over run, 0.5 meaning 50 %."""
    down, right = np.gradient(np.nan_to_num(height, nan=float(np.nanmean(height))), GRID.cell_m)
    return np.hypot(down, right)


def _distance(rivers: gpd.GeoDataFrame) -> np.ndarray:
    """Metres to the nearest river, reckoned on cells four times as long."""
    coarse = GRID.coarser(4)
    dense = shapely.get_coordinates(shapely.segmentize(rivers.geometry.to_numpy(), 120.0))
    points = shapely.points(*np.broadcast_arrays(*coarse.centres()))
    _, metres = shapely.STRtree(shapely.points(dense)).query_nearest(
        points.ravel(), return_distance=True, all_matches=False
    )
    return _finer(_finer(metres.reshape(coarse.shape)).T).T


def _finer(values: np.ndarray) -> np.ndarray:
    """Four rows between each, by straight-line interpolation of the cell centres."""
    rows = len(values)
    at = np.clip((np.arange(rows * 4) - 1.5) / 4, 0, rows - 1)
    low = np.minimum(at.astype(int), rows - 2)
    part = (at - low)[:, None]
    return values[low] * (1 - part) + values[low + 1] * part


def _seats(codes: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Where each township's seat stands; one that joined others has the seat of the first of them."""
    facts = table("seats")
    places = dict(zip(facts["code"], metric_points(facts), strict=True))
    towns = table("townships")
    for code in codes:
        if code not in places:
            part = next(old for old in towns.loc[towns["part_of"] == code, "code"] if old in places)
            places[code] = places[part]
    return {code: places[code] for code in codes}
