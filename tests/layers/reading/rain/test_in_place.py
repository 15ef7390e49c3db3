"""Daily rain as it lies in a data folder: what is wrong is told, what is open keeps the layer back with the reason.

`--rain`, `district new` and the folder are three doors of one reader: of one record they say the same.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from pyproj import CRS
from rain_dress import REFUSED as DRESSED_REFUSED
from rain_forms import ASKED, CLEAN, MM, REFUSED, days, mean_mm, short, text_file, truth
from shapely import box

from geo.doubt import Answers, UndecidedError
from geo.files.vector import write_geopackage
from intake.district.new import Order, make_district
from intake.rain.reading import read_daily_rain
from layers.district import Settings
from layers.problem import Problem
from layers.problem_words import problem_text
from layers.reading.rain.in_place import read_in_place
from layers.reading.rain.plausible import bounds_of
from layers.years import yearly_mean
from words import LANGUAGES, has
from words.errors import AtlasError

SETTINGS = Settings(
    code="990001", name="县", name_en="County", metric_crs=CRS.from_epsg(4545), annual_rain_mm=(700, 2000)
)
WIDE = Settings(code="990001", name="县", name_en="County", metric_crs=CRS.from_epsg(4545))
MANY_ROWS = ("ten minutes", "24 rows a day", "hour column", "hourly")
QUIET = ("intake.rain.mean_district", "intake.rain.mean_country", "intake.rain.mean_world")


def in_place(path: Path, settings: Settings = SETTINGS) -> tuple[pd.Series, dict[str, Problem]]:
    """Rain by day, and the problems by key, each with words in both languages."""
    frame, problems = read_in_place(path, settings)
    assert all(problem_text(problem, language) for problem in problems for language in LANGUAGES)
    return frame.set_index("date")["rain_mm"], {problem.key: problem for problem in problems}


def mean(rain: pd.Series) -> float:
    return yearly_mean(pd.Series(rain.to_numpy(), pd.DatetimeIndex(rain.index)))


def refused(path: Path, settings: Settings = SETTINGS) -> AtlasError:
    with pytest.raises(AtlasError) as caught:
        read_in_place(path, settings)
    return caught.value


def replaced(at: int, *rows: list[object]) -> list[list[object]]:
    """The truth with other rows in the place of one."""
    told = days()
    return [MM, *told[:at], *rows, *told[at + 1 :]]


@pytest.mark.parametrize(
    ("rows", "key", "row", "missing"),
    [
        ([["2091-03-02", 5]], "problems.rain_future", 62, "1991-03-02"),
        ([["1791-03-02", 5]], "problems.rain_year_odd", 62, "1991-03-02"),
        ([["1931-03-02", 5]], "problems.rain_year_odd", 62, "1991-03-02"),
        ([["1991-02-30", 5]], "problems.rain_bad_date", 62, "1991-03-02"),
        ([["1991-03-02", -5]], "problems.rain_negative", 62, "1991-03-02"),
        ([["1991-03-02", "abc"]], "problems.rain_unreadable", 62, "1991-03-02"),
        ([["1991-03-02", 1], ["1991-03-02", 2]], "problems.rain_date_twice", 63, "1991-03-02"),
        ([["1991-03-02", 1], ["1991-03-02", 1]], "problems.rain_date_repeated", 63, None),
    ],
)
def test_a_row_that_cannot_be_is_told_by_its_number_and_missing(tmp_path, rows, key, row, missing):
    rain, told = in_place(text_file(tmp_path / "r", replaced(60, *rows)))
    assert told[key].row == row
    assert [str(day)[:10] for day in rain.index[rain.isna()]] == ([missing] if missing else [])
    assert len(rain) == 1461


def test_missing_days_are_told_with_their_number_and_first(tmp_path):
    told = days()
    rain, problems = in_place(text_file(tmp_path / "r", [MM, *told[:100], *told[110:]]))
    facts = problems["problems.rain_days_missing"].facts
    assert (facts["count"], facts["date"], facts["years"]) == (10, "1991-04-11", 1)
    assert mean(rain) == pytest.approx(mean_mm(range(1992, 1995)))


def test_a_leap_year_of_365_days_is_not_whole(tmp_path):
    told = [row for row in days() if row[0] != "1992-02-29"]
    rain, problems = in_place(text_file(tmp_path / "r", [MM, *told]))
    assert problems["problems.rain_days_missing"].facts["date"] == "1992-02-29"
    assert mean(rain) == pytest.approx(mean_mm({1991, 1993, 1994}))
    only = [MM, *(row for row in told if row[0].startswith("1992"))]
    error = refused(text_file(tmp_path / "r", only))
    assert (error.key, error.facts["year"], error.facts["lacking"]) == ("intake.rain.no_whole_year", 1992, 1)


@pytest.mark.parametrize("form", ["0.1mm", "cm", "m", "inch", "μm", "unit row", "unit column", "unit in title"])
def test_a_unit_the_file_states_is_converted_and_told(tmp_path, form):
    rain, told = in_place(CLEAN[form](tmp_path / "r"))
    assert mean(rain) == pytest.approx(mean_mm(), rel=0.005)
    assert "intake.rain.converted" in told


def test_a_stated_unit_is_kept_though_its_mean_is_odd_and_told(tmp_path):
    rain, told = in_place(text_file(tmp_path / "r", [MM, *days(value=lambda mm: f"{mm * 10:.0f}")]))
    assert mean(rain) == pytest.approx(mean_mm() * 10, rel=0.005)
    assert told["problems.rain_mean_odd"].facts["mean"] == f"{mean_mm() * 10:,.1f}"


@pytest.mark.parametrize("form", ["running month", "running year", "running year, unnamed"])
def test_running_totals_are_taken_apart_and_told(tmp_path, form):
    rain, told = in_place(CLEAN[form](tmp_path / "r"))
    assert mean(rain) == pytest.approx(mean_mm(), rel=0.005)
    assert "intake.rain.differenced" in told


@pytest.mark.parametrize(
    ("form", "first"), [("day first", "1991-01-01"), ("month first", "1991-01-01"), ("two digits", "1991-01-01")]
)
def test_the_order_of_dates_is_decided_by_the_whole_column(tmp_path, form, first):
    rain, told = in_place(CLEAN[form](tmp_path / "r"))
    assert str(rain.index[0])[:10] == first
    assert rain.to_numpy() == pytest.approx(truth().to_numpy())
    assert {"intake.rain.date_order", "intake.rain.two_digit_years"} & told.keys()


@pytest.mark.parametrize(
    "form",
    [pytest.param(form, marks=[pytest.mark.long] if form in MANY_ROWS else []) for form in ASKED],
)
def test_what_only_a_person_can_say_keeps_the_layer_back_with_what_to_write(tmp_path, form):
    key, _, write = ASKED[form]
    path = write(tmp_path / "r")
    if form == "wrong unit":  # the file states one: it is kept and told
        assert "problems.rain_mean_odd" in in_place(path)[1]
        return
    error = refused(path)
    assert error.key == f"problems.rain_open_{key.removeprefix('rain.')}"
    assert all(has(error.key, language) for language in LANGUAGES)


@pytest.mark.parametrize("form", REFUSED | DRESSED_REFUSED)
def test_what_is_no_daily_record_is_refused_as_at_the_other_doors(tmp_path, form):
    key, write = (REFUSED | DRESSED_REFUSED)[form]
    assert refused(write(tmp_path / "r")).key == key


def made(path: Path, folder: Path):
    """The district of one township, with this record."""
    frame = gpd.GeoDataFrame({"name": ["甲镇"]}, geometry=[box(480_000, 3_250_000, 490_000, 3_260_000)], crs=4545)
    write_geopackage({"t": frame}, folder / "t.gpkg")
    return make_district(Order(folder / "t.gpkg", "name", folder / "new", code="990001", rain_record=path))


SAME = {
    "clean": lambda path: CLEAN["comma"](path),
    "tenths": lambda path: CLEAN["0.1mm"](path),
    "day first": lambda path: CLEAN["day first"](path),
    "short years": lambda path: text_file(path, [MM, *days(short)]),
    "running": lambda path: CLEAN["running month"](path),
    "future and odd years": lambda path: text_file(
        path, [MM, *days()[:50], ["2091-02-20", 1], ["1791-02-21", 2], *days()[52:]]
    ),
    "twice and missing": lambda path: text_file(path, [MM, *days()[:50], ["1991-01-03", 99], *days()[60:]]),
    "traces, codes, totals": lambda path: text_file(
        path, [["武隆站"], MM, *days()[:9], ["1991-01-10", "T"], ["1991-01-11", -9999], *days()[11:], ["合计", 9]]
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", SAME)
def test_the_three_doors_say_the_same_of_one_record(tmp_path, form):
    path = SAME[form](tmp_path / "r")
    rain, told = in_place(path, WIDE)
    asked = read_daily_rain(path, Answers(), bounds=bounds_of(WIDE))
    new = made(path, tmp_path)
    assert asked.frame["rain_mm"].to_numpy() == pytest.approx(rain.to_numpy(), nan_ok=True, abs=0.0005)
    stored = pd.read_csv(new.dir / "tables" / "daily_rain.csv")
    assert stored.iloc[:, 1].to_numpy() == pytest.approx(asked.frame["rain_mm"].to_numpy(), nan_ok=True)
    wrong = [problem for problem in new.problems if problem.layer == "daily_rain"]
    assert [(p.key, p.row, p.facts) for p in wrong] == [(p.key, p.row, p.facts) for p in asked.problems]
    assert {p.key for p in asked.problems} <= told.keys()
    notes = {note.key: dict(note.facts) for note in asked.said.notes if note.key not in QUIET}
    assert {note.key: dict(note.facts) for note in new.said.notes if note.key not in QUIET} == notes
    assert {key: dict(problem.facts) for key, problem in told.items() if key in notes} == notes


@pytest.mark.parametrize("form", ["two stations", "wet days alone", "no name"])
def test_a_question_at_one_door_is_one_at_all(tmp_path, form):
    key, _, write = ASKED[form]
    path = write(tmp_path / "r")
    for door in (lambda: read_daily_rain(path, Answers(), bounds=bounds_of(WIDE)), lambda: made(path, tmp_path)):
        with pytest.raises(UndecidedError) as caught:
            door()
        assert [doubt.key for doubt in caught.value.doubts] == [key]
    assert refused(path, WIDE).key == f"problems.rain_open_{key.removeprefix('rain.')}"
