"""Which wish cannot be met, and the most or the least that can."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from analysis.network import search as searching
from analysis.network.answer import Wish
from analysis.network.cuts import relax
from analysis.network.growing import total_volume
from analysis.network.model import build
from analysis.network.problem import Problem
from analysis.network.reduction import reached

_SECONDS = 10.0


def contradictions(problem: Problem, pinned: Iterable[object], forbidden: Iterable[object]) -> tuple[Wish, ...]:
    """Wishes by hand that fail by themselves: also forbidden, without demand or water, without any way to them."""
    banned = {_key(name) for name in forbidden}
    found = [Wish("pinned", _key(name), "forbidden_too") for name in pinned if _key(name) in banned]
    wishes, names = problem.wishes, dict(problem.wishes.names or {})
    told = {wish.id for wish in found}
    for user in sorted(wishes.users):
        if names[user] in told:
            continue
        ways = reached(problem, problem.plants, water=max(int(problem.water[user]), 0))
        if problem.demand[user] <= 0:
            found.append(Wish("pinned", names[user], "no_demand"))
        elif not ways[user]:
            found.append(Wish("pinned", names[user], "no_way"))
        elif problem.demand[user] > problem.supply.sum():
            asked, most = float(problem.demand[user]), float(problem.supply.sum())
            found.append(Wish("pinned", names[user], "more_than_supply", asked, most))
    for plant in sorted(wishes.plants):
        if names[plant] in told:
            continue
        on = [reached(problem, [plant], water=w)[[u for u in problem.users if problem.water[u] == w]].any()
              for w in range(problem.classes)]  # fmt: skip
        if problem.supply[plant] <= 0 or not any(on):
            found.append(Wish("pinned", names[plant], "no_supply" if problem.supply[plant] <= 0 else "no_way"))
    found += [Wish("pinned", names[group], "no_way") for group in wishes.arcs if not group and names[group] not in told]
    return tuple(found)


def beyond_reach(problem: Problem) -> tuple[Wish, ...]:
    """The target if not even the relaxation without costs attains it: a quick look before searching."""
    target = problem.wishes.target_m3
    if target is None:
        return ()
    free = _most_volume(problem, budget=np.inf)
    model = build(replace(free, wishes=replace(free.wishes, users=frozenset(), plants=frozenset(), arcs=())))
    relaxation = relax(model, seconds=_SECONDS, cancelled=lambda: False, rounds=1)
    if relaxation.feasible and -relaxation.objective * model.scale < target * (1 - 1e-6):
        return (Wish("target", None, "more_than_attainable", target, _attained(free, _SECONDS)),)
    return ()


def unattainable(problem: Problem, *, seconds: float, cancelled: Callable[[], bool]) -> tuple[Wish, ...]:
    """After a search found that nothing meets all wishes: the ones that fail, pins first, then target, then budget."""
    seconds = min(seconds, _SECONDS)
    free = _most_volume(problem, budget=np.inf)
    most = _attained(free, seconds, cancelled)
    if most is None:
        return tuple(_pins(free, seconds, cancelled))
    wishes = problem.wishes
    if wishes.target_m3 is not None and most < wishes.target_m3 * (1 - 1e-9):
        return (Wish("target", None, "more_than_attainable", wishes.target_m3, most),)
    if wishes.budget_yuan is None:
        return ()
    cheapest = problem.with_wishes(replace(wishes, budget_yuan=None, target_m3=wishes.target_m3 or 0.0))
    state = searching.run(searching.Search(cheapest, gap=0.01, seconds=seconds, cancelled=cancelled))
    least = state.value if state.best is not None else None
    found = [Wish("budget", None, "less_than_needed", wishes.budget_yuan, least)]
    if wishes.target_m3 is not None:
        within = _attained(_most_volume(problem, budget=wishes.budget_yuan), seconds, cancelled)
        found.append(Wish("target", None, "more_than_budget_buys", wishes.target_m3, within))
    return tuple(found)


def _key(name: object) -> str:
    return "→".join(map(str, name)) if isinstance(name, tuple | list) else str(name)


def _most_volume(problem: Problem, *, budget: float) -> Problem:
    alike = replace(problem, weight=np.ones_like(problem.weight))
    return alike.with_wishes(replace(problem.wishes, target_m3=None, budget_yuan=budget))


def _attained(problem: Problem, seconds: float, cancelled: Callable[[], bool] = lambda: False) -> float | None:
    """The most m³ a year under the wishes left, none when they already contradict each other."""
    state = searching.run(searching.Search(problem, gap=1e-6, seconds=seconds, cancelled=cancelled))
    return None if state.best is None else total_volume(problem, state.best)


def _pins(problem: Problem, seconds: float, cancelled: Callable[[], bool]) -> Iterable[Wish]:
    """Every wish by hand without which the others can be met; all of them when no single one is to blame."""
    wishes, names = problem.wishes, problem.wishes.names or {}
    kept: list[tuple[object, Problem]] = []
    for user in sorted(wishes.users):
        kept.append((user, problem.with_wishes(replace(wishes, users=wishes.users - {user}))))
    for plant in sorted(wishes.plants):
        kept.append((plant, problem.with_wishes(replace(wishes, plants=wishes.plants - {plant}))))
    for group in wishes.arcs:
        others = tuple(g for g in wishes.arcs if g != group)
        kept.append((group, problem.with_wishes(replace(wishes, arcs=others))))
    share = seconds / max(len(kept), 1)
    guilty = [node for node, without in kept if _attained(without, share, cancelled) is not None]
    for node in guilty or [node for node, _ in kept]:
        yield Wish("pinned", names.get(node, str(node)), "against_the_others")
