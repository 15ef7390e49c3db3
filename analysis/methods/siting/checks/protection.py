"""Checks 1–8: drinking-water sources, the ecological red line, permanent farmland."""

from __future__ import annotations

import dataclasses

import shapely

from analysis.finding import Verdict
from analysis.methods.siting.check import Check, Inquiry, Judgement, Reach, not_asked, unknown
from analysis.methods.siting.ground.site import Site
from analysis.methods.siting.space.reaches import by_reaches, judge_reaches
from analysis.proposal import IN_PLACE

ZONES = ("protection_zones",)
SOURCE_ZONES = ("drinking_source_1", "drinking_source_2", "drinking_source_quasi")
UNTOLD = ("water_intakes.drinking_source", "water_intakes.centralised")
PRODUCTION = ("industry", "chemical", "mining", "tailings")


def first_zone(inquiry: Inquiry) -> tuple[Reach, ...]:
    """Nothing unrelated to supply or to protecting the source in a first-class zone."""
    supply = inquiry.proposal.sector == "waterworks"
    return (Reach("zone:drinking_source_1", "study", "supply_in_zone"),) if supply else (
        Reach("zone:drinking_source_1", "prohibited", "first_zone"),
    )  # fmt: skip


def second_zone(inquiry: Inquiry) -> tuple[Reach, ...]:
    """No project that discharges pollutants in a second-class zone; a sewer that leads out of it is a condition."""
    proposal = inquiry.proposal
    dirty = proposal.pollutes and proposal.discharge not in ("sewer", "none")
    banned = dirty or (proposal.pollutes and proposal.pollutes_severely)
    level: Verdict = "prohibited" if banned else "restricted"
    return (Reach("zone:drinking_source_2", level, "second_zone_polluter" if banned else "second_zone"),)


def quasi_zone(inquiry: Inquiry) -> tuple[Reach, ...]:
    """No new or larger severe polluter in a quasi-protected zone; a rebuilding must not add to the load."""
    proposal = inquiry.proposal
    if proposal.pollutes_severely and proposal.nature in ("new", "extend"):
        return (Reach("zone:drinking_source_quasi", "prohibited", "quasi_zone_severe"),)
    if proposal.pollutes:
        return (Reach("zone:drinking_source_quasi", "restricted", "quasi_zone"),)
    return (Reach("zone:drinking_source_quasi", "study", "quasi_zone_clean"),)


def outfall(inquiry: Inquiry) -> Judgement:
    """No outfall in any protection zone of a drinking source; a discharge without a known outfall cannot be judged."""
    proposal, site = inquiry.proposal, inquiry.site
    if proposal.discharge is None:
        return unknown("proposal.discharge")
    if proposal.discharge not in IN_PLACE:
        return not_asked("no_outfall")
    reaches = tuple(Reach(f"zone:{kind}", "prohibited", "outfall_in_zone") for kind in SOURCE_ZONES)
    if proposal.outfall is not None:
        at_outfall = dataclasses.replace(inquiry, site=_at(site, proposal.outfall))
        return judge_reaches(at_outfall, reaches)
    judged = judge_reaches(inquiry, reaches)
    if judged.verdict == "clear" and proposal.discharge == "river":
        return unknown("proposal.outfall", reason="no_outfall_place")
    return judged


def _at(site: Site, place: tuple[float, float]) -> Site:
    """The outfall as a site of its own, one metre about the point."""
    return dataclasses.replace(site, geometry=shapely.Point(place).buffer(1.0), drawn="point")


def listed_act(inquiry: Inquiry) -> bool:
    """Whether the project does what is barred around a decentralised source: farms, waste, industrial discharge."""
    proposal = inquiry.proposal
    if proposal.sector in ("livestock", "tailings"):
        return True
    return proposal.sector in PRODUCTION and proposal.pollutes and proposal.discharge in IN_PLACE


def decentralised(inquiry: Inquiry) -> tuple[Reach, ...]:
    """Listed acts are barred in an approved range only; computed minimum ranges ask for a study."""
    assumed = inquiry.assumed
    barred = listed_act(inquiry)
    level: Verdict = "prohibited" if barred else "restricted"
    up, down = assumed["siting_source_up_m"], assumed["siting_source_down_m"]
    return (
        Reach("zone:decentralised_source:official", level, "decentralised_act" if barred else "decentralised"),
        Reach("zone:decentralised_source:unofficial", "study", "decentralised_unapproved"),
        Reach("well:scattered", "study", "decentralised_computed", assumed["siting_well_m"]),
        Reach("reservoir:scattered", "study", "decentralised_computed", assumed["siting_source_reservoir_m"]),
        Reach(
            f"corridor:scattered:{up:g}:{down:g}", "study", "decentralised_computed", assumed["siting_source_bank_m"]
        ),
        Reach("well:untold", "unknown", "source_untold", assumed["siting_well_m"], needs=UNTOLD),
        Reach("reservoir:untold", "unknown", "source_untold", assumed["siting_source_reservoir_m"], needs=UNTOLD),
        Reach(
            f"corridor:untold:{up:g}:{down:g}", "unknown", "source_untold", assumed["siting_source_bank_m"],
            needs=UNTOLD,
        ),
    )  # fmt: skip


