"""What the reclaimed-water page keeps between runs, keyed by the data's mark and the id of what was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import streamlit as st

from analysis.asking import Asked, ask, question
from analysis.assumption import Assumption, resolve
from analysis.finding import sources_of
from analysis.methods import reclaimed as method
from analysis.methods.reclaimed import CANDIDATES, METHOD
from analysis.methods.reclaimed.assumptions import ASSUMPTIONS
from analysis.methods.reclaimed.candidates import Candidates
from analysis.methods.reclaimed.district_plan import DistrictPlan
from analysis.methods.reclaimed.economics import PRICES
from analysis.methods.reclaimed.ground import Ground
from analysis.question import Answer
from app import jobs, store
from app.jobs import Job
from app.reclaimed.wish import Wish, usual_rate, wish_of
from layers.layer import Status
from reports.reclaimed.of_plan import paper_of
from reports.reclaimed.paper import NetworkPaper
from words import Language

Changed = tuple[tuple[str, float], ...]
Choices = tuple[tuple[str, str], ...]
Progress, Cancelled = Callable[[Mapping[str, Any]], None], Callable[[], bool]
BY_ID: Mapping[str, Assumption] = {one.id: one for one in ASSUMPTIONS}
CURVE_SHARES, CURVE_SECONDS = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0), 4.0


@dataclass
class Solved:
    """The answer to a wish, with its papers by language, made when asked for."""

    answer: Answer[DistrictPlan]
    wish: Wish
    papers: dict[Language, NetworkPaper] = field(default_factory=dict)

    @property
    def done(self) -> DistrictPlan:
        """The plan itself."""
        return self.answer.detail

    @property
    def result_id(self) -> str:
        """The id that page, papers and command show."""
        return self.answer.id

    @property
    def network_id(self) -> str:
        """What tells one network from another whatever its prices."""
        return repr((self.answer.question.wish, self.answer.ended))


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
    """The changes that a network and its check depend on."""
    return tuple((id_, value) for id_, value in sorted(changed) if id_ not in PRICES)


def _asked(changed: Changed, wish: Mapping[str, object] | None = None) -> Asked:
    return Asked(on=date.today(), assumptions=dict(changed), wish=wish or {})


def _id(mark: str, asked: Asked) -> str:
    return question(METHOD, store.district(mark), asked).id


def ground(mark: str, changed: Changed) -> Ground:
    """Plants, places and suitability under the assumptions; about a second."""
    asked = _asked(changed)
    return _ground(mark, _id(mark, asked), asked)


@st.cache_resource(max_entries=8, show_spinner=False)
def _ground(mark: str, id_: str, _asked: Asked) -> Ground:
    known: Ground = ask(METHOD, store.district(mark), _asked).detail
    return known


@st.cache_resource(max_entries=3, show_spinner=False)
def _candidates(mark: str, id_: str, _asked: Asked) -> Answer[Candidates]:
    """The candidate network, laid over the relief once for the same data and assumptions."""
    return ask(METHOD, store.district(mark), _asked)


def wish(mark: str, changed: Changed, choices: Choices) -> Wish:
    """What the session asks for; a modest rate out of the supply unless something else was chosen."""
    known = ground(mark, without_prices(changed))
    supply, demand = float(known.plants["even_m3"].sum()), float(known.places["annual_m3"].sum())
    return wish_of(dict(choices), usual=usual_rate(known.rate, supply_m3=supply, demand_m3=demand))


def key_of(mark: str, changed: Changed, asked: Wish) -> str:
    """The key of the search for a network: the id of what is asked, at usual prices."""
    return f"{mark} {_id(mark, _asked(without_prices(changed), asked.told))}"


def plan_job(mark: str, changed: Changed, asked: Wish, *, watcher: str) -> Job:
    """The job that finds the best network for a wish; its result is the answer at usual prices."""
    arguments = (mark, without_prices(changed), asked.told)
    return jobs.desk.start(plan_work, arguments, key=key_of(mark, changed, asked), watcher=watcher)


def plan_work(
    mark: str, changed: Changed, wish: Mapping[str, object], *, progress: Progress, cancelled: Cancelled
) -> Answer[DistrictPlan]:
    """The best network for a wish."""
    candidates = _asked(changed, CANDIDATES)
    progress({"phase": "routing"})
    known = _candidates(mark, _id(mark, candidates), candidates)
    asked = _asked(changed, wish)
    return ask(METHOD, store.district(mark), asked, made=(known,), progress=progress, cancelled=cancelled)


def solved(mark: str, changed: Changed, asked: Wish, found: Answer[DistrictPlan]) -> Solved:
    """The answer at the prices of the moment, from the network that was found at usual ones."""
    told = _asked(changed, asked.told)
    return _solved(mark, _id(mark, told), found.ended, told, asked, found)


@st.cache_resource(max_entries=24, show_spinner=False)
def _solved(mark: str, id_: str, ended: str | None, _asked: Asked, _wish: Wish, _found: Answer[DistrictPlan]) -> Solved:
    return Solved(ask(METHOD, store.district(mark), _asked, made=(_found,)), _wish)


def paper(mark: str, solved: Solved, language: Language) -> NetworkPaper:
    """Pipes, nodes and the hydraulic check of a plan."""
    if language not in solved.papers:
        solved.papers[language] = paper_of(store.district(mark), solved.answer, language=language)
    return solved.papers[language]


def curve_job(mark: str, changed: Changed, asked: Wish, *, cost_yuan: float, watcher: str) -> Job:
    """The job that finds the most water for shares of a plan's yearly cost; its result is a tuple of `CurvePoint`."""
    arguments = (mark, without_prices(changed), asked, cost_yuan)
    return jobs.desk.start(curve_work, arguments, key=curve_key(mark, changed, asked), watcher=watcher)


