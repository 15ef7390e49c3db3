"""产流量: how much of the rain on all land runs off, cell by cell.

Annual: retention ratio R = 1 − RC[surface, soil group], volumes P·R·A and P·(1 − R)·A per cell, the arithmetic of a
raster stormwater model, so that totals can be laid beside one. It is no supply and is never added to 可利用量.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.methods.rainwater.catchments import cover_areas_m2
from geo.grids import zonal
from layers.district import District

SURFACES = (
    "paddy", "dry_cropland", "orchard", "forest", "shrub_grass", "water", "urban", "rural_built", "road_hard",
    "bare_rock",
)  # fmt: skip
GROUPS = ("a", "b", "c", "d")


def runoff_coefficients(assumed: Mapping[str, float]) -> np.ndarray:
    """RC of shape (surfaces, 4 soil groups), 0–1, in the order of `SURFACES` and `GROUPS`."""
    surfaces = np.array([assumed[f"rain_cover_{surface}"] for surface in SURFACES])
    groups = np.array([assumed[f"rain_soil_{group}"] for group in GROUPS])
    return np.clip(surfaces[:, None] + groups[None, :], 0.0, 1.0)


def township_runoff_m3(district: District, rain_mm: pd.Series, assumed: Mapping[str, float]) -> pd.Series | None:
    """Annual runoff of all land by township; none without land cover and its legend.

    Soil group B is taken where the district has no soil raster; townships without rain, cover or soil are NaN.
    """
    areas = cover_areas_m2(district)
    if areas is None:
        return None
    groups = _group_shares(district)
    rates = runoff_coefficients(assumed)
    total = pd.Series(0.0 if len(areas.columns) else np.nan, index=areas.index)
    for column in areas.columns:
        mean = (groups * rates[SURFACES.index(column)]).sum(axis="columns", skipna=False)
        total = total + areas[column] * mean  # a surface a township lacks is 0, one without any cover NaN
    return total * rain_mm.reindex(areas.index) / 1000


def _group_shares(district: District) -> pd.DataFrame:
    """Share of every soil group by township, columns `GROUPS`, of the part whose group is known; NaN without any."""
    codes = district.townships.index
    raster = district.rasters.get("soil_group")
    if raster is None:
        return pd.DataFrame({group: float(group == "b") for group in GROUPS}, index=codes)
    shares = zonal.shares(raster, district.townships[["code", "geometry"]].to_crs(raster.crs))
    named = shares.rename(columns=dict(zip((1, 2, 3, 4), GROUPS, strict=True)))
    known = named.reindex(columns=list(GROUPS)).fillna(0.0)
    whole = known.sum(axis="columns")
    return known.div(whole.where(whole > 0), axis="index")
