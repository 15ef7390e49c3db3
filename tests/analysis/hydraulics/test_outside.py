"""Limits held by hand: pipes and nodes on both sides of each limit, in the case the limit speaks of."""

from __future__ import annotations

import pandas as pd

from analysis.assumption import resolve
from analysis.hydraulics.check import _nodes_outside, _pipes_outside
from analysis.methods.reclaimed.assumptions import ASSUMPTIONS

ASSUMED = resolve(ASSUMPTIONS, {})


def test_a_pipe_is_too_slow_at_peak_alone_and_too_fast_in_either_case():
    pipes = pd.DataFrame({
        "velocity_average_m_per_s": [0.5, 2.6, 1.0], "velocity_peak_m_per_s": [0.7, 2.4, 0.5],
        "pressure_average_mpa": [1.6, 1.7, 0.1], "pressure_peak_mpa": [0.2, 0.2, 0.2],
        "pump_head_m": [150.0, 0.0, 151.0],
    }, index=["a", "b", "c"])  # fmt: skip
    found = [(one.id, one.case, one.what, one.value) for one in _pipes_outside(pipes, ASSUMED)]
    assert sorted(found) == [
        ("b", "average", "pressure_high", 1.7),
        ("b", "average", "velocity_high", 2.6),
        ("c", "peak", "stages", 151.0),
        ("c", "peak", "velocity_low", 0.5),
    ]


def test_users_are_owed_their_head_and_no_more_than_is_safe():
    nodes = pd.DataFrame({
        "kind": ["user", "user", "junction", "plant"], "service_head_m": [12.0, 12.0, 0.0, 0.0],
        "pressure_average_m": [11.95, 46.0, 60.0, -5.0], "pressure_peak_m": [11.8, 45.0, -0.2, -5.0],
    }, index=["u", "v", "j", "p"])  # fmt: skip
    found = [(one.id, one.case, one.what) for one in _nodes_outside(nodes, ASSUMED)]
    assert sorted(found) == [("j", "peak", "head_low"), ("u", "peak", "head_low"), ("v", "average", "head_high")]


def test_what_stands_exactly_at_a_limit_is_within_it():
    slow, fast = ASSUMED["hydraulic_least_velocity_m_per_s"], ASSUMED["hydraulic_most_velocity_m_per_s"]
    mpa, head = ASSUMED["hydraulic_most_pipe_mpa"], ASSUMED["hydraulic_most_user_head_m"]
    pipes = pd.DataFrame({
        "velocity_average_m_per_s": [fast], "velocity_peak_m_per_s": [slow], "pressure_average_mpa": [mpa],
        "pressure_peak_mpa": [mpa], "pump_head_m": [ASSUMED["reclaimed_stage_m"]],
    }, index=["a"])  # fmt: skip
    nodes = pd.DataFrame({
        "kind": ["user"], "service_head_m": [12.0], "pressure_average_m": [head], "pressure_peak_m": [12.0],
    }, index=["u"])  # fmt: skip
    assert list(_pipes_outside(pipes, ASSUMED)) == []
    assert list(_nodes_outside(nodes, ASSUMED)) == []
