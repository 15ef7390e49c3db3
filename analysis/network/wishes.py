"""Which wish cannot be met, and the most or the least that can."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from analysis.network.answer import Wish
from analysis.network.problem import Problem, name_of
from analysis.network.reduction import reached
from analysis.network.search import run
from analysis.network.state import Search

_SECONDS = 10.0


def contradictions(problem: Problem, pinned: Iterable[object], forbidden: Iterable[object]) -> tuple[Wish, ...]:
    """Wishes by hand that fail by themselves: also forbidden, without demand or water, without any way to them."""
    banned = {name_of(name) for name in forbidden}
    told = dict.fromkeys(name_of(name) for name in pinned if name_of(name) in banned)
    found = [Wish("pinned", name, "forbidden_too") for name in told]
    for user in sorted(problem.wishes.users):
        demand, most = float(problem.demand[user]), float(problem.supply.sum())
        name = problem.ids[user]
        if name in told:
            continue
        if demand <= 0:
            found.append(Wish("pinned", name, "no_demand"))
        elif not reached(problem, problem.plants, water=int(problem.water[user]))[user]:
            found.append(Wish("pinned", name, "no_way"))
        elif demand > most:
            found.append(Wish("pinned", name, "more_than_supply", demand, most))
    for plant in sorted(problem.wishes.plants):
        if problem.ids[plant] not in told and not _reaches_some(problem, plant):
            reason = "no_supply" if problem.supply[plant] <= 0 else "no_way"
            found.append(Wish("pinned", problem.ids[plant], reason))
    empty = [name for name, group in problem.wishes.arcs.items() if not group and name not in told]
    return (*found, *(Wish("pinned", name, "no_way") for name in empty))


def _reaches_some(problem: Problem, plant: int) -> bool:
    """Whether a plant has water and a way for it to a user it suits."""
    return problem.supply[plant] > 0 and any(
        reached(problem, [plant], water=water)[[u for u in problem.users if problem.water[u] == water]].any()
        for water in range(problem.classes)
    )


def unattainable(problem: Problem, *, seconds: float, cancelled: Callable[[], bool]) -> tuple[Wish, ...]:
    """After it is proven that nothing meets all wishes: the ones that fail, pins first, then target, then budget."""

    def tried(one: Problem, *, share: float = 1.0) -> Search:
        return run(Search(one, gap=1e-6, seconds=min(seconds, _SECONDS) * share, cancelled=cancelled))

    wishes, free = problem.wishes, tried(_most_volume(problem, budget=np.inf))
    if free.status == "infeasible":
        return tuple(_pins(free.problem, tried))
    target, budget = wishes.target_m3, wishes.budget_yuan
    if target is not None and (budget is None or free.bound < target * (1 - 1e-9)):
        return (_sought("target", "more_than_attainable", target, free),)
    if budget is None:
        return ()
    cheapest = tried(problem.with_wishes(replace(wishes, budget_yuan=None, target_m3=target or 0.0)))
    if cheapest.status == "infeasible" and target is not None:
        return (_sought("target", "more_than_attainable", target, free),)
    found = _sought("budget", "less_than_needed", budget, cheapest)
    if target is None:
        return (found,)
    within = tried(_most_volume(problem, budget=budget))
    return found, _sought("target", "more_than_budget_buys", target, within)


def least_budget(problem: Problem, *, seconds: float, cancelled: Callable[[], bool]) -> tuple[Wish, ...]:
    """The least that serves anybody at all, where a budget serves nobody; none where no money would, or not known."""
    if not len(problem.users):
        return ()
    wishes = problem.wishes
    anybody = replace(wishes, budget_yuan=None, target_m3=float(problem.demand[problem.users].min()))
    limit = min(seconds, _SECONDS)
    cheapest = run(Search(problem.with_wishes(anybody), gap=1e-4, seconds=limit, cancelled=cancelled))
    if cheapest.best is None or not cheapest.best.ways or wishes.budget_yuan is None:
        return ()
    return (_sought("budget", "less_than_needed", wishes.budget_yuan, cheapest),)


def _sought(kind: str, reason: str, asked: float, state: Search) -> Wish:
    """A wish with the most or least that a search found and its bound; none of a search that served nobody yet."""
    if state.best is None or not (state.best.ways or state.status == "optimal"):
        return Wish(kind, None, reason, asked)
    return Wish(kind, None, reason, asked, state.value, state.bound)


def _most_volume(problem: Problem, *, budget: float) -> Problem:
    alike = replace(problem, weight=np.ones_like(problem.weight))
    return alike.with_wishes(replace(problem.wishes, target_m3=None, budget_yuan=budget))


def _pins(problem: Problem, tried: Callable[..., Search]) -> Iterable[Wish]:
    """Every wish by hand without which the others can be met; all of them when no single one is to blame."""
    wishes = problem.wishes
    without = {problem.ids[user]: replace(wishes, users=wishes.users - {user}) for user in sorted(wishes.users)}
    for plant in sorted(wishes.plants):
        others = {one: least for one, least in wishes.plants.items() if one != plant}
        without[problem.ids[plant]] = replace(wishes, plants=others)
    for name in wishes.arcs:
        without[name] = replace(wishes, arcs={one: group for one, group in wishes.arcs.items() if one != name})
    share = 1 / max(len(without), 1)
    guilty = [name for name, one in without.items() if tried(problem.with_wishes(one), share=share).best is not None]
    return [Wish("pinned", name, "against_the_others") for name in guilty or without]
