"""The best network of a problem handed in as two data frames, with its bound."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.network.alternatives import alternatives_of
from analysis.network.answer import (
    FLOWS,
    LEFT_OUT,
    LINES,
    SERVED,
    NetworkPlan,
    Wish,
    cost_lines,
    flows_frame,
    pipes_of,
    served_frame,
    total_yuan,
)  # fmt: skip
from analysis.network.left_out import left_out
from analysis.network.model import aim_of
from analysis.network.problem import Problem, make_problem, read_arcs, read_nodes
from analysis.network.reduction import reduce
from analysis.network.search import run
from analysis.network.state import Progress, Search
from analysis.network.wishes import contradictions, least_budget, unattainable
from words.errors import AtlasError

_FOR_ALTERNATIVES_S, _FOR_ALTERNATIVES_SHARE = 4.0, 0.15


def plan_network(
    nodes: pd.DataFrame,
    arcs: pd.DataFrame,
    *,
    target_m3: float | None = None,
    budget_yuan: float | None = None,
    pinned: Iterable[object] = (),
    forbidden: Iterable[object] = (),
    gap: float = 0.01,
    time_limit_s: float = 30,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    alternatives: int = 2,
) -> NetworkPlan:
    """Which users to serve, which arcs to build at which diameter: least cost for a target, most water for a budget.

    The frames are described in `problem`. A user is served wholly or not; its water may come from several plants.
    `target_m3` a year asks for least yearly cost; `budget_yuan` a year (capital and energy) alone asks for the most
    priority-weighted m³; both for least cost within the budget; neither for the greatest net benefit by
    `unit_benefit_yuan`. `pinned` and `forbidden` name nodes, arcs, corridors or (from, to) pairs: a pinned user is
    served, a pinned plant gives at least the smallest demand, a pinned arc is built. The search stops at `gap`, after
    `time_limit_s`, or when `cancelled()`; `progress` hears phase, seconds, objective, bound and gap. AtlasError for
    frames that make no sense; wishes that cannot be met give status `infeasible` with the wish named.
    """
    began = time.monotonic()
    pinned, forbidden = list(pinned), list(forbidden)
    nodes = read_nodes(nodes)
    arcs = read_arcs(arcs, nodes["id"])
    _check(target_m3, budget_yuan, gap=gap, seconds=time_limit_s)
    whole = make_problem(nodes, arcs, target_m3=target_m3, budget_yuan=budget_yuan, pinned=pinned, forbidden=forbidden)
    broken = contradictions(whole, pinned, forbidden)
    if broken:
        return _nothing(whole, broken, began)
    problem = reduce(whole)
    stop = cancelled or (lambda: False)
    kept = min(_FOR_ALTERNATIVES_S, _FOR_ALTERNATIVES_SHARE * time_limit_s) if alternatives else 0.0
    state = run(Search(problem, gap=gap, seconds=time_limit_s - kept, progress=progress, cancelled=stop, began=began))
    if state.status == "infeasible":
        broken = unattainable(problem, seconds=time_limit_s, cancelled=stop)
        return _nothing(whole, broken, began, state="cancelled" if stop() else "infeasible")
    if state.best is None or not (state.best.ways or state.status == "optimal"):
        return _nothing(whole, (), began, state=state.status)
    state.seconds = time_limit_s
    plan = _answer(state, whole, nodes, arcs, count=alternatives)
    if state.best.ways or budget_yuan is None or target_m3 is not None:
        return plan
    return replace(plan, wishes=least_budget(problem, seconds=time_limit_s, cancelled=stop))


def _check(target: float | None, budget: float | None, *, gap: float, seconds: float) -> None:
    for name, value in (("target_m3", target), ("budget_yuan", budget), ("gap", gap), ("time_limit_s", seconds)):
        if value is not None and not (np.isfinite(value) and value >= 0):
            raise AtlasError("reclaimed.wish_wrong", name=name, value=value)


def _answer(state: Search, whole: Problem, nodes: pd.DataFrame, arcs: pd.DataFrame, *, count: int) -> NetworkPlan:
    grown = state.best
    assert grown is not None
    pipes = pipes_of(state.ground, grown, arcs)
    lines = cost_lines(pipes, arcs)
    flows = flows_frame(pipes, arcs)
    return NetworkPlan(
        status=state.status,
        aim=aim_of(whole),
        objective=state.value,
        bound=None if np.isnan(state.bound) else state.bound,
        gap=None if np.isinf(state.distance) else state.distance,
        cost_yuan=total_yuan(lines),
        volume_m3=float(sum(whole.demand[user] for user in sorted(grown.ways))),
        served=served_frame(pipes, nodes, arcs),
        flows=flows,
        diameters=dict(zip(flows["id"], flows["dn_mm"], strict=True)),
        cost_lines=lines,
        left_out=left_out(state, whole, nodes),
        alternatives=alternatives_of(state, nodes, arcs, count=count) if count else (),
        seconds=state.elapsed,
        facts={"arcs_given": len(arcs), "arcs_searched": len(state.problem.arcs)},
    )


def _nothing(whole: Problem, broken: tuple[Wish, ...], began: float, *, state: str = "infeasible") -> NetworkPlan:
    """The answer without a network: why no wish could be met, or that the search ended before a first one."""
    return NetworkPlan(
        status=state,
        aim=aim_of(whole),
        objective=None,
        bound=None,
        gap=None,
        cost_yuan=0.0,
        volume_m3=0.0,
        served=pd.DataFrame(columns=list(SERVED)),
        flows=pd.DataFrame(columns=list(FLOWS)),
        diameters={},
        cost_lines=pd.DataFrame(columns=list(LINES)),
        left_out=pd.DataFrame(columns=list(LEFT_OUT)),
        seconds=time.monotonic() - began,
        wishes=() if state == "cancelled" else broken,
    )
