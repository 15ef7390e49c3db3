"""Why a user was left out, and what would bring it in.

The cost of taking one more user is what the network of the answer would grow by, per m³. It is compared with the
threshold of the wish: what the dearest user served saves when it is dropped (target), what is left of the budget,
or the user's own benefit.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.network.answer import LEFT_OUT
from analysis.network.growing import Ground, Grown, total_volume
from analysis.network.model import aim_of
from analysis.network.problem import Problem
from analysis.network.reduction import reached
from analysis.network.state import Search

Row = tuple[str, float, str, str, float, float, float]
NAN = float("nan")


def left_out(state: Search, whole: Problem, nodes: pd.DataFrame) -> pd.DataFrame:
    """A row per user not served: reason, condition, unit cost, threshold and how much more is needed.

    `more` is in m³ a year (more_supply, bigger_pipes, higher_target) or yuan a year (lower_cost, more_budget).
    """
    grown = state.best
    assert grown is not None
    threshold = _threshold(state, grown)
    rows: list[Row] = []
    for row in np.flatnonzero(nodes["demand_m3"].to_numpy(float) > 0):
        user = int(row)
        if user not in grown.ways:
            demand = float(nodes["demand_m3"].iloc[user])
            rows.append((str(nodes["id"].iloc[user]), demand, *_reason(state, whole, user, threshold)))
    return pd.DataFrame(rows, columns=list(LEFT_OUT))


def _reason(state: Search, whole: Problem, user: int, threshold: float) -> tuple[str, str, float, float, float]:
    if whole.demand[user] <= 0:
        return "forbidden", "allow", NAN, NAN, NAN
    if not reached(whole, whole.plants, water=int(whole.water[user]))[user]:
        other = any(reached(whole, whole.plants, water=w)[user] for w in range(whole.classes))
        return ("quality", "treatment", NAN, NAN, NAN) if other else ("no_way", "corridor", NAN, NAN, NAN)
    grown, ground = state.best, state.ground
    assert grown is not None
    demand = float(whole.demand[user])
    trial = grown.copy()
    if not ground.connect(trial, user):
        short = demand - float(grown.left.sum())
        return (
            ("no_water", "more_supply", NAN, NAN, short) if short > 0 else ("no_room", "bigger_pipes", NAN, NAN, demand)
        )
    extra = ground.total(trial) - ground.total(grown)
    return _money(state, grown, user, extra=extra, threshold=threshold)


def _money(
    state: Search, grown: Grown, user: int, *, extra: float, threshold: float
) -> tuple[str, str, float, float, float]:
    problem = state.problem
    demand, wishes = float(problem.demand[user]), problem.wishes
    unit, aim = extra / demand, aim_of(problem)
    if aim == "net":
        benefit = float(problem.benefit[user])
        return "benefit", "lower_cost", unit, benefit, max(extra - benefit * demand, 0.0)
    if aim == "volume":
        assert wishes.budget_yuan is not None
        spare = max(wishes.budget_yuan - state.ground.total(grown), 0.0)
        return "budget", "more_budget", unit, spare / demand, max(extra - spare, 0.0)
    if unit > threshold:
        return "dearer", "lower_cost", unit, threshold, (unit - threshold) * demand
    beyond = total_volume(problem, grown) - (wishes.target_m3 or 0.0)
    return "target_met", "higher_target", unit, threshold, max(beyond, 0.0)


def _threshold(state: Search, grown: Grown) -> float:
    """The most that dropping one user served by choice would save, in yuan/m³; of all users when all are wished for."""
    ground: Ground = state.ground
    total = ground.total(grown)
    saved: dict[int, float] = {}
    for user in grown.ways:
        trial = grown.copy()
        ground.remove(trial, [user])
        saved[user] = (total - ground.total(trial)) / float(state.problem.demand[user])
    return max(_by_choice(saved, state), default=0.0)


def _by_choice(saved: dict[int, float], state: Search) -> Iterator[float]:
    wished = state.problem.wishes.users
    free = [user for user in saved if user not in wished]
    yield from (saved[user] for user in (free or saved))
