"""Rainwater asked through the one door: every number by hand for two places, and what is unknown said so."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.asking import Asked, ask, question
from analysis.finding import Finding
from analysis.question import Answer
from layers.district import District
from tests.rain_district import A, B, C, D, layer_of, rain_district
from words.errors import AtlasError

DAY = date(2025, 1, 1)
BUILT = ("residential_estates", "public_institutions", "roads")
WHOLE = "500156"


def asked(district: District, subject: str | None = None, **rest: Any) -> Answer[Any]:
    return ask("rainwater", district, Asked(on=DAY, subject=subject, **rest))


def said(district: District, **rest: Any) -> Mapping[tuple[str, str], Finding]:
    return {(one.indicator.id, one.subject): one for one in asked(district, **rest).findings}


@pytest.fixture(scope="module")
def whole() -> Answer[Any]:
    return asked(rain_district())


def found(answer: Answer[Any], indicator: str, subject: str) -> Finding:
    return next(one for one in answer.findings if (one.indicator.id, one.subject) == (indicator, subject))


@pytest.mark.parametrize(("code", "usable"), [(A, 240.0), (B, 120.0), (C, 55.2), (D, 120.0 + 92.0)])
def test_the_daily_balance_by_hand(whole, code, usable):
    # twelve fillings a year of 20 mm of tank (20 and 10 m³; B has its own of 10), all of it used; C and D have cisterns
    # of 30 and 50 m³, V·0.92/0.5
    one = found(whole, "rain_usable_m3", code)
    assert (one.value, one.low, one.high) == pytest.approx((usable, usable, usable), rel=1e-6)
    assert one.facts["method"] == "daily"
    assert one.result_id == whole.id


def test_the_district_is_the_sum_of_its_townships(whole):
    one = found(whole, "rain_usable_m3", WHOLE)
    assert one.value == pytest.approx(240 + 120 + 55.2 + 212)
    assert not {"lower_bound", "missing"} & one.facts.keys()


def test_without_a_record_the_annual_formula_and_its_range_by_hand():
    told = said(rain_district(without=("daily_rain",)))
    a, b = told["rain_usable_m3", A], told["rain_usable_m3", B]
    # k·ψ·h·F: 0.65·0.85, 0.60·0.80, 0.70·0.90 of 1,100 mm on 1,000 m²; B is held by its demand, 5,000·0.28 + 10.5 m³
    assert (a.low, a.value, a.high) == pytest.approx((528.0, 607.75, 693.0))
    assert (b.low, b.value, b.high) == pytest.approx((1410.5, 1410.5, 1410.5))
    assert a.facts["method"] == "gb50555"


@pytest.mark.parametrize(("code", "runoff"), [(A, 36.3e6), (B, 47.3e6)])
def test_runoff_of_forest_and_cropland_by_hand(whole, code, runoff):
    # 100 km² under 1,100 mm: forest 0.28, cropland 0.38, group C 0.05 more
    assert found(whole, "rain_runoff_m3", code).value == pytest.approx(runoff)


def test_runoff_has_no_total(whole):
    assert not [one for one in whole.findings if (one.indicator.id, one.subject) == ("rain_runoff_m3", WHOLE)]


@pytest.mark.parametrize(("code", "owed"), [(A, 17.765), (B, 43.295), (C, 0.0), (WHOLE, 17.765 + 43.295 + 8.8825)])
def test_storage_owed_by_hand(whole, code, owed):
    # 20.9 mm on roof and paving at 0.85 (1,000, 3,000 and D's 500 m²) and on green at 0.15; B has 10 m³ of storage
    green = {A: 1_500.0, B: 750.0, C: 0.0, WHOLE: 1_500.0 + 750.0 + 600.0}[code] * 20.9 / 1000
    one = found(whole, "rain_owed_m3", code)
    assert one.value == pytest.approx(owed + green)
    assert "lower_bound" not in one.facts


def test_a_township_whose_place_has_no_surfaces_owes_an_unknown_volume():
    told = said(rain_district(unknown=True))
    assert told["rain_owed_m3", D].value is None
    assert told["rain_owed_m3", D].facts["unknown"] == 1
    assert told["rain_owed_m3", A].value == pytest.approx(17.765 + 31.35)
    one = told["rain_owed_m3", WHOLE]
    assert one.value == pytest.approx(17.765 + 31.35 + 43.295 + 15.675)
    assert one.facts["lower_bound"] is True
    assert told["rain_usable_m3", D].facts["lower_bound"] is True
    assert "lower_bound" not in told["rain_usable_m3", A].facts


def test_a_place_without_a_date_leaves_the_storage_owed_open():
    estates = rain_district().frames["residential_estates"].copy()
    estates.loc[estates["id"] == "E2", "approved"] = pd.NaT
    told = said(rain_district(residential_estates=estates))
    assert told["rain_owed_m3", B].value == 0
    assert told["rain_owed_m3", B].facts["lower_bound"] is True
    assert told["rain_owed_m3", B].facts["undated"] == 1
    assert "lower_bound" not in told["rain_owed_m3", A].facts


def test_without_any_layer_of_duties_nothing_is_owed_nor_not_owed():
    layers = ("urban_areas", "roads", "green_spaces", "residential_estates", "construction_projects")
    one = said(rain_district(without=layers))["rain_owed_m3", A]
    assert one.value is None
    assert set(one.needs) == set(layers)


def _cover(values: np.ndarray, *, without: tuple[str, ...] = BUILT) -> District:
    """The district known by its land cover alone: 4 is village (A, C), 2 forest (B, D), 0 no value."""
    district = rain_district(without=without)
    legend = pd.DataFrame({"value": [4, 2], "name": ["村", "林"], "surface": ["rural_built", "forest"]})
    raster = dataclasses.replace(district.rasters["landcover"], values=values.astype("uint8"))
    return dataclasses.replace(
        district,
        tables={**district.tables, "landcover_legend": legend},
        rasters={**district.rasters, "landcover": raster},
    )


def _west(values: tuple[int, int]) -> np.ndarray:
    return np.tile(np.where(np.arange(200) < 95, *values), (200, 1))


@pytest.mark.filterwarnings("error")
def test_a_township_without_hardened_ground_has_no_usable_rain_and_that_is_known():
    told = said(_cover(_west((4, 2)), without=(*BUILT, "small_water_works")))
    a, b = told["rain_usable_m3", A], told["rain_usable_m3", B]
    # 30 % of 95 km² of village is hardened; its 20 mm of tank is 570,000 m³, emptied in a day, twelve times a year
    assert a.value == pytest.approx(12 * 570_000.0, rel=1e-4)
    assert (b.value, b.low, b.high) == (0.0, 0.0, 0.0)
    assert (a.facts["limited"], b.facts["limited"]) == (False, False)


def test_a_township_beyond_the_land_cover_is_unknown_not_zero():
    told = said(_cover(_west((4, 0)), without=(*BUILT, "small_water_works")))
    assert told["rain_usable_m3", B].value is None
    assert set(told["rain_usable_m3", B].needs) == {*BUILT, "small_water_works"}
    assert told["rain_usable_m3", WHOLE].value == pytest.approx(
        2 * 12 * 570_000.0, rel=1e-4
    )  # what is known of A and C
    assert told["rain_usable_m3", WHOLE].facts["missing"] == 2
    assert told["rain_usable_m3", WHOLE].facts["lower_bound"] is True


def test_cisterns_nobody_told_of_are_unknown():
    detail = asked(rain_district(without=("small_water_works",))).detail
    assert detail.potentials[C].cistern_m3 is None
    assert asked(rain_district()).detail.potentials[C].cistern_m3 == pytest.approx(55.2)
    assert said(rain_district(without=("small_water_works",)))["rain_usable_m3", A].facts["lower_bound"] is True


@pytest.mark.parametrize(
    ("id_", "rule", "yearly"), [("P1", "yas", 60.0), ("P1", "ybs", 65.76), ("P4", "yas", 96.0), ("P4", "ybs", 101.76)]
)
def test_a_project_by_hand(id_, rule, yearly):
    # twelve fillings of 5 and 8 m³ used up at 0.48 m³ a day; YBS also serves the day it rains
    answer = asked(rain_district(), id_, choices={"rule": rule})
    assert answer.detail.answer.yield_m3 == pytest.approx(yearly)
    assert found(answer, "rain_project_yield_m3", id_).value == pytest.approx(yearly)
    assert found(answer, "rain_project_reliability", id_).value == pytest.approx(yearly * 3 / (0.48 * 1095))
    own = asked(rain_district(), choices={"rule": rule}).detail.own_tanks[id_]
    assert own.yield_m3 == pytest.approx(yearly)


@pytest.mark.parametrize(("id_", "full_days", "shortage"), [("P1", 10, 21), ("P4", 16, 15)])
def test_days_without_enough_by_hand(id_, full_days, shortage):
    # a day of rain itself is short, then 5/0.48 = 10.4 and 8/0.48 = 16.7 days are served
    said_ = asked(rain_district(), id_).detail.answer
    assert said_.time_reliability == pytest.approx(36 * full_days / 1095)
    assert said_.longest_shortage_days == shortage


@pytest.mark.parametrize(("id_", "tank", "yearly"), [("P1", 5.0, 60.0), ("P4", 8.0, 96.0)])
@pytest.mark.parametrize("tap", [3.2, 5.0])
def test_cost_and_payback_by_hand(id_, tank, yearly, tap):
    detail = asked(rain_district(), id_, assumptions={"tap_yuan_per_m3": tap}).detail
    running = tank * 1600 * 0.02 + yearly * 0.4
    factor = 0.06 * 1.06**20 / (1.06**20 - 1)
    assert detail.saved_yuan_per_m3 == pytest.approx(tap + 1.0)
    assert detail.answer.cost_yuan_per_m3 == pytest.approx((tank * 1600 * factor + running) / yearly)
    assert detail.answer.payback_years == pytest.approx(tank * 1600 / (yearly * (tap + 1.0) - running))


def test_other_sizes_are_a_wish_with_an_id_of_its_own():
    wish = {"part": "sizes", "tanks_m3": (5.0, 8.0)}
    answer = asked(rain_district(), "P1", wish=wish)
    assert [size.yield_m3 for size in answer.detail.sizes] == pytest.approx([60.0, 96.0])
    assert answer.id not in (asked(rain_district(), "P1").id, asked(rain_district(), "P4", wish=wish).id)
    again = asked(rain_district(), "P1", wish={"part": "sizes", "tanks_m3": [5.0, 9.0]})
    assert again.id != answer.id


@pytest.mark.parametrize(
    "wish",
    [{"part": "years"}, {"part": "sizes"}, {"part": "sizes", "tanks_m3": ["x"]}, {"part": "sizes", "tanks_m3": [-1.0]},
     {"part": "sizes", "tanks_m3": [1.0] * 21}],
)  # fmt: skip
def test_an_unknown_wish_is_refused(wish):
    with pytest.raises(AtlasError) as refused:
        asked(rain_district(), "P1", wish=wish)
    assert refused.value.key == "rainwater.unknown_wish"


def test_an_unknown_project_and_one_without_a_catchment_are_refused():
    for id_ in ("nobody", "P2", "P3"):
        with pytest.raises(AtlasError) as refused:
            asked(rain_district(), id_)
        assert (refused.value.key, refused.value.facts) == ("rainwater.unknown_project", {"id": id_, "count": 2})


def test_a_project_without_a_daily_record_is_unknown():
    answer = asked(rain_district(without=("daily_rain",)), "P1")
    assert (answer.detail.answer, answer.detail.days, answer.detail.storm) == (None, None, None)
    one = found(answer, "rain_project_yield_m3", "P1")
    assert (one.value, one.needs) == (None, ("daily_rain",))


def test_each_rule_of_the_tank_is_another_question():
    chosen = ({}, {"rule": "ybs"}, {"first_flush_rule": "per_day"})
    for subject in (None, "P1"):
        assert len({asked(rain_district(), subject, choices=one).id for one in chosen}) == 3


def test_the_usual_said_and_unsaid_are_one_question():
    usual = {"rule": "yas", "first_flush_rule": "per_spell"}
    told = {"assumptions": {"psi_roof": 0.85}, "choices": usual}
    assert asked(rain_district(), "P1", **told).id == asked(rain_district(), "P1").id
    assert asked(rain_district(), "P1", assumptions={"psi_roof": 0.8}).id != asked(rain_district(), "P1").id


def test_another_day_is_no_other_question():
    here = rain_district()
    ids = {question("rainwater", here, Asked(on=day)).id for day in (date(2025, 1, 1), date(2026, 6, 1))}
    assert len(ids) == 1


def test_a_wrong_choice_is_refused():
    with pytest.raises(AtlasError):
        asked(rain_district(), choices={"rule": "yes"})


def test_zero_areas_are_no_catchments():
    rows = [{"id": "E9", "township": C, "roof_area_m2": 0.0, "paved_area_m2": 0.0, "green_area_m2": 1.0}]
    told = said(rain_district(residential_estates=layer_of("residential_estates", rows)))
    assert told["rain_usable_m3", A].value == 0.0
    assert told["rain_usable_m3", C].value == pytest.approx(55.2)
