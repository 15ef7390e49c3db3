"""Putting every check to a site: one result each, the worst of those made, and who owes what the others lack."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from analysis.finding import Verdict, oldest, worst_status
from analysis.methods.siting.answer.flips import flips_for
from analysis.methods.siting.check import APPLICANT, RANK, Check, Inquiry, Judgement, Result, unknown, worst
from analysis.methods.siting.checks.registry import CHECKS
from analysis.methods.siting.ground.site import Site
from analysis.proposal import Proposal
from layers.catalogue import CATALOGUE
from layers.departments import Departments
from layers.district import District

Step = Callable[[int, int], None]  # told how many of how many are done; raises to end the work


def on_and_on(done: int, count: int) -> None:
    """Nothing is told and nothing ends the work."""


@dataclass(frozen=True)
class Verdicts:
    """What the checks say of one proposal on one site.

    `worst` is the worst of the checks made (prohibited > restricted > study > clear), unknown when none could be;
    `illustrative` says that some of the evidence is.
    """

    site: Site
    proposal: Proposal
    results: tuple[Result, ...]
    worst: Verdict
    illustrative: bool
    departments: Departments

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
    inquiry: Inquiry,
    *,
    with_flips: bool = True,
    checks: Collection[Check] = CHECKS,
    step: Step = on_and_on,
) -> Verdicts:
    """Every check put to one proposal on one site.

    `with_flips` also computes what would change each verdict that is not clear. `step` is told before each check.
    """
    results = []
    for done, check in enumerate(checks):
        step(done, len(checks))
        results.append(put(check, inquiry, with_flips=with_flips))
    made = [result for result in results if result.verdict in RANK]
    return Verdicts(
        site=inquiry.site,
        proposal=inquiry.proposal,
        results=tuple(results),
        worst=worst([result.verdict for result in made]),
        illustrative=any(result.status == "illustrative" for result in made),
        departments=inquiry.ground.district.departments,
    )


def put(check: Check, inquiry: Inquiry, *, with_flips: bool = True) -> Result:
    """One check put to one inquiry; unknown where a layer it looked at is too old to judge by."""
    district = inquiry.ground.district
    judged = check.judge(inquiry) if inquiry.speaks(check) else unknown("rules", reason="no_rule")
    used, looked = _layers_of(check, judged), _looked(check, judged)
    status = worst_status(map(district.status, used))
    as_of = oldest(day for layer in looked if (day := district.day_of(layer)) is not None)
    aged = tuple(layer for layer in looked if layer in inquiry.aged and judged.verdict != "unknown")
    if aged:
        judged = _stale(aged, district)
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
        departments=district.departments,
        broken=_broken(judged, district),
        aged=aged,
        basis=judged.rules or tuple(rule for id_ in check.basis if (rule := inquiry.ground.rule(id_)) is not None),
    )


def _layers_of(check: Check, judged: Judgement) -> tuple[str, ...]:
    """The layers a judgement rests on: the one that decided it, else all the check looked at."""
    if judged.verdict not in ("clear", "unknown") and judged.layer is not None:
        return (judged.layer,)
    return check.layers


def _looked(check: Check, judged: Judgement) -> tuple[str, ...]:
    """The layers a judgement looked at, whatever they held: of several the oldest decides."""
    if judged.looked is not None:
        return judged.looked
    return tuple(dict.fromkeys((*check.layers, *filter(None, [judged.layer]))))


def _stale(aged: tuple[str, ...], district: District) -> Judgement:
    """No verdict, for what layers too old or without a date say; the oldest is named first."""
    undated = [layer for layer in aged if district.day_of(layer) is None]
    if undated:
        return unknown(*undated, reason="undated")
    first, *others = sorted(aged, key=lambda layer: district.entries[layer].source.as_of)
    day = district.entries[first].source.as_of
    return unknown(
        first, *others, reason="stale", as_of=day.isoformat(), years=f"{CATALOGUE[first].shelf_life_years:g}"
    )


def _broken(judged: Judgement, district: District) -> tuple[str, ...]:
    """The layers a verdict could not be made without that are there and cannot be read."""
    if judged.verdict != "unknown":
        return ()
    layers = dict.fromkeys(need.partition(".")[0] for need in judged.needs)
    return tuple(layer for layer in layers if layer in district.broken)


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
