"""Siting: may a project stand here, what speaks against it, what would change that, and where it would stand better.

`ask` about one site (`subject.site_subject`) gives its verdicts and its water; with the wish {"better": "township"} or
{"better": "district"} the better places for it; about a layer (`subject.layer_subject`) the verdicts on every site.
Without a subject it is the layer `construction_projects`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import shapely

from analysis.finding import Finding, Indicator, worst_status
from analysis.methods.siting.answer.alternatives import Alternative, alternatives
from analysis.methods.siting.answer.engine import Step, Verdicts, examine
from analysis.methods.siting.answer.surface import Surface, suitability
from analysis.methods.siting.assumptions import ASSUMPTIONS
from analysis.methods.siting.batch import Judged, judge_layer
from analysis.methods.siting.check import Inquiry
from analysis.methods.siting.ground.found import ground_of
from analysis.methods.siting.subject import OWN_PROPOSALS, layer_subject, proposal_of, site_of
from analysis.methods.siting.water.advice import Water, water_for
from analysis.proposal import Proposal
from analysis.question import Answer, Cancelled, Choice, Progress, Question
from analysis.question import answer as answered  # `answer` is a folder of this room
from layers.district import District
from words.errors import AtlasError

__all__ = [
    "ASKS",
    "ASSUMPTIONS",
    "CHOICES",
    "EDITION",
    "INDICATORS",
    "METHOD",
    "NEEDS",
    "RECORDS",
    "RULES",
    "WITHIN",
    "Alternative",
    "Better",
    "Judged",
    "Sites",
    "Siting",
    "ask",
]  # fmt: skip

METHOD = "siting"
EDITION = 3
ASKS: tuple[str, ...] = ()
RECORDS: tuple[str, ...] = ()
RULES = ("siting", "monitoring", "high_use", "rain_duty", "design_rain", "reclaimed_order", "quota_standing")
CHOICES: tuple[Choice, ...] = ()
NEEDS = (
    "townships", "construction_projects", "protection_zones", "water_intakes", "rivers", "reservoirs", "canals",
    "small_water_works", "waterworks", "water_mains", "supply_zones", "wastewater_plants", "reclaimed_mains", "roads",
    "urban_areas", "elevation", "rainfall", "daily_rain", "quotas", "water_use", "control_values", "source_yields",
    "irrigation_districts",
)  # fmt: skip
INDICATORS = (
    Indicator("siting_constraints", "count", METHOD, "less", "site"),
    Indicator("siting_not_made", "count", METHOD, "less", "site"),
)
WITHIN = ("township", "district")  # where better places may be wished for


@dataclass(frozen=True)
class Siting:
    """What is said of one site: the question put, the verdicts, and its water."""

    inquiry: Inquiry
    verdicts: Verdicts
    water: Water


@dataclass(frozen=True)
class Better:
    """The better places for a site, best first, and the surface they were found on."""

    places: tuple[Alternative, ...]
    surface: Surface


@dataclass(frozen=True)
class Sites:
    """Every row of a layer, judged or refused."""

    layer: str
    judged: tuple[Judged, ...]


def ask(
    district: District,
    question: Question,
    *,
    given: Mapping[str, Answer[object]],
    on: date,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Answer[Siting | Better | Sites]:
    """The verdicts on a site or on every site of a layer with two findings a site, or better places for the site.

    AtlasError `siting.errors.*` for a site or project that cannot be judged, `siting.page.errors.no_layer`,
    `errors.choice_wrong` for another wish, `siting.errors.cancelled` when it was told to end.
    """
    step = _step(progress, cancelled)
    ground = ground_of(district, on=on)
    if question.subject is None and OWN_PROPOSALS not in district.frames:
        return answered(question, Sites(OWN_PROPOSALS, ()))
    subject = layer_subject(OWN_PROPOSALS) if question.subject is None else question.subject
    assert isinstance(subject, Mapping)
    if "layer" in subject:
        sites = Sites(str(subject["layer"]), tuple(judge_layer(ground, question, subject, on=on, step=step)))
        made = [one.verdicts for one in sites.judged if one.verdicts is not None]
        return answered(question, sites, findings=[one for verdicts in made for one in _findings(verdicts)])
    site = site_of(subject, district, assumed=question.assumptions)
    proposal = proposal_of(subject) or Proposal()
    inquiry = Inquiry(site, proposal, ground, question.assumptions, on, frozenset(question.aged))
    if "better" in question.wish:
        return answered(question, _better(inquiry, within=question.wish["better"], step=step))
    verdicts = examine(inquiry, step=step)
    return answered(question, Siting(inquiry, verdicts, water_for(inquiry)), findings=_findings(verdicts))


def _step(progress: Progress | None, cancelled: Cancelled | None) -> Step:
    """Tells how far the work is, and ends it when it was cancelled."""

    def step(done: int, count: int) -> None:
        if cancelled is not None and cancelled():
            raise AtlasError("siting.errors.cancelled")
        if progress is not None:
            progress({"phase": "checking", "done": done, "count": count})

    return step


def _better(inquiry: Inquiry, *, within: object, step: Step) -> Better:
    """The best places in the site's townships or in the whole district."""
    if within not in WITHIN:
        raise AtlasError("errors.choice_wrong", name="better", value=within, options=", ".join(WITHIN))
    district = inquiry.ground.district
    shapes = [district.township(code).geometry for code in inquiry.site.townships]
    surface = suitability(inquiry, within=None if within == "district" else shapely.union_all(shapes))
    return Better(tuple(alternatives(inquiry, surface, step=step)), surface)


def _findings(verdicts: Verdicts) -> Iterator[Finding]:
    """Constraints, whose verdict is the worst, and checks not made."""
    bars = sum(result.verdict in ("prohibited", "restricted") for result in verdicts.results)
    made = [result for result in verdicts.results if result.verdict != "unknown"]
    status = worst_status(result.status for result in made)
    as_of = min((result.as_of for result in made if result.as_of), default=None)
    needs = tuple(dict.fromkeys(need for result in verdicts.not_made for need in result.judgement.needs))
    facts = {result.check.id: result.verdict for result in verdicts.results}
    yield Finding(
        INDICATORS[0],
        verdicts.site.id,
        float(bars),
        verdict=verdicts.worst,
        as_of=as_of,
        status=status,
        layers=NEEDS,
        facts=facts,
    )
    not_made = float(len(verdicts.not_made))
    yield Finding(INDICATORS[1], verdicts.site.id, not_made, as_of=as_of, status=status, needs=needs)
