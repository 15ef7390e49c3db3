"""The money of a plan by hand: two prices, two volumes, a plan that pays and one that does not."""

from __future__ import annotations

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
    reuse_rate,
    shared_saving,
)
from analysis.methods.reclaimed.pipes import capacity_m3_per_year, class_factor, pipe_yuan_per_m, treatment_yuan_per_m3

ASSUMED = resolve(ASSUMPTIONS, {})
ARCS = pd.DataFrame({"id": ["t", "a", "b"], "step": ["polish", None, None]})


def plan(volume_m3: float) -> Any:
    """A plant that polishes all it gives and two pipes that pump for 4,000 yuan a year."""
    lines = pd.DataFrame({
        "item": ["capital", "energy", "energy", "energy"], "id": ["a", "t", "a", "b"],
        "yuan": [9_000.0, volume_m3 * 0.9, 1_500.0, 2_500.0],
    })  # fmt: skip
    served = pd.DataFrame({"user": ["U1", "U2"], "unit_cost_yuan_per_m3": [3.0, 6.0]})
    flows = pd.DataFrame({"id": ["t", "a", "b"], "flow_m3": [volume_m3, volume_m3, volume_m3 / 2]})
    return SimpleNamespace(volume_m3=volume_m3, cost_lines=lines, flows=flows, served=served)


def laid(*, checked: bool = True) -> Any:
    """Two pipes for 130,000 yuan; where checked two stations of 1 + 2 stages with 10 kW, and one valve."""
    pipes = pd.DataFrame({"dn": ["200", "100"], "length_m": [100.0, 50.0], "capital_yuan": [80_000.0, 50_000.0]})
    if not checked:
        return SimpleNamespace(pipes=pipes, check=None)
    equipment = {"station": 3.0, "station_power": 10.0, "control_valve": 1.0}
    return SimpleNamespace(pipes=pipes.assign(class_mpa=[1.0, 1.6]), check=SimpleNamespace(equipment=equipment))


def money(
    volume_m3: float = 36_500.0, *, built: Any = None, delivered_m3: float | None = None, **changed: float
) -> Economics:
    """36,500 m³ a year are 130 m³ on the peak day: 162,500 yuan of works."""
    found: Any = SimpleNamespace(arcs=ARCS)
    assumed, delivered = {**ASSUMED, **changed}, volume_m3 if delivered_m3 is None else delivered_m3
    return economics(plan(volume_m3), found, built or laid(), assumed, delivered_m3=delivered)


def test_the_price_is_a_share_of_tap_and_sewage_fee():
    assert money().tap_yuan_per_m3 == pytest.approx(4.2)
    assert money().price_yuan_per_m3 == pytest.approx(2.94)
    dearer = money(tap_yuan_per_m3=4.0, sewage_yuan_per_m3=2.0, reclaimed_price_share=0.5)
    assert (dearer.tap_yuan_per_m3, dearer.price_yuan_per_m3) == (6.0, 3.0)


def test_what_the_users_save_is_shared_as_the_contract_says():
    said = money()
    assert said.saving_yuan == pytest.approx(45_990)
    assert (said.contractor_yuan, said.user_yuan) == pytest.approx((32_193, 13_797))
    assert shared_saving(100.0, contractor_share=0.25) == (25.0, 75.0)


def test_the_investment_is_told_line_by_line_at_prices_that_may_be_changed():
    """130,000 of pipes, 130 m³/d · 1,250, three stages · 200,000, 10 kW · 4,000, a valve for 30,000 yuan."""
    amounts = [130_000, 162_500, 600_000, 40_000, 30_000]
    lines = money().investment_lines
    assert [line.item for line in lines] == ["pipe", "pipe", "polish", "station", "station_power", "control_valve"]
    assert [line.yuan for line in lines] == pytest.approx([50_000, 80_000, *amounts[1:]])
    assert [(line.dn_mm, line.class_mpa, line.quantity, line.unit_yuan) for line in lines[:2]] == [
        (100.0, 1.6, 50.0, 1_000.0), (200.0, 1.0, 100.0, 800.0),
    ]  # fmt: skip
    assert money().investment_yuan == pytest.approx(sum(amounts))
    other = money(reclaimed_polish_yuan_per_m3_day=1_000.0, reclaimed_station_yuan=100_000.0,
                  reclaimed_station_yuan_per_kw=5_000.0, reclaimed_control_valve_yuan=20_000.0)  # fmt: skip
    assert other.investment_yuan == pytest.approx(130_000 + 130_000 + 300_000 + 50_000 + 20_000)