def curve_work(
    mark: str, changed: Changed, asked: Wish, cost_yuan: float, *, progress: Progress, cancelled: Cancelled
) -> tuple[CurvePoint, ...]:
    """The most water for shares of a yearly cost, as far as it came before it was cancelled."""
    points = [CurvePoint(0.0, 0.0, 0.0, 0.0)]
    for n, share in enumerate(CURVE_SHARES):
        progress({"phase": "curve", "done": n, "count": len(CURVE_SHARES)})
        told = asked.for_budget(share * cost_yuan, seconds=CURVE_SECONDS)
        plan = plan_work(mark, changed, told, progress=lambda _: None, cancelled=cancelled).detail.plan
        if cancelled():
            break
        if plan.objective is not None:
            points.append(CurvePoint(share * cost_yuan, plan.cost_yuan, plan.volume_m3, plan.gap))
    return tuple(points)


def curve_key(mark: str, changed: Changed, asked: Wish) -> str:
    """The key of a cost curve."""
    return f"curve {key_of(mark, changed, asked)}"


def sources(mark: str, *, layers: tuple[str, ...] = method.NEEDS) -> tuple[Status | None, str | None]:
    """Worst status and newest date of what a number rests on."""
    return sources_of(store.district(mark), layers)


_SHARE_OF = {"share": 1.0, "ratio": 1.0, "percent": 0.01}  # units of a target that is a share


def target(mark: str) -> tuple[str, float] | None:
    """Year and share of the nearest target for the reuse rate: the next one due, else the last; none without any."""
    control = store.district(mark).tables.get("control_values")
    if control is None:
        return None
    own = control[(control["subject"] == "district") & (control["indicator"] == "reclaimed_share")]
    own = own[own["unit"].isin(list(_SHARE_OF))].sort_values("year")
    if own.empty:
        return None
    due = own[own["year"] >= date.today().year]
    near = own.iloc[-1] if due.empty else due.iloc[0]
    return str(near["year"]), float(near["value"]) * _SHARE_OF[str(near["unit"])]


def corridors_of(solved: Solved | None) -> set[str]:
    """The corridors that a plan's pipes lie in, those with length."""
    if solved is None:
        return set()
    arcs, plan = solved.done.candidates.arcs, solved.done.plan
    return set(arcs[arcs["id"].isin(plan.diameters.keys()) & (arcs["kind"] == "pipe")]["corridor"])
