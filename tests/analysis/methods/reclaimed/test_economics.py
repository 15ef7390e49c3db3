"""The money of a plan by hand: two prices, two volumes, a plan that pays and one that does not."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from analysis.assumption import resolve
from analysis.methods.reclaimed.assumptions import ASSUMPTIONS
from analysis.methods.reclaimed.economics import (
    Economics,
    compared,
    economics,
    investment_of,
    reuse_rate,
    shared_saving,
)
from analysis.methods.reclaimed.pipes import capacity_m3_per_year, pipe_yuan_per_m, treatment_yuan_per_m3

ASSUMED = resolve(ASSUMPTIONS, {})
ARCS = pd.DataFrame({
    "id": ["a", "b"],
    "diameters": [[{"dn_mm": 100.0, "investment_yuan": 30_000.0}, {"dn_mm": 200.0, "investment_yuan": 80_000.0}],
                  [{"dn_mm": 100.0, "investment_yuan": 50_000.0}]],
})  # fmt: skip


def plan(volume_m3: float, yearly_yuan: float) -> Any:
    """A network of two pipes for 130,000 yuan, kept up for 1 % of it, that pumps for 4,000 yuan a year."""
    lines = pd.DataFrame(
        {"item": ["capital", "energy", "energy"], "id": ["a", "a", "b"], "yuan": [9_000.0, 1_500.0, 2_500.0]}
    )
    served = pd.DataFrame({"user": ["U1", "U2"], "unit_cost_yuan_per_m3": [3.0, 6.0]})
    return SimpleNamespace(
        volume_m3=volume_m3, cost_yuan=yearly_yuan, cost_lines=lines, diameters={"a": 200.0, "b": 100.0}, served=served
    )


def money(volume_m3: float = 10_000.0, yearly_yuan: float = 20_000.0, **changed: float) -> Economics:
    found: Any = SimpleNamespace(arcs=ARCS)
    return economics(plan(volume_m3, yearly_yuan), found, {**ASSUMED, **changed})


def test_the_price_is_a_share_of_tap_and_sewage_fee():
    assert money().tap_yuan_per_m3 == pytest.approx(4.2)
    assert money().price_yuan_per_m3 == pytest.approx(2.94)
    dearer = money(tap_yuan_per_m3=4.0, sewage_yuan_per_m3=2.0, reclaimed_price_share=0.5)
    assert (dearer.tap_yuan_per_m3, dearer.price_yuan_per_m3) == (6.0, 3.0)


def test_what_the_users_save_is_shared_as_the_contract_says():
    said = money()
    assert said.saving_yuan == pytest.approx(12_600)
    assert (said.contractor_yuan, said.user_yuan) == pytest.approx((8_820, 3_780))
    assert shared_saving(100.0, contractor_share=0.25) == (25.0, 75.0)


def test_the_operator_earns_the_price_and_the_subsidy_less_all_yearly_cost():
    assert money().margin_yuan == pytest.approx(29_400 - 20_000)
    helped = money(reclaimed_subsidy_yuan_per_m3=0.5)
    assert (helped.subsidy_yuan, helped.margin_yuan) == pytest.approx((5_000, 14_400))


def test_it_pays_back_out_of_income_less_running_cost():
    assert (money().investment_yuan, money().running_yuan) == (130_000, 5_300)
    assert money().payback_years == pytest.approx(130_000 / 24_100)
    assert money(reclaimed_subsidy_yuan_per_m3=0.5).payback_years == pytest.approx(130_000 / 29_100)
    assert math.isinf(money(volume_m3=1_000.0).payback_years)
    assert math.isinf(money(volume_m3=0.0).payback_years)


def test_the_subsidy_that_breaks_even_is_what_the_price_lacks_of_the_cost():
    assert money(yearly_yuan=20_000.0).break_even_subsidy_yuan_per_m3 == 0
    assert money(yearly_yuan=50_000.0).break_even_subsidy_yuan_per_m3 == pytest.approx(5.0 - 2.94)
    assert money(volume_m3=0.0).unit_cost_yuan_per_m3 is None


def test_pipes_are_paid_at_the_size_chosen():
    assert investment_of(plan(1.0, 1.0), ARCS) == 130_000


def test_a_user_is_better_off_below_the_tap_alone():
    found = compared(plan(1.0, 1.0), ASSUMED)
    assert found["difference_yuan_per_m3"].tolist() == pytest.approx([-1.2, 1.8])
    assert found["cheaper"].tolist() == [True, False]


def test_the_rate_counts_what_is_reused_over_what_is_treated():
    rate = reuse_rate(pd.DataFrame({"treated_m3": [800.0, 200.0], "reused_m3": [90.0, 10.0]}), more_m3=150.0)
    assert (rate.before_share, rate.after_share) == (0.1, 0.25)
    assert reuse_rate(pd.DataFrame({"treated_m3": [0.0], "reused_m3": [0.0]}), more_m3=1.0).after_share is None


def test_pipes_from_dn_400_flow_faster_and_steep_ground_costs_more():
    slow, fast = (capacity_m3_per_year(dn, ASSUMED) / (dn / 1000) ** 2 for dn in (300, 400))
    assert fast / slow == pytest.approx(1.4 / 0.9)
    assert [pipe_yuan_per_m(100, slope=s, assumed=ASSUMED) for s in (-0.1, 0.0, 0.15, 0.3, 0.9)] == pytest.approx(
        [625, 625, 625 * 1.15, 625 * 1.3, 625 * 1.3]
    )


def test_upgrading_polishes_as_well():
    polish, upgrade = (treatment_yuan_per_m3(step, ASSUMED) for step in ("polish", "upgrade"))
    assert upgrade - polish == pytest.approx(2500 * 1.3 / 365 * 0.0871846 + 0.8, abs=1e-4)
