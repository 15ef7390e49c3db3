"""Small and large network problems made by seed, and the answer by trying everything."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
from scipy.optimize import linprog


def tiny(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One or two plants, two or three users, a junction or two, up to six one-way arcs of one or two diameters."""
    rng = np.random.default_rng(seed)
    plants, users, junctions = rng.integers(1, 3), rng.integers(2, 4), rng.integers(0, 3)
    ids = [f"P{n}" for n in range(plants)] + [f"U{n}" for n in range(users)] + [f"J{n}" for n in range(junctions)]
    kinds = ["plant"] * plants + ["user"] * users + ["junction"] * junctions
    nodes = pd.DataFrame({
        "id": ids, "kind": kinds,
        "supply_m3": [float(rng.integers(5, 25)) if kind == "plant" else 0.0 for kind in kinds],
        "demand_m3": [float(rng.integers(1, 12)) if kind == "user" else 0.0 for kind in kinds],
        "priority": [float(rng.integers(1, 4)) for _ in kinds],
        "unit_benefit_yuan": [float(rng.integers(0, 9)) for _ in kinds],
        "peak_factor": [1.0 if rng.random() < 0.7 else 2.0 for _ in kinds],
    })  # fmt: skip
    pairs = [(a, b) for a in ids for b in ids if a != b and not b.startswith("P")]
    count = min(len(pairs), int(rng.integers(4, 7)))
    rows = []
    for n in sorted(rng.choice(len(pairs), count, replace=False)):
        small, cost = float(rng.integers(3, 12)), float(rng.integers(1, 30))
        sizes = [{"dn_mm": 100, "capacity_m3": small, "capital_yuan_per_year": cost}]
        if rng.random() < 0.6:
            sizes.append({"dn_mm": 200, "capacity_m3": small * 3, "capital_yuan_per_year": cost + rng.integers(0, 20)})
        rows.append({"from": pairs[n][0], "to": pairs[n][1], "length_m": 100.0, "lift_m": 0.0, "diameters": sizes,
                     "energy_yuan_per_m3": float(rng.integers(0, 4)) / 2})  # fmt: skip
    return nodes, pd.DataFrame(rows)


def best_by_trying(
    nodes: pd.DataFrame, arcs: pd.DataFrame, *, target: float | None = None, budget: float | None = None
) -> float | None:
    """The objective of the best network, by every choice of diameters and users; none when no choice will do."""
    users = [n for n in range(len(nodes)) if nodes["demand_m3"][n] > 0]
    subsets = [s for r in range(len(users) + 1) for s in itertools.combinations(users, r)]
    sizes = [[None, *range(len(d))] for d in arcs["diameters"]]
    choices = []
    for choice in itertools.product(*sizes):
        picked = [None if c is None else arcs["diameters"][n][c] for n, c in enumerate(choice)]
        choices.append((sum(p["capital_yuan_per_year"] for p in picked if p), picked))
    choices.sort(key=lambda entry: entry[0])
    sides, into = _cut_sides(nodes, arcs)
    capacity = np.array([[p["capacity_m3"] if p else 0.0 for p in picked] for _, picked in choices])
    room = capacity @ into.T
    best: float | None = None
    for served in subsets:
        demand = np.array([nodes["demand_m3"][n] if n in served else 0.0 for n in range(len(nodes))])
        volume, weighted = demand.sum(), float((demand * nodes["priority"]).sum())
        if target is not None and volume < target - 1e-9:
            continue
        if target is None and budget is not None and best is not None and weighted <= best:
            continue
        need = sides @ (demand - nodes["supply_m3"].to_numpy(float))
        for row in np.flatnonzero((room >= need - 1e-9).all(axis=1)):
            capital = choices[row][0]
            if budget is not None and capital > budget + 1e-9:
                break
            if target is not None and best is not None and capital >= best:
                break
            benefit = float((demand * nodes["unit_benefit_yuan"]).sum())
            if target is None and budget is None and best is not None and benefit - capital <= best:
                break
            cost = capital + _energy(nodes, arcs, demand, capacity[row])
            if not np.isfinite(cost):
                continue
            if budget is not None and cost > budget + 1e-9:
                continue
            if target is not None:
                best = cost if best is None else min(best, cost)
            else:
                value = weighted if budget is not None else benefit - cost
                best = value if best is None else max(best, value)
                if budget is not None:
                    break
    return best


def _cut_sides(nodes: pd.DataFrame, arcs: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Every set of nodes as a row of 0/1, and the arcs that enter it."""
    place = {id_: n for n, id_ in enumerate(nodes["id"])}
    tail, head = arcs["from"].map(place).to_numpy(), arcs["to"].map(place).to_numpy()
    sides = np.array(list(itertools.product([0, 1], repeat=len(nodes))))
    return sides, (sides[:, head] & ~sides[:, tail] & 1).astype(float)


def _energy(nodes: pd.DataFrame, arcs: pd.DataFrame, demand: np.ndarray, capacity: np.ndarray) -> float:
    """The least energy cost of serving the demand, infinite when flows at their peaks do not fit the capacity."""
    place = {id_: n for n, id_ in enumerate(nodes["id"])}
    net = np.zeros((len(nodes), len(arcs)))
    for n, (tail, head) in enumerate(zip(arcs["from"], arcs["to"], strict=True)):
        net[place[tail], n] -= 1
        net[place[head], n] += 1
    supply = nodes["supply_m3"].to_numpy(float)
    plants, peaks = np.eye(len(nodes))[:, supply > 0], sorted(set(nodes["peak_factor"][demand > 0])) or [1.0]
    block = np.hstack([net, plants])
    gives = np.hstack([np.zeros((plants.shape[1], len(arcs))), np.eye(plants.shape[1])])
    takes = np.hstack([np.eye(len(arcs)), np.zeros((len(arcs), plants.shape[1]))])
    price = np.concatenate([arcs["energy_yuan_per_m3"].to_numpy(float), np.zeros(plants.shape[1])])
    found = linprog(
        np.tile(price, len(peaks)),
        A_eq=np.kron(np.eye(len(peaks)), block),
        b_eq=np.concatenate([np.where(nodes["peak_factor"] == peak, demand, 0.0) for peak in peaks]),
        A_ub=np.vstack([np.tile(gives, len(peaks)), np.hstack([takes * peak for peak in peaks])]),
        b_ub=np.concatenate([supply[supply > 0], capacity]),
    )
    return float(found.fun) if found.status == 0 else float("inf")
