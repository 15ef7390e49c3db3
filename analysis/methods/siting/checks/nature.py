"""Checks 31 and 32: nature reserves by zone, scenic areas, world heritage and its buffer."""

from __future__ import annotations

from typing import cast

from analysis.methods.siting.check import Check, Inquiry, Reach
from analysis.methods.siting.space.reaches import by_reaches

ZONES = ("protection_zones",)
CORE = "core+buffer"  # classes of `protection_zones.zone`; an inner buffer is managed as the core is
RESERVE, SCENIC, HERITAGE = "zone:nature_reserve", "zone:scenic", "zone:world_heritage"
RESERVE_BANS = ("nature_reserve_26", "nature_reserve_32", "two_offices_2019")


def barred_sectors(inquiry: Inquiry, *rules: str) -> frozenset[str]:
    """The sectors that the instruments in force among these name as barred."""
    found = [rule for id_ in rules if (rule := inquiry.ground.rule(id_)) is not None]
    return frozenset(sector for rule in found for sector in cast("list[str]", rule.asks["sectors"]))


def reserve(inquiry: Inquiry) -> tuple[Reach, ...]:
    """Nothing in a core zone, nothing that produces or develops anywhere inside, the rest with the office's consent."""
    if inquiry.proposal.sector in barred_sectors(inquiry, *RESERVE_BANS):
        return (Reach(RESERVE, "prohibited", "reserve_production"),)
    return (
        Reach(f"{RESERVE}:in:{CORE}", "prohibited", "reserve_core"),
        Reach(f"{RESERVE}:beyond:{CORE}", "restricted", "reserve_general"),
        Reach(f"{RESERVE}:untold", "restricted", "reserve_untold"),
    )


def scenery(inquiry: Inquiry) -> tuple[Reach, ...]:
    """The listed acts nowhere, no building in a scenic core, the rest after review; by heritage an assessment."""
    if inquiry.proposal.sector in barred_sectors(inquiry, "scenic_26"):
        return (
            Reach(SCENIC, "prohibited", "scenic_act"),
            Reach(f"{HERITAGE}:beyond:buffer", "prohibited", "heritage_act"),
            Reach(f"{HERITAGE}:untold", "restricted", "heritage_untold"),
            Reach(f"{HERITAGE}:in:buffer", "restricted", "heritage"),
        )
    return (
        Reach(f"{SCENIC}:in:core", "prohibited", "scenic_core"),
        Reach(f"{SCENIC}:beyond:core", "restricted", "scenic"),
        Reach(f"{SCENIC}:untold", "restricted", "scenic_untold"),
        Reach(HERITAGE, "restricted", "heritage"),
    )


CHECKS = (
    Check(
        "nature_reserve", 31, ZONES, ("prohibited", "restricted", "study", "clear"),
        ("nature_reserve_26", "nature_reserve_27", "nature_reserve_32", "two_offices_2019"), "planning",
        by_reaches(reserve), reserve,
    ),
    Check(
        "scenic", 32, ZONES, ("prohibited", "restricted", "study", "clear"),
        ("scenic_26", "scenic_27", "scenic_28", "heritage_guidelines"), "planning", by_reaches(scenery), scenery,
    ),
)  # fmt: skip
