"""Daily rain in the layouts, units and faults that stations hand over."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import places
import pytest

from intake.rain.reading import read_daily_rain
from layers.problem_words import problem_text
from words.errors import AtlasError

REAL = places.REAL / "rainfall"


def _csv(folder: Path, text: str, *, encoding: str = "utf-8") -> Path:
    path = folder / "站.csv"
    path.write_text(text, encoding=encoding)
    return path


def test_date_and_value_columns_in_gb18030(tmp_path):
    found = read_daily_rain(_csv(tmp_path, "日期,降雨量(mm)\n2020-01-01,12.5\n2020-01-02,0\n", encoding="gb18030"))
    assert found.frame["rain_mm"].tolist() == [12.5, 0.0]
    assert (found.unit, found.gaps, found.problems) == ("mm", 0, ())


def test_year_month_day_columns(tmp_path):
    found = read_daily_rain(_csv(tmp_path, "年,月,日,降水量\n2021,2,28,30\n2021,3,1,4\n"))
    assert found.frame["date"].tolist() == ["2021-02-28", "2021-03-01"]
    assert found.frame["rain_mm"].tolist() == [30, 4]


def test_month_rows_with_a_column_per_day(tmp_path):
    header = "年份,月份," + ",".join(f"{day}日" for day in range(1, 32))
    january = "2019,1," + ",".join(str(day) for day in range(1, 32))
    february = "2019,2," + ",".join("5" if day <= 28 else "" for day in range(1, 32))
    found = read_daily_rain(_csv(tmp_path, f"{header}\n{january}\n{february}\n"))
    assert len(found.frame) == 31 + 28
    assert found.frame["rain_mm"].sum() == 31 * 32 / 2 + 28 * 5
    assert found.gaps == 0


def test_excel_under_title_rows(tmp_path):
    book = openpyxl.Workbook()
    for row in (["武隆站逐日降雨量"], ["日期", "雨量(mm)"], [date(2020, 7, 1), 40.5], [date(2020, 7, 2), "微量"]):
        book.active.append(row)
    book.save(tmp_path / "rain.xlsx")
    found = read_daily_rain(tmp_path / "rain.xlsx")
    assert found.frame["rain_mm"].tolist() == [40.5, 0.0]
    assert found.traces == 1


def test_metres_are_known_by_the_sum_of_a_year(tmp_path):
    rows = "\n".join(f"2020-{month:02d}-{day:02d},0.004" for month in range(1, 13) for day in range(1, 29))
    found = read_daily_rain(_csv(tmp_path, f"Date,Prec\n{rows}\n"))
    assert found.unit == "m"
    assert found.frame["rain_mm"].max() == pytest.approx(4.0)


def test_faults_leave_the_day_missing_and_are_reported(tmp_path):
    rows = ("2020-01-01,5", "2020-01-02,-3", "2020-01-03,abc", "2020-01-04,5000", "2020-01-06,", "2020-13-01,4")
    found = read_daily_rain(_csv(tmp_path, "\n".join(["date,rain", *rows, "2020-01-07,900"])))
    assert found.frame["rain_mm"].tolist() == [5, *[pytest.approx(np.nan, nan_ok=True)] * 5, 900]
    assert found.gaps == 5
    assert [problem.key for problem in found.problems] == [
        "problems.rain_bad_date", "problems.rain_unreadable", "problems.rain_negative", "problems.rain_impossible",
    ]  # fmt: skip
    assert [problem.row for problem in found.problems] == [7, 4, 3, 5]
    assert "-3" in problem_text(found.problems[2], "zh")


def test_a_day_given_twice(tmp_path):
    found = read_daily_rain(_csv(tmp_path, "date,rain\n2020-01-01,5\n2020-01-01,5\n2020-01-02,700\n2020-01-02,7\n"))
    assert found.frame["rain_mm"].iloc[0] == 5
    assert np.isnan(found.frame["rain_mm"].iloc[1])
    assert {problem.key for problem in found.problems} == {"problems.rain_date_twice", "problems.rain_date_repeated"}


def test_codes_of_the_weather_service(tmp_path):
    found = read_daily_rain(_csv(tmp_path, "date,rain\n2020-01-01,32700\n2020-01-02,32766\n2020-01-03,900\n"))
    assert found.traces == 1
    assert np.isnan(found.frame["rain_mm"].iloc[1])


@pytest.mark.parametrize("text", ["a,b\nx,y\n", "date,rain\n2020-01-01,\n"])
def test_nothing_readable_is_refused(tmp_path, text):
    with pytest.raises(AtlasError):
        read_daily_rain(_csv(tmp_path, text))


@pytest.mark.parametrize(("name", "unit", "mean"), [("heby_prec.csv", "mm", 585), ("nb5_prec.csv", "m", 938)])
def test_real_records(name, unit, mean):
    path = REAL / name
    if not path.exists():
        pytest.skip("the real rain records are not beside this checkout")
    found = read_daily_rain(path)
    years = len(found.frame) / 365.25
    assert found.unit == unit
    assert found.frame["rain_mm"].sum() / years == pytest.approx(mean, rel=0.03)
