"""Villages, irrigation districts with their canals, and the small water works of every township."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from shapely import LineString, Point, Polygon

from data.make.facts import numbers
from data.make.features.reservoirs import promised_m3
from data.make.frames import frame, identifier, numeral
from data.make.land.grid import GRID
from data.make.places.placing import grow, spots
from data.make.places.routes import Land, rounded_line
from data.make.scene import Scene

MU_M2 = 10_000 / 15
CITY = ("500156001", "500156002")  # townships with two waterworks
# township, design area in mu, source, main crop, method
DISTRICTS = (
    ("500156104", 52_000, "reservoir", "rice", "canal"), ("500156105", 18_500, "reservoir", "rice", "canal"),
    ("500156108", 14_200, "reservoir", "rice", "canal"), ("500156107", 11_000, "river", "rice", "canal"),
    ("500156101", 12_600, "reservoir", "vegetables", "pipe"), ("500156109", 10_400, "reservoir", "rice", "canal"),
    ("500156111", 7_800, "reservoir", "maize", "canal"), ("500156112", 8_600, "reservoir", "vegetables", "sprinkler"),
    ("500156113", 9_300, "reservoir", "rice", "canal"), ("500156102", 6_200, "river", "fruit", "pipe"),
    ("500156201", 4_800, "reservoir", "rapeseed", "canal"), ("500156204", 5_600, "lift", "rice", "canal"),
    ("500156206", 4_200, "reservoir", "tobacco", "pipe"), ("500156203", 3_100, "spring", "fruit", "micro"),
    ("500156205", 2_700, "reservoir", "maize", "canal"), ("500156207", 2_400, "pond", "tea", "micro"),
    ("500156212", 1_900, "spring", "tea", "micro"), ("500156202", 2_200, "river", "rice", "canal"),
)  # fmt: skip
KARST_SHORT = ("500156112", "500156205", "500156206")  # high karst land whose streams run dry
LINED_COEFFICIENT = {"none": 0.62, "stone": 0.78, "concrete": 0.85, "pipe": 0.95}
_CANALS = {"main": "干渠", "branch": "支渠", "lateral": "斗渠"}
SCALE_MU = ((300_000, "large"), (50_000, "key_medium"), (10_000, "medium"), (0, "small"))
TYPICAL_COEFFICIENT = {"canal": 0.58, "pipe": 0.86, "sprinkler": 0.88, "micro": 0.92}
NET_M3_PER_MU = {"rice": 350, "maize": 60, "rapeseed": 50, "vegetables": 140, "fruit": 80, "tea": 60, "tobacco": 60}
SIDE_CROPS = ("maize", "vegetables", "rapeseed", "rice")
CROP_SHARES = (0.58, 0.27, 0.15)  # of the main crop and the two beside it, in the last year


def crops_of(main: str) -> tuple[str, str, str]:
    """The main crop of an irrigation district and the two that grow beside it."""
    return main, *[crop for crop in SIDE_CROPS if crop != main][:2]


def _net_m3_per_mu(main: str) -> float:
    """What the crops of a district need on average, m³ per mu in a year of 75 %."""
    return sum(NET_M3_PER_MU[crop] * share for crop, share in zip(crops_of(main), CROP_SHARES, strict=True))


def make_villages(scene: Scene) -> gpd.GeoDataFrame:
    """Villages over the land and communities in the towns; their people make up the township's."""
    weight = np.exp(-scene.slope * 4) * (0.25 + 0.75 * np.isin(scene.cover, (1, 2, 3, 8))) * (scene.cover != 6)
    rows = []
    for code in scene.codes:
        random = numbers(f"villages {code}")
        rural = scene.people[code] - scene.urban_people[code]
        villages, communities = max(3, round(rural / 1150)), max(1, round(scene.urban_people[code] / 6500))
        away = spots(scene, code, count=villages, weight=weight, apart_m=1400, random=random)
        near = scene.seats[code] + random.uniform(-260, 260, (communities, 2))
        near = [place if scene.inner[code].contains(Point(place)) else scene.seats[code] for place in near]
        for kind, places, people in (("community", near, scene.urban_people[code]), ("village", away, rural)):
            shares = random.dirichlet(np.full(len(places), 9.0))
            counts = np.floor(shares * people).astype(int)
            counts[-1] += people - counts.sum()
            for number, (place, count) in enumerate(zip(places, counts, strict=True), start=1):
                rows.append(_village(scene, code, kind, number, place, int(count), random))
    return frame("villages", _with_works(rows, scene.codes))


