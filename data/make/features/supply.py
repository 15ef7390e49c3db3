"""Water supply: intakes, waterworks and the zones they serve."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import Point, Polygon

from data.make.facts import numbers
from data.make.features.fields import CITY
from data.make.features.reservoirs import away_from_seats, promised_m3
from data.make.frames import frame, identifier, numeral
from data.make.land.grid import GRID
from data.make.places.placing import grow, spots, tidy
from data.make.places.towns import Town
from data.make.scene import Scene

USED_SHARE = {"geothermal": 0.35}  # of what other intakes use of their permits


def make_waterworks(scene: Scene, towns: dict[str, Town], villages: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """A waterworks above each town, two more for the city's growth, their intakes still to be named."""
    random, rows = numbers("waterworks"), []
    for code in scene.codes:
        for extra in range(2 if code in CITY else 1):
            place = _above(scene, code, towns[code].area, apart=extra * 700.0)
            urban = scene.urban_people[code]
            people = int(villages.loc[villages["waterworks"] == identifier("WKS", len(rows) + 1), "people"].sum())
            capacity = max(300, round(people * 0.21 * 1.35, -2))
            city = code in CITY
            rows.append(
                {
                    "id": identifier("WKS", len(rows) + 1), "name": f"{scene.names[code]}示意{numeral(extra + 1)}水厂",
                    "township": code, "level": "urban" if city else "town" if urban > 2000 else "village",
                    "capacity_m3_per_day": float(capacity),
                    "supply_m3_per_day": float(round(capacity * random.uniform(0.6, 0.88), -1)),
                    "intake": identifier("INT", len(rows) + 1),
                    "outlet_pressure_mpa": round(float(random.uniform(0.32, 0.62)), 2),
                    "elevation_m": scene.height_at(*place), "people": people,
                    "process": "conventional" if urban > 2000 else str(random.choice(["membrane", "slow_sand"])),
                    "built_year": int(random.integers(1988, 2021)), 
                    "operator": "区自来水公司" if urban > 2000 else "村镇供水站",
                    "geometry": Point(place),
                }
            )  # fmt: skip
    return frame("waterworks", rows)


def _above(scene: Scene, code: str, area: Polygon, *, apart: float) -> np.ndarray:
    """The best place for a waterworks: some 70 m above the seat, near it, not steep, outside the town."""
    cells = scene.cells_of(code)
    points = GRID.points(cells)
    away = np.hypot(*(points - scene.seats[code]).T)
    seat = scene.height_at(*scene.seats[code])
    score = np.abs(scene.height.ravel()[cells] - seat - 70) / 40 + np.abs(away - 1100 - apart) / 500
    score += scene.slope.ravel()[cells] * 4
    allowed = shapely.contains_xy(scene.inner[code].buffer(-40), points) & ~shapely.contains_xy(area.buffer(60), points)
    return np.round(points[np.argmin(np.where(allowed, score, np.inf))], 1)


