"""What the reclaimed-water page keeps between runs, keyed by the data's mark, changed assumptions and the wish."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from analysis.assumption import Assumption, resolve
from analysis.finding import result_id, sources_of
from analysis.hydraulics.of_plan import built
from analysis.methods import reclaimed as method
from analysis.methods.reclaimed.assumptions import ASSUMPTIONS
from analysis.methods.reclaimed.candidates import Candidates, candidates, plant_fits
from analysis.methods.reclaimed.demand import dry_days_by_month, monthly_m3
from analysis.methods.reclaimed.district_plan import DistrictPlan, plan_district
from analysis.methods.reclaimed.economics import Economics, Rate, economics, reuse_rate
from analysis.methods.reclaimed.places import demand_places
from analysis.methods.reclaimed.quality import Suitability
from analysis.methods.reclaimed.supply import MONTHS, plant_supply
from app import jobs, store
from app.jobs import Job
from app.reclaimed.wish import Wish, usual_rate, wish_of
from layers.district import District
from layers.layer import Status
from reports.reclaimed.of_plan import paper_of
from reports.reclaimed.paper import NetworkPaper
from words import Language

Changed = tuple[tuple[str, float], ...]
Choices = tuple[tuple[str, str], ...]
Progress, Cancelled = Callable[[Mapping[str, Any]], None], Callable[[], bool]
BY_ID: Mapping[str, Assumption] = {one.id: one for one in ASSUMPTIONS}
PRICES = (
    "reclaimed_price_share", "reclaimed_subsidy_yuan_per_m3", "tap_yuan_per_m3",
    "sewage_yuan_per_m3", "reclaimed_saving_to_contractor_share", "reclaimed_contract_years",
)  # fmt: skip
CURVE_SHARES, CURVE_SECONDS = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0), 4.0


@dataclass(frozen=True)
class Ground:
    """What is known before any search: plants, places, suitability, months, and the reuse rate today.

    `demand_months` has a row per use and month (m³), `supply_months` shape (12,). `unknown_plants` are left out of
    every sum because their treated volume is not known.
    """

    plants: pd.DataFrame
    places: pd.DataFrame
    fits: Mapping[tuple[str, str], Suitability]
    demand_months: pd.DataFrame
    supply_months: np.ndarray
    rate: Rate
    unknown_plants: int


@dataclass
class Solved:
    """A plan with its papers by language, made when asked for; `result_id` follows from data, assumptions and wish."""

    done: DistrictPlan
    wish: Wish
    result_id: str
    papers: dict[Language, tuple[NetworkPaper, str | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class CurvePoint:
    """The most water for a budget: yuan a year asked and spent, m³ a year, gap."""

    budget_yuan: float
    cost_yuan: float
    volume_m3: float
    gap: float | None


def assumed(changed: Changed) -> dict[str, float]:
    """The value of every assumption, those of the hydraulic check included."""
    return resolve(BY_ID.values(), dict(changed))


def without_prices(changed: Changed) -> Changed:
    """The changes that a plan and its check depend on."""
    return tuple((id_, value) for id_, value in sorted(changed) if id_ not in PRICES)


def of_method(changed: Changed) -> dict[str, float]:
    """The changes that the network itself depends on: without prices and limits of the check."""
    own = {one.id for one in ASSUMPTIONS} - set(PRICES)
    return {id_: value for id_, value in changed if id_ in own}


@st.cache_resource(max_entries=8, show_spinner=False)
def ground(mark: str, changed: Changed) -> Ground:
    """Plants, places and suitability under the assumptions; about a second."""
    district, values = store.district(mark), resolve(ASSUMPTIONS, of_method(changed))
    plants, places = plant_supply(district, values), demand_places(district, values)
    planned = values["reclaimed_planned_plants"] >= 0.5
    fits = plant_fits(district, sorted(set(places["use"])), planned=planned)
    frame = district.frames.get("wastewater_plants")
    return Ground(
        plants=plants,
        places=places,
        fits=fits,
        demand_months=_demand_months(district, places, values),
        supply_months=plants[list(MONTHS)].sum().to_numpy(float) if len(plants) else np.zeros(12),
        rate=reuse_rate(plants, more_m3=0.0),
        unknown_plants=0 if frame is None else len(frame) - len(plants),
    )


def _demand_months(district: District, places: pd.DataFrame, values: Mapping[str, float]) -> pd.DataFrame:
    dry = dry_days_by_month(district.tables.get("daily_rain"), values)
    rows = [
        (use, month, volume)
        for use, annual in places.groupby("use")["annual_m3"].sum().items()
        for month, volume in enumerate(monthly_m3(str(use), float(annual), dry), start=1)
    ]
    return pd.DataFrame(rows, columns=["use", "month", "m3"])


def wish(mark: str, changed: Changed, choices: Choices) -> Wish:
    """What the session asks for; a modest rate out of the supply unless something else was chosen."""
    known = ground(mark, without_prices(changed))
    supply, demand = float(known.plants["supply_m3"].sum()), float(known.places["annual_m3"].sum())
    return wish_of(dict(choices), usual=usual_rate(known.rate, supply_m3=supply, demand_m3=demand))


def key_of(mark: str, changed: Changed, asked: Wish) -> str:
    """The key of a plan: data, assumptions and wish as text."""
    return repr((mark, without_prices(changed), asked.mark, asked.seconds))


def plan_job(mark: str, changed: Changed, asked: Wish, *, watcher: str, language: Language) -> Job:
    """The job that finds the best network for a wish; its result is a `Solved`."""
    arguments = (mark, without_prices(changed), asked, language)
    return jobs.desk.start(plan_work, arguments, key=key_of(mark, changed, asked), watcher=watcher)


def plan_work(
    mark: str, changed: Changed, asked: Wish, language: Language, *, progress: Progress, cancelled: Cancelled
) -> Solved:
    """The best network for a wish, with its paper in the language of who asked first."""
    district, own = store.district(mark), of_method(changed)
    progress({"phase": "routing"})
    found = _candidates(mark, tuple(sorted(own.items())))
    done = plan_district(district, own, found=found, progress=progress, cancelled=cancelled, **asked.told)
    solved = Solved(done, asked, result_id(district.version, asked.mark, dict(changed)))
    progress({"phase": "checking"})
    _paper(solved, district, assumed(changed), language)
    return solved


@st.cache_resource(max_entries=3, show_spinner=False)
def _candidates(mark: str, own: Changed) -> Candidates:
    """The candidate network, laid over the relief once for the same data and assumptions."""
    return candidates(store.district(mark), resolve(ASSUMPTIONS, dict(own)))


def _paper(
    solved: Solved, district: District, values: Mapping[str, float], language: Language
) -> tuple[NetworkPaper, str | None]:
    if language not in solved.papers:
        network = built(district, solved.done, assumed=values)
        solved.papers[language] = paper_of(
            district, solved.done, network, result_id=solved.result_id, language=language
        )
    return solved.papers[language]


def paper(mark: str, changed: Changed, solved: Solved, language: Language) -> tuple[NetworkPaper, str | None]:
    """Pipes, nodes and the hydraulic check of a plan, and why there is no check."""
    return _paper(solved, store.district(mark), assumed(without_prices(changed)), language)


def money(solved: Solved, changed: Changed) -> Economics:
    """The money of a plan at the prices of the moment."""
    return economics(solved.done.plan, solved.done.candidates, assumed(changed))


def curve_job(mark: str, changed: Changed, asked: Wish, *, cost_yuan: float, watcher: str) -> Job:
    """The job that finds the most water for shares of a plan's yearly cost; its result is a tuple of `CurvePoint`."""
    arguments = (mark, without_prices(changed), asked, cost_yuan)
    return jobs.desk.start(curve_work, arguments, key=curve_key(mark, changed, asked), watcher=watcher)


