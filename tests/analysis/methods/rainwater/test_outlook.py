"""The district's outlook by hand: tanks of two townships, sums over the unknown, and one project's findings."""

from __future__ import annotations

import dataclasses
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from analysis.asking import Asked, ask
from analysis.methods.rainwater.ground import Ground
from analysis.methods.rainwater.outlook import Outlook, OwnTank, _usable_whole, total_yield_m3
from analysis.methods.rainwater.potential import CASES, METHODS, Potential
from analysis.methods.rainwater.record import as_record
from layers.district import District
from tests.rain_district import A, B, D, layer_of, rain_district
from words.errors import AtlasError

DAY = date(2025, 1, 1)
WHOLE = "500156"


def outlook(district: District) -> Outlook:
    return ask("rainwater", district, Asked(on=DAY)).detail


def test_tanks_and_places_of_a_township_or_of_all():
    found = outlook(rain_district())
    assert sorted(one.project.id for one in found.tanks_in(None)) == ["P1", "P4"]
    by_place = {place: [one.project.id for one in found.tanks_in(place)] for place in (A, B)}
    assert by_place == {A: ["P1"], B: []}
    assert [one.id for one in found.owed_in(B)] == ["E2"]
    assert len(found.owed_in(None)) == 3
    assert [(row.township, row.required) for row in found.duties_in(A)] == [(A, 1)]


def test_what_tanks_give_together_leaves_the_unknown_out_and_counts_it():
    known = [OwnTank(None, volume, None, None) for volume in (60.0, 96.0)]  # type: ignore[arg-type]
    unknown = OwnTank(None, None, None, None)  # type: ignore[arg-type]
    assert total_yield_m3(known) == (156.0, 0)
    assert total_yield_m3([*known, unknown]) == (156.0, 1)
    assert total_yield_m3([unknown, unknown]) == (None, 2)
    assert total_yield_m3([]) == (None, 0)


def test_a_tank_without_a_record_is_unknown():
    tanks = outlook(rain_district(without=("daily_rain",))).own_tanks
    assert {one.yield_m3 for one in tanks.values()} == {None}
    assert {one.volumetric_reliability for one in tanks.values()} == {None}


def test_a_tank_nothing_is_asked_of_has_no_reliability():
    rows = [{"id": "P9", "township": A, "water": "rain", "kind": "roof", "roof_area_m2": 100.0, "tank_m3": 5.0,
             "watered_area_m2": 0.0, "swept_area_m2": 0.0, "people": 0, "cars_per_day": 0}]  # fmt: skip
    (own,) = outlook(rain_district(projects=layer_of("projects", rows))).tanks_in(None)
    assert (own.yield_m3, own.volumetric_reliability, own.time_reliability) == (0.0, None, None)


def test_a_tank_whose_volume_or_every_use_is_unknown_yields_nobody_knows_what():
    known = {"township": A, "water": "rain", "kind": "roof", "roof_area_m2": 100.0}
    rows = [{"id": "P7", "people": 20, **known}, {"id": "P8", "tank_m3": 5.0, **known},
            {"id": "P9", "people": 20, "tank_m3": 5.0, **known},
            {"id": "P0", "township": A, "water": "rain", "people": 20, "tank_m3": 5.0}]  # fmt: skip
    found = outlook(rain_district(projects=layer_of("projects", rows)))
    told = {one.project.id: one for one in found.tanks_in(A)}
    assert [told[id_].yield_m3 for id_ in ("P7", "P8")] == [None, None]
    assert (told["P9"].yield_m3, told["P9"].partly) == (pytest.approx(60.0), True)
    assert total_yield_m3(told.values()) == (pytest.approx(60.0), 3)
    assert found.unsized == (A,)


def test_no_layer_of_projects_is_no_project():
    assert outlook(rain_district(without=("projects",))).tanks_in(None) == []


def _township(code: str, low: float | None, central: float | None, high: float | None, **more: Any) -> Potential:
    volume = dict(zip(CASES, (low, central, high), strict=True))
    usable = {method: volume if method == "daily" else dict.fromkeys(CASES) for method in METHODS}
    facts = {"rain_mm": 1.0, "years_m3": {}, "catchment_m2": 1.0, "cistern_m3": None, "demand_m3": None,
             "limited": True, **more}  # fmt: skip
    return Potential(township=code, usable_m3=usable, **facts)


def said(*found: Potential) -> dict[str, Any]:
    return _usable_whole(list(found), WHOLE, lambda *names, **told: SimpleNamespace(names=names, **told)).__dict__


def test_two_known_townships_add_up_with_their_ends():
    told = said(_township("a", 80.0, 100.0, 130.0), _township("b", 10.0, 20.0, 40.0))
    assert told["names"] == ("rain_usable_m3", WHOLE, 120.0)
    assert (told["low"], told["high"]) == (90.0, 170.0)
    assert told["facts"] == {"limited": True}


def test_an_unknown_township_makes_the_sum_a_lower_bound_that_counts_it():
    told = said(_township("a", 80.0, 100.0, 130.0), _township("b", None, None, None, needs=("landcover",)))
    assert told["names"][2] == 100.0
    assert told["facts"] == {"limited": True, "missing": 1, "lower_bound": True}
    assert told["needs"] == ("landcover",)


def test_a_township_known_in_part_makes_the_sum_a_lower_bound_and_one_unbounded_says_so():
    told = said(_township("a", 1.0, 2.0, 3.0, partly=True), _township("b", 1.0, 2.0, 3.0, limited=False))
    assert told["facts"] == {"limited": False, "lower_bound": True}


