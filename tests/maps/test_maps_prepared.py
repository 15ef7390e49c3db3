"""What maps are made of: where features belong, what their cards say, how light their shapes are."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache

import pytest

from layers.catalogue import CATALOGUE
from maps.prepared import map_layers, prepare
from maps.rows import names_by_key, rows
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


def test_rows_say_what_the_fields_say():
    part = json.loads(small().parts[A]["water_users"])
    layer = CATALOGUE["water_users"]
    cell = {field.name: part["r"][0][n] for n, field in enumerate(layer.fields) if n < len(part["r"][0])}
    assert cell["name"] == "甲厂"
    assert cell["township"] == A
    assert cell["sector"] == "industry"
    assert cell["use_m3_per_year"] == "10.00"
    assert cell["metered"] is True


def test_a_reference_becomes_the_name_of_what_it_refers_to():
    district = small_district()
    layer = CATALOGUE["small_water_works"]
    listed = rows(district.frames[layer.id], layer, names=names_by_key(district))
    village = [field.name for field in layer.fields].index("village")
    assert listed[0][village] == "丙一村"


def test_missing_cells_are_none_and_trailing_ones_are_not_sent():
    part = json.loads(small().parts[A]["projects"])
    assert part["r"][0][-1] is not None
    assert None in part["r"][0]


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
