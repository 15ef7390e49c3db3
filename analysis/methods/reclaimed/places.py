"""The places that could use reclaimed water, from the layers: who, which use, where, how much a year and a peak day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol, TypedDict

import numpy as np
import pandas as pd
from shapely.geometry.base import BaseGeometry

from analysis.methods.reclaimed.demand import annual_demand_m3, dry_days_by_month, peak_day_m3
from layers.district import District

COLUMNS = ("user", "name", "layer", "township", "use", "x", "y", "area_m2", "annual_m3", "peak_day_m3")
BY_HAND = "users"
ROAD_CELL_M = 800.0
_LAWN = {"cool_season": "cool", "warm_season": "warm"}
_COOLED = ("chemicals", "materials", "machinery", "electronics")
_MEASURES = {
    "water_users": "use_m3_per_year", "industrial_parks": "use_m3_per_year", "green_spaces": "watered_area_m2",
    "roads": "width_m", "car_wash_sites": "cars_per_day", "scenic_areas": "water_area_m2",
    "public_institutions": "people", "residential_estates": "people",
}  # fmt: skip
_NEAR_RENEWAL = ("planned", "under_way")


class Place(TypedDict):
    """A place and one use of it, as a row of `COLUMNS`."""

    user: str
    name: str | None
    layer: str
    township: str
    use: str
    x: float
    y: float
    area_m2: float
    annual_m3: float
    peak_day_m3: float


class Row(Protocol):
    """A row of a layer read here: what all have, then the columns that only its own layer declares."""

    id: str
    name: str | None
    township: str
    geometry: BaseGeometry
    use_m3_per_year: float  # firms and parks
    park: str | None
    trade: str | None
    watered_area_m2: float  # green spaces
    lawn: str | None
    care_grade: str | None
    cars_per_day: float  # car washes
    method: str | None
    water_area_m2: float  # scenic areas
    people: float  # buildings and estates


def demand_places(district: District, assumed: Mapping[str, float]) -> pd.DataFrame:
    """A row per place and use, sorted by user id; places already on reclaimed water are left to the existing reuse.

    Layers that are absent or values that are missing give no row: they are unknown, not zero (`unmeasured`).
    """
    dry = float(dry_days_by_month(district.tables.get("daily_rain"), assumed).sum())
    makers = (_industry, _greens, _roads, _washes, _scenic, _buildings, _estates)
    rows = [place for make in makers for place in make(district, assumed, dry)]
    frame = pd.DataFrame([row for row in rows if row["annual_m3"] > 0], columns=list(COLUMNS))
    return frame.sort_values("user", kind="stable", ignore_index=True)


def places_by_hand(users: Iterable[Mapping[str, Any]], assumed: Mapping[str, float]) -> pd.DataFrame:
    """Users named by hand as places: yearly volume as given or by the quota of the area, the peak day likewise.

    A user has id, name, township, use, x, y, area_m2, m3_per_year and peak_m3_per_day, none where not known. AtlasError
    `reclaimed.unknown_demand` for an area of a use that has no quota.
    """
    rows: list[Place] = []
    for user in users:
        use, area, annual, peak = str(user["use"]), user["area_m2"] or 0.0, user["m3_per_year"], user["peak_m3_per_day"]
        if annual is None:
            annual = annual_demand_m3(use, area, assumptions=assumed)
        if peak is None:
            peak = peak_day_m3(use, area, annual, assumed)
        rows.append({
            "user": user["id"], "name": user["name"] or user["id"], "layer": BY_HAND, "township": user["township"],
            "use": use, "x": user["x"], "y": user["y"], "area_m2": area, "annual_m3": annual, "peak_day_m3": peak,
        })  # fmt: skip
    places = pd.DataFrame(rows, columns=list(COLUMNS))
    return places[places["annual_m3"] > 0].sort_values("user", kind="stable", ignore_index=True)


def _place(
    row: Row, layer: str, use: str, annual_m3: float, assumed: Mapping[str, float], *, area_m2: float = 0.0
) -> Place:
    point = row.geometry.representative_point() if row.geometry.geom_type != "Point" else row.geometry
    return {
        "user": str(row.id) if use in ("process", "cooling", "greening", "car_wash", "toilet") else f"{row.id}-{use}",
        "name": row.name if isinstance(row.name, str) else str(row.id), "layer": layer, "township": row.township,
        "use": use, "x": point.x, "y": point.y, "area_m2": area_m2, "annual_m3": annual_m3,
        "peak_day_m3": peak_day_m3(use, area_m2, annual_m3, assumed),
    }  # fmt: skip


def unmeasured(district: District) -> pd.DataFrame:
    """The places whose demand cannot be told for want of their value: columns `township` and `layer`, a row each."""
    made = []
    for layer, column in _MEASURES.items():
        frame = _asking(district, layer)
        lacking = frame[frame[column].isna()]
        if layer == "industrial_parks":
            lacking = lacking[~lacking["id"].isin(_parks_of_firms(district))]
        made.append(pd.DataFrame({"township": lacking["township"].to_numpy(), "layer": layer}))
    return pd.concat(made, ignore_index=True)


def _asking(district: District, layer: str) -> pd.DataFrame:
    """The rows of a layer that could use reclaimed water and do not yet, measured or not."""
    frame = district.frames.get(layer)
    if frame is None:
        return pd.DataFrame(columns=["id", "township", "park", _MEASURES[layer]])
    if "source" in frame.columns:
        frame = frame[frame["source"] != "reclaimed"]
    if layer == "water_users":
        return frame[frame["sector"] == "industry"]
    if layer == "roads":
        return frame[(frame["swept"] == True) & (frame["status"] != "planned")]  # noqa: E712
    if layer == "public_institutions":
        return frame[(frame["large_building"] == True) | (frame["dual_pipes"] == True)]  # noqa: E712
    if layer == "residential_estates":
        return frame[(frame["dual_pipes"] == True) | frame["renovation"].isin(_NEAR_RENEWAL)]  # noqa: E712
    return frame


def _rows(district: District, layer: str) -> Iterator[Row]:
    """The rows of a layer whose demand can be told."""
    frame = _asking(district, layer)
    yield from frame[frame[_MEASURES[layer]].notna()].itertuples()


def _parks_of_firms(district: District) -> set[str | None]:
    return {firm.park for firm in _rows(district, "water_users")}


def _industry(district: District, assumed: Mapping[str, float], _dry: float) -> Iterator[Place]:
    """Firms; a park only where none of its firms is known."""
    parks = _parks_of_firms(district)
    for firm in _rows(district, "water_users"):
        use = "cooling" if firm.trade in _COOLED else "process"
        volume = annual_demand_m3(use, volume_m3=float(firm.use_m3_per_year), assumptions=assumed)
        yield _place(firm, "water_users", use, volume, assumed)
    for park in _rows(district, "industrial_parks"):
        if park.id not in parks:
            volume = annual_demand_m3("process", volume_m3=float(park.use_m3_per_year), assumptions=assumed)
            yield _place(park, "industrial_parks", "process", volume, assumed)


def _greens(district: District, assumed: Mapping[str, float], _dry: float) -> Iterator[Place]:
    for green in _rows(district, "green_spaces"):
        area = float(green.watered_area_m2)
        volume = annual_demand_m3("greening", area, lawn=lawn_of(green.lawn, green.care_grade), assumptions=assumed)
        yield _place(green, "green_spaces", "greening", volume, assumed, area_m2=area)


def lawn_of(lawn: object, grade: object) -> str:
    """The quota's name for a lawn and care grade; warm-season grade 1 where unknown, and no special warm lawn."""
    season = _LAWN.get(str(lawn), "warm")
    known = str(grade) if str(grade) in ("special", "grade_1", "grade_2") else "grade_1"
    return f"{season}_{'grade_1' if season == 'warm' and known == 'special' else known}"


