"""The design rain of a long record, of a printed table for a short one, and the design day."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from wulong import PRINTED_MM

from analysis.formulas.rain.record import Record
from analysis.methods.siting.ground.rain import control_rain_mm, district_record, storm_day_mm

EVENTS = (3.0, 5.0, 8.0, 12.0, 20.0, 40.0)


def record(years: int, rain: tuple[float, ...] = EVENTS) -> Record:
    """Whole years whose every January begins with the same wet days."""
    days = np.arange("1990-01-01", f"{1990 + years}-01-01", dtype="datetime64[D]")
    starts = days.astype("datetime64[Y]").astype("datetime64[D]")
    day_of_year = (days - starts).astype(int)
    wet = np.zeros(len(days))
    for at, mm in enumerate(rain):
        wet[day_of_year == at] = mm
    return Record(days, wet)


@pytest.mark.parametrize(("rate", "mm"), [(0.4545, 8.0), (0.5909, 12.0), (0.7727, 20.0)])
def test_thirty_whole_years_speak_for_themselves(rate, mm):
    # worked example E18: 3, 5, 8, 12, 20, 40 mm control 0.2045, 0.3182, 0.4545, 0.5909, 0.7727 and 1.0 of the rain
    found = control_rain_mm(record(30), {"control_rate": rate}, printed=PRINTED_MM)
    assert found == pytest.approx(mm, abs=0.01)


@pytest.mark.parametrize(("rate", "mm"), [(0.75, 20.9), (0.80, 25.5)])
def test_twenty_nine_years_do_not_and_what_is_printed_speaks(rate, mm):
    assert control_rain_mm(record(29), {"control_rate": rate}, printed=PRINTED_MM) == pytest.approx(mm)
    assert control_rain_mm(None, {"control_rate": rate}, printed=PRINTED_MM) == pytest.approx(mm)
    assert control_rain_mm(record(29), {"control_rate": rate}, printed={}) is None


@pytest.mark.parametrize(("period", "mm"), [(1, 20.0), (2, 40.0)])
def test_the_design_day_is_met_once_in_its_period(period, mm):
    # in four years 40 mm fell twice and 20 mm four times: once in two years, and four days are once a year
    days = record(4, (12.0, 8.0))
    days.rain_mm[[100, 900]] = 40.0
    days.rain_mm[[200, 300, 1000, 1100]] = 20.0
    assert storm_day_mm(days, {"rain_return_period_a": period}) == mm
    assert storm_day_mm(None, {"rain_return_period_a": period}) is None


class _Place:
    def __init__(self, table: pd.DataFrame | None) -> None:
        self.tables = {} if table is None else {"daily_rain": table}


@pytest.mark.parametrize(("last", "years"), [("2022-12-31", (2021, 2022)), ("2022-12-30", (2021,))])
def test_a_district_knows_its_whole_years_only(last, years):
    days = pd.date_range("2021-01-01", last)
    assert district_record(_Place(pd.DataFrame({"date": days, "rain_mm": 1.0}))).whole_years == years


def test_a_district_without_a_whole_year_has_no_record():
    days = pd.date_range("2021-02-01", "2021-12-31")
    table = pd.DataFrame({"date": days, "rain_mm": 1.0})
    for told in (None, table.iloc[:0], table):
        assert district_record(_Place(told)) is None
