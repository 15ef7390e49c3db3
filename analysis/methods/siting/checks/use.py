"""Checks 18–20, 29 and 30: totals, quotas, what the source still gives, thirsty trades, key monitored users."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import cast

from analysis.finding import Verdict
from analysis.methods.siting.check import RANK, Check, Flip, Inquiry, Judgement, not_asked, unknown
from analysis.methods.siting.water.sources import available_m3
from analysis.methods.siting.water.total import Totals, totals_of
from analysis.proposal import UNCONVENTIONAL_SOURCES, Proposal
from analysis.rules.quotas import KIND, standing_of
from layers.reading.conversion import MU_M2
from layers.rule import Rule

SOURCES = (
    "source_yields", "water_intakes", "irrigation_districts", "reservoirs", "rivers", "supply_zones",
    "wastewater_plants", "rainfall",
)  # fmt: skip


def total(inquiry: Inquiry) -> Judgement:
    """Use and permits with the demand against their control totals: a bar for intakes, for others shown only."""
    found = totals_of(inquiry)
    if isinstance(found, Judgement):
        return found
    bound = inquiry.proposal.is_intake
    known = found if bound else Totals(tuple(one for one in found.known if one.of == "use"), found.open)
    worst = known.strictest
    level = "clear" if worst is None else _total_level(worst.ratio, inquiry)
    if worst is None or (bound and level == "clear" and found.open):
        lacking = tuple(dict.fromkeys(need for one in found.open for need in one.needs))
        told = max(found.open, key=lambda one: one.reason != "missing")
        return dataclasses.replace(told, needs=lacking, layer="control_values")
    reason = {"prohibited": "full", "restricted": "close", "study": "early", "clear": "room"}[level]
    bar = "early" if level in ("clear", "study") else reason
    return Judgement(
        level if bound else "clear",
        f"{'total' if worst.of == 'use' else 'permits'}_{reason}" if bound else "total_shown",
        value=worst.ratio,
        threshold=inquiry.assumed[f"siting_total_{bar}"],
        unit="share",
        layer="control_values",
        facts={**worst.facts, **{f"{one.of}_ratio": one.ratio for one in reversed(found.known)}},
        looked=("control_values", "water_use", *(("water_intakes",) if bound else ()), *inquiry.demand.layers),
    )


def _total_level(ratio: float, inquiry: Inquiry) -> Verdict:
    levels: tuple[tuple[Verdict, str], ...] = (("prohibited", "full"), ("restricted", "close"), ("study", "early"))
    for verdict, name in levels:
        if ratio >= inquiry.assumed[f"siting_total_{name}"]:
            return verdict
    return "clear"


def total_flips(inquiry: Inquiry, judged: Judgement) -> tuple[Flip, ...]:
    """The demand at which the next better level, and the best, is reached."""
    found = totals_of(inquiry)
    if not isinstance(found, Totals) or judged.verdict == "clear":
        return ()
    flips: list[Flip] = []
    better: tuple[tuple[Verdict, str], ...] = (("restricted", "full"), ("study", "close"), ("clear", "early"))
    for target, name in better:
        if RANK[target] >= RANK[judged.verdict]:
            continue
        rooms = [one.room_m3(inquiry.assumed[f"siting_total_{name}"]) for one in found.known]
        flips += _less_demand(inquiry, min(rooms), target)
        least = found.known[rooms.index(min(rooms))]
        if least.of == "use" and not least.unconventional_counted and min(rooms) > 0:
            flips.append(
                Flip("substitute", target, value=least.demand_m3 - _just_below(min(rooms)), unit="m3_per_year")
            )
    return (*flips, Flip("source", "clear", to="public_network"))


def _less_demand(inquiry: Inquiry, room_m3: float, target: Verdict) -> list[Flip]:
    """A demand of at most so much, a litre less so that the bound itself is not met."""
    most = _just_below(room_m3)
    return [Flip("demand", target, value=most, unit="m3_per_year")] if most > 0 else []


def _just_below(volume_m3: float) -> float:
    return volume_m3 * (1 - 1e-9) - 0.001


def quota(inquiry: Inquiry) -> Judgement:
    """The demand against what quota and size allow; new projects are held to the advanced value."""
    proposal, demand = inquiry.proposal, inquiry.demand
    if "quotas" not in inquiry.ground.district.tables:
        return unknown("quotas")
    if demand.m3_per_year is None:
        return unknown("proposal.demand_m3_per_year")
    if demand.m3_per_year == 0:
        return not_asked("no_demand")
    if demand.quota is None:
        lacking = "quotas" if proposal.product else "proposal.product"
        return unknown(lacking, reason="no_quota" if proposal.product else "missing", product=proposal.product or "")
    fitting = demand.quota
    standing, prescribed = standing_of(inquiry.ground.rules(KIND), sector=fitting.sector, standard=fitting.standard)
    facts = {
        "product": fitting.name, "quota_unit": fitting.unit, "general": fitting.general_value,
        "advanced": fitting.advanced_value, "standard": fitting.standard, "demand_from": demand.how,
        "standing": standing, "prescribed_by": None if prescribed is None else prescribed.id,
    }  # fmt: skip
    verdict: Verdict = "clear"
    reason, bound = "quota_met", fitting.general_m3
    if demand.m3_per_year > fitting.general_m3 * (1 + 1e-9):
        verdict, reason = "prohibited" if proposal.is_intake else "restricted", "quota_exceeded"
    elif proposal.nature == "new" and fitting.advanced_m3 is not None:
        bound = fitting.advanced_m3
        if demand.m3_per_year > fitting.advanced_m3 * (1 + 1e-9):
            verdict, reason = "restricted", "quota_not_advanced"
    return Judgement(
        verdict, reason, value=demand.m3_per_year, threshold=bound, unit="m3_per_year", layer="quotas", facts=facts
    )


def quota_flips(inquiry: Inquiry, judged: Judgement) -> tuple[Flip, ...]:
    """The demand that meets the general value, and for new projects the advanced one."""
    fitting = inquiry.demand.quota
    if fitting is None or judged.verdict not in ("prohibited", "restricted"):
        return ()
    strict = inquiry.proposal.nature == "new" and fitting.advanced_m3 is not None
    best = Flip("demand", "clear", value=fitting.advanced_m3 if strict else fitting.general_m3, unit="m3_per_year")
    if strict and judged.verdict == "prohibited" and (fitting.advanced_m3 or 0) < fitting.general_m3:
        return (Flip("demand", "restricted", value=fitting.general_m3, unit="m3_per_year"), best)
    return (best,)


def availability(inquiry: Inquiry) -> Judgement:
    """The demand against what the source still gives in a dry year; for a customer of the network, its spare water."""
    proposal, demand = inquiry.proposal, inquiry.demand
    if proposal.source is None:
        return unknown("proposal.source")
    if demand.m3_per_year is None:
        return unknown("proposal.demand_m3_per_year")
    if demand.m3_per_year == 0:
        return not_asked("no_demand")
    found = available_m3(inquiry)
    if isinstance(found, Judgement):
        return found
    wanted = demand.m3_per_year
    if proposal.source not in ("reclaimed", "rain"):
        wanted = max(wanted - proposal.unconventional_m3_per_year, 0.0)
    short: Verdict = "prohibited" if proposal.source in ("surface", "groundwater") else "restricted"
    enough = wanted <= found.m3_per_year
    return Judgement(
        "clear" if enough else short,
        ("source_enough" if enough else "source_short") + ("_dry" if "promised_m3" in found.facts else ""),
        value=wanted,
        threshold=found.m3_per_year,
        unit="m3_per_year",
        layer=found.layer,
        distance_m=found.distance_m,
        facts={"name": found.name, **found.facts},
        looked=(*found.looked, *inquiry.demand.layers),
    )


def availability_flips(inquiry: Inquiry, judged: Judgement) -> tuple[Flip, ...]:
    """The demand the source can carry, or what must come from reclaimed water or rain instead."""
    if not judged.reason.startswith("source_short") or judged.threshold is None or judged.value is None:
        return ()
    own = inquiry.demand.m3_per_year or 0.0
    lacking = judged.value - max(judged.threshold, 0.0)
    flips = [Flip("demand", "clear", value=own - lacking, unit="m3_per_year")] if own > lacking else []
    if inquiry.proposal.source not in ("reclaimed", "rain"):
        flips.append(Flip("substitute", "clear", value=lacking, unit="m3_per_year"))
    return tuple(flips)


def thirsty(inquiry: Inquiry) -> Judgement:
    """Trades that need much water are limited where the district is short of it."""
    proposal = inquiry.proposal
    if not inquiry.ground.flag("water_short_area"):
        return not_asked("not_short")
    thirsty_one = proposal.high_use
    if thirsty_one is None:
        lists = inquiry.ground.rules("high_use")
        if not lists:
            return unknown("rules", reason="no_rule")
        thirsty_one = any(_listed(proposal, rule) for rule in lists)
    if thirsty_one:
        return Judgement("restricted", "thirsty")
    return not_asked("not_thirsty")


def _listed(proposal: Proposal, rule: Rule) -> bool:
    """Whether a list of thirsty trades names the sector, or a word of the product."""
    sectors, products = cast("list[str]", rule.asks["sectors"]), cast("list[str]", rule.asks["products"])
    return proposal.sector in sectors or any(word in (proposal.product or "") for word in products)


def monitored(inquiry: Inquiry) -> Judgement:
    """Whether so large a user goes on the list of key monitored users and must have remote meters."""
    proposal, demand = inquiry.proposal, inquiry.demand.m3_per_year
    chosen = monitor_list(inquiry.ground.rules("monitoring"), inquiry.assumed["siting_monitor_year"])
    if chosen is None:
        return unknown("rules", reason="no_rule")
    bounds = cast("Mapping[str, float]", chosen.asks)
    facts = {"year": int(bounds["year"])}
    least_m2 = bounds["irrigated_mu"] * MU_M2
    if proposal.sector == "farming" and inquiry.site.area_m2 >= least_m2:
        return Judgement("study", "monitored", inquiry.site.area_m2, least_m2, "m2_as_mu", facts=facts, rules=(chosen,))
    if demand is None:
        return unknown("proposal.demand_m3_per_year")
    if proposal.source is None:
        return unknown("proposal.source")
    bound = bounds.get(f"{proposal.source}_m3", bounds["user_m3"])
    over = demand >= bound and proposal.source not in UNCONVENTIONAL_SOURCES
    reason = "monitored" if over else "not_monitored"
    verdict: Verdict = "study" if over else "clear"
    looked = inquiry.demand.layers
    return Judgement(verdict, reason, demand, bound, "m3_per_year", facts=facts, rules=(chosen,), looked=looked)


def monitor_list(lists: Iterable[Rule], year: float) -> Rule | None:
    """The newest list that is not newer than the year, a local one before the national; none without any."""
    told = [rule for rule in lists if cast("float", rule.asks["year"]) <= year]
    return max(told, key=lambda rule: (rule.level != "national", cast("float", rule.asks["year"])), default=None)


def monitored_flips(inquiry: Inquiry, judged: Judgement) -> tuple[Flip, ...]:
    """The demand just below the list's threshold."""
    if judged.reason != "monitored" or judged.unit != "m3_per_year":
        return ()
    return tuple(_less_demand(inquiry, judged.threshold or 0.0, "clear"))


