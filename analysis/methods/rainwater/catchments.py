"""The hardened catchments of the district and what within their reach could use the water.

Roofs and paving of estates, institutions and parks, urban streets with the public green beside them, and cisterns.
Urban areas are left out: what stands in them is counted already. Where a district lacks one of the layers of
`BUILT`, the hardened part of its settlements is taken from the land cover, without a demand to limit it, and said so.
"""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd

from analysis.methods.rainwater.demand import Uses, annual_m3
from geo.grids import zonal
from layers.district import District
from layers.surfaces import surface_of

BUILT = ("residential_estates", "public_institutions", "roads")
_SIZES = {
    "residential_estates": ("roof_area_m2", "paved_area_m2", "green_area_m2"),
    "public_institutions": ("roof_area_m2", "paved_area_m2", "green_area_m2"),
    "industrial_parks": ("built_area_m2", "use_m3_per_year"),
    "roads": ("width_m",),
}
COLUMNS = ["township", "layer", "id", "roof_m2", "paved_m2", "demand_m3", "tank_m3"]


def hardened(district: District, assumed: Mapping[str, float]) -> pd.DataFrame | None:
    """One row per catchment with columns `COLUMNS`: areas in m², demand in m³ a year (inf: unknown), tank in m³.

    None where neither the layers of `BUILT` nor land cover with a legend is there. Cisterns are not in it, nor what
    has no hardened ground.
    """
    found = _from_layers(district, assumed) if of_layers(district) else _from_cover(district, assumed)
    return None if found is None else found[found["roof_m2"] + found["paved_m2"] > 0].reset_index(drop=True)


def of_layers(district: District) -> bool:
    """Whether all layers of `BUILT` are there, so that catchments are taken from them and demand is known."""
    return all(layer in district.frames for layer in BUILT)


def uncovered(district: District, *, least_share: float) -> frozenset[str]:
    """The townships of which too little is known: catchments come from the land cover, and it lacks values there."""
    areas = None if of_layers(district) else cover_areas_m2(district)
    if areas is None:
        return frozenset()
    known = areas.sum(axis="columns") / district.townships.area
    return frozenset(known.index[(known <= 0) | (known < least_share - 1e-6)])


def incomplete(district: District) -> frozenset[str]:
    """The townships where some catchment has no size or demand, a cistern no size, or a layer of them is absent."""
    everywhere = frozenset(district.townships.index)
    if "small_water_works" not in district.frames:
        return everywhere
    works = district.frames["small_water_works"]
    unsized = (works["kind"] == "cistern") & works["volume_m3"].isna()
    found = set(works.loc[works["kind"].isna() | unsized, "township"])
    if not of_layers(district):
        areas = cover_areas_m2(district)
        if areas is not None:
            bare = areas.sum(axis="columns") < district.townships.area * (1 - 1e-6)
            found |= set(areas.index[bare])
        return frozenset(found)
    if "industrial_parks" not in district.frames:
        return everywhere
    for layer, columns in _SIZES.items():
        frame = district.frames[layer]
        unsized = frame[list(columns)].isna().any(axis="columns")
        found |= set(frame.loc[unsized & built_street(frame) if layer == "roads" else unsized, "township"])
    return frozenset(found | _unserved(district))


def loose(district: District) -> bool:
    """Whether some catchment or cistern names no township, so that it counts for none and is missed by their sum."""
    known = [district.frames[layer] for layer in (*_SIZES, "small_water_works") if layer in district.frames]
    return any(frame["township"].isna().any() for frame in known)


def _unserved(district: District) -> set[str]:
    """The townships where it is unknown what a catchment could serve: flushing, sweeping or public green."""
    found: set[str] = set()
    for layer in ("residential_estates", "public_institutions"):
        frame = district.frames[layer]
        flushed = frame["dual_pipes"].fillna(True).astype(bool)
        found |= set(frame.loc[frame["dual_pipes"].isna() | (flushed & frame["people"].isna()), "township"])
    roads = district.frames["roads"]
    found |= set(roads.loc[roads["urban"].isna() | (built_street(roads) & roads["swept"].isna()), "township"])
    if (spaces := district.frames.get("green_spaces")) is not None:
        public = spaces["public"].fillna(True).astype(bool)
        found |= set(spaces.loc[spaces["public"].isna() | (public & spaces["watered_area_m2"].isna()), "township"])
    return found


def _from_layers(district: District, assumed: Mapping[str, float]) -> pd.DataFrame:
    parts = [
        _buildings(district, "residential_estates", assumed),
        _buildings(district, "public_institutions", assumed),
        _streets(district, assumed),
    ]
    parks = _parks(district, assumed)
    return pd.concat(
        [part for part in (*parts, parks) if part is not None and len(part)] or [_none()], ignore_index=True
    )


def _none() -> pd.DataFrame:
    return pd.DataFrame(columns=COLUMNS)