def _with_works(rows: list[dict[str, object]], codes: tuple[str, ...]) -> list[dict[str, object]]:
    """The villages with the waterworks that serve them: the township's own, the city's two in turn."""
    works: dict[str, list[str]] = {}
    for code in codes:
        count = sum(len(ids) for ids in works.values())
        works[code] = [identifier("WKS", count + n) for n in range(1, 1 + (2 if code in CITY else 1))]
    for number, row in enumerate(row for row in rows if row["supply"] in ("urban", "central")):
        own = works[str(row["township"])]
        row["waterworks"] = own[number % len(own)]
    return rows


def _village(
    scene: Scene, code: str, kind: str, number: int, place: np.ndarray, people: int, random: np.random.Generator
) -> dict[str, object]:
    x, y = np.round(place, 1)
    village = kind == "village"
    elevation = scene.height_at(x, y)
    supply = str(random.choice(["central", "small", "scattered", "cistern"], p=[0.42, 0.3, 0.13, 0.15]))
    if village and elevation > 900 and random.random() < 0.4:
        supply = "cistern"
    herd = people if village else 0
    return {
        "id": f"{code}{(200 if village else 0) + number:03d}",
        "name": f"{scene.names[code]}示意{numeral(number)}{'村' if village else '社区'}",
        "township": code, "kind": kind, "people": people, "households": round(people / 2.7),
        "supply": supply if village else "urban", "elevation_m": elevation,
        "cultivated_area_m2": round(herd * random.uniform(1.6, 2.9)) * MU_M2,
        "cattle": round(herd * 0.06), "pigs": round(herd * random.uniform(0.5, 1.1)),
        "sheep": round(herd * random.uniform(0.1, 0.5)), "poultry": round(herd * random.uniform(2, 5)),
        "geometry": Point(x, y),
    }  # fmt: skip


def make_irrigation_districts(scene: Scene, reservoirs: gpd.GeoDataFrame, towns: Polygon) -> gpd.GeoDataFrame:
    """Irrigation districts on the gentlest farmland of their township, the towns left out."""
    random, rows = numbers("irrigation districts"), []
    price = scene.slope * 14 + 2.5 * ~np.isin(scene.cover, (1, 2, 3)) + 9 * (scene.cover == 6)
    for number, (code, design_mu, source, crop, method) in enumerate(DISTRICTS, start=1):
        weight = np.exp(-scene.slope * 12) * (0.05 + np.isin(scene.cover, (1, 2, 3)))
        start = spots(scene, code, count=1, weight=weight**2, apart_m=1, random=random)[0]
        room = scene.polygons[code].area * 0.45
        area = grow(scene, start, code=code, area_m2=min(design_mu * MU_M2 * 1.25, room), cost=price, taken=towns)
        rows.append(_district(scene, number, area, (code, design_mu, source, crop, method), reservoirs, random))
    return frame("irrigation_districts", rows)


def _district(
    scene: Scene,
    number: int,
    area: Polygon,
    facts: tuple[str, int, str, str, str],
    reservoirs: gpd.GeoDataFrame,
    random: np.random.Generator,
) -> dict[str, object]:
    code, wanted_mu, kind, crop, method = facts
    design_mu = wanted_mu if wanted_mu >= 10_000 else min(wanted_mu, round(area.area / MU_M2 * 0.9, -2))
    actual = design_mu * random.uniform(0.62, 0.86)
    canal = round(TYPICAL_COEFFICIENT[method] + random.uniform(-0.06, 0.06), 3)
    field = round(float(random.uniform(0.90, 0.95)), 3)
    own = reservoirs[reservoirs["township"] == code]
    source = own.loc[own["useful_m3"].idxmax()] if kind == "reservoir" and len(own) else None
    per_mu = _net_m3_per_mu(crop) / (canal * field)
    if source is not None:  # no more land than the reservoir can water in a dry year, beside the works it serves
        room = promised_m3(source) * (0.72 if source["drinking_source"] else 0.93)
        actual = min(actual, room / per_mu)
    fed = None if source is None else source["id"]
    return {
        "id": identifier("IRR", number), "name": f"{scene.names[code]}示意灌区", "township": code,
        "scale": next(name for least, name in SCALE_MU if design_mu >= least),
        "design_area_m2": design_mu * MU_M2, "effective_area_m2": round(design_mu * 0.92, -1) * MU_M2,
        "actual_area_m2": round(actual, -1) * MU_M2,
        "saving_area_m2": round(actual * (0.9 if method != "canal" else random.uniform(0.05, 0.25)), -1) * MU_M2,
        "source_kind": kind, "reservoir": fed, "method": method, "main_crop": crop,
        "canal_coefficient": canal, "field_coefficient": field,
        "lined_share": round(float(random.uniform(0.35, 0.9)), 2), "guarantee_share": 0.8 if crop == "rice" else 0.75,
        "intake_m3_per_year": float(round(actual * per_mu, -3)),
        "percolation_mm_per_day": round(1.4 + number % 5 * 0.3, 1) if crop == "rice" else None,
        "ponding_mm": 40.0 if crop == "rice" else None,
        "main_grain_area": crop in ("rice", "maize") and design_mu >= 5_000,
        "water_short_area": kind in ("pond", "spring") or code in KARST_SHORT,
        "metered": bool(random.random() < 0.6), "monitored": design_mu >= 50_000,
        "built_year": int(random.integers(1958, 1994)),
        "renovated_year": int(random.integers(2005, 2023)) if random.random() < 0.7 else None,
        "operator": f"{scene.names[code]}水利管理站", "geometry": area,
    }  # fmt: skip


