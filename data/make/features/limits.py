"""Protection and restriction zones of every kind, for siting checks to meet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import geopandas as gpd
import numpy as np
import shapely
from shapely import Polygon

from data.make.facts import numbers
from data.make.frames import frame, identifier, numeral
from data.make.places.placing import blob, grow, spots, tidy
from data.make.scene import Scene

# kind: word in the name, area in m², zones per township (a fraction: that share of them), weight and price by name
_GROWN = (
    ("ecological_red_line", "生态保护红线", 7_500_000, 1.3, "wild"),
    ("permanent_farmland", "永久基本农田", 1_300_000, 2.6, "fields"),
    ("karst_strong", "岩溶强发育区", 2_600_000, 1.0, "karst"),
    ("karst", "岩溶区", 6_000_000, 0.6, "karst"),
    ("geo_hazard_prone", "地质灾害易发区", 2_400_000, 1.6, "steep"),
    ("soil_loss_prevention", "水土流失重点预防区", 8_000_000, 0.45, "wild"),
    ("soil_loss_control", "水土流失重点治理区", 5_000_000, 0.4, "steep"),
    ("headwater", "江河源头区", 3_000_000, 0.25, "high"),
    ("water_conservation", "水源涵养区", 5_500_000, 0.4, "high"),
    ("nature_reserve", "自然保护地", 9_000_000, 0.2, "wild"),
    ("groundwater_limit", "地下水限制开采区", 3_200_000, 0.3, "low"),
    ("debris_flow_prone", "泥石流易发区", 420_000, 0.5, "steep"),
    ("flood_detention", "蓄滞洪区", 350_000, 0.08, "low"),
)
_SMALL = (
    ("geo_hazard_danger", "崩塌滑坡危险区", 45_000, 1.8, "steep"),
    ("spring_protection", "泉域保护区", 700_000, 0.35, "karst"),
    ("groundwater_ban", "地下水禁止开采区", 500_000, 0.15, "low"),
)
CORE_M, HERITAGE_RING_M = 420.0, 500.0
_UNBUILT = ("permanent_farmland", "ecological_red_line")
_AUTHORITY = {
    "ecological_red_line": "市人民政府",
    "permanent_farmland": "区人民政府",
    "drinking_source_1": "市人民政府",
}
_MAIN_RANGE_M = {"main": (140.0, 230.0), "tributary": (60.0, 110.0), "stream": (30.0, 0.0)}

Row = dict[str, object]


def make_protection_zones(
    scene: Scene, features: Mapping[str, gpd.GeoDataFrame], *, built: shapely.Geometry
) -> gpd.GeoDataFrame:
    """All zones, each inside one township; kinds overlap one another as they do in truth.

    Farmland and the red line leave out the land of towns and parks, `built`.
    """
    intakes, reservoirs, scenic = (features[layer] for layer in ("water_intakes", "reservoirs", "scenic_areas"))
    rows = _drinking(scene, intakes, reservoirs) + _along_rivers(scene) + _on_the_land(scene, built)
    for place in scenic.itertuples():
        for kind in ("scenic", "world_heritage") if place.world_heritage else ("scenic",):
            word = "世界自然遗产地" if kind == "world_heritage" else "风景名胜区"
            rows += _zoned(scene, place.township, kind, f"{place.name}{word}", place.geometry)
    for number, row in enumerate(rows, start=1):
        row["id"] = identifier("PRO", number)
        if row["official"]:
            row["document"] = f"示意文号〔{row['approved'].year}〕{number}号"
    return frame("protection_zones", rows)


def _zone(code: str, kind: str, name: str, area: Polygon, **more: object) -> Row:
    year = 2012 + round(area.area) % 12
    official = round(area.area) % 5 > 0
    row: Row = {"name": name, "township": code, "kind": kind, "official": official, "geometry": area}
    if official:
        row |= {"approved": date(year, 6, 18), "authority": _AUTHORITY.get(kind, "区人民政府")}
    return row | more


def _zoned(scene: Scene, code: str, kind: str, name: str, area: Polygon) -> list[Row]:
    """A reserve, scenic area or heritage site by its zones: the core, what lies around it, and a site's buffer."""
    core = _largest(area.buffer(-CORE_M).simplify(4.0))
    if core is None:
        return [_zone(code, kind, name, area, zone="general")]
    rows = [_zone(code, kind, f"{name}核心区", core, zone="core")]
    rest = _largest(area.difference(core.buffer(0.5)))
    if rest is not None:
        rows.append(_zone(code, kind, f"{name}一般控制区", rest, zone="general"))
    if kind == "world_heritage":
        ring = _largest(area.buffer(HERITAGE_RING_M).intersection(scene.inner[code]).difference(area.buffer(0.5)))
        if ring is not None:
            rows.append(_zone(code, kind, f"{name}缓冲区", ring, zone="buffer"))
    return rows


def _largest(shape: shapely.Geometry) -> Polygon | None:
    """The largest polygon of a shape to the decimetre, none when nothing of size is left."""
    parts = [part for part in shapely.get_parts(shapely.set_precision(shape, 0.1)) if part.geom_type == "Polygon"]
    found = max(parts, key=lambda part: part.area, default=None)
    return found if found is not None and found.area > 50_000 else None


