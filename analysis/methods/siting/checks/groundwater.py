"""Checks 17 and 22: karst and springs, and where groundwater may not be taken."""

from __future__ import annotations

from analysis.finding import Verdict
from analysis.methods.siting.check import Check, Flip, Inquiry, Judgement, Reach
from analysis.methods.siting.space.reaches import by_reaches
from analysis.proposal import Proposal

ZONES = ("protection_zones",)


def karst(inquiry: Inquiry) -> tuple[Reach, ...]:
    """Nothing that may pollute groundwater over strong karst or a spring; infiltration in karst asks for a study."""
    proposal = inquiry.proposal
    may_pollute = proposal.pollutes or proposal.discharge == "ground"
    level: Verdict = "prohibited" if may_pollute else "study"
    reason = "karst_polluter" if may_pollute else "karst_clean"
    strong = tuple(Reach(f"zone:{kind}", level, reason) for kind in ("karst_strong", "spring_protection"))
    return (*strong, Reach("zone:karst", "study", "karst"))


def groundwater(inquiry: Inquiry) -> tuple[Reach, ...]:
    """No taking of groundwater in a ban area; in a limit area none but that of a rebuilding that takes no more."""
    if inquiry.proposal.source != "groundwater":
        return ()
    return (Reach("zone:groundwater_ban", "prohibited", "groundwater_ban"), _limited(inquiry.proposal))


def _limited(proposal: Proposal) -> Reach:
    group = "zone:groundwater_limit"
    if proposal.nature != "rebuild" or proposal.takes_no_more is False:
        return Reach(group, "prohibited", "groundwater_limit")
    if proposal.takes_no_more is None:
        return Reach(group, "unknown", "groundwater_limit_untold", needs=("proposal.takes_no_more",))
    return Reach(group, "restricted", "groundwater_limit_kept")


def other_source(inquiry: Inquiry, judged: Judgement) -> tuple[Flip, ...]:
    """Taking the water from the public network instead."""
    if inquiry.proposal.source != "groundwater":
        return ()
    return (Flip("source", "clear", to="public_network"),)


CHECKS = (
    Check(
        "karst", 17, ZONES, ("prohibited", "study", "clear"),
        ("groundwater_40", "groundwater_42", "groundwater_43"), "water", by_reaches(karst), karst,
    ),
    Check(
        "groundwater_zone", 22, ZONES, ("prohibited", "restricted", "study", "clear"),
        ("groundwater_25", "groundwater_35"), "water", by_reaches(groundwater), groundwater, flips=other_source,
    ),
)  # fmt: skip
