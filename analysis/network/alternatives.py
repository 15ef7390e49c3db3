"""Other networks nearly as good that differ in a fifth of their pipes at least.

Grown again with the pipes of the answers known so far made dearer, and, where time is left, searched by the programme
with a row for every answer known: no more than four fifths of its pipes again.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from analysis.network.answer import Alternative, cost_lines, pipes_of, total_yuan
from analysis.network.cuts import relax
from analysis.network.flows import grown_from, read_columns
from analysis.network.growing import Ground, Grown, goal_of, grow, start, total_volume, trim
from analysis.network.model import build, make_whole
from analysis.network.state import Search, meets

DIFFERS_SHARE = 0.2
WORST_SHARE = 0.25
_DEARER = (1.5, 2.5, 5.0)
_ROUNDS, _SECONDS = 5, 20.0


def alternatives_of(state: Search, nodes: pd.DataFrame, arcs: pd.DataFrame, *, count: int) -> tuple[Alternative, ...]:
    """Up to `count` networks that keep every wish, at most a quarter worse, best first."""
    best = state.best
    if best is None or not best.ways:
        return ()
    known, found = [_built(best)], []
    for _ in range(count):
        candidates = [*_dearer(state, known), *_searched(state, known)]
        fresh = [c for c in candidates if meets(state.ground, c) and _apart(c, known) >= DIFFERS_SHARE]
        if not fresh or state.cancelled():
            break
        sign = 1 if state.least else -1
        pick = min(fresh, key=lambda grown: (sign * state.objective(grown), state.ground.total(grown)))
        known.append(_built(pick))
        found.append(pick)
    told = [_tell(state, grown, nodes, arcs) for grown in found]
    return tuple(sorted((one for one in told if one.worse_share <= WORST_SHARE), key=lambda one: one.worse_share))


def _built(grown: Grown) -> frozenset[int]:
    return frozenset(int(n) for n in np.flatnonzero(grown.size >= 0))


def _apart(grown: Grown, known: list[frozenset[int]]) -> float:
    """The least share of a known network's pipes that is not used again."""
    built = _built(grown)
    return min(len(other - built) / len(other) for other in known)


def _dearer(state: Search, known: list[frozenset[int]]) -> list[Grown]:
    goal, found = goal_of(state.problem), []
    used = np.zeros(len(state.problem.arcs))
    for built in known:
        used[list(built)] += 1
    for factor in _DEARER:
        ground = Ground(state.problem, discount=factor**used)
        first = start(ground, goal)
        if first is None:
            continue
        found.append(trim(state.ground, goal, grow(ground, goal, first, stop=state.cancelled)))
    return found


def _searched(state: Search, known: list[frozenset[int]]) -> list[Grown]:
    """The first network good enough that the programme finds, if it finds one in the time it has."""
    seconds = min(_SECONDS, (state.seconds - state.elapsed) / 2)
    if seconds < 0.2 or state.cancelled():
        return []
    model = build(state.problem)
    for built in known:
        most = len(built) - math.ceil(DIFFERS_SHARE * len(built))
        model.rows.add([(column, 1.0) for n in sorted(built) for column in model.y[n]], upper=float(most))
    worst = state.value * (1 + WORST_SHARE if state.least else 1 - WORST_SHARE) / (model.scale * model.sign)
    model.rows.add([(int(n), model.objective[n]) for n in np.flatnonzero(model.objective)], upper=worst)
    solver = relax(model, seconds=seconds / 2, cancelled=state.cancelled, rounds=_ROUNDS).solver
    make_whole(solver, model.integral)
    solver.clearSolver()
    solver.setOptionValue("mip_max_improving_sols", 1)
    solver.setOptionValue("time_limit", seconds / 2)
    solver.run()
    values = np.array(solver.getSolution().col_value)
    if len(values) != model.columns or not solver.getInfo().primal_solution_status:
        return []
    grown = grown_from(state.ground, *read_columns(model, values))
    return [] if grown is None else [state.ground.settle(grown)]


def _tell(state: Search, grown: Grown, nodes: pd.DataFrame, arcs: pd.DataFrame) -> Alternative:
    pipes = pipes_of(state.ground, grown, arcs)
    value = state.objective(grown)
    worse = (value - state.value if state.least else state.value - value) / max(abs(state.value), 1e-9)
    plants = {arcs["from"].iloc[way[0]] for ways in pipes.ways.values() for way, _ in ways}
    assert state.best is not None
    return Alternative(
        objective=value,
        worse_share=worse,
        cost_yuan=total_yuan(cost_lines(pipes, arcs)),
        volume_m3=total_volume(state.problem, grown),
        differs_share=_apart(grown, [_built(state.best)]),
        arcs=tuple(arcs["id"].iloc[row] for row in pipes.dn_mm),
        plants=tuple(sorted(plants)),
        users=tuple(nodes["id"].iloc[user] for user in sorted(pipes.ways)),
    )
