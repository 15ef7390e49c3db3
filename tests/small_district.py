"""A district small enough to compute by hand: four square townships of 10 km, 100 km² each.

    A 甲镇 | B 乙镇      x 480–490–500 km, y 3240–3250–3260 km in EPSG:4545
    C 丙乡 | D hostile   D's name tries to run as script; until 2020-04-22 C was 旧乡

Ground: elevation rises 0.05 m a metre eastwards from 200 m, so A and C have a mean of 450 m, B and D of 950 m. Rain is
1,100 mm a year everywhere; forest covers the west half (A, C), dry cropland the east; soil group 3.
Rivers: 18,000 m (9,000 in A, 9,000 in B). Mains: 1,500 m in A, 2,000 m in B. Park in B: 2 km². Zone in A: 4 km².
Users a year: A 150,000 m³ (two), B 1,200,000 m³, D 5,000 m³. Water use 2023: A 600,000 m³, B 2,000,000 m³ (of it
reclaimed 100,000), C 300,000 m³, D 100,000 m³; 2022: nine tenths of that.
"""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from affine import Affine
from pyproj import CRS
from shapely import LineString, Point, box

from geo.grids.raster import Raster, write_cog
from layers.catalogue import CATALOGUE
from layers.district import District
from layers.versions.manifest import write_manifest
from layers.versions.opening import make_manifest, open_district
from layers.writing import write_layer

CODE = "990001"
METRIC = CRS.from_epsg(4545)
A, B, C, D = "990001001", "990001002", "990001003", "990001004"
OLD_C = "990001009"
HOSTILE = "<img src=x onerror=window.__xss=1>${alert(1)}`</script><script>window.__xss=1</script>"
SQUARES = {
    A: box(480_000, 3_250_000, 490_000, 3_260_000),
    B: box(490_000, 3_250_000, 500_000, 3_260_000),
    C: box(480_000, 3_240_000, 490_000, 3_250_000),
    D: box(490_000, 3_240_000, 500_000, 3_250_000),
}
_CHANGE = pd.Timestamp("2020-04-22")
_SETTINGS = """code = "990001"
name = "小县"
name_en = "Small County"
metric_crs = "EPSG:4545"
elevation_m = [200, 1200]
annual_rain_mm = [200, 1600]
daily_rain_mm = [0, 300]

[flags]
water_short_area = false
"""


def _townships() -> list[dict]:
    return [
        {"code": A, "name": "甲镇", "short_name": "甲", "kind": "town", "geometry": SQUARES[A]},
        {"code": B, "name": "乙镇", "short_name": "乙", "aliases": "乙城;乙场", "kind": "town", "geometry": SQUARES[B]},
        {
            "code": C,
            "name": "丙乡",
            "short_name": "丙",
            "kind": "township",
            "valid_from": _CHANGE,
            "geometry": SQUARES[C],
        },
        {"code": D, "name": HOSTILE, "short_name": HOSTILE[:30], "kind": "township", "geometry": SQUARES[D]},
        {"code": OLD_C, "name": "旧乡", "valid_to": _CHANGE, "successor": C, "geometry": SQUARES[C]},
    ]


def _point(id_: str, name: str | None, township: str, east_km: float, north_km: float, **rest: object) -> dict:
    place = Point(1_000 * east_km, 1_000 * north_km)
    return {"id": id_, "name": name, "township": township, "geometry": place, **rest}


