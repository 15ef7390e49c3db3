"""Pipes and pumps against worked examples."""

from __future__ import annotations

import math

import pytest

from analysis.formulas import hydraulics as pipe
from words.errors import AtlasError


def test_hazen_williams_gives_the_textbook_loss():
    assert pipe.head_loss_m(0.0438, 0.3048, 1000, 100) == pytest.approx(2.0942, abs=0.0005)
    assert pipe.head_loss_m(0.25, 0.4, 800, 120) == pytest.approx(8.01, abs=0.01)
    assert pipe.head_loss_m(0, 0.3, 1000, 100) == 0


def test_energy_of_a_hundred_metres():
    assert pipe.pump_energy_kwh_per_m3(100, 0.70) == pytest.approx(0.3893, abs=5e-5)
    assert pipe.pump_energy_kwh_per_m3(0, 0.70) == 0


def test_capacity_is_velocity_times_the_bore():
    assert pipe.capacity_m3_per_s(0.3, 0.9) == pytest.approx(0.9 * math.pi * 0.09 / 4)
    assert pipe.capacity_m3_per_s(1.0, 1.0) == pytest.approx(math.pi / 4)


def test_pressure_class_and_stages():
    assert pipe.pressure_class_mpa(100) == 1.0
    assert pipe.pressure_class_mpa(110) == 1.6
    assert pipe.pressure_class_mpa(300) is None
    assert [pipe.pumping_stages(head) for head in (0, 150, 151, 300.0)] == [0, 1, 2, 2]


@pytest.mark.parametrize("call", [(-1, 0.3, 100, 100), (1, 0, 100, 100), (1, 0.3, -5, 100), (1, 0.3, 100, math.nan)])
def test_impossible_pipes_are_refused(call):
    with pytest.raises(AtlasError):
        pipe.head_loss_m(*call)