def curve_work(
    mark: str, changed: Changed, asked: Wish, cost_yuan: float, *, progress: Progress, cancelled: Cancelled
) -> tuple[CurvePoint, ...]:
    """The most water for shares of a yearly cost, as far as it came before it was cancelled."""
    district, own = store.district(mark), of_method(changed)
    found, points = _candidates(mark, tuple(sorted(own.items()))), [CurvePoint(0.0, 0.0, 0.0, 0.0)]
    for n, share in enumerate(CURVE_SHARES):
        progress({"phase": "curve", "done": n, "count": len(CURVE_SHARES)})
        told = replace(asked, aim="budget", budget_yuan=share * cost_yuan, seconds=CURVE_SECONDS).told
        done = plan_district(district, own, found=found, cancelled=cancelled, **told)
        if cancelled():
            break
        if done.plan.status != "infeasible":
            points.append(CurvePoint(share * cost_yuan, done.plan.cost_yuan, done.plan.volume_m3, done.plan.gap))
    return tuple(points)


def curve_key(mark: str, changed: Changed, asked: Wish) -> str:
    """The key of a cost curve."""
    return f"curve {key_of(mark, changed, asked)}"


def sources(mark: str, *, layers: tuple[str, ...] = method.NEEDS) -> tuple[Status | None, str | None]:
    """Worst status and newest date of what a number rests on."""
    return sources_of(store.district(mark), layers)


def target(mark: str) -> tuple[str, float] | None:
    """Year and share of the nearest target the district has set for the reuse rate, none where it has set none."""
    set_ = store.district(mark).settings.targets.get("reclaimed_share") or {}
    return max(set_.items(), default=None)


def corridors_of(solved: Solved | None) -> set[str]:
    """The corridors that a plan's pipes lie in, those with length."""
    if solved is None:
        return set()
    arcs, plan = solved.done.candidates.arcs, solved.done.plan
    return set(arcs[arcs["id"].isin(plan.diameters.keys()) & (arcs["kind"] == "pipe")]["corridor"])
