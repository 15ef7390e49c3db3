"""The overview: townships ranked, the map in the same values, the indicator kept in the address."""

from __future__ import annotations

import pytest

from analysis.finding import Finding, Indicator
from app import state, store
from app.overview import store as overview
from app.overview.controls import FIRST_INDICATOR, indicator_choice
from app.overview.ranking import KEY, division_notes, ranking
from app.state import selection
from tests.maps.screen.test_township import data_of
from tests.small_district import A, B, C, D, small_district
from words import LANGUAGES, text

USE = Indicator("water_use_m3", "m3_as_wan_m3", "township")
NAMES = {A: "甲镇", B: "乙镇", C: "丙乡"}


@pytest.fixture
def mark(opened):
    """The small district under a mark of its own."""
    return opened(small_district(), "overview")


@pytest.mark.parametrize("language", LANGUAGES)
def test_townships_stand_in_order_with_the_unknown_one_last_and_unranked(screen, language):
    found = [Finding(USE, B, 2_000_000.0), Finding(USE, A, 600_000.0), Finding(USE, C, None)]
    ranking(found, language=language, names=NAMES)
    assert screen.tables[KEY].rows == [("1", "乙镇", "200.00"), ("2", "甲镇", "60.00"), ("", "丙乡", "")]
    name, unit = text("indicators.water_use_m3.name", language), {"zh": "万m³", "en": "10⁴ m³"}[language]
    assert screen.tables[KEY].heads == [
        text("overview.rank", language), text("overview.township", language), f"{name} ({unit})"
    ]  # fmt: skip
    assert text("overview.ranked", language, indicator=name) in screen.text
    assert screen.notices == [("line", text("overview.hint", language))]


def test_a_township_with_a_lower_bound_is_marked_and_the_units_of_then_are_named(screen):
    least = {
        "lower_bound": True,
        "added": ("河镇",),
        "missing_units": ("坎镇",),
        "units_then": ("河镇", "坎镇"),
        "year": 2019,
    }
    found = [Finding(USE, B, 2_000_000.0, facts=least), Finding(USE, A, 600_000.0)]
    ranking(found, language="zh", names=NAMES)
    assert screen.tables[KEY].column("township") == ["乙镇（至少）", "甲镇"]
    whole = Finding(USE, "1", 2_600_000.0, facts={"townships_then": 27, "townships": 26, "year": 2019})
    division_notes([whole, *found], language="zh", names={"1": "小县", **NAMES})
    assert [said for _, said in screen.notices[1:]] == [
        "小县：2019 年有 27 个乡镇，按今天的 26 个合并。", "乙镇：2019 年为河镇、坎镇、已计入原河镇、至少：缺坎镇的数。"
    ]  # fmt: skip


def test_the_row_chosen_opens_its_own_township(screen):
    ranking([Finding(USE, B, 2.0), Finding(USE, A, 1.0)], language="zh", names=NAMES)
    opened = []
    for row in (1, 0, None):
        screen.choose_row(KEY, row)
        opened.append(state.opened_township())
    assert opened == [A, B, None]


def test_a_small_and_a_large_number_share_their_decimals(screen):
    rain = Indicator("rain_mm", "mm", "township")
    ranking([Finding(rain, A, 1_100.0), Finding(rain, B, 20.9)], language="zh", names=NAMES)
    assert screen.tables[KEY].column("value") == ["1,100.0", "20.9"]


def test_the_small_district_is_ranked_by_hand(mark):
    ranked = overview.ranked(mark, "water_use_m3")
    assert [(one.subject, one.value) for one in ranked] == [
        (B, 2_000_000.0), (A, 600_000.0), (C, 300_000.0), (D, 100_000.0)
    ]  # fmt: skip
    assert {one.as_of for one in ranked} == {"2023"}


def test_an_unknown_township_is_ranked_below_one_of_nothing(mark, monkeypatch):
    made = {code: Finding(USE, code, value) for code, value in ((A, None), (B, 0.0), (C, 5.0), (D, 7.0))}
    monkeypatch.setattr(store, "findings", lambda mark: {("water_use_m3", code): one for code, one in made.items()})
    assert [one.subject for one in overview.ranked(mark, "water_use_m3")] == [D, C, B, A]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_colours_by_the_values_ranked(mark, language):
    told = data_of(overview.district_map(mark, "water_use_m3", language))
    shown = {one["code"]: one["shown"] for one in told["places"]}
    unit = {"zh": "万m³", "en": "10⁴ m³"}[language]
    assert (shown[A], shown[B]) == (f"60.00 {unit}", f"200.00 {unit}")
    assert "2023" in str(told)


def test_the_page_of_one_language_or_indicator_is_not_another_s(mark):
    pages = [
        overview.district_map(mark, indicator, language)
        for indicator in ("water_use_m3", "rain_mm")
        for language in LANGUAGES
    ]
    assert len(set(pages)) == 4


@pytest.mark.parametrize(("said", "shown"), [({}, FIRST_INDICATOR), ({"indicator": "rain_mm"}, "rain_mm"),
                                             ({"indicator": "nothing"}, FIRST_INDICATOR)])  # fmt: skip
def test_the_indicator_of_the_address_is_the_one_shown(screen, mark, said, shown):
    screen.query.update(said)
    assert indicator_choice(selection()) == shown
    assert screen.session["indicator"] == shown
    screen.fill("indicator", "area_m2")
    assert screen.query == {"indicator": "area_m2"}


def test_indicators_are_offered_by_their_short_names(screen, mark):
    indicator_choice(selection())
    offered = screen.widgets["indicator"]
    assert offered.shown()[offered.options.index("rain_mm")] == text("indicators.rain_mm.short")
    assert len(set(offered.options)) == len(offered.options)