def test_townships_that_are_all_unknown_have_no_sum():
    told = said(_township("a", None, None, None), _township("b", None, None, None))
    assert told["names"][2] is told["low"] is told["high"] is None
    assert told["facts"]["absent"] is True
    assert told["facts"]["missing"] == 2


def test_a_roof_that_is_known_beside_paving_that_is_not_owes_at_least_its_own():
    estates = rain_district().frames["residential_estates"].copy()
    estates.loc[estates["id"] == "E3", "paved_area_m2"] = None
    found = ask("rainwater", rain_district(residential_estates=estates), Asked(on=DAY)).findings
    owed = {one.subject: one for one in found if one.indicator.id == "rain_owed_m3"}
    assert owed[D].value == pytest.approx((500 * 0.85 + 4_000 * 0.15) * 20.9 / 1000)
    assert owed[D].facts["lower_bound"] is True
    assert owed[WHOLE].facts["lower_bound"] is True
    assert "lower_bound" not in owed[A].facts


def test_runoff_of_a_township_without_cover_is_unknown_among_others():
    district = rain_district()
    cover = district.rasters["landcover"]
    values = cover.values.copy()
    values[:, 99:] = 0
    poorer = dataclasses.replace(
        district, rasters={**district.rasters, "landcover": dataclasses.replace(cover, values=values, nodata=0)}
    )
    found = ask("rainwater", poorer, Asked(on=DAY)).findings
    runoff = {one.subject: one for one in found if one.indicator.id == "rain_runoff_m3"}
    assert runoff[A].value == pytest.approx(0.99 * 36.3e6, rel=1e-6)  # one column of a hundred has no cover
    assert runoff[A].facts == {"known_share": pytest.approx(0.99), "lower_bound": True}
    assert runoff[B].value is None
    assert runoff[B].facts == {"known_share": 0.0}
    assert "landcover" in runoff[B].needs


@pytest.mark.parametrize(("years", "enough"), [(29, False), (30, True)])
def test_thirty_years_are_long_enough(years, enough):
    ground = Ground(rain_district(), {}, {"rule": "yas", "first_flush_rule": "per_spell"})
    ground.__dict__["record"] = SimpleNamespace(whole_years=tuple(range(years)))
    assert ground.long_enough is enough


def test_without_a_grid_a_project_sees_the_rain_of_the_record():
    answers = {with_grid: ask("rainwater", rain_district(without=() if with_grid else ("rainfall",)),
                              Asked(on=DAY, subject="P1")) for with_grid in (True, False)}  # fmt: skip
    for with_grid, answer in answers.items():
        assert answer.detail.local.mean_mm == pytest.approx(1_100.0 if with_grid else 360.0)
        assert [one.facts["absent"] for one in answer.findings] == [False, False]
        assert all(one.facts["scaled"] for one in answer.findings)


def test_a_project_where_the_grid_tells_of_no_rain_is_unknown_and_waits_for_it():
    district = rain_district()
    grid = district.rasters["rainfall"]
    values = grid.values.astype("float64")
    values[:, : values.shape[1] // 2] = np.nan  # A and C
    dry = dataclasses.replace(
        district, rasters={**district.rasters, "rainfall": dataclasses.replace(grid, values=values, nodata=None)}
    )
    answer = ask("rainwater", dry, Asked(on=DAY, subject="P1"))
    assert (answer.detail.local, answer.detail.answer, answer.detail.days) == (None, None, None)
    assert [(one.value, one.needs, one.facts["absent"]) for one in answer.findings] == [
        (None, ("rainfall",), False)
    ] * 2
    with pytest.raises(AtlasError, match="no_rain_here"):
        as_record(answer.detail, changed={})
    assert [one.yield_m3 is None for one in outlook(dry).own_tanks.values()] == [True, False]


def test_a_project_without_a_tank_is_still_told_how_large_it_should_be():
    rows = [{"id": "P9", "township": A, "water": "rain", "kind": "roof", "roof_area_m2": 1_000.0, "people": 20}]
    answer = ask("rainwater", rain_district(projects=layer_of("projects", rows)), Asked(on=DAY, subject="P9"))
    said = answer.detail.answer
    assert (said.yield_m3, said.volumetric_reliability, said.cost_yuan_per_m3) == (None, None, None)
    assert said.code_tanks["gb50400"] > 0
    assert said.inflow_m3 > 0
    assert answer.detail.days is answer.detail.storm is None
    assert [(one.value, one.needs, one.facts["partly"]) for one in answer.findings] == [(None, ("projects",), True)] * 2


def test_a_catchment_of_no_township_makes_the_sum_of_the_district_a_lower_bound():
    estates = rain_district().frames["residential_estates"].copy()
    estates.loc[estates["id"] == "E3", "township"] = None
    told = {}
    for name, district in (("whole", rain_district()), ("loose", rain_district(residential_estates=estates))):
        found = ask("rainwater", district, Asked(on=DAY)).findings
        told[name] = {one.subject: one for one in found if one.indicator.id == "rain_usable_m3"}
    assert "lower_bound" not in told["whole"][WHOLE].facts
    assert told["loose"][WHOLE].facts["lower_bound"] is True
    assert told["loose"][WHOLE].value < told["whole"][WHOLE].value
    assert "lower_bound" not in told["loose"][A].facts
