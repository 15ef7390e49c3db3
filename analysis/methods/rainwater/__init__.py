"""Rainwater use: how much, where, how big a tank, at what price.

Asked about nothing in particular it answers for the district (`Outlook`): the usable volume by township with its
range, the runoff of all land beside it, what is owed, and what the tank of every project does. Asked about the id of
a project it answers for that (`ProjectDetail`). The formulas are callable by themselves, numpy in and numpy out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from analysis.finding import Finding, Indicator, sources_of
from analysis.methods.rainwater.assumptions import ASSUMPTIONS
from analysis.methods.rainwater.ground import CHOICES, ground_of
from analysis.methods.rainwater.outlook import Outlook, outlook_of, township_findings
from analysis.methods.rainwater.subject import ProjectDetail, detail_of, project_findings
from analysis.question import Answer, Cancelled, Progress, Question, answer
from layers.district import District
from words.errors import AtlasError

__all__ = ["ASKS", "ASSUMPTIONS", "CHOICES", "EDITION", "INDICATORS", "METHOD", "NEEDS", "RECORDS", "RULES", "ask"]

METHOD = "rainwater"
EDITION = 2
ASKS: tuple[str, ...] = ()
RECORDS: tuple[str, ...] = ()
RULES = ("rain_duty", "design_rain", "storm")
NEEDS = (
    "townships", "daily_rain", "rainfall", "residential_estates", "public_institutions", "industrial_parks", "roads",
    "green_spaces", "small_water_works", "projects", "urban_areas", "construction_projects", "landcover",
    "landcover_legend", "soil_group",
)  # fmt: skip
INDICATORS = (
    Indicator("rain_usable_m3", "m3_per_year", METHOD, "more"),
    Indicator("rain_runoff_m3", "m3_per_year", METHOD),
    Indicator("rain_owed_m3", "m3", METHOD, "less"),
    Indicator("rain_project_yield_m3", "m3_per_year", METHOD, "more", subject="project"),
    Indicator("rain_project_reliability", "share", METHOD, "more", subject="project"),
)
INDICATOR = {indicator.id: indicator for indicator in INDICATORS}


def ask(
    district: District,
    question: Question,
    *,
    given: Mapping[str, Answer[object]],
    on: date,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Answer[Outlook] | Answer[ProjectDetail]:
    """The district's outlook, or one project's detail where the subject is its id.

    AtlasError `rainwater.unknown_project` for an id without a catchment, `rainwater.unknown_wish`.
    """
    ground, say = ground_of(district, question, on=on), partial(_finding, district)
    if question.subject is None:
        if question.wish:
            raise AtlasError("rainwater.unknown_wish", wish=str(dict(question.wish)))
        outlook = outlook_of(ground)
        return answer(question, outlook, findings=township_findings(outlook, say))
    detail = detail_of(ground, str(question.subject), question.wish)
    return answer(question, detail, findings=() if question.wish else project_findings(detail, say))


def _finding(
    district: District,
    indicator: str,
    subject: str,
    value: float | None,
    *,
    layers: tuple[str, ...],
    low: float | None = None,
    high: float | None = None,
    facts: Mapping[str, object] | None = None,
    needs: tuple[str, ...] = (),
) -> Finding:
    """A finding with its sources; where it is unknown it `needs` the layers that are absent, of those named if any."""
    status, as_of = sources_of(district, layers)
    lacking = tuple(layer for layer in needs or layers if not district.has(layer))
    return Finding(
        indicator=INDICATOR[indicator],
        subject=subject,
        value=value,
        low=low,
        high=high,
        as_of=as_of,
        status=status,
        layers=tuple(layer for layer in layers if district.has(layer)),
        needs=lacking or needs if value is None else (),
        facts=facts or {},
    )