def _buildings(district: District, layer: str, assumed: Mapping[str, float]) -> pd.DataFrame:
    frame = district.frames[layer]
    flushed = frame["dual_pipes"].fillna(False).astype(bool)
    people = frame["people"].astype(float).where(flushed, 0.0).fillna(0.0)
    demand = [
        sum(annual_m3(Uses(watered_m2=green, swept_m2=paved, people=flushing), assumed).values())
        for green, paved, flushing in zip(
            frame["green_area_m2"].fillna(0), frame["paved_area_m2"].fillna(0), people, strict=True
        )
    ]
    return _rows(frame, layer, roof=frame["roof_area_m2"], paved=frame["paved_area_m2"], demand=pd.Series(demand))


def _parks(district: District, assumed: Mapping[str, float]) -> pd.DataFrame | None:
    frame = district.frames.get("industrial_parks")
    if frame is None:
        return None
    hard = frame["built_area_m2"].astype(float) * assumed["rain_park_hardened_share"]
    demand = frame["use_m3_per_year"].astype(float) * assumed["rain_park_use_share"]
    return _rows(frame, "industrial_parks", roof=hard * 0.6, paved=hard * 0.4, demand=demand)


def built_street(roads: gpd.GeoDataFrame) -> pd.Series:
    """Which roads are built urban streets."""
    return roads["urban"].fillna(False).astype(bool) & (roads["status"] != "planned")


def _streets(district: District, assumed: Mapping[str, float]) -> pd.DataFrame:
    """Built urban streets of a township as one catchment, serving its swept roads and public green."""
    roads = district.frames["roads"]
    built = roads[built_street(roads)]
    surface = built.length * built["width_m"].astype(float)
    paved = surface.groupby(built["township"]).sum()
    swept = surface[built["swept"].fillna(False).astype(bool)].groupby(built["township"]).sum()
    green = pd.Series(dtype=float)
    spaces = district.frames.get("green_spaces")
    if spaces is not None:
        public = spaces[spaces["public"].fillna(False).astype(bool)]
        green = public["watered_area_m2"].astype(float).groupby(public["township"]).sum()
    rows = [
        (
            code, "roads", f"roads-{code}", 0.0, float(area),
            sum(annual_m3(Uses(watered_m2=green.get(code, 0.0), swept_m2=swept.get(code, 0.0)), assumed).values()),
            np.nan,
        )
        for code, area in paved.items()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def _rows(frame: gpd.GeoDataFrame, layer: str, *, roof: pd.Series, paved: pd.Series, demand: pd.Series) -> pd.DataFrame:
    tank = frame["rain_storage_m3"] if "rain_storage_m3" in frame.columns else pd.Series(np.nan, index=frame.index)
    values = {
        "township": frame["township"].to_numpy(),
        "layer": layer,
        "id": frame["id"].to_numpy(),
        "roof_m2": roof.astype(float).fillna(0.0).to_numpy(),
        "paved_m2": paved.astype(float).fillna(0.0).to_numpy(),
        "demand_m3": demand.astype(float).fillna(0.0).to_numpy(),
        "tank_m3": tank.astype(float).to_numpy(),
    }
    return pd.DataFrame(values)


def cover_areas_m2(district: District) -> pd.DataFrame | None:
    """Area of every surface by township: townships by code, one column per surface; none without cover or legend.

    Land without cover, or with one that the legend does not name, is in none; a township of such land alone is NaN.
    """
    raster, surfaces = district.rasters.get("landcover"), surface_of(district)
    if raster is None or not surfaces:
        return None
    zones = district.townships[["code", "geometry"]].to_crs(raster.crs)
    known = zonal.means(raster, zones)["known_share"]
    shares = zonal.shares(raster, zones).multiply(known, axis="index")
    by_surface = shares.rename(columns=surfaces).T.groupby(level=0).sum(min_count=1).T
    named = by_surface[[column for column in by_surface.columns if isinstance(column, str)]]
    return named[named.sum(axis="columns") > 0].reindex(named.index).multiply(district.townships.area, axis="index")


def _from_cover(district: District, assumed: Mapping[str, float]) -> pd.DataFrame | None:
    areas = cover_areas_m2(district)
    if areas is None:
        return None
    urban = areas.get("urban", 0.0) * assumed["rain_urban_hardened_share"]
    rural = areas.get("rural_built", 0.0) * assumed["rain_rural_hardened_share"]
    roads = areas.get("road_hard", pd.Series(0.0, index=areas.index))
    frame = pd.DataFrame({"roof_m2": (urban + rural) * 0.6, "paved_m2": (urban + rural) * 0.4 + roads})
    frame = frame.assign(township=areas.index, layer="landcover", id=areas.index, demand_m3=np.inf, tank_m3=np.nan)
    hard = frame["roof_m2"] + frame["paved_m2"]  # unknown where the cover is; a township without any has no catchment
    return frame.loc[hard > 0, COLUMNS].reset_index(drop=True)


def cisterns(district: District) -> gpd.GeoDataFrame | None:
    """Working cisterns with a volume, none when the layer is absent."""
    frame = district.frames.get("small_water_works")
    if frame is None:
        return None
    return frame[(frame["kind"] == "cistern") & (frame["volume_m3"] > 0) & (frame["condition"] != "broken")]
