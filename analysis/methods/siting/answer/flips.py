"""What would change a verdict, computed, and the same change carried out so that it can be tried."""

from __future__ import annotations

import dataclasses

from shapely.affinity import scale

from analysis.methods.siting.check import RANK, Check, Flip, Inquiry, Judgement
from analysis.methods.siting.ground.site import Site, moved
from analysis.methods.siting.space.shift import clear_of
from analysis.proposal import Proposal
from words.errors import AtlasError


def flips_for(check: Check, inquiry: Inquiry, judged: Judgement) -> tuple[Flip, ...]:
    """The smallest changes that better a verdict, each tried before it is said; nothing for clear and unknown."""
    if judged.verdict not in ("prohibited", "restricted", "study"):
        return ()
    own = check.flips(inquiry, judged) if check.flips is not None else ()
    away = clear_of(inquiry, check.reaches(inquiry)) if check.reaches is not None and _in_space(judged) else ()
    return tuple(flip for flip in (*away, *own) if _works(check, inquiry, judged, flip))


def _in_space(judged: Judgement) -> bool:
    return "group" in judged.facts


def _works(check: Check, inquiry: Inquiry, judged: Judgement, flip: Flip) -> bool:
    """Whether the check, put again after the change, says the verdict promised or better."""
    if flip.kind == "extend":
        return True
    try:
        site, proposal = carried_out(flip, inquiry)
    except AtlasError:
        return False
    after = check.judge(dataclasses.replace(inquiry, site=site, proposal=proposal)).verdict
    return after in RANK and RANK[after] <= RANK[flip.target] and RANK[after] < RANK[judged.verdict]


def carried_out(flip: Flip, inquiry: Inquiry) -> tuple[Site, Proposal]:
    """Site and proposal after a change; AtlasError when the move leads out of the district.

    A pipe to extend (`extend`) changes neither.
    """
    site, proposal = inquiry.site, inquiry.proposal
    if flip.kind == "move":
        east, north = flip.sizes["east_m"], flip.sizes["north_m"]
        return moved(site, inquiry.ground.district, east_m=east, north_m=north), proposal
    if flip.kind == "size":
        return _smaller(site, flip.sizes["area_m2"]), dataclasses.replace(
            proposal, earthworks_m3=min(_or_any(proposal.earthworks_m3), flip.sizes["earthworks_m3"] - 0.001)
        )
    return site, _changed(flip, proposal)


def _or_any(volume_m3: float | None) -> float:
    """The volume; one that is not told may be any, so that it is cut to the bound promised."""
    return float("inf") if volume_m3 is None else volume_m3


def _changed(flip: Flip, proposal: Proposal) -> Proposal:
    value = flip.value or 0.0
    if flip.kind == "demand":
        return dataclasses.replace(proposal, demand_m3_per_year=value)
    if flip.kind == "substitute":
        return dataclasses.replace(proposal, reclaimed_m3_per_year=(proposal.reclaimed_m3_per_year or 0.0) + value)
    if flip.kind == "tank":
        return dataclasses.replace(proposal, rain_storage_m3=(proposal.rain_storage_m3 or 0.0) + value)
    if flip.kind == "source":
        return dataclasses.replace(proposal, source=flip.to)
    if flip.kind == "document":
        return dataclasses.replace(
            proposal,
            saving_plan="saving_plan" in flip.fields or proposal.saving_plan,
            simultaneous="simultaneous" in flip.fields or proposal.simultaneous,
            water_evaluation="water_evaluation" in flip.fields or proposal.water_evaluation,
        )
    return proposal


def _smaller(site: Site, area_m2: float) -> Site:
    """The site shrunk about its middle to just under an area."""

    if site.area_m2 < area_m2:
        return site
    factor = (0.999 * area_m2 / site.area_m2) ** 0.5
    shape = scale(site.geometry, factor, factor, origin=site.geometry.centroid)
    return Site(site.id, site.name, shape, site.drawn, site.townships, site.accuracy_m)
