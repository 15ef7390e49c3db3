"""What maps are made of: where features belong, what their cards say, how light their shapes are."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache

import pytest

from layers.catalogue import CATALOGUE
from maps.look.rows import by_column, names_by_key, rows
from maps.screen.prepared import map_layers, prepare
from tests.small_district import A, B, C, D, small_district


@lru_cache(maxsize=1)
def small():
    return prepare(small_district())


def test_features_lie_in_the_township_their_code_names():
    assert small().counts[A]["villages"] == 2
    assert small().counts[D]["small_water_works"] == 2
    assert "water_mains" not in small().counts[C]


def test_a_river_without_a_code_lies_wherever_it_runs():
    assert [code for code in (A, B, C, D) if "rivers" in small().parts[code]] == [A, B]


def test_places_are_the_townships_of_today():
    assert list(small().places) == [A, B, C, D]
    place = small().places[A]
    west, south, east, north = place.bounds
    assert west < place.point[0] < east
    assert south < place.point[1] < north
    assert east - west == pytest.approx(0.1029, abs=0.001)  # 10 km at 29.4°N


def cell(code: str, layer: str, row: int, field: str):
    """One cell of a prepared layer, read the way the page reads it."""
    part = json.loads(small().parts[code][layer])
    column = part["c"][[f.name for f in CATALOGUE[layer].fields].index(field)]
    if isinstance(column, dict):
        return column["u"][column["i"][row]]
    return column[row] if isinstance(column, list) else column


def test_cells_say_what_the_fields_say():
    assert cell(A, "water_users", 0, "name") == "甲厂"
    assert cell(A, "water_users", 0, "township") == A
    assert cell(A, "water_users", 0, "sector") == "industry"
    assert cell(A, "water_users", 0, "use_m3_per_year") == "10.00"
    assert cell(A, "water_users", 0, "metered") is True


def test_a_reference_becomes_the_name_of_what_it_refers_to():
    district = small_district()
    layer = CATALOGUE["small_water_works"]
    listed = rows(district.frames[layer.id], layer, names=names_by_key(district))
    village = [field.name for field in layer.fields].index("village")
    assert listed[0][village] == "丙一村"


def test_a_missing_cell_is_none():
    assert cell(A, "projects", 0, "lead") is None
    assert cell(A, "water_users", 1, "metered") is None


@pytest.mark.parametrize(
    ("column", "said"),
    [
        (["a", "a", "a"], "a"),
        ([None, None], None),
        (["a", "b", "c"], ["a", "b", "c"]),
        (["a", "b", "a", "a"], {"u": ["a", "b"], "i": [0, 1, 0, 0]}),
    ],
)
def test_columns_are_said_as_shortly_as_they_can_be(column, said):
    assert by_column([[value] for value in column]) == [said]


def test_every_vector_layer_but_the_townships_can_be_switched():
    ids = {layer.id for layer in map_layers()}
    assert "townships" not in ids
    assert "elevation" not in ids
    assert {"rivers", "projects", "protection_zones"} <= ids


def test_without_elevation_there_is_no_picture_and_without_rivers_no_streams():
    bare = replace(small_district(), rasters={}, frames={"townships": small_district().frames["townships"]})
    prepared = prepare(bare)
    assert prepared.picture is None
    assert prepared.streams == '"AA=="'
    assert prepared.parts[A] == {}


def test_preparing_changes_nothing_it_was_given():
    district = small_district()
    before = {name: list(frame.columns) for name, frame in district.frames.items()}
    prepare(district)
    assert {name: list(frame.columns) for name, frame in district.frames.items()} == before