CHECKS = (
    Check(
        "total", 18, ("water_use", "control_values", "water_intakes"), ("prohibited", "restricted", "study", "clear"),
        ("chongqing_water_29", "chongqing_water_31", "permit_7", "permit_20"), "water", total, flips=total_flips,
        thresholds=(
            "siting_total_full", "siting_total_close", "siting_total_early", "siting_count_unconventional",
        ),
    ),
    Check(
        "quota", 19, ("quotas",), ("prohibited", "restricted", "clear"), ("chongqing_water_29", "permit_16"), "water",
        quota, flips=quota_flips,
    ),
    Check(
        "availability", 20, SOURCES, ("prohibited", "restricted", "clear"),
        ("water_23", "chongqing_water_28", "slt_525"), "water", availability, flips=availability_flips,
        thresholds=("siting_guarantee_share", "siting_source_reach_m"),
    ),
    Check(
        "thirsty", 29, (), ("restricted", "clear"), ("water_23", "chongqing_water_8", "chongqing_water_33"), "water",
        thirsty,
    ),
    Check(
        "monitored", 30, (), ("study", "clear"), ("notice_1_6",), "water", monitored, flips=monitored_flips,
        kinds=("monitoring",),
        thresholds=("siting_monitor_year",),
    ),
)  # fmt: skip
