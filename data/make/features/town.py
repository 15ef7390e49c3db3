"""What stands in the towns: estates, public institutions, green spaces, car washes, and the large water users."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import geopandas as gpd
import numpy as np
import shapely
from shapely import Point, Polygon

from data.make.facts import numbers
from data.make.frames import frame, identifier, numeral
from data.make.places.placing import blob, inside, tidy
from data.make.places.towns import Town
from data.make.scene import Scene

_INSTITUTIONS = (
    ("government", "示意{}号机关", 70, 12), ("school", "示意{}小学", 620, 34), ("school", "示意{}中学", 1350, 48),
    ("hospital", "示意{}卫生院", 160, 95), ("culture", "示意{}文化站", 60, 16), ("welfare", "示意{}敬老院", 70, 42),
    ("transport", "示意{}客运站", 240, 8),
)  # fmt: skip


def room_in(scene: Scene, town: Town, *, count: int, area_m2: float, random: np.random.Generator) -> Iterator[Polygon]:
    """`count` places in a town that do not overlap: its blocks in random order, then free patches between."""
    used: list[Polygon] = []
    for number in random.permutation(len(town.blocks))[:count]:
        used.append(town.blocks[number])
        yield used[-1]
    for _ in range(200):
        if len(used) >= count:
            return
        centre = inside(town.area, count=1, random=random)[0]
        patch = blob(centre, area_m2 * random.uniform(0.5, 1.1), within=town.area.buffer(-8), random=random)
        if patch.area > area_m2 * 0.25 and all(patch.distance(other) > 6 for other in used):
            used.append(patch)
            yield patch


def share_out(scene: Scene, towns: dict[str, Town]) -> dict[str, dict[str, list[Polygon]]]:
    """The blocks of every town by what stands in them: estates, green spaces, institutions and business."""
    plots = {}
    for code, town in towns.items():
        random, people = numbers(f"plots {code}"), scene.urban_people[code]
        wanted = {
            "estate": max(1, round(people / 1400)),
            "green": max(1, round(people / 2100)),
            "public": max(2, round(people / 2600)),
        }
        places = list(
            room_in(scene, town, count=sum(wanted.values()) + max(1, people // 4000), area_m2=7000, random=random)
        )
        plots[code] = {}
        for kind, number in wanted.items():
            plots[code][kind], places = places[:number], places[number:]
        plots[code]["business"] = places or [town.area]
    return plots


def surfaces(area_m2: float, *, roof: float, green: float, permeable: float = 0.04) -> dict[str, float]:
    """The land of a site by kind of surface, to 10 m²; what is left is paved."""
    parts = {
        "roof_area_m2": roof,
        "green_area_m2": green,
        "permeable_area_m2": permeable,
        "paved_area_m2": 1 - roof - green - permeable,
    }
    return {name: float(round(area_m2 * share, -1)) for name, share in parts.items()}


def make_estates(scene: Scene, plots: dict[str, dict[str, list[Polygon]]], zones: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Residential estates; those before 2000 are old and some of them under renovation."""
    rows = []
    for code, kinds in plots.items():
        random = numbers(f"estates {code}")
        for number, area in enumerate(kinds["estate"], start=1):
            year = int(random.integers(1984, 2025))
            households = max(12, round(area.area * random.uniform(0.014, 0.026)))
            old, green = year < 2000, year > 2014 and random.random() < 0.45
            renovation = (
                str(random.choice(["none", "planned", "under_way", "done"], p=[0.3, 0.3, 0.15, 0.25]))
                if old
                else "none"
            )
            managed = bool(random.random() < (0.35 if old else 0.93))
            people, begun = round(households * 2.65), int(random.integers(2019, 2025))
            rows.append(
                {
                    "id": identifier("EST", len(rows) + 1), "name": f"{scene.names[code]}示意{numeral(number)}小区",
                    "township": code, "households": households, "people": people,
                    "floor_area_m2": float(households * 98), "managed": managed,
                    **surfaces(area.area, roof=0.26, green=0.22 if old else 0.34, permeable=0.02 if old else 0.09),
                    "central_supply": True, "green_ecological": green, "renovation": renovation,
                    "renovation_approved": date(begun, 4, 12) if renovation != "none" else None,
                    "approved": date(year - 2, int(random.integers(1, 13)), 10), "built_year": year,
                    "rain_storage_m3": float(random.integers(3, 30) * 10) if green and random.random() < 0.7 else 0.0,
                    "dual_pipes": green and bool(random.random() < 0.3), "secondary_supply": households > 160,
                    "supply_zone": zone_at(zones, area.representative_point()),
                    "use_m3_per_year": float(round(people * 40.5, -1)), "geometry": area,
                }
            )  # fmt: skip
    return frame("residential_estates", rows)


def zone_at(zones: gpd.GeoDataFrame, place: Point) -> str:
    """The id of the supply zone a place lies in or is nearest to."""
    return str(zones.iloc[int(zones.distance(place).to_numpy().argmin())]["id"])


