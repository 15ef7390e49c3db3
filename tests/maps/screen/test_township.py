"""A township's page: complete, light, the same text for the same data, and free of anything from outside."""

from __future__ import annotations

import json
import re
from functools import lru_cache

import folium
import pytest

from layers.catalogue import CATALOGUE
from maps.screen.furniture import page_words, themes
from maps.screen.hillshade import Picture
from maps.screen.prepared import prepare
from maps.screen.township import default_layers, township_map
from tests.broken_district import with_broken
from tests.small_district import HOSTILE, A, B, D, small_district
from words import LANGUAGES, text
from words.errors import AtlasError


@lru_cache(maxsize=1)
def small():
    return prepare(small_district())


def data_of(html: str) -> dict:
    """The data a page carries."""
    return json.loads(re.search(r'id="atlas-data">(.*?)</script>', html, re.DOTALL).group(1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_names_township_district_and_layers(language):
    data = data_of(township_map(small(), A, layers=["villages"], language=language))
    assert data["title"] == "甲镇"
    assert {"zh": "小县", "en": "Small County"}[language] in data["subtitle"]
    assert data["layers"]["projects"]["name"]
    assert data["edition"] == {"zh": "内部资料", "en": "Internal use"}[language]


def test_every_layer_of_the_township_is_inside_and_the_asked_ones_are_shown():
    data = data_of(township_map(small(), A, layers=["villages", "reservoirs", "nonsense"]))
    assert data["shown"] == ["villages"]
    assert set(data["data"]) == set(small().parts[A])
    switched = [layer for theme in data["themes"] for layer in theme["layers"]]
    assert sorted(switched) == sorted(data["layers"])
    assert data["layers"]["reservoirs"]["present"] is False
    assert data["layers"]["industrial_parks"]["present"] is True


def test_sources_and_marks_travel_with_the_layers():
    data = data_of(township_map(small(), A, layers=[]))
    assert data["layers"]["villages"]["source"] == {"issuer": "小县水利局", "date": "2024-12-31"}
    assert data["layers"]["villages"]["mark"] == "示意数据"
    assert data["grounds"][0]["mark"] == "示意数据"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_layer_is_named_and_one_that_is_not_there_is_not(language):
    spoiled = prepare(with_broken(small_district(), "villages", "rivers"))
    data = data_of(township_map(spoiled, A, layers=[], language=language))
    flags = {layer: (head["present"], head["broken"]) for layer, head in data["layers"].items()}
    assert flags["villages"] == (False, True)
    assert flags["reservoirs"] == (False, False)
    assert flags["industrial_parks"] == (True, False)
    joint = text("maps.print.between", language)
    named = joint.join(text(f"layers.{layer}.name", language) for layer in ("rivers", "villages"))
    assert data["note"] == text("maps.broken_note", language, layers=named)
    assert data_of(township_map(small(), A, layers=[], language=language))["note"] == ""


def test_an_unknown_township_is_refused_by_name():
    with pytest.raises(AtlasError) as refused:
        township_map(small(), "000", layers=[])
    assert refused.value.key == "errors.unknown_township"


def test_leaflet_is_the_only_link_and_it_is_relative():
    html = township_map(small(), A, layers=[], assets="../app.map_view.leaflet/")
    links = re.findall(r'<(?:script[^>]* src|link[^>]* href)="([^"]*)"', html)
    assert sorted(links) == ["../app.map_view.leaflet/leaflet.css", "../app.map_view.leaflet/leaflet.js"]


def test_folium_itself_is_left_as_it_was():
    before = (list(folium.Map.default_js), list(folium.Map.default_css))
    township_map(small(), A, layers=[], assets="elsewhere")
    assert (folium.Map.default_js, folium.Map.default_css) == before


def test_the_same_data_make_the_same_text():
    assert township_map(small(), B, layers=["rivers"]) == township_map(small(), B, layers=["rivers"])


def test_a_picture_goes_in_as_address_or_as_data():
    picture = Picture(b"abc", (107.0, 29.0, 108.0, 30.0))
    assert data_of(township_map(small(), A, layers=[], base="x.webp"))["picture"]["address"] == "x.webp"
    assert data_of(township_map(small(), A, layers=[], base=picture))["picture"]["bounds"] == [107, 29, 108, 30]
    assert data_of(township_map(small(), A, layers=[]))["picture"] is None


def test_tianditu_is_only_asked_for_with_a_key():
    assert data_of(township_map(small(), A, layers=[]))["tianditu"] is None
    assert data_of(township_map(small(), A, layers=[], tianditu_key="k"))["tianditu"] == "k"


def test_hostile_names_stay_inert_json():
    html = township_map(small(), D, layers=["villages", "projects"])
    assert data_of(html)["title"] == HOSTILE
    assert "<img src=x" not in html
    assert html.count("</script>") == html.count("<script")


def test_text_that_looks_like_a_template_is_not_run():
    place = small().places[A]
    wild = {**small().places, A: type(place)(A, "{{ 7 * 7 }}${1+1}", "x", place.bounds, place.point)}
    data = data_of(township_map(type(small())(**{**vars(small()), "places": wild}), A, layers=[]))
    assert data["title"] == "{{ 7 * 7 }}${1+1}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_scripts_find_every_sentence_they_speak(language):
    from maps.screen.assets import web_script

    spoken = set(re.findall(r"words\.(\w+)", web_script())) | set(
        re.findall(r'(?:page\.)?words, "(\w+)"', web_script())
    )
    assert spoken <= set(page_words(language))


def test_default_layers_of_a_theme_carry_it():
    assert default_layers("irrigation") == tuple(
        layer.id
        for layer in CATALOGUE.values()
        if "irrigation" in layer.themes and layer.geometry not in ("raster", "table")
    )
    assert {theme["id"] for theme in themes("zh")} >= {"general", "irrigation", "limits"}
