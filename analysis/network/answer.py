"""What a plan says: users served and from where, pipes with diameters and flows, cost line by line, and the proof."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.network.growing import Ground, Grown

SERVED = ("user", "plant", "m3", "unit_cost_yuan_per_m3")
FLOWS = ("id", "from", "to", "length_m", "lift_m", "dn_mm", "capacity_m3", "flow_m3", "peak_m3")
LINES = ("item", "id", "yuan")
SOUGHT = ("more_than_attainable", "less_than_needed", "more_than_budget_buys")
PROVEN_SHARE = 1e-4
LEFT_OUT = ("user", "m3", "reason", "would_come_in_if", "cost_yuan_per_m3", "threshold_yuan_per_m3", "more")


@dataclass(frozen=True)
class Wish:
    """A wish that cannot be met: target, budget, pinned or both; what was asked and the most or least attainable.

    A network with what is `attainable` is known; none can pass `bound`. Where time ran out they lie apart.
    """

    kind: str
    id: str | None
    reason: str
    asked: float | None = None
    attainable: float | None = None
    bound: float | None = None

    @property
    def proven(self) -> bool:
        """Whether the most or least is known, not only as far as time allowed."""
        if self.asked is None or self.reason not in SOUGHT:
            return True
        return self.attainable is not None and self.bound is not None and (
            abs(self.attainable - self.bound) <= PROVEN_SHARE * abs(self.attainable)
        )  # fmt: skip


@dataclass(frozen=True)
class Alternative:
    """Another network nearly as good: how it differs in pipes, plants and users, and what it gives up."""

    objective: float
    worse_share: float
    cost_yuan: float
    volume_m3: float
    differs_share: float
    arcs: tuple[str, ...]
    plants: tuple[str, ...]
    users: tuple[str, ...]


@dataclass(frozen=True)
class NetworkPlan:
    """The best network found and the proof of how good it is.

    `status`: optimal (proven within the gap asked), time_limit or cancelled (best so far, if any), infeasible (proven,
    see `wishes`), unknown (the solver gave up). `objective` is none where no network was found.
    `objective` is yearly cost for a target, weighted m³ for a budget, net benefit in yuan for neither; no network can
    pass `bound`; `gap` is their distance as a share of the objective. A budget that serves nobody is optimal with
    `wishes` saying the least that would. `cost_yuan` sums `cost_lines` to the fen.
    `served`: user, plant, m3, unit cost. `flows`: a built arc a row, from the arcs frame, with diameter and flow.
    `diameters`: dn_mm by arc id. `left_out`: user, reason, what would bring it in.
    """

    status: str
    aim: str
    objective: float | None
    bound: float | None
    gap: float | None
    cost_yuan: float
    volume_m3: float
    served: pd.DataFrame
    flows: pd.DataFrame
    diameters: Mapping[str, float]
    cost_lines: pd.DataFrame
    left_out: pd.DataFrame
    seconds: float
    alternatives: tuple[Alternative, ...] = ()
    wishes: tuple[Wish, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Pipes:
    """A grown network told in rows of the arcs frame: flow, load, diameter and capital by row, ways by user in rows."""

    flow: Mapping[int, float]
    load: Mapping[int, float]
    dn_mm: Mapping[int, float]
    capital: Mapping[int, float]
    ways: Mapping[int, list[tuple[tuple[int, ...], float]]]


def pipes_of(ground: Ground, grown: Grown, arcs: pd.DataFrame) -> Pipes:
    """Undo the reduction: every joined arc becomes its members again, each at the cheapest diameter for the flow."""
    problem = ground.problem
    dn: dict[int, float] = {}
    capital: dict[int, float] = {}
    for n in np.flatnonzero(grown.size >= 0):
        for row, chosen in zip(problem.arcs[n].members, problem.arcs[n].options[grown.size[n]].choice, strict=True):
            dn[row] = chosen
            capital[row] = _capital(arcs["diameters"].iloc[row], chosen)
    flow: dict[int, float] = defaultdict(float)
    load: dict[int, float] = defaultdict(float)
    ways: dict[int, list[tuple[tuple[int, ...], float]]] = {}
    for user, own in sorted(grown.ways.items()):
        ways[user] = [(tuple(row for n in way for row in problem.arcs[n].members), volume) for way, volume in own]
        for rows, volume in ways[user]:
            for row in rows:
                flow[row] += volume
                load[row] += volume * float(ground.peak[user])
    built = sorted(dn)
    flow, load = ({row: known.get(row, 0.0) for row in built} for known in (flow, load))
    return Pipes(flow, load, dn, capital, ways)


def _capital(sizes: list[Mapping[str, float]], dn: float) -> float:
    return min(float(s["capital_yuan_per_year"]) for s in sizes if float(s["dn_mm"]) == dn)


def cost_lines(pipes: Pipes, arcs: pd.DataFrame) -> pd.DataFrame:
    """Capital and energy of every arc in yuan a year, each rounded to the fen."""
    lines = []
    for row, flow in pipes.flow.items():
        id_ = arcs["id"].iloc[row]
        lines.append(("capital", id_, round(pipes.capital[row], 2)))
        energy = flow * arcs["energy_yuan_per_m3"].iloc[row]
        if energy > 0:
            lines.append(("energy", id_, round(energy, 2)))
    return pd.DataFrame(lines, columns=list(LINES))


def total_yuan(lines: pd.DataFrame) -> float:
    """The sum of cost lines, exact to the fen."""
    return int(np.rint(lines["yuan"].to_numpy(float) * 100).astype(np.int64).sum()) / 100


def served_frame(pipes: Pipes, nodes: pd.DataFrame, arcs: pd.DataFrame) -> pd.DataFrame:
    """A row per user and plant; the cost of a pipe is borne by those whose water it carries, by volume."""
    unit = {
        row: (pipes.capital[row] / flow if flow > 0 else 0.0) + arcs["energy_yuan_per_m3"].iloc[row]
        for row, flow in pipes.flow.items()
    }
    start = arcs["from"].to_numpy()
    rows = []
    for user, ways in pipes.ways.items():
        volume: dict[str, float] = defaultdict(float)
        cost: dict[str, float] = defaultdict(float)
        for way, part in ways:
            plant = start[way[0]]
            volume[plant] += part
            cost[plant] += part * sum(unit[row] for row in way)
        rows += [(nodes["id"][user], plant, m3, cost[plant] / m3) for plant, m3 in volume.items()]
    return pd.DataFrame(rows, columns=list(SERVED))


def flows_frame(pipes: Pipes, arcs: pd.DataFrame) -> pd.DataFrame:
    """A row per built arc: ends, length, lift, diameter, capacity, flow in m³ a year and what it takes at the peak."""
    rows = []
    for row, flow in pipes.flow.items():
        arc, dn = arcs.iloc[row], pipes.dn_mm[row]
        capacity = max(float(s["capacity_m3"]) for s in arc["diameters"] if float(s["dn_mm"]) == dn)
        rows.append(
            (arc["id"], arc["from"], arc["to"], arc["length_m"], arc["lift_m"], dn, capacity, flow, pipes.load[row])
        )
    return pd.DataFrame(rows, columns=list(FLOWS))
