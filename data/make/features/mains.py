"""Water mains in the streets and from the works, and the renewal zones described by them."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import shapely
from shapely import LineString

from data.make.facts import METRIC_CRS, numbers
from data.make.frames import frame, identifier
from data.make.land.grid import GRID
from data.make.places.routes import Borders, land_of, local_line, rounded_line
from data.make.places.towns import Town
from data.make.scene import Scene

SHIFT_M = (5.0, 4.0)  # mains lie beside the street's middle line
BESIDE_M = 12.0
VILLAGE_DEPTH = 999  # no street's number is so high
WORN_MATERIALS = ("grey_cast_iron", "galvanised", "steel_unlined", "cement", "asbestos_cement")
RENEWAL_YEARS = {2025: 1982, 2026: 1988, 2027: 1993, 2028: 1997}  # when poor pipes laid before a year are renewed


def make_water_mains(
    scene: Scene,
    towns: dict[str, Town],
    features: Mapping[str, gpd.GeoDataFrame],
    areas: gpd.GeoDataFrame,
) -> gpd.GeoDataFrame:
    """Trunk mains from waterworks to towns and mains under the streets; cut at township borders."""
    borders, rows = Borders(scene), []
    works, zones = features["waterworks"], features["supply_zones"]
    zone_of = dict(zip(zones["waterworks"], zones["id"], strict=True))
    lines: list[tuple[str, str, LineString, str, int]] = []
    for plant in works.itertuples():
        place = np.array([plant.geometry.x, plant.geometry.y])
        line = local_line(
            scene, land_of(scene, GRID, plant.township), (place, towns[plant.township].nearest_corner(place))
        )
        if line is not None:
            lines.append(("trunk", plant.township, line, plant.id, 0))
    for code, town in towns.items():
        reached = {corner: depth for depth, (_, corner) in enumerate(town.tree())}
        for a, b in town.streets:
            depth = max(reached.get(a, 0), reached.get(b, 0))
            lines.append(("distribution", code, LineString(town.corners[[a, b]]), "", depth))
    lines += _to_villages(scene, towns, features["villages"])
    for role, town_code, line, plant, depth in lines:
        for code, piece in borders.cut(shapely.transform(line, lambda points: points + SHIFT_M)):
            rows.append(
                {
                    "role": role,
                    "township": code,
                    "waterworks": plant or None,
                    "geometry": piece,
                    "depth": depth,
                    "town": town_code,
                }
            )
    return _described(scene, towns, rows, zones, areas, zone_of, features["roads"])


def _to_villages(
    scene: Scene, towns: dict[str, Town], villages: gpd.GeoDataFrame
) -> list[tuple[str, str, LineString, str, int]]:
    """The mains from each town to the villages its works serve, each as far as the next one already drawn."""
    lines: list[tuple[str, str, LineString, str, int]] = []
    served = villages[(villages["kind"] == "village") & villages["waterworks"].notna()]
    for code, group in served.groupby("township", sort=True):
        land = land_of(scene, GRID, code)
        corner = towns[code].nearest_corner(scene.seats[code])
        before = land.back([land.cell(corner)], [land.cell(place) for place in shapely.get_coordinates(group.geometry)])
        drawn: set[int] = set()
        for village in group.itertuples():
            path = land.path(before, land.cell(shapely.get_coordinates(village.geometry)[0]))
            first = max((n for n, cell in enumerate(path) if cell in drawn), default=0)
            if len(path) - first > 2:
                line = LineString(rounded_line(GRID.points(np.array(path[first:]))))
                lines.append(("distribution", code, line, village.waterworks, VILLAGE_DEPTH))
            drawn |= set(path)
    return lines


def _described(
    scene: Scene,
    towns: dict[str, Town],
    rows: list[dict[str, object]],
    zones: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    zone_of: dict[str, str],
    roads: gpd.GeoDataFrame,
) -> gpd.GeoDataFrame:
    """The mains with material, age, size and wear, by the renewal zone they lie in."""
    random = numbers("water mains")
    middles = gpd.GeoSeries([row["geometry"].interpolate(0.5, normalized=True) for row in rows], crs=METRIC_CRS)
    area_at = shapely.STRtree(areas.geometry.to_numpy()).nearest(middles.to_numpy())
    zone_at = shapely.STRtree(zones.geometry.to_numpy()).nearest(middles.to_numpy())
    beside = _roads_beside(roads, middles)
    old = {zone: int(random.integers(1978, 2016)) for zone in areas["id"]}
    for number, row in enumerate(rows):
        trunk, depth, town = row["role"] == "trunk", row.pop("depth"), row.pop("town")
        zone, area = zones.iloc[zone_at[number]], areas.iloc[area_at[number]]
        year = int(np.clip(old[area["id"]] + random.integers(-4, 9), 1975, 2023))
        away = depth == VILLAGE_DEPTH
        size = 0 if away else max(1, 4 - depth // 12) if scene.urban_people[town] > 5000 else max(1, 2 - depth // 8)
        diameter = float([100, 100, 150, 200, 300, 400][min(size + trunk, 5)])
        material = _material(year, diameter, random)
        worn = material in WORN_MATERIALS
        length = row["geometry"].length
        row |= {
            "id": identifier("WM", number + 1), "supply_zone": zone_of.get(row["waterworks"], zone["id"]),
            "pipeline_zone": None if trunk or away else area["id"], "road": beside[number],
            "waterworks": row["waterworks"] or zone["waterworks"],
            "material": material, "diameter_mm": diameter, "length_m": round(length, 1), "laid_year": year,
            "pressure_mpa": round(float(area["pressure_mpa"] + random.uniform(-0.05, 0.08)), 2),
            "pressure_class_mpa": 1.6 if trunk else 1.0,
            "breaks_5_years": int(random.poisson(length / 1000 * (0.2 + 3.2 * worn + 0.04 * (2024 - year)))),
            "complaints_per_year": int(random.poisson(0.05 + 0.25 * worn)), 
            "dead_end": away or (not trunk and depth % 7 == 6),
            "people": 0,
            "hospital_or_school": bool(random.random() < 0.12), "hidden_danger": worn and year < 1995,
        }  # fmt: skip
    _share_people(rows, zones, areas)
    return frame("water_mains", rows)


def _share_people(rows: list[dict[str, object]], zones: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> None:
    """Whom each main serves: its share, by length, of the people of its zone; a trunk main those of its works.

    The mains of the renewal zones together serve the people of the towns, those beyond them the villages.
    """
    served = dict(zip(areas["id"], areas["people"], strict=True)) | dict(zip(zones["id"], zones["people"], strict=True))
    towns = areas.groupby("supply_zone")["people"].sum()
    length: dict[str, float] = {}
    for row in rows:
        length[_key(row)] = length.get(_key(row), 0.0) + row["length_m"]
    for row in rows:
        key = _key(row)
        if row["role"] == "trunk":
            row["people"] = int(served[str(row["supply_zone"])])
            continue
        people = served[key] if row["pipeline_zone"] else max(served[key] - int(towns.get(key, 0)), 0)
        row["people"] = int(people * row["length_m"] / length[key])


def _key(row: dict[str, object]) -> str:
    """The renewal zone of a main, or the supply zone of one outside them; trunk mains apart."""
    return "trunk" if row["role"] == "trunk" else str(row["pipeline_zone"] or row["supply_zone"])


def _roads_beside(roads: gpd.GeoDataFrame, middles: gpd.GeoSeries) -> list[str | None]:
    """The id of the road each main lies in, none where the nearest is farther than BESIDE_M."""
    lines, points = roads.geometry.to_numpy(), middles.to_numpy()
    nearest = shapely.STRtree(lines).nearest(points)
    near = shapely.distance(lines[nearest], points) <= BESIDE_M
    ids = roads["id"].to_numpy()[nearest]
    return [road if close else None for road, close in zip(ids.tolist(), near.tolist(), strict=True)]


def _material(year: int, diameter: float, random: np.random.Generator) -> str:
    if year < 1996:
        kinds, odds = (
            ["grey_cast_iron", "galvanised", "cement", "asbestos_cement", "steel_unlined"],
            [0.5, 0.16, 0.1, 0.06, 0.18],
        )
    elif year < 2006:
        kinds, odds = ["ductile_iron", "pvc_u", "steel_unlined", "grey_cast_iron"], [0.35, 0.3, 0.15, 0.2]
    else:
        kinds, odds = ["ductile_iron", "pe", "steel_lined"], [0.5, 0.42, 0.08] if diameter >= 150 else [0.2, 0.78, 0.02]
    return str(random.choice(kinds, p=odds))


def with_mains(areas: gpd.GeoDataFrame, mains: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The renewal zones with length, main material, mean year, cost and renewal taken from the mains in them."""
    areas = areas.copy()
    grouped = mains.dropna(subset=["pipeline_zone"]).groupby("pipeline_zone")
    length = areas["id"].map(grouped["length_m"].sum()).fillna(300.0)
    by_kind = mains.groupby(["pipeline_zone", "material"])["length_m"].sum().reset_index()
    by_kind = by_kind.sort_values(["length_m", "material"], ascending=[False, True]).drop_duplicates("pipeline_zone")
    areas["pipe_length_m"] = length.round(-1)
    areas["main_material"] = areas["id"].map(by_kind.set_index("pipeline_zone")["material"]).fillna("pvc_u")
    areas["mean_built_year"] = areas["id"].map(grouped["laid_year"].mean()).fillna(2000).round().astype("int64")
    areas["cost_yuan"] = (length * 1150).round(-4)
    pipes = zip(areas["main_material"], areas["mean_built_year"], strict=True)
    renewal = [_renewal(material, int(year)) for material, year in pipes]
    areas["renewal"] = [state for state, _ in renewal]
    areas["planned_year"] = [planned for _, planned in renewal]
    return areas


def _renewal(material: str, year: int) -> tuple[str, int | None]:
    """How far the renewal of a zone with these pipes is, and the year planned for it: the oldest poor pipes first."""
    if material in WORN_MATERIALS and year < max(RENEWAL_YEARS.values()):
        planned = next(planned for planned, before in RENEWAL_YEARS.items() if year < before)
        return "under_way" if planned == 2025 else "planned", planned
    return ("done" if year >= 2010 and material not in WORN_MATERIALS else "none"), None
