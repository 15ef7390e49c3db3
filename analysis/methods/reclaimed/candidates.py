"""The district as a network problem: plants with their treatment, places, and corridors on the real relief.

Every place is joined to the plants it reaches at least cost (two of them unless changed), no further than the longest
route allowed. A corridor is an arc each way, its line pulled straight where the ground allows. Lift of an arc is what
its ground rises above what the water was lifted to already on the way from the nearest plant, so that lifts along a
route add up to the highest point of its profile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from shapely import LineString

from analysis.methods.reclaimed.pipes import diameters, energy_yuan_per_m3, treatment_yuan_per_m3
from analysis.methods.reclaimed.quality import Suitability, suitability, worst_effluent
from analysis.methods.reclaimed.routing.profile import climb_m
from analysis.methods.reclaimed.routing.pulling import pulled
from analysis.methods.reclaimed.routing.routes import Cell, Corridor, Field, corridors, field_from
from analysis.methods.reclaimed.routing.surface import Surface, cost_surface, slope_share
from analysis.methods.reclaimed.supply import plant_supply
from layers.district import District

STEPS = ("as_is", "polish", "upgrade")
_LEAST_CONNECTION_M = 20.0
_SHARED = 0.5


@dataclass(frozen=True)
class Candidates:
    """What may be built: nodes and arcs for `plan_network`, with plants, places, fits and lines behind them.

    `nodes` also have `x`, `y`; `arcs` also `kind` (treatment, pipe, connection), `step` and `geometry` (metric CRS).
    """

    nodes: pd.DataFrame
    arcs: pd.DataFrame
    plants: pd.DataFrame
    places: pd.DataFrame
    fits: Mapping[tuple[str, str], Suitability]
    surface: Surface | None


def candidates(district: District, places: pd.DataFrame, assumed: Mapping[str, float]) -> Candidates:
    """The candidate network of a district's plants and of places; without elevation or plants it has no arcs.

    A plant whose supply is not known is none of its nodes.
    """
    known = plant_supply(district, assumed)
    plants = known[known["supply_m3"].notna()]
    fits = plant_fits(district, sorted(set(places["use"])), planned=assumed["reclaimed_planned_plants"] >= 0.5)
    surface = cost_surface(district, assumed)
    if surface is None or plants.empty or places.empty:
        empty = pd.DataFrame(columns=["id", "from", "to", "kind", "corridor", "diameters"])
        return Candidates(_nodes(plants, places, [], surface, assumed), empty, known, places, fits, surface)
    plant_cells, place_cells = _cells(surface, plants), _cells(surface, places)
    fields = [field_from(surface, cell) for cell in plant_cells]
    routes = _routes(surface, fields, place_cells, assumed)
    found = corridors(surface, routes, keep={*plant_cells, *place_cells})
    reached = _reached(surface, fields, {cell for corridor in found for cell in corridor.ends})
    arcs = [
        *_treatments(plants, plant_cells, fits, assumed),
        *_pipes(surface, found, reached, assumed),
        *_connections(surface, places, place_cells, reached, assumed),
    ]
    cells = sorted({cell for corridor in found for cell in corridor.ends} | set(plant_cells) | set(place_cells))
    nodes = _nodes(plants, places, cells, surface, assumed)
    return Candidates(nodes, pd.DataFrame(arcs), known, places, fits, surface)


def plant_fits(district: District, uses: list[str], *, planned: bool) -> dict[tuple[str, str], Suitability]:
    """Suitability of every plant's effluent for every use, by (plant, use)."""
    frame = district.frames.get("wastewater_plants")
    table = district.tables.get("effluent")
    found: dict[tuple[str, str], Suitability] = {}
    for plant in () if frame is None else frame.to_dict("records"):
        rows = None if table is None else table[table["plant"] == plant["id"]]
        effluent = worst_effluent(plant, rows, planned=planned)
        found |= {(str(plant["id"]), use): suitability(effluent, use) for use in uses}
    return found


