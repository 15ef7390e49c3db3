"""The best network of a district: candidates from its layers, a plan for a rate or a budget, its money and its rate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from analysis.assumption import resolve
from analysis.methods.reclaimed.assumptions import ASSUMPTIONS
from analysis.methods.reclaimed.candidates import Candidates, candidates
from analysis.methods.reclaimed.economics import Economics, Rate, economics, reuse_rate
from analysis.network.answer import NetworkPlan
from analysis.network.plan import plan_network
from analysis.network.search import Progress
from layers.district import District


@dataclass(frozen=True)
class DistrictPlan:
    """A plan with what it was made of: candidates, the reuse rate before and after, and its economics."""

    plan: NetworkPlan
    candidates: Candidates
    rate: Rate
    economics: Economics
    target_m3: float | None
    assumed: Mapping[str, float]


def plan_district(
    district: District,
    assumptions: Mapping[str, float],
    *,
    target_rate: float | None = None,
    budget_yuan: float | None = None,
    pinned: Iterable[object] = (),
    forbidden: Iterable[object] = (),
    found: Candidates | None = None,
    gap: float = 0.01,
    time_limit_s: float = 30,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    alternatives: int = 2,
) -> DistrictPlan:
    """The best network of a district for a reuse rate (share of treated wastewater), a yearly budget, or for benefit.

    The rate counts what is reused already; the network must bring the rest. `budget_yuan` is the yearly cost, capital
    recovery and running together. `found` are candidates made before with the same assumptions.
    """
    assumed = resolve(ASSUMPTIONS, assumptions)
    found = found or candidates(district, assumed)
    before = reuse_rate(found.plants, more_m3=0.0)
    target = None if target_rate is None else max(target_rate * before.treated_m3 - before.reused_before_m3, 0.0)
    plan = plan_network(
        found.nodes, found.arcs, target_m3=target, budget_yuan=budget_yuan, pinned=pinned, forbidden=forbidden, gap=gap,
        time_limit_s=time_limit_s, progress=progress, cancelled=cancelled, alternatives=alternatives,
    )  # fmt: skip
    rate = reuse_rate(found.plants, more_m3=plan.volume_m3)
    return DistrictPlan(plan, found, rate, economics(plan, found, assumed), target, assumed)
