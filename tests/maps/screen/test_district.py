"""The district's page: classes by fixed breaks, unknown is unknown, light enough."""

from __future__ import annotations

import math
from functools import lru_cache

import pytest

from maps.screen.district import district_map
from maps.screen.prepared import prepare
from tests.broken_district import with_broken
from tests.maps.screen.test_township import data_of
from tests.small_district import A, B, C, D, small_district
from words import LANGUAGES, text

VALUES = {A: 600_000.0, B: 2_000_000.0, C: None, D: math.nan}


@lru_cache(maxsize=1)
def small():
    return prepare(small_district())


def test_townships_stand_in_their_classes():
    data = data_of(district_map(small(), VALUES, indicator="water_use_m3", unit="m3_as_wan_m3", breaks=(1e6, 4e6)))
    known = {place["code"]: (place["class"], place["shown"]) for place in data["places"]}
    assert known[A] == (0, "60.00 万m³")
    assert known[B] == (1, "200.00 万m³")
    assert [entry["label"] for entry in data["classes"]] == ["小于 100", "100 – 400", "400 及以上"]


def test_an_unknown_value_is_never_zero():
    data = data_of(district_map(small(), VALUES, indicator="water_use_m3", unit="m3_as_wan_m3"))
    unknown = [place for place in data["places"] if place["value"] is None]
    assert [place["code"] for place in unknown] == [C, D]
    assert {place["shown"] for place in unknown} == {"数据不足"}


def test_a_map_without_any_value_still_stands():
    data = data_of(district_map(small(), {}, indicator="water_use_m3", unit="m3_as_wan_m3"))
    assert all(place["class"] is None for place in data["places"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_is_the_indicator_by_name(language):
    data = data_of(district_map(small(), VALUES, indicator="water_use_m3", unit="m3_as_wan_m3", language=language))
    assert data["title"] == {"zh": "用水量", "en": "Water use"}[language]
    assert data["title"] in data["legend_title"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_broken_layers_that_the_values_come_from_are_named_with_those_of_the_ground(language):
    spoiled = prepare(with_broken(small_district(), "water_use", "rivers", "villages"))
    html = district_map(
        spoiled, VALUES, indicator="water_use_m3", unit=None, language=language, layers=("water_use", "population")
    )
    joint = text("maps.print.between", language)
    named = joint.join(text(f"layers.{layer}.name", language) for layer in ("rivers", "water_use"))
    assert data_of(html)["note"] == text("maps.broken_note", language, layers=named)


def test_the_view_of_the_reader_is_restored():
    data = data_of(district_map(small(), VALUES, indicator="x", title="x", unit=None, view=(29.4, 107.9, 11.5)))
    assert data["view"] == [29.4, 107.9, 11.5]


def test_source_date_and_mark_of_the_indicator_are_said():
    html = district_map(
        small(), VALUES, indicator="x", title="x", unit=None, source="统计局", as_of="2023", status="illustrative"
    )
    assert data_of(html)["grounds"][-1] == {"source": {"issuer": "统计局", "date": "2023"}, "mark": "示意数据"}
