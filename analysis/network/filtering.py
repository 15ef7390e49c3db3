"""A smaller problem for branching: what no network better than the best known can use is taken out.

A diameter or user whose reduced cost lifts the relaxation's bound over the best known network (less the gap asked)
can only be part of worse ones. What remains is reduced again; networks are carried over by the rows of the arcs frame.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analysis.network.cuts import Relaxation
from analysis.network.flows import assemble
from analysis.network.growing import Ground, Grown, Way
from analysis.network.model import Model
from analysis.network.problem import Problem
from analysis.network.reduction import reduce


def without_hopeless(problem: Problem, model: Model, relaxation: Relaxation, *, best: Grown, cutoff: float) -> Problem:
    """The problem without users and diameters that lift the relaxation's objective to `cutoff` (scaled) or over it."""
    duals = np.array(relaxation.solver.getSolution().col_dual)
    hopeless = (relaxation.values <= 1e-9) & (relaxation.objective + duals >= cutoff)
    demand = problem.demand.copy()
    for user, column in model.s.items():
        if hopeless[column] and user not in best.ways and user not in problem.wishes.users:
            demand[user] = 0.0
    wished = set().union(*problem.wishes.arcs) if problem.wishes.arcs else set()
    arcs = []
    for number, (arc, span) in enumerate(zip(problem.arcs, model.y, strict=True)):
        kept = tuple(
            option
            for size, (option, column) in enumerate(zip(arc.options, span, strict=True))
            if not hopeless[column] or number in wished or best.size[number] == size
        )
        arcs.append(replace(arc, options=kept or arc.options[:1], classes=arc.classes if kept else frozenset()))
    water = np.where(demand > 0, problem.water, -1)
    return reduce(replace(problem, demand=demand, water=water, arcs=tuple(arcs)))


def carry_over(grown: Grown, source: Problem, ground: Ground) -> Grown | None:
    """The same network in another reduction of the same problem; none where an arc is missing there."""
    starting: dict[int, list[int]] = defaultdict(list)
    for number, arc in enumerate(ground.problem.arcs):
        starting[arc.members[0]].append(number)
    ways: dict[int, list[Way]] = {}
    for user, own in grown.ways.items():
        ways[user] = []
        for arcs, volume in own:
            rows = [row for number in arcs for row in source.arcs[number].members]
            found = _matched(rows, ground.problem, starting)
            if found is None:
                return None
            ways[user].append((found, volume))
    return assemble(ground, ways)


def _matched(rows: Sequence[int], problem: Problem, starting: dict[int, list[int]]) -> tuple[int, ...] | None:
    """Arcs whose members, one after another, are the rows."""
    found, place = [], 0
    while place < len(rows):
        fitting = [n for n in starting[rows[place]] if problem.arcs[n].members == tuple(
            rows[place : place + len(problem.arcs[n].members)]
        )]  # fmt: skip
        if not fitting:
            return None
        found.append(fitting[0])
        place += len(problem.arcs[fitting[0]].members)
    return tuple(found)
