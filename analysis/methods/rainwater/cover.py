"""产流量: how much of the rain on all land runs off, cell by cell.

Annual: retention ratio R = 1 − RC[surface, soil group], volumes P·R·A and P·(1 − R)·A per cell, the arithmetic of a
raster stormwater model, so that totals can be laid beside one. It is no supply and is never added to 可利用量.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.methods.rainwater.catchments import cover_areas_m2
from layers.district import District

SURFACES = (
    "paddy", "dry_cropland", "orchard", "forest", "shrub_grass", "water", "urban", "rural_built", "road_hard",
    "bare_rock",
)  # fmt: skip
GROUPS = ("a", "b", "c", "d")


@dataclass(frozen=True)
class CellVolumes:
    """m³ a year of every cell, arrays of the raster's shape, NaN where an input has no value."""

    retained_m3: np.ndarray
    runoff_m3: np.ndarray


def runoff_coefficients(assumed: Mapping[str, float]) -> np.ndarray:
    """RC of shape (surfaces, 4 soil groups), 0–1, in the order of `SURFACES` and `GROUPS`."""
    surfaces = np.array([assumed[f"rain_cover_{surface}"] for surface in SURFACES])
    groups = np.array([assumed[f"rain_soil_{group}"] for group in GROUPS])
    return np.clip(surfaces[:, None] + groups[None, :], 0.0, 1.0)


def cell_volumes(
    surface: np.ndarray, soil_group: np.ndarray, rain_mm: np.ndarray, *, coefficients: np.ndarray, cell_area_m2: float
) -> CellVolumes:
    """Retained and running-off volume of every cell.

    `surface` holds positions 0… in `coefficients` (surfaces, groups), −1 for none; `soil_group` 1–4 for A–D, 0 for
    none; `rain_mm` annual rain, NaN for none; all of one shape.
    """
    known = (surface >= 0) & (soil_group >= 1) & (soil_group <= coefficients.shape[1]) & np.isfinite(rain_mm)
    rate = np.full(surface.shape, np.nan)
    rate[known] = coefficients[surface[known], soil_group[known].astype(int) - 1]
    water = rain_mm * cell_area_m2 / 1000
    return CellVolumes(retained_m3=water * (1 - rate), runoff_m3=water * rate)


def township_runoff_m3(district: District, rain_mm: pd.Series, assumed: Mapping[str, float]) -> pd.Series | None:
    """Annual runoff of all land by township; none without land cover and its legend.

    Soil group B is taken where the district has no soil raster; townships without rain are NaN.
    """
    areas = cover_areas_m2(district)
    if areas is None:
        return None
    groups = _group_shares(district)
    rates = runoff_coefficients(assumed)
    total = pd.Series(0.0, index=areas.index)
    for column in areas.columns:
        mean = (groups * rates[SURFACES.index(column)]).sum(axis="columns")
        total = total + areas[column].fillna(0.0) * mean
    return total * rain_mm.reindex(areas.index) / 1000


def _group_shares(district: District) -> pd.DataFrame:
    """Share of every soil group by township, columns `GROUPS`."""
    codes = district.townships.index
    raster = district.rasters.get("soil_group")
    if raster is None:
        return pd.DataFrame({group: float(group == "b") for group in GROUPS}, index=codes)
    from geo import zonal

    shares = zonal.shares(raster, district.townships[["code", "geometry"]].to_crs(raster.crs))
    named = shares.rename(columns=dict(zip((1, 2, 3, 4), GROUPS, strict=True)))
    return named.reindex(columns=list(GROUPS)).fillna(0.0)
