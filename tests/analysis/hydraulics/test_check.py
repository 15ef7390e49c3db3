"""Pipes and pumps against worked examples, and a small network held to its limits."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.assumption import resolve
from analysis.formulas import hydraulics as pipe
from analysis.hydraulics.check import HydraulicCheck, check
from analysis.hydraulics.layout import Layout, lay_out
from analysis.methods.reclaimed.assumptions import ASSUMPTIONS
from words.errors import AtlasError

ASSUMED = resolve(ASSUMPTIONS, {})


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


def _layout(high_m: float = 260.0) -> Layout:
    """A user 160 m up drawing 20 L/s at peak, 5 L/s on average, and one 20 m down drawing 10 and 5."""
    nodes = pd.DataFrame({
        "id": ["P", "U", "V"], "kind": ["plant", "user", "user"], "elevation_m": [100.0, high_m, 80.0],
        "average_m3_per_s": [0, 0.005, 0.005], "peak_m3_per_s": [0, 0.020, 0.010],
    })  # fmt: skip
    pipes = pd.DataFrame({
        "id": ["u", "v"], "from": "P", "to": ["U", "V"], "length_m": [100.0, 100.0], "dn_mm": [200.0, 150.0],
        "flow_m3": 1.0,
    })  # fmt: skip
    return lay_out(nodes, pipes, assumed=ASSUMED)


@pytest.fixture(scope="module")
def checked() -> HydraulicCheck:
    return check(_layout(), assumed=ASSUMED)


def test_pressure_is_head_above_ground(checked):
    nodes = checked.nodes
    for case in ("average", "peak"):
        above = nodes[f"head_{case}_m"] - pd.Series({"P": 100.0, "U": 260.0, "V": 80.0})
        assert nodes[f"pressure_{case}_m"].to_dict() == pytest.approx(above.to_dict())
    assert nodes.at["U", "pressure_peak_m"] == pytest.approx(12.0, abs=0.2)
    assert nodes.at["V", "pressure_average_m"] == pytest.approx(20.0, abs=0.2)
    assert nodes.at["P", "head_peak_m"] == 100.0


def test_velocity_is_flow_over_the_bore_in_both_cases(checked):
    """20 and 5 L/s through DN 200 (0.031416 m²), 10 and 5 through DN 150 (0.017671 m²)."""
    pipes = checked.pipes
    assert pipes["velocity_peak_m_per_s"].to_dict() == pytest.approx({"u": 0.6366, "v": 0.5659}, rel=1e-3)
    assert pipes["velocity_average_m_per_s"].to_dict() == pytest.approx({"u": 0.1592, "v": 0.2829}, rel=1e-3)
    assert pipes["flow_peak_m3_per_s"].to_dict() == pytest.approx({"u": 0.020, "v": 0.010}, rel=1e-3)


def test_the_pipe_bears_the_pump_s_head_at_its_start(checked):
    """Behind the pump stand some 172 m, off peak a twentieth more: 1.7 and 1.8 MPa, beyond class 1.6."""
    pipes = checked.pipes
    assert pipes.at["u", "pump_head_m"] == pytest.approx(172.3, abs=0.3)
    assert pipes.at["u", "pressure_peak_mpa"] == pytest.approx(pipes.at["u", "pump_head_m"] / 101.94, rel=1e-3)
    assert pipes.at["u", "pressure_average_mpa"] == pytest.approx(
        pipes.at["u", "pump_head_m"] * (1.05 - 0.05 / 16) / 101.94, rel=2e-3
    )
    assert pipes["class_mpa"].to_dict() == {"u": 2.5, "v": 1.0}
    assert pipes.at["v", "pressure_peak_mpa"] == pytest.approx(20 / 101.94, abs=0.003)  # at its lower end


def test_a_station_takes_the_power_of_its_flow_and_head(checked):
    (station,) = checked.stations
    assert (station.pipe, station.node, station.stages) == ("u", "P", 2)
    assert station.flow_m3_per_s == pytest.approx(0.020)
    assert station.power_kw == pytest.approx(9.81 * 0.020 * station.head_m / 0.7)
    assert station.power_kw == pytest.approx(48.3, abs=0.2)  # 9.81 · 0.02 · 172.3 / 0.7


def test_what_is_outside_is_named_with_value_limit_and_unit(checked):
    told = {(one.id, one.case, one.what): (one.limit, one.unit) for one in checked.outside}
    assert told == {("u", "peak", "stages"): (150.0, "m")}
    assert [(one.id, one.what, one.limit) for one in checked.advice] == [("v", "velocity_low", 0.6)]
    assert not checked.ok
    assert checked.difference_m < 0.5


def test_other_limits_other_faults():
    looser = ASSUMED | {"reclaimed_stage_m": 180.0}
    assert check(_layout(), assumed=looser).ok
    stricter = looser | {"hydraulic_most_velocity_m_per_s": 0.6, "hydraulic_most_user_head_m": 19.0}
    told = {(one.id, one.case, one.what) for one in check(_layout(), assumed=stricter).outside}
    assert told == {  # U has 12 m at peak, and a twentieth of 172 m more on average
        ("u", "peak", "velocity_high"), ("V", "average", "head_high"), ("V", "peak", "head_high"),
        ("U", "average", "head_high"),
    }  # fmt: skip


def test_the_class_is_that_of_the_case_that_presses_more():
    """160 m of pump are 1.57 MPa at peak and a twentieth more off peak, 1.64: beyond class 1.6 all the same."""
    pipe = check(_layout(247.7), assumed=ASSUMED).pipes.loc["u"]
    assert (pipe["pressure_peak_mpa"] < 1.6, pipe["pressure_average_mpa"] > 1.6) == (True, True)
    assert pipe["class_mpa"] == 2.5
