"""Checks 9–12: the river's management range, floods, and what may not stand near the Yangtze's tributaries."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from analysis.finding import Verdict
from analysis.methods.siting.check import Check, Inquiry, Judgement, Reach
from analysis.methods.siting.space.reaches import by_reaches, judge_reaches

SHORES = ("rivers", "protection_zones", "reservoirs")
CROSSING = ("road", "municipal", "waterworks")  # bridges, pipes, intakes: a plan approved before work starts


def management_range(inquiry: Inquiry) -> tuple[Reach, ...]:
    """Nothing that blocks floods in the management range; works across or along the river need an approved plan."""
    sector = inquiry.proposal.sector
    level: Verdict = "restricted" if sector in (*CROSSING, "farming") else "prohibited"
    reason = "river_plan" if sector in CROSSING else "river_crops" if sector == "farming" else "river_blocking"
    return (
        Reach("zone:river_management", level, reason),
        Reach("river:unranged", "study", "river_without_range", inquiry.assumed["siting_river_near_m"]),
    )


def flood(inquiry: Inquiry) -> tuple[Reach, ...]:
    """Ground that floods, and flood-detention areas, ask for a study."""
    return (Reach("zone:flood", "study", "flood"), Reach("zone:flood_detention", "study", "flood_detention"))


def flood_judged(inquiry: Inquiry) -> Judgement:
    """The reaches; inside a flood's extent the level of the ground is set against the design level."""
    judged = judge_reaches(inquiry, flood(inquiry))
    if judged.reason != "flood":
        return judged
    group, slopes = inquiry.ground.group("zone:flood"), inquiry.slopes
    levels = group.frame[group.frame["id"].isin(judged.facts["features"])]["design_level_m"].dropna()
    if levels.empty or slopes is None:
        return judged
    level, lowest = float(levels.max()), slopes.lowest_m
    reason = "flood_below" if lowest < level else "flood_above"
    facts = {**judged.facts, "share": judged.share}
    return dataclasses.replace(judged, reason=reason, value=lowest, threshold=level, unit="m", facts=facts)


def chemical(inquiry: Inquiry) -> tuple[Reach, ...]:
    """No new or larger chemical project within 1 km of the shoreline of any water that drains to the Yangtze."""
    proposal, assumed = inquiry.proposal, inquiry.assumed
    if proposal.sector != "chemical":
        return ()
    level: Verdict = "prohibited" if proposal.nature in ("new", "extend") else "study"
    return _shores("all", level, "chemical", assumed["siting_chemical_m"], assumed)


def _shores(
    which: str, level: Verdict, subject: str, within_m: float, assumed: Mapping[str, float]
) -> tuple[Reach, ...]:
    """Within so far of a shoreline; of a bare centre line, as far again as a river may be wide is unsure."""
    centre = f"shore:centre:{which}"
    return (
        *(Reach(f"shore:{how}:{which}", level, f"{subject}_{how}", within_m) for how in ("range", "water", "width")),
        Reach(centre, level, f"{subject}_centre", within_m, unsure=True),
        Reach(centre, "study", f"{subject}_unsure", within_m + assumed["siting_river_widest_m"], unsure=True),
    )


def tailings(inquiry: Inquiry) -> tuple[Reach, ...]:
    """No tailings pond within 1 km of an important tributary (3 km of the main stem), but for one made safer."""
    proposal, assumed = inquiry.proposal, inquiry.assumed
    if proposal.sector != "tailings":
        return ()
    safer = proposal.nature == "rebuild" and proposal.raises_safety
    level: Verdict = "restricted" if safer else "prohibited"
    near, stem = assumed["siting_tailings_m"], assumed["siting_tailings_stem_m"]
    untold = near + assumed["siting_river_widest_m"]
    return (
        *_shores("important", level, "tailings", near, assumed),
        *_shores("stem", level, "tailings", stem, assumed),
        *(
            Reach(f"shore:{how}:untold", "unknown", "tailings_untold", untold, needs=("rivers.important_tributary",))
            for how in ("range", "width", "centre")
        ),
    )


CHECKS = (
    Check(
        "river_management", 9, ("protection_zones", "rivers"), ("prohibited", "restricted", "study", "clear"),
        ("water_37", "water_38", "flood_21", "flood_22", "flood_27", "channel_11"), "water",
        by_reaches(management_range), management_range, thresholds=("siting_river_near_m",),
    ),
    Check(
        "flood", 10, ("protection_zones", "elevation"), ("study", "clear"), ("flood_33", "gb_50201"), "water",
        flood_judged, flood,
    ),
    Check(
        "chemical", 11, SHORES, ("prohibited", "study", "clear"), ("yangtze_26",), "water",
        by_reaches(chemical), chemical, thresholds=("siting_chemical_m", "siting_river_widest_m"),
    ),
    Check(
        "tailings", 12, SHORES, ("prohibited", "restricted", "study", "clear"), ("yangtze_26",), "water",
        by_reaches(tailings), tailings,
        thresholds=("siting_tailings_m", "siting_tailings_stem_m", "siting_river_widest_m"),
    ),
)  # fmt: skip
