"""A network grown user by user: each new user takes the way that adds least cost to what is already built.

The first answer within seconds, and the way to better ones: users are taken out and put back elsewhere. Every step is
counted, not timed, and chance comes from a fixed seed, so the same problem grows the same network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from analysis.network.problem import Problem

Way = tuple[tuple[int, ...], float]
_TOLERANCE = 1e-7
_SLACK = 1 + 1e-8
_REFRESHED = 12
_FAILURES = 12


@dataclass
class Grown:
    """A network being grown: by arc flow, load (flow at its peak), diameter (−1: none); water left; ways of users.

    `held` arcs are built at their smallest diameter even where nothing flows, because they are wished for.
    """

    flow: np.ndarray
    load: np.ndarray
    size: np.ndarray
    left: np.ndarray
    ways: dict[int, list[Way]] = field(default_factory=dict)
    held: frozenset[int] = frozenset()

    def copy(self) -> Grown:
        """A network that can be changed without changing this one."""
        return replace(
            self, flow=self.flow.copy(), load=self.load.copy(), size=self.size.copy(), left=self.left.copy(),
            ways=dict(self.ways),
        )  # fmt: skip


class Ground:
    """What growing needs of a problem, as arrays over arcs sorted by their ends: capacities and costs by diameter."""

    def __init__(self, problem: Problem, *, discount: np.ndarray | None = None) -> None:
        """`discount` (arcs,) multiplies capital while looking for ways: under 1 draws the network along an arc."""
        self.problem = problem
        count, sizes = len(problem.arcs), max((len(arc.options) for arc in problem.arcs), default=1)
        self.capacity = np.full((count, sizes), np.inf)
        self.cost = np.zeros((count, sizes + 1))
        for number, arc in enumerate(problem.arcs):
            self.capacity[number, : len(arc.options)] = [option.capacity for option in arc.options]
            self.cost[number, : len(arc.options)] = [option.cost for option in arc.options]
        self.most = np.array([arc.options[-1].capacity for arc in problem.arcs])
        self.peak = np.where(problem.water >= 0, problem.peaks[problem.water], 1.0)
        self.energy = np.array([arc.energy for arc in problem.arcs])
        self.tail = np.array([arc.tail for arc in problem.arcs], int)
        self.head = np.array([arc.head for arc in problem.arcs], int)
        self.discount = np.ones(count) if discount is None else discount
        self.order = np.lexsort((self.head, self.tail))
        nodes = len(problem.ids)
        self.indptr = np.concatenate([[0], np.cumsum(np.bincount(self.tail, minlength=nodes))]).astype(np.int32)
        self.carries = np.array([[w in arc.classes for arc in problem.arcs] for w in range(problem.classes)], bool)
        names = {corridor: n for n, corridor in enumerate(dict.fromkeys(arc.corridor for arc in problem.arcs))}
        self.corridor = np.array([names[arc.corridor] for arc in problem.arcs], int)
        size = len(self.indptr) - 1
        self.graph = csr_matrix((np.zeros(count), self.head[self.order], self.indptr), shape=(size, size))
        self.ratios: dict[int, float] = {}
        self.between: dict[tuple[int, int], list[int]] = {}
        for number, arc in enumerate(problem.arcs):
            self.between.setdefault((arc.tail, arc.head), []).append(number)

    def empty(self) -> Grown:
        """Nobody served, nothing built but the arcs wished for that no other can stand in for."""
        count = len(self.problem.arcs)
        alone = frozenset(n for group in self.problem.wishes.arcs.values() if len(group) == 1 for n in group)
        grown = Grown(np.zeros(count), np.zeros(count), np.full(count, -1), self.problem.supply.copy(), held=alone)
        self.fit(grown)
        return grown

    def capital(self, grown: Grown) -> float:
        """Yearly capital of what is built."""
        return float(self.cost[np.arange(len(grown.size)), grown.size].sum())

    def total(self, grown: Grown) -> float:
        """Yearly capital and energy."""
        return self.capital(grown) + float(self.energy @ grown.flow)

    def fit(self, grown: Grown) -> None:
        """The smallest diameter for every flow and every arc held, none elsewhere."""
        needed = self.capacity * _SLACK < grown.load[:, None] - _TOLERANCE
        grown.size = np.where(grown.load > _TOLERANCE, needed.sum(axis=1), -1)
        held = sorted(grown.held)
        grown.size[held] = np.maximum(grown.size[held], 0)

    def settle(self, grown: Grown) -> Grown:
        """The same network holding what the wishes still lack, the cheapest first, and nothing they do not need."""
        groups = self.problem.wishes.arcs.values()
        if not groups:
            return grown
        grown = grown.copy()
        for group in sorted(groups, key=len):
            if (grown.size[sorted(group)] < 0).all():
                taken = set(self.corridor[grown.size >= 0])
                free = [n for n in sorted(group) if self.corridor[n] not in taken]
                grown.held |= set(sorted(free, key=lambda n: self.cost[n, 0])[:1])
                self.fit(grown)
        for n in sorted(grown.held, key=lambda n: -self.cost[n, 0]):
            others = (grown.load > _TOLERANCE) | np.isin(np.arange(len(grown.size)), sorted(grown.held - {n}))
            if all(others[sorted(group)].any() for group in groups):
                grown.held -= {n}
        self.fit(grown)
        return grown

    def connect(self, grown: Grown, user: int, *, only: int | None = None) -> bool:
        """Serve a user wholly by the cheapest ways that add to the network; false and half-done when none is left."""
        missing, ways = float(self.problem.demand[user]), []
        while missing > _TOLERANCE:
            way = self._way(grown, user, missing, only)
            if way is None:
                return False
            ways.append(way)
            missing -= way[1]
            arcs = np.array(way[0], int)
            grown.flow[arcs] += way[1]
            grown.load[arcs] += way[1] * self.peak[user]
            needed = self.capacity[arcs] * _SLACK < grown.load[arcs, None] - _TOLERANCE
            grown.size[arcs] = needed.sum(axis=1)
            grown.left[self.tail[arcs[0]] if len(arcs) else user] -= way[1]
        grown.ways[user] = ways
        return True

    def remove(self, grown: Grown, users: Iterable[int]) -> None:
        """Stop serving users and shrink what served them."""
        for user in users:
            for arcs, volume in grown.ways.pop(user, []):
                grown.flow[list(arcs)] -= volume
                grown.load[list(arcs)] -= volume * self.peak[user]
                grown.left[self.tail[arcs[0]]] += volume
        empty = grown.flow < _TOLERANCE
        grown.flow[empty] = grown.load[empty] = 0.0
        self.fit(grown)

    def _way(self, grown: Grown, user: int, missing: float, only: int | None) -> Way | None:
        """The cheapest way for all that is missing, else for as much as the fullest plant or pipe on it allows."""
        for share in (1.0, 0.5, 0.25, 0.1):
            volume = missing * share
            plants = self.problem.plants if only is None else np.array([only])
            sources = plants[grown.left[plants] >= volume - _TOLERANCE]
            arcs = self._path(grown, user, volume, sources) if len(sources) else None
            if arcs:
                free = float((self.most[arcs] - grown.load[arcs]).min()) / self.peak[user]
                room = min(grown.left[self.tail[arcs[0]]], free)
                return tuple(arcs), min(missing, max(room, volume))
        return None

    def weights(self, grown: Grown, volume: float, water: int) -> np.ndarray:
        """What carrying `volume` more would cost on every arc, infinite where it cannot, shape (arcs,)."""
        load = grown.load + volume * self.problem.peaks[water]
        size = (self.capacity * _SLACK < load[:, None] - _TOLERANCE).sum(axis=1)
        rows = np.arange(len(size))
        extra = self.cost[rows, size] - self.cost[rows, grown.size]
        weight = np.maximum(extra, 0.0) * self.discount + self.energy * volume + 1e-9
        built = grown.size >= 0
        taken = np.zeros(self.corridor.max(initial=0) + 1, bool)
        taken[self.corridor[built]] = True
        closed = (load > self.most * _SLACK + _TOLERANCE) | ~self.carries[water] | (taken[self.corridor] & ~built)
        return np.where(closed, np.inf, weight)

    def _path(self, grown: Grown, user: int, volume: float, sources: np.ndarray) -> list[int] | None:
        weight = self.weights(grown, volume, int(self.problem.water[user]))
        self.graph.data[:] = weight[self.order]
        distance, before, _ = dijkstra(self.graph, indices=sources, return_predecessors=True, min_only=True)
        if not np.isfinite(distance[user]):
            return None
        arcs, node = [], user
        while before[node] >= 0:
            arcs.append(min(self.between[(int(before[node]), int(node))], key=lambda n: weight[n]))
            node = before[node]
        return arcs[::-1]


@dataclass(frozen=True)
class Goal:
    """When growing may stop and what it may spend; `value` of a user in m³, weighted m³ or yuan."""

    value: np.ndarray
    enough: float
    spend: float
    keep: frozenset[int]
    net: bool = False


def goal_of(problem: Problem) -> Goal:
    """Target: enough m³. Budget: as much weighted volume as it buys. Neither: whatever brings more than it costs."""
    wishes = problem.wishes
    spend = np.inf if wishes.budget_yuan is None else wishes.budget_yuan
    if wishes.target_m3 is not None:
        return Goal(problem.demand, wishes.target_m3 * (1 - 1e-12), spend, wishes.users)
    if wishes.budget_yuan is not None:
        return Goal(problem.demand * problem.weight, np.inf, spend, wishes.users)
    return Goal(problem.demand * problem.benefit, np.inf, spend, wishes.users, net=True)


def start(ground: Ground, goal: Goal) -> Grown | None:
    """The network of the users and plants wished for by hand; none when growing finds no way."""
    grown = ground.empty()
    for user in sorted(goal.keep, key=lambda u: -ground.problem.demand[u]):
        if not ground.connect(grown, user):
            return None
    for plant, least in sorted(ground.problem.wishes.plants.items()):
        while ground.problem.supply[plant] - grown.left[plant] < least - _TOLERANCE:
            free = [u for u in ground.problem.users if u not in grown.ways]
            added = _cheapest(ground, grown, goal, free, only=plant)
            if added is None:
                return None
            grown = added[0]
    return grown


def grow(
    ground: Ground, goal: Goal, grown: Grown, *, barred: Iterable[int] = (), stop: Callable[[], bool] = lambda: False
) -> Grown:
    """Add the user with the best value for what it adds to the cost, until it is enough or nothing fits."""
    barred = set(barred)
    waiting = [int(u) for u in ground.problem.users if u not in grown.ways and u not in barred and goal.value[u] > 0]
    ratios = {user: ground.ratios.get(user) or _ratio(ground, grown, goal, user) for user in waiting}
    served, failed = sum(goal.value[user] for user in grown.ways), 0
    while ratios and served < goal.enough and failed < _FAILURES and not stop():
        left = goal.spend - ground.total(grown)
        best = _refreshed(ground, grown, goal, ratios, left)
        if best is None:
            break
        user, trial = best
        del ratios[user]
        if trial is not None and ground.total(trial) <= goal.spend * (1 + 1e-12):
            grown, failed = trial, 0
            served += goal.value[user]
        else:
            failed += 1
    return grown


def trim(ground: Ground, goal: Goal, grown: Grown) -> Grown:
    """Take out users, dearest first, as long as it stays enough and costs less."""
    if not np.isfinite(goal.enough) and not goal.net:
        return grown
    improved = True
    while improved:
        improved = False
        total, served = ground.total(grown), sum(goal.value[user] for user in grown.ways)
        found: list[tuple[float, int, Grown]] = []
        for user in sorted(set(grown.ways) - goal.keep):
            if not goal.net and served - goal.value[user] < goal.enough:
                continue
            trial = grown.copy()
            ground.remove(trial, [user])
            saved = total - ground.total(trial) - (goal.value[user] if goal.net else 0.0)
            if saved > 1e-9 * max(total, 1.0):
                found.append((saved, user, trial))
        if found:
            grown, improved = max(found, key=lambda entry: (entry[0], -entry[1]))[2], True
    return grown


def _ratio(ground: Ground, grown: Grown, goal: Goal, user: int) -> float:
    """Added cost for added value, infinite where there is no way."""
    trial = grown.copy()
    if not ground.connect(trial, user):
        return float("inf")
    return (ground.total(trial) - ground.total(grown)) / goal.value[user]


def _refreshed(
    ground: Ground, grown: Grown, goal: Goal, ratios: dict[int, float], left: float
) -> tuple[int, Grown | None] | None:
    """The user that is best after its ratio and those of the next best were counted anew on the present network.

    A ratio counted before stands until then; users that would cost more than is left are passed over.
    """
    fits = [user for user, ratio in ratios.items() if ratio * goal.value[user] <= left * 1.5]
    for user in sorted(fits, key=lambda u: (ratios[u], u))[:_REFRESHED]:
        ratios[user] = ground.ratios[user] = _ratio(ground, grown, goal, user)
    fits = [user for user in fits if ratios[user] * goal.value[user] <= left * (1 + 1e-9)]
    best = min(fits, key=lambda u: (ratios[u], u), default=None)
    if best is None or not np.isfinite(ratios[best]) or (goal.net and ratios[best] >= 1.0):
        return None
    trial = grown.copy()
    return best, trial if ground.connect(trial, best) else None


def _cheapest(ground: Ground, grown: Grown, goal: Goal, users: list[int], *, only: int) -> tuple[Grown, int] | None:
    found: list[tuple[float, int, Grown]] = []
    for user in users:
        trial = grown.copy()
        if ground.connect(trial, int(user), only=only):
            found.append(((ground.total(trial) - ground.total(grown)) / ground.problem.demand[user], int(user), trial))
    if not found:
        return None
    _, user, trial = min(found, key=lambda entry: entry[:2])
    return trial, user


def total_volume(problem: Problem, grown: Grown) -> float:
    """What a network delivers in m³ a year."""
    return float(sum(problem.demand[user] for user in sorted(grown.ways)))
