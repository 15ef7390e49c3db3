"""The small district with catchments, duties and rainwater projects that can be reckoned by hand.

It rains 30 mm on the first of each month of three years, 360 mm a year; the grid says 1,100 mm, so that a place sees
91.67 mm on those days. The code is one of Wulong's, so that its rules speak. `rain_district(unknown=True)` leaves
D's estate without surfaces.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import lru_cache

import geopandas as gpd
import pandas as pd

from layers.catalogue import CATALOGUE
from layers.district import District
from tests.small_district import METRIC, ROWS, SQUARES, A, B, C, D, small_district

APPROVED = pd.Timestamp("2021-06-01")
_WHOLE = {"approved": APPROVED, "permeable_area_m2": 0.0, "dual_pipes": False}
ESTATES = (
    {"id": "E1", "township": A, "roof_area_m2": 1_000.0, "paved_area_m2": 0.0, "green_area_m2": 10_000.0,
     "rain_storage_m3": 0.0, **_WHOLE},
    {"id": "E2", "township": B, "roof_area_m2": 2_000.0, "paved_area_m2": 1_000.0, "green_area_m2": 5_000.0,
     "rain_storage_m3": 10.0, **_WHOLE},
    {"id": "E3", "township": D, "roof_area_m2": 500.0, "paved_area_m2": 0.0, "green_area_m2": 4_000.0,
     "rain_storage_m3": 0.0, **_WHOLE},
)  # fmt: skip
_REST = {"paved_area_m2": 0.0, "permeable_area_m2": 0.0, "green_area_m2": 0.0, "watered_area_m2": 0.0,
         "swept_area_m2": 0.0, "cars_per_day": 0}  # fmt: skip
PROJECTS: Mapping[str, Mapping[str, object]] = {
    "P1": {"roof_area_m2": 1_000.0, "tank_m3": 5.0, "people": 20, **_REST},
    "P4": {"roof_area_m2": 800.0, "tank_m3": 8.0, "people": 20, **_REST},
}
_UNKNOWN = dict.fromkeys(("roof_area_m2", "paved_area_m2", "permeable_area_m2", "green_area_m2"))


def layer_of(id_: str, rows: list[dict[str, object]]) -> gpd.GeoDataFrame:
    """A vector layer of some rows with every declared column; a row without a shape lies in its township's corner."""
    made = [{"geometry": SQUARES[str(row["township"])].centroid.buffer(50), "name": row["id"], **row} for row in rows]
    columns = [*(field.name for field in CATALOGUE[id_].fields), "geometry"]
    frame = pd.DataFrame(made).reindex(columns=columns)
    for field in CATALOGUE[id_].fields:
        if field.kind == "number":
            frame[field.name] = frame[field.name].astype("float64")
        elif field.kind != "date":
            frame[field.name] = frame[field.name].astype(object).where(frame[field.name].notna(), None)
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=METRIC)


def rain_district(*, unknown: bool = False, without: tuple[str, ...] = (), **layers: gpd.GeoDataFrame) -> District:
    """The district; `without` leaves layers out, `layers` puts others in their place."""
    return _made(unknown, without, layers) if layers else _kept(unknown, without)


@lru_cache(maxsize=8)
def _kept(unknown: bool, without: tuple[str, ...]) -> District:
    return _made(unknown, without, {})


def _made(unknown: bool, without: tuple[str, ...], layers: Mapping[str, gpd.GeoDataFrame]) -> District:
    small = small_district()
    estates = [{**row, **(_UNKNOWN if unknown and row["id"] == "E3" else {})} for row in ESTATES]
    projects = [{**row, **PROJECTS.get(str(row["id"]), {})} for row in ROWS["projects"]]
    frames = {
        **small.frames,
        "residential_estates": layer_of("residential_estates", estates),
        "projects": layer_of("projects", projects),
        **{id_: layer_of(id_, []) for id_ in ("public_institutions", "roads", "green_spaces", "urban_areas",
                                              "industrial_parks", "construction_projects")},
        **layers,
    }  # fmt: skip
    legend = pd.DataFrame({"value": [4, 2], "name": ["林", "旱"], "surface": ["forest", "dry_cropland"]})
    tables = {**small.tables, "landcover_legend": legend}
    kept = {kind: {id_: one for id_, one in found.items() if id_ not in without}
            for kind, found in (("frames", frames), ("tables", tables), ("rasters", small.rasters))}  # fmt: skip
    settings = dataclasses.replace(small.settings, code="500156")
    return dataclasses.replace(small, settings=settings, **kept)


__all__ = ["A", "B", "C", "D", "layer_of", "rain_district"]
