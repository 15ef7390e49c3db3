"""Sizes just at a border of the law, to the last bit, and just beside it."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace

import pytest
from siting_ground import ask, make_ground

from analysis.methods.siting.checks.terrain import hazards
from analysis.methods.siting.checks.use import monitored
from analysis.proposal import Proposal
from layers.reading.conversion import MU_M2

GROUND = make_ground()


def sized(area_m2: float, **told: object):
    inquiry = ask(GROUND, Proposal(**told))
    return replace(inquiry, site=SimpleNamespace(area_m2=area_m2))


@pytest.mark.parametrize(("nudge", "reason"), [(0.0, "monitored"), (-1.0, "missing"), (1.0, "monitored")])
def test_a_farm_of_just_fifty_thousand_mu_is_monitored(nudge, reason):
    least = 50_000 * MU_M2
    judged = monitored(sized(math.nextafter(least, least + nudge) if nudge else least, sector="farming"))
    assert judged.reason == reason


@pytest.mark.parametrize(("nudge", "group"), [(0.0, ":not_low"), (-1.0, ":not_low"), (1.0, "")])
def test_a_building_of_just_the_small_size_is_small(nudge, group):
    inquiry = sized(500.0)
    most = inquiry.assumed["siting_small_building_m2"]
    reaches = hazards(sized(most + nudge))
    assert [reach.group for reach in reaches if "geo_hazard_prone" in reach.group] == [f"zone:geo_hazard_prone{group}"]
