"""Reducing valves by hand: where one stands, what it lets through, where none would help; EPANET agrees."""

from __future__ import annotations

import math
from itertools import pairwise

import pandas as pd
import pytest

from analysis.assumption import resolve
from analysis.hydraulics.check import HydraulicCheck, check
from analysis.hydraulics.epanet import inp_text
from analysis.hydraulics.layout import lay_out
from analysis.methods.reclaimed.assumptions import ASSUMPTIONS

ASSUMED = resolve(ASSUMPTIONS, {})
NODES = ("id", "kind", "elevation_m", "average_m3_per_s", "peak_m3_per_s")
PIPES = ("id", "from", "to", "length_m", "dn_mm", "flow_m3", "lift_m", "low_m", "low_share")


def checked(nodes: list[tuple], pipes: list[tuple], **changed: float) -> HydraulicCheck:
    """A network of wide, short pipes: no friction to speak of."""
    rows = [row + (0.0,) * (5 - len(row)) for row in nodes]
    lines = [(*row[:3], 1.0, 500.0, *row[3:], *(0.0, math.inf, 0.0)[len(row) - 4 :]) for row in pipes]
    assumed = {**ASSUMED, **changed}
    return check(lay_out(pd.DataFrame(rows, columns=NODES), pd.DataFrame(lines, columns=PIPES), assumed=assumed),
                 assumed=assumed)  # fmt: skip


def low_user(height_m: float, **changed: float) -> HydraulicCheck:
    """A plant at 300 m, a fork at 299, a user far below on a pipe that starts a little above it."""
    nodes = [("P", "plant", 300.0), ("J", "junction", height_m + 20), ("U", "user", height_m, 0.010, 0.020)]
    return checked(nodes, [("a", "P", "J", 1.0), ("u", "J", "U", 1.0)], **changed)


def test_a_user_below_gets_a_valve_that_leaves_what_the_line_needs():
    """80 m of head at the fork, 100 at the user; 3 m behind the valve are 23 m at the user, 20 m below it."""
    assert low_user(260.0).valves == ()  # 40 m are allowed
    deep = low_user(200.0)
    (valve,) = deep.valves
    assert (valve.pipe, valve.node) == ("u", "J")
    assert (valve.before_m, valve.behind_m) == pytest.approx((80.0, 3.0), abs=0.15)
    assert deep.nodes.at["U", "pressure_peak_m"] == pytest.approx(23.0, abs=0.15)
    assert deep.nodes.at["U", "pressure_average_m"] == pytest.approx(23.0, abs=0.15)
    assert deep.ok


def test_the_limit_decides_whether_a_valve_is_set():
    assert [len(low_user(255.0, hydraulic_most_user_head_m=most).valves) for most in (40.0, 50.0)] == [1, 0]


def test_head_that_is_needed_further_on_is_kept_and_the_fault_is_named():
    """The user at 200 m hands water on to one at 285: 297 m are needed there, so 97 m stay at the first."""
    nodes = [("P", "plant", 300.0), ("U", "user", 200.0, 0.01, 0.02), ("V", "user", 285.0, 0.01, 0.02)]
    found = checked(nodes, [("u", "P", "U", 2.0), ("v", "U", "V", 1.0)])
    assert found.valves == ()
    assert {(one.id, one.what) for one in found.outside} == {("U", "head_high")}


def valley(depth_m: float, **changed: float) -> HydraulicCheck:
    """A fork at 395 m and a user at 300 m; the pipe between dips on its way."""
    nodes = [("P", "plant", 400.0), ("J", "junction", 395.0), ("U", "user", 300.0, 0.010, 0.020)]
    return checked(nodes, [("a", "P", "J", 1.0), ("u", "J", "U", 1.0, 0.0, depth_m, 0.5)], **changed)


def test_a_dip_presses_by_its_depth_and_takes_its_class():
    """At the fork a valve leaves 3 m: 398 m of head, 98 m at the user, 198 at a bottom of 200 m (1.94 MPa)."""
    found = valley(200.0)
    assert found.pipes.at["u", "pressure_peak_mpa"] == pytest.approx(200 / 101.94, abs=0.03)
    assert found.pipes.at["u", "class_mpa"] == 2.5
    assert {one.what for one in found.outside} == {"head_high"}


