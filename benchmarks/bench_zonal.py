"""Zonal statistics against bare exactextract, both in one process by turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import geopandas as gpd
import numpy as np
import shapely
from affine import Affine
from exactextract import exact_extract
from exactextract.raster import NumPyRasterSource
from pyproj import CRS

from geo.grids import zonal
from geo.grids.raster import Raster

AIM_RATIO = 1.1
_REPEATS = 5
_SIDE_M, _CELLS = 90_000, 2_000
_WEST, _SOUTH = 420_000, 3_210_000


def run() -> list[dict[str, object]]:
    """Rows {name, value, unit, peer, ratio, aim}: seconds for a mean and for class shares, few zones and many."""
    rng = np.random.default_rng(20_240_101)
    heights = _raster(rng.normal(900, 300, (_CELLS, _CELLS)).astype(np.float32))
    cover = _raster(rng.integers(1, 11, (_CELLS, _CELLS), dtype=np.uint8))
    rows = []
    for count in (26, 1_000):
        zones = _zones(rng, count)
        rows.append(_row(f"zonal mean, {count} zones", *_mean(heights, zones)))
        rows.append(_row(f"zonal class shares, {count} zones", *_classes(cover, zones)))
    return rows


def _mean(raster: Raster, zones: gpd.GeoDataFrame) -> tuple[float, float]:
    return _by_turns(
        lambda: zonal.statistics(raster, zones, what=("mean",)),
        lambda: exact_extract(_source(raster), zones, ["mean"], output="pandas"),
    )


def _classes(raster: Raster, zones: gpd.GeoDataFrame) -> tuple[float, float]:
    return _by_turns(
        lambda: zonal.shares(raster, zones),
        lambda: exact_extract(_source(raster), zones, ["unique", "frac"], output="pandas"),
    )


def _by_turns(own: Callable[[], object], peer: Callable[[], object]) -> tuple[float, float]:
    """The median seconds of each, called in turn so that both meet the same machine."""
    seconds: dict[Callable[[], object], list[float]] = {own: [], peer: []}
    for _ in range(_REPEATS):
        for call in (own, peer):
            started = time.perf_counter()
            call()
            seconds[call].append(time.perf_counter() - started)
    return statistics.median(seconds[own]), statistics.median(seconds[peer])


def _row(name: str, own: float, peer: float) -> dict[str, object]:
    return {"name": name, "value": own, "unit": "s", "peer": peer, "ratio": own / peer, "aim": AIM_RATIO}


def _raster(values: np.ndarray) -> Raster:
    cell = _SIDE_M / _CELLS
    return Raster(values, Affine(cell, 0, _WEST, 0, -cell, _SOUTH + _SIDE_M), CRS.from_epsg(4545))


def _source(raster: Raster) -> NumPyRasterSource:
    return NumPyRasterSource(raster.values, *raster.bounds, srs_wkt=raster.crs.to_wkt())


def _zones(rng: np.random.Generator, count: int) -> gpd.GeoDataFrame:
    """A gap-free coverage of the raster with a vertex every 45 m."""
    square = shapely.box(_WEST, _SOUTH, _WEST + _SIDE_M, _SOUTH + _SIDE_M)
    seeds = shapely.multipoints(rng.uniform((_WEST, _SOUTH), (_WEST + _SIDE_M, _SOUTH + _SIDE_M), (count, 2)))
    cells = shapely.get_parts(shapely.voronoi_polygons(seeds, extend_to=square))
    return gpd.GeoDataFrame(geometry=shapely.segmentize(shapely.intersection(cells, square), 45), crs=4545)