def decentralised_judged(inquiry: Inquiry) -> Judgement:
    """The reaches; a data set without any approved range still tells by its intakes."""
    reaches = decentralised(inquiry)
    if not inquiry.ground.group("zone:decentralised_source").missing:
        return judge_reaches(inquiry, reaches)
    judged = judge_reaches(inquiry, reaches[2:])
    return judged if judged.verdict != "clear" else unknown("protection_zones.decentralised_source")


def draft_zone(inquiry: Inquiry) -> tuple[Reach, ...]:
    """A centralised source without an approved zone gets a draft one by HJ 338, as a reason to study only."""
    assumed = inquiry.assumed
    up, down = assumed["siting_draft_up_m"], assumed["siting_draft_down_m"]
    well_m = assumed.get("siting_well_m")  # HJ 338 names none: the municipality's, where it has one
    wells = () if well_m is None else (Reach("well:undesignated", "study", "draft_zone", well_m),)
    return (
        *wells,
        Reach("reservoir:undesignated", "study", "draft_zone", assumed["siting_draft_reservoir_m"]),
        Reach(f"corridor:undesignated:{up:g}:{down:g}", "study", "draft_zone", assumed["siting_draft_land_m"]),
    )


def draft_judged(inquiry: Inquiry) -> Judgement:
    """The reaches; a well about which no rule draws a range leaves the question open."""
    judged = judge_reaches(inquiry, draft_zone(inquiry))
    open_ = "siting_well_m" not in inquiry.assumed and len(inquiry.ground.group("well:undesignated").shapes)
    return unknown("rules", reason="no_rule") if open_ and judged.verdict == "clear" else judged


def red_line(inquiry: Inquiry) -> tuple[Reach, ...]:
    """Nothing but permitted limited human activity within the ecological red line."""
    if inquiry.proposal.limited_activity:
        return (Reach("zone:ecological_red_line", "restricted", "red_line_limited"),)
    return (Reach("zone:ecological_red_line", "prohibited", "red_line"),)


def farmland(inquiry: Inquiry) -> tuple[Reach, ...]:
    """No building on permanent basic farmland; major projects must argue it, crops must stay crops."""
    if inquiry.proposal.sector == "farming":
        return (Reach("zone:permanent_farmland", "study", "farmland_crops"),)
    if inquiry.proposal.major_project:
        return (Reach("zone:permanent_farmland", "restricted", "farmland_major"),)
    return (Reach("zone:permanent_farmland", "prohibited", "farmland"),)


CHECKS = (
    Check(
        "drinking_source_1", 1, ZONES, ("prohibited", "study", "clear"), ("water_pollution_65",), "environment",
        by_reaches(first_zone), first_zone, hard=True,
    ),
    Check(
        "drinking_source_2", 2, ZONES, ("prohibited", "restricted", "study", "clear"), ("water_pollution_66",),
        "environment", by_reaches(second_zone), second_zone, hard=True,
    ),
    Check(
        "drinking_source_quasi", 3, ZONES, ("prohibited", "restricted", "study", "clear"), ("water_pollution_67",),
        "environment", by_reaches(quasi_zone), quasi_zone,
    ),
    Check(
        "outfall", 4, ZONES, ("prohibited", "study", "clear"), ("water_34", "water_pollution_64"), "environment",
        outfall, hard=True,
    ),
    Check(
        "decentralised_source", 5, ("protection_zones", "water_intakes", "rivers"),
        ("prohibited", "restricted", "study", "clear"), ("chongqing_water_17", "chongqing_water_18"), "environment",
        decentralised_judged, decentralised,
        thresholds=(
            "siting_well_m", "siting_source_reservoir_m", "siting_source_up_m", "siting_source_down_m",
            "siting_source_bank_m",
        ),
    ),
    Check(
        "draft_source", 6, ("water_intakes", "rivers"), ("study", "clear"), ("hj_338",), "environment",
        draft_judged, draft_zone,
        thresholds=("siting_draft_up_m", "siting_draft_down_m", "siting_draft_land_m", "siting_draft_reservoir_m"),
    ),
    Check(
        "red_line", 7, ZONES, ("prohibited", "restricted", "study", "clear"), ("natural_resources_2022_142",),
        "planning", by_reaches(red_line), red_line, hard=True,
    ),
    Check(
        "farmland", 8, ZONES, ("prohibited", "restricted", "study", "clear"), ("land_35",), "planning",
        by_reaches(farmland), farmland, hard=True,
    ),
)  # fmt: skip
