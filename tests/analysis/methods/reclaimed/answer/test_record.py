"""A pipe of a plan as plain values: its flow in m³/s from its water of a year, by hand."""

from __future__ import annotations

import pytest

from analysis.methods.reclaimed.answer.record import _pipe

PIPE = {"id": "a", "from_node": "W1", "to_node": "G1", "dn": "150", "length_m": 120.0, "lift_m": -3.5}


@pytest.mark.parametrize(("m3_per_year", "flow"), [(31_536_000.0, 1.0), (315_360.0, 0.01), (0.0, 0.0)])
def test_the_flow_is_the_water_of_a_year_over_its_seconds(m3_per_year, flow):
    told = _pipe(PIPE | {"m3_per_year": m3_per_year})  # 365 · 86,400 s = 31,536,000 s
    assert told["flow_m3_per_s"] == pytest.approx(flow)
    assert (told["dn_mm"], told["length_m"], told["lift_m"]) == (150.0, 120.0, -3.5)
