"""Townships of a year: two that merge, one that is renamed, one that is not touched; each counted once."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box

from layers.district import District
from layers.divisions import counted, division_of, names_of_all, successors
from tests.small_district import METRIC, small_district

CHANGE, OLDER = pd.Timestamp("2020-04-22"), pd.Timestamp("2017-07-01")
STREET, TOWN, STAYS, RIVER, BANK, VILLAGE, FIRST = "1", "2", "3", "4", "5", "6", "7"
UNITS = [
    {"code": STREET, "name": "街道", "valid_from": CHANGE},
    {"code": TOWN, "name": "新镇", "valid_from": CHANGE},
    {"code": STAYS, "name": "老镇"},
    {"code": RIVER, "name": "河镇", "valid_to": CHANGE, "successor": STREET},
    {"code": BANK, "name": "坎镇", "valid_from": OLDER, "valid_to": CHANGE, "successor": STREET},
    {"code": VILLAGE, "name": "小乡", "valid_to": CHANGE, "successor": TOWN},
    {"code": FIRST, "name": "坎乡", "valid_to": OLDER, "successor": BANK},
]


@lru_cache(maxsize=1)
def changed() -> District:
    rows = [{"short_name": None, "kind": None, "valid_from": pd.NaT, "valid_to": pd.NaT, "successor": None,
             "geometry": box(0, 0, 1, 1), **unit} for unit in UNITS]  # fmt: skip
    return replace(small_district(), frames={"townships": gpd.GeoDataFrame(rows, crs=METRIC)})


def told(
    year: int, *codes: str | None
) -> dict[str, tuple[list[int], tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    found = counted(changed(), pd.DataFrame({"township": list(codes)}), year=year)
    return {code: (one.rows.tolist(), one.added, one.missing, one.twice) for code, one in found.items()}


@pytest.mark.parametrize(("year", "units"), [(2016, 4), (2017, 4), (2019, 4), (2020, None), (2024, None)])
def test_a_year_has_the_division_of_its_last_day(year, units):
    found = division_of(changed(), year)
    assert (found and found.units) == units
    if units:
        bank = "坎乡" if year < 2017 else "坎镇"
        assert found.parts == {STREET: ("河镇", bank), TOWN: ("小乡",)}


def test_what_has_gone_belongs_to_today_through_all_changes():
    assert successors(changed()) == {RIVER: STREET, BANK: STREET, VILLAGE: TOWN, FIRST: STREET}
    assert names_of_all(changed())[FIRST] == "坎乡"


def test_the_parts_of_a_year_are_added_to_their_successor_once():
    assert told(2019, STAYS, RIVER, BANK, VILLAGE) == {
        STREET: ([1, 2], ("河镇", "坎镇"), (), ()),
        TOWN: ([3], ("小乡",), (), ()),
        STAYS: ([0], (), (), ()),
    }


def test_a_year_told_by_both_divisions_counts_by_its_own():
    assert told(2019, STREET, RIVER, BANK) == {STREET: ([1, 2], ("河镇", "坎镇"), (), ("街道",))}
    assert told(2019, STREET) == {STREET: ([0], (), (), ())}


def test_a_part_without_a_row_is_missing():
    assert told(2019, RIVER, STREET) == {STREET: ([0], ("河镇",), ("坎镇",), ("街道",))}
    assert told(2023, RIVER) == {STREET: ([0], ("河镇",), ("坎镇",), ())}


def test_an_old_code_in_a_later_year_is_added_to_the_row_of_its_successor():
    assert told(2023, STREET, RIVER) == {STREET: ([0, 1], ("河镇",), (), ())}
    assert told(2016, RIVER, FIRST, BANK) == {STREET: ([0, 1], ("河镇", "坎乡"), (), ("坎镇",))}


def test_a_row_without_a_township_counts_for_none():
    assert told(2023, None, STAYS) == {STAYS: ([1], (), (), ())}


def test_the_data_alone_say_what_became_of_a_township():
    found = division_of(small_district(), 2019)
    assert found is not None
    assert (found.units, found.parts) == (4, {"990001003": ("旧乡",)})
    assert division_of(small_district(), 2021) is None
