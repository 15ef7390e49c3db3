"""One truth in many forms: read to the same mean year, asked about and then read, or refused; never silently wrong."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from geo.doubt import Answers, UndecidedError
from intake.rain.reading import RainFile, read_daily_rain
from layers.reading.rain.plausible import Bounds
from layers.years import yearly_mean
from tests import rain_dress, rain_forms
from words.errors import AtlasError

CLEAN = rain_forms.CLEAN | rain_dress.CLEAN
ASKED = rain_forms.ASKED | rain_dress.ASKED
REFUSED = rain_forms.REFUSED | rain_dress.REFUSED
BOUNDS = Bounds(700, 2000, 350, "district")


def _read(path: Path, **answers: str) -> RainFile:
    given = {f"rain.{key}": value for key, value in answers.items()}
    return read_daily_rain(path, Answers(given), bounds=BOUNDS)


def _mean(found: RainFile) -> float:
    return yearly_mean(pd.Series(found.frame["rain_mm"].to_numpy(), pd.DatetimeIndex(found.frame["date"])))


def test_the_truth_is_what_the_forms_say_it_is():
    assert len(rain_forms.truth()) == 365 * 4 + 1
    assert rain_forms.mean_mm() == pytest.approx(1198.4, abs=0.05)


@pytest.mark.parametrize("form", CLEAN)
def test_a_form_that_says_all_is_read_to_the_same_mean(tmp_path, form):
    found = _read(CLEAN[form](tmp_path / "rain"))
    assert _mean(found) == pytest.approx(rain_forms.mean_mm(), rel=0.005)
    assert found.gaps == 0
    assert [problem for problem in found.problems if problem.severity == "error"] == []


@pytest.mark.parametrize("form", ASKED)
def test_a_form_that_leaves_something_open_is_asked_about_and_then_read(tmp_path, form):
    key, answer, write = ASKED[form]
    path = write(tmp_path / "rain")
    with pytest.raises(UndecidedError) as caught:
        _read(path)
    assert [doubt.key for doubt in caught.value.doubts] == [key]
    assert answer in {choice.value for choice in caught.value.doubts[0].choices}
    found = _read(path, **{key.removeprefix("rain."): answer})
    whole = {year for year in range(1991, 1995) if key != "rain.codes" or year != 1993}
    assert _mean(found) == pytest.approx(rain_forms.mean_mm(whole), rel=0.005)


@pytest.mark.parametrize("form", REFUSED)
def test_a_form_that_is_no_daily_record_is_refused_with_its_reason(tmp_path, form):
    key, write = REFUSED[form]
    with pytest.raises(AtlasError) as caught:
        _read(write(tmp_path / "rain"))
    assert caught.value.key == key


@pytest.mark.parametrize(
    ("form", "key", "facts"),
    [
        ("0.1mm", "intake.rain.converted", {"unit": "0.1mm", "factor": "0.1"}),
        ("inch", "intake.rain.converted", {"unit": "inch", "factor": "25.4"}),
        ("two digits", "intake.rain.two_digit_years", {"order": "ymd", "date": "1991-01-01", "written": "91-1-1"}),
        ("day first", "intake.rain.date_order", {"order": "dmy", "date": "1991-01-01", "written": "1-1-1991"}),
        ("serial", "intake.rain.serial", {"first": 33239, "date": "1991-01-01"}),
        ("hourly 20-20", "intake.rain.summed", {"boundary": "20-20", "minutes": "60"}),
        ("running month", "intake.rain.differenced", {"count": 48}),
        ("one station", "intake.rain.station", {"station": "武隆", "others": 0}),
        ("titles and totals", "intake.rain.left_totals", {"count": 2}),
        ("titles and totals", "intake.rain.left_titles", {"count": 2}),
        ("header repeated", "intake.rain.left_headers", {"count": 1}),
        ("unit row", "intake.rain.left_units", {"count": 1}),
    ],
)
def test_what_was_done_is_said(tmp_path, form, key, facts):
    said = _read(rain_forms.CLEAN[form](tmp_path / "rain")).said
    assert {note.key: dict(note.facts) for note in said.notes}[key] == facts


def test_the_file_states_its_unit_and_when_its_days_begin(tmp_path):
    found = _read(rain_forms.CLEAN["weather codes"](tmp_path / "rain"))
    assert dict(found.said.stated) == {"unit": "0.1mm", "day_begins": 20.0}


def test_a_person_may_overrule_what_the_file_says(tmp_path):
    path = rain_forms.CLEAN["comma"](tmp_path / "rain")
    assert _mean(_read(path, unit="0.1mm")) == pytest.approx(rain_forms.mean_mm() / 10, rel=0.005)
    assert _mean(_read(path, date_order="ymd")) == pytest.approx(rain_forms.mean_mm(), rel=0.005)


@pytest.mark.parametrize(
    ("answers", "key"),
    [({"unit": "ell"}, "intake.answer_unknown"), ({"untis": "mm"}, "intake.rain.no_such_question")],
)
def test_an_answer_that_cannot_be_is_refused(tmp_path, answers, key):
    with pytest.raises(AtlasError) as caught:
        _read(rain_forms.CLEAN["comma"](tmp_path / "rain"), **answers)
    assert caught.value.key == key


def test_days_dry_or_missing_are_the_answerers_choice(tmp_path):
    path = rain_forms.ASKED["wet days alone"][2](tmp_path / "rain")
    with pytest.raises(AtlasError) as caught:
        _read(path, missing_days="missing")
    assert caught.value.key == "intake.rain.no_whole_year"
