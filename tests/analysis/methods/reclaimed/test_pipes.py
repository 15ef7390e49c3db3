"""Pipes, energy and treatment by hand: two diameters, two lives, two prices, two treatments."""

from __future__ import annotations

import pytest

from analysis.assumption import resolve
from analysis.methods.reclaimed.assumptions import ASSUMPTIONS
from analysis.methods.reclaimed.pipes import (
    capacity_m3_per_year,
    diameters,
    energy_yuan_per_m3,
    pipe_yearly_share,
    pipe_yuan_per_m,
    treatment_yuan_per_m3,
)

ASSUMED = resolve(ASSUMPTIONS, {})


def test_a_metre_costs_by_diameter_and_slope():
    assert pipe_yuan_per_m(150, slope=0.0, assumed=ASSUMED) == 750
    assert pipe_yuan_per_m(500, slope=0.15, assumed=ASSUMED) == pytest.approx(2_702.5)  # half of three tenths more
    assert pipe_yuan_per_m(500, slope=1.0, assumed={**ASSUMED, "mountain_factor": 2.0}) == pytest.approx(4_700)


def test_a_year_pays_back_the_pipe_and_keeps_it_up():
    assert pipe_yearly_share(ASSUMED) == pytest.approx(0.0726489 + 0.01)  # 6 % over 30 years
    other = {**ASSUMED, "discount_share": 0.08, "pipe_life_years": 30, "reclaimed_upkeep_share": 0.02}
    assert pipe_yearly_share(other) == pytest.approx(0.08883 + 0.02, abs=5e-6)
    assert pipe_yearly_share({**ASSUMED, "discount_share": 0.0}) == pytest.approx(1 / 30 + 0.01)


def test_a_diameter_carries_velocity_times_bore_less_its_peak_hour():
    """DN 200 at 0.9 m/s carries 0.0282743 m³/s, 891,660 m³ a year; DN 400 at 1.4 m/s 0.175929, 5,548,105."""
    assert capacity_m3_per_year(200, ASSUMED) == pytest.approx(891_660 / 1.4, rel=1e-5)
    assert capacity_m3_per_year(400, ASSUMED) == pytest.approx(5_548_105 / 1.4, rel=1e-5)
    assert capacity_m3_per_year(200, {**ASSUMED, "reclaimed_hour_factor": 1.2}) == pytest.approx(743_050, rel=1e-5)


def test_a_corridor_may_take_any_of_six_sizes():
    found = {size["dn_mm"]: size for size in diameters(200.0, slope=0.3, assumed=ASSUMED)}
    assert list(found) == [100, 150, 200, 300, 400, 500]
    assert found[100]["investment_yuan"] == pytest.approx(200 * 625 * 1.3)
    assert found[300]["investment_yuan"] == pytest.approx(200 * 1_325 * 1.3)
    assert found[100]["capital_yuan_per_year"] == pytest.approx(162_500 * 0.0826489)
    assert found[400]["capacity_m3"] == pytest.approx(5_548_105 / 1.4, rel=1e-5)


def test_energy_by_head_efficiency_and_price():
    assert energy_yuan_per_m3(100.0, ASSUMED) == pytest.approx(0.389286 * 0.65, abs=1e-6)
    other = {**ASSUMED, "pump_efficiency": 0.5, "power_yuan_per_kwh": 1.0}
    assert energy_yuan_per_m3(50.0, other) == pytest.approx(0.2725)  # 9.81·50/(3,600·0.5)
    assert energy_yuan_per_m3(0.0, ASSUMED) == 0.0


def test_treatment_costs_its_works_and_its_running():
    """1,250 yuan a m³/d of peak day: ·1.3/365·0.0871846 a m³, and 0.5; upgrading 2,500 and 0.8 on top of it."""
    assert treatment_yuan_per_m3("as_is", ASSUMED) == 0.0
    assert treatment_yuan_per_m3("polish", ASSUMED) == pytest.approx(0.388151 + 0.5, abs=1e-5)
    assert treatment_yuan_per_m3("upgrade", ASSUMED) == pytest.approx(0.888151 + 0.776301 + 0.8, abs=1e-5)
    longer = {**ASSUMED, "reclaimed_plant_life_years": 30, "reclaimed_day_factor": 1.1}
    assert treatment_yuan_per_m3("polish", longer) == pytest.approx(1_250 * 1.1 / 365 * 0.0726489 + 0.5, abs=1e-6)
