"""Townships and rivers as layers, and the areas people plan by: town areas, parks and scenic areas."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import LineString, Polygon

from data.make.facts import numbers, table
from data.make.frames import frame, identifier
from data.make.land.grid import GRID
from data.make.places.placing import grow, tidy
from data.make.places.towns import Town
from data.make.scene import Scene

if TYPE_CHECKING:
    from data.make.land.ground import Ground

_KINDS = {"街道": "subdistrict", "镇": "town", "乡": "township", "民族乡": "ethnic_township"}
WIDTH_M = 5.5  # of a river with 1 m³/s; wider with the root of its flow
CODE_LIST = "国家统计局统计用区划代码"
# name, township, lon/lat offset from the seat in m, area in m², grade, visitors a year, world heritage
SCENIC = (
    ("天生三桥片区(示意)", "500156003", (3800, -700), 9_500_000, "a5", 2_600_000, True),
    ("仙女山草场片区(示意)", "500156003", (-1500, 5200), 12_000_000, "a5", 3_100_000, False),
    ("芙蓉洞片区(示意)", "500156102", (1500, -3000), 4_200_000, "a5", 900_000, True),
    ("芙蓉江片区(示意)", "500156202", (2200, 1200), 8_800_000, "a4", 420_000, False),
    ("白马山片区(示意)", "500156101", (-4200, -5200), 10_500_000, "a4", 760_000, False),
    ("后坪天坑片区(示意)", "500156208", (2500, -1500), 5_600_000, "a4", 180_000, True),
    ("龙水峡片区(示意)", "500156003", (5200, -2600), 3_100_000, "a5", 700_000, False),
    ("示意乡村公园", "500156112", (900, 1500), 1_600_000, "a3", 260_000, False),
    ("示意湿地公园", "500156105", (1800, -900), 900_000, "other", 80_000, False),
)


def make_townships(ground: Ground) -> gpd.GeoDataFrame:
    """The units of today and those that have gone, each with its successor."""
    facts, rows = table("townships").set_index("code"), []
    for row in ground.townships.sort_values("code").itertuples():
        gone = pd.notna(row.valid_to)
        known = pd.notna(row.area_km2)
        rows.append(
            {
                "code": row.code, "name": row.name, "short_name": row.short_name, "kind": _KINDS[row.kind],
                "aliases": row.aliases if pd.notna(row.aliases) else None, "code_list": CODE_LIST,
                "successor": facts.loc[row.code, "part_of"] if gone else None,
                "valid_from": row.valid_from, "valid_to": row.valid_to,
                "area_official_m2": row.area_km2 * 1e6 if known else None,
                "area_source": row.area_source if known else None,
                "area_year": 2021 if known and "2021" in str(row.area_source) else None, "geometry": row.geometry,
            }
        )  # fmt: skip
    return frame("townships", rows)


def make_rivers(ground: Ground) -> gpd.GeoDataFrame:
    """The rivers with levels from the relief; every one ends no higher than it begins."""
    ids = {name: identifier("RIV", number) for number, name in enumerate(ground.rivers["name"], start=1)}
    heights, rows = ground.elevation.values.ravel(), []
    for river in ground.rivers.itertuples():
        line = river.geometry if river.geometry.geom_type == "LineString" else _joined(river.geometry)
        upper, lower = (float(heights[GRID.cells(np.array([line.coords[end]]))[0]]) for end in (0, -1))
        flow = river.basin_km2 * 0.0185
        rows.append(
            {
                "id": ids[river.name], "name": river.name,
                "rank": {1: "main", 2: "tributary", 3: "tributary"}.get(int(river.grade), "stream"),
                "flows_into": ids.get(river.into), "length_m": round(line.length, 1),
                "width_m": round(WIDTH_M * flow**0.5, 1),
                "basin_area_m2": river.basin_km2 * 1e6, "upper_m": round(max(upper, lower), 1),
                "lower_m": round(min(upper, lower), 1), "mean_flow_m3_per_s": round(flow, 2),
                "ecological_flow_m3_per_s": round(flow * 0.1, 3),
                "target_class": "class_2" if int(river.grade) in (2, 4) else "class_3",
                "yangtze_tributary": int(river.grade) <= 3,
                "important_tributary": river.basin_km2 >= 10_000 and int(river.grade) == 1,
                "geometry": shapely.set_precision(line, 0.01) if line.is_valid else line,
            }
        )  # fmt: skip
    return frame("rivers", rows)


def _joined(lines: shapely.MultiLineString) -> LineString:
    """The longest piece of a river that the district's border cuts."""
    return max(shapely.get_parts(lines), key=lambda part: part.length)


def make_urban_areas(scene: Scene, towns: dict[str, Town]) -> gpd.GeoDataFrame:
    """The built-up area of every seat; where a town grows, a new district beside it and renewal inside it."""
    rows, random = [], numbers("urban areas")
    cost = np.minimum(scene.slope / 0.2, 8) + 6 * (scene.river_m < 130)
    for code, town in towns.items():
        people = scene.urban_people[code]
        parts = [("built_up", town.area, people)]
        if people > 5000:
            start = town.corners[int(random.integers(len(town.corners)))]
            wide = grow(scene, start, code=code, area_m2=town.area.area * 1.7, cost=cost)
            fresh = tidy(wide.difference(town.area.buffer(8)), within=scene.inner[code])
            if fresh.area > 60_000:
                parts.append(("new_district", fresh, round(fresh.area / 160)))
            old = grow(scene, scene.seats[code], code=code, area_m2=town.area.area * 0.22, cost=cost)
            parts.append(("renewal", tidy(old, within=town.area), round(people * 0.25)))
        for kind, area, count in parts:
            number = len(rows) + 1
            rows.append(_urban(scene, code, kind, area, count, number=number, random=random))
    return frame("urban_areas", rows)