def make_institutions(
    scene: Scene, plots: dict[str, dict[str, list[Polygon]]], zones: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Public institutions; every township has an office, a school and a clinic."""
    rows = []
    for code, kinds in plots.items():
        random = numbers(f"institutions {code}")
        count = max(4, round(scene.urban_people[code] / 2500))
        seen: dict[str, int] = {}
        for number in range(count):
            kind, name, people, litres = _INSTITUTIONS[
                number % 4 if number < 4 else int(random.integers(len(_INSTITUTIONS)))
            ]
            area = kinds["public"][number % len(kinds["public"])]
            seen[name] = seen.get(name, 0) + 1
            many = max(
                8, round(people * random.uniform(0.6, 1.5) * (1.5 if scene.urban_people[code] > 20_000 else 0.8))
            )
            ground = area.area * random.uniform(0.5, 1.0)
            floor = float(
                round(many * {"government": 34, "school": 9, "hospital": 75, "transport": 20}.get(kind, 28), -1)
            )
            rows.append(
                {
                    "id": identifier("INS", len(rows) + 1),
                    "name": scene.names[code] + name.format(numeral(seen[name])), "township": code, "kind": kind,
                    "people": many, "boarders": round(many * 0.4) if name == "示意{}中学" else 0,
                    "beds": round(many * 0.5) if kind in ("hospital", "welfare") else 0, "floor_area_m2": floor,
                    **surfaces(ground, roof=0.3, green=0.28, permeable=0.05), "large_building": floor > 20_000,
                    "dual_pipes": floor > 20_000 and bool(random.random() < 0.2),
                    "rain_storage_m3": float(random.integers(0, 8) * 25) if random.random() < 0.25 else 0.0,
                    "use_m3_per_year": float(round(many * litres * 0.365 * random.uniform(0.75, 1.35) * 0.8, -1)),
                    "supply_zone": zone_at(zones, area.representative_point()),
                    "water_sector": kind == "government" and number == 0 and code in ("500156001", "500156002"),
                    "approved": date(int(random.integers(1985, 2023)), 9, 1),
                    "built_year": int(random.integers(1987, 2024)),
                    "geometry": Point(inside(area, count=1, random=random)[0]),
                }
            )  # fmt: skip
    return frame("public_institutions", rows)


def make_green_spaces(scene: Scene, plots: dict[str, dict[str, list[Polygon]]]) -> gpd.GeoDataFrame:
    """Parks, squares and other greens of the towns."""
    rows, words = [], {"park": "公园", "square": "广场绿地", "protective": "防护绿地", "attached": "附属绿地"}
    for code, kinds in plots.items():
        random = numbers(f"green spaces {code}")
        for number, plot in enumerate(kinds["green"], start=1):
            area = tidy(plot.buffer(-float(random.uniform(0, 12))), within=plot)
            kind = str(random.choice(list(words), p=[0.35, 0.25, 0.2, 0.2]))
            year = int(random.integers(1996, 2025))
            rows.append(
                {
                    "id": identifier("GRN", len(rows) + 1),
                    "name": f"{scene.names[code]}示意{numeral(number)}号{words[kind]}", "township": code, "kind": kind,
                    "area_m2": round(area.area, 1),
                    "watered_area_m2": round(area.area * random.uniform(0.5, 0.9), -1),
                    "public": kind in ("park", "square"),
                    "lawn": "warm_season" if random.random() < 0.7 else "cool_season",
                    "care_grade": str(random.choice(["special", "grade_1", "grade_2"], p=[0.1, 0.5, 0.4])),
                    "source": "public_network" if random.random() < 0.85 else "rain",
                    "rain_storage_m3": float(random.integers(2, 25) * 10 * (year > 2017 and random.random() < 0.4)),
                    "approved": date(year, int(random.integers(1, 13)), 20), "built_year": year,
                    "operator": "区城市园林绿化所", "geometry": area,
                }
            )  # fmt: skip
    return frame("green_spaces", rows)


def make_car_washes(scene: Scene, plots: dict[str, dict[str, list[Polygon]]]) -> gpd.GeoDataFrame:
    """Car washes where towns are large enough."""
    rows, litres = [], {"high_pressure": 50, "recycled": 25, "wipe": 12}
    for code, kinds in plots.items():
        random = numbers(f"car washes {code}")
        for number in range(1, 1 + round(scene.urban_people[code] / 4200)):
            method, cars = str(random.choice(list(litres), p=[0.6, 0.28, 0.12])), int(random.integers(12, 95))
            plot = kinds["business"][number % len(kinds["business"])]
            rows.append(
                {
                    "id": identifier("CW", len(rows) + 1), "name": f"{scene.names[code]}示意{numeral(number)}洗车场",
                    "township": code, "method": method, "bays": max(1, cars // 18), "cars_per_day": cars,
                    "buses": bool(random.random() < 0.15), "source": "public_network",
                    "use_m3_per_year": round(cars * litres[method] * 0.34, 1),
                    "registered": date(int(random.integers(2012, 2025)), 5, 8),
                    "geometry": Point(inside(plot, count=1, random=random)[0]),
                }
            )  # fmt: skip
    return frame("car_wash_sites", rows)


def all_areas(towns: dict[str, Town]) -> Polygon:
    """The built-up areas together."""
    return shapely.union_all([town.area for town in towns.values()])
