"""Reclaimed water: allocation against plain HiGHS, networks to a proof or 30 seconds, routes against scikit-image."""

from __future__ import annotations

import time
from collections.abc import Mapping

import numpy as np
import pandas as pd
from affine import Affine
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_matrix
from skimage.graph import MCP_Geometric

from analysis.methods.reclaimed.routing.routes import field_from
from analysis.methods.reclaimed.routing.surface import Surface
from analysis.network.plan import plan_network
from benchmarks.reclaimed_instances import allocation, network

AIM_ALLOCATION, AIM_PROOF_S, AIM_GAP, AIM_FIRST_S, AIM_ROUTES_S = 1.1, 10.0, 0.05, 5.0, 10.0
_PLANTS, _TURNS = 18, 3


def run() -> list[dict[str, object]]:
    """Rows {name, value, unit, peer, ratio, aim}; a gap or time beyond its aim is shown as it is."""
    small, large = _network("5 plants, 50 users", 5, 50, 50), _network("15 plants, 160 users", 15, 160, 60)
    return [_allocation(10, 300), *small, *large, _routes()]


def _row(name: str, value: float | None, unit: str, *, aim: float, peer: float | None = None) -> dict[str, object]:
    ratio = value / peer if value is not None and peer else None
    return {"name": name, "value": value, "unit": unit, "peer": peer, "ratio": ratio, "aim": aim}


def _allocation(plants: int, users: int) -> dict[str, object]:
    nodes, arcs = allocation(plants, users, seed=1)
    target = float(nodes["demand_m3"].sum())
    own, peer = [], []
    for _ in range(_TURNS):
        started = time.perf_counter()
        plan = plan_network(nodes, arcs, target_m3=target, gap=0.01, time_limit_s=60, alternatives=0)
        own.append(time.perf_counter() - started)
        started = time.perf_counter()
        best = plain_milp(nodes, arcs, gap=0.01)
        peer.append(time.perf_counter() - started)
        assert plan.objective is not None
        assert abs(plan.objective - best) <= 0.021 * best
    return _row(f"allocation {plants} × {users} to 1 %", min(own), "s", peer=min(peer), aim=AIM_ALLOCATION)


def plain_milp(nodes: pd.DataFrame, arcs: pd.DataFrame, *, gap: float) -> float:
    """The allocation as one matrix for scipy.optimize.milp: flows, pipes, openings, strong links; its cost."""
    plants, users = int((nodes["kind"] == "plant").sum()), int((nodes["kind"] == "user").sum())
    links = arcs.iloc[plants:].reset_index(drop=True)
    count = len(links)
    supply, demand = nodes["supply_m3"].to_numpy()[:plants], nodes["demand_m3"].to_numpy()[2 * plants :]
    capital = np.array([sizes[0]["capital_yuan_per_year"] for sizes in arcs["diameters"]])
    cost = np.concatenate([links["energy_yuan_per_m3"], capital[plants:], capital[:plants]])
    rows = lil_matrix((users + plants + 2 * count, 2 * count + plants))
    for n in range(count):
        plant, user = divmod(n, users)
        rows[user, n] = 1
        rows[users + plant, n] = 1
        rows[users + plants + n, n], rows[users + plants + n, count + n] = 1, -demand[user]
        rows[users + plants + count + n, count + n], rows[users + plants + count + n, 2 * count + plant] = 1, -1
    for plant in range(plants):
        rows[users + plant, 2 * count + plant] = -supply[plant]
    low = np.concatenate([demand, np.full(plants + 2 * count, -np.inf)])
    high = np.concatenate([demand, np.zeros(plants + 2 * count)])
    found = milp(
        cost,
        constraints=LinearConstraint(rows.tocsr(), low, high),
        integrality=np.concatenate([np.zeros(count), np.ones(count + plants)]),
        bounds=Bounds(0, np.concatenate([np.full(count, np.inf), np.ones(count + plants)])),
        options={"mip_rel_gap": gap},
    )
    return float(found.fun)


def _network(name: str, plants: int, users: int, junctions: int) -> list[dict[str, object]]:
    nodes, arcs = network(plants, users, junctions, seed=1)
    target = 0.3 * float(min(nodes["supply_m3"].sum(), nodes["demand_m3"].sum()))
    first: list[float] = []

    def heard(state: Mapping[str, object]) -> None:
        if state["objective"] is not None and not first:
            first.append(float(state["seconds"]))  # type: ignore[arg-type]

    plan = plan_network(nodes, arcs, target_m3=target, gap=0.01, time_limit_s=30, progress=heard, alternatives=0)
    return [
        _row(f"{name}, {len(arcs)} arcs: first answer", first[0] if first else None, "s", aim=AIM_FIRST_S),
        _row(f"{name}, {len(arcs)} arcs: to 1 % or the limit ({plan.status})", plan.seconds, "s", aim=AIM_PROOF_S),
        _row(f"{name}, {len(arcs)} arcs: gap after 30 s at most", plan.gap, "share", aim=AIM_GAP),
    ]


def _routes() -> dict[str, object]:
    """Fields of least cost from 18 plants over the district's grid, ours and bare MCP_Geometric, costs compared."""
    rng = np.random.default_rng(5)
    cost = rng.uniform(1, 8, (420, 490))
    surface = Surface(cost, np.zeros(cost.shape), Affine(180, 0, 0, 0, -180, 0), 180.0)
    starts = [
        (int(r), int(c)) for r, c in zip(rng.integers(0, 420, _PLANTS), rng.integers(0, 490, _PLANTS), strict=True)
    ]
    started = time.perf_counter()
    fields = [field_from(surface, start) for start in starts]
    own = time.perf_counter() - started
    started = time.perf_counter()
    bare = [MCP_Geometric(cost, sampling=(180.0, 180.0)).find_costs([start])[0] for start in starts]
    peer = time.perf_counter() - started
    assert all(np.array_equal(field.cost, other) for field, other in zip(fields, bare, strict=True))
    return _row(f"routes from {_PLANTS} plants over 420 × 490 cells", own, "s", peer=peer, aim=AIM_ROUTES_S)
