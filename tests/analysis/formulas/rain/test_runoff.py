"""Worked examples of the standards, and refusals that name argument and value."""

from __future__ import annotations

import numpy as np
import pytest
from wulong import STORM

from analysis.formulas.rain.cistern import cistern_volume_m3, collected_m3, quick_tank_m3
from analysis.formulas.rain.control_rate import control_rate_curve, design_rain_mm
from analysis.formulas.rain.runoff import (
    annual_yield_m3,
    event_volume_m3,
)
from analysis.formulas.rain.storm import storm_intensity_l_per_s_ha
from words.errors import AtlasError


def test_annual_yield_of_the_elekron_roof():
    assert annual_yield_m3(100, 600, 0.85, usable_share=1.0) == pytest.approx(51.0)
    assert annual_yield_m3(100, 610, 0.85, usable_share=1.0) == pytest.approx(51.85)


@pytest.mark.parametrize(
    ("rain", "expected"),
    [
        (600, (46, 69, 92, 115, 138, 184, 230)),
        (1000, (78, 117, 156, 195, 234, 312, 390)),
        (1200, (94, 141, 188, 235, 282, 377, 470)),
    ],
)
def test_annual_yield_of_the_enhealth_table(rain, expected):
    roofs = np.array([100, 150, 200, 250, 300, 400, 500])
    assert annual_yield_m3(roofs, rain - 24, 0.80, usable_share=1.0) == pytest.approx(expected, abs=1)


def test_annual_yield_of_the_enhealth_example():
    assert annual_yield_m3(200, 750 - 24, 0.80, usable_share=1.0) == pytest.approx(116.160)


def test_event_volume_of_the_chengdu_example():
    volume = event_volume_m3([17_000, 18_000, 15_000], [0.15, 0.90, 0.25], 0.0, 40.7)
    assert volume == pytest.approx(915.75)
    assert volume / 5 == pytest.approx(183.15)


def test_event_volume_abandons_a_runoff_depth_and_never_falls_below_zero():
    assert event_volume_m3([10_000], [0.85], 3.0, 40.0) == pytest.approx(340 - 30)
    assert event_volume_m3([10_000], [0.85], 3.0, 40.0, allowed_coefficient=0.5) == pytest.approx(140 - 30)
    assert event_volume_m3([10_000], [0.85], 3.0, 2.0) == 0.0


@pytest.mark.parametrize(
    ("period", "minutes", "expected"),
    [(1, 10, 189.5), (2, 10, 246.3), (5, 10, 321.5), (2, 60, 105.1), (10, 60, 161.4), (50, 120, 140.6)],
)
def test_storm_intensity_of_wulong(period, minutes, expected):
    assert storm_intensity_l_per_s_ha(period, minutes, **STORM) == pytest.approx(expected, abs=0.06)


def test_storm_takes_the_coefficients_of_another_place():
    fuling = storm_intensity_l_per_s_ha(1, 10, a=1975, c=0.633, b=12.647, n=0.720)
    assert fuling == pytest.approx(1975 / 22.647**0.720)


def test_control_rate_of_the_constructed_record():
    depths, rates = control_rate_curve([3, 5, 8, 12, 20, 40, 2.0, 0, 1.9])
    assert depths.tolist() == [3, 5, 8, 12, 20, 40]
    assert rates == pytest.approx([0.2045, 0.3182, 0.4545, 0.5909, 0.7727, 1.0], abs=5e-5)


def test_design_rain_is_linear_between_days_and_held_at_the_ends():
    rain = [3, 5, 8, 12, 20, 40]
    assert design_rain_mm(rain, 1.0) == 40
    assert design_rain_mm(rain, 0.0) == 3
    assert design_rain_mm(rain, (13 / 22 + 17 / 22) / 2) == pytest.approx(16)


def test_ties_count_as_days_but_stand_once_in_the_curve():
    depths, rates = control_rate_curve([5, 5, 10])
    assert depths.tolist() == [5, 10]
    assert rates == pytest.approx([15 / 20, 1.0])


def test_quick_tank_is_five_percent_of_the_lesser():
    assert quick_tank_m3(100, 1000, 0.8, 0.9, 50) == pytest.approx(0.05 * 50)
    assert quick_tank_m3(100, 1000, 0.8, 0.9, 500) == pytest.approx(0.05 * 72)


def test_cistern_serves_the_lesser_of_demand_and_yield():
    assert cistern_volume_m3(40, 60, 0.5, loss_share=0.1) == pytest.approx(0.5 * 40 / 0.9)
    assert cistern_volume_m3(80, 60, 0.5, loss_share=0.1) == pytest.approx(0.5 * 60 / 0.9)
    assert collected_m3([100, 200], [0.85, 0.5], 1000) == pytest.approx(185)


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda: annual_yield_m3(0, 1000, 0.8, usable_share=0.6), "area_m2"),
        (lambda: annual_yield_m3(10, -1, 0.8, usable_share=0.6), "rain_mm"),
        (lambda: annual_yield_m3(10, 1000, 1.2, usable_share=0.6), "runoff_coefficient"),
        (lambda: annual_yield_m3(10, float("nan"), 0.8, usable_share=0.6), "rain_mm"),
        (lambda: event_volume_m3([0, 0], 0.8, 3, 40), "areas_m2"),
        (lambda: storm_intensity_l_per_s_ha(2, 0, **STORM), "duration_min"),
        (lambda: control_rate_curve([0, 1, 2]), "rain_mm"),
        (lambda: quick_tank_m3(10, 1000, "x", 0.9, 1), "yield_coefficient"),
    ],
)
def test_refusal_names_the_argument(call, argument):
    with pytest.raises(AtlasError) as refused:
        call()
    assert refused.value.facts["argument"] == argument
