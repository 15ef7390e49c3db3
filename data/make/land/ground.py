"""The ground of the illustrative Wulong: what every other layer is placed on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import Polygon

from data.make.facts import METRIC_CRS, metric_points, table
from data.make.land.climate import make_daily_rain, make_rainfall
from data.make.land.cover import make_landcover, make_soil_group
from data.make.land.grid import GRID
from data.make.land.outline import make_courses, make_outline
from data.make.land.relief import HIGHEST_M, level_towns, make_relief, set_highest
from data.make.land.rivers import carve, river_frame, trace_rivers
from data.make.places.townships import make_townships
from geo.grids.raster import Raster

RIM_M = 1000.0  # how far the grids but the elevation reach beyond the district


@dataclass(frozen=True)
class Ground:
    """Everything in EPSG:4545; rasters on one 90 m grid, the elevation filling it, the others up to 1 km outside.

    `townships`: 26 units of today and 4 that have gone, columns of `townships.csv` (`valid_to` exclusive).
    `rivers`: name, grade, into, basin_km2, length_m; lines run downhill. `seats` and `parks`: points with the
    columns of their fact tables. `elevation` in m, `rainfall` in mm per year, `landcover` codes 1–10,
    `soil_group` 1–4 for A–D. `daily_rain`: date, rain_mm.
    """

    outline: Polygon
    townships: gpd.GeoDataFrame
    rivers: gpd.GeoDataFrame
    seats: gpd.GeoDataFrame
    parks: gpd.GeoDataFrame
    elevation: Raster
    rainfall: Raster
    landcover: Raster
    soil_group: Raster
    daily_rain: pd.DataFrame


@cache
def make_ground() -> Ground:
    """The ground, the same every time; it is made once per process, so nothing in it may be changed."""
    courses = make_courses()
    drawn = make_outline(courses)
    inside = shapely.contains_xy(drawn, *np.broadcast_arrays(*GRID.centres()))
    seats, parks = _points("seats"), _points("parks")
    relief = set_highest(make_relief(courses), inside=inside)
    townships = make_townships(drawn, relief, courses, inside=inside)
    rivers = trace_rivers(courses, relief)
    outline = shapely.coverage_union_all(townships.loc[townships["valid_to"].isna()].geometry.to_numpy())
    level = level_towns(relief.elevation, shapely.get_coordinates([*seats.geometry, *parks.geometry]))
    elevation = np.minimum(carve(level, rivers), HIGHEST_M)
    cover = make_landcover(elevation, rivers, inside=inside)
    around = shapely.contains_xy(outline.buffer(RIM_M), *np.broadcast_arrays(*GRID.centres()))
    return Ground(
        outline=outline,
        townships=townships,
        rivers=river_frame(rivers, outline),
        seats=seats,
        parks=parks,
        elevation=GRID.raster(elevation.astype(np.float32)),
        rainfall=GRID.raster(np.where(around, make_rainfall(elevation), np.float32(-9999)), nodata=-9999),
        landcover=GRID.raster(np.where(around, cover, 0).astype(np.uint8), nodata=0),
        soil_group=GRID.raster(np.where(around, make_soil_group(elevation, cover), 0).astype(np.uint8), nodata=0),
        daily_rain=make_daily_rain(),
    )


def _points(name: str) -> gpd.GeoDataFrame:
    facts = table(name)
    return gpd.GeoDataFrame(facts, geometry=shapely.points(metric_points(facts)), crs=METRIC_CRS)
