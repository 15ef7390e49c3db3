"""A square district of 20 km whose layers each test chooses: everything is known, so every verdict is computable.

Township A is the west half, B the east (x 480–490–500 km, y 3240–3260 km in EPSG:4545). The ground is a plane that
rises `rise` eastwards from 200 m, in cells of 90 m. Sites of the tests are squares of 100 m about (485, 3250) km.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

import geopandas as gpd
import numpy as np
import pandas as pd
from affine import Affine
from pyproj import CRS
from shapely import LineString, Point, box
from shapely.geometry.base import BaseGeometry
from siting_checks import BY_ID

from analysis.assumption import resolve
from analysis.methods.siting.answer.engine import Verdicts, examine, put
from analysis.methods.siting.assumptions import ASSUMPTIONS
from analysis.methods.siting.check import Inquiry, Result
from analysis.methods.siting.ground.found import Ground
from analysis.methods.siting.ground.site import Site, make_site
from analysis.proposal import Proposal
from analysis.rules.thresholds import told
from geo.grids.raster import Raster
from layers.catalogue import CATALOGUE
from layers.district import District, Entry, Settings
from layers.layer import Source, Status
from layers.versions.rules import shipped_rules

METRIC = CRS.from_epsg(4545)
DAY = date(2025, 6, 1)  # the day of every check, half a year after the sources
X, Y = 485_000.0, 3_250_000.0
A, B = "990002001", "990002002"
RULES = shipped_rules()
OWN = "990002"
HERE = tuple(replace(rule, codes=()) for rule in RULES if rule.speaks("500156", None))  # as Wulong hears them
ASSUMED = resolve(told(ASSUMPTIONS, RULES), {})
_BOUNDS = (480_000.0, 3_240_000.0, 500_000.0, 3_260_000.0)
ZONE_KINDS = CATALOGUE["protection_zones"].field("kind").choices


def square(east: float = 0.0, north: float = 0.0, *, side: float = 100.0) -> BaseGeometry:
    """A square whose middle lies so many metres from (485, 3250) km."""
    half = side / 2
    return box(X + east - half, Y + north - half, X + east + half, Y + north + half)


def frame(layer: str, rows: list[Mapping[str, object]]) -> gpd.GeoDataFrame:
    """Rows of a layer with every declared field and those the rows name besides, absent ones empty."""
    columns = [field.name for field in CATALOGUE[layer].fields]
    columns += sorted({name for row in rows for name in row} - {*columns, "id", "geometry"})
    filled = [{**dict.fromkeys(columns), "id": f"{layer}-{at}", **row} for at, row in enumerate(rows)]
    geometry = [row["geometry"] for row in filled]
    data = {column: [row.get(column) for row in filled] for column in columns}
    made = gpd.GeoDataFrame(data, geometry=geometry, crs=METRIC)
    for field in CATALOGUE[layer].fields:
        if field.kind in ("number", "integer"):
            made[field.name] = pd.to_numeric(made[field.name])
        elif field.kind == "boolean":
            made[field.name] = made[field.name].astype("boolean")
    return made


def zone(kind: str, geometry: BaseGeometry, **more: object) -> dict[str, object]:
    """A row of `protection_zones`, approved unless told."""
    return {"kind": kind, "name": f"{kind}区", "official": True, "geometry": geometry, **more}


def far_zones() -> list[dict[str, object]]:
    """One zone of every kind in the far north-east corner, so that no kind is unknown."""
    corner = box(499_000, 3_259_000, 499_500, 3_259_500)
    return [zone(kind, corner) for kind in ZONE_KINDS]


@lru_cache(maxsize=8)
def plane(rise: float) -> Raster:
    """Heights that rise evenly to the east."""
    columns = np.arange(223)
    values = np.broadcast_to((200 + columns * 90 * rise).astype(np.float32), (223, 223)).copy()
    return Raster(values, Affine(90, 0, _BOUNDS[0], 0, -90, _BOUNDS[3]), METRIC)


@lru_cache(maxsize=1)
def far_layers() -> dict[str, gpd.GeoDataFrame]:
    """Every vector layer a check asks for, each with a harmless feature far away."""
    far, end = Point(499_200, 3_259_200), Point(499_300, 3_259_300)
    line = LineString([far, end])
    corner = box(499_000, 3_259_000, 499_500, 3_259_500)
    return {
        "rivers": frame("rivers", [{"name": "远溪", "geometry": line, "yangtze_tributary": False,
                                    "important_tributary": False, "id": "R0"}]),
        "water_intakes": frame("water_intakes", [{"kind": "river", "drinking_source": False, "centralised": False,
                                                  "geometry": far, "use_m3_per_year": 0.0,
                                                  "permitted_m3_per_year": 0.0}]),
        "irrigation_districts": frame("irrigation_districts", [{"geometry": corner, "intake_m3_per_year": 0.0}]),
        "reservoirs": frame("reservoirs", [{"use": "supply", "geometry": corner}]),
        "canals": frame("canals", [{"geometry": line}]),
        "small_water_works": frame("small_water_works", [{"kind": "pond", "use": "irrigation", "geometry": far}]),
        "waterworks": frame("waterworks", [{"id": "W0", "level": "village", "people": 100, "geometry": far}]),
        "water_mains": frame("water_mains", [{"waterworks": "W0", "geometry": line}]),
        "supply_zones": frame("supply_zones", [{"name": "远区", "spare_m3_per_day": 100.0, "geometry": corner}]),
        "wastewater_plants": frame("wastewater_plants", [{"name": "远厂", "treated_m3_per_day": 500.0,
                                                          "reused_m3_per_day": 0.0, "ecological_m3_per_day": 0.0,
                                                          "geometry": far}]),
        "reclaimed_mains": frame("reclaimed_mains", [{"status": "built", "geometry": line}]),
        "urban_areas": frame("urban_areas", [{"kind": "new_district", "geometry": corner}]),
        "roads": frame("roads", [{"geometry": line}]),
        "protection_zones": frame("protection_zones", far_zones()),
    }  # fmt: skip


def tables(*, used_m3: float = 8_000_000.0, control_wan_m3: float = 1000.0) -> dict[str, pd.DataFrame]:
    """Use of 2023, its control total, permits without a bound, a quota of 10 (8) m³/t, the yield of a reservoir."""
    return {
        "water_use": pd.DataFrame(
            [{"township": code, "year": 2023, "source": "surface", "sector": "industry", "volume_m3": volume}
             for code, volume in ((A, used_m3), (B, 0.0))]
        ),
        "control_values": pd.DataFrame(
            [{"year": 2023, "subject": "district", "indicator": indicator, "value": value, "unit": "wan_m3"}
             for indicator, value in (("total_use", control_wan_m3), ("permitted_total", 1e9))]
        ),
        "quotas": pd.DataFrame(
            [{"id": "Q1", "name": "白酒", "sector": "industry", "item": "白酒", "unit": "m³/t",
              "general_value": 10.0, "advanced_value": 8.0, "standard": "定额"}]
        ),
        "source_yields": pd.DataFrame(
            [{"source": "reservoirs-near", "source_layer": "reservoirs", "guarantee_share": share,
              "yield_m3_per_year": volume, "allocated_m3_per_year": 100_000.0, "ecological_m3_per_year": 50_000.0}
             for share, volume in ((0.9, 450_000.0), (0.95, 400_000.0))]
        ),
    }  # fmt: skip


def rained(storm_mm: float = 3.0) -> dict[str, pd.DataFrame]:
    """The tables with two years of rain, one storm in each: the day met once a year."""
    days = pd.date_range("2021-01-01", "2022-12-31")
    rain = np.where((days.month == 7) & (days.day == 1), storm_mm, 0.0)
    return {**tables(), "daily_rain": pd.DataFrame({"date": days, "rain_mm": rain})}


def make_ground(
    *,
    zones: list[dict[str, object]] | None = None,
    layers: Mapping[str, gpd.GeoDataFrame] | None = None,
    without: tuple[str, ...] = (),
    rise: float | None = 0.05,
    made_tables: Mapping[str, pd.DataFrame] | None = None,
    flags: Mapping[str, bool] | None = None,
    status: Status = "official",
    code: str = OWN,
) -> Ground:
    """A ground with these zones added to the far ones, these layers in place of theirs, and those left out."""
    frames = {**far_layers(), **(layers or {})}
    if zones is not None:
        frames["protection_zones"] = frame("protection_zones", [*far_zones(), *zones])
    frames["townships"] = _townships()
    frames = {name: made for name, made in frames.items() if name not in without}
    found = {name: made for name, made in (made_tables or tables()).items() if name not in without}
    rasters = {} if rise is None else {"elevation": plane(rise)}
    names = [*frames, *found, *rasters]
    source = Source("issuer", date(2024, 12, 31), "licence", status)
    entries = {name: Entry(name, name, "a" * 64, 1, 0.0, None, source) for name in names}
    settings = Settings(code=code, name="方区", name_en="Square", metric_crs=METRIC, flags=flags or {})
    return Ground(District(settings, "v1", frames, found, rasters, entries, rules=RULES if code != OWN else HERE))


@lru_cache(maxsize=1)
def _townships() -> gpd.GeoDataFrame:
    rows = [
        {"code": A, "name": "西镇", "short_name": "西", "geometry": box(480_000, 3_240_000, 490_000, 3_260_000)},
        {"code": B, "name": "东镇", "short_name": "东", "geometry": box(490_000, 3_240_000, 500_000, 3_260_000)},
    ]
    made = frame("townships", rows)
    made["valid_from"] = made["valid_to"] = pd.Series([pd.NaT, pd.NaT])
    return made


def site_at(ground: Ground, shape: BaseGeometry | None = None, **options: object) -> Site:
    """The site of a shape, the square about the middle unless told."""
    return make_site(shape if shape is not None else square(), ground.district, assumed=ASSUMED, **options)


def ask(ground: Ground, proposal: Proposal, shape: BaseGeometry | None = None) -> Inquiry:
    """The inquiry of a proposal on a shape on the day."""
    return Inquiry(site_at(ground, shape), proposal, ground, ASSUMED, DAY)


def verdict_of(
    check: str, ground: Ground, proposal: Proposal, shape: BaseGeometry | None = None, *, with_flips: bool = False
) -> Result:
    """What one check says of a proposal on a shape."""
    return put(BY_ID[check], ask(ground, proposal, shape), with_flips=with_flips)


def said(ground: Ground, proposal: Proposal, shape: BaseGeometry | None = None, **options: object) -> Verdicts:
    """What all checks say."""
    return examine(ask(ground, proposal, shape), **options)
