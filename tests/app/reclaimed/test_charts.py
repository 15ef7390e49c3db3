"""The drawing of plants and uses."""

from __future__ import annotations

import pandas as pd

from app.reclaimed import charts


def test_the_drawing_of_plants_and_uses_is_largest_first_and_says_each_volume():
    flows = pd.DataFrame({"plant": ["W1", "W2"], "use": ["road", "greening"], "m3": [10_000.0, 30_000.0]})
    svg = charts.sankey(flows, {"W1": "甲厂", "W2": "乙厂"}, language="en")
    assert svg.index(">乙厂<") < svg.index(">甲厂<")
    assert "3.00 10⁴ m³/a" in svg
    heights = [float(part.split('"')[0]) for part in svg.split('height="')[1:]]
    assert heights == [165.0, 55.0, 165.0, 55.0]  # 220 pixels for 40,000 m³
