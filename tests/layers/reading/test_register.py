"""Township cells are understood by code, name or alias; wrong ones are refused with a suggestion."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box

from layers.reading.register import Register

FRAME = gpd.GeoDataFrame(
    {
        "code": ["500156101", "500156202", "500156004", "500156106", "500156999"],
        "name": ["白马镇", "石桥苗族土家族乡", "羊角街道", "羊角镇", "失乡"],
        "short_name": ["白马", "石桥", "羊角", None, None],
        "aliases": [None, "石桥乡;石桥民族乡", None, None, None],
        "successor": [None, None, None, "500156004", None],
        "valid_to": pd.to_datetime([None, None, None, "2020-04-22", "2018-01-01"]),
    },
    geometry=[box(i, 0, i + 1, 1) for i in range(5)],
    crs=4545,
)
REGISTER = Register.of(FRAME, county="500156")


def judged(cell, *, historic=False):
    values, faults = REGISTER.resolve(pd.Series([cell], dtype="str"), historic=historic)
    return (None if pd.isna(values[0]) else values[0]), [(fault.key, fault.severity) for fault in faults]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("500156101", "500156101"),
        ("500156101203", "500156101"),
        ("白马镇", "500156101"),
        (" 白 马\u200b镇", "500156101"),
        ("石桥乡", "500156202"),
        ("石桥民族乡", "500156202"),
        ("羊角", "500156004"),
    ],
)
def test_codes_villages_names_and_aliases_are_understood(cell, code):
    assert judged(cell) == (code, [])


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("500232101", "wrong_county_prefix"),
        ("500156777", "unknown_township"),
        ("白鸟镇", "unknown_township"),
        ("失乡", "abolished_without_successor"),
    ],
)
def test_others_are_refused(cell, key):
    assert judged(cell) == (None, [(key, "error")])


def test_a_near_name_is_suggested_and_never_taken():
    _, faults = REGISTER.resolve(pd.Series(["石桥苗族土家乡"], dtype="str"), historic=False)
    assert faults[0].facts["suggestion"] == "500156202"


def test_an_abolished_township_becomes_its_successor_for_features_and_stays_for_figures():
    assert judged("羊角镇") == ("500156004", [("abolished_township", "repaired")])
    assert judged("500156106") == ("500156004", [("abolished_township", "repaired")])
    assert judged("500156106", historic=True) == ("500156106", [])


def test_the_outline_is_the_union_of_todays_townships():
    assert REGISTER.outline.area == 3
    assert set(REGISTER.polygons) == {"500156101", "500156202", "500156004"}