ROWS: dict[str, list[dict]] = {
    "townships": _townships(),
    "villages": [
        _point("V1", "甲一村", A, 482, 3252, kind="village", people=300, households=100, supply="small"),
        _point("V2", "甲二村", A, 485, 3256, kind="community", people=700, households=200, supply="urban"),
        _point("V3", "乙一村", B, 495, 3255, kind="village", people=500, households=150, supply="central"),
        _point("V4", "丙一村", C, 485, 3245, kind="village", people=200, households=60, supply="cistern"),
        _point("V5", HOSTILE, D, 495, 3245, kind="village", people=100, households=40, supply="scattered"),
    ],
    "water_users": [
        _point(
            "U1", "甲厂", A, 483, 3253, sector="industry", source="surface", use_m3_per_year=100_000.0, metered=True
        ),
        _point("U2", "甲校", A, 486, 3257, sector="public", source="public_network", use_m3_per_year=50_000.0),
        _point(
            "U3", "乙厂", B, 493, 3253, sector="industry", source="surface", use_m3_per_year=1_200_000.0, metered=True
        ),
        _point("U4", HOSTILE, D, 496, 3246, sector="service", source="rain", use_m3_per_year=5_000.0, metered=False),
    ],
    "projects": [
        _point("P1", "甲校屋面雨水", A, 486.1, 3257, water="rain", kind="roof", status="built", tank_m3=50.0),
        _point("P2", "乙厂再生水回用", B, 493.1, 3253, water="reclaimed", kind="plant_reuse", status="planned"),
        _point("P3", "丙村水窖", C, 485.1, 3245, water="rain", kind="cistern", status="built", tank_m3=30.0),
        _point("P4", HOSTILE, D, 495.1, 3245, water="rain", kind="roof", status="planned"),
    ],
    "industrial_parks": [
        {
            "id": "K1",
            "name": "乙园区",
            "township": B,
            "level": "district",
            "planned_area_m2": 3e6,
            "built_area_m2": 2e6,
            "geometry": box(492_000, 3_252_000, 494_000, 3_253_000),
        }
    ],
    "rivers": [
        {
            "id": "R1",
            "name": "东西河",
            "rank": "main",
            "length_m": 18_000.0,
            "upper_m": 1_000.0,
            "lower_m": 250.0,
            "geometry": LineString([(499_000, 3_255_500), (490_000, 3_255_500), (481_000, 3_255_500)]),
        }
    ],
    "pipeline_zones": [
        {
            "id": "Z1",
            "name": "甲一区",
            "township": A,
            "pipe_length_m": 1_500.0,
            "geometry": box(484_000, 3_255_000, 486_000, 3_257_000),
        }
    ],
    "water_mains": [
        {
            "id": "M1",
            "township": A,
            "role": "trunk",
            "pipeline_zone": "Z1",
            "material": "grey_cast_iron",
            "diameter_mm": 300.0,
            "length_m": 1_000.0,
            "laid_year": 1990,
            "geometry": LineString([(484_500, 3_256_000), (485_500, 3_256_000)]),
        },
        {
            "id": "M2",
            "township": A,
            "role": "distribution",
            "pipeline_zone": "Z1",
            "material": "pe",
            "diameter_mm": 110.0,
            "length_m": 500.0,
            "laid_year": 2015,
            "geometry": LineString([(485_500, 3_256_000), (485_500, 3_256_500)]),
        },
        {
            "id": "M3",
            "township": B,
            "role": "trunk",
            "material": "ductile_iron",
            "diameter_mm": 400.0,
            "length_m": 2_000.0,
            "laid_year": 2005,
            "geometry": LineString([(492_000, 3_254_000), (494_000, 3_254_000)]),
        },
    ],
    "small_water_works": [
        _point("S1", "丙一窖", C, 485.2, 3245.1, kind="cistern", use="domestic", village="V4", volume_m3=30.0),
        _point("S2", "丁一窖", D, 495.2, 3245.1, kind="cistern", use="domestic", village="V5", volume_m3=50.0),
        _point("S3", "丁山坪塘", D, 496.2, 3244.1, kind="pond", use="irrigation", volume_m3=2_000.0),
    ],
}

