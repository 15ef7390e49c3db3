"""The control rate of two constructed records, borders and ties."""

from __future__ import annotations

import pytest

from analysis.formulas.rain.control_rate import control_rate_curve, design_rain_mm
from words.errors import AtlasError


def test_the_curve_of_three_days_by_hand():
    """ΣX 20: (4 + 4·2)/20, (10 + 6·1)/20, 20/20."""
    depths, rates = control_rate_curve([10, 0, 4, 6])
    assert depths.tolist() == [4, 6, 10]
    assert rates.tolist() == pytest.approx([0.6, 0.8, 1.0])
    assert design_rain_mm([10, 4, 6], [0.7, 0.9]).tolist() == pytest.approx([5.0, 8.0])


def test_two_millimetres_do_not_run_off_and_a_little_more_does():
    assert control_rate_curve([2.0, 2.1, 8.0])[0].tolist() == [2.1, 8.0]
    with pytest.raises(AtlasError, match=r"formulas\.no_rain"):
        control_rate_curve([2.0, 1.0])


def test_equal_days_count_each():
    """5, 5 and 10: (5 + 5·2)/20 at 5 mm; counted once it would be (5 + 5)/15."""
    depths, rates = control_rate_curve([5, 10, 5])
    assert (depths.tolist(), rates.tolist()) == ([5, 10], pytest.approx([0.75, 1.0]))


def test_below_the_record_its_least_rain_and_above_its_greatest():
    assert design_rain_mm([4, 6, 10], [0.1, 0.6, 1.0]).tolist() == [4, 4, 10]
    with pytest.raises(AtlasError):
        design_rain_mm([4, 6, 10], 1.01)
