"""Putting every check to a site: one result each, the worst of those made, and who owes what the others lack."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from analysis.finding import Verdict, sources_of
from analysis.finding import result_id as base_id
from analysis.methods.siting.answer.flips import flips_for
from analysis.methods.siting.check import APPLICANT, RANK, Check, Inquiry, Judgement, Result, unknown, worst
from analysis.methods.siting.checks.registry import CHECKS
from analysis.methods.siting.ground.found import Ground
from analysis.methods.siting.ground.site import Site
from analysis.proposal import Proposal
from layers.catalogue import CATALOGUE

METHOD = "siting"
DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Verdicts:
    """What the checks say of one proposal on one site.

    `worst` is the worst of the checks made (prohibited > restricted > study > clear), unknown when none could be;
    `illustrative` says that some of the evidence is; `result_id` changes with data, site, proposal or assumptions.
    """

    site: Site
    proposal: Proposal
    results: tuple[Result, ...]
    worst: Verdict
    illustrative: bool
    result_id: str
    data_version: str

    @property
    def not_made(self) -> tuple[Result, ...]:
        """The checks that could not be made."""
        return tuple(result for result in self.results if result.verdict == "unknown")

    @property
    def owners(self) -> dict[str, int]:
        """How many checks wait for whom, department or applicant, most first."""
        counts: dict[str, int] = {}
        for result in self.not_made:
            counts[str(result.owner)] = counts.get(str(result.owner), 0) + 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def result(self, check: str) -> Result:
        """The result of the check with this id."""
        return next(result for result in self.results if result.check.id == check)


def examine(
    site: Site,
    proposal: Proposal,
    *,
    ground: Ground,
    assumed: Mapping[str, float],
    today: date | None = None,
    with_flips: bool = True,
    checks: Iterable[Check] = CHECKS,
) -> Verdicts:
    """Every check put to one proposal on one site.

    `assumed` is resolved (`analysis.assumption.resolve`). With `today`, layers older than the assumption allow no
    green. `with_flips` also computes what would change each verdict that is not clear.
    """
    inquiry = Inquiry(site, proposal, ground, assumed)
    results = tuple(put(check, inquiry, today=today, with_flips=with_flips) for check in checks)
    made = [result for result in results if result.verdict in RANK]
    return Verdicts(
        site=site,
        proposal=proposal,
        results=results,
        worst=worst([result.verdict for result in made]),
        illustrative=any(result.status == "illustrative" for result in made),
        result_id=_result_id(inquiry),
        data_version=ground.district.version,
    )


def put(check: Check, inquiry: Inquiry, *, today: date | None = None, with_flips: bool = True) -> Result:
    """One check put to one inquiry."""
    district = inquiry.ground.district
    judged = check.judge(inquiry)
    used = _layers_of(check, judged)
    status, as_of = sources_of(district, used)
    judged = _not_green_if_stale(judged, as_of, today, inquiry.assumed["siting_stale_years"])
    if judged.draft:
        status = "illustrative"
    entry = district.entries.get(judged.layer or (used[0] if used else ""))
    flips = flips_for(check, inquiry, judged) if with_flips else ()
    return Result(
        check=check,
        judgement=judged,
        as_of=as_of,
        status=status,
        layer_version=entry.sha256[:12] if entry else None,
        owner=_owner(check, judged),
        flips=flips,
    )


def _layers_of(check: Check, judged: Judgement) -> tuple[str, ...]:
    """The layers a judgement rests on: the one that decided it, else all the check looked at."""
    if judged.verdict not in ("clear", "unknown") and judged.layer is not None:
        return (judged.layer,)
    return check.layers


def _not_green_if_stale(judged: Judgement, as_of: str | None, today: date | None, years: float) -> Judgement:
    if today is None or as_of is None or judged.verdict != "clear":
        return judged
    age = (today - date.fromisoformat(as_of)).days / DAYS_A_YEAR
    if age <= years:
        return judged
    return unknown(*filter(None, (judged.layer,)), reason="stale", as_of=as_of, years=round(age))


def _owner(check: Check, judged: Judgement) -> str | None:
    """Who owes what is missing: the applicant for facts of the proposal, else the department."""
    if judged.verdict != "unknown":
        return None
    if judged.needs and all(need.startswith("proposal.") for need in judged.needs):
        return APPLICANT
    layers = [need for need in judged.needs if not need.startswith("proposal.")]
    if layers and layers[0] in CATALOGUE and "protection_zones" not in layers[0]:
        return CATALOGUE[layers[0]].owner
    return check.owner


def _result_id(inquiry: Inquiry) -> str:
    """Twelve hex digits of data version, assumptions, site and proposal."""
    base = base_id(inquiry.ground.district.version, METHOD, inquiry.assumed)
    told = json.dumps(dataclasses.asdict(inquiry.proposal), default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{base} {inquiry.site.fingerprint} {told}".encode()).hexdigest()[:12]