def step_for(fit: Suitability, *, unknown_allowed: bool) -> str | None:
    """The treatment a use needs at a plant: none, polishing, upgrading; unknown counts as polishing where allowed."""
    steps = {"ok": "as_is", "polish": "polish", "upgrade": "upgrade", "unknown": "polish" if unknown_allowed else None}
    return steps[fit.verdict]


def _cells(surface: Surface, frame: pd.DataFrame) -> list[Cell]:
    rows, columns = surface.at(frame["x"].to_numpy(float), frame["y"].to_numpy(float))
    return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True)]


def _routes(
    surface: Surface, fields: list[Field], places: list[Cell], assumed: Mapping[str, float]
) -> list[list[Cell]]:
    """Routes from the nearest plants to every place's cell that are not too long, drawn together.

    The routes from every place's nearest plant are laid first; then all are laid again where cells already used cost
    half, so that routes of neighbouring plants share a trench rather than run side by side.
    """
    first = _laid(surface, fields, places, {**assumed, "reclaimed_plants_per_user": 1})
    cost = surface.cost.copy()
    used = np.array(sorted({cell for route in first for cell in route}), int).reshape(-1, 2)
    cost[used[:, 0], used[:, 1]] *= _SHARED
    drawn = replace(surface, cost=cost)
    return _laid(surface, [field_from(drawn, field.start) for field in fields], places, assumed)


def _laid(surface: Surface, fields: list[Field], places: list[Cell], assumed: Mapping[str, float]) -> list[list[Cell]]:
    """Routes from the plants of least cost to every place's cell, none longer than allowed."""
    count = min(int(assumed["reclaimed_plants_per_user"]), len(fields))
    most = assumed["reclaimed_longest_route_m"] / surface.cell
    found = []
    for cell in sorted(set(places)):
        nearest = sorted(range(len(fields)), key=lambda n: (fields[n].cost[cell], n))[:count]
        for n in nearest:
            route = fields[n].route(cell)
            if len(route) > 1 and _steps(route) <= most:
                found.append(route)
    return found


def _steps(route: list[Cell]) -> float:
    rows, columns = np.array(route).T
    return float(np.hypot(np.diff(rows), np.diff(columns)).sum())


def _reached(surface: Surface, fields: list[Field], cells: set[Cell]) -> dict[Cell, float]:
    """To what height water has been lifted when it comes to a cell from the nearest plant."""
    found = {}
    for cell in cells:
        nearest = min(range(len(fields)), key=lambda n: (fields[n].cost[cell], n))
        rows, columns = np.array(fields[nearest].route(cell) or [cell]).T
        found[cell] = float(np.nanmax(surface.height[rows, columns]))
    return found


def _treatments(
    plants: pd.DataFrame,
    cells: list[Cell],
    fits: Mapping[tuple[str, str], Suitability],
    assumed: Mapping[str, float],
) -> Iterator[dict[str, object]]:
    """From a plant to the head of its network: as it is, polished or upgraded, one of them, each for some uses."""
    allowed = assumed["reclaimed_unknown_allowed"] >= 0.5
    for plant, cell in zip(plants.itertuples(), cells, strict=True):
        needs = {use: step_for(fit, unknown_allowed=allowed) for (id_, use), fit in fits.items() if id_ == plant.plant}
        before: tuple[str, ...] = ()
        for n, step in enumerate(STEPS):
            uses = tuple(sorted(use for use, need in needs.items() if need in STEPS[: n + 1]))
            if uses and uses != before:
                size = {"dn_mm": 0.0, "capacity_m3": 1e12, "capital_yuan_per_year": 0.0, "investment_yuan": 0.0}
                yield {
                    "id": f"{plant.plant}:{step}", "from": plant.plant, "to": _name(cell), "kind": "treatment",
                    "step": step, "uses": uses, "corridor": f"{plant.plant}:treatment", "length_m": 0.0, "lift_m": 0.0,
                    "diameters": [size], "energy_yuan_per_m3": treatment_yuan_per_m3(step, assumed), "geometry": None,
                }  # fmt: skip
            before = uses or before


