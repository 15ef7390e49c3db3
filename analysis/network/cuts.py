"""Cuts that make the bound tight: the pipes into any region must be enough for the users in it.

The linear relaxation builds a sliver of a large pipe for a small flow. For a group of users T and a set S of nodes
around them, the arcs into S must carry what T takes less what plants inside S can give (R, when all of T is served),
and neither a pipe nor a user left out counts for more than R: Σ min(capacity, R)·y ≥ R − Σ min(load, R)·(1 − s), where
load is demand at its peak. For one user that is what a directed commodity of its own would say (Koch & Martin 1998),
without its many variables; for several it rounds the sizes of shared pipes, with plants inside what they lack.
Groups tried are single users and the users that an arc's flow in the relaxation serves. The region is found by largest
flow: cuts nested and from both ends, a little added to every capacity so that few arcs are cut.

A target is rounded too (Carr et al. 2000): beside any users A, the others must bring what is missing, and none of them
counts for more than that: Σ min(demand, missing)·s ≥ missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from analysis.network.model import Model, quiet_highs, to_highs
from analysis.network.problem import Problem

ROUNDS = 80
NESTED = 3
_WHOLE = 1_000_000
_CREEP = 15
_LEAST = 0.01
_TAIL = 1e-4
_TAIL_ROUNDS = 6


@dataclass(frozen=True)
class Cut:
    """A row that every network meets: Σ value·column ≥ lower."""

    columns: tuple[int, ...]
    values: tuple[float, ...]
    lower: float


@dataclass(frozen=True)
class Relaxation:
    """The relaxation after its cuts: the solver to go on with, its values, its objective (scaled)."""

    solver: highspy.Highs
    values: np.ndarray
    objective: float
    feasible: bool


class _Graph:
    """The arcs for some classes of water between a source before the plants and a sink behind the users, as CSR."""

    def __init__(self, problem: Problem, classes: frozenset[int]) -> None:
        source, self.sink = len(problem.ids), len(problem.ids) + 1
        self.nodes, self.source, self.problem = source + 2, source, problem
        users = [int(u) for u in problem.users if problem.water[u] in classes]
        ends = [(arc.tail, arc.head, n, -1) for n, arc in enumerate(problem.arcs) if arc.classes & classes]
        ends += [(source, int(plant), -1, int(plant)) for plant in problem.plants]
        ends += [(user, self.sink, -2, user) for user in users]
        ends += [(int(plant), self.sink, -3, int(plant)) for plant in problem.plants]
        ends.sort()
        self.tails, self.heads, self.arcs, self.node = (np.array(column, int) for column in zip(*ends, strict=True))
        fresh = np.ones(len(ends), bool)
        fresh[1:] = (np.diff(self.tails) != 0) | (np.diff(self.heads) != 0)
        self.pair = np.cumsum(fresh) - 1
        to = self.heads[fresh].astype(np.int32)
        starts = np.concatenate([[0], np.cumsum(np.bincount(self.tails[fresh], minlength=self.nodes))]).astype(np.int32)
        self.matrix = csr_matrix((np.zeros(len(to), np.int32), to, starts), shape=(self.nodes, self.nodes))
        self.pipes, self.sources, self.sinks = self.arcs >= 0, self.arcs == -1, self.arcs == -2
        self.givers = self.arcs == -3

    def flow(self, room: np.ndarray) -> tuple[int, np.ndarray, np.ndarray]:
        """The largest flow for whole-number room of every end, and the sink's and the source's side of least cuts."""
        self.matrix.data[:] = np.bincount(self.pair, weights=room)
        found = maximum_flow(self.matrix, self.source, self.sink)
        residual = self.matrix - found.flow
        residual.data[:] = residual.data > 0
        residual.eliminate_zeros()
        near_sink, beyond_source = np.zeros(self.nodes, bool), np.ones(self.nodes, bool)
        near_sink[breadth_first_order(residual.T.tocsr(), self.sink, return_predecessors=False)] = True
        beyond_source[breadth_first_order(residual, self.source, return_predecessors=False)] = False
        return found.flow_value, near_sink, beyond_source


class Separator:
    """Finds the cuts that values of the relaxation break."""

    def __init__(self, model: Model) -> None:
        self.model, problem = model, model.problem
        self.load = problem.load
        width = max((len(arc.options) for arc in problem.arcs), default=1)
        self.capacity = np.zeros((len(problem.arcs), width))
        for n, arc in enumerate(problem.arcs):
            self.capacity[n, : len(arc.options)] = [option.capacity for option in arc.options]
        self.columns = np.zeros((len(problem.arcs), width), int)
        for n, span in enumerate(model.y):
            self.columns[n, : len(span)] = span
        classes = [frozenset({w}) for w in range(problem.classes)] + [frozenset(range(problem.classes))]
        self.graphs = {known: _Graph(problem, known) for known in dict.fromkeys(classes)}

    def violated(self, values: np.ndarray, known: Iterable[Cut]) -> list[Cut]:
        """Broken cuts not known yet; arcs cut once for a size of group count as built for those that follow."""
        built = np.where(self.capacity > 0, values[self.columns], 0.0)
        seen, found = set(known), []
        for cut in self._missing(values):
            if cut not in seen:
                seen.add(cut)
                found.append(cut)
        for users, feeders in self._groups(values):
            waters = {int(self.model.problem.water[user]) for user in users}
            graph = self.graphs[frozenset(waters if len(waters) == 1 else range(self.model.problem.classes))]
            rooms = [self._room(graph, users, values, built)]
            rooms += [
                self._room_beside(graph, users, values, built, inside) for inside in self._insides(users, feeders)
            ]
            for room, wanted in rooms:
                for cut in self._around(graph, users, values, room, wanted):
                    if cut not in seen:
                        seen.add(cut)
                        found.append(cut)
        return found

    def _insides(self, users: tuple[int, ...], feeders: frozenset[int]) -> list[tuple[int, ...]]:
        """Plants to have inside a region: all that give but one, and each alone, where they do not give enough."""
        total, peak = float(self.load[list(users)].sum()), self._peak(users)
        order = tuple(sorted(feeders))
        tried = dict.fromkeys([tuple(p for p in order if p != left) for left in order] + [(plant,) for plant in order])
        supply = self.model.problem.supply
        return [i for i in tried if i and sum(supply[p] for p in i) * peak < total * (1 - 1e-3)]

    def _peak(self, users: tuple[int, ...]) -> float:
        return max(float(self.model.problem.peaks[self.model.problem.water[user]]) for user in users)

    def _missing(self, values: np.ndarray) -> list[Cut]:
        """Broken rows of the target, for the users served most."""
        model, demand = self.model, self.model.problem.demand
        target = model.problem.wishes.target_m3 or 0.0
        order = sorted(model.s, key=lambda user: (-values[model.s[user]], user))
        found, missing = [], target
        for n in range(len(order)):
            if missing <= 1e-6 * target:
                break
            others = order[n:]
            parts = np.minimum(demand[others] / missing, 1.0)
            if float(parts @ values[[model.s[user] for user in others]]) < 1 - 1e-4:
                found.append(Cut(tuple(model.s[user] for user in others), tuple(parts.tolist()), 1.0 - 1e-9))
            if values[model.s[order[n]]] < 0.5:
                break
            missing -= float(demand[order[n]])
        return found

    def _groups(self, values: np.ndarray) -> list[tuple[tuple[int, ...], frozenset[int]]]:
        """Single users, and the users beyond every arc with flow in the relaxation, each with the plants that give."""
        problem, model = self.model.problem, self.model
        into: dict[tuple[int, int], list[int]] = defaultdict(list)
        for n, flows in enumerate(model.f):
            for water, column in flows.items():
                if values[column] > 1e-6:
                    into[(problem.arcs[n].head, water)].append(n)
        beyond: dict[int, list[int]] = defaultdict(list)
        gives = {plant for plant, columns in model.g.items() if any(values[c] > 1e-6 for c in columns.values())}
        feeders: dict[int, set[int]] = {}
        served = [user for user, column in model.s.items() if values[column] > _LEAST]
        for user in sorted(served, key=lambda u: (-values[model.s[u]], u)):
            seen, stack = set(), [user]
            while stack:
                for n in into[(stack.pop(), int(problem.water[user]))]:
                    if n not in seen:
                        seen.add(n)
                        stack.append(problem.arcs[n].tail)
            feeders[user] = {problem.arcs[n].tail for n in seen} & gives
            for n in seen:
                beyond[n].append(user)
        shared = dict.fromkeys(tuple(sorted(group)) for _, group in sorted(beyond.items()) if len(group) > 1)
        groups = [(user,) for user in served] + sorted(shared, key=lambda group: (len(group), group))
        return [(group, frozenset().union(*(feeders[user] for user in group))) for group in groups]

    def _room(
        self, graph: _Graph, users: tuple[int, ...], values: np.ndarray, built: np.ndarray
    ) -> tuple[np.ndarray, float]:
        """Whole-number room of every end for what a group takes, plants giving what they have; and what is wanted."""
        total, peak = float(self.load[list(users)].sum()), self._peak(users)
        room = self._pipes(graph, built, total)
        supply = self.model.problem.supply[graph.node[graph.sources]] * peak
        room[graph.sources] = np.minimum(supply, 4 * total) * _WHOLE / total
        served = np.zeros(len(self.model.problem.ids))
        for user in users:
            served[user] = self.load[user] * values[self.model.s[user]]
        room[graph.sinks] = served[graph.node[graph.sinks]] * _WHOLE / total
        return np.rint(room), float(served.sum()) * _WHOLE / total

    def _room_beside(
        self,
        graph: _Graph,
        users: tuple[int, ...],
        values: np.ndarray,
        built: np.ndarray,
        inside: tuple[int, ...],
    ) -> tuple[np.ndarray, float]:
        """The same for what a group lacks beside plants inside its region: plants and users are one with the sink."""
        load = self.load[list(users)]
        size = float(load.sum() - self.model.problem.supply[list(inside)].sum() * self._peak(users))
        room = self._pipes(graph, built, size)
        room[graph.sources] = np.where(np.isin(graph.node[graph.sources], inside), 0, 4 * _WHOLE)
        room[graph.givers] = np.where(np.isin(graph.node[graph.givers], inside), 4 * _WHOLE, 0)
        room[graph.sinks] = np.where(np.isin(graph.node[graph.sinks], users), 4 * _WHOLE, 0)
        left_out = 1 - values[[self.model.s[user] for user in users]]
        return np.rint(room), float(1 - np.minimum(load / size, 1.0) @ left_out) * _WHOLE

    def _pipes(self, graph: _Graph, built: np.ndarray, size: float) -> np.ndarray:
        room = np.zeros(len(graph.arcs))
        sizes = (np.minimum(self.capacity, size) * built).sum(axis=1)
        room[graph.pipes] = sizes[graph.arcs[graph.pipes]] * _WHOLE / size + _CREEP
        return room

    def _around(
        self, graph: _Graph, users: tuple[int, ...], values: np.ndarray, room: np.ndarray, wanted: float
    ) -> list[Cut]:
        """Broken cuts around a group, nested: what one cut crosses counts as built for the next."""
        found: list[Cut] = []
        for _ in range(NESTED):
            value, near_sink, beyond_source = graph.flow(room)
            if value >= wanted - 1e-3 * _WHOLE:
                break
            crossed = np.zeros(len(room), bool)
            for region in (near_sink, beyond_source):
                crossing = ~region[graph.tails] & region[graph.heads]
                cut = self._cut(graph, users, crossing)
                if cut is not None and cut not in found and _broken(cut, values):
                    found.append(cut)
                crossed |= crossing & graph.pipes
            if not crossed.any():
                break
            room[crossed] = 4 * _WHOLE
        return found

    def _cut(self, graph: _Graph, users: tuple[int, ...], crossing: np.ndarray) -> Cut | None:
        """The cut of a region: users whose way to the sink is cut are left out of the group."""
        model, problem = self.model, self.model.problem
        outside = set(graph.node[crossing & graph.sinks])
        group = [user for user in users if user not in outside]
        arcs = sorted(int(arc) for arc in graph.arcs[crossing & graph.pipes])
        if not group or not arcs:
            return None
        inside = float(problem.supply[graph.node[crossing & graph.sources]].sum()) * self._peak(users)
        most = float(self.load[group].sum()) - inside
        if most <= 0:
            return None
        columns = [column for arc in arcs for column in model.y[arc]]
        values = [min(option.capacity / most, 1.0) for arc in arcs for option in problem.arcs[arc].options]
        columns += [model.s[user] for user in group]
        needs = np.minimum(self.load[group] / most, 1.0)
        values += (-needs).tolist()
        return Cut(tuple(columns), tuple(values), 1.0 - float(needs.sum()))


def _broken(cut: Cut, values: np.ndarray) -> bool:
    return float(np.array(cut.values) @ values[list(cut.columns)]) < cut.lower - 1e-3


def relax(model: Model, *, seconds: float, cancelled: Callable[[], bool], rounds: int = ROUNDS) -> Relaxation:
    """Solve the relaxation, add broken cuts, again until none is broken, they bring little, or time is spent."""
    solver = quiet_highs(seconds=seconds)
    solver.passModel(to_highs(model))
    separator = Separator(model) if rounds > 1 and model.problem.arcs and model.s else None
    known: dict[Cut, None] = {}
    values, objective, history = np.zeros(model.columns), -np.inf, []
    for number in range(rounds):
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            possible = number > 0 or solver.getModelStatus() != highspy.HighsModelStatus.kInfeasible
            return Relaxation(solver, values, objective, feasible=possible)
        values, objective = np.array(solver.getSolution().col_value), solver.getInfo().objective_function_value
        history.append(objective)
        last = number == rounds - 1
        if last or separator is None or _stale(history) or cancelled() or solver.getRunTime() > seconds:
            break
        fresh = separator.violated(values, known)
        if not fresh:
            break
        known.update(dict.fromkeys(fresh))
        _add_cuts(solver, fresh)
    return Relaxation(solver, values, objective, feasible=True)


def _stale(history: list[float]) -> bool:
    """Whether the last rounds of cuts moved the bound by next to nothing."""
    if len(history) <= _TAIL_ROUNDS:
        return False
    return abs(history[-1] - history[-1 - _TAIL_ROUNDS]) <= _TAIL * max(abs(history[-1]), 1e-9)


def _add_cuts(solver: highspy.Highs, cuts: list[Cut]) -> None:
    """Put cuts into the solver as rows."""
    starts = np.cumsum([0, *(len(cut.columns) for cut in cuts)])
    columns = np.array([column for cut in cuts for column in cut.columns], dtype=np.int32)
    values = np.array([value for cut in cuts for value in cut.values])
    lower = np.array([cut.lower for cut in cuts])
    solver.addRows(
        len(cuts), lower, np.full(len(cuts), np.inf), len(columns), starts[:-1].astype(np.int32), columns, values
    )