def _urban(
    scene: Scene, code: str, kind: str, area: Polygon, people: int, *, number: int, random: np.random.Generator
) -> dict[str, object]:
    words = {"built_up": "建成区", "new_district": "示意新区", "renewal": "示意旧城改造片区"}
    year = {
        "built_up": 1998,
        "new_district": int(random.integers(2014, 2025)),
        "renewal": int(random.integers(2017, 2025)),
    }[kind]
    roof, paved, green = (
        round(area.area * share, -2) for share in ((0.24, 0.3, 0.22) if kind != "new_district" else (0.2, 0.24, 0.33))
    )
    return {
        "id": identifier("URB", number), "name": f"{scene.names[code]}{words[kind]}", "township": code, "kind": kind,
        "status": "built" if kind == "built_up" or year < 2020 else str(random.choice(["under_way", "planned"])),
        "approved": date(year, int(random.integers(1, 13)), 15),
        "completed": date(year + 3, 12, 20) if year < 2020 and kind != "built_up" else None, "lead": "housing",
        "people": people, "roof_area_m2": roof, "paved_area_m2": paved,
        "permeable_area_m2": round(area.area * (0.02 if kind == "built_up" else 0.08), -2), "green_area_m2": green,
        "control_rate_share": None if kind == "built_up" else 0.75 if kind == "new_district" else 0.7,
        "rain_storage_m3": float(random.integers(0, 9) * (60 if kind == "built_up" else 150)),
        "geometry": area,
    }  # fmt: skip


def make_industrial_parks(scene: Scene, ground: Ground) -> gpd.GeoDataFrame:
    """The four groups of the park on the lowest and flattest ground at their places."""
    trades = {
        "500156101": "装备制造、新材料、食品加工",
        "500156107": "建材、绿色加工",
        "500156108": "食品饮料、轻纺",
        "500156105": "农产品加工、机械配件",
    }
    rows, random = [], numbers("industrial parks")
    for number, park in enumerate(ground.parks.itertuples(), start=1):
        code, place = park.township, np.array([park.geometry.x, park.geometry.y])
        base = scene.height_at(*place)
        cost = np.minimum(scene.slope / 0.15, 8) + np.maximum(scene.height - base, 0) / 25 + 6 * (scene.cover == 6)
        area = grow(scene, place, code=code, area_m2=park.planned_km2 * 1e6, cost=cost)
        output = float(round(2_744_000_000 * park.planned_km2 / 11.5 * random.uniform(0.9, 1.1), -5))
        rows.append(
            {
                "id": identifier("PK", number), "name": f"武隆工业园区{park.name}", "township": code,
                "level": "municipal",
                "planned_area_m2": park.planned_km2 * 1e6, "built_area_m2": round(park.planned_km2 * 0.35, 2) * 1e6,
                "industries": trades[code], "firms": round(50 * park.planned_km2 / 11.5),
                "large_firms": round(25 * park.planned_km2 / 11.5), "workers": round(3900 * park.planned_km2 / 11.5),
                "output_yuan": output, "value_added_yuan": round(output * 0.27, -4),
                "reuse_share": round(float(random.uniform(0.55, 0.84)), 2),
                "renovation": ["under_way", "none", "planned", "none"][number - 1],
                "approved": date(2003 + 2 * number, 6, 30), "operator": "区工业园区", "geometry": area,
            }
        )  # fmt: skip
    return frame("industrial_parks", rows)


def make_scenic_areas(scene: Scene) -> gpd.GeoDataFrame:
    """Scenic areas near the places they are known for, names marked as illustrative."""
    rows, random = [], numbers("scenic areas")
    cost = np.where(np.isin(scene.cover, (4, 5, 10)), 0.2, 1.5)
    for number, (name, code, offset, area_m2, grade, visitors, heritage) in enumerate(SCENIC, start=1):
        start = scene.seats[code] + offset
        if not scene.inner[code].contains(shapely.Point(start)):
            start = shapely.get_coordinates(
                shapely.ops.nearest_points(scene.inner[code].buffer(-400), shapely.Point(start))[0]
            )[0]
        area = grow(scene, start, code=code, area_m2=area_m2, cost=cost)
        rows.append(
            {
                "id": identifier("SCN", number), "name": name, "township": code, "grade": grade,
                "visitors_per_year": visitors, "area_m2": round(area.area, -2),
                "water_area_m2": float(random.integers(0, 9) * 2500),
                "green_area_m2": float(random.integers(4, 30) * 1000),
                "source": "surface" if number % 3 else "public_network",
                "use_m3_per_year": round(visitors * 0.06 + 8000, -2), "world_heritage": heritage,
                "operator": "景区管理机构", "geometry": area,
            }
        )  # fmt: skip
    return frame("scenic_areas", rows)
