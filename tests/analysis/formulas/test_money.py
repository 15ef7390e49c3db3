"""Money by hand: two rates, two lives, a saving that pays and one that does not."""

from __future__ import annotations

import math

import pytest

from analysis.formulas.money import capital_recovery, payback_years, unit_cost_yuan_per_m3


def test_capital_is_paid_back_with_interest_over_its_life():
    assert capital_recovery(0.06, 20) == pytest.approx(0.0871846, abs=1e-7)
    assert capital_recovery(0.06, 30) == pytest.approx(0.0726489, abs=1e-7)
    assert capital_recovery(0.0, 20) == 0.05


def test_a_cubic_metre_costs_capital_and_running_over_the_volume():
    assert unit_cost_yuan_per_m3(1_000.0, 50.0, 100.0, recovery=0.1) == pytest.approx(1.5)
    assert unit_cost_yuan_per_m3(1_000.0, 50.0, 0.0, recovery=0.1) == math.inf


def test_what_saves_nothing_never_pays():
    assert [payback_years(900.0, saving) for saving in (300.0, 100.0, 0.0, -1.0)] == [3.0, 9.0, math.inf, math.inf]