def _pipes(
    surface: Surface, found: list[Corridor], reached: Mapping[Cell, float], assumed: Mapping[str, float]
) -> Iterator[dict[str, object]]:
    slope = slope_share(surface.height, surface.cell)
    for n, corridor in enumerate(found, start=1):
        line = pulled(surface, corridor.cells)
        under, length = surface.under(line), float(line.length)
        sizes = diameters(length, slope=float(slope[under].mean()), assumed=assumed)
        heights = surface.height[under]
        for way, drawn in (("a", line), ("b", line.reverse())):
            start, end = corridor.ends if way == "a" else corridor.ends[::-1]
            lift = climb_m(heights, reached[start])
            yield {
                "id": f"C{n:04d}{way}", "from": _name(start), "to": _name(end), "kind": "pipe", "step": None,
                "uses": None, "corridor": f"C{n:04d}", "length_m": length, "lift_m": lift,
                "diameters": sizes, "energy_yuan_per_m3": _pumping(lift, length, assumed), "geometry": drawn,
            }  # fmt: skip


def _connections(
    surface: Surface,
    places: pd.DataFrame,
    cells: list[Cell],
    reached: Mapping[Cell, float],
    assumed: Mapping[str, float],
) -> Iterator[dict[str, object]]:
    """From the corridor to a place, with the head owed there."""
    for place, cell in zip(places.itertuples(), cells, strict=True):
        if cell not in reached:
            continue
        x, y = surface.centre(*np.array(cell))
        length = max(float(np.hypot(place.x - x, place.y - y)), _LEAST_CONNECTION_M)
        lift = max(float(surface.height[cell]) + assumed["reclaimed_service_head_m"] - reached[cell], 0.0)
        yield {
            "id": f"S:{place.user}", "from": _name(cell), "to": place.user, "kind": "connection", "step": None,
            "uses": None, "corridor": f"S:{place.user}", "length_m": length, "lift_m": lift,
            "diameters": diameters(length, slope=0.0, assumed=assumed),
            "energy_yuan_per_m3": _pumping(lift, length, assumed),
            "geometry": LineString([(float(x), float(y)), (place.x, place.y)]),
        }  # fmt: skip


def _pumping(lift_m: float, length_m: float, assumed: Mapping[str, float]) -> float:
    friction = assumed["reclaimed_friction_m_per_km"] * length_m / 1000 * (1 + assumed["reclaimed_local_share"])
    return energy_yuan_per_m3(lift_m + friction, assumed)


def _name(cell: Cell) -> str:
    return f"J{cell[0]}-{cell[1]}"


def _nodes(
    plants: pd.DataFrame,
    places: pd.DataFrame,
    cells: list[Cell],
    surface: Surface | None,
    assumed: Mapping[str, float],
) -> pd.DataFrame:
    """Plants with what they can promise for even demand, places, junctions.

    A use's places share the peak factor of the use as a whole.
    """
    peaks = places.groupby("use")[["peak_day_m3", "annual_m3"]].sum()
    factor = (peaks["peak_day_m3"] * 365 / peaks["annual_m3"]).round(2)
    benefit = assumed["tap_yuan_per_m3"] + assumed["sewage_yuan_per_m3"]
    rows: list[dict[str, object]] = [
        {"id": p.plant, "kind": "plant", "supply_m3": p.even_m3, "x": p.x, "y": p.y} for p in plants.itertuples()
    ]
    rows += [
        {"id": p.user, "kind": "user", "demand_m3": p.annual_m3, "use": p.use, "peak_factor": factor[p.use],
         "priority": assumed[f"reclaimed_priority_{p.use}"], "unit_benefit_yuan": benefit, "x": p.x, "y": p.y}
        for p in places.itertuples()
    ]  # fmt: skip
    for cell in cells:
        assert surface is not None
        x, y = surface.centre(*np.array(cell))
        rows.append({"id": _name(cell), "kind": "junction", "x": float(x), "y": float(y)})
    columns = ["id", "kind", "supply_m3", "demand_m3", "use", "peak_factor", "priority", "unit_benefit_yuan", "x", "y"]
    return pd.DataFrame(rows, columns=columns)
