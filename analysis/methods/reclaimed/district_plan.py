"""The best network of a district: candidates from its layers, a plan for a rate or a budget, its money and its rate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analysis.methods.reclaimed.built import Built, built
from analysis.methods.reclaimed.candidates import Candidates
from analysis.methods.reclaimed.economics import Economics, Rate, economics, reuse_rate
from analysis.methods.reclaimed.months import monthly_delivery
from analysis.methods.reclaimed.supply import unknown_plants
from analysis.methods.reclaimed.wanted import Wanted
from analysis.network.answer import NetworkPlan, Wish
from analysis.network.plan import plan_network
from analysis.question import Cancelled, Progress, digest
from layers.district import District
from words.errors import AtlasError

_AGAIN, _SPARE, _ROUNDED_YUAN = 2, 1.02, 1.0


@dataclass(frozen=True)
class DistrictPlan:
    """A plan with what it was made of: candidates, the reuse rate before and after, its economics, and it as built.

    `months` is what each plant delivers in each month; the rate after and the money count what is delivered.
    """

    plan: NetworkPlan
    candidates: Candidates
    rate: Rate
    economics: Economics
    target_m3: float | None
    assumed: Mapping[str, float]
    built: Built
    months: pd.DataFrame


def plan_district(
    district: District,
    found: Candidates,
    wanted: Wanted,
    assumed: Mapping[str, float],
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> DistrictPlan:
    """The best network for a reuse rate (share of treated wastewater), a yearly budget, or for benefit.

    The rate counts what is reused already; the network must bring the rest. AtlasError `reclaimed.paper.no_rate` for a
    rate where no treated volume is known, and what `plan_network` refuses.
    """
    unknown = unknown_plants(district)
    before = reuse_rate(found.plants, more_m3=0.0)
    target = None
    if wanted.target_rate is not None:
        if before.before_share is None:
            raise AtlasError("reclaimed.paper.no_rate")
        target = max(wanted.target_rate * before.treated_m3 - before.reused_before_m3, 0.0)

    def made(budget: float | None) -> DistrictPlan:
        plan = plan_network(
            found.nodes, found.arcs, target_m3=target, budget_yuan=budget, pinned=wanted.pin, forbidden=wanted.forbid,
            gap=wanted.gap, time_limit_s=wanted.time_limit_s, progress=progress, cancelled=cancelled,
            alternatives=wanted.alternatives,
        )  # fmt: skip
        if progress is not None:
            progress({"phase": "checking"})
        months = monthly_delivery(district, plan.served, found.plants, found.places, assumed)
        delivered = float(months["delivered_m3"].sum())
        rate = reuse_rate(found.plants, more_m3=delivered, unknown_plants=unknown)
        laid = built(district, found, plan, assumed=assumed)
        money = economics(plan, found, laid, assumed, delivered_m3=delivered)
        return DistrictPlan(plan, found, rate, money, target, assumed, laid, months)

    first = made(wanted.budget_yuan)
    return first if wanted.budget_yuan is None else _within(first, wanted.budget_yuan, made)


def _within(first: DistrictPlan, budget: float, made: Callable[[float], DistrictPlan]) -> DistrictPlan:
    """A plan whose yearly cost, stations, valves and pressure classes with it, keeps a budget.

    They are known once a network is laid: it is sought again with what they cost put aside, twice at most.
    """
    aside, plan = 0.0, first
    for _ in range(_AGAIN):
        if plan.plan.objective is None or plan.economics.yearly_yuan <= budget + _ROUNDED_YUAN:
            break
        aside = max(aside, _equipment_yuan(plan)) * _SPARE
        plan = made(max(budget - aside, 0.0))
    wishes = tuple(_raised(one, budget, aside) if one.kind == "budget" else one for one in plan.plan.wishes)
    return replace(plan, plan=replace(plan.plan, wishes=wishes))


def _equipment_yuan(made: DistrictPlan) -> float:
    """What a year costs beyond what the search counts."""
    return made.economics.yearly_yuan - made.plan.cost_yuan


def _raised(wish: Wish, budget: float, aside: float) -> Wish:
    """A wish for money as it was asked, what stands aside added to what is needed."""
    known = {name: value + aside for name in ("attainable", "bound") if (value := getattr(wish, name)) is not None}
    return replace(wish, asked=budget, **known)


def at_prices(made: DistrictPlan, assumed: Mapping[str, float]) -> DistrictPlan:
    """The same network with its money at other prices."""
    delivered = float(made.months["delivered_m3"].sum())
    money = economics(made.plan, made.candidates, made.built, assumed, delivered_m3=delivered)
    return replace(made, assumed=assumed, economics=money)


def ended(plan: NetworkPlan) -> str | None:
    """The fingerprint of a plan whose search a clock or a person ended.

    None where it ended by itself: proven within its gap, or with the wish named that nothing can meet and its limit
    proven. All that people see of the network is in it but the seconds it took.
    """
    if plan.status == "optimal" or (plan.wishes and all(wish.proven for wish in plan.wishes)):
        return None
    frames = (plan.served, plan.flows, plan.cost_lines, plan.left_out)
    rows = [frame.to_csv(index=False, lineterminator="\n") for frame in frames]
    said = (plan.status, plan.objective, plan.bound, plan.gap, plan.cost_yuan, plan.volume_m3)
    return digest([said, rows, [vars(one) for one in (*plan.alternatives, *plan.wishes)]])
