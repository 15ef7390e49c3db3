"""The way to move: bearings clockwise from north."""

from __future__ import annotations

from analysis.methods.siting.answer.record import direction
from words import text


def test_north_is_nought_and_east_a_quarter_turn():
    said = [text(f"siting.directions.{direction(bearing)}", "zh") for bearing in (0, 22, 90, 180, 270, 359)]
    assert said == ["北", "北", "东", "南", "西", "北"]
