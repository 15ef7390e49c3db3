"""The ground of the illustrative Wulong: what every other layer is placed on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import Polygon

from data.make.climate import make_daily_rain, make_rainfall
from data.make.cover import make_landcover, make_soil_group
from data.make.facts import METRIC_CRS, metric_points, table
from data.make.grid import GRID
from data.make.outline import make_courses, make_outline
from data.make.relief import make_relief, set_highest
from data.make.rivers import carve, lowest, river_frame, trace_rivers
from data.make.townships import make_townships
from geo.raster import Raster


@dataclass(frozen=True)
class Ground:
    """Everything in EPSG:4545; rasters on one 90 m grid that reaches some 2 km beyond the district.

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
    relief = set_highest(make_relief(courses), inside=inside)
    townships = make_townships(drawn, relief, courses, inside=inside)
    rivers = trace_rivers(courses, relief)
    outline = shapely.coverage_union_all(townships.loc[townships["valid_to"].isna()].geometry.to_numpy())
    elevation = lowest(carve(relief.elevation, rivers), inside=inside)
    cover = make_landcover(elevation, rivers, inside=inside)
    return Ground(
        outline=outline,
        townships=townships,
        rivers=river_frame(rivers, outline),
        seats=_points("seats"),
        parks=_points("parks"),
        elevation=GRID.raster(elevation.astype(np.float32)),
        rainfall=GRID.raster(make_rainfall(elevation)),
        landcover=GRID.raster(cover, nodata=0),
        soil_group=GRID.raster(make_soil_group(elevation, cover), nodata=0),
        daily_rain=make_daily_rain(),
    )


def _points(name: str) -> gpd.GeoDataFrame:
    facts = table(name)
    return gpd.GeoDataFrame(facts, geometry=shapely.points(metric_points(facts)), crs=METRIC_CRS)
