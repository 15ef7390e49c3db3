"""What a tank costs and when it pays, by hand: two prices, two kinds of tank, the borders of sizes one can order."""

from __future__ import annotations

import pytest

from analysis.assumption import resolve
from analysis.methods.rainwater.assumptions import ASSUMPTIONS
from analysis.methods.rainwater.demand import Uses
from analysis.methods.rainwater.potential import ends
from analysis.methods.rainwater.projects import RainProject, capital_yuan, price, rounded_up_m3, saved_yuan_per_m3

ASSUMED = resolve(ASSUMPTIONS, {})


def tank(kind: str = "roof", **more: float) -> RainProject:
    return RainProject(
        id="P", name="P", township="A", kind=kind, status="built", roof_m2=1_000.0, paved_m2=0.0, permeable_m2=0.0,
        green_m2=0.0, tank_m3=10.0, uses=Uses(), **more,
    )  # fmt: skip


def test_a_cubic_metre_saves_tap_price_and_sewage_fee():
    assert saved_yuan_per_m3(ASSUMED) == pytest.approx(4.2)
    assert saved_yuan_per_m3({**ASSUMED, "tap_yuan_per_m3": 5.0, "sewage_yuan_per_m3": 2.0}) == 7.0


def test_tanks_and_cisterns_have_their_own_prices_and_an_own_investment_counts_first():
    assert (capital_yuan(tank(), ASSUMED), capital_yuan(tank("cistern"), ASSUMED)) == (16_000, 5_500)
    assert capital_yuan(tank(investment_yuan=9_000.0), ASSUMED) == 9_000


def test_a_tank_pays_out_of_what_it_saves_less_what_it_costs_to_run():
    cost, payback = price(tank(), 1_000.0, ASSUMED)
    running = 16_000 * 0.02 + 1_000 * 0.4
    assert cost == pytest.approx((16_000 * 0.0871846 + running) / 1_000, abs=1e-4)
    assert payback == pytest.approx(16_000 / (4_200 - running))
    assert price(tank(), 50.0, ASSUMED)[1] is None
    assert price(tank(), 0.0, ASSUMED) == (None, None)


def test_sizes_are_rounded_up_on_both_sides_of_every_step():
    asked = (9.4, 9.9, 10.0, 10.2, 49.5, 50.0, 51.0, 196.0, 200.0, 201.0)
    assert [rounded_up_m3(size) for size in asked] == [9.5, 10, 10, 11, 50, 50, 55, 200, 200, 210]


def test_more_rain_is_kept_with_less_flush_and_more_runoff():
    low, high = ends(ASSUMED, "low"), ends(ASSUMED, "high")
    assert (low["psi_roof"], high["psi_roof"]) == (0.80, 0.90)
    assert (low["flush_roof_mm"], high["flush_roof_mm"]) == (3.0, 2.0)
    assert ends(ASSUMED, "central") == ASSUMED
