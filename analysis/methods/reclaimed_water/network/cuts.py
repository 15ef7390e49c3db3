"""Cuts that make the bound tight: around every served user some arc is built.

The linear relaxation builds a sliver of a pipe for a sliver of flow. For every set of nodes that holds a user and no
plant, the arcs into it must add up to at least the user's share: Σ z ≥ s. That is what one directed commodity for every
user would say, without its many variables. Violated ones are found by largest flow with capacities z (Koch & Martin
1998: cuts nested and from both ends, a little added to every capacity so that few arcs are cut).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from analysis.methods.reclaimed_water.network.model import Model, quiet_highs, to_highs
from analysis.methods.reclaimed_water.network.problem import Problem

ROUNDS = 60
NESTED = 4
_WHOLE = 1_000_000
_CREEP = 20
_LEAST = 0.02


@dataclass(frozen=True)
class Relaxation:
    """The relaxation after its cuts: the solver to go on with, its values, its objective (scaled) and the cuts."""

    solver: highspy.Highs
    values: np.ndarray
    objective: float
    cuts: tuple[tuple[int, frozenset[int]], ...]
    feasible: bool


@dataclass(frozen=True)
class _Graph:
    """One class of water as a graph of pairs of nodes, a source before the plants: CSR shape and the arcs of a pair."""

    nodes: int
    tails: np.ndarray
    heads: np.ndarray
    pair: np.ndarray
    arcs: np.ndarray
    indptr: np.ndarray
    sources: np.ndarray


def relax(model: Model, *, seconds: float, cancelled: Callable[[], bool], rounds: int = ROUNDS) -> Relaxation:
    """Solve the relaxation, add violated cuts, again until none is violated, rounds or time are spent."""
    solver = quiet_highs(seconds=seconds)
    solver.passModel(to_highs(model))
    graphs = [_graph(model.problem, water) for water in range(model.problem.classes)]
    known: dict[tuple[int, frozenset[int]], None] = {}
    values, objective = np.zeros(model.columns), -np.inf
    for number in range(rounds):
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return Relaxation(solver, values, objective, tuple(known), feasible=number > 0 or _undecided(solver))
        values, objective = np.array(solver.getSolution().col_value), solver.getInfo().objective_function_value
        fresh = [cut for cut in violated(model, values, graphs) if cut not in known]
        if not fresh or cancelled() or solver.getRunTime() > seconds:
            break
        known.update(dict.fromkeys(fresh))
        add_cuts(solver, model, fresh)
    return Relaxation(solver, values, objective, tuple(known), feasible=True)


def _undecided(solver: highspy.Highs) -> bool:
    status = solver.getModelStatus()
    return status not in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)


def add_cuts(solver: highspy.Highs, model: Model, cuts: list[tuple[int, frozenset[int]]]) -> None:
    """Put rows Σ z − s ≥ 0 into the solver."""
    starts, columns, values = [0], [], []
    for user, arcs in cuts:
        ones = [column for arc in sorted(arcs) for column in model.y[arc]]
        columns += [*ones, model.s[user]]
        values += [1.0] * len(ones) + [-1.0]
        starts.append(len(columns))
    count = len(cuts)
    solver.addRows(
        count, np.zeros(count), np.full(count, np.inf), len(columns), np.array(starts[:-1], dtype=np.int32),
        np.array(columns, dtype=np.int32), np.array(values),
    )  # fmt: skip


def violated(model: Model, values: np.ndarray, graphs: list[_Graph]) -> list[tuple[int, frozenset[int]]]:
    """Violated cuts as (user, arcs); arcs cut once count as built for the users that follow."""
    share = model.chosen_share(values)
    order = sorted(model.s, key=lambda user: (-values[model.s[user]], user))
    found: list[tuple[int, frozenset[int]]] = []
    for user in order:
        served = values[model.s[user]]
        if served < _LEAST:
            continue
        graph = graphs[int(model.problem.water[user])]
        for _ in range(NESTED):
            cut = _cut(graph, share, user, served)
            if not cut:
                break
            for arcs in cut:
                found.append((user, arcs))
                share[sorted(arcs)] = 1.0
    return found


def _graph(problem: Problem, water: int) -> _Graph:
    source = len(problem.ids)
    ends = [(arc.tail, arc.head, n) for n, arc in enumerate(problem.arcs) if water in arc.classes]
    ends += [(source, int(plant), -1) for plant in problem.plants]
    ends.sort()
    tails, heads, arcs = (
        (np.array(column, int) for column in zip(*ends, strict=True)) if ends else (np.zeros(0, int),) * 3
    )
    fresh = np.ones(len(tails), bool)
    fresh[1:] = (np.diff(tails) != 0) | (np.diff(heads) != 0)
    indptr = np.concatenate([[0], np.cumsum(np.bincount(tails[fresh], minlength=source + 1))]).astype(np.int32)
    return _Graph(source + 1, tails, heads, np.cumsum(fresh) - 1, arcs, indptr, problem.plants)


def _cut(graph: _Graph, share: np.ndarray, user: int, served: float) -> list[frozenset[int]]:
    """The arcs of the least cut before a user, seen from the user and from the plants; none if it carries `served`."""
    room = np.where(graph.arcs >= 0, share[graph.arcs], 4.0)
    whole = np.rint(np.minimum(room, 4.0) * _WHOLE).astype(np.int64) + _CREEP
    capacity = np.bincount(graph.pair, weights=whole).astype(np.int32)
    fresh = np.flatnonzero(np.diff(graph.pair, prepend=-1))
    heads = graph.heads[fresh].astype(np.int32)
    matrix = csr_matrix((capacity, heads, graph.indptr), shape=(graph.nodes, graph.nodes))
    flow = maximum_flow(matrix, graph.nodes - 1, user)
    if flow.flow_value >= served * _WHOLE * (1 - 1e-3) - _CREEP * 10:
        return []
    residual = (matrix - flow.flow).tocsr()
    residual.data = np.maximum(residual.data, 0)
    residual.eliminate_zeros()
    found = []
    from_user = np.zeros(graph.nodes, bool)
    from_user[breadth_first_order(residual.T.tocsr(), user, return_predecessors=False)] = True
    from_plants = np.ones(graph.nodes, bool)
    from_plants[breadth_first_order(residual, graph.nodes - 1, return_predecessors=False)] = False
    for inside in (from_user, from_plants):
        crossing = ~inside[graph.tails] & inside[graph.heads]
        arcs = frozenset(int(arc) for arc in graph.arcs[crossing])
        if arcs and -1 not in arcs and arcs not in found:
            found.append(arcs)
    return found
