"""Wastewater plants, reclaimed mains, and the rain and reclaimed-water projects."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np
import shapely
from shapely import LineString, Point, Polygon

from data.make.facts import numbers
from data.make.frames import frame, identifier, numeral
from data.make.land.grid import GRID
from data.make.places.routes import Borders, land_of, local_line
from data.make.places.towns import Town
from data.make.scene import Scene

LEAST_URBAN = 2_100  # people in a town that has its own plant
ROOF_M2, YEARLY_RAIN_M, TURNS = 90.0, 1.1, 22.0
RUNOFF = {"roof_area_m2": 0.85, "paved_area_m2": 0.85, "permeable_area_m2": 0.25, "green_area_m2": 0.15}
UNTOLD_PLANT = 9  # the one whose ecological flow nobody has set yet
_REUSED = {"500156001": 1000.0, "500156002": 700.0, "500156003": 200.0}


def make_plants(scene: Scene, towns: dict[str, Town], parks: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """A plant below each larger town and each park, at the lowest place near its edge."""
    rows, random = [], numbers("plants")
    sites = [
        (code, town.area, scene.urban_people[code], None)
        for code, town in towns.items()
        if scene.urban_people[code] >= LEAST_URBAN
    ]
    sites += [(park.township, park.geometry, 0, park) for park in parks.itertuples()]
    for code, area, people, park in sites:
        small = str(random.choice(["sbr", "contact_oxidation", "wetland"]))
        place, number = _below(scene, code, area), len(rows) + 1
        city = people > 20_000
        capacity = (
            max(400.0, round(people * 0.17 * 1.3, -2)) if park is None else round(park.planned_area_m2 / 1e6 * 900, -2)
        )
        level = "industrial" if park is not None else "urban" if city else "town"
        effluent = (
            "quasi_iv"
            if code == "500156001" and park is None
            else "class_1a"
            if people > 5000 or park is not None
            else "class_1b"
        )
        river = scene.rivers.iloc[int(scene.rivers.distance(Point(place)).to_numpy().argmin())]
        rows.append(
            {
                "id": identifier("WWT", number),
                "name": f"{scene.names[code]}示意{'园区' if park is not None else ''}污水处理厂", "township": code,
                "level": level, "capacity_m3_per_day": float(capacity),
                "treated_m3_per_day": float(round(capacity * random.uniform(0.55, 0.88), -1)),
                "planned_capacity_m3_per_day": float(round(capacity * (1.5 if capacity > 1000 else 1.0), -2)),
                "effluent_class": effluent, "planned_class": "quasi_iv" if capacity > 2000 else "class_1a",
                "process": "mbr" if effluent == "quasi_iv" else "a2o" if capacity > 2000 else small,
                "filtration": effluent in ("quasi_iv", "class_1a"),
                "disinfection": effluent != "class_1b" or bool(random.random() < 0.7),
                "reused_m3_per_day": _REUSED.get(code, 0.0) if park is None else round(capacity * 0.06, -1),
                "ecological_m3_per_day": None if number == UNTOLD_PLANT else round(capacity * 0.1, -1),
                "receiving_river": river["id"],
                "elevation_m": scene.height_at(*place), "built_year": (built := int(random.integers(2003, 2017))),
                "approved": date(built - 1 - int(random.integers(2001, 2014)) % 3, 11, 6),
                "operator": "区排水公司" if park is None else "区工业园区", "geometry": Point(place),
            }
        )  # fmt: skip
    return frame("wastewater_plants", rows)


def _below(scene: Scene, code: str, area: Polygon) -> np.ndarray:
    cells = scene.cells_of(code)
    points = GRID.points(cells)
    near = shapely.distance(shapely.points(points), area)
    allowed = (
        shapely.contains_xy(scene.inner[code], points) & (near > 40) & (near < 900) & (scene.cover.ravel()[cells] != 6)
    )
    score = scene.height.ravel()[cells] + near * 0.03 + scene.slope.ravel()[cells] * 60
    return np.round(points[np.argmin(np.where(allowed, score, np.inf))], 1)


def make_reclaimed_mains(
    scene: Scene, towns: dict[str, Town], plants: gpd.GeoDataFrame, parks: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """The few reclaimed mains: from the city's plants to their towns, and short ones in two parks."""
    borders, rows, random = Borders(scene), [], numbers("reclaimed mains")
    for plant in plants[plants["reused_m3_per_day"] > 0].itertuples():
        place = np.array([plant.geometry.x, plant.geometry.y])
        if plant.level == "industrial":
            park = parks[parks["township"] == plant.township].iloc[0]
            goals = [shapely.get_coordinates(park.geometry.representative_point())[0]]
        else:
            town = towns[plant.township]
            goals = [town.nearest_corner(place), town.corners[int(random.integers(len(town.corners)))]]
        start = place
        for goal in goals:
            line = local_line(scene, land_of(scene, GRID, plant.township), (start, goal))
            if line is None or line.length < 60:
                continue
            built = len(rows) < 5
            for code, piece in borders.cut(line):
                rows.append(_main(len(rows) + 1, code, plant, piece, built=built, random=random))
            start = goal
    return frame("reclaimed_mains", rows)


