"""Plans against the same problem written independently: no instance may differ, and what is impossible is said well."""

from __future__ import annotations

import pandas as pd
import pytest
from network_programme import Wish, best_of, instance

from analysis.network.answer import NetworkPlan
from analysis.network.plan import plan_network

MANY = [pytest.param(start, 40, marks=pytest.mark.long, id=f"from {start}") for start in range(40, 1000, 40)]


@pytest.mark.parametrize(("start", "count"), [pytest.param(0, 40, id="from 0"), *MANY])
def test_plans_equal_an_independent_programme(start, count):
    wrong = {seed: found for seed in range(start, start + count) if (found := _differs(seed))}
    assert wrong == {}


def _differs(seed: int) -> str | None:
    """How the plan of an instance differs from the independent programme, none where it does not."""
    nodes, arcs, wish = instance(seed)
    best = best_of(nodes, arcs, **wish)
    plan = plan_network(nodes, arcs, **wish, gap=0, time_limit_s=120, alternatives=0)
    if best is None:
        return None if plan.status == "infeasible" and plan.wishes else f"possible? {plan.status} {plan.objective}"
    if plan.status != "optimal" or plan.objective is None:
        return f"{plan.status} for {best} {plan.wishes}"
    if abs(plan.objective - best) > 1e-5 * max(abs(best), 1.0):
        return f"{plan.objective} for {best}"
    return _broken(plan, arcs, wish)


def _broken(plan: NetworkPlan, arcs: pd.DataFrame, wish: Wish) -> str | None:
    """The rule a plan breaks: a corridor twice, a pipe overfull, a budget passed, a pinned arc or node not in it."""
    built = arcs.set_index("id").loc[plan.flows["id"]]
    if built["corridor"].duplicated().any():
        return "a corridor is built twice"
    if (plan.flows["peak_m3"] > plan.flows["capacity_m3"] + 1e-5).any():
        return "a pipe is overfull"
    if plan.cost_yuan > wish.get("budget_yuan", float("inf")) + 0.01 * len(plan.cost_lines):
        return "the budget is passed"
    there = {
        *built.index,
        *built["corridor"],
        *built["from"],
        *built["to"],
        *zip(built["from"], built["to"], strict=True),
    }
    there |= {*plan.served["user"], *plan.served["plant"]}
    lost = [name for name in wish["pinned"] if name not in there]
    return f"not in it: {lost}" if lost else None


@pytest.mark.parametrize("seed", [*range(120), *(pytest.param(n, marks=pytest.mark.long) for n in range(120, 600))])
def test_an_impossible_wish_names_the_most_or_the_least(seed):
    nodes, arcs, wish = instance(seed)
    if best_of(nodes, arcs, **wish) is not None:
        return
    free = {name: value for name, value in wish.items() if name not in ("target_m3", "budget_yuan")}
    for one in plan_network(nodes, arcs, **wish, gap=0, time_limit_s=120, alternatives=0).wishes:
        if one.reason == "less_than_needed":
            least = best_of(nodes, arcs, **free, target_m3=wish.get("target_m3", 0.0))
            assert one.attainable == pytest.approx(least, rel=1e-5)
            assert best_of(nodes, arcs, **{**wish, "budget_yuan": one.attainable + 1e-6}) is not None
        elif one.reason == "more_than_attainable":
            assert one.attainable == pytest.approx(best_of(nodes, arcs, **free, volume=True), rel=1e-5)
        elif one.reason == "more_than_budget_buys":
            most = best_of(nodes, arcs, **free, budget_yuan=wish["budget_yuan"], volume=True)
            assert one.attainable == (None if most is None else pytest.approx(most, rel=1e-5))
