"""What places ask of rainwater by hand: every use with two quotas, and days on which nothing is watered."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.assumption import resolve
from analysis.formulas.rain.record import Record
from analysis.methods.rainwater.assumptions import ASSUMPTIONS
from analysis.methods.rainwater.demand import GREENING_MONTHS, Uses, annual_m3, daily_m3, operating_days

ASSUMED = resolve(ASSUMPTIONS, {})


def year(**rain_mm: float) -> Record:
    """The dry year 2021, with rain on days of the year named `d1` and so on."""
    days = np.arange("2021-01-01", "2022-01-01", dtype="datetime64[D]")
    rain = np.zeros(365)
    for day, depth in rain_mm.items():
        rain[int(day[1:]) - 1] = depth
    return Record(days, rain)


def test_each_use_has_its_quota():
    uses = Uses(watered_m2=1_000, swept_m2=2_000, people=10, cars_per_day=4, cistern_people=3)
    # 1,000·0.28; 2,000·0.35·30/1,000; 4·45/1,000·365.25; 10·24/1,000·365.25; 3·50/1,000·365.25
    assert annual_m3(uses, ASSUMED) == pytest.approx(
        {"greening": 280, "sweeping": 21, "car_wash": 65.745, "toilet": 87.66, "cistern": 54.7875}
    )
    other = {**ASSUMED, "lawn_m3_per_m2": 0.5, "sweep_l_per_m2": 0.2, "sweep_times": 100, "rain_car_l": 20,
             "rain_toilet_l_per_person_day": 40, "rain_cistern_l_per_person_day": 60}  # fmt: skip
    assert annual_m3(uses, other) == pytest.approx(
        {"greening": 500, "sweeping": 40, "car_wash": 29.22, "toilet": 146.1, "cistern": 65.745}
    )


def test_nothing_is_asked_where_nothing_is_used():
    assert set(annual_m3(Uses(), ASSUMED).values()) == {0.0}


def test_five_millimetres_stop_the_watering_and_ten_the_next_day_too():
    rain = np.array([4.9, 5.0, 0.0, 9.9, 0.0, 10.0, 0.0, 0.0])
    assert operating_days(rain, ASSUMED).tolist() == [True, False, True, False, True, False, False, True]
    wetter = {**ASSUMED, "rain_skip_mm": 10, "rain_rest_mm": 25}
    assert operating_days(rain, wetter).tolist() == [True, True, True, True, True, False, True, True]


def test_toilets_and_cars_ask_the_same_every_day():
    wanted = daily_m3(Uses(people=100, cars_per_day=10), year(d5=50.0), ASSUMED)
    assert wanted == pytest.approx(np.full(365, 2.4 + 0.45))


def test_sweeping_is_spread_over_the_days_that_are_open():
    """10.5 m³ a year of 1,000 m²: a rainy day and the day after leave 363 days."""
    wanted = daily_m3(Uses(swept_m2=1_000), year(d100=30.0), ASSUMED)
    assert wanted[[99, 100]].tolist() == [0.0, 0.0]
    assert wanted[98] == pytest.approx(10.5 * (365 / 365.25) / 363)
    assert wanted.sum() == pytest.approx(10.5 * 365 / 365.25)


def test_lawns_drink_by_the_month():
    """280 m³ a year: 2 % in January over its 31 days, 17 % in August, on 29 of them when the first is wet."""
    wanted = daily_m3(Uses(watered_m2=1_000), year(d213=20.0), ASSUMED)
    assert wanted[0] == pytest.approx(280 * 0.02 / 31, rel=1e-3)
    assert wanted[[212, 213]].tolist() == [0.0, 0.0]
    assert wanted[214] == pytest.approx(280 * 0.17 / 29, rel=1e-3)
    assert GREENING_MONTHS.sum() == pytest.approx(1.0)
    assert int(GREENING_MONTHS.argmax()) + 1 == 8
