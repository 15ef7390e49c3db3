"""Checks 24–26: rainwater facilities, 三同时 with its saving plan, 节水评价 and 水资源论证."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.finding import Verdict
from analysis.methods.siting.check import Check, Flip, Inquiry, Judgement, not_asked, unknown
from analysis.methods.siting.water.landuse import surfaces_of, tanks_m3

EVALUATED_SECTORS = ("waterworks",)  # water projects are evaluated whoever supplies them


def rain_duty(inquiry: Inquiry) -> tuple[str, str] | None:
    """`required` or `suited` and the reason (words `siting.reasons`), none where no text asks for a facility.

    A proposal not approved yet falls under the texts in force here; the strictest of them counts.
    """
    proposal = inquiry.proposal
    for kind in _kinds(inquiry):
        if any(rule.asks.get(kind) == "required" for rule in inquiry.ground.rules("rain_duty")):
            return "required", f"rain_{kind}"
    if proposal.sector in ("housing", "public", "tourism", "logistics", "industry"):
        return "suited", "rain_suited"
    return None


def _kinds(inquiry: Inquiry) -> Iterator[str]:
    """The kinds the texts know the project by."""
    proposal = inquiry.proposal
    if proposal.sector in ("municipal", "road"):
        yield "municipal"
    if proposal.sector == "housing" and proposal.nature != "rebuild":
        yield "green_estate" if proposal.green_ecological else "estate"
    for kind in ("new_district", "renewal"):
        group = inquiry.ground.group(f"urban:{kind}")
        if len(group.shapes) and len(group.tree.query(inquiry.site.geometry, predicate="intersects")):
            yield kind


def rain_facility(inquiry: Inquiry) -> Judgement:
    """The storage planned against what the codes ask of the site's surfaces."""
    duty = rain_duty(inquiry)
    if duty is None:
        lacking = inquiry.ground.group("urban:new_district").missing
        return unknown("urban_areas") if lacking else not_asked("rain_no_duty")
    tanks, planned = tanks_m3(inquiry), inquiry.proposal.rain_storage_m3
    needed = max((volume for volume in tanks.values() if volume is not None), default=0.0)
    if planned is None:
        return unknown("proposal.rain_storage_m3", reason="rain_untold")
    if None in tanks.values() and planned >= needed - 1e-6:
        return unknown("daily_rain", reason="no_design_rain" if tanks["control_rate"] is None else "no_storm_day")
    estimated = surfaces_of(inquiry)[1]
    facts = {"duty": duty[0], "rests_on": duty[1], "surfaces_estimated": estimated, **tanks}
    verdict, reason = _rain_verdict(duty, met=planned >= needed - 1e-6)
    looked = ("urban_areas", "daily_rain")
    return Judgement(verdict, reason, value=planned, threshold=needed, unit="m3", facts=facts, looked=looked)


def _rain_verdict(duty: tuple[str, str], *, met: bool) -> tuple[Verdict, str]:
    if met:
        return "clear", "rain_met"
    return ("restricted" if duty[0] == "required" else "study"), duty[1]


def rain_flips(inquiry: Inquiry, judged: Judgement) -> tuple[Flip, ...]:
    """The storage still to be built."""
    if judged.verdict not in ("restricted", "study") or judged.threshold is None:
        return ()
    return (Flip("tank", "clear", value=judged.threshold - (judged.value or 0.0), unit="m3"),)


def saving_plan(inquiry: Inquiry) -> Judgement:
    """New, rebuilt and extended projects alike need a saving plan and facilities built with the works."""
    proposal = inquiry.proposal
    told = {"saving_plan": proposal.saving_plan, "simultaneous": proposal.simultaneous}
    absent = [field for field, value in told.items() if value is False]
    if absent:
        return Judgement(
            "restricted", "saving_absent" if "saving_plan" in absent else "simultaneous_absent", facts=told
        )
    untold = [f"proposal.{field}" for field, value in told.items() if value is None]
    return unknown(*untold) if untold else Judgement("clear", "saving_met", facts=told)


def saving_flips(inquiry: Inquiry, judged: Judgement) -> tuple[Flip, ...]:
    """Adding what is absent."""
    absent = [field for field, value in judged.facts.items() if value is not True]
    return (Flip("document", "clear", fields=tuple(absent)),) if judged.verdict == "restricted" else ()


def evaluation(inquiry: Inquiry) -> Judgement:
    """A 节水评价 and 水资源论证 for whoever asks for an abstraction, and a 节水评价 for water projects."""
    proposal = inquiry.proposal
    if proposal.source is None:
        return unknown("proposal.source")
    if not proposal.is_intake and proposal.sector not in EVALUATED_SECTORS:
        return not_asked("evaluation_not_needed")
    if proposal.water_evaluation is True:
        return Judgement("clear", "evaluation_done")
    return Judgement("restricted", "evaluation_intake" if proposal.is_intake else "evaluation_works")


def evaluation_flips(inquiry: Inquiry, judged: Judgement) -> tuple[Flip, ...]:
    """Carrying the evaluation out, or taking water from the network."""
    if judged.verdict != "restricted":
        return ()
    done = Flip("document", "clear", fields=("water_evaluation",))
    if inquiry.proposal.sector in EVALUATED_SECTORS:
        return (done,)
    return (done, Flip("source", "clear", to="public_network"))


CHECKS = (
    Check(
        "rain_facility", 24, ("urban_areas", "daily_rain"), ("restricted", "study", "clear"),
        ("saving_36", "drainage_13", "notice_2_14"), "housing", rain_facility, flips=rain_flips,
        thresholds=("control_rate", "rain_return_period_a"),
    ),
    Check(
        "saving_plan", 25, (), ("restricted", "clear"), ("water_53", "saving_19", "notice_1_7"), "water",
        saving_plan, flips=saving_flips,
    ),
    Check(
        "evaluation", 26, (), ("restricted", "clear"),
        ("permit_4", "chongqing_water_28", "saving_office_2019_206", "annex_2_8"), "water",
        evaluation, flips=evaluation_flips,
    ),
)  # fmt: skip