def test_running_cost_is_power_treatment_and_upkeep_without_capital():
    """4,000 of power, 36,500 · 0.5 of polishing, 1 % of 130,000 of pipes; then 73,000 · 0.8 and 2 %."""
    assert money().running_yuan == pytest.approx(4_000 + 18_250 + 1_300)
    other = money(73_000.0, reclaimed_polish_yuan_per_m3=0.8, reclaimed_upkeep_share=0.02)
    assert other.running_yuan == pytest.approx(4_000 + 58_400 + 2_600)


def test_yearly_cost_is_running_cost_and_the_recovery_of_every_line():
    """Pipes over 30 years (0.0726489), all else over 20 (0.0871846)."""
    assert money().yearly_yuan == pytest.approx(23_550 + 130_000 * 0.0726489 + 832_500 * 0.0871846, rel=1e-6)
    assert money().unit_cost_yuan_per_m3 == pytest.approx(money().yearly_yuan / 36_500)
    assert money().margin_yuan == pytest.approx(107_310 - money().yearly_yuan)


def test_income_is_what_is_sold_and_the_subsidy():
    assert (money().income_yuan, money().subsidy_yuan) == pytest.approx((107_310, 0))
    helped = money(reclaimed_subsidy_yuan_per_m3=0.5)
    assert (helped.income_yuan, helped.subsidy_yuan) == pytest.approx((125_560, 18_250))


def test_only_what_is_delivered_is_sold_and_spares_the_river():
    part = money(delivered_m3=30_000.0)
    assert (part.income_yuan, part.discharge_avoided_m3) == pytest.approx((88_200, 30_000))
    assert part.running_yuan == money().running_yuan
    assert part.unit_cost_yuan_per_m3 == pytest.approx(money().yearly_yuan / 30_000)


def test_it_pays_back_out_of_income_less_running_cost():
    assert money().payback_years == pytest.approx(962_500 / (107_310 - 23_550))
    assert money(reclaimed_subsidy_yuan_per_m3=0.5).payback_years == pytest.approx(962_500 / (125_560 - 23_550))
    poor = money(reclaimed_price_share=0.2, reclaimed_polish_yuan_per_m3=0.8)
    assert poor.income_yuan - poor.running_yuan == pytest.approx(30_660 - 34_500)
    assert (poor.payback_years, poor.irr) == (None, None)
    assert poor.npv_yuan == pytest.approx(-962_500 - 3_840 * 7.3600871, rel=1e-6)
    assert money(volume_m3=0.0).payback_years is None


def test_present_value_and_internal_rate_run_over_the_contract():
    """10 years at 6 %: 7.3600871; 20 years at 8 %: 9.8181474."""
    assert money().npv_yuan == pytest.approx(83_760 * 7.3600871 - 962_500, rel=1e-6)
    longer = money(reclaimed_contract_years=20.0, discount_share=0.08)
    assert longer.npv_yuan == pytest.approx(83_760 * 9.8181474 - 962_500, rel=1e-6)
    assert money().irr == pytest.approx(-0.0244, abs=5e-4)  # it does not come back in ten years
    assert longer.irr == pytest.approx(0.0601, abs=5e-4)


def test_without_a_check_the_investment_is_known_in_part_and_pays_back_nothing():
    said = money(built=laid(checked=False))
    assert [line.yuan for line in said.investment_lines[-3:]] == [None, None, None]
    assert (said.known, money().known) == (False, True)
    assert said.investment_yuan == pytest.approx(130_000 + 162_500)
    assert (said.payback_years, said.npv_yuan, said.irr) == (None, None, None)


def test_the_subsidy_that_breaks_even_is_what_the_price_lacks_of_the_cost():
    dear = money(reclaimed_price_share=0.5)
    assert dear.break_even_subsidy_yuan_per_m3 == pytest.approx(dear.yearly_yuan / 36_500 - 2.1)
    assert money(365_000.0).break_even_subsidy_yuan_per_m3 == 0
    assert money(volume_m3=0.0).unit_cost_yuan_per_m3 is None


def test_a_dearer_class_is_paid_by_its_factor():
    assert [class_factor(mpa, ASSUMED) for mpa in (1.0, 1.6, 2.5, None)] == [1.0, 1.08, 1.2, 1.2]
    assert class_factor(1.6, {**ASSUMED, "reclaimed_class_1_6_factor": 1.3}) == 1.3


def test_a_user_is_better_off_below_the_tap_alone():
    found = compared(plan(1.0), ASSUMED)
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
