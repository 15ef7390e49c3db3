"""Money by hand: two rates, two lives, a saving that pays and one that does not."""

from __future__ import annotations

import math

import pytest

from analysis.formulas.money import (
    capital_recovery,
    internal_rate,
    payback_years,
    present_value_yuan,
    unit_cost_yuan_per_m3,
)


def test_capital_is_paid_back_with_interest_over_its_life():
    assert capital_recovery(0.06, 20) == pytest.approx(0.0871846, abs=1e-7)
    assert capital_recovery(0.06, 30) == pytest.approx(0.0726489, abs=1e-7)
    assert capital_recovery(0.0, 20) == 0.05


def test_a_cubic_metre_costs_capital_and_running_over_the_volume():
    assert unit_cost_yuan_per_m3(1_000.0, 50.0, 100.0, recovery=0.1) == pytest.approx(1.5)
    assert unit_cost_yuan_per_m3(1_000.0, 50.0, 0.0, recovery=0.1) == math.inf


def test_what_saves_nothing_never_pays():
    assert [payback_years(900.0, saving) for saving in (300.0, 100.0, 0.0, -1.0)] == [3.0, 9.0, None, None]


def test_a_present_value_is_the_discounted_saving_less_the_capital():
    """100 at the end of two years at 10 %: 90.909 + 82.645; 50 in three years without interest."""
    assert present_value_yuan(150.0, 100.0, discount_share=0.1, years=2) == pytest.approx(23.5537, abs=1e-4)
    assert present_value_yuan(160.0, 50.0, discount_share=0.0, years=3) == pytest.approx(-10.0)


def test_the_internal_rate_makes_the_present_value_nought():
    """173.554 for 100 in two years is 10 %; 100 for 200 after one year 100 %; 100 for 90 after one year −10 %."""
    assert internal_rate(173.553719, 100.0, years=2) == pytest.approx(0.1, abs=1e-8)
    assert internal_rate(100.0, 200.0, years=1) == pytest.approx(1.0)
    assert internal_rate(100.0, 90.0, years=1) == pytest.approx(-0.1)


def test_there_is_no_internal_rate_without_capital_or_saving():
    assert [internal_rate(*money, years=10) for money in ((0.0, 5.0), (100.0, 0.0), (100.0, -5.0))] == [None] * 3
