"""Exact flows of a chosen network: the least energy for these pipes and users, told as ways from plants to users.

The programme's own flows are good to its tolerance only. Here they are taken apart into ways, every user's ways add up
to its demand exactly, and arcs get the sum of the ways: the balance holds at every node by construction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

import highspy
import numpy as np

from analysis.network.growing import Ground, Grown, Way
from analysis.network.model import Model, build, quiet_highs, to_highs
from analysis.network.problem import Problem, Wishes

_NOTHING = 1e-9


def grown_from(ground: Ground, sizes: Mapping[int, int], served: Iterable[int]) -> Grown | None:
    """The network of chosen diameters (arc → option) and served users, shrunk to what it needs; none if it cannot."""
    problem, served = ground.problem, sorted(served)
    arcs = tuple(
        replace(problem.arcs[n], options=(replace(problem.arcs[n].options[size], cost=0.0),), members=(n,))
        for n, size in sorted(sizes.items())
    )
    demand = np.zeros_like(problem.demand)
    demand[served] = problem.demand[served]
    kept = Wishes(users=frozenset(served), plants=problem.wishes.plants)
    part = replace(problem, arcs=arcs, demand=demand, wishes=kept)
    model = build(part, aim="cost")
    solver = quiet_highs()
    solver.setOptionValue("primal_feasibility_tolerance", 1e-10)
    solver.passModel(to_highs(model))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    ways = ways_of(model, np.array(solver.getSolution().col_value))
    return None if ways is None else _assemble(ground, ways, held=problem.wishes.held & sizes.keys())


def _assemble(ground: Ground, ways: dict[int, list[Way]], *, held: frozenset[int]) -> Grown:
    """A network from the ways of its users, every arc at the smallest diameter for its flow."""
    grown = replace(ground.empty(), held=held)
    for user, own in ways.items():
        for arcs, volume in own:
            grown.flow[list(arcs)] += volume
            grown.load[list(arcs)] += volume * ground.peak[user]
            grown.left[ground.tail[arcs[0]]] -= volume
        grown.ways[user] = own
    ground.fit(grown)
    return grown


def ways_of(model: Model, values: np.ndarray) -> dict[int, list[Way]] | None:
    """The flows as ways by user, arcs by the first member's number; none when they do not add up."""
    problem = model.problem
    found: dict[int, list[Way]] = {}
    for water in range(problem.classes):
        flow = {n: values[f[water]] for n, f in enumerate(model.f) if water in f and values[f[water]] > _NOTHING}
        gives = {plant: values[columns[water]] for plant, columns in model.g.items()}
        into: dict[int, list[int]] = defaultdict(list)
        for n in flow:
            into[problem.arcs[n].head].append(n)
        for user in (int(u) for u in problem.users if problem.water[u] == water):
            own = _peel(problem, flow, gives, into, user=user, missing=problem.demand[user] / model.volume_unit)
            if own is None:
                return None
            total = sum(volume for _, volume in own)
            found[user] = [
                (tuple(problem.arcs[n].members[0] for n in arcs), float(volume * problem.demand[user] / total))
                for arcs, volume in own
            ]
    return found


def _peel(
    problem: Problem,
    flow: dict[int, float],
    gives: dict[int, float],
    into: Mapping[int, list[int]],
    *,
    user: int,
    missing: float,
) -> list[Way] | None:
    ways, least = [], 1e-7 * missing
    while missing > least:
        arcs = _walk(problem, flow, gives, into, user)
        if arcs is None:
            return None
        plant = problem.arcs[arcs[0]].tail
        volume = min(missing, gives[plant], *(flow[n] for n in arcs))
        for n in arcs:
            flow[n] -= volume
        gives[plant] -= volume
        missing -= volume
        if volume > least:
            ways.append((tuple(arcs), volume))
    return ways or None


def _walk(
    problem: Problem, flow: dict[int, float], gives: dict[int, float], into: Mapping[int, list[int]], user: int
) -> list[int] | None:
    """Upstream from a user along the fullest arcs to a plant that still gives; circles on the way are emptied."""
    node = user
    arcs: list[int] = []
    while gives.get(node, 0.0) <= _NOTHING or not arcs:
        coming = [n for n in into.get(node, ()) if flow[n] > _NOTHING]
        if not coming:
            return None
        best = max(coming, key=lambda n: (flow[n], -n))
        arcs.insert(0, best)
        node = problem.arcs[best].tail
        heads = [problem.arcs[n].head for n in arcs]
        if node in heads:
            circle = arcs[: heads.index(node) + 1]
            least = min(flow[n] for n in circle)
            for n in circle:
                flow[n] -= least
            arcs = arcs[len(circle) :]
    return arcs


def columns_of(model: Model, ground: Ground, grown: Grown) -> np.ndarray:
    """The network as values of the programme's columns."""
    problem, values = model.problem, np.zeros(model.columns)
    for n in np.flatnonzero(grown.size >= 0).tolist():
        values[model.y[n].start + grown.size[n]] = 1.0
    for user, ways in grown.ways.items():
        values[model.s[user]] = 1.0
        water = int(problem.water[user])
        for arcs, volume in ways:
            for n in arcs:
                values[model.f[n][water]] += volume / model.volume_unit
            values[model.g[int(ground.tail[arcs[0]])][water]] += volume / model.volume_unit
    return values


def read_columns(model: Model, values: np.ndarray) -> tuple[dict[int, int], list[int]]:
    """The chosen diameters (arc → option) and the users served that values of the columns mean."""
    sizes = {}
    for number, span in enumerate(model.y):
        chosen = [n for n in span if values[n] > 0.5]
        if chosen:
            sizes[number] = chosen[-1] - span.start
    return sizes, [user for user, column in model.s.items() if values[column] > 0.5]