def _drinking(scene: Scene, intakes: gpd.GeoDataFrame, reservoirs: gpd.GeoDataFrame) -> list[Row]:
    rows: list[Row] = []
    water = reservoirs.set_index("id").geometry
    rings = (
        ("drinking_source_1", "一级保护区", 0.0),
        ("drinking_source_2", "二级保护区", 1.0),
        ("drinking_source_quasi", "准保护区", 2.6),
    )
    sources = intakes[intakes["drinking_source"] & intakes["centralised"]].drop_duplicates("geometry")
    for source in sources.itertuples():
        inner = scene.inner[source.township]
        core = water[source.reservoir].buffer(150.0) if source.kind == "reservoir" else source.geometry.buffer(240.0)
        step = 450.0 if source.kind == "reservoir" else 700.0
        before: shapely.Geometry = Polygon()
        for kind, word, times in rings[: 3 if source.people > 9000 else 2]:
            ring = core.buffer(step * times).simplify(4.0)
            area = tidy(ring.difference(before), within=inner)
            rows.append(_zone(source.township, kind, f"{source.name}{word}", area, intake=source.id))
            before = ring
    scattered = intakes[intakes["drinking_source"] & ~intakes["centralised"] & intakes["kind"].isin(["spring", "well"])]
    for source in scattered.iloc[::2].itertuples():
        area = tidy(
            source.geometry.buffer(50.0 if source.kind == "well" else 90.0), within=scene.inner[source.township]
        )
        rows.append(_zone(source.township, "decentralised_source", f"{source.name}保护范围", area, intake=source.id))
    return rows


def _along_rivers(scene: Scene) -> list[Row]:
    rows: list[Row] = []
    polygons = [scene.polygons[code] for code in scene.codes]
    for river in scene.rivers.itertuples():
        if river.rank == "stream" and river.basin_area_m2 < 30e6:
            continue
        for kind, word, reach in zip(
            ("river_management", "flood"), ("管理范围", "洪水淹没范围"), _MAIN_RANGE_M[river.rank], strict=True
        ):
            if reach == 0:
                continue
            band = river.geometry.buffer(reach).simplify(8.0)
            for code, polygon in zip(scene.codes, polygons, strict=True):
                parts = [
                    p
                    for p in shapely.get_parts(band.intersection(polygon.buffer(-2.0)))
                    if p.geom_type == "Polygon" and p.area > 20_000
                ]
                for part in parts:
                    more: Row = {"river": river.id}
                    if kind == "flood":
                        years = 50.0 if scene.urban_people[code] > 20_000 else 20.0
                        level = scene.height_at(*shapely.get_coordinates(part.representative_point())[0])
                        more |= {"return_period_years": years, "design_level_m": round(level + 6, 1)}
                    area = tidy(part, within=polygon.buffer(-2.0))
                    rows.append(_zone(code, kind, f"{river.name}{scene.names[code]}段{word}", area, **more))
    return rows


def _on_the_land(scene: Scene, built: shapely.Geometry) -> list[Row]:
    weights = _weights(scene)
    rows: list[Row] = []
    for kind, word, area_m2, each, where in _GROWN + _SMALL:
        random, price = numbers(f"zones {kind}"), 3.0 / (0.15 + weights[where])
        small = (kind, word, area_m2, each, where) in _SMALL
        for code in scene.codes:
            count = int(each) + (random.random() < each % 1)
            places = spots(scene, code, count=count, weight=weights[where] + 1e-9, apart_m=2500, random=random)
            for number, place in enumerate(places, start=1):
                size = min(area_m2 * random.uniform(0.5, 1.6), scene.polygons[code].area * 0.3)
                if small:
                    area = blob(place, size, within=scene.inner[code], random=random)
                else:
                    area = grow(
                        scene, place, code=code, area_m2=size, cost=price, taken=built if kind in _UNBUILT else None
                    )
                grade = str(random.choice(["high", "medium", "low"])) if kind.startswith(("geo_", "debris")) else None
                name = f"{scene.names[code]}示意{numeral(number)}号{word}"
                if kind == "nature_reserve" and any(row["kind"] == kind for row in rows):
                    rows += _zoned(scene, code, kind, name, area)
                else:  # the first reserve was approved before reserves had zones
                    rows.append(_zone(code, kind, name, area, grade=grade))
    return rows


def _weights(scene: Scene) -> dict[str, np.ndarray]:
    height, slope, cover = scene.height, scene.slope, scene.cover
    return {
        "wild": np.isin(cover, (4, 5)) * np.clip(height / 1200, 0.1, 1.5),
        "fields": np.isin(cover, (1, 2)) * np.exp(-slope * 4),
        "karst": 0.2 * np.isin(cover, (4, 5)) + 3.0 * (cover == 10),
        "steep": np.clip(slope - 0.3, 0, 1.0) * 2,
        "high": np.clip((height - 900) / 500, 0, 2),
        "low": np.exp(-scene.river_m / 700) * np.exp(-slope * 4),
    }
