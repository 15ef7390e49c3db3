"""What lies in a township: counted, listed as people read it, and the row chosen leads the map to its own feature."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app import store
from app.state import Selection, selection
from app.township import store as township
from app.township.controls import township_choice
from app.township.inside import CHOICE, chosen_feature, inside
from app.township.map import township_map
from layers.layer import THEMES
from layers.problem import Problem
from tests.small_district import A, B, C, small_district
from words import LANGUAGES, text


@pytest.fixture
def mark(opened):
    """The small district under a mark of its own."""
    return opened(small_district(), "township")


def table_key(screen) -> str:
    (key,) = screen.tables
    return key


def test_features_are_counted_township_by_township(mark):
    counts = {code: township.counts_inside(mark, code, "network") for code in (A, B, C)}
    assert [counts[code]["water_mains"] for code in (A, B, C)] == [2, 1, 0]
    assert [counts[code]["pipeline_zones"] for code in (A, B, C)] == [1, 0, 0]
    assert "waterworks" not in counts[A]


def test_the_theme_s_own_layers_come_first(mark):
    for theme in THEMES:
        ids = list(township.counts_inside(mark, A, theme))
        own = [layer for layer in ids if layer in {"pipeline_zones", "water_mains"}]
        assert theme != "network" or ids[: len(own)] == own


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_lists_the_township_s_own_features_with_units(screen, mark, language):
    screen.session[CHOICE] = "water_mains"
    inside(mark, A, chosen=Selection(language=language, theme="network"))
    shown = screen.tables[table_key(screen)]
    fields = {name: text(f"layers.water_mains.fields.{name}", language) for name in ("diameter_mm", "length_m")}
    heads = {name: next(head for head in shown.columns if head.startswith(said)) for name, said in fields.items()}
    assert shown.column(heads["diameter_mm"]) == ["300", "110"]
    assert shown.column(heads["length_m"]) == ["1,000", "500"]
    assert "mm" in heads["diameter_mm"]
    material = text("layers.water_mains.choices.material.grey_cast_iron", language)
    assert material in {cell for row in shown.rows for cell in row}
    assert ("line", text("township.table_hint", language)) in screen.notices


@pytest.mark.parametrize(("row", "feature"), [(0, "M1"), (1, "M2"), (None, None), (7, None)])
def test_the_row_chosen_leads_to_its_own_feature(screen, mark, row, feature):
    screen.session[CHOICE] = "water_mains"
    chosen = Selection(theme="network")
    inside(mark, A, chosen=chosen)
    screen.choose_row(table_key(screen), row)
    found = chosen_feature(mark, A, chosen=chosen)
    assert found == (None if feature is None else ("water_mains", feature))
    assert chosen_feature(mark, B, chosen=chosen) is None


def test_a_layer_of_another_theme_leads_nowhere(screen, mark):
    screen.session[CHOICE] = "villages"
    assert chosen_feature(mark, A, chosen=Selection(theme="network")) is None


def test_the_first_layer_that_has_features_is_shown_and_each_says_how_many(screen, mark):
    inside(mark, A, chosen=Selection(theme="network"))
    offered = screen.widgets[CHOICE]
    assert len(screen.tables[table_key(screen)].rows) > 0
    filled = [layer for layer, count in township.counts_inside(mark, A, "network").items() if count]
    assert screen.session[CHOICE] == filled[0]
    mains = text("township.layer_count", layer=text("layers.water_mains.name"), count=2)
    zones = text("township.layer_count", layer=text("layers.pipeline_zones.name"), count=1)
    assert {mains, zones} <= set(offered.shown())


def test_a_layer_without_features_here_says_so(screen, mark):
    screen.session[CHOICE] = "water_mains"
    inside(mark, C, chosen=Selection("en", theme="network"))
    name = text("layers.water_mains.name", "en")
    assert ("empty", text("township.empty", "en", layer=name)) in screen.notices
    assert screen.tables == {}


def test_layers_that_are_not_there_are_named_with_their_owners(screen, mark):
    inside(mark, A, chosen=Selection(theme="network"))
    (said,) = [words for kind, words in screen.notices if kind == "missing"]
    assert text("layers.waterworks.name") in said
    assert text("layers.water_mains.name") not in said
    assert text("departments.water") in said


def test_tables_and_maps_of_two_languages_and_townships_differ(mark):
    assert list(township.inside(mark, A, "water_mains", "zh")) != list(township.inside(mark, A, "water_mains", "en"))
    pages = [township.township_map(mark, code, language) for code in (A, B) for language in LANGUAGES]
    assert len(set(pages)) == 4


def test_a_column_nobody_fills_is_not_shown(mark):
    frame = township.inside(mark, B, "water_mains", "zh")
    zone = text("layers.water_mains.fields.pipeline_zone")
    assert not [head for head in frame if head.startswith(zone)]
    assert [head for head in township.inside(mark, A, "water_mains", "zh") if head.startswith(zone)]


def test_only_the_problems_of_the_township_are_its_own(mark, monkeypatch):
    mine, other, none = (Problem("x", "villages", "water", township=code) for code in (A, B, None))
    monkeypatch.setattr(store, "district", lambda mark: type("D", (), {"problems": [mine, other, none]})())
    assert township.problems(mark, A) == [mine]
    assert township.problems(mark, B) == [other]


def test_the_address_asks_for_layers_or_the_theme_s_own_are_shown():
    assert township.shown_layers(Selection(layers=("rivers",))) == ("rivers",)
    assert township.shown_layers(Selection(layers=())) == ()
    assert township.shown_layers(Selection(theme="rain")) == township.theme_layers("rain")
    assert township.theme_layers("rain") != township.theme_layers("network")


def test_the_map_shows_the_township_and_goes_where_it_is_told(screen, mark):
    screen.query.update(township=B)
    township_map(mark, B, chosen=Selection(township=B, layers=("rivers", "roads")), focus=("rivers", "R1"))
    shown = screen.maps["township_map"]
    assert (shown["view_key"], shown["layers"], shown["focus"]) == (B, ["rivers", "roads"], ["rivers", "R1"])
    assert shown["label"] == text("township.map_label")
    assert shown["html"].decode() == township.township_map(mark, B, "zh")
    screen.click_map("township_map", type="atlas:layers", layers=["roads"])
    assert screen.query == {"township": B, "layers": "roads"}
    screen.click_map("township_map", type="atlas:township", code=A)
    assert screen.query["township"] == A


@pytest.mark.parametrize(("asked", "code"), [(None, A), (B, B), ("<i>", "<i>")])
def test_the_township_of_the_address_is_chosen_the_first_for_none(screen, mark, asked, code):
    names = store.names(mark)
    assert township_choice(Selection(township=asked), names=names) == code
    offered = screen.widgets["township"]
    assert offered.shown()[:2] == ["甲镇", "乙镇"]
    assert offered.said["index"] == (None if code == "<i>" else 0)
    screen.fill("township", C)
    assert screen.query == {"township": C}


def test_another_theme_shows_its_own_layers_again(screen, mark):
    screen.query.update(township=A, layers="rivers", lang="en")
    township_choice(selection(), names=store.names(mark))
    assert screen.widgets["theme"].shown() == [text(f"themes.{theme}", "en") for theme in THEMES]
    screen.fill("theme", THEMES[2])
    assert screen.query == {"township": A, "theme": THEMES[2], "lang": "en"}


def test_a_column_stays_while_one_feature_has_a_value(opened):
    district = small_district()
    villages = district.frames["villages"].copy()
    here = villages.index[villages["township"] == A]
    villages["people"] = villages["people"].where(villages.index == here[0])
    villages["households"] = villages["households"].where(~villages.index.isin(here))
    mark = opened(replace(district, frames={**district.frames, "villages": villages}), "one value")
    shown = township.inside(mark, A, "villages", "zh")
    assert len(here) > 1
    assert "人口(人)" in shown.columns
    assert not any("户" in column for column in shown.columns)
