"""A district on the square ground in which every method finds something, two unlike cases of each and one unknown."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import geopandas as gpd
import numpy as np
import pandas as pd
from affine import Affine
from shapely import LineString, Point, box
from siting_ground import METRIC, A, B, far_layers, frame, make_ground, square, tables, zone

from geo.grids.raster import Raster
from layers.district import District

_USES = [(A, 600_000.0, "surface"), (A, 150_000.0, "reclaimed"), (B, 2_000_000.0, "surface"), (B, 40_000.0, "rain")]


def _at(east_km: float, north_km: float) -> Point:
    return Point(480_000 + 1_000 * east_km, 3_240_000 + 1_000 * north_km)


_PARK, _FIELD = square(3_000, 3_000, side=400.0), square(-2_000, 2_000, side=200.0)
_PLANTS = [
    {"id": "W1", "name": "甲厂", "township": A, "level": "urban", "effluent_class": "class_1a",
     "capacity_m3_per_day": 9_000.0,
     "treated_m3_per_day": 8_000.0, "reused_m3_per_day": 500.0, "ecological_m3_per_day": 1_000.0,
     "filtration": True, "disinfection": True, "geometry": _at(4, 12)},
    {"id": "W2", "name": "乙厂", "township": B, "level": "town", "effluent_class": "class_1b",
     "treated_m3_per_day": 900.0,
     "geometry": _at(14, 12)},
]  # fmt: skip
_PROJECTS = [
    {"id": "P1", "name": "甲池", "township": A, "water": "rain", "kind": "roof", "status": "built", "tank_m3": 50.0,
     "roof_area_m2": 2_000.0, "watered_area_m2": 3_000.0, "expected_m3_per_year": 1_500.0,
     "geometry": _at(5, 8)},
    {"id": "P2", "name": "乙池", "township": B, "water": "rain", "kind": "estate", "status": "planned",
     "tank_m3": 300.0, "roof_area_m2": 6_000.0, "paved_area_m2": 4_000.0, "swept_area_m2": 5_000.0,
     "expected_m3_per_year": 4_000.0, "geometry": _at(15, 8)},
]  # fmt: skip
_SITES = [
    {"id": "S1", "name": "酒厂", "sector": "industry", "product": "白酒", "output": 100.0, "output_unit": "t",
     "demand_m3_per_year": 700.0, "earthworks_m3": 60_000.0, "geometry": square(2_000, side=200.0)},
    {"id": "S2", "name": "住宅", "sector": "housing", "demand_m3_per_year": 90_000.0, "floor_area_m2": 30_000.0,
     "earthworks_m3": 500.0, "saving_plan": True, "simultaneous": True, "geometry": square(-3_000, 1_000)},
    {"id": "S3", "name": "未填", "geometry": square(6_000)},
]  # fmt: skip
_USERS = [
    {"id": "U1", "name": "甲工", "township": A, "sector": "industry", "use_m3_per_year": 150_000.0,
     "geometry": _at(5, 12)},
    {"id": "U2", "name": "乙工", "township": B, "sector": "industry", "use_m3_per_year": 900_000.0,
     "geometry": _at(13, 12)},
]  # fmt: skip
_MAINS = [
    {"id": "M1", "township": A, "waterworks": "W0", "geometry": LineString([_at(4, 5), _at(4, 7.5)])},
    {"id": "M2", "township": B, "waterworks": "W0", "geometry": LineString([_at(14, 5), _at(15, 5)])},
]
_ZONES = [
    {"id": "Z1", "township": A, "pipe_length_m": 1_500.0, "renewal": "planned",
     "geometry": box(481_000, 3_241_000, 482_000, 3_242_000)},
    {"id": "Z2", "township": A, "pipe_length_m": 800.0, "renewal": "none",
     "geometry": box(483_000, 3_241_000, 484_000, 3_242_000)},
    {"id": "Z3", "township": B, "pipe_length_m": 900.0, "renewal": "planned",
     "geometry": box(491_000, 3_241_000, 492_000, 3_242_000)},
    {"id": "Z4", "township": A, "renewal": "under_way", "geometry": box(485_000, 3_241_000, 486_000, 3_242_000)},
]  # fmt: skip
_ESTATES = [
    {"id": "E1", "name": "甲苑", "township": A, "households": 400, "floor_area_m2": 48_000.0, "roof_area_m2": 8_000.0,
     "rain_storage_m3": 20.0, "approved": pd.Timestamp("2023-05-01"), "geometry": square(-1_000, -3_000, side=150.0)},
    {"id": "E2", "name": "乙苑", "township": B, "households": 90, "paved_area_m2": 2_000.0, "green_area_m2": 4_000.0,
     "approved": pd.Timestamp("2023-05-01"), "renovation": None, "geometry": square(6_500, -3_000, side=120.0)},
]  # fmt: skip
_GREENS = [
    {"id": "G1", "name": "甲园", "township": A, "kind": "park", "area_m2": 40_000.0, "watered_area_m2": 30_000.0,
     "lawn": "cool_season", "care_grade": "grade_2", "public": True, "rain_storage_m3": 0.0, "geometry": _FIELD},
    {"id": "G2", "name": "乙园", "township": B, "kind": "square", "area_m2": 10_000.0,
     "geometry": square(7_000, side=100.0)},
]  # fmt: skip
_ROADS = [
    {"id": "D1", "name": "甲街", "township": A, "approved": pd.Timestamp("2022-03-01"), "width_m": 12.0,
     "urban": True, "swept": True,
     "surface": "asphalt", "status": "under_way", "rain_storage_m3": 10.0,
     "geometry": LineString([_at(3, 12), _at(6, 12)])},
    {"id": "D2", "name": "乙街", "township": B, "width_m": 8.0, "urban": True, "swept": False,
     "geometry": LineString([_at(12, 12), _at(14, 12)])},
]  # fmt: skip
_PARKS = [{"id": "K1", "name": "乙园区", "township": B, "built_area_m2": 160_000.0, "geometry": _PARK}]
_SCHOOLS = [
    {"id": "I1", "name": "甲校", "township": A, "kind": "school", "people": 800, "dual_pipes": True,
     "roof_area_m2": 3_000.0,
     "paved_area_m2": 5_000.0, "green_area_m2": 2_000.0, "floor_area_m2": 12_000.0, "geometry": _at(5, 11)},
    {"id": "I2", "name": "乙所", "township": B, "kind": "government", "roof_area_m2": 900.0,
     "geometry": _at(13, 11)},
]  # fmt: skip
_ROWS = {
    "public_institutions": _SCHOOLS, "wastewater_plants": _PLANTS, "projects": _PROJECTS,
     "construction_projects": _SITES, "water_users": _USERS,
    "water_mains": _MAINS, "pipeline_zones": _ZONES, "residential_estates": _ESTATES, "green_spaces": _GREENS,
    "roads": _ROADS, "industrial_parks": _PARKS,
}  # fmt: skip


@lru_cache(maxsize=1)
def golden_district() -> District:
    """Townships A and B with plants, parks, estates, roads, green spaces, projects and three sites."""
    made = make_ground(zones=[zone("source_2", square(2_000, side=600.0))], layers=_layers(), made_tables=_tables())
    district = made.district
    rasters = {**district.rasters, **_rasters()}
    entries = {name: replace(district.entries["townships"], id=name, file=name) for name in rasters}
    return replace(district, rasters=rasters, entries={**entries, **district.entries})


def _layers() -> dict[str, gpd.GeoDataFrame]:
    return {**far_layers(), **{layer: frame(layer, made) for layer, made in _ROWS.items()}}


def _tables() -> dict[str, pd.DataFrame]:
    days = pd.date_range("1990-01-01", "2020-12-31")
    use = [(code, year, source, "industry", share * volume) for year, share in ((2022, 0.9), (2023, 1.0))
           for code, volume, source in _USES]  # fmt: skip
    legend = [(1, "林", "forest"), (2, "旱地", "dry_cropland"), (3, "城", "urban")]
    return {
        **tables(control_wan_m3=300.0),
        "water_use": pd.DataFrame(use, columns=["township", "year", "source", "sector", "volume_m3"]),
        "population": pd.DataFrame({"township": [A, B], "year": 2023, "resident_people": [10_000.0, 25_000.0]}),
        "daily_rain": pd.DataFrame(
            {"date": days, "rain_mm": np.where(days.day % 5 == 0, np.where(days.month < 7, 9.0, 26.0), 0.0)}
        ),
        "landcover_legend": pd.DataFrame(legend, columns=["value", "name", "surface"]),
    }


def _rasters() -> dict[str, Raster]:
    transform = Affine(100, 0, 480_000, 0, -100, 3_260_000)
    west = np.tile(np.arange(200) < 100, (200, 1))
    cover = np.where(west, 1, 2).astype("uint8")
    cover[:50, :50] = 3
    return {
        "rainfall": Raster(np.where(west, 1_000.0, 1_200.0).astype("float32"), transform, METRIC, -9999.0),
        "landcover": Raster(cover, transform, METRIC, 0),
        "soil_group": Raster(np.where(west, 2, 3).astype("uint8"), transform, METRIC, 0),
    }
