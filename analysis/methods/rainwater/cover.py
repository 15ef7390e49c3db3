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
from geo.crs import require_metric, same_crs, transformer
from geo.grids import zonal
from geo.grids.positions import placed
from geo.grids.raster import Raster, sample
from layers.district import District
from layers.surfaces import surface_of

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
    shares = zonal.shares(raster, district.townships[["code", "geometry"]].to_crs(raster.crs))
    named = shares.rename(columns=dict(zip((1, 2, 3, 4), GROUPS, strict=True)))
    return named.reindex(columns=list(GROUPS)).fillna(0.0)


def district_cells(district: District, assumed: Mapping[str, float]) -> CellVolumes | None:
    """Retained and running-off m³ a year of every land-cover cell of the district; none without cover, legend, rain.

    Rain and soil are read at the centres of the land-cover cells (soil group B where there is no soil raster). The
    land cover must be in a metric CRS; cells outside the townships count too, as they do in the raster.
    """
    cover, rain = district.rasters.get("landcover"), district.rasters.get("rainfall")
    surfaces = surface_of(district)
    if cover is None or rain is None or not surfaces:
        return None
    require_metric(cover.crs)
    position = np.full(cover.values.shape, -1)
    for value, surface in surfaces.items():
        position[cover.values == value] = SURFACES.index(surface)
    position[~cover.valid] = -1
    soil = district.rasters.get("soil_group")
    groups = np.full(position.shape, 2.0) if soil is None else _at_cells(soil, cover)
    return cell_volumes(
        position,
        np.nan_to_num(groups).astype(int),
        _at_cells(rain, cover),
        coefficients=runoff_coefficients(assumed),
        cell_area_m2=abs(cover.transform.a * cover.transform.e),
    )


def _at_cells(raster: Raster, cover: Raster) -> np.ndarray:
    """The values of a raster at the cell centres of another, NaN where it has none."""
    rows, columns = cover.values.shape
    column, row = np.meshgrid(np.arange(columns) + 0.5, np.arange(rows) + 0.5)
    x, y = placed(cover.transform, column, row)
    if not same_crs(cover.crs, raster.crs):
        x, y = transformer(cover.crs, raster.crs).transform(x, y)
    return sample(raster, x, y)
