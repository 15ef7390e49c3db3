"""One table for all rooms: numbers in the unit of their head, dates as dates, the rest as text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from app.parts import tables
from layers.catalogue import CATALOGUE
from reports.book.readable import readable
from reports.book.table import Table, unit_sign

FRAME = pd.DataFrame({"name": ["甲", None], "m3": [20_000.0, None], "n": [3, 4], "day": [date(2024, 5, 1), None]})
TABLE = Table("", FRAME, {c: c for c in FRAME}, {"m3": "m3_per_year", "n": "count"}, frozenset({"name"}))


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What reaches Streamlit."""
    seen: dict[str, Any] = {}
    monkeypatch.setattr(tables.st, "dataframe", lambda frame, **rest: seen.update(frame=frame, **rest))
    return seen


def test_numbers_are_in_the_unit_of_their_head(shown):
    tables.show_table(TABLE, language="zh", key="k", height=99)
    assert shown["frame"]["m3"].iloc[0] == 2.0
    assert pd.isna(shown["frame"]["m3"].iloc[1])
    assert shown["column_config"]["m3"]["label"] == "m3(万m³/a)"
    assert shown["column_config"]["n"]["label"] == "n"
    assert (shown["key"], shown["height"]) == ("k", 99)


def test_a_loss_in_words_keeps_its_minus_and_starts_no_formula(shown):
    frame = pd.DataFrame({"amount": ["-0.80 万元", "2.06 万元", None], "said": ["-0.80 万元", "甲", "-5"]})
    tables.show_table(Table("", frame, {c: c for c in frame}, {}, frozenset({"amount"})), language="zh", key="k")
    assert shown["frame"]["amount"].iloc[:2].tolist() == ["−0.80 万元", "2.06 万元"]
    assert pd.isna(shown["frame"]["amount"].iloc[2])
    assert shown["frame"]["said"].tolist() == ["'-0.80 万元", "甲", "-5"]


def test_without_signs_the_heads_are_bare(shown):
    tables.show_table(TABLE, language="zh", key="k", signs=False)
    assert shown["column_config"]["m3"]["label"] == "m3"


def test_dates_are_dates_and_written_numbers_stand_right(shown):
    tables.show_table(TABLE, language="zh", key="k")
    assert shown["column_config"]["day"]["type_config"]["type"] == "date"
    assert shown["column_config"]["name"]["alignment"] == "right"


@pytest.mark.parametrize(("unit", "sign"), [("ratio", ""), ("count", ""), (None, ""), ("m3", "m³")])
def test_a_unit_its_name_says_has_no_sign(unit, sign):
    assert unit_sign(unit, "zh") == sign


def test_a_column_shows_all_its_numbers_with_the_decimals_the_smallest_needs(shown):
    frame = pd.DataFrame({"m3": [20_000.0, 44.9], "plain": [1.25, 3.0]})
    tables.show_table(
        Table("", frame, {c: c for c in frame}, {"m3": "m3_per_year", "plain": None}), language="zh", key="k"
    )
    assert shown["column_config"]["m3"]["type_config"]["format"] == "%,.5f"
    assert shown["column_config"]["plain"]["type_config"]["format"] == "%,.2f"


def test_a_declared_column_counts_its_decimals_inside_the_unit_it_is_shown_in():
    layer = CATALOGUE["water_use"]
    inside = pd.DataFrame({"volume_m3": [20_000.0, 44.9], "year": [2023, 2024]})
    made = tables.declared_columns(readable(inside, layer), layer, language="zh")
    shapes = {head: one["type_config"]["format"] for head, one in made.items()}
    assert sorted(shapes.values()) == ["%,.5f", "%d"]


def test_a_cell_of_a_stranger_starts_no_formula_in_the_csv_of_the_table(shown):
    hostile = ["=1+1", "+cmd|x", "-2+3", "@SUM(1)", "\t=1", "\r=1", "-5", "甲", None]
    frame = pd.DataFrame({"said": hostile, "kind": pd.Categorical(hostile), "n": range(9)})
    tables.show_cells(frame, key="k")
    told = ["'=1+1", "'+cmd|x", "'-2+3", "'@SUM(1)", "'\t=1", "'\r=1", "-5", "甲"]
    assert shown["frame"]["said"].iloc[:8].tolist() == told
    assert shown["frame"]["kind"].iloc[:8].tolist() == told
    assert pd.isna(shown["frame"]["said"].iloc[8])
    assert shown["frame"]["n"].tolist() == list(range(9))
    assert shown["hide_index"]


def test_a_row_selected_is_told_by_its_place_and_none_is_not(shown, monkeypatch):
    told: list[int] = []
    tables.show_cells(FRAME, key="k", on_row=told.append)
    assert shown["selection_mode"] == "single-row"
    for rows in ([1], []):
        monkeypatch.setattr(tables.state.st, "session_state", {"k": {"selection": {"rows": rows}}})
        shown["on_select"]()
    assert told == [1]
