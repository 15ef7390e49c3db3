"""Checks 13–16: slopes, the soil-and-water plan, geological hazards."""

from __future__ import annotations

import math
from typing import cast

import numpy as np

from analysis.finding import Verdict
from analysis.methods.siting.check import RANK, Check, Flip, Inquiry, Judgement, Reach, not_asked, unknown
from analysis.methods.siting.space.reaches import by_reaches, judge_reaches
from analysis.methods.siting.space.shift import flatter_place

LIMITS = {
    "industry": "industry", "chemical": "industry", "logistics": "industry", "housing": "housing",
    "tourism": "housing", "public": "centre", "municipal": "centre",
}  # fmt: skip
LOOSENING = "chongqing_soil_21"  # the rule that names the sectors which may cause soil loss
ORIGINS = ("headwater", "water_conservation", "drinking_source_1", "drinking_source_2")


def steep_limit(inquiry: Inquiry) -> tuple[float, float, Verdict, str]:
    """Rise over run that counts as steep, the share of the site allowed, the verdict beyond it and its reason."""
    rise = math.tan(math.radians(inquiry.assumed["siting_steep_deg"]))
    if inquiry.proposal.sector == "farming":
        return rise, inquiry.assumed["siting_steep_crop_share"], "prohibited", "steep_crops"
    return rise, inquiry.assumed["siting_steep_share"], "study", "steep_building"


def steep(inquiry: Inquiry) -> Judgement:
    """Crops are banned above 25°; building on much steep ground asks for a study of its earthworks."""
    slopes = inquiry.slopes
    if slopes is None:
        return unknown("elevation")
    rise, allowed, verdict, reason = steep_limit(inquiry)
    share = slopes.share_above(rise)
    beyond = share > allowed
    return Judgement(
        verdict if beyond else "clear",
        reason if beyond else "not_steep",
        value=share,
        threshold=allowed,
        unit="share",
        share=share,
        layer="elevation",
        facts={"degrees": inquiry.assumed["siting_steep_deg"]},
    )


def steep_cells(inquiry: Inquiry, rise: np.ndarray) -> np.ndarray:
    """The rank of each cell: the verdict where it is too steep."""
    limit, _, verdict, _ = steep_limit(inquiry)
    return np.where(rise > limit, RANK[verdict], 0).astype(np.int8)


def steep_flips(inquiry: Inquiry, judged: Judgement) -> tuple[Flip, ...]:
    """The nearest place, by whole cells, where little enough is steep."""
    rise, allowed, _, _ = steep_limit(inquiry)
    return flatter_place(inquiry, value=lambda cells: (cells > rise).astype(float), limit=allowed)


def building_slope(inquiry: Inquiry) -> Judgement:
    """The mean natural slope against what suits the use; above 8 % the ground wants terraces."""
    use = LIMITS.get(inquiry.proposal.sector)
    if use is None:
        return not_asked("slope_free")
    if inquiry.slopes is None:
        return unknown("elevation")
    mean, limit = inquiry.slopes.mean, inquiry.assumed[f"siting_slope_{use}_share"]
    verdict: Verdict = "study" if mean >= limit else "clear"
    terrace = mean > inquiry.assumed["siting_slope_terrace_share"]
    reason = "slope_beyond" if verdict == "study" else "slope_terrace" if terrace else "slope_fits"
    return Judgement(verdict, reason, value=mean, threshold=limit, unit="share", layer="elevation")


def building_cells(inquiry: Inquiry, rise: np.ndarray) -> np.ndarray:
    """The rank of each cell: 需论证 where it is steeper than suits the use."""
    use = LIMITS.get(inquiry.proposal.sector)
    if use is None:
        return np.zeros(rise.shape, np.int8)
    return np.where(rise >= inquiry.assumed[f"siting_slope_{use}_share"], RANK["study"], 0).astype(np.int8)


def building_flips(inquiry: Inquiry, judged: Judgement) -> tuple[Flip, ...]:
    """The nearest place, by whole cells, whose mean slope suits the use."""
    return flatter_place(inquiry, value=lambda cells: cells.astype(float), limit=judged.threshold or 0.0, strictly=True)


def key_areas(inquiry: Inquiry) -> tuple[Reach, ...]:
    """Key areas of soil-loss prevention and control, which are to be avoided."""
    return tuple(
        Reach(f"zone:{kind}", "restricted", "soil_key_area") for kind in ("soil_loss_prevention", "soil_loss_control")
    )


