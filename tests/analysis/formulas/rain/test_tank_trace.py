"""The constructed record day by day, by both rules: what stands in the tank, what it gives and what runs over."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.formulas.rain.tank import simulate_tank
from analysis.formulas.rain.tank_trace import Trace, trace_tank

RAIN = np.array([0, 12, 0, 0, 30, 5, 0, 0, 0, 0, 8, 0.0])
TANK = {"area_m2": 100.0, "runoff_coefficient": 0.9, "first_flush_mm": 2.0, "capacity_m3": 2.0}


def trace(**more: object) -> Trace:
    return trace_tank(RAIN, **{**TANK, "demand_m3": np.array(0.5), **more})


def test_yield_after_spillage_day_by_day():
    """Runoff 10.8, 27, 4.5 and 7.2 mm less 2 mm once a spell; the fifth and sixth day run over."""
    found = trace()
    assert found.inflow_m3.tolist() == pytest.approx([0, 0.88, 0, 0, 2.5, 0.45, 0, 0, 0, 0, 0.52, 0])
    assert found.yield_m3.tolist() == pytest.approx([0, 0, 0.5, 0.38, 0, 0.5, 0.5, 0.5, 0.5, 0, 0, 0.5])
    assert found.stored_m3.tolist() == pytest.approx([0, 0.88, 0.38, 0, 2, 1.5, 1, 0.5, 0, 0, 0.52, 0.02], abs=1e-12)
    assert found.overflow_m3.tolist() == pytest.approx([0, 0, 0, 0, 0.5, 0.45, 0, 0, 0, 0, 0, 0], abs=1e-12)
    assert np.flatnonzero(found.short).tolist() == [0, 1, 3, 4, 9, 10]


def test_yield_before_spillage_day_by_day_with_a_flush_every_day():
    found = trace(rule="ybs", first_flush_rule="per_day")
    assert found.inflow_m3.tolist() == pytest.approx([0, 0.88, 0, 0, 2.5, 0.25, 0, 0, 0, 0, 0.52, 0])
    assert found.yield_m3.tolist() == pytest.approx([0, 0.5, 0.38, 0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25, 0.5, 0.02])
    assert found.stored_m3.tolist() == pytest.approx([0, 0.38, 0, 0, 2, 1.75, 1.25, 0.75, 0.25, 0, 0.02, 0], abs=1e-12)
    assert found.overflow_m3.sum() == pytest.approx(0, abs=1e-12)
    assert np.flatnonzero(found.short).tolist() == [0, 2, 3, 9, 11]


def test_a_spell_carries_what_is_left_of_its_flush_on():
    """2 mm to lose: 0.9 on the first day, 0.9 on the second, 0.2 on the third; a dry day begins anew."""
    rain = np.array([1, 1, 1, 0, 1, 0.0])
    found = trace_tank(rain, **TANK, demand_m3=np.array(0.0))
    assert found.inflow_m3.tolist() == pytest.approx([0, 0, 0.07, 0, 0, 0])
    assert trace_tank(rain, **TANK, demand_m3=np.array(0.0), first_flush_rule="per_day").inflow_m3.sum() == 0


def test_water_standing_in_the_tank_at_first_is_given():
    found = trace(initial_m3=2.0)
    assert found.yield_m3[:4].tolist() == pytest.approx([0.5, 0.5, 0.5, 0.5])
    assert found.stored_m3[1] == pytest.approx(1.5)  # 1.5 + 0.88 held to 2.0 − 0.5
    assert found.overflow_m3[1] == pytest.approx(0.38)


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize(("initial", "longest", "taken"), [(0.0, 2, 3.38), (2.0, 3, 4.95)])
def test_the_totals_are_those_of_the_days(compiled, initial, longest, taken):
    """From a full tank all days but the ninth (0.45), tenth and eleventh (0) get their half m³: 9 · 0.5 + 0.45."""
    done = simulate_tank(RAIN, **TANK, demand_m3=0.5, initial_m3=initial, compiled=compiled)
    assert done.yield_m3[0] == pytest.approx(taken)
    assert done.end_m3[0] == pytest.approx(0.02)
    assert done.longest_shortage_days[0] == longest