def _roads(district: District, assumed: Mapping[str, float], dry: float) -> Iterator[Place]:
    """Swept streets by township and cell of 800 m: one point where water carts fill."""
    if "roads" not in district.frames:
        return
    swept = _asking(district, "roads")
    swept = swept[swept["width_m"].notna()]
    middles = swept.geometry.interpolate(0.5, normalized=True)
    area = swept.length * swept["width_m"].astype(float)
    cells = pd.DataFrame({
        "township": swept["township"].to_numpy(), "column": np.floor(middles.x / ROAD_CELL_M).astype(int).to_numpy(),
        "row": np.floor(middles.y / ROAD_CELL_M).astype(int).to_numpy(), "area": area.to_numpy(float),
        "x": middles.x.to_numpy(), "y": middles.y.to_numpy(),
    })  # fmt: skip
    for (township, column, row), group in cells.groupby(["township", "column", "row"], sort=True):
        total = float(group["area"].sum())
        volume = annual_demand_m3("road", total, dry_days=dry, assumptions=assumed)
        nearest = group.loc[np.hypot(group["x"] - group["x"].mean(), group["y"] - group["y"].mean()).idxmin()]
        yield {
            "user": f"ROAD-{township}-{column}-{row}", "name": None, "layer": "roads", "township": township,
            "use": "road", "x": float(nearest["x"]), "y": float(nearest["y"]), "area_m2": total, "annual_m3": volume,
            "peak_day_m3": peak_day_m3("road", total, volume, assumed),
        }  # fmt: skip


def _washes(district: District, assumed: Mapping[str, float], _dry: float) -> Iterator[Place]:
    for site in _rows(district, "car_wash_sites"):
        method = str(site.method) if isinstance(site.method, str) else "high_pressure"
        volume = annual_demand_m3("car_wash", cars_per_day=float(site.cars_per_day), method=method, assumptions=assumed)
        yield _place(site, "car_wash_sites", "car_wash", volume, assumed)


def _scenic(district: District, assumed: Mapping[str, float], _dry: float) -> Iterator[Place]:
    for area in _rows(district, "scenic_areas"):
        water = float(area.water_area_m2)
        volume = annual_demand_m3("scenic_lake", water, assumptions=assumed)
        yield _place(area, "scenic_areas", "scenic_lake", volume, assumed, area_m2=water)


def _buildings(district: District, assumed: Mapping[str, float], _dry: float) -> Iterator[Place]:
    """Large public buildings and those with a second pipe."""
    for building in _rows(district, "public_institutions"):
        volume = annual_demand_m3("toilet", people=float(building.people), place="office", assumptions=assumed)
        yield _place(building, "public_institutions", "toilet", volume, assumed)


def _estates(district: District, assumed: Mapping[str, float], _dry: float) -> Iterator[Place]:
    """Estates with a second pipe, and those whose renewal is still ahead."""
    for estate in _rows(district, "residential_estates"):
        volume = annual_demand_m3("toilet", people=float(estate.people), assumptions=assumed)
        yield _place(estate, "residential_estates", "toilet", volume, assumed)