def test_a_dip_no_class_stands_is_a_fault_of_the_pipe():
    found = valley(100.0)
    assert found.pipes.at["u", "class_mpa"] is None or math.isnan(found.pipes.at["u", "class_mpa"])
    assert {(one.id, one.what, one.limit) for one in found.outside if one.kind == "pipe"} == {
        ("u", "pressure_high", 2.5)
    }


def falling(**changed: float) -> HydraulicCheck:
    """From 700 m down to 300 m by three forks 120 m apart, the last 10 m before the user a pipe of their own."""
    heights = [700.0, 580.0, 460.0, 340.0, 301.0]
    nodes = [("P", "plant", 700.0), *((f"J{n}", "junction", h) for n, h in enumerate(heights[1:], start=1))]
    names = ["P", "J1", "J2", "J3", "J4", "U"]
    pipes = [(f"p{n}", start, end, 1.0) for n, (start, end) in enumerate(pairwise(names), start=1)]
    return checked([*nodes, ("U", "user", 300.0, 0.010, 0.020)], pipes, **changed)


def test_a_long_fall_is_broken_by_valves_on_the_way():
    """Unbroken 400 m stand at its foot. At J1 and J2 120 are cut to 3, at J4 162 to the 12 of the user."""
    found = falling()
    assert [valve.pipe for valve in found.valves] == ["p2", "p3", "p5"]
    assert found.ok
    assert found.difference_m < 0.1
    assert set(found.pipes["class_mpa"]) <= {1.0, 1.6, 2.5}
    assert found.nodes.at["U", "pressure_peak_m"] == pytest.approx(12.0, abs=0.2)
    assert "PRV" in inp_text(found.layout)


def test_a_stricter_limit_breaks_the_fall_elsewhere():
    """At 1.0 MPa (102 m) the 123 m at J3 are too much; from 3 m there the user has 43, which is allowed."""
    assert [valve.pipe for valve in falling(hydraulic_most_pipe_mpa=1.0).valves] == ["p2", "p3", "p4"]


def test_a_high_lift_in_pieces_is_pumped_stage_by_stage():
    """From 100 m up to 400 by forks 100 m apart: 312 m in all, none of the stations above 150 m."""
    nodes = [
        ("P", "plant", 100.0),
        ("A", "junction", 200.0),
        ("B", "junction", 300.0),
        ("U", "user", 400.0, 0.01, 0.02),
    ]
    found = checked(nodes, [("a", "P", "A", 1.0, 100.0), ("b", "A", "B", 1.0, 100.0), ("u", "B", "U", 1.0, 100.0)])
    heads = [station.head_m for station in found.stations]
    assert sum(heads) == pytest.approx(312.0, abs=0.4)
    assert max(heads) <= 150.0
    assert found.ok


def test_stations_in_a_row_never_lift_beyond_a_stage_above_the_ground():
    """Five rises of 110 m: each station leaves at most 150 m behind it, though 562 m are lifted in all."""
    heights = [100.0 + 110 * n for n in range(6)]
    nodes = [("P", "plant", heights[0]), *((f"J{n}", "junction", heights[n]) for n in range(1, 5)),
             ("U", "user", heights[5], 0.010, 0.020)]  # fmt: skip
    names = ["P", "J1", "J2", "J3", "J4", "U"]
    pipes = [(f"p{n}", *ends, 1.0, 110.0) for n, ends in enumerate(pairwise(names), start=1)]
    found = checked(nodes, pipes)
    assert found.ok
    assert sum(station.head_m for station in found.stations) == pytest.approx(562.0, abs=0.6)
    assert found.pipes["pressure_peak_mpa"].max() <= 151 / 101.9


def test_where_ways_meet_no_way_has_to_be_lifted_beyond_a_stage():
    """Beyond M at 150 m lies a user at 250: M is lifted only as far as Q at 100 m reaches with one stage."""
    nodes = [("P", "plant", 140.0), ("Q", "plant", 100.0), ("M", "junction", 150.0),
             ("U", "user", 250.0, 0.020, 0.040)]  # fmt: skip
    found = checked(nodes, [("a", "P", "M", 3.0), ("b", "Q", "M", 1.0), ("u", "M", "U", 4.0)])
    assert max(station.head_m for station in found.stations) <= 150.0
    assert found.ok
