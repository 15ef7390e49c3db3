"""产流量: how much of the rain on all land runs off, cell by cell.

Annual: retention ratio R = 1 − RC[surface, soil group], volumes P·R·A and P·(1 − R)·A per cell, the arithmetic of a
raster stormwater model, so that totals can be laid beside one. It is no supply and is never added to 可利用量.

The cells are those of the land cover, each counted by the part of it that lies in the township; soil and rain are taken
where its centre falls. As RC depends on surface and group alone, the rain on each pair is added up once a district.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd
import shapely

from geo.crs import transformer
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
class Runoff:
    """Annual runoff of a township's known cells in m³, and the share of its area that they are (0–1).

    `volume_m3` is none where too few are known; below a share of 1 it is a lower bound.
    """

    volume_m3: float | None
    known_share: float


def runoff_coefficients(assumed: Mapping[str, float]) -> np.ndarray:
    """RC of shape (surfaces, 4 soil groups), 0–1, in the order of `SURFACES` and `GROUPS`."""
    surfaces = np.array([assumed[f"rain_cover_{surface}"] for surface in SURFACES])
    groups = np.array([assumed[f"rain_soil_{group}"] for group in GROUPS])
    return np.clip(surfaces[:, None] + groups[None, :], 0.0, 1.0)


def township_runoff(
    district: District, assumed: Mapping[str, float], *, mean_mm: float | None
) -> dict[str, Runoff] | None:
    """The runoff of all land of every township of today; none without land cover and its legend.

    Without a rain grid `mean_mm` falls everywhere. Without a soil raster all is group B. A cell without rain, cover or
    group is unknown.
    """
    found = _rain_on_pairs(district)
    if found is None:
        return None
    rain_m3, shares = found
    if "rainfall" not in district.rasters:
        rain_m3 = rain_m3 * (np.nan if mean_mm is None else mean_mm)
    volumes = rain_m3 @ runoff_coefficients(assumed).ravel()
    enough = (shares > 0) & (shares >= assumed["known_cells_share"]) & np.isfinite(volumes)
    told = zip(district.townships.index, volumes.tolist(), shares.tolist(), enough.tolist(), strict=True)
    return {str(code): Runoff(volume if known else None, share) for code, volume, share, known in told}


def _rain_on_pairs(district: District) -> tuple[np.ndarray, np.ndarray] | None:
    """By township of today: m³ of rain a year on each surface and group, shape (townships, 40), and known shares.

    Where there is no rain grid, the m³ are those of 1 mm.
    """
    if "rain_on_pairs" not in district.derived:
        district.derived["rain_on_pairs"] = _added_up(district)
    return cast("tuple[np.ndarray, np.ndarray] | None", district.derived["rain_on_pairs"])


def _added_up(district: District) -> tuple[np.ndarray, np.ndarray] | None:
    cover, surfaces = district.rasters.get("landcover"), surface_of(district)
    if cover is None or not surfaces:
        return None
    zones = district.townships[["code", "geometry"]].to_crs(cover.crs)
    legend = pd.Series({value: SURFACES.index(name) for value, name in surfaces.items()}, dtype=float)
    cell_m2 = abs(cover.transform.a * cover.transform.e)
    scale = district.townships.area.to_numpy() / shapely.area(zones.geometry.array.to_numpy())
    rain_m3, counts = np.zeros((len(zones), len(SURFACES) * len(GROUPS))), np.zeros(len(zones))
    for n, (places, covered) in enumerate(zonal.cells(cover, zones)):
        surface = legend.reindex(cover.values.flat[places].astype(float)).to_numpy()
        group = _there(district, "soil_group", cover, places, usual=GROUPS.index("b") + 1.0) - 1
        group = np.where(np.isin(group, range(len(GROUPS))), group, np.nan)
        rain_mm = _there(district, "rainfall", cover, places, usual=1.0)
        known = np.isfinite(surface + group + rain_mm)
        pair = (surface * len(GROUPS) + group)[known].astype(int)
        depth_m = covered[known] * rain_mm[known] / 1000
        rain_m3[n] = np.bincount(pair, depth_m, rain_m3.shape[1]) * cell_m2 * scale[n]
        counts[n] = covered[known].sum()
    return rain_m3, zonal.known_shares(counts, cover, zones)


def _there(district: District, layer: str, cover: Raster, places: np.ndarray, *, usual: float) -> np.ndarray:
    """The layer's value at the centres of cells of the land cover; `usual` in all where the district lacks it."""
    raster = district.rasters.get(layer)
    if raster is None:
        return np.full(len(places), usual)
    row, column = np.divmod(places, cover.values.shape[1])
    x, y = placed(cover.transform, column + 0.5, row + 0.5)
    if raster.crs != cover.crs:
        x, y = transformer(cover.crs, raster.crs).transform(x, y)
    return sample(raster, x, y)
