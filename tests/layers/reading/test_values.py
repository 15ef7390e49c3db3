"""Cells become numbers, codes, choices and booleans, and nothing goes missing in silence."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.layer import Field
from layers.reading.values import parse_booleans, parse_choices, parse_codes, parse_numbers, written

AREA = Field("area_m2", "area_mu", kind="number", unit="m2_as_mu", file_unit="mu", low=0)
COUNT = Field("people", "people", kind="integer", unit="people", low=0, high=1_000_000)
PLAIN = Field("ph", "ph", kind="number")


def cells(*values):
    return pd.Series(values, dtype="str")


@pytest.mark.parametrize(
    ("written_as", "m2"),
    [
        ("15", 10_000),
        ("１５", 10_000),
        (" 1,500 ", 1_000_000),
        ("15亩", 10_000),
        ("1公顷", 10_000),
        ("1 hm²", 10_000),
        ("0.15万亩", 1_000_000),
        ("2km²", 2_000_000),
    ],
)
def test_areas_are_read_in_any_usual_form(written_as, m2):
    values, faults = parse_numbers(cells(written_as), AREA, unit=None)
    assert values[0] == pytest.approx(m2)
    assert not faults


def test_a_unit_in_the_header_wins_over_the_declared_one():
    values, _ = parse_numbers(cells("1"), AREA, unit="ha")
    assert values[0] == pytest.approx(10_000)


@pytest.mark.parametrize(
    ("written_as", "key", "severity"),
    [
        ("很多", "not_a_number", "error"),
        ("1,2", "not_a_number", "error"),
        ("3-5", "not_a_number", "error"),
        ("12吨", "unit_mismatch", "error"),
        ("3km", "unit_mismatch", "error"),
        ("-4", "out_of_range", "error"),
        ("inf", "out_of_range", "error"),
        ("无", "says_nothing", "warning"),
        ("—", "says_nothing", "warning"),
    ],
)
def test_what_cannot_be_read_is_told_and_left_out(written_as, key, severity):
    values, faults = parse_numbers(cells("1", written_as), AREA, unit=None)
    assert np.isnan(values[1])
    assert [(f.position, f.key, f.severity, f.value) for f in faults] == [(1, key, severity, written_as)]


def test_an_approximate_number_is_taken_and_told():
    values, faults = parse_numbers(cells("约1,200"), COUNT, unit=None)
    assert values[0] == 1200
    assert [(f.key, f.severity) for f in faults] == [("approximate", "warning")]


def test_empty_cells_are_missing_without_a_word():
    values, faults = parse_numbers(cells("", None, "  "), AREA, unit=None)
    assert values.isna().all()
    assert not faults


def test_whole_numbers_are_int64_and_fractions_are_refused():
    values, faults = parse_numbers(cells("3", "4.0"), COUNT, unit=None)
    assert values.dtype == "int64"
    assert not faults
    values, faults = parse_numbers(cells("3", "4.5"), COUNT, unit=None)
    assert values.dtype == "float64"
    assert [f.key for f in faults] == ["not_whole"]


def test_bounds_hold_in_the_inside_unit_and_count_the_bound_itself():
    share = Field("s", "s_pct", kind="number", unit="share", file_unit="percent", low=0, high=1)
    values, faults = parse_numbers(pd.Series([0.0, 35.0, 100.0, 100.5]), share, unit=None)
    assert values[:3].tolist() == pytest.approx([0, 0.35, 1])
    assert [(f.position, f.key) for f in faults] == [(3, "out_of_range")]


def test_codes_keep_leading_zeros_and_lose_width_and_spaces():
    values, faults = parse_codes(cells("００１２", " K-01 ", "武 隆"))
    assert values.tolist() == ["0012", "K-01", "武隆"]
    assert not faults


@pytest.mark.parametrize("spoilt", ["500156101.0", "5.00156101E+08"])
def test_codes_that_were_numbers_once_are_refused(spoilt):
    values, faults = parse_codes(cells("500156101", spoilt))
    assert values[0] == "500156101"
    assert pd.isna(values[1])
    assert [(f.position, f.key, f.severity) for f in faults] == [(1, "code_as_number", "error")]


def test_a_column_of_whole_numbers_becomes_codes_without_a_point():
    values, _ = parse_codes(pd.Series([500156101.0, np.nan]))
    assert values[0] == "500156101"
    assert pd.isna(values[1])


def test_choices_are_codes_or_labels_and_others_are_told():
    labels = {"pe": "pe", "铸铁": "iron", "iron": "iron"}
    values, faults = parse_choices(cells("PE", "铸 铁", "竹", None), labels)
    assert values[:2].tolist() == ["pe", "iron"]
    assert values[2:].isna().all()
    assert [(f.position, f.key) for f in faults] == [(2, "unknown_choice")]


def test_booleans_are_read_in_both_languages():
    values, faults = parse_booleans(cells("是", "0", "Yes", "也许", None))
    assert values[:3].tolist() == [True, False, True]
    assert values[3:].isna().all()
    assert [f.key for f in faults] == ["not_a_boolean"]


def test_text_loses_invisible_signs_and_keeps_the_rest():
    assert written(cells("\u200b白马\ufeff镇 ", "<b>")).tolist() == ["白马镇", "<b>"]


@settings(deadline=None, max_examples=60)
@given(st.floats(min_value=-1e12, max_value=1e12, allow_nan=False))
def test_every_plain_number_comes_back(number):
    for form in (repr(number), f"{number:,.3f}"):
        values, faults = parse_numbers(cells(form), PLAIN, unit=None)
        assert not faults
        assert values[0] == pytest.approx(float(form.replace(",", "")))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.one_of(st.none(), st.text(max_size=12)), max_size=12))
def test_a_cell_is_a_number_or_missing_or_told(texts):
    column = pd.Series(texts, dtype="str")
    values, faults = parse_numbers(column, PLAIN, unit=None)
    told = {fault.position for fault in faults}
    empty = written(column).isna()
    assert all(empty[i] or not np.isnan(values[i]) or i in told for i in range(len(column)))
