"""Better networks from a good one: some users that lie together are taken out and the network is grown anew."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from analysis.network.growing import Goal, Ground, Grown, grow, trim

_SEED = 20_190_078


def improve(
    ground: Ground, goal: Goal, grown: Grown, *, rounds: int, stop: Callable[[], bool] = lambda: False
) -> Grown:
    """The best network found in a number of rounds; never worse than the one given."""
    random = np.random.default_rng(_SEED)
    best, known = grown, _standing(ground, goal, grown)
    for _ in range(rounds):
        if stop() or not best.ways:
            break
        gone = _together(ground, best, goal, random)
        trial = best.copy()
        ground.remove(trial, gone)
        barred = [gone[0]] if gone and random.random() < 0.5 else []
        trial = trim(ground, goal, grow(ground, goal, trial, barred=barred, stop=stop))
        standing = _standing(ground, goal, trial)
        if standing > known:
            best, known = trial, standing
    return best


def _standing(ground: Ground, goal: Goal, grown: Grown) -> tuple[float, float]:
    """How good a network is, to compare: enough first or value, then how little it costs."""
    value, cost = sum(goal.value[user] for user in sorted(grown.ways)), ground.total(grown)
    if goal.net:
        return value - cost, -cost
    return min(value, goal.enough), -cost


def _together(ground: Ground, grown: Grown, goal: Goal, random: np.random.Generator) -> list[int]:
    """Users served that share most pipes with one drawn by lot, a few or many of them."""
    free = sorted(set(grown.ways) - goal.keep)
    if not free:
        return []
    first = free[int(random.integers(len(free)))]
    count = int(random.integers(1, max(2, len(free) // 4) + 1))
    arcs = {n for way, _ in grown.ways[first] for n in way}
    shared = {user: sum(n in arcs for way, _ in grown.ways[user] for n in way) for user in free if user != first}
    others = sorted(shared, key=lambda user: (-shared[user], user))
    return [first, *others[: count - 1]]
