"""Flows, pumps and heads of small networks by hand: two plants, two users, a hill between, and next to nothing."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.assumption import resolve
from analysis.hydraulics.layout import Layout, lay_out
from analysis.hydraulics.pipe import gain_m, loss_m, pump_gain_m
from analysis.methods.reclaimed.assumptions import ASSUMPTIONS
from words.errors import AtlasError

ASSUMED = resolve(ASSUMPTIONS, {})
NODES = ("id", "kind", "elevation_m", "average_m3_per_s", "peak_m3_per_s", "service_head_m")
PIPES = ("id", "from", "to", "length_m", "dn_mm", "flow_m3", "lift_m")


def laid(nodes: list[tuple[object, ...]], pipes: list[tuple[object, ...]], **changed: float) -> Layout:
    rows = [row + (None,) * (6 - len(row)) for row in nodes]
    lines = [row + (0.0,) * (7 - len(row)) for row in pipes]
    return lay_out(
        pd.DataFrame(rows, columns=NODES), pd.DataFrame(lines, columns=PIPES), assumed={**ASSUMED, **changed}
    )


def one_user(elevation_m: float, *, lift_m: float = 0.0, service_m: float | None = None, **changed: float) -> Layout:
    """A plant at 100 m and a user drawing 10 and at peak 20 L/s through 1 m of a wide pipe: no friction to speak of."""
    nodes = [("P", "plant", 100.0), ("U", "user", elevation_m, 0.010, 0.020, service_m)]
    return laid(nodes, [("a", "P", "U", 1.0, 500.0, 1.0, lift_m)], **changed)


def test_a_pump_lifts_to_the_user_and_the_head_owed_there():
    # 110 + 12 m (or the user's own 20 m) over 100 m, and 0.0 m of friction, to the next decimetre
    assert one_user(110.0).pipes.at["a", "pump_head_m"] == pytest.approx(22.1, abs=0.11)
    assert one_user(110.0, service_m=20.0).pipes.at["a", "pump_head_m"] == pytest.approx(30.1, abs=0.11)
    assert one_user(110.0, reclaimed_service_head_m=15.0).nodes.at["U", "service_head_m"] == 15.0


def test_a_hill_between_is_passed_with_the_head_of_the_line():
    assert one_user(110.0, lift_m=60.0).pipes.at["a", "pump_head_m"] == pytest.approx(63.0, abs=0.11)  # 60 + 3
    assert one_user(110.0, lift_m=60.0, hydraulic_line_head_m=8.0).pipes.at["a", "pump_head_m"] == pytest.approx(
        68.0, abs=0.11
    )
    assert one_user(110.0, lift_m=10.0).pipes.at["a", "pump_head_m"] == pytest.approx(22.0, abs=0.11)  # the user's rule


def test_no_pump_where_water_falls_and_none_for_next_to_nothing():
    assert one_user(80.0).pipes.at["a", "pump_head_m"] == 0.0
    assert one_user(88.04, service_m=12.0).pipes.at["a", "pump_head_m"] == 0.0  # 4 cm are lacking
    assert one_user(88.09, service_m=12.0).pipes.at["a", "pump_head_m"] == pytest.approx(0.1)  # 9 cm, a decimetre up
    assert one_user(80.0).nodes.at["U", "head_peak_m"] == pytest.approx(100.0, abs=0.01)


def test_a_station_keeps_its_head_nearly_level():
    assert [pump_gain_m(40.0, share) for share in (0.0, 0.5, 1.0, 2.0)] == pytest.approx([42.0, 41.5, 40.0, 34.0])


def test_less_than_the_peak_is_lifted_a_little_higher():
    found = one_user(110.0)
    pipe = found.pipes.loc["a"]
    assert gain_m(pipe, "peak") == pytest.approx(pipe["pump_head_m"])
    assert gain_m(pipe, "average") == pytest.approx(pipe["pump_head_m"] * (1.05 - 0.05 / 4))  # half the flow
    assert found.nodes.at["U", "head_average_m"] > found.nodes.at["U", "head_peak_m"]


def test_local_losses_are_a_share_of_friction():
    """1,000 m of DN 100 at C 130 lose 10.67·1,000·Q^1.852/(130^1.852·0.1^4.87): 19.02 m at 10 L/s; a tenth more."""
    nodes = [("P", "plant", 100.0), ("U", "user", 50.0, 0.005, 0.010)]
    pipe = laid(nodes, [("a", "P", "U", 1_000.0, 100.0, 1.0)]).pipes.loc["a"]
    assert loss_m(pipe, "peak") == pytest.approx(19.02 * 1.1, rel=1e-3)
    assert loss_m(pipe, "average") == pytest.approx(19.02 * 1.1 / 2**1.852, rel=1e-3)
    free = laid(nodes, [("a", "P", "U", 1_000.0, 100.0, 1.0)], reclaimed_local_share=0.05).pipes.loc["a"]
    assert loss_m(free, "peak") == pytest.approx(19.02 * 1.05, rel=1e-3)


TWO_WAYS = [("a", "P", "M", 1.0, 500.0, 300.0), ("b", "Q", "M", 1.0, 500.0, 100.0), ("u", "M", "U", 1.0, 500.0, 400.0)]


def two_ways(high_m: float = 130.0) -> Layout:
    """A user at 90 m served three quarters by P at 100 m and one quarter by Q, which may stand higher."""
    nodes = [("P", "plant", 100.0), ("Q", "plant", high_m), ("M", "junction", 90.0),
             ("U", "user", 90.0, 0.020, 0.040)]  # fmt: skip
    return laid(nodes, TWO_WAYS)


def test_ways_share_what_is_drawn_as_the_plan_shares_the_year():
    pipes = two_ways().pipes
    assert pipes["average_m3_per_s"].to_dict() == pytest.approx({"a": 0.015, "b": 0.005, "u": 0.020})
    assert pipes["peak_m3_per_s"].to_dict() == pytest.approx({"a": 0.030, "b": 0.010, "u": 0.040})


def test_all_ways_but_the_largest_end_in_a_valve():
    assert two_ways().pipes["regulated"].to_dict() == {"a": False, "b": True, "u": False}
    assert two_ways().nodes.at["M", "head_peak_m"] == pytest.approx(102.0, abs=0.12)  # P's head, pumped 2 m to 90 + 12


def test_a_lower_way_is_pumped_above_the_head_it_meets():
    """M stands at 102 m (a little higher off peak); Q at 90 m must arrive 2 m above it, at 130 m it need not."""
    low = two_ways(90.0)
    most = max(low.nodes.at["M", "head_average_m"], low.nodes.at["M", "head_peak_m"])
    assert low.pipes.at["b", "pump_head_m"] == pytest.approx(most + 2.0 - 90.0, abs=0.01)
    assert two_ways(130.0).pipes.at["b", "pump_head_m"] == 0.0


def branches(peak_m3_per_s: float, height_m: float) -> Layout:
    """A fork at 100 m with a low user of 10 L/s and a user higher up that draws what is told."""
    nodes = [("P", "plant", 100.0), ("J", "junction", 100.0), ("L", "user", 100.0, 0.010, 0.010),
             ("H", "user", height_m, peak_m3_per_s, peak_m3_per_s)]  # fmt: skip
    pipes = [("a", "P", "J", 1.0, 500.0, 2.0), ("l", "J", "L", 1.0, 500.0, 1.0), ("h", "J", "H", 1.0, 500.0, 1.0)]
    return laid(nodes, pipes)


def test_the_fork_is_lifted_for_a_branch_of_half_the_water_or_of_little_head():
    whole, own = branches(0.010, 160.0), branches(0.009, 160.0)  # 10 of 20 L/s is half, 9 of 19 is not
    assert whole.pipes["pump_head_m"].to_dict() == pytest.approx({"a": 72.1, "l": 0, "h": 0}, abs=0.11)
    assert own.pipes.at["a", "pump_head_m"] == pytest.approx(12.1, abs=0.11)
    assert own.pipes.at["h", "pump_head_m"] == pytest.approx(60.0, abs=0.11)
    near, far = branches(0.001, 105.9), branches(0.001, 106.1)  # 14.9 and 15.1 m above the 3 m of the line
    assert near.pipes.at["h", "pump_head_m"] == pytest.approx(0.0)
    assert far.pipes.at["h", "pump_head_m"] == pytest.approx(6.1, abs=0.11)


def test_no_fork_is_lifted_beyond_one_stage():
    found = branches(0.020, 300.0)
    assert found.pipes.at["a", "pump_head_m"] == pytest.approx(150.0, abs=0.11)
    assert found.pipes.at["h", "pump_head_m"] == pytest.approx(62.0, abs=0.21)  # 300 + 12 over 250


def test_pipes_that_carry_nothing_are_told():
    nodes = [("P", "plant", 100.0), ("U", "user", 80.0, 0.01, 0.02), ("V", "user", 80.0, 0.01, 0.02)]
    found = laid(nodes, [("a", "P", "U", 1.0, 500.0, 5.0), ("v", "P", "V", 1.0, 500.0, 0.0)])
    assert found.dry == ("v",)
    assert list(found.nodes.index) == ["P", "U"]


@pytest.mark.parametrize("column", ["length_m", "dn_mm", "flow_m3"])
def test_a_pipe_lacking_a_number_is_named(column):
    pipes = pd.DataFrame([("a", "P", "U", 1.0, 500.0, 5.0, 0.0)], columns=PIPES).assign(**{column: math.nan})
    nodes = pd.DataFrame([("P", "plant", 1.0, 0, 0, 0), ("U", "user", 1.0, 0.1, 0.1, 0)], columns=NODES)
    with pytest.raises(AtlasError) as refused:
        lay_out(nodes, pipes, assumed=ASSUMED)
    assert refused.value.facts == {"id": "a", "column": column}
