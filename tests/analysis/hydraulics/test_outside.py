"""Limits held by hand: pipes and nodes on both sides of each limit, in the case the limit speaks of."""

from __future__ import annotations

import pandas as pd

from analysis.assumption import resolve
from analysis.hydraulics.check import _nodes_outside, _pipes_outside, _slow
from analysis.methods.reclaimed.assumptions import ASSUMPTIONS

ASSUMED = resolve(ASSUMPTIONS, {})


def test_a_pipe_is_too_fast_in_either_case_and_fails_beyond_the_highest_class():
    pipes = pd.DataFrame({
        "velocity_average_m_per_s": [0.5, 2.6, 1.0], "velocity_peak_m_per_s": [0.7, 2.4, 0.5],
        "pressure_average_mpa": [1.7, 2.6, 0.1], "pressure_peak_mpa": [0.2, 0.2, 0.2],
        "pump_head_m": [150.0, 0.0, 151.0],
    }, index=["a", "b", "c"])  # fmt: skip
    found = [(one.id, one.case, one.what, one.value, one.limit) for one in _pipes_outside(pipes, ASSUMED)]
    assert sorted(found) == [
        ("b", "average", "pressure_high", 2.6, 2.5),
        ("b", "average", "velocity_high", 2.6, 2.5),
        ("c", "peak", "stages", 151.0, 150.0),
    ]


def test_slow_water_at_peak_is_advice():
    pipes = pd.DataFrame({"velocity_peak_m_per_s": [0.7, 0.6, 0.5]}, index=["a", "b", "c"])
    assert [(one.id, one.what, one.value, one.limit) for one in _slow(pipes, ASSUMED)] == [
        ("c", "velocity_low", 0.5, 0.6)
    ]
    faster = ASSUMED | {"hydraulic_least_velocity_m_per_s": 0.65}
    assert [one.id for one in _slow(pipes, faster)] == ["b", "c"]


def test_users_are_owed_their_head_and_no_more_than_is_safe():
    nodes = pd.DataFrame({
        "kind": ["user", "user", "junction", "plant"], "service_head_m": [12.0, 12.0, 0.0, 0.0],
        "pressure_average_m": [11.95, 46.0, 60.0, -5.0], "pressure_peak_m": [11.8, 45.0, -0.2, -5.0],
    }, index=["u", "v", "j", "p"])  # fmt: skip
    found = [(one.id, one.case, one.what) for one in _nodes_outside(nodes, ASSUMED)]
    assert sorted(found) == [("j", "peak", "head_low"), ("u", "peak", "head_low"), ("v", "average", "head_high")]


def test_what_stands_exactly_at_a_limit_is_within_it():
    slow, fast = ASSUMED["hydraulic_least_velocity_m_per_s"], ASSUMED["hydraulic_most_velocity_m_per_s"]
    mpa, head = 2.5, ASSUMED["hydraulic_most_user_head_m"]
    pipes = pd.DataFrame({
        "velocity_average_m_per_s": [fast], "velocity_peak_m_per_s": [slow], "pressure_average_mpa": [mpa],
        "pressure_peak_mpa": [mpa], "pump_head_m": [ASSUMED["reclaimed_stage_m"]],
    }, index=["a"])  # fmt: skip
    nodes = pd.DataFrame({
        "kind": ["user"], "service_head_m": [12.0], "pressure_average_m": [head], "pressure_peak_m": [12.0],
    }, index=["u"])  # fmt: skip
    assert list(_pipes_outside(pipes, ASSUMED)) == []
    assert list(_slow(pipes, ASSUMED)) == []
    assert list(_nodes_outside(nodes, ASSUMED)) == []
