"""A smaller network with the same best answer: dead ends out, arcs in a row joined, diameters nobody can fill cut.

Each step keeps an optimal network: an arc on no way from a plant to a user carries nothing; a junction with one way in
and one way on passes the same flow; and no flow needs to leave the side of a bottleneck it came from.
Arcs and junctions that are wished for by hand are left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from analysis.network.problem import Arc, Option, Problem, efficient


def reduce(problem: Problem) -> Problem:
    """The reduced problem; nodes keep their numbers, arcs carry their members, groups of wishes are renumbered."""
    while True:
        before = [arc.classes for arc in problem.arcs]
        problem = _join(_keep(problem, _useful(problem)))
        if [arc.classes for arc in problem.arcs] == before:
            return fit_capacities(problem)


def reached(problem: Problem, starts: Iterable[int], *, water: int, backwards: bool = False) -> np.ndarray:
    """Boolean per node: whether water of a class gets there from the start nodes (or on from there to them)."""
    ways = defaultdict(list)
    for arc in problem.arcs:
        if water in arc.classes:
            tail, head = (arc.head, arc.tail) if backwards else (arc.tail, arc.head)
            ways[tail].append(head)
    seen = np.zeros(len(problem.ids), bool)
    stack = list(starts)
    seen[stack] = True
    while stack:
        for head in ways[stack.pop()]:
            if not seen[head]:
                seen[head] = True
                stack.append(head)
    return seen


def _useful(problem: Problem) -> list[frozenset[int]]:
    """By arc, the classes of water for which it lies on a way from a plant to a user; all it has where wished for."""
    wished = problem.wishes.held
    useful = [set(arc.classes) if number in wished else set() for number, arc in enumerate(problem.arcs)]
    for water in range(problem.classes):
        goals = [int(u) for u in problem.users if problem.water[u] == water]
        after = reached(problem, problem.plants, water=water)
        before = reached(problem, goals, water=water, backwards=True)
        into, out = _neighbours(problem, water)
        for number, arc in enumerate(problem.arcs):
            if water not in arc.classes or not (after[arc.tail] and before[arc.head]):
                continue
            ends_here = problem.demand[arc.head] > 0 and problem.water[arc.head] == water
            back_only = not ends_here and out[arc.head] <= {arc.tail}
            from_only = problem.supply[arc.tail] == 0 and into[arc.tail] <= {arc.head}
            if not back_only and not from_only:
                useful[number].add(water)
    return [frozenset(classes) for classes in useful]


def _neighbours(problem: Problem, water: int) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    into: dict[int, set[int]] = defaultdict(set)
    out: dict[int, set[int]] = defaultdict(set)
    for arc in problem.arcs:
        if water in arc.classes:
            into[arc.head].add(arc.tail)
            out[arc.tail].add(arc.head)
    return into, out


def _keep(problem: Problem, useful: list[frozenset[int]]) -> Problem:
    """Every arc with the classes it is useful for, none without any."""
    kept = [n for n, classes in enumerate(useful) if classes or n in problem.wishes.held]
    arcs = [replace(problem.arcs[n], classes=useful[n]) for n in kept]
    return _renumber(problem, arcs, {old: new for new, old in enumerate(kept)})


def _renumber(problem: Problem, arcs: list[Arc], number: dict[int, int]) -> Problem:
    groups = {name: frozenset(number[n] for n in group if n in number) for name, group in problem.wishes.arcs.items()}
    changed = replace(problem.wishes, arcs=groups)
    return replace(problem, arcs=tuple(arcs), wishes=changed)


def _join(problem: Problem) -> Problem:
    """Join arcs at every junction that passes one flow on: one way through, or both directions of one line."""
    wished = problem.wishes.held
    arcs: dict[int, Arc] = dict(enumerate(problem.arcs))
    into, out = defaultdict(set), defaultdict(set)
    for number, arc in arcs.items():
        into[arc.head].add(number)
        out[arc.tail].add(number)
    shared = _shared_corridors(problem)
    for node in range(len(problem.ids)):
        if problem.supply[node] > 0 or problem.demand[node] > 0 or node in problem.wishes.plants:
            continue
        pairs = _through(arcs, into[node], out[node], shared)
        if pairs is None or (into[node] | out[node]) & wished:
            continue
        for first, second in pairs:
            _replace(arcs, into, out, (first, second), len(arcs) + max(arcs))
    order = sorted(arcs)
    return _renumber(problem, [arcs[n] for n in order], {old: new for new, old in enumerate(order)})


def _shared_corridors(problem: Problem) -> dict[object, int]:
    count: dict[object, int] = defaultdict(int)
    for arc in problem.arcs:
        count[arc.corridor] += 1
    return count


def _through(
    arcs: dict[int, Arc], into: set[int], out: set[int], shared: dict[object, int]
) -> list[tuple[int, int]] | None:
    """The pairs of arcs to join at a junction, or none where flows may divide or the corridors forbid it."""
    if len(into) == 1 and len(out) == 1:
        first, second = next(iter(into)), next(iter(out))
        alone = shared[arcs[first].corridor] == 1 and shared[arcs[second].corridor] == 1
        return [(first, second)] if alone and arcs[first].tail != arcs[second].head else None
    if len(into) != 2 or len(out) != 2:
        return None
    a, b = sorted(into, key=lambda n: arcs[n].tail)
    tails = [arcs[a].tail, arcs[b].tail]
    onward = {arcs[n].head: n for n in out}
    if tails[0] == tails[1] or set(onward) != set(tails):
        return None
    pairs = [(a, onward[tails[1]]), (b, onward[tails[0]])]
    lines = [[arcs[a].corridor, arcs[onward[tails[0]]].corridor], [arcs[b].corridor, arcs[onward[tails[1]]].corridor]]
    trenches = all(line[0] == line[1] and shared[line[0]] == 2 for line in lines)
    apart = all(shared[corridor] == 1 for line in lines for corridor in line)
    return pairs if trenches or apart else None


def _replace(
    arcs: dict[int, Arc],
    into: dict[int, set[int]],
    out: dict[int, set[int]],
    pair: tuple[int, int],
    number: int,
) -> None:
    first, second = arcs.pop(pair[0]), arcs.pop(pair[1])
    for old, arc in zip(pair, (first, second), strict=True):
        into[arc.head].discard(old)
        out[arc.tail].discard(old)
    joined = in_series(first, second)
    if joined.options and joined.classes:
        arcs[number] = joined
        into[joined.head].add(number)
        out[joined.tail].add(number)


def in_series(first: Arc, second: Arc) -> Arc:
    """One arc for two in a row: for every capacity the cheapest diameter of each."""
    most = min(first.options[-1].capacity, second.options[-1].capacity)
    steps = sorted({option.capacity for arc in (first, second) for option in arc.options if option.capacity <= most})
    options = []
    for capacity in steps:
        picks = [next(o for o in arc.options if o.capacity >= capacity) for arc in (first, second)]
        options.append(Option(capacity, picks[0].cost + picks[1].cost, picks[0].choice + picks[1].choice))
    ends = (first.corridor, second.corridor)
    return Arc(
        tail=first.tail, head=second.head, energy=first.energy + second.energy, options=efficient(options),
        members=first.members + second.members, corridor=frozenset(ends), classes=first.classes & second.classes,
    )  # fmt: skip


def fit_capacities(problem: Problem) -> Problem:
    """Cut every arc's capacity to the most that can pass it: what lies beyond it needs, what lies before it gives.

    Beyond an articulation node only one side is left to serve; elsewhere the totals bound the flow.
    """
    most = flow_limits(problem)
    arcs = [
        replace(
            arc, options=tuple(replace(o, capacity=min(o.capacity, limit)) for o in efficient(arc.options, most=limit))
        )
        for arc, limit in zip(problem.arcs, most, strict=True)
    ]
    return replace(problem, arcs=tuple(arcs))


def flow_limits(problem: Problem) -> np.ndarray:
    """The most that can usefully flow in every arc, in m³ a year, shape (arcs,)."""
    tails = np.array([arc.tail for arc in problem.arcs], int)
    heads = np.array([arc.head for arc in problem.arcs], int)
    nodes = len(problem.ids)
    demand, supply = problem.load, problem.supply * problem.peaks.max(initial=0.0)
    least = np.full(len(problem.arcs), min(demand.sum(), supply.sum()))
    for node in np.unique(np.concatenate([tails, heads])) if len(tails) else ():
        away = (tails != node) & (heads != node)
        graph = coo_matrix((np.ones(away.sum()), (tails[away], heads[away])), shape=(nodes, nodes))
        _, part = connected_components(graph, directed=False)
        behind = np.bincount(part, weights=demand)
        before = np.bincount(part, weights=supply)
        leaving, entering = np.flatnonzero(tails == node), np.flatnonzero(heads == node)
        least[leaving] = np.minimum(least[leaving], behind[part[heads[leaving]]])
        least[entering] = np.minimum(least[entering], before[part[tails[entering]]])
    return least
