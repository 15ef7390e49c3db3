"""Siting: may a project stand here, what speaks against it, what would change that, and where it would stand better.

`run` checks every row of `construction_projects`. For one site: `make_site`, then `examine`; for a place to build,
`suitability` and `alternatives`; for its water, `water_for`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analysis.assumption import resolve
from analysis.finding import Finding, Indicator, result_id, worst_status
from analysis.methods.siting.answer.alternatives import Alternative, alternatives
from analysis.methods.siting.answer.engine import METHOD, Verdicts, examine
from analysis.methods.siting.answer.flips import carried_out
from analysis.methods.siting.answer.record import as_record, two_lines
from analysis.methods.siting.answer.surface import CRITERIA, Surface, suitability
from analysis.methods.siting.assumptions import ASSUMPTIONS
from analysis.methods.siting.check import ORDER, RANK, Check, Flip, Inquiry, Judgement, Result
from analysis.methods.siting.checks.registry import BY_ID, CHECKS
from analysis.methods.siting.ground.found import Ground
from analysis.methods.siting.ground.site import Site, make_site
from analysis.methods.siting.water.advice import Water, water_for
from analysis.proposal import from_row
from analysis.question import Choice
from layers.district import District
from words.errors import AtlasError

__all__ = [
    "ASSUMPTIONS", "BY_ID", "CHECKS", "CRITERIA", "INDICATORS", "NEEDS", "ORDER", "RANK", "Alternative", "Check",
    "Flip", "Ground", "Inquiry", "Judgement", "Result", "Site", "Surface", "Verdicts", "Water", "alternatives",
    "as_record", "carried_out", "examine", "examine_layer", "make_site", "run", "suitability", "two_lines",
    "water_for",
]  # fmt: skip

EDITION = 1
ASKS: tuple[str, ...] = ()
RECORDS: tuple[str, ...] = ()
RULES: tuple[str, ...] = ()
CHOICES: tuple[Choice, ...] = ()
NEEDS = (
    "townships", "construction_projects", "protection_zones", "water_intakes", "rivers", "reservoirs", "canals",
    "small_water_works", "waterworks", "water_mains", "supply_zones", "wastewater_plants", "reclaimed_mains", "roads",
    "urban_areas", "elevation", "rainfall", "daily_rain", "quotas", "water_use", "control_values", "source_yields",
)  # fmt: skip
INDICATORS = (
    Indicator("siting_constraints", "count", METHOD, "less"),
    Indicator("siting_not_made", "count", METHOD, "less"),
)


def run(district: District, assumptions: Mapping[str, float]) -> list[Finding]:
    """Two findings per construction project: constraints, whose verdict is the worst, and checks not made."""
    assumed = resolve(ASSUMPTIONS, assumptions)
    mark = result_id(district.version, METHOD, assumptions)
    ground = Ground(district)
    return [finding for verdicts in examine_layer(ground, assumed) for finding in _findings(verdicts, mark)]


def examine_layer(ground: Ground, assumed: Mapping[str, float], *, with_flips: bool = False) -> Iterator[Verdicts]:
    """The verdicts on every row of `construction_projects` in order; rows that are no site are passed over."""
    frame = ground.district.frames.get("construction_projects")
    if frame is None:
        return
    for row in frame.to_dict("records"):
        name = row["name"] if isinstance(row["name"], str) else ""
        try:
            site = make_site(row["geometry"], ground.district, assumed=assumed, id=str(row["id"]), name=name)
        except AtlasError:
            continue
        yield examine(site, from_row(row), ground=ground, assumed=assumed, with_flips=with_flips)


def _findings(verdicts: Verdicts, mark: str) -> Iterator[Finding]:
    bars = sum(result.verdict in ("prohibited", "restricted") for result in verdicts.results)
    made = [result for result in verdicts.results if result.verdict != "unknown"]
    status = worst_status(result.status for result in made)
    as_of = max((result.as_of for result in made if result.as_of), default=None)
    needs = tuple(dict.fromkeys(need for result in verdicts.not_made for need in result.judgement.needs))
    facts = {result.check.id: result.verdict for result in verdicts.results}
    constraints = Finding(
        INDICATORS[0],
        verdicts.site.id,
        float(bars),
        verdict=verdicts.worst,
        as_of=as_of,
        status=status,
        layers=NEEDS,
        facts=facts,
        result_id=mark,
    )
    not_made = float(len(verdicts.not_made))
    yield constraints
    yield Finding(INDICATORS[1], verdicts.site.id, not_made, as_of=as_of, status=status, needs=needs, result_id=mark)
