"""Which rules speak: by kind, place and day; which of several goes first; and what their fingerprint holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.rules.choosing import fingerprints, in_force, nearest
from layers.rule import Rule

FIRST = Rule("r1", "storm", "national", "某规范", "某部", "1号", "第一条", "high", "x", asks={"a": 1.0})
DAY = date(2024, 5, 1)


@pytest.mark.parametrize(
    ("since", "until", "speaks"),
    [
        (None, None, True),
        (date(2024, 5, 1), None, True),  # the first day in force
        (date(2024, 5, 2), None, False),
        (None, date(2024, 5, 1), False),  # the first day no longer in force
        (None, date(2024, 5, 2), True),
        (date(2023, 1, 1), date(2024, 1, 1), False),
    ],
)
def test_a_rule_speaks_from_its_first_day_until_the_day_before_its_end(since, until, speaks):
    rule = replace(FIRST, since=since, until=until)
    assert (in_force([rule], "storm", code="500156", on=DAY) == (rule,)) is speaks


def test_without_a_day_what_nobody_has_ended_speaks_also_before_it_begins():
    ended, coming = replace(FIRST, until=date(2099, 1, 1)), replace(FIRST, since=date(2099, 1, 1))
    assert in_force([ended, coming], "storm", code="500156", on=None) == (coming,)


@pytest.mark.parametrize(
    ("codes", "speaks"),
    [((), True), (("50",), True), (("500156",), True), (("500157", "51"), False), (("5001561",), False)],
)
def test_a_rule_speaks_for_the_codes_that_begin_as_it_says(codes, speaks):
    rule = replace(FIRST, codes=codes)
    assert bool(in_force([rule], "storm", code="500156", on=DAY)) is speaks


def test_kinds_are_those_asked_for_in_the_order_of_the_rules():
    other, third = replace(FIRST, id="r2", kind="high_use"), replace(FIRST, id="r3", kind="siting")
    assert in_force([FIRST, other, third], "siting", "storm", code="1", on=DAY) == (FIRST, third)
    assert in_force([FIRST], code="1", on=DAY) == ()


def test_the_most_local_goes_before_the_newest_and_of_one_level_the_newest_goes_first():
    national = replace(FIRST, since=date(2024, 1, 1))
    older, newer = (replace(FIRST, level="municipal", since=date(year, 1, 1)) for year in (2015, 2019))
    undated, local = replace(FIRST, level="municipal"), replace(FIRST, level="district", since=date(2001, 1, 1))
    assert nearest([newer, national, older, undated]) is newer
    assert nearest([undated, older]) is older
    assert nearest([newer, local, national]) is local
    assert nearest([national]) is national
    assert nearest([]) is None


def test_the_fingerprint_changes_with_what_a_rule_asks_and_not_with_its_days():
    same = [replace(FIRST, since=DAY), replace(FIRST, until=DAY), replace(FIRST, note="n"), replace(FIRST, source="y")]
    told = fingerprints([FIRST])
    assert set(told) == {"r1"}
    assert all(fingerprints([one]) == told for one in same)
    others = [
        replace(FIRST, asks={"a": 2.0}), replace(FIRST, clause="第二条"), replace(FIRST, level="municipal"),
        replace(FIRST, number="2号"), replace(FIRST, instrument="另一规范"), replace(FIRST, kind="siting"),
    ]  # fmt: skip
    assert len({fingerprints([one])["r1"] for one in (FIRST, *others)}) == 7
