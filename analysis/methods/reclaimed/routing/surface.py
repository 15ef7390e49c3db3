"""What a metre of pipe costs, relative to plain ground, on a grid over the district.

Slope, land cover and river crossings make it dearer, a road makes it cheaper, protection zones are avoided by a high
factor (never by a wall, so that a plant inside one can still be reached and the crossing is seen). The grid is the
elevation raster made coarse enough (about 180 m) to route from every plant in seconds.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from affine import Affine
from pyproj import CRS, Transformer
from shapely import LineString

from geo.grids.positions import placed
from geo.grids.raster import Raster, reproject, sample
from layers.district import District

CELL_M = 180.0
MOST_CELLS = 400_000
_POINTS_A_CELL = 6
STRICT_ZONES = ("drinking_source_1",)
AVOIDED_ZONES = (
    "drinking_source_2", "ecological_red_line", "nature_reserve", "world_heritage", "spring_protection", "headwater",
    "geo_hazard_danger", "permanent_farmland",
)  # fmt: skip
COVER = {
    "paddy": 1.1, "dry_cropland": 1.0, "orchard": 1.1, "forest": 1.4, "shrub_grass": 1.1, "water": 6.0, "urban": 1.5,
    "rural_built": 1.3, "road_hard": 1.0, "bare_rock": 1.4,
}  # fmt: skip
_CLASSES = tuple(COVER)


@dataclass(frozen=True)
class Surface:
    """Relative cost of a metre (infinite outside) and height in m, (rows, columns), on square cells of `cell` m.

    `closed` are the zones to be avoided.
    """

    cost: np.ndarray
    height: np.ndarray
    transform: Affine
    cell: float
    closed: shapely.STRtree | None = None

    def under(self, line: LineString) -> tuple[np.ndarray, np.ndarray]:
        """Row and column of the cells under a line, several points a cell; those beyond the grid are its edge."""
        count = max(2, math.ceil(line.length / self.cell * _POINTS_A_CELL))
        at = (np.arange(count) + 0.5) / count
        points = shapely.get_coordinates(shapely.line_interpolate_point(line, at, normalized=True))
        column, row = placed(~self.transform, points[:, 0], points[:, 1])
        rows, columns = self.cost.shape
        return np.clip(np.floor(row).astype(int), 0, rows - 1), np.clip(np.floor(column).astype(int), 0, columns - 1)

    def at(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Row and column of points, moved to the nearest cell that can be crossed."""
        column, row = placed(~self.transform, np.asarray(x, float), np.asarray(y, float))
        rows = np.clip(np.floor(row).astype(int), 0, self.cost.shape[0] - 1)
        columns = np.clip(np.floor(column).astype(int), 0, self.cost.shape[1] - 1)
        lost = np.flatnonzero(~np.isfinite(self.cost[rows, columns]))
        if len(lost):
            open_rows, open_columns = np.nonzero(np.isfinite(self.cost))
            for n in lost:
                nearest = int(np.argmin((open_rows - rows[n]) ** 2 + (open_columns - columns[n]) ** 2))
                rows[n], columns[n] = open_rows[nearest], open_columns[nearest]
        return rows, columns

    def centre(self, rows: np.ndarray, columns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Coordinates of the middles of cells."""
        return placed(self.transform, np.asarray(columns) + 0.5, np.asarray(rows) + 0.5)


def cost_surface(district: District, assumed: Mapping[str, float]) -> Surface | None:
    """The surface of a district; none without an elevation raster. Other layers count where they are there."""
    elevation = district.rasters.get("elevation")
    if elevation is None:
        return None
    ground = coarse(elevation, district.settings.metric_crs)
    height = np.where(ground.valid, ground.values.astype(float), np.nan)
    cell = float(ground.transform.a)
    cost = 1 + assumed["reclaimed_slope_factor"] * slope_share(height, cell)
    x, y = _centres(ground)
    cost *= _cover_factor(district, x, y, ground.crs)
    _mark(cost, ground, district.frames.get("rivers"), assumed["reclaimed_river_factor"])
    _mark(cost, ground, _standing(district.frames.get("roads")), assumed["reclaimed_road_factor"])
    zones, closed = district.frames.get("protection_zones"), None
    if zones is not None:
        closed = shapely.STRtree(zones.geometry[zones["kind"].isin((*AVOIDED_ZONES, *STRICT_ZONES))].to_numpy())
        for kinds, factor in ((AVOIDED_ZONES, "zone_factor"), (STRICT_ZONES, "strict_zone_factor")):
            cost *= np.where(_inside(zones[zones["kind"].isin(kinds)], x, y), assumed[f"reclaimed_{factor}"], 1.0)
    known = np.where(np.isfinite(height), np.maximum(cost, 0.05), np.inf)
    return Surface(known, height, ground.transform, cell, closed)


def coarse(elevation: Raster, crs: CRS) -> Raster:
    """The elevation in the metric CRS on cells of about 180 m, at most 400,000, each the mean of its parts."""
    at_home = elevation.crs == crs and elevation.transform.a == -elevation.transform.e
    raster = elevation if at_home else reproject(_floating(elevation), crs)
    rows, columns = raster.values.shape
    fewest = math.sqrt(rows * columns / MOST_CELLS)
    step = max(1, round(CELL_M / raster.transform.a), math.ceil(fewest))
    if step == 1:
        return raster
    values = np.where(raster.valid, raster.values.astype(float), np.nan)
    padded = np.pad(values, ((0, -rows % step), (0, -columns % step)), constant_values=np.nan)
    blocks = padded.reshape(padded.shape[0] // step, step, padded.shape[1] // step, step)
    known = np.isfinite(blocks).sum(axis=(1, 3))
    total = np.nansum(blocks, axis=(1, 3))
    mean = np.divide(total, known, out=np.full(total.shape, np.nan), where=known * 2 >= step * step)
    return Raster(mean, raster.transform @ Affine.scale(step), raster.crs, None)


def slope_share(height: np.ndarray, cell: float) -> np.ndarray:
    """Rise over run from central differences, 0 beside unknown cells, shape as `height`."""
    rise, run = np.gradient(height, cell)
    return np.nan_to_num(np.hypot(rise, run), nan=0.0)


def _floating(raster: Raster) -> Raster:
    values = np.where(raster.valid, raster.values.astype(np.float64), np.nan)
    return Raster(values, raster.transform, raster.crs, None)


def _centres(raster: Raster) -> tuple[np.ndarray, np.ndarray]:
    grid = np.indices(raster.values.shape)
    return placed(raster.transform, grid[1] + 0.5, grid[0] + 0.5)


def _cover_factor(district: District, x: np.ndarray, y: np.ndarray, crs: CRS) -> np.ndarray:
    cover = district.rasters.get("landcover")
    if cover is None:
        return np.ones(x.shape)
    if cover.crs != crs:
        x, y = Transformer.from_crs(crs, cover.crs, always_xy=True).transform(x, y)
    codes = sample(cover, x, y)
    factor = np.ones(x.shape)
    for code, surface in _surfaces(district).items():
        factor[codes == code] = COVER.get(surface, 1.0)
    return factor


def _surfaces(district: District) -> dict[float, str]:
    """The surface of every class code: the district's legend, else the ten classes of the atlas."""
    legend = district.tables.get("landcover_legend")
    if legend is None:
        return {float(code): surface for code, surface in enumerate(_CLASSES, start=1)}
    known = legend[legend["surface"].notna()]
    return dict(zip(known["value"].astype(float), known["surface"], strict=True))


def _standing(roads: gpd.GeoDataFrame | None) -> gpd.GeoDataFrame | None:
    return None if roads is None else roads[roads["status"] != "planned"]


def _mark(cost: np.ndarray, ground: Raster, lines: gpd.GeoDataFrame | None, factor: float) -> None:
    """Multiply the cells that lines pass by a factor."""
    if lines is None or lines.empty:
        return
    points = shapely.get_coordinates(shapely.segmentize(lines.geometry.to_numpy(), ground.transform.a / 3))
    column, row = placed(~ground.transform, points[:, 0], points[:, 1])
    column, row = np.floor(column).astype(int), np.floor(row).astype(int)
    inside = (row >= 0) & (row < cost.shape[0]) & (column >= 0) & (column < cost.shape[1])
    passed = np.zeros(cost.shape, bool)
    passed[row[inside], column[inside]] = True
    cost[passed] *= factor


def _inside(zones: gpd.GeoDataFrame, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Whether the middle of every cell lies in a zone."""
    found = np.zeros(x.size, bool)
    if len(zones):
        points = shapely.points(x.ravel(), y.ravel())
        tree = shapely.STRtree(points)
        _, hits = tree.query(zones.geometry.to_numpy(), predicate="intersects")
        found[hits] = True
    return found.reshape(x.shape)
