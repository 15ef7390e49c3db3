"""The tank against a hand-made record, against itself in NumPy, and against the laws every tank obeys."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.formulas.rain.tank import simulate_tank
from words.errors import AtlasError

RAIN = [0, 12, 0, 0, 30, 5, 0, 0, 0, 0, 8, 0]
TANK = {"area_m2": 100, "runoff_coefficient": 0.9, "first_flush_mm": 2, "capacity_m3": 2, "demand_m3": 0.5}


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize(
    ("rule", "flush", "inflow", "taken", "overflow", "end", "volumetric", "by_time"),
    [
        ("yas", "per_spell", 4.35, 3.38, 0.95, 0.02, 0.5633, 0.5),
        ("ybs", "per_spell", 4.35, 4.35, 0.0, 0.0, 0.7250, 7 / 12),
        ("yas", "per_day", 4.15, 3.38, 0.75, 0.02, 0.5633, 0.5),
        ("ybs", "per_day", 4.15, 4.15, 0.0, 0.0, 0.6917, 7 / 12),
    ],
)
def test_constructed_record(compiled, rule, flush, inflow, taken, overflow, end, volumetric, by_time):
    done = simulate_tank(RAIN, **TANK, rule=rule, first_flush_rule=flush, compiled=compiled)
    assert done.inflow_m3 == pytest.approx([inflow], abs=1e-9)
    assert done.yield_m3 == pytest.approx([taken], abs=1e-9)
    assert done.overflow_m3 == pytest.approx([overflow], abs=1e-9)
    assert done.end_m3 == pytest.approx([end], abs=1e-9)
    assert done.volumetric_reliability == pytest.approx([volumetric], abs=5e-5)
    assert done.time_reliability == pytest.approx([by_time])


rain_records = st.lists(st.one_of(st.just(0.0), st.floats(0.1, 120)), min_size=3, max_size=60)
tanks = st.fixed_dictionaries(
    {
        "area_m2": st.floats(1, 5000),
        "runoff_coefficient": st.floats(0, 1),
        "first_flush_mm": st.floats(0, 5),
        "capacity_m3": st.floats(0, 200),
        "demand_m3": st.floats(0, 20),
        "rule": st.sampled_from(["yas", "ybs"]),
        "first_flush_rule": st.sampled_from(["per_spell", "per_day"]),
    }
)


@settings(deadline=None, max_examples=60)
@given(rain_records, tanks)
def test_water_is_neither_made_nor_lost(rain, tank):
    done = simulate_tank(rain, **tank)
    out = done.yield_m3 + done.overflow_m3 + done.end_m3
    assert out == pytest.approx(done.inflow_m3, rel=1e-9, abs=1e-9)
    assert (done.end_m3 <= tank["capacity_m3"] + 1e-9).all()
    assert (done.overflow_m3 >= -1e-9).all()


@settings(deadline=None, max_examples=60)
@given(rain_records, tanks)
def test_compiled_and_plain_steps_agree(rain, tank):
    fast, plain = (simulate_tank(rain, **tank, compiled=compiled) for compiled in (True, False))
    for name in ("yield_m3", "overflow_m3", "inflow_m3", "end_m3", "longest_shortage_days"):
        assert getattr(fast, name) == pytest.approx(getattr(plain, name), rel=1e-12, abs=1e-12)
    assert fast.time_reliability == pytest.approx(plain.time_reliability, nan_ok=True)


@settings(deadline=None, max_examples=40)
@given(rain_records, tanks, st.floats(0, 100), st.floats(0, 1000))
def test_larger_tank_or_roof_never_serves_less(rain, tank, more_m3, more_m2):
    tank = {**tank, "demand_m3": max(tank["demand_m3"], 0.01)}
    plain = simulate_tank(rain, **tank).yield_m3
    larger = {**tank, "capacity_m3": tank["capacity_m3"] + more_m3}
    wider = {**tank, "area_m2": tank["area_m2"] + more_m2}
    assert simulate_tank(rain, **larger).yield_m3 >= plain - 1e-9
    assert simulate_tank(rain, **wider).yield_m3 >= plain - 1e-9


@settings(deadline=None, max_examples=40)
@given(rain_records, tanks)
def test_yield_before_spillage_never_serves_less(rain, tank):
    cautious = simulate_tank(rain, **{**tank, "rule": "yas"}).yield_m3
    assert simulate_tank(rain, **{**tank, "rule": "ybs"}).yield_m3 >= cautious - 1e-9


def test_sites_and_days_broadcast():
    rng = np.random.default_rng(7)
    rain = np.where(rng.random(400) < 0.4, rng.gamma(0.7, 11, 400), 0)
    area, capacity, demand = rng.uniform(50, 900, 130), rng.uniform(1, 60, 130), rng.uniform(0, 3, (400, 130))
    together = simulate_tank(rain, **{**TANK, "area_m2": area, "capacity_m3": capacity, "demand_m3": demand})
    for site in (0, 63, 64, 129):
        one = {**TANK, "area_m2": area[site], "capacity_m3": capacity[site], "demand_m3": demand[:, site]}
        alone = simulate_tank(rain, **one)
        assert alone.yield_m3[0] == pytest.approx(together.yield_m3[site], rel=1e-12)
        assert alone.longest_shortage_days[0] == together.longest_shortage_days[site]
    by_day = simulate_tank(rain, **{**TANK, "area_m2": area, "demand_m3": demand[:, :1]})
    assert by_day.yield_m3.shape == (130,)


def test_many_sites_run_on_both_cores_alike():
    rng = np.random.default_rng(8)
    rain = np.where(rng.random(50) < 0.4, rng.gamma(0.7, 11, 50), 0)
    area = rng.uniform(50, 900, 5000)
    together = simulate_tank(rain, **{**TANK, "area_m2": area}).yield_m3
    assert together == pytest.approx(
        simulate_tank(rain, **{**TANK, "area_m2": area}, compiled=False).yield_m3, rel=1e-12
    )


def test_shortage_counts_only_days_with_demand():
    demand = np.array([1.0, 1.0, 0.0, 1.0, 0.0, 0.0])
    done = simulate_tank(np.zeros(6), **{**TANK, "demand_m3": demand})
    assert done.longest_shortage_days.tolist() == [3]
    assert done.time_reliability.tolist() == [0.0]


def test_no_demand_has_no_reliability():
    done = simulate_tank(RAIN, **{**TANK, "demand_m3": 0.0})
    assert np.isnan(done.volumetric_reliability).all()
    assert np.isnan(done.time_reliability).all()
    assert done.yield_m3.tolist() == [0.0]


@pytest.mark.parametrize(
    ("changed", "argument"),
    [
        ({"rain_mm": [1, -1]}, "rain_mm"),
        ({"rain_mm": [1, float("nan")]}, "rain_mm"),
        ({"rain_mm": [[1.0]]}, "rain_mm"),
        ({"capacity_m3": -0.1}, "capacity_m3"),
        ({"area_m2": 0}, "area_m2"),
        ({"runoff_coefficient": 1.1}, "runoff_coefficient"),
        ({"demand_m3": [0.5, float("nan"), 0.5]}, "demand_m3"),
        ({"demand_m3": np.ones((5, 1))}, "demand_m3"),
        ({"area_m2": [1, 2, 3], "demand_m3": [1, 2]}, "demand_m3"),
        ({"initial_m3": 3.0}, "initial_m3"),
        ({"rule": "sometimes"}, "rule"),
        ({"first_flush_rule": "never"}, "first_flush_rule"),
    ],
)
def test_bad_input_is_refused_by_name(changed, argument):
    given_values = {"rain_mm": RAIN, **TANK, **changed}
    with pytest.raises(AtlasError) as refused:
        simulate_tank(given_values.pop("rain_mm"), **given_values)
    assert refused.value.facts["argument"] == argument
