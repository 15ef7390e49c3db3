"""Headers and cells as people read them, for every declared layer."""

from __future__ import annotations

import pandas as pd
import pytest

from layers.catalogue import CATALOGUE
from layers.reading.conversion import unit_of_sign
from layers.reading.headers import match_headers
from reports.book.readable import decimals, headings, readable
from words import LANGUAGES, Language
from words.units import label

LAYERS = sorted(CATALOGUE.values(), key=lambda layer: layer.id)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.id)
def test_no_two_headers_of_a_layer_are_alike(layer, language: Language):
    found = [header.casefold() for header in headings(layer, language).values()]
    assert len(set(found)) == len(found) == len(layer.fields)


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.id)
def test_what_is_handed_out_is_known_when_it_comes_back(layer):
    """Apart from measures no file is converted from, such as 个 or mg/L."""
    known = [
        f for f in layer.fields if f.kind not in ("number", "integer") or unit_of_sign(label(f.unit)) or not f.unit
    ]
    headers = {field.name: headings(layer, "zh")[field.name] for field in known}
    matching = match_headers(list(headers.values()), layer)
    assert {name: column.header for name, column in matching.columns.items()} == headers


def test_a_volume_is_written_in_the_unit_of_its_header():
    frame = pd.DataFrame({"township": ["W"], "year": [2024], "volume_m3": [1_234_500.0]})
    table = readable(frame, CATALOGUE["water_use"])
    assert table["用水量(万m³)"].tolist() == [123.45]


def test_columns_nobody_declared_are_left_out():
    frame = pd.DataFrame({"township": ["W"], "secret": ["机密"]})
    assert list(readable(frame, CATALOGUE["water_use"]).columns) == [headings(CATALOGUE["water_use"])["township"]]


def test_an_unknown_code_is_shown_as_it_is():
    frame = pd.DataFrame({"source": ["surface", "magic", None]})
    assert readable(frame, CATALOGUE["water_use"])["水源"].tolist() == ["地表水", "magic", None]


def test_an_empty_layer_keeps_its_headers():
    frame = pd.DataFrame({"township": pd.Series([], dtype=object), "volume_m3": pd.Series([], dtype=float)})
    assert "用水量(万m³)" in readable(frame, CATALOGUE["water_use"]).columns


def test_a_column_has_the_decimals_its_smallest_number_needs_and_texts_none():
    layer = CATALOGUE["water_use"]
    volumes = [pd.Series([20_000.0, least, None]) for least in (12_300.0, 44.9)]
    assert decimals(pd.Series(["500156101"]), layer.field("township")) is None
    assert [decimals(values, layer.field("volume_m3")) for values in volumes] == [2, 5]
