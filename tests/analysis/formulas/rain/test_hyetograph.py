"""A storm minute by minute by hand, and what a tank takes off two storms."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.formulas.rain.hyetograph import chicago_depths_mm, storm_flow_l_per_s, tank_relief
from analysis.formulas.rain.storm import storm_intensity_l_per_s_ha

ROOT = {"a": 1_000.0, "c": 1.0, "b": 0.0, "n": 0.5}  # q = 1,000(1 + lg P)/√t: 6·√t mm in t minutes every year


def test_the_blocks_stand_about_their_peak():
    """6, 8.485, 10.392 and 12 mm in 1 to 4 minutes; the largest minute at 40 %, what follows mostly behind it."""
    assert chicago_depths_mm(1, 4, storm=ROOT).tolist() == pytest.approx([1.608, 6.0, 2.485, 1.907], abs=1e-3)


def test_once_in_ten_years_it_rains_twice_as_much():
    assert chicago_depths_mm(10, 4, storm=ROOT).sum() == pytest.approx(24.0)
    assert chicago_depths_mm(1, 4, storm=ROOT).sum() == pytest.approx(12.0)


def test_intensity_by_its_formula_never_below_nothing():
    assert storm_intensity_l_per_s_ha(1, [1, 4], **ROOT).tolist() == pytest.approx([1_000.0, 500.0])
    assert storm_intensity_l_per_s_ha(100, 25, **ROOT) == pytest.approx(600.0)  # 1,000·3/5
    assert storm_intensity_l_per_s_ha(0.1, 4, a=1_000, c=2.0, b=0, n=0.5) == 0.0  # 1 + 2·(−1) is none


def test_flow_follows_area_coefficient_and_rain():
    """6 mm a minute on 1,000 m² at 0.5 are 3 m³, 50 L/s."""
    rain = np.array([6.0, 12.0, 6.0])
    assert storm_flow_l_per_s(rain, area_m2=1_000, coefficient=0.5).tolist() == pytest.approx([50, 100, 50])
    assert storm_flow_l_per_s(rain, area_m2=2_000, coefficient=0.9).tolist() == pytest.approx([180, 360, 180])


def test_a_tank_takes_the_first_water_until_it_is_full():
    found = tank_relief(np.array([6.0, 12.0, 6.0]), area_m2=1_000, coefficient=0.5, free_m3=4.0)
    assert (found.peak_l_per_s, found.volume_m3) == pytest.approx((100.0, 12.0))
    assert found.relieved_peak_l_per_s == pytest.approx(83.333, abs=1e-3)  # 1 m³ of the second minute's 6 is kept
    assert found.relieved_volume_m3 == pytest.approx(8.0)
    larger = tank_relief(np.array([6.0, 12.0, 6.0]), area_m2=1_000, coefficient=0.5, free_m3=10.0)
    assert (larger.relieved_peak_l_per_s, larger.relieved_volume_m3) == pytest.approx((33.333, 2.0), abs=1e-3)
