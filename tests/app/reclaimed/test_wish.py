"""What a planner asks of the network, read from choices."""

from __future__ import annotations

import pytest

from app.reclaimed.wish import Wish, usual_rate, wish_of
from tests.app.reclaimed import made


@pytest.mark.parametrize(("aim", "told"), [("rate", (0.2, None)), ("budget", (None, 3e6))])
def test_a_wish_asks_for_a_rate_or_a_budget_and_never_both(aim, told):
    asked = Wish(aim, 0.2, 3e6, pinned=("b", "a"), forbidden=("c",), seconds=60.0).told
    assert (asked["target_rate"], asked["budget_yuan"]) == told
    assert (asked["pin"], asked["forbid"], asked["time_limit_s"]) == (["a", "b"], ["c"], 60.0)


def test_what_a_budget_would_buy_keeps_the_pins_and_asks_for_no_other_networks():
    asked = Wish("rate", 0.2, 3e6, pinned=("a",), forbidden=("c",)).for_budget(1e6, seconds=4.0)
    assert (asked["target_rate"], asked["budget_yuan"], asked["pin"], asked["forbid"]) == (None, 1e6, ["a"], ["c"])
    assert (asked["time_limit_s"], asked["alternatives"]) == (4.0, 0)


@pytest.mark.parametrize(("written", "rate"), [("0.35", 0.35), ("0", 0.0), ("1", 1.0), ("1.01", 0.2), ("-0.1", 0.2),
                                               ("nan", 0.2)])  # fmt: skip
def test_a_rate_beyond_its_ends_is_the_usual_one(written, rate):
    assert wish_of({"rate": written}, usual=0.2).rate == rate


def test_choices_become_a_wish():
    told = {"aim": "budget", "budget": "1500000", "pin": '["G1"]', "forbid": '["W2", "C1"]', "seconds": "short"}
    assert wish_of(told, usual=0.2) == Wish("budget", 0.2, 1.5e6, ("G1",), ("W2", "C1"), 10.0)


def test_the_usual_rate_is_a_whole_percent_never_more_than_is_there():
    assert usual_rate(made.TODAY, supply_m3=1_369_500.0, demand_m3=136_200.0) == 0.07  # (73,000 + 68,100) / 1,825,000
