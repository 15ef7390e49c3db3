"""Storage for rain: just enough is enough, and what is still to be built is what lacks."""

from __future__ import annotations

import pytest
from siting_ground import make_ground, rained, verdict_of

from analysis.proposal import Proposal

# 1,000 · 0.85 · 2 + 2,000 · 0.15 = 2,000 m² run off whole; at 20.9 mm that is 41.8 m³
TILES = {"roof_area_m2": 1000.0, "paved_area_m2": 1000.0, "permeable_area_m2": 0.0, "green_area_m2": 2000.0}
RAINED = make_ground(made_tables=rained())  # its storms are small: the control rate asks for more


@pytest.mark.parametrize(("built", "lacking"), [(0.0, 41.8), (30.0, 11.8), (41.8, None)])
def test_the_tank_still_to_be_built_is_what_is_asked_less_what_is_planned(built, lacking):
    told = Proposal(sector="municipal", rain_storage_m3=built, **TILES)
    result = verdict_of("rain_facility", RAINED, told, with_flips=True)
    assert result.verdict == ("clear" if lacking is None else "restricted")
    assert [flip.value for flip in result.flips] == ([] if lacking is None else [pytest.approx(lacking)])


@pytest.mark.parametrize(
    ("planned", "rain", "verdict", "needs"),
    [
        (None, True, "unknown", ("proposal.rain_storage_m3",)),  # not told is not nothing
        (41.8, False, "unknown", ("daily_rain",)),  # the design day may ask for more
        (41.7, False, "restricted", ()),  # too little by what is known already
        (41.8, True, "clear", ()),
    ],
)
def test_storage_not_told_and_rain_not_known_leave_the_facility_open(planned, rain, verdict, needs):
    told = Proposal(sector="municipal", rain_storage_m3=planned, **TILES)
    judged = verdict_of("rain_facility", RAINED if rain else make_ground(), told).judgement
    assert (judged.verdict, judged.needs) == (verdict, needs)
