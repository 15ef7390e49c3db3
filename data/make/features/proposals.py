"""Construction projects to be checked for siting: common ones in good places, and some in every kind of bad one."""

from __future__ import annotations

from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from shapely import Point, Polygon

from data.make.facts import numbers, table
from data.make.features.town import surfaces
from data.make.frames import frame, identifier
from data.make.places.placing import blob, spots
from data.make.scene import Scene


def make_construction_projects(
    scene: Scene, parks: gpd.GeoDataFrame, urban: gpd.GeoDataFrame, zones: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """The proposals of the list, each a site inside its township."""
    rows = []
    for number, wish in enumerate(_wishes(), start=1):
        code, sector, product = wish["township"], wish["sector"], wish["product"]
        random = numbers(f"proposal {wish['name']}")
        centre, room = _place(scene, code, wish["where"], (parks, urban, zones), random)
        area = blob(centre, float(wish["area_m2"]), within=room, random=random)
        housing = sector in ("housing", "public")
        floor = float(round(area.area * (1.6 if housing else 0.45), -2))
        rows.append(
            {
                "id": identifier("CP", number), "name": f"{scene.names[code]}{wish['name']}", "township": code,
                "sector": sector, "nature": wish["nature"],
                "stage": ("proposed", "proposed", "approved", "under_way")[number % 4],
                "demand_m3_per_year": float(wish["demand_m3_per_year"]),
                "peak_m3_per_day": float(round(wish["demand_m3_per_year"] / 365 * 1.4, 1)),
                "source": wish["source"], "discharge": wish["discharge"],
                "pollutants": sector in ("industry", "chemical", "livestock", "mining", "tailings"),
                "severe_polluter": sector in ("chemical", "tailings") or product in ("印染布", "瓦楞纸"),
                "product": product, "output": wish["output"], "output_unit": wish["output_unit"],
                "people": round(floor / 38) if housing else round(area.area / 400), "floor_area_m2": floor,
                **surfaces(area.area, roof=0.28, green=0.3 if housing else 0.16, permeable=0.06),
                "water_area_m2": float(random.integers(0, 3) * 300) if housing or sector == "tourism" else 0.0,
                "earthworks_m3": float(round(area.area * random.uniform(0.6, 4.5), -2)),
                "saving_plan": bool(random.random() < 0.6), "simultaneous": bool(random.random() < 0.55),
                "water_evaluation": bool(random.random() < 0.4),
                "green_ecological": sector == "housing" and number % 2 == 0,
                "rain_storage_m3": float(random.integers(0, 12) * 40),
                "investment_yuan": float(round(area.area * random.uniform(900, 4200), -5)),
                "approved": date(2022 + number % 3, 1 + number % 12, 9) if number % 4 > 1 else None,
                "operator": "示意建设单位", "geometry": area,
            }
        )  # fmt: skip
    return frame("construction_projects", rows)


def _wishes() -> list[dict[str, Any]]:
    """The rows of the fact table, empty cells as none."""
    facts = table("proposals")
    return facts.astype(object).where(facts.notna(), None).to_dict("records")


def _place(
    scene: Scene, code: str, where: str, layers: tuple[gpd.GeoDataFrame, ...], random: np.random.Generator
) -> tuple[np.ndarray, Polygon]:
    """A place of the wished kind in the township and the land the site may take."""
    parks, urban, zones = layers
    room = scene.inner[code]
    zone = zones[(zones["township"] == code) & (zones["kind"] == where)]
    if where == "park":
        room = parks[parks["township"] == code].iloc[0].geometry
        return _inside(room, 130.0, random), room
    if where == "town":
        own = urban[urban["township"] == code]
        fresh = own[own["kind"] == "new_district"]
        return _inside((fresh if len(fresh) else own).iloc[0].geometry, 60.0, random), room
    if len(zone):
        return _inside(max(zone.geometry, key=lambda area: area.area), 40.0, random), room
    weights = {
        "river": np.exp(-scene.river_m / 250) * (scene.river_m > 150),
        "low": np.exp(-scene.river_m / 900) * np.exp(-scene.slope * 8) * (scene.river_m > 200),
        "fields": np.isin(scene.cover, (1, 2)) * np.exp(-scene.slope * 6),
        "steep": np.clip(scene.slope - 0.45, 0, 1),
        "high": np.clip((scene.height - 1300) / 300, 0, 2) * np.exp(-scene.slope * 3),
    }
    weight = weights.get(where, np.exp(-scene.slope * 3)) + 1e-9
    return spots(scene, code, count=1, weight=weight**2, apart_m=1, random=random)[0], room


def _inside(area: Polygon, margin_m: float, random: np.random.Generator) -> np.ndarray:
    """A place in an area, `margin_m` from its edge where it is wide enough."""
    kept = area.buffer(-margin_m)
    shape = area if kept.is_empty else max(shapely.get_parts(kept), key=lambda part: part.area)
    west, south, east, north = shape.bounds
    for _ in range(60):
        place = np.round(random.uniform((west, south), (east, north)), 1)
        if shape.contains(Point(place)):
            return place
    return shapely.get_coordinates(shape.representative_point())[0]
