"""Wishes written and read: what is not said stands at its usual value, and rates hold at both ends."""

from __future__ import annotations

import pytest

from analysis.methods.reclaimed.wanted import Wanted, read_wish, wish
from words.errors import AtlasError


def test_a_wish_says_everything_and_whether_prices_decide():
    assert wish(target_rate=0.2) == {
        "target_rate": 0.2, "budget_yuan": None, "pin": [], "forbid": [], "gap": 0.01, "time_limit_s": 30.0,
        "alternatives": 2, "benefit": False,
    }  # fmt: skip
    assert wish(budget_yuan=5.0)["benefit"] is False
    assert wish()["benefit"] is True


def test_a_wish_written_is_the_wish_read():
    told = read_wish(wish(target_rate=0.25, pin=["b", "a"], forbid=["c"], gap=0.05, alternatives=0))
    assert told == Wanted(target_rate=0.25, pin=("a", "b"), forbid=("c",), gap=0.05, alternatives=0)
    assert not told.benefit
    assert read_wish({}).benefit
    assert read_wish({"budget_yuan": 7.0}) == Wanted(budget_yuan=7.0)


def test_nought_and_all_may_be_wanted_and_nothing_beyond():
    assert [read_wish({"target_rate": rate}).target_rate for rate in (0, 1)] == [0, 1]
    for rate in (-0.01, 1.01):
        with pytest.raises(AtlasError) as refused:
            read_wish({"target_rate": rate})
        assert refused.value.facts == {"value": rate}
    with pytest.raises(AtlasError) as refused:
        read_wish({"rate": 0.1})
    assert refused.value.facts["name"] == "rate"