def make_intakes(scene: Scene, works: gpd.GeoDataFrame, features: Mapping[str, gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """An intake for each waterworks, then scattered wells and springs, farm and factory intakes and mine water."""
    random, rows = numbers("intakes"), []
    left = _left_in_reservoirs(features)
    for plant in works.itertuples():
        rows.append(_works_intake(scene, plant, features["reservoirs"], left, random))
    alone = features["villages"].query("supply in ('small', 'scattered')").groupby("township")["people"].sum()
    low, high = np.exp(-scene.river_m / 400), np.exp(-scene.slope * 5) * (scene.river_m > 500)
    kinds = [("spring", "domestic", 2, high), ("well", "domestic", 1, high), ("river", "irrigation", 1, low)]
    for code in scene.codes:
        for kind, use, count, weight in kinds:
            for place in spots(scene, code, count=count, weight=weight + 1e-9, apart_m=1500, random=random):
                people = round(alone.get(code, 0) / 3) if use == "domestic" else 0
                permitted = None if use == "domestic" else float(random.integers(20, 60) * 1000)
                rows.append(_intake(scene, code, place, kind, use, people=people, random=random, permitted=permitted))
    extra = (
        ("500156101", "river", "industry", 3_600_000), ("500156108", "mine_water", "industry", 420_000),
        ("500156107", "river", "industry", 900_000), ("500156104", "mine_water", "industry", 180_000),
        ("500156004", "geothermal", "service", 520_000), ("500156105", "mine_water", "industry", 260_000),
        ("500156102", "river", "power", 12_000_000), ("500156003", "geothermal", "service", 90_000),
    )  # fmt: skip
    for code, kind, use, permitted in extra:
        place = spots(scene, code, count=1, weight=low + 1e-9, apart_m=1, random=random)[0]
        rows.append(_intake(scene, code, place, kind, use, people=0, random=random, permitted=float(permitted)))
    for number, row in enumerate(rows, start=1):
        row["id"] = identifier("INT", number)
        row["permit_number"] = f"示意取水{number:04d}"
    return frame("water_intakes", rows)


def _left_in_reservoirs(features: Mapping[str, gpd.GeoDataFrame]) -> dict[str, float]:
    """What each reservoir may still promise in m³ a year after its irrigation districts."""
    taken = features["irrigation_districts"].groupby("reservoir")["intake_m3_per_year"].sum() * 1.05 + 1000
    return {place.id: promised_m3(place) - taken.get(place.id, 0.0) for place in features["reservoirs"].itertuples()}


def _works_intake(
    scene: Scene,
    plant: object,
    reservoirs: gpd.GeoDataFrame,
    left: dict[str, float],
    random: np.random.Generator,
) -> dict[str, object]:
    code = plant.township
    permitted = float(round(plant.capacity_m3_per_day * 365, -3))
    own = reservoirs[(reservoirs["township"] == code) & reservoirs["drinking_source"]]
    own = own[own["id"].map(left) >= permitted]
    if len(own):
        source = own.iloc[0]
        left[source["id"]] -= permitted
        place, kind = shapely.get_coordinates(source.geometry.representative_point())[0], "reservoir"
    else:
        weight = np.exp(-scene.river_m / 250) * away_from_seats(scene, 2200) + 1e-9
        place, source = spots(scene, code, count=1, weight=weight**2, apart_m=1, random=random)[0], None
        kind = "river" if scene.river_m.ravel()[GRID.cells(place[None, :])[0]] < 1200 else "spring"
    row = _intake(
        scene, code, np.round(place, 1), kind, "domestic", people=int(plant.people), random=random, permitted=permitted
    )
    return row | {
        "centralised": True,
        "name": f"{plant.name}取水口",
        "reservoir": None if source is None else source["id"],
    }


def _intake(
    scene: Scene,
    code: str,
    place: np.ndarray,
    kind: str,
    use: str,
    *,
    people: int,
    random: np.random.Generator,
    permitted: float | None = None,
) -> dict[str, object]:
    names = {
        "river": "河道取水口",
        "reservoir": "水库取水口",
        "well": "水井",
        "spring": "山泉",
        "geothermal": "地热井",
        "mine_water": "矿井水点",
    }
    permitted = float(people * 45) if permitted is None else permitted
    river = (
        scene.rivers.iloc[int(scene.rivers.distance(Point(place)).to_numpy().argmin())]["id"]
        if kind == "river"
        else None
    )
    drawn = int(random.integers(2018, 2024))
    year = 2020 if drawn == 2018 else 2022 + drawn % 3  # one in six has run out and is not renewed yet
    return {
        "name": f"{scene.names[code]}示意{names[kind]}{numeral(int(random.integers(1, 99)))}", "township": code,
        "kind": kind, "use": use, "drinking_source": use == "domestic", "centralised": people >= 1000,
        "people": people, "permit_from": f"{year}-06-01", "permit_to": f"{year + 5}-05-31",
        "permitted_m3_per_year": permitted,
        "use_m3_per_year": float(round(permitted * random.uniform(0.5, 0.9) * USED_SHARE.get(kind, 1.0), -2)),
        "river": river, "metered": permitted > 100_000 or bool(random.random() < 0.4),
        "online_meter": permitted >= 500_000, "elevation_m": scene.height_at(*place), "geometry": Point(place),
    }  # fmt: skip


def make_supply_zones(scene: Scene, towns: dict[str, Town], works: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The area around each waterworks' town that it serves; where a town has two, its halves."""
    cost, rows, random = np.minimum(scene.slope / 0.3, 5), [], numbers("supply zones")
    for code in scene.codes:
        town, own = towns[code].area, works[works["township"] == code]
        whole = grow(scene, scene.seats[code], code=code, area_m2=town.area * 1.9 + 400_000, cost=cost)
        whole = tidy(whole.union(town), within=scene.inner[code])
        for plant, part in zip(own.itertuples(), _divided(whole, len(own)), strict=True):
            people = int(plant.people)
            rows.append(
                {
                    "id": identifier("SZ", len(rows) + 1), "name": f"{plant.name}供水区", "township": code,
                    "waterworks": plant.id, "people": people, "households": round(people / 2.7),
                    "connections": round(people / 3.4), "pressure_mpa": round(float(random.uniform(0.28, 0.58)), 2),
                    "household_metered_share": round(float(random.uniform(0.55, 0.98)), 2),
                    "spare_m3_per_day": round(plant.capacity_m3_per_day - plant.supply_m3_per_day, 1),
                    "operator": plant.operator, "geometry": part,
                }
            )  # fmt: skip
    return frame("supply_zones", rows)


def _divided(area: Polygon, count: int) -> list[Polygon]:
    """`area` in `count` pieces side by side, by places spread over it."""
    if count < 2:
        return [area]
    inside = [p for p in GRID.points(np.arange(GRID.rows * GRID.columns)[_window(area)]) if area.contains(Point(p))]
    seeds = [inside[0]]
    while len(seeds) < min(count, len(inside)):
        seeds.append(max(inside, key=lambda p: min(np.hypot(*(p - s)) for s in seeds)))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(np.array(seeds)), extend_to=area))
    pieces = [tidy(cell, within=area) for cell in cells]
    return sorted(pieces, key=lambda piece: (round(piece.centroid.x, 1), round(piece.centroid.y, 1)))


def _window(area: Polygon) -> np.ndarray:
    x, y = np.broadcast_arrays(*GRID.centres())
    west, south, east, north = area.bounds
    return ((x > west) & (x < east) & (y > south) & (y < north)).ravel()


def make_pipeline_zones(scene: Scene, towns: dict[str, Town], zones: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Parts of the built-up areas whose pipes are renewed together; length and age follow from the mains."""
    rows, random = [], numbers("pipeline zones")
    for code, town in towns.items():
        pieces = _divided(town.area, max(1, round(town.area.area / 420_000)))
        own = zones[zones["township"] == code]
        for number, piece in enumerate(pieces, start=1):
            people = round(scene.urban_people[code] * piece.area / sum(p.area for p in pieces))
            zone = own.iloc[int(own.distance(piece.representative_point()).to_numpy().argmin())]["id"]
            rows.append(
                {
                    "id": identifier("PZ", len(rows) + 1), "name": f"{scene.names[code]}示意{numeral(number)}片区",
                    "township": code, "supply_zone": zone,
                    "pressure_mpa": round(float(random.uniform(0.25, 0.62)), 2), "people": people,
                    "households": round(people / 2.7), "connections": max(5, round(people / 3.4)),
                    "household_metered_share": round(float(random.uniform(0.5, 0.98)), 2),
                    "hospital_or_school": bool(random.random() < 0.4), "estate_renewal": bool(random.random() < 0.3),
                    "road_works": bool(random.random() < 0.15), "landslide": bool(random.random() < 0.12),
                    "geometry": piece,
                }
            )  # fmt: skip
    return frame("pipeline_zones", rows)


def with_irrigation(
    scene: Scene, intakes: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, reservoirs: gpd.GeoDataFrame
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """The intakes with one more for each irrigation district that holds a permit, and the districts naming theirs.

    Ponds need no permit; of the small districts on a reservoir every other takes without one of its own.
    """
    water, rows, named = reservoirs.set_index("id").geometry, [], {}
    for number, place in enumerate(districts.itertuples()):
        fed, small = pd.notna(place.reservoir), place.scale == "small" and number % 2 == 0
        if place.source_kind == "pond" or (small and fed):
            continue
        at, river = place.geometry.representative_point(), None
        if fed:
            at = water[place.reservoir].representative_point()
        elif place.source_kind in ("river", "lift"):
            near = scene.rivers[scene.rivers.distance(place.geometry) < 2500]
            river = (near if len(near) else scene.rivers).sort_values("mean_flow_m3_per_s").iloc[-1]
            line = river.geometry.intersection(scene.inner[place.township])
            at = at if line.is_empty else shapely.ops.nearest_points(line, place.geometry)[0]
        named[place.id] = identifier("INT", len(intakes) + len(rows) + 1)
        wanted = float(np.ceil(place.intake_m3_per_year * 1.05 / 1000) * 1000)
        x, y = np.round(shapely.get_coordinates(at)[0], 1)
        rows.append(
            {
                "id": named[place.id], "name": f"{place.name}取水口", "township": place.township,
                "kind": "reservoir" if fed else "spring" if river is None else "river",
                "use": "irrigation", "drinking_source": False, "centralised": False, "people": 0,
                "permit_number": f"示意取水{len(intakes) + len(rows) + 1:04d}", "permit_from": "2022-06-01",
                "permit_to": "2032-05-31", "permitted_m3_per_year": wanted,
                "use_m3_per_year": float(place.intake_m3_per_year), "river": None if river is None else river["id"],
                "reservoir": place.reservoir if fed else None, "metered": place.metered,
                "online_meter": bool(place.monitored),
                "elevation_m": scene.height_at(x, y), "geometry": Point(x, y),
            }
        )  # fmt: skip
    more = pd.concat([intakes, frame("water_intakes", rows)], ignore_index=True)
    return more, districts.assign(intake=districts["id"].map(named))