def _main(
    number: int, code: str, plant: object, line: LineString, *, built: bool, random: np.random.Generator
) -> dict[str, object]:
    diameter = 300.0 if plant.reused_m3_per_day > 2000 else 200.0 if plant.reused_m3_per_day > 500 else 150.0
    return {
        "id": identifier("RM", number), "name": f"示意{numeral(number)}号再生水管", "township": code, "plant": plant.id,
        "status": "built" if built else "planned", "material": "ductile_iron" if diameter >= 200 else "pe",
        "diameter_mm": diameter, "length_m": round(line.length, 1),
        "laid_year": int(random.integers(2016, 2024)) if built else None, "pressure_class_mpa": 1.6,
        "capacity_m3_per_day": float(plant.reused_m3_per_day) * 1.5, "geometry": line,
    }  # fmt: skip


def make_projects(features: dict[str, gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Rain projects at estates, institutions, greens, streets, parks, villages; reuse at plants and large buildings."""
    rows: list[dict[str, object]] = []
    _rain_at(rows, features["residential_estates"], "estate", "housing", every=5, layer="residential_estates")
    schools = features["public_institutions"]
    _rain_at(rows, schools[schools["kind"] == "school"], "school", "education", every=3, layer="public_institutions")
    _rain_at(
        rows,
        schools[schools["kind"] != "school"],
        "public_building",
        "institutions",
        every=6,
        layer="public_institutions",
    )
    _rain_at(rows, features["green_spaces"], "green_space", "urban_management", every=5, layer="green_spaces")
    streets = features["roads"][features["roads"]["level"] == "street"]
    _rain_at(rows, streets, "road", "urban_management", every=120, layer="roads")
    _rain_at(rows, features["industrial_parks"], "park", "industrial_park", every=1, layer="industrial_parks")
    villages = features["villages"]
    dry = villages[(villages["supply"] == "cistern") & (villages["kind"] == "village")]
    _rain_at(rows, dry.groupby("township").head(1), "cistern", "water", every=1, layer="villages")
    _reuse(rows, features)
    for number, row in enumerate(rows, start=1):
        row["id"] = identifier("PRJ", number)
    return frame("projects", rows)


def _rain_at(
    rows: list[dict[str, object]], sites: gpd.GeoDataFrame, kind: str, lead: str, *, every: int, layer: str
) -> None:
    random = numbers(f"projects {kind}")
    words = {
        "estate": "雨水利用",
        "school": "校园雨水利用",
        "public_building": "屋面集雨",
        "green_space": "绿地雨水调蓄",
        "road": "道路雨水收集",
        "park": "示意雨水利用",
        "cistern": "集雨水窖群",
    }
    for site in sites.iloc[::every].itertuples():
        place = (
            site.geometry.representative_point()
            if site.geometry.geom_type == "Polygon"
            else site.geometry.interpolate(0.5, normalized=True)
            if site.geometry.geom_type == "LineString"
            else site.geometry
        )
        catchment = _catchment(site, kind, random)
        hard = catchment["roof_area_m2"] + catchment["paved_area_m2"]
        year = int(random.integers(2016, 2030))
        status = "built" if year < 2023 else str(random.choice(["planned", "under_way"]))
        tank = float(max(30, round(hard * random.uniform(0.012, 0.03) + catchment["green_area_m2"] * 0.002, -1)))
        people = int(site.people) if kind in ("school", "public_building") else 0
        if kind == "cistern":  # one cistern of 30 to 50 m³ a household of two to four, a yard and a roof each
            homes = round(catchment["roof_area_m2"] / ROOF_M2)
            tank, people = float(homes * int(random.integers(3, 6)) * 10), round(homes * 2.8)
        cars = int(random.integers(0, 20)) if kind in ("estate", "public_building") else 0
        expected = float(round(_yield_m3(catchment, kind, tank, people, cars) * random.uniform(0.9, 1.1), -1))
        measured = float(round(expected * random.uniform(0.4, 1.05), -1))
        rows.append(
            {
                "name": f"{site.name}{words[kind]}项目", "township": site.township, "water": "rain", "kind": kind,
                "status": status, "lead": lead, **catchment, "tank_m3": tank,
                "first_flush_mm": 3.0 if kind in ("road", "park") else 2.0,
                "watered_area_m2": float(round(catchment["green_area_m2"] * 0.7, -1)),
                "swept_area_m2": float(round(catchment["paved_area_m2"] * 0.5, -1)),
                "people": people, "cars_per_day": cars,
                "expected_m3_per_year": expected,
                "measured_m3_per_year": measured if status == "built" and random.random() < 0.6 else None,
                "investment_yuan": float(round(tank * 1500 + hard * 6, -3)),
                "approved": date(year - 1, int(random.integers(1, 13)), 16),
                "completed": date(year, 11, 30) if status == "built" else None, "site_layer": layer, "site": site.id,
                "geometry": Point(round(place.x, 1), round(place.y, 1)),
            }
        )  # fmt: skip


def _catchment(site: object, kind: str, random: np.random.Generator) -> dict[str, float]:
    names = ("roof_area_m2", "paved_area_m2", "permeable_area_m2", "green_area_m2")
    if kind in ("estate", "school", "public_building"):
        return {name: float(getattr(site, name)) for name in names}
    if kind == "green_space":
        values = (0.0, site.area_m2 * 0.15, site.area_m2 * 0.08, site.area_m2 * 0.77)
    elif kind == "road":
        values = (0.0, site.length_m * site.width_m, 0.0, site.length_m * 2)
    elif kind == "park":
        values = (site.built_area_m2 * 0.02, site.built_area_m2 * 0.012, 0.0, site.built_area_m2 * 0.006)
    else:
        values = ((homes := int(random.integers(8, 30))) * ROOF_M2, homes * 60.0, 0.0, 0.0)
    return {name: float(round(value, -1)) for name, value in zip(names, values, strict=True)}


def _yield_m3(catchment: dict[str, float], kind: str, tank: float, people: int, cars: int) -> float:
    """What a rain project can give in a year: the least of what its land sheds, its tank turns over and its uses ask.

    Sheds after GB 50555 5.2.4; a tank of this rain is filled and drawn some TURNS times a year.
    """
    shed = sum(catchment[name] * share for name, share in RUNOFF.items()) * YEARLY_RAIN_M * 0.65
    asked = catchment["green_area_m2"] * 0.7 * 0.28 + catchment["paved_area_m2"] * 0.5 * 0.35 * 30 / 1000
    asked += people * (18.25 if kind == "cistern" else 8.76) + cars * 0.05 * 365
    return min(shed, tank * TURNS, asked)


def _reuse(rows: list[dict[str, object]], features: dict[str, gpd.GeoDataFrame]) -> None:
    random = numbers("projects reuse")
    plants = features["wastewater_plants"]
    big = features["public_institutions"].sort_values("floor_area_m2", ascending=False, kind="stable").head(7)
    sites = [(plant, "plant_reuse", "urban_management", "wastewater_plants") for plant in plants.iloc[:11].itertuples()]
    sites += [(place, "building_reuse", "institutions", "public_institutions") for place in big.itertuples()]
    for site, kind, lead, layer in sites:
        at_plant = kind == "plant_reuse"
        built = at_plant and site.reused_m3_per_day > 0
        capacity = (
            float(round(max(site.capacity_m3_per_day * 0.2, site.reused_m3_per_day), -1))
            if at_plant
            else float(round(site.people * 0.03, 0))
        )
        rows.append(
            {
                "name": f"{site.name}{'再生水回用' if at_plant else '中水回用'}示范项目", "township": site.township,
                "water": "reclaimed", "kind": kind, "status": "built" if built else "planned", "lead": lead,
                "capacity_m3_per_day": max(capacity, 10.0), "plant": site.id if at_plant else None,
                "people": 0 if at_plant else int(site.people),
                "watered_area_m2": float(random.integers(2, 30) * 1000) if at_plant else 0.0,
                "swept_area_m2": float(random.integers(4, 60) * 1000) if at_plant else 0.0,
                "expected_m3_per_year": max(capacity, 10.0) * 300,
                "measured_m3_per_year": site.reused_m3_per_day * 340.0 if built else None,
                "investment_yuan": float(round(max(capacity, 10.0) * 4200, -4)),
                "approved": date(2018 if built else int(random.integers(2022, 2025)), 8, 21),
                "completed": date(2020, 12, 18) if built else None, "site_layer": layer, "site": site.id,
                "geometry": site.geometry,
            }
        )  # fmt: skip
