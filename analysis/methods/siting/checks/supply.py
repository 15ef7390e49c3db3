"""Checks 21, 23, 27 and 28: the public network, reclaimed water first, irrigation works, village supply works."""

from __future__ import annotations

from typing import cast

import pandas as pd

from analysis.finding import Verdict
from analysis.methods.siting.check import Check, Flip, Inquiry, Judgement, Reach, not_asked, unknown
from analysis.methods.siting.space.reaches import by_reaches
from analysis.methods.siting.water.advice import reclaimed_supply, unconventional_uses
from analysis.methods.siting.water.landuse import surfaces_of
from analysis.methods.siting.water.sources import DAYS, Available, supply_zone, surface_at_hand

NETWORK = ("supply_zones", "source_yields", "water_intakes", "irrigation_districts", "reservoirs", "rivers")
RECLAIMED_RULES = ("saving_35", "drainage_37")  # name the uses that reclaimed water comes first for
UNSIZED = ("waterworks.capacity_m3_per_day", "waterworks.people")
_CLEAR: Verdict = "clear"


def network(inquiry: Inquiry) -> Judgement:
    """Where the network or surface water can meet the need, no own groundwater; a customer beyond it has a bar."""
    judged = covered(inquiry)
    if inquiry.proposal.source != "groundwater" or judged.verdict == "prohibited":
        return judged
    return surface_first(inquiry, judged)


def surface_first(inquiry: Inquiry, judged: Judgement) -> Judgement:
    """The word of the network on groundwater, worse where surface water within reach would do or nobody can tell."""
    wanted = inquiry.demand.m3_per_year
    found = surface_at_hand(inquiry)
    if wanted is None or (isinstance(found, Judgement) and found.reason == "no_source_near"):
        return judged
    sources = [found] if isinstance(found, Judgement) else found
    known = [one for one in sources if isinstance(one, Available)]
    enough = next((one for one in known if one.m3_per_year >= wanted), None)
    if enough is not None:
        return Judgement(
            "prohibited", "surface_instead", value=wanted, threshold=enough.m3_per_year, unit="m3_per_year",
            distance_m=enough.distance_m, layer=enough.layer, facts={"name": enough.name, **enough.facts},
            looked=(*enough.looked, *inquiry.demand.layers),
        )  # fmt: skip
    open_ = next((one for one in sources if isinstance(one, Judgement)), None)
    return judged if open_ is None else open_


def covered(inquiry: Inquiry) -> Judgement:
    """What the cover of the public network says of the source asked for."""
    proposal, demand = inquiry.proposal, inquiry.demand.m3_per_year
    group = inquiry.ground.group("layer:supply_zones")
    if group.missing:
        return unknown("supply_zones")
    if proposal.source is None:
        return unknown("proposal.source")
    if proposal.source not in ("public_network", "groundwater", "surface"):
        return not_asked("network_not_used")
    zone = supply_zone(inquiry)
    nearest = group.nearest(inquiry.site.geometry)
    distance = None if nearest is None else nearest[1]
    if zone is None:
        own = proposal.source != "public_network"
        return Judgement(
            "clear" if own else "restricted",
            "network_absent_own" if own else "network_absent",
            distance_m=distance,
            layer="supply_zones",
            looked=("supply_zones",),
        )
    if demand is None:
        return unknown("proposal.demand_m3_per_year")
    if pd.isna(zone["spare_m3_per_day"]):
        return unknown("supply_zones", reason="no_spare")
    wanted, spare = demand / DAYS, float(zone["spare_m3_per_day"])
    verdict, reason = _covered(proposal.source, wanted <= spare)
    return Judgement(
        verdict,
        reason,
        value=wanted,
        threshold=spare,
        unit="m3_per_day",
        distance_m=distance,
        layer="supply_zones",
        facts={"name": str(zone["name"])},
        looked=("supply_zones", *inquiry.demand.layers),
    )


def _covered(source: str, enough: bool) -> tuple[Verdict, str]:
    if source == "public_network":
        return ("clear", "network_enough") if enough else ("restricted", "network_short")
    if source == "groundwater":
        return ("prohibited", "network_instead") if enough else ("study", "network_short_own")
    return ("study", "network_beside") if enough else ("clear", "network_short_own")


def network_flips(inquiry: Inquiry, judged: Judgement) -> tuple[Flip, ...]:
    """Connecting to the network, asking less of it, or moving into its zone."""
    if judged.reason in ("network_instead", "network_beside"):
        return (Flip("source", "clear", to="public_network"),)
    if judged.reason == "surface_instead":
        return tuple(Flip("source", "clear", to=other) for other in ("surface", "public_network"))
    if judged.reason == "network_short" and judged.threshold:
        return (Flip("demand", "clear", value=judged.threshold * DAYS, unit="m3_per_year"),)
    if judged.reason == "network_absent" and judged.distance_m is not None:
        return (Flip("extend", "clear", value=judged.distance_m, unit="m"),)
    return ()


