"""Classes are fixed and round, and their words say where they begin and end."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from maps.look.classes import BREAKS, HUES, breaks_for, class_labels, class_of, legend_title, round_breaks
from maps.look.style import HUES as COLOURS


def test_declared_breaks_do_not_follow_the_values():
    first = breaks_for("population", [4_000, 12_000, 40_000])
    assert first == breaks_for("population", [6_000, 9_000, 14_000, 20_000]) == BREAKS["population"]


def test_a_district_of_another_size_gets_round_breaks():
    assert breaks_for("population", [200_000, 800_000, None]) == (400_000, 600_000)


def test_round_breaks_of_zero_to_ten():
    assert round_breaks([0, 10]) == (2, 4, 6, 8)


def test_one_value_or_none_is_one_class():
    assert round_breaks([]) == round_breaks([3.0, 3.0]) == ()


def test_a_value_on_a_break_is_in_the_class_above():
    assert [class_of(value, (2, 4)) for value in (1.9, 2, 3.9, 4, 100)] == [0, 1, 1, 2, 2]


def test_labels_are_written_in_the_unit_people_read():
    labels = class_labels((10_000, 25_000), unit="m3_per_year", language="zh")
    assert labels == ["小于 1", "1 – 2.5", "2.5 及以上"]
    assert class_labels((0.1, 0.25), unit="share", language="en") == ["under 10", "10 – 25", "25 and over"]


def test_whole_numbers_keep_their_zeros():
    assert class_labels((10,), unit="count", language="zh") == ["小于 10", "10 及以上"]


def test_the_legend_names_the_unit_once():
    assert legend_title("年用水量", unit="m3_per_year", language="zh") == "年用水量(万m³/a)"
    assert legend_title("系数", unit="ratio", language="zh") == "系数"


def test_hues_are_known_and_breaks_ascend():
    assert set(HUES.values()) <= set(COLOURS)
    assert all(list(ends) == sorted(set(ends)) for ends in BREAKS.values())


@given(st.lists(st.floats(-1e9, 1e9), max_size=30))
@settings(deadline=None, max_examples=80)
def test_round_breaks_are_few_and_ascend_inside_the_range(values):
    ends = round_breaks(values)
    assert len(ends) <= 4
    assert list(ends) == sorted(set(ends))
    assert all(min(values) < end < max(values) for end in ends)
