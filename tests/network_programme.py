"""The network problem written a second time from its statement: one flow a user, scipy's milp, nothing of ours in it.

Beside it random instances with everything the statement has: corridors, uses, peaks, energies, several diameters, pins
of every kind, things forbidden, targets, budgets, and wishes that nothing can meet.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

Wish = dict[str, Any]


def instance(seed: int) -> tuple[pd.DataFrame, pd.DataFrame, Wish]:
    """Nodes, arcs and a wish as `plan_network` takes them."""
    rng = np.random.default_rng(seed)
    kinds = ["plant"] * int(rng.integers(1, 4)) + ["user"] * int(rng.integers(2, 6))
    kinds += ["junction"] * int(rng.integers(0, 4))
    ids = [f"{kind[0].upper()}{n}" for n, kind in enumerate(kinds)]
    several = rng.random() < 0.4
    nodes = pd.DataFrame({
        "id": ids, "kind": kinds,
        "supply_m3": [float(rng.integers(4, 25)) if kind == "plant" else 0.0 for kind in kinds],
        "demand_m3": [float(rng.integers(1, 12)) if kind == "user" else 0.0 for kind in kinds],
        "priority": [float(rng.integers(1, 4)) for _ in kinds],
        "unit_benefit_yuan": [float(rng.integers(0, 12)) for _ in kinds],
        "peak_factor": [2.0 if rng.random() < 0.25 else 1.0 for _ in kinds],
        "use": [str(rng.choice(["road", "toilet"])) if several else None for _ in kinds],
    })  # fmt: skip
    pairs = [(a, b) for a in ids for b in ids if a < b or a != b]
    rows: list[dict[str, Any]] = []
    for n in rng.permutation(len(pairs))[: int(rng.integers(5, 12))]:
        rows += _lines(rng, pairs[n], several=several)
    arcs = pd.DataFrame(rows).assign(id=[f"A{n}" for n in range(len(rows))])
    return nodes, arcs, _wish(rng, nodes, arcs)


def _lines(rng: np.random.Generator, pair: tuple[str, str], *, several: bool) -> list[dict[str, Any]]:
    """A pipe one way, or both ways in one corridor."""
    small, cost = float(rng.integers(3, 14)), float(rng.integers(1, 30))
    sizes = [{"dn_mm": 100, "capacity_m3": small, "capital_yuan_per_year": cost}]
    if rng.random() < 0.6:
        sizes.append({"dn_mm": 200, "capacity_m3": 3 * small, "capital_yuan_per_year": cost + rng.integers(0, 20)})
    uses = ("road",) if several and rng.random() < 0.2 else None
    one = {"diameters": sizes, "uses": uses, "corridor": "-".join(sorted(pair))}
    ways = [pair, pair[::-1]] if rng.random() < 0.5 else [pair]
    return [{**one, "from": a, "to": b, "energy_yuan_per_m3": float(rng.integers(0, 4)) / 2} for a, b in ways]


def _wish(rng: np.random.Generator, nodes: pd.DataFrame, arcs: pd.DataFrame) -> Wish:
    wish: Wish = {"pinned": [], "forbidden": []}
    aim = rng.integers(0, 4)
    if aim in (0, 1):
        wish["target_m3"] = float(np.ceil(rng.uniform(0, 1.1) * nodes["demand_m3"].sum()))
    if aim in (1, 2):
        wish["budget_yuan"] = float(rng.integers(3, 120))
    names = [*nodes["id"], *arcs["id"], *arcs["corridor"].unique(), *zip(arcs["from"], arcs["to"], strict=True)]
    for which, most in (("pinned", 3), ("forbidden", 2)):
        for n in rng.permutation(len(names))[: int(rng.integers(0, most + 1))]:
            if names[n] not in wish["pinned"]:
                wish[which].append(names[n])
    return wish


def best_of(
    nodes: pd.DataFrame,
    arcs: pd.DataFrame,
    *,
    target_m3: float | None = None,
    budget_yuan: float | None = None,
    pinned: Iterable[object] = (),
    forbidden: Iterable[object] = (),
    volume: bool = False,
) -> float | None:
    """The objective of the best network, none where no network meets the wishes; `volume`: the most m³ instead."""
    programme = _Programme(nodes, arcs, [_read(name, nodes, arcs) for name in forbidden])
    if target_m3 is not None:
        programme.at_least({programme.s[u]: programme.demand[u] for u in programme.s}, target_m3)
    if budget_yuan is not None:
        programme.at_most(programme.cost, budget_yuan)
    for name in pinned:
        if not programme.pin(*_read(name, nodes, arcs)):
            return None
    if volume:
        return programme.least({programme.s[u]: -programme.demand[u] for u in programme.s}, sign=-1)
    if target_m3 is not None:
        return programme.least(programme.cost, sign=1)
    worth = nodes.set_index("id")["priority" if budget_yuan is not None else "unit_benefit_yuan"]
    gain = {programme.s[u]: -programme.demand[u] * float(worth[u]) for u in programme.s}
    return programme.least(gain if budget_yuan is not None else gain | programme.cost, sign=-1)


def _read(name: object, nodes: pd.DataFrame, arcs: pd.DataFrame) -> tuple[str | None, list[int]]:
    """The node a wish names, or the rows of arcs."""
    if isinstance(name, tuple):
        return None, list(np.flatnonzero((arcs["from"] == name[0]) & (arcs["to"] == name[1])))
    if name in set(nodes["id"]):
        return str(name), []
    return None, list(np.flatnonzero((arcs["id"] == name) | (arcs["corridor"] == name)))


class _Programme:
    """Columns y (arc, diameter), s (user), f (arc, user), g (plant, user), and rows lower ≤ Σ value·column ≤ upper."""

    def __init__(self, nodes: pd.DataFrame, arcs: pd.DataFrame, forbidden: list[tuple[str | None, list[int]]]) -> None:
        self.kind = dict(zip(nodes["id"], nodes["kind"], strict=True))
        self.demand = dict(zip(nodes["id"], nodes["demand_m3"], strict=True))
        supply = dict(zip(nodes["id"], nodes["supply_m3"], strict=True))
        gone = {node for node, _ in forbidden} - {None}
        junctions = {node for node in gone if self.kind[node] == "junction"}
        rows = {row for _, found in forbidden for row in found}
        self.arcs = {
            n: arc for n, arc in enumerate(arcs.to_dict("records"))
            if n not in rows and not {arc["from"], arc["to"]} & junctions
        }  # fmt: skip
        self.supply = {p: v for p, v in supply.items() if v > 0 and p not in gone}
        users = [u for u, v in self.demand.items() if v > 0 and u not in gone]
        self.count, self.rows = 0, []
        self.y = {n: [self._new() for _ in arc["diameters"]] for n, arc in self.arcs.items()}
        self.s = {u: self._new() for u in users}
        self.whole = self.count
        use = dict(zip(nodes["id"], nodes["use"], strict=True))
        self.f = {
            (n, u): self._new() for n, arc in self.arcs.items() for u in users
            if arc["uses"] is None or use[u] in arc["uses"]
        }  # fmt: skip
        self.g = {(p, u): self._new() for p in self.supply for u in users}
        self.cost = {
            column: float(size["capital_yuan_per_year"])
            for n, arc in self.arcs.items()
            for column, size in zip(self.y[n], arc["diameters"], strict=True)
        }
        self.cost |= {column: self.arcs[n]["energy_yuan_per_m3"] for (n, _), column in self.f.items()}
        self._state(dict(zip(nodes["id"], nodes["peak_factor"], strict=True)))

    def _new(self) -> int:
        self.count += 1
        return self.count - 1

    def _state(self, peak: dict[str, float]) -> None:
        for u, served in self.s.items():
            for node in self.kind:
                row = {c: 1.0 for (n, v), c in self.f.items() if v == u and self.arcs[n]["to"] == node}
                for (n, v), c in self.f.items():
                    if v == u and self.arcs[n]["from"] == node:
                        row[c] = row.get(c, 0.0) - 1.0
                row |= {c: 1.0 for (p, v), c in self.g.items() if v == u and p == node}
                if node == u:
                    row[served] = -self.demand[u]
                self.rows.append((row, 0.0, 0.0))
        for p, most in self.supply.items():
            self.at_most({c: 1.0 for (q, _), c in self.g.items() if q == p}, most)
        for n, arc in self.arcs.items():
            room = {c: -float(size["capacity_m3"]) for c, size in zip(self.y[n], arc["diameters"], strict=True)}
            self.at_most(room | {c: peak[u] for (m, u), c in self.f.items() if m == n}, 0.0)
        for corridor in {arc["corridor"] for arc in self.arcs.values()}:
            self.at_most({c: 1.0 for n in self.arcs if self.arcs[n]["corridor"] == corridor for c in self.y[n]}, 1.0)

    def at_least(self, row: dict[int, float], value: float) -> None:
        self.rows.append((row, value, np.inf))

    def at_most(self, row: dict[int, float], value: float) -> None:
        self.rows.append((row, -np.inf, value))

    def pin(self, node: str | None, rows: list[int]) -> bool:
        """Hold a wish by hand fast; false where it cannot be met by anything."""
        if node in self.s:
            self.at_least({self.s[node]: 1.0}, 1.0)
            return True
        if node in self.supply:
            least = min(self.supply[node], min((self.demand[u] for u in self.s), default=np.inf))
            self.at_least({c: 1.0 for (p, _), c in self.g.items() if p == node}, least)
            return bool(self.s)
        if node is not None and self.kind[node] != "junction":
            return False
        ends = {n for n, arc in self.arcs.items() if node in (arc["from"], arc["to"])}
        built = {c: 1.0 for n in ends | (set(rows) & set(self.arcs)) for c in self.y[n]}
        self.at_least(built, 1.0)
        return bool(built)

    def least(self, objective: dict[int, float], *, sign: int) -> float | None:
        rows = [row for row in self.rows if row[0] or not row[1] <= 0 <= row[2]]
        matrix = np.zeros((len(rows), self.count))
        for n, (row, _, _) in enumerate(rows):
            matrix[n, list(row)] = list(row.values())
        price = np.zeros(self.count)
        price[list(objective)] = list(objective.values())
        whole = np.arange(self.count) < self.whole
        limits = Bounds(0, np.where(whole, 1.0, np.inf))
        found = milp(
            price, integrality=whole.astype(int), bounds=limits, options={"mip_rel_gap": 0.0},
            constraints=LinearConstraint(matrix, [row[1] for row in rows], [row[2] for row in rows]),
        )  # fmt: skip
        if found.status == 2:
            return None
        assert found.status == 0, found.message
        return sign * float(found.fun)
