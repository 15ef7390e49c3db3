"""Groundwater in its zones: who may take none, and who may keep what it takes."""

from __future__ import annotations

import pytest
from siting_ground import make_ground, square, verdict_of, zone

from analysis.proposal import Proposal


@pytest.mark.parametrize(
    ("kind", "nature", "no_more", "verdict"),
    [
        ("groundwater_limit", "new", None, "prohibited"), ("groundwater_limit", "extend", True, "prohibited"),
        ("groundwater_limit", "rebuild", True, "restricted"), ("groundwater_limit", "rebuild", False, "prohibited"),
        ("groundwater_limit", "rebuild", None, "unknown"), ("groundwater_ban", "rebuild", True, "prohibited"),
    ],
)  # fmt: skip
def test_only_a_rebuilding_that_takes_no_more_may_stay_in_a_limit_area(kind, nature, no_more, verdict):
    ground = make_ground(zones=[zone(kind, square(side=900))])
    told = Proposal(source="groundwater", nature=nature, takes_no_more=no_more)
    result = verdict_of("groundwater_zone", ground, told)
    assert result.verdict == verdict
    if verdict == "unknown":
        assert (result.judgement.needs, result.owner) == (("proposal.takes_no_more",), "applicant")
        assert result.judgement.reason == "groundwater_limit_untold"


def test_near_a_limit_area_a_study_is_asked_whatever_is_told():
    ground = make_ground(zones=[zone("groundwater_limit", square(510, side=900))])
    told = Proposal(source="groundwater", nature="rebuild")
    assert verdict_of("groundwater_zone", ground, told).verdict == "study"
