"""Network problems of district size, made by seed: plants, users and a candidate graph of pipes both ways."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.spatial import Delaunay

SIZES_MM = (100, 150, 200, 300, 400, 500)
YUAN_PER_M = (600, 780, 950, 1350, 1800, 2400)
CAPACITY_M3 = tuple(
    v * np.pi * (d / 1000) ** 2 / 4 * 86400 * 365 / 2.2 for d, v in zip(SIZES_MM, (0.9,) * 4 + (1.4,) * 2, strict=True)
)
RECOVERY = 0.08718


def network(plants: int, users: int, junctions: int, *, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Nodes and arcs of a Delaunay graph over 30 km, heights and lifts included; demands from 2,000 to 400,000 m³."""
    rng = np.random.default_rng(seed)
    count = plants + users + junctions
    places = rng.uniform(0, 30_000, (count, 2))
    heights = 300 + 150 * np.sin(places[:, 0] / 6_000) * np.cos(places[:, 1] / 5_000)
    kinds = ["plant"] * plants + ["user"] * users + ["junction"] * junctions
    demand = np.where(np.array(kinds) == "user", np.exp(rng.uniform(np.log(2e3), np.log(4e5), count)), 0.0)
    supply = np.zeros(count)
    supply[:plants] = rng.dirichlet(np.ones(plants) * 2) * demand.sum() * 0.9
    nodes = pd.DataFrame({
        "id": [f"{kind[0].upper()}{n}" for n, kind in enumerate(kinds)], "kind": kinds, "supply_m3": supply.round(),
        "demand_m3": demand.round(), "priority": rng.integers(1, 4, count).astype(float),
        "unit_benefit_yuan": np.full(count, 4.2), "x": places[:, 0], "y": places[:, 1],
    })  # fmt: skip
    pairs = {tuple(sorted((int(a), int(b)))) for t in Delaunay(places).simplices for a in t for b in t if a < b}
    rows = [row for pair in sorted(pairs) for row in _both_ways(nodes, places, heights, pair)]
    return nodes, pd.DataFrame(rows)


def _both_ways(nodes: pd.DataFrame, places: np.ndarray, heights: np.ndarray, pair: tuple[int, int]) -> list[dict]:
    length = float(np.hypot(*(places[pair[0]] - places[pair[1]])) * 1.2)
    sizes = [
        {"dn_mm": dn, "capacity_m3": capacity, "capital_yuan_per_year": length * price * RECOVERY}
        for dn, capacity, price in zip(SIZES_MM, CAPACITY_M3, YUAN_PER_M, strict=True)
    ]
    rows = []
    for tail, head in (pair, pair[::-1]):
        lift = max(float(heights[head] - heights[tail]), 0.0)
        rows.append({
            "from": nodes["id"][tail], "to": nodes["id"][head], "length_m": length, "lift_m": lift, "diameters": sizes,
            "energy_yuan_per_m3": (lift + 0.004 * length) * 0.0042 * 0.65, "corridor": f"{pair[0]}-{pair[1]}",
        })  # fmt: skip
    return rows


def allocation(plants: int, users: int, *, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Plants that may open and a pipe of its own from each to every user: no pipe is shared."""
    rng = np.random.default_rng(seed)
    where = rng.uniform(0, 100, (plants + users, 2))
    demand = rng.uniform(5, 35, users)
    supply = rng.uniform(0.2, 0.4, plants) * demand.sum()
    ids = [f"P{n}" for n in range(plants)] + [f"O{n}" for n in range(plants)] + [f"U{n}" for n in range(users)]
    nodes = pd.DataFrame({
        "id": ids, "kind": ["plant"] * plants + ["junction"] * plants + ["user"] * users,
        "supply_m3": [*supply, *np.zeros(plants + users)], "demand_m3": [*np.zeros(2 * plants), *demand],
    })  # fmt: skip
    rows = [_pipe(f"P{n}", f"O{n}", supply[n], rng.uniform(800, 1500), 0.0) for n in range(plants)]
    for plant in range(plants):
        for user in range(users):
            far = float(np.hypot(*(where[plant] - where[plants + user])))
            rows.append(_pipe(f"O{plant}", f"U{user}", demand[user], 10 + far, 0.05 * far))
    return nodes, pd.DataFrame(rows)


def _pipe(tail: str, head: str, capacity: float, capital: float, energy: float) -> dict[str, object]:
    size = {"dn_mm": 100, "capacity_m3": float(capacity), "capital_yuan_per_year": float(capital)}
    return {"from": tail, "to": head, "diameters": [size], "energy_yuan_per_m3": energy}
