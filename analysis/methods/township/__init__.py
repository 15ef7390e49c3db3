"""What each township is like: area, people, rain, height, projects, water use, pipes and land cover.

Counted as the layers stand, nothing modelled. Every value has its own date; a layer that is missing makes the value
unknown and says which layer is lacking, never zero; a sum over something unknown is unknown.
Features that carry a township code count where the code says.
Figures of years before a township was merged belong to its successor. The last findings speak of the whole district:
sums, or means weighted by area; `facts["missing"]` says how many townships they leave out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

import pandas as pd

from analysis.assumption import Assumption
from analysis.assumptions.rain import KNOWN_CELLS
from analysis.finding import Finding, Indicator, sources_of
from analysis.methods.township.measures import SURFACES, Measure, measures
from analysis.question import Answer, Cancelled, Choice, Progress, Question, answer
from layers.district import District
from layers.divisions import division_of

METHOD = "township"
EDITION = 3
NEEDS: tuple[str, ...] = (
    "townships",
    "population",
    "water_use",
    "rainfall",
    "elevation",
    "landcover",
    "projects",
    "pipeline_zones",
    "water_mains",
    "water_users",
)
ASKS: tuple[str, ...] = ()
RECORDS: tuple[str, ...] = ()
RULES: tuple[str, ...] = ()
ASSUMPTIONS: tuple[Assumption, ...] = (KNOWN_CELLS,)
CHOICES: tuple[Choice, ...] = ()


def _indicator(id_: str, unit: str, better: Literal["more", "less", "neither"] = "neither") -> Indicator:
    return Indicator(id=id_, unit=unit, method=METHOD, better=better)


INDICATORS: tuple[Indicator, ...] = (
    _indicator("water_use_m3", "m3_as_wan_m3", "less"),
    _indicator("water_use_m3_per_person", "m3_per_person", "less"),
    _indicator("rain_supply_m3", "m3_per_year", "more"),
    _indicator("reclaimed_use_m3", "m3_as_wan_m3", "more"),
    _indicator("renewal_length_m", "m_as_km", "less"),
    _indicator("mains_length_m", "m_as_km"),
    _indicator("projects", "count", "more"),
    _indicator("users", "count"),
    _indicator("population", "people"),
    _indicator("population_per_km2", "people_per_km2"),
    _indicator("area_m2", "m2_as_km2"),
    _indicator("rain_mm", "mm_per_year"),
    _indicator("elevation_m", "m"),
    *(_indicator(id_, "share") for id_ in SURFACES),
)
INDICATOR: Mapping[str, Indicator] = {indicator.id: indicator for indicator in INDICATORS}


def ask(
    district: District,
    question: Question,
    *,
    given: Mapping[str, Answer[object]],
    on: date,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Answer[None]:
    """A finding per indicator and township of today, and one per indicator for the district (its own code)."""
    made = measures(district, least_share=question.assumptions[KNOWN_CELLS.id])
    found = [finding for measure in made for finding in _findings(district, measure)]
    return answer(question, None, findings=found)


def _findings(district: District, measure: Measure) -> Iterator[Finding]:
    codes = district.townships.index
    values = pd.Series(float("nan"), index=codes) if measure.values is None else measure.values.reindex(codes)
    for code, value in values.items():
        yield _finding(district, measure, str(code), value, _facts(district, measure, str(code)))
    total = _total(measure, values)
    yield _finding(district, measure, district.settings.code, total, _facts_of_all(district, measure, values))


def _facts(district: District, measure: Measure, code: str) -> dict[str, object]:
    """What is to be said with a township's value: of which units and which part of it it is known."""
    facts = dict(measure.said.get(code, {}))
    division = None if measure.year is None else division_of(district, measure.year)
    if division is not None and code in division.parts:
        facts |= {"units_then": division.parts[code], "year": measure.year}
    if code in measure.partly:
        facts["lower_bound"] = True
    share = 1.0 if measure.shares is None else float(measure.shares.get(code, 0.0))
    return facts | ({"known_share": share} if 0 < share < 1 else {})


def _facts_of_all(district: District, measure: Measure, values: pd.Series) -> dict[str, object]:
    """What is to be said with the district's value: the townships it leaves out, and how many there were then."""
    missing = int(values.isna().sum())
    facts: dict[str, object] = {"missing": missing} if missing else {}
    if measure.partly or (measure.weights is None and (missing or measure.loose)):
        facts["lower_bound"] = True
    division = None if measure.year is None else division_of(district, measure.year)
    if division is not None:
        facts |= {"townships_then": division.units, "townships": len(values), "year": measure.year}
    return facts


def _total(measure: Measure, values: pd.Series) -> float:
    """The district's value over the townships that are known: a sum, or a mean by weight."""
    if measure.weights is None:
        return float(values.sum(min_count=1))
    weights = measure.weights.reindex(values.index).where(values.notna())
    return float((values * weights).sum(min_count=1) / weights.sum(min_count=1))


def _finding(district: District, measure: Measure, subject: str, value: float, facts: Mapping[str, object]) -> Finding:
    known = pd.notna(value)
    status, newest_day = sources_of(district, measure.layers)
    lacking = tuple(layer for layer in measure.layers if not district.has(layer))
    share = {key: told for key, told in facts.items() if key == "known_share"}
    return Finding(
        indicator=INDICATOR[measure.id],
        subject=subject,
        value=float(value) if known else None,
        as_of=(str(measure.year) if measure.year else newest_day) if known else None,
        status=status if known else None,
        layers=measure.layers,
        needs=() if known else lacking or measure.layers,
        facts=facts if known else {"absent": bool(lacking), **share},
    )
