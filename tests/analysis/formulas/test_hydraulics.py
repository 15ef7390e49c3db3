"""Pipes by hand, on both sides of every border."""

from __future__ import annotations

import pytest

from analysis.formulas.hydraulics import (
    M_PER_MPA,
    capacity_m3_per_s,
    head_loss_m,
    pressure_class_mpa,
    pump_energy_kwh_per_m3,
    pumping_stages,
)


def test_a_pressure_class_stands_its_own_pressure_and_no_more():
    heads = [mpa * M_PER_MPA for mpa in (0.2, 1.0, 1.001, 1.6, 2.5, 2.51)]
    assert [pressure_class_mpa(head) for head in heads] == [1.0, 1.0, 1.6, 1.6, 2.5, None]


def test_a_stage_lifts_its_own_height_and_no_more():
    assert [pumping_stages(head) for head in (0.0, 1.0, 150.0, 150.1, 300.0)] == [0, 1, 1, 2, 2]
    assert pumping_stages(150.1, stage_m=200.0) == 1


def test_friction_flow_and_energy_by_hand():
    assert head_loss_m(0.01, 0.1, 1_000.0, 130.0) == pytest.approx(
        10.67 * 1_000 * 0.01**1.852 / (130**1.852 * 0.1**4.87)
    )
    assert head_loss_m(0.02, 0.1, 500.0, 130.0) / head_loss_m(0.01, 0.1, 1_000.0, 130.0) == pytest.approx(2**0.852)
    assert capacity_m3_per_s(0.2, 0.9) == pytest.approx(0.028274, abs=1e-6)
    assert pump_energy_kwh_per_m3(100.0, 0.7) == pytest.approx(0.389286, abs=1e-6)
