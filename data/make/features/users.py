"""The large water users: firms, services, farms with stock, and whoever takes water of their own."""

from __future__ import annotations

from datetime import date
from functools import cache

import geopandas as gpd
import numpy as np
from shapely import Point, Polygon

from data.make.facts import numbers, table
from data.make.features.town import zone_at
from data.make.frames import frame, identifier, numeral
from data.make.places.placing import inside, spots
from data.make.scene import Scene

_TRADES = {
    "industry": ("food", "materials", "machinery", "textile", "paper", "chemicals", "electronics"),
    "service": ("hotel", "restaurant", "bath", "leisure", "trade", "hotel"),
}
_OWN = {"river": "paper", "mine_water": "mining", "geothermal": "bath"}  # by what a firm takes its own water from
_HIGH_USE = ("textile", "paper", "chemicals", "power")


@cache
def _products() -> dict[str, tuple[str, str, float, float, float]]:
    """By trade: its product, the unit counted, m³ per unit, a typical yearly output and the largest one."""
    facts = table("products").set_index("trade")
    return {str(trade): tuple(row[:5]) for trade, *row in facts.itertuples()}


def make_water_users(
    scene: Scene,
    plots: dict[str, dict[str, list[Polygon]]],
    parks: gpd.GeoDataFrame,
    zones: gpd.GeoDataFrame,
    intakes: gpd.GeoDataFrame,
) -> gpd.GeoDataFrame:
    """Firms in the parks and towns, services by the size of the town, farms with stock, and the mine-water users."""
    rows: list[dict[str, object]] = []
    for park in parks.itertuples():
        random = numbers(f"users {park.id}")
        for place in inside(park.geometry, count=int(park.firms), random=random):
            _add(rows, scene, zones, (park.township, "industry", place), park=park.id, random=random)
    for code, kinds in plots.items():
        random = numbers(f"users {code}")
        for number in range(max(1, round(scene.urban_people[code] / 2300))):
            place = inside(kinds["business"][number % len(kinds["business"])], count=1, random=random)[0]
            _add(rows, scene, zones, (code, "service", place), random=random)
        weight = np.exp(-scene.slope * 5) * (scene.river_m > 300) + 1e-9
        for place in spots(
            scene, code, count=1 + (scene.people[code] > 14_000), weight=weight, apart_m=1500, random=random
        ):
            _add(rows, scene, zones, (code, "agriculture", place), random=random)
    for intake in intakes[intakes["use"].isin(["industry", "service"])].itertuples():
        random, place = numbers(f"users {intake.id}"), np.array([intake.geometry.x, intake.geometry.y])
        place = np.round(place + random.uniform(-120, 120, 2), 1)
        if scene.inner[intake.township].contains(Point(place)):
            _add(rows, scene, zones, (intake.township, intake.use, place), intake=intake, random=random)
    return frame("water_users", rows)


def _add(
    rows: list[dict[str, object]],
    scene: Scene,
    zones: gpd.GeoDataFrame,
    what: tuple[str, str, np.ndarray],
    *,
    random: np.random.Generator,
    park: str | None = None,
    intake: object | None = None,
) -> None:
    code, sector, place = what
    trade = "livestock" if sector == "agriculture" else str(random.choice(_TRADES[sector]))
    if intake is not None:
        trade = _OWN[intake.kind] if intake.permitted_m3_per_year < 2_000_000 else "power"
    product, unit, per_unit, typical, largest = _products()[trade]
    output = float(round(min(typical * random.lognormal(-0.35, 0.75), largest), -1)) or 10.0
    use = output * per_unit * random.uniform(0.8, 1.3)
    if intake is not None:
        use = float(intake.use_m3_per_year)
        output = round(min(use / per_unit / random.uniform(0.85, 1.2), largest), 1)
    kind = {"mine_water": "mine_water", "river": "surface", "geothermal": "groundwater"}
    source = kind[intake.kind] if intake is not None else "public_network" if sector != "agriculture" else "groundwater"
    number = len(rows) + 1
    words = {"industry": "示意{}号企业", "service": "示意{}号商户", "agriculture": "示意{}号养殖场"}
    big, plan = use > 20_000, float(round(use * random.uniform(0.93, 1.22), -2))
    rows.append(
        {
            "id": identifier("USR", number), "name": scene.names[code] + words[sector].format(numeral(number)),
            "township": code, "sector": sector, "trade": trade, "source": source,
            "supply_zone": zone_at(zones, Point(place)) if source == "public_network" else None,
            "intake": intake.id if intake is not None else None, "park": park,
            "permit_number": f"示意许可{number:04d}" if intake is not None else None,
            "permitted_m3_per_year": float(intake.permitted_m3_per_year) if intake is not None else None,
            "use_m3_per_year": float(round(use, -1)),
            "plan_m3_per_year": plan if big or intake is not None else None,
            "product": product, "output": output, "output_unit": unit,
            "reuse_share": round(float(random.uniform(0.2, 0.9)), 2) if sector == "industry" else None,
            "planned_use": big or intake is not None, "monitored": use >= 1_000_000,
            "special_trade": trade in ("bath", "car_wash"), "high_use_trade": trade in _HIGH_USE,
            "metered": bool(random.random() < 0.93), "online_meter": use > 300_000,
            "balance_tested": date(int(random.integers(2016, 2025)), 10, 18) if big and random.random() < 0.4 else None,
            "geometry": Point(place),
        }
    )  # fmt: skip