def make_canals(scene: Scene, districts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """A main canal from the highest to the lowest ground of each district, branches falling away from it."""
    rows: list[dict[str, object]] = []
    for district in districts.itertuples():
        random = numbers(f"canals {district.id}")
        land, cells = _land_in(scene, district.geometry)
        heights = scene.height.ravel()[cells]
        top = int(cells[np.argmax(np.where(heights <= np.quantile(heights, 0.93), heights, -1))])
        tree = land.back([top], cells.tolist())
        lows = cells[np.argsort(heights, kind="stable")]
        main = land.path(tree, int(lows[len(lows) // 50]))
        _append(rows, scene, district, "main", main, random)
        for number in range(min(6, 2 + len(cells) // 220)):
            head = main[int(len(main) * (0.15 + 0.7 * random.random()))]
            below = cells[scene.height.ravel()[cells] < scene.height.ravel()[head] - 5]
            if len(below):
                path = land.path(land.back([head], cells.tolist()), int(random.choice(below)))
                _append(rows, scene, district, "lateral" if number > 2 else "branch", path[:45], random)
    return frame("canals", rows)


def _land_in(scene: Scene, area: Polygon) -> tuple[Land, np.ndarray]:
    """The cells wholly inside an area, climbing made dear, and their flat indices."""
    x, y = np.broadcast_arrays(*GRID.centres())
    west, south, east, north = area.bounds
    window = (x >= west) & (x <= east) & (y >= south) & (y <= north)
    room = area.buffer(-15.0)
    shapely.prepare(room)
    cells = np.flatnonzero(window.ravel())
    cells = cells[shapely.contains_xy(room, GRID.points(cells))]
    price = np.full(GRID.shape, np.inf)
    price.ravel()[cells] = 1 + np.minimum(scene.slope.ravel()[cells] * 4, 6)
    return Land(GRID, price, height=scene.height, uphill=45.0), cells


def _append(
    rows: list[dict[str, object]],
    scene: Scene,
    district: object,
    level: str,
    path: list[int],
    random: np.random.Generator,
) -> None:
    """Adds a canal along a path, kept inside its district and never ending higher than it begins."""
    heights = scene.height.ravel()[path]
    path = path[: int(np.argmin(heights)) + 1] if len(path) else path
    if len(path) < 3:
        return
    line = LineString(rounded_line(GRID.points(np.array(path))))
    pieces = [
        part for part in shapely.get_parts(line.intersection(district.geometry)) if part.geom_type == "LineString"
    ]
    line = max(pieces, key=lambda part: part.length)
    flow = {"main": 0.8, "branch": 0.25, "lateral": 0.08}[level] * district.design_area_m2 / (10_000 * MU_M2)
    lining = str(random.choice(["concrete", "stone", "none", "pipe"], p=[0.45, 0.2, 0.25, 0.1]))
    count = sum(row["irrigation_district"] == district.id for row in rows)
    built = int(random.integers(1960, 1990))
    rows.append(
        {
            "id": identifier("CAN", len(rows) + 1), "township": district.township, "irrigation_district": district.id,
            "name": district.name + (_CANALS[level] if level == "main" else numeral(count) + _CANALS[level]),
            "level": level, "lining": lining,
            "soil": str(random.choice(["clay", "heavy_loam", "loam", "light_loam"])),
            "length_m": round(line.length, 1), "design_flow_m3_per_s": round(max(flow, 0.02), 3),
            "coefficient": round(float(LINED_COEFFICIENT[lining] - random.uniform(0, 0.06)), 3),
            "condition": str(random.choice(["good", "worn", "broken"], p=[0.5, 0.38, 0.12])), "built_year": built,
            "renovated_year": int(random.integers(2003, 2023)) if lining != "none" else None, "geometry": line,
        }
    )  # fmt: skip


SMALL_WORKS = {"pond": 0.42, "cistern": 0.36, "pump": 0.08, "canal": 0.07, "intake": 0.07}
_SMALL_NAMES = {"pond": "山坪塘", "cistern": "水窖", "pump": "小泵站", "canal": "小水渠", "intake": "小水陂"}
_SURFACES = ("concrete", "cement_tile", "machine_tile", "hand_tile", "stone", "earth_yard")


def make_small_water_works(scene: Scene, villages: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Ponds, cisterns, pumps, small canals and intakes near the villages; every township has ponds and cisterns."""
    rows: list[dict[str, object]] = []
    counts: dict[tuple[str, str], int] = {}
    rural = villages[villages["kind"] == "village"]
    for village in rural.itertuples():
        random = numbers(f"small works {village.id}")
        kinds = ["pond", "cistern"]
        kinds += [
            str(kind)
            for kind in random.choice(list(SMALL_WORKS), int(random.integers(1, 4)), p=list(SMALL_WORKS.values()))
        ]
        for kind in kinds:
            place = _beside(scene, village, random)
            counts[village.township, kind] = counts.get((village.township, kind), 0) + 1
            name = f"{scene.names[village.township]}示意{numeral(counts[village.township, kind])}号{_SMALL_NAMES[kind]}"
            rows.append(
                {"id": identifier("SWW", len(rows) + 1), "name": name, "township": village.township, "kind": kind,
                 "village": village.id, "geometry": Point(place), **_small_facts(kind, random)}
            )  # fmt: skip
    return frame("small_water_works", rows)


def _beside(scene: Scene, village: object, random: np.random.Generator) -> np.ndarray:
    """A place within 900 m of a village and inside its township; the village's own place when none is found."""
    centre = np.array([village.geometry.x, village.geometry.y])
    for _ in range(12):
        place = np.round(centre + random.uniform(-900, 900, 2), 1)
        if scene.inner[village.township].contains(Point(place)):
            return place
    return centre


def _small_facts(kind: str, random: np.random.Generator) -> dict[str, object]:
    facts: dict[str, object] = {"built_year": int(random.integers(1965, 2022))}
    broken = random.random() < 0.38
    condition = str(random.choice(["leaking", "silted", "broken"])) if broken else "good"
    facts |= {"condition": condition, "repair_cost_yuan": float(random.integers(1, 25)) * 10_000 if broken else 0.0}
    if kind == "cistern":
        volume = float(random.choice([25, 30, 40, 50, 75, 100]))
        people = max(2, round(volume / random.uniform(7, 13)))
        return facts | {
            "use": str(random.choice(["domestic", "livestock", "irrigation"], p=[0.55, 0.15, 0.3])),
            "volume_m3": volume, "people": people,
            "catchment_area_m2": float(random.integers(80, 420)), "catchment_surface": str(random.choice(_SURFACES)),
            "irrigated_area_m2": float(random.integers(0, 4)) * MU_M2, "built_year": int(random.integers(1998, 2023)),
        }  # fmt: skip
    if kind == "pond":
        return facts | {
            "use": str(random.choice(["irrigation", "multiple"], p=[0.7, 0.3])),
            "volume_m3": float(random.integers(12, 900) * 100),
            "irrigated_area_m2": float(random.integers(8, 160)) * MU_M2,
            "catchment_area_m2": float(random.integers(20, 400) * 1000),
            "catchment_surface": str(random.choice(["slope_sparse", "slope_grass"])),
            "people": int(random.integers(0, 300)),
        }  # fmt: skip
    return facts | {
        "use": "irrigation", "irrigated_area_m2": float(random.integers(10, 200)) * MU_M2,
        "flow_m3_per_s": round(float(random.uniform(0.01, 0.12)), 3),
    }  # fmt: skip
