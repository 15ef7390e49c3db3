"""A record's years, gaps and frequencies by hand: years with a day lacking, leap years, months at the season's ends."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.formulas.rain.record import Record, at_frequencies, design_day_mm, record_of, seasonal_factors


def record(first: str, end: str, **rain_mm: float) -> Record:
    """Dry days from `first` up to `end`, with rain on the days named `d20200401` and so on."""
    days = np.arange(first, end, dtype="datetime64[D]")
    rain = np.zeros(days.size)
    for name, depth in rain_mm.items():
        rain[days == np.datetime64(f"{name[1:5]}-{name[5:7]}-{name[7:]}")] = depth
    return Record(days, rain)


def test_a_year_is_whole_with_all_its_days_and_leap_years_have_one_more():
    assert record("2019-01-01", "2021-01-01").whole_years == (2019, 2020)
    assert record("2020-01-02", "2021-01-01").whole_years == ()  # 365 days of 366
    assert record("2019-01-02", "2020-01-01").whole_years == ()
    assert record("2020-01-01", "2020-12-31").whole_years == ()


def test_a_missing_day_makes_a_gap_and_takes_its_year_out():
    table = pd.DataFrame({"date": pd.to_datetime(["2021-01-01", "2021-01-03", None]), "rain_mm": [1.0, 2.0, 9.0]})
    found = record_of(table)
    assert found.days.astype(str).tolist() == ["2021-01-01", "2021-01-02", "2021-01-03"]
    assert found.gaps == 1
    assert np.isnan(found.rain_mm[1])
    assert found.whole_years == ()
    assert np.isnan(found.mean_mm)


def test_days_come_in_order_however_they_were_written():
    table = pd.DataFrame({"date": pd.to_datetime(["2021-01-02", "2021-01-01"]), "rain_mm": [2.0, 1.0]})
    assert record_of(table).rain_mm.tolist() == [1.0, 2.0]


def test_sums_and_the_mean_are_of_whole_years_alone():
    found = record("2019-06-01", "2022-01-01", d20190701=500.0, d20200701=80.0, d20210701=40.0)
    assert found.annual_mm == {2020: 80.0, 2021: 40.0}
    assert found.mean_mm == 60.0
    assert found.whole.days[0] == np.datetime64("2020-01-01")
    assert found.of_year(2021).rain_mm.sum() == 40.0
    assert (found.years[0], found.months[0]) == (2019, 6)


def test_frequencies_lie_between_the_ranks_of_four_years():
    """Four years are exceeded in 20, 40, 60 and 80 % of years: a quarter of the way from 1,000 to 900 is 975."""
    found = at_frequencies({2001: 800.0, 2002: 1_000.0, 2003: 600.0, 2004: 900.0})
    assert found == pytest.approx({"p25": 975.0, "p50": 850.0, "p75": 650.0, "p95": 600.0})


def test_beyond_the_ranks_stand_the_ends_of_the_record():
    assert at_frequencies({2001: 5.0, 2002: 9.0}) == pytest.approx({"p25": 9.0, "p50": 7.0, "p75": 5.0, "p95": 5.0})


def test_the_season_runs_from_april_to_october():
    """Of 10 + 20 + 30 + 40 mm, the 1st of April and the 31st of October are in: 50 of 100 mm."""
    found = record("2021-01-01", "2022-01-01", d20210331=10.0, d20210401=20.0, d20211031=30.0, d20211101=40.0)
    assert seasonal_factors(found, first_flush_mm=0.0) == (0.5, 1.0)
    assert seasonal_factors(found, first_flush_mm=2.5) == pytest.approx((0.5, 0.9))  # 17.5 + 27.5 of 50
    assert seasonal_factors(found, first_flush_mm=25.0) == pytest.approx((0.5, 0.1))  # 5 of 50, never less than 0


def test_a_season_without_rain_gives_nothing():
    assert seasonal_factors(record("2021-01-01", "2022-01-01", d20210101=9.0), first_flush_mm=1.0) == (0.0, 0.0)


def test_the_design_day_is_the_day_as_many_as_years_over_its_period():
    found = record("2018-01-01", "2022-01-01", d20180701=90.0, d20190701=70.0, d20200701=50.0, d20210701=30.0)
    assert [design_day_mm(found, return_period_a=period) for period in (1, 2, 4, 50)] == [30.0, 70.0, 90.0, 90.0]
