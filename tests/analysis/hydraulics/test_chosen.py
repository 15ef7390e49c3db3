"""A plan's arcs as pipes in the ground: treatment steps fold into their plant, users draw what they were given."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.hydraulics.chosen import merged_nodes, nodes_of_plan, pipes_of_plan

FLOWS = pd.DataFrame(
    [
        ("treat", "P", "P-polished", 0.0, 30.0),
        ("again", "P-polished", "P-out", 0.0, 30.0),
        ("a", "P-out", "J", 900.0, 30.0),
        ("b", "J", "U", 100.0, 30.0),
    ],
    columns=["id", "from", "to", "length_m", "flow_m3"],
)
NODES = pd.DataFrame({"id": ["P", "P-polished", "P-out", "J", "U", "V"], "elevation_m": 1.0})


def test_steps_without_length_stand_on_their_plant():
    assert merged_nodes(FLOWS) == {"P-polished": "P", "P-out": "P"}
    pipes = pipes_of_plan(FLOWS)
    assert pipes[["id", "from", "to"]].to_numpy().tolist() == [["a", "P", "J"], ["b", "J", "U"]]


def test_users_draw_the_year_evenly_and_their_peak():
    served = pd.DataFrame({"user": ["U", "U"], "m3": [315_360.0, 315_360.0]})
    nodes = nodes_of_plan(NODES, pipes_of_plan(FLOWS), served, peaks={"U": 0.05})
    assert list(nodes["id"]) == ["P", "J", "U"]
    assert nodes.set_index("id").at["U", "average_m3_per_s"] == pytest.approx(0.02)
    assert nodes.set_index("id").at["U", "peak_m3_per_s"] == 0.05


def test_a_peak_is_never_below_the_average():
    served = pd.DataFrame({"user": ["U"], "m3": [630_720.0]})
    nodes = nodes_of_plan(NODES, pipes_of_plan(FLOWS), served, peaks={"U": 0.001}).set_index("id")
    assert nodes.at["U", "peak_m3_per_s"] == pytest.approx(0.02)
    assert nodes.at["J", "peak_m3_per_s"] == 0


def test_a_plant_that_other_water_passes_gets_a_link_of_its_own():
    """P's network begins at H, where water of another plant comes by: 30 + 20 m³ join there, in a pipe of DN 200."""
    flows = pd.DataFrame(
        [("P:polish", "P", "H", 0.0, 30.0, 30.0, 0.0), ("P:upgrade", "P", "H", 0.0, 20.0, 25.0, 0.0),
         ("in", "J", "H", 500.0, 70.0, 70.0, 150.0), ("out", "H", "U", 100.0, 120.0, 125.0, 200.0)],
        columns=["id", "from", "to", "length_m", "flow_m3", "peak_m3", "dn_mm"],
    )  # fmt: skip
    pipes = pipes_of_plan(flows).set_index("id")
    assert list(pipes.index) == ["in", "out", "P:polish"]
    assert pipes.loc["P:polish", ["from", "to", "flow_m3", "peak_m3", "dn_mm"]].tolist() == [
        "P",
        "H",
        50.0,
        55.0,
        200.0,
    ]
    assert pipes.loc["out", "from"] == "H"
    alone = pipes_of_plan(flows[flows["id"] != "in"])
    assert alone[["id", "from"]].to_numpy().tolist() == [["out", "P"]]
