"""The first thing a district shows is something it has figures of."""

from __future__ import annotations

from dataclasses import replace

from app.overview.controls import FIRST_INDICATOR, first_indicator
from tests.small_district import small_district


def test_the_usual_indicator_comes_first_where_it_is_known(opened):
    assert first_indicator(opened(small_district(), "first known")) == FIRST_INDICATOR == "water_use_m3"


def test_where_the_usual_one_is_unknown_another_is_shown(opened):
    district = small_district()
    tables = {name: table for name, table in district.tables.items() if name != "water_use"}
    mark = opened(replace(district, tables=tables), "first unknown")
    shown = first_indicator(mark)
    from app import store

    assert shown != FIRST_INDICATOR
    assert any(store.findings(mark)[shown, code].value is not None for code in store.names(mark))
