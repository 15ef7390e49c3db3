"""Faults in daily rain: left missing and told, each by its row; the real records come through."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import places
import pytest

from geo.doubt import Answers, UndecidedError
from intake.rain.reading import RainFile, read_daily_rain
from layers.problem_words import problem_text
from layers.reading.rain.plausible import WORLD, Bounds
from words.errors import AtlasError

REAL = places.REAL / "rainfall"
WIDE = Bounds(0, 9000, 1900, "world")


def _year(folder: Path, head: str = "date,rain(mm)", **changed: str) -> Path:
    """A file of 2019 with 1 mm a day but 2.5 mm on the first of each month; `d0704="x"` replaces a row's value."""
    rows = [head]
    for day in pd.date_range("2019-01-01", "2020-12-31"):
        usual = "2.5" if day.day == 1 else "1.0" if day.day % 2 else "0.0"
        told = changed.get(f"d{day:%m%d}") if day.year == 2019 else None
        rows.append(f"{day:%Y-%m-%d},{usual}" if told is None else told if "," in told else f"{day:%Y-%m-%d},{told}")
    path = folder / "站.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def _read(path: Path, **answers: str) -> RainFile:
    given = {f"rain.{key}": value for key, value in answers.items()}
    return read_daily_rain(path, Answers(given), bounds=WIDE)


def _on(found: RainFile, day: str) -> float:
    return float(found.frame.set_index("date")["rain_mm"][day])


@pytest.mark.parametrize(
    ("cell", "key", "row"),
    [
        ("-3", "problems.rain_negative", 186),
        ("abc", "problems.rain_unreadable", 186),
        ("2019-13-04,1", "problems.rain_bad_date", 186),
        ("2019-02-30,1", "problems.rain_bad_date", 186),
        ("2019-99999999999999999999,1", "problems.rain_bad_date", 186),
        ("2091-07-04,1", "problems.rain_future", 186),
        ("1791-07-04,1", "problems.rain_year_odd", 186),
        ("1959-07-04,1", "problems.rain_year_odd", 186),
        ("2019-07-03,9", "problems.rain_date_twice", 186),
        ("2019-07-03,1.0", "problems.rain_date_repeated", 186),
        ("2019-07-04,1,7", "problems.rain_row_long", None),
        ("5000", "problems.rain_impossible", None),
        ("1850", None, None),
        ("", "problems.rain_days_missing", None),
    ],
)
def test_a_fault_is_told_by_its_row(tmp_path, cell, key, row):
    found = _read(_year(tmp_path, d0704=cell))
    told = {problem.key: problem.row for problem in found.problems}
    assert (key is None and not told) or told[key] == row
    assert all(str(problem_text(problem, "zh")) and str(problem_text(problem, "en")) for problem in found.problems)
    if key and key != "problems.rain_date_repeated":
        assert "problems.rain_days_missing" in told or key == "problems.rain_impossible"
        assert np.isnan(_on(found, "2019-07-03" if "twice" in key else "2019-07-04"))


def test_a_day_beyond_the_plausible_is_kept_and_told(tmp_path):
    found = read_daily_rain(_year(tmp_path, d0704="420"), Answers(), bounds=Bounds(0, 9000, 350, "district"))
    assert _on(found, "2019-07-04") == 420
    assert [(problem.key, problem.facts["most"]) for problem in found.problems] == [("problems.rain_day_odd", "350")]


def test_traces_codes_and_marks(tmp_path):
    found = _read(_year(tmp_path, d0704="微量", d0705="T", d0706="32766", d0707="4.5*", d0708="-9999", d0709="３．５"))
    assert found.traces == 2
    assert [_on(found, f"2019-07-0{day}") for day in (4, 5, 7, 9)] == [0, 0, 4.5, 3.5]
    assert np.isnan(_on(found, "2019-07-06"))
    assert np.isnan(_on(found, "2019-07-08"))
    notes = {note.key: note.facts["count"] for note in found.said.notes if "count" in note.facts}
    assert (notes["intake.rain.codes"], notes["intake.rain.marks"]) == (2, 1)


def test_codes_of_snow_and_dew_in_tenths_of_a_millimetre(tmp_path):
    path = _year(tmp_path, "date,降水量(0.1mm)", d0704="30012", d0705="31340", d0706="32001", d0707="32700")
    found = _read(path)
    assert [_on(found, f"2019-07-0{day}") for day in (4, 5, 6, 7)] == pytest.approx([1.2, 34.0, 0.1, 0.0])


def test_many_faults_are_told_by_their_number(tmp_path):
    changed = {f"d{day:%m%d}": "?!" for day in pd.date_range("2019-01-01", "2019-09-07")}
    found = _read(_year(tmp_path, **changed))
    assert len([problem for problem in found.problems if problem.key == "problems.rain_unreadable"]) == 200
    more = next(problem for problem in found.problems if problem.key == "more_alike")
    assert more.facts["count"] == 50


def test_nothing_but_unreadable_cells_is_refused_with_the_first(tmp_path):
    path = tmp_path / "rain.csv"
    path.write_text("date,rain(mm)\n" + "\n".join(f"2019-01-{day:02d},abc{day}" for day in range(1, 32)))
    with pytest.raises(AtlasError) as caught:
        _read(path)
    assert (caught.value.key, caught.value.facts["value"]) == ("intake.no_rain_days", "abc1")


def test_no_usable_date_is_refused_with_the_first(tmp_path):
    path = tmp_path / "rain.csv"
    path.write_text("date,rain(mm)\nyesterday 9,1\ntoday 10,2\n")
    with pytest.raises(AtlasError) as caught:
        _read(path)
    assert (caught.value.key, caught.value.facts["value"]) == ("intake.rain.no_dates", "yesterday 9")


@pytest.mark.parametrize(("name", "unit", "mean"), [("heby_prec.csv", "mm", 585.5), ("nb5_prec.csv", "m", 938.6)])
def test_real_records_state_no_unit_and_come_through_by_an_answer(name, unit, mean):
    path = REAL / name
    if not path.exists():
        pytest.skip("the real rain records are not beside this checkout")
    district = Bounds(700, 2000, 350, "district")
    with pytest.raises(UndecidedError) as caught:
        read_daily_rain(path, Answers(), bounds=district)
    meant = next(choice for choice in caught.value.doubts[0].choices if choice.value == unit)
    assert meant.facts["mean"] == f"{mean:,.1f}"
    found = read_daily_rain(path, Answers({"rain.unit": unit}), bounds=district)
    assert found.frame["rain_mm"].sum() / (len(found.frame) / 365.25) == pytest.approx(mean, rel=0.03)


def test_millimetres_that_nothing_else_can_be_are_taken_and_said():
    path = REAL / "heby_prec.csv"
    if not path.exists():
        pytest.skip("the real rain records are not beside this checkout")
    found = read_daily_rain(path, Answers(), bounds=WORLD)
    assert found.unit == "mm"
    assert "intake.rain.unit_taken" in {note.key for note in found.said.notes}