_USE_2023 = [
    (A, "surface", "industry", 400_000.0),
    (A, "surface", "urban_domestic", 200_000.0),
    (B, "surface", "industry", 1_900_000.0),
    (B, "reclaimed", "industry", 100_000.0),
    (C, "rain", "rural_domestic", 300_000.0),
    (D, "groundwater", "rural_domestic", 100_000.0),
]
_PEOPLE_2023 = {A: 10_000.0, B: 20_000.0, C: 3_000.0, D: 1_000.0}


def _tables() -> dict[str, pd.DataFrame]:
    use = [(*row[:3], year, share * row[3]) for year, share in ((2022, 0.9), (2023, 1.0)) for row in _USE_2023]
    days = pd.date_range("2021-01-01", "2023-12-31")
    people = [
        {"township": code, "year": 2023, "resident_people": count, "urban_people": count / 2}
        for code, count in _PEOPLE_2023.items()
    ]
    return {
        "control_values": pd.DataFrame(
            [(2025, "district", "reclaimed_share", 0.35, "share")],
            columns=["year", "subject", "indicator", "value", "unit"],
        ),
        "water_use": pd.DataFrame(use, columns=["township", "source", "sector", "year", "volume_m3"]),
        "population": pd.DataFrame(people),
        "daily_rain": pd.DataFrame({"date": days, "rain_mm": np.where(days.day == 1, 30.0, 0.0)}),
    }


def _rasters() -> dict[str, Raster]:
    transform = Affine(100, 0, 480_000, 0, -100, 3_260_000)
    east_m = np.arange(200) * 100.0 + 50.0
    plane = np.tile(200.0 + 0.05 * east_m, (200, 1)).astype("float32")
    cover = np.tile(np.where(east_m < 10_000, 4, 2), (200, 1)).astype("uint8")
    return {
        "elevation": Raster(plane, transform, METRIC, -9999.0),
        "rainfall": Raster(np.full((200, 200), 1_100.0, "float32"), transform, METRIC, -9999.0),
        "landcover": Raster(cover, transform, METRIC, 0),
        "soil_group": Raster(np.full((200, 200), 3, "uint8"), transform, METRIC, 0),
    }


def _frame(layer: str) -> gpd.GeoDataFrame:
    rows = pd.DataFrame(ROWS[layer])
    for field in CATALOGUE[layer].fields:
        if field.name not in rows.columns:
            rows[field.name] = None
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=METRIC)


def recoded(rows: pd.DataFrame, code: str) -> pd.DataFrame:
    """The rows with the township codes of another county."""
    told = {
        name: rows[name].map(lambda value: code + value[6:] if isinstance(value, str) and value[:6] == CODE else value)
        for name in rows.columns
        if name != "geometry"
    }
    return rows.assign(**told)


def _source(layer: str) -> str:
    return f'[{layer}]\nissuer = "小县水利局"\nas_of = 2024-12-31\nlicence = "test"\nstatus = "illustrative"\n'


def write_small_district(folder: Path, *, code: str = CODE) -> Path:
    """Writes the whole district into `folder` (made when missing) and returns it; `code` makes it another county's."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "district.toml").write_text(_SETTINGS.replace(CODE, code), encoding="utf-8")
    for layer in ROWS:
        write_layer(recoded(_frame(layer), code), CATALOGUE[layer], folder=folder)
    for layer, table in _tables().items():
        write_layer(recoded(table, code), CATALOGUE[layer], folder=folder)
    for layer, raster in _rasters().items():
        path = folder / CATALOGUE[layer].file
        path.parent.mkdir(parents=True, exist_ok=True)
        write_cog(raster, path)
    sources = "\n".join(_source(layer) for layer in (*ROWS, *_tables(), *_rasters()))
    (folder / "sources.toml").write_text(sources, encoding="utf-8")
    write_manifest(make_manifest(folder), folder)
    return folder


@lru_cache(maxsize=1)
def small_district() -> District:
    """The opened district, made once a session in a temporary folder that is gone when this returns."""
    with tempfile.TemporaryDirectory(prefix="small-district-") as folder:
        return open_district(write_small_district(Path(folder)))