def reclaimed_first(inquiry: Inquiry) -> Judgement:
    """The uses that reclaimed water suits take it first everywhere, until a plan is shown or it costs too much.

    Where water is short an own intake that plans none is restricted.
    """
    found, proposal = reclaimed_supply(inquiry), inquiry.proposal
    if proposal.source == "reclaimed" or proposal.sector == "farming":
        return not_asked("reclaimed_not_asked")
    if inquiry.demand.m3_per_year is None:
        return unknown("proposal.demand_m3_per_year")
    if not reclaimed_uses(inquiry):
        return not_asked("reclaimed_not_asked")
    if isinstance(found, Judgement):
        return found
    tap = inquiry.assumed["tap_yuan_per_m3"] + inquiry.assumed["sewage_yuan_per_m3"]
    if proposal.reclaimed_m3_per_year:
        verdict, reason = _CLEAR, "reclaimed_planned"
    elif found.yuan_per_m3 is None:
        return unknown("elevation")
    elif found.yuan_per_m3 > tap:
        verdict, reason = _CLEAR, "reclaimed_dear"
    else:
        barred = inquiry.ground.flag("water_short_area") and proposal.is_intake
        verdict, reason = ("restricted", "reclaimed_first_intake") if barred else ("study", "reclaimed_first")
    return Judgement(
        verdict,
        reason,
        value=found.yuan_per_m3,
        threshold=tap,
        unit="yuan_per_m3",
        distance_m=found.distance_m,
        layer=found.layer,
        facts={"name": found.name, "lift_m": found.lift_m, "route_m": found.route_m},
    )


def reclaimed_uses(inquiry: Inquiry) -> dict[str, float]:
    """The project's uses that an instrument in force asks to take reclaimed water first, in m³ a year."""
    rules = [rule for id_ in RECLAIMED_RULES if (rule := inquiry.ground.rule(id_)) is not None]
    asked = {use for rule in rules for use in cast("list[str]", rule.asks["uses"])}
    uses = unconventional_uses(inquiry, surfaces_of(inquiry)[0])
    return {use: volume for use, volume in uses.items() if use in asked and volume > 0}


def reclaimed_flips(inquiry: Inquiry, judged: Judgement) -> tuple[Flip, ...]:
    """A plan for the part of the demand that need not be drinking water."""
    if not judged.reason.startswith("reclaimed_first"):
        return ()
    return (Flip("substitute", "clear", value=sum(reclaimed_uses(inquiry).values()), unit="m3_per_year"),)


def irrigation(inquiry: Inquiry) -> tuple[Reach, ...]:
    """Whoever occupies a canal, pond or other irrigation works needs consent and a substitute."""
    return (
        Reach("canal:all", "restricted", "irrigation_canal"),
        Reach("irrigation:works", "restricted", "irrigation_works"),
        Reach("irrigation:reservoirs", "restricted", "irrigation_reservoir"),
    )


def village_works(inquiry: Inquiry) -> tuple[Reach, ...]:
    """Around village works and their mains nothing dirty, and nothing else without consent."""
    proposal, assumed = inquiry.proposal, inquiry.assumed
    listed = proposal.sector in ("livestock", "tailings") or (proposal.pollutes and proposal.discharge == "ground")
    level: Verdict = "prohibited" if listed else "restricted"
    reason = "village_works_listed" if listed else "village_works"
    size = f"{assumed['siting_scale_m3_per_day']:g}:{assumed['siting_scale_people']:g}"
    return (
        Reach("village:works", level, reason, assumed["siting_works_m"]),
        Reach(f"main:scale:{size}", level, reason, assumed["siting_scale_main_m"]),
        Reach(f"main:small:{size}", level, reason, assumed["siting_small_main_m"]),
        Reach(f"main:unsized:{size}", level, reason, assumed["siting_small_main_m"]),
        Reach(f"main:unsized:{size}", "unknown", "main_unsized", assumed["siting_scale_main_m"], needs=UNSIZED),
    )


CHECKS = (
    Check(
        "network", 21, NETWORK, ("prohibited", "restricted", "study", "clear"),
        ("chongqing_water_23", "chongqing_water_29", "permit_20"), "urban_management", network, flips=network_flips,
    ),
    Check(
        "reclaimed_first", 23, ("wastewater_plants", "reclaimed_mains", "elevation"), ("restricted", "study", "clear"),
        ("saving_34", "saving_35", "drainage_37", "notice_2_12"), "urban_management",
        reclaimed_first, flips=reclaimed_flips,
        thresholds=(
            "tap_yuan_per_m3", "sewage_yuan_per_m3", "siting_route_factor", "siting_pipe_yuan_per_m",
            "siting_treat_yuan_per_m3",
        ),
    ),
    Check(
        "irrigation", 27, ("canals", "small_water_works", "reservoirs"), ("restricted", "study", "clear"),
        ("water_35", "irrigation_24"), "water", by_reaches(irrigation), irrigation,
    ),
    Check(
        "village_works", 28, ("waterworks", "water_mains"), ("prohibited", "restricted", "study", "clear"),
        ("chongqing_supply_23", "chongqing_supply_24", "chongqing_supply_55"), "water",
        by_reaches(village_works), village_works,
        thresholds=("siting_works_m", "siting_scale_main_m", "siting_small_main_m"),
    ),
)  # fmt: skip
