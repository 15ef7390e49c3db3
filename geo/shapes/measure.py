"""Areas and lengths on the ground, never in degrees.

Measured in the plane of the frame's own metric CRS. In EPSG:4545 over Wulong that is within 0.03 % of the
ellipsoid. Features without geometry measure NaN: unknown, not zero.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import require_metric


def area_m2(frame: gpd.GeoDataFrame) -> pd.Series:
    """The area of each feature in m², by the frame's index; 0 for lines and points.

    AtlasError when the frame has no CRS or one in which areas may not be measured.
    """
    require_metric(frame.crs)
    return _by_index(frame, shapely.area)


def length_m(frame: gpd.GeoDataFrame) -> pd.Series:
    """The length of each line, or the perimeter of each polygon with its holes, in m; 0 for points.

    AtlasError when the frame has no CRS or one in which lengths may not be measured.
    """
    require_metric(frame.crs)
    return _by_index(frame, shapely.length)


def _by_index(frame: gpd.GeoDataFrame, measure: np.ufunc) -> pd.Series:
    geometry = frame.geometry.array.to_numpy()
    values = np.where(shapely.is_missing(geometry), np.nan, measure(geometry))
    return pd.Series(values, index=frame.index, dtype=float)