def soil_plan(inquiry: Inquiry) -> Judgement:
    """Which soil-and-water document the size asks for; a key area makes it a condition."""
    size, moved, assumed = inquiry.site.area_m2, inquiry.proposal.earthworks_m3, inquiry.assumed
    document = next(
        (
            name
            for name in ("book", "table")
            if size >= assumed[f"siting_plan_{name}_m2"] or (moved or 0.0) >= assumed[f"siting_plan_{name}_m3"]
        ),
        None,
    )
    area = judge_reaches(inquiry, key_areas(inquiry))
    levels: dict[str | None, Verdict] = {"book": "restricted", "table": "study", None: "clear"}
    verdict = levels[document]
    if RANK.get(area.verdict, -1) > RANK[verdict]:
        return area
    if document != "book" and moved is None:
        return unknown("proposal.earthworks_m3")
    if document is None and area.verdict == "unknown":
        return area
    name = document or "table"
    by_works = size < assumed[f"siting_plan_{name}_m2"] and document is not None
    return Judgement(
        verdict,
        f"soil_{document}" if document else "soil_none",
        value=moved if by_works else size,
        threshold=assumed[f"siting_plan_{name}_{'m3' if by_works else 'm2'}"],
        unit="m3_as_wan_m3" if by_works else "m2_as_ha",
        facts={"area_m2": size, "earthworks_m3": moved},
    )


def soil_flips(inquiry: Inquiry, judged: Judgement) -> tuple[Flip, ...]:
    """How small the site and its earthworks must be for the lesser document, and for none."""
    if judged.reason not in ("soil_book", "soil_table"):
        return ()
    steps: tuple[tuple[str, Verdict], ...] = (("book", "study"), ("table", "clear"))
    flips = []
    for name, target in steps[0 if judged.reason == "soil_book" else 1 :]:
        bounds = {unit: inquiry.assumed[f"siting_plan_{name}_{unit}"] for unit in ("m2", "m3")}
        sizes = {"area_m2": bounds["m2"], "earthworks_m3": bounds["m3"]}
        value = bounds["m3" if judged.unit == "m3_as_wan_m3" else "m2"]
        flips.append(Flip("size", target, value=value, unit=judged.unit, sizes=sizes))
    return tuple(flips)


def hazards(inquiry: Inquiry) -> tuple[Reach, ...]:
    """A danger area bars all building but that against the hazard; debris flows and origins what loosens soil.

    Prone areas ask for an assessment; small structures in a low-prone area are exempt.
    """
    prevents = inquiry.proposal.hazard_prevention
    barred: Verdict = "study" if prevents else "prohibited"
    danger = Reach("zone:geo_hazard_danger", barred, "hazard_works" if prevents else "hazard_danger")
    loosens = inquiry.proposal.sector in loosening_sectors(inquiry)
    debris: Verdict = "prohibited" if loosens else "restricted"
    milder: Verdict = "prohibited" if loosens else "study"
    reason = "hazard_origin_loosens" if loosens else "hazard_origin"
    origins = tuple(Reach(f"zone:{kind}", milder, reason) for kind in ORIGINS)
    small = inquiry.site.area_m2 <= inquiry.assumed["siting_small_building_m2"]
    prone = "zone:geo_hazard_prone:not_low" if small else "zone:geo_hazard_prone"
    flows = Reach("zone:debris_flow_prone", debris, "hazard_debris")
    return (danger, flows, *origins, Reach(prone, "study", "hazard_prone"))


def loosening_sectors(inquiry: Inquiry) -> tuple[str, ...]:
    """The sectors that the instrument in force names as causing soil loss; none where none does."""
    rule = inquiry.ground.rule(LOOSENING)
    return () if rule is None else tuple(cast("list[str]", rule.asks["sectors"]))


CHECKS = (
    Check(
        "steep", 13, ("elevation",), ("prohibited", "study", "clear"), ("soil_20", "chongqing_soil_18"), "planning",
        steep, cells=steep_cells, flips=steep_flips,
        thresholds=("siting_steep_deg", "siting_steep_share", "siting_steep_crop_share"),
    ),
    Check(
        "building_slope", 14, ("elevation",), ("study", "clear"), ("cjj_83",), "planning",
        building_slope, cells=building_cells, flips=building_flips,
        thresholds=(
            "siting_slope_industry_share", "siting_slope_housing_share", "siting_slope_centre_share",
            "siting_slope_terrace_share",
        ),
    ),
    Check(
        "soil_plan", 15, ("protection_zones",), ("restricted", "study", "clear"),
        ("water_ministry_53", "chongqing_soil_11", "soil_24", "soil_25"), "water",
        soil_plan, key_areas, flips=soil_flips,
        thresholds=("siting_plan_book_m2", "siting_plan_book_m3", "siting_plan_table_m2", "siting_plan_table_m3"),
    ),
    Check(
        "geo_hazard", 16, ("protection_zones",), ("prohibited", "restricted", "study", "clear"),
        ("chongqing_hazard_27", "chongqing_hazard_28", "chongqing_soil_17", "chongqing_soil_21"), "planning",
        by_reaches(hazards), hazards, thresholds=("siting_small_building_m2",),
    ),
)  # fmt: skip
