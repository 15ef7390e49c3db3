"""The way water takes to a pipe, on a network drawn by hand."""

from __future__ import annotations

import pandas as pd

from analysis.hydraulics.route import route_to

PIPES = pd.DataFrame(
    [("a", "P", "J", 5.0), ("b", "J", "K", 3.0), ("c", "Q", "K", 4.0), ("d", "K", "U", 7.0), ("e", "J", "V", 2.0)],
    columns=["id", "from_node", "to_node", "m3_per_year"],
)


def test_the_way_follows_the_larger_water():
    assert route_to(PIPES, "d") == ["c", "d"]
    assert route_to(PIPES, "e") == ["a", "e"]
    assert route_to(PIPES, "nothing") == []


def test_a_circle_ends():
    circle = pd.DataFrame([("a", "J", "K", 1.0), ("b", "K", "J", 1.0)], columns=PIPES.columns)
    assert route_to(circle, "a") == ["b", "a"]
