"""A figure looks and speaks the same wherever it stands, in the colour its indicator has on the map."""

from __future__ import annotations

from functools import lru_cache

import pytest

from analysis.finding import Finding
from analysis.methods import rainwater, reclaimed, siting, township
from app import store
from app.parts import figure
from app.parts.figure import Figure, facts_line, figure_of, figures, spread, status_mark
from maps.look.classes import hue_of
from maps.look.style import THEME_COLOURS, ramp
from maps.screen.district import district_map
from maps.screen.prepared import Prepared, prepare
from tests.maps.screen.test_township import data_of
from tests.small_district import small_district
from words import LANGUAGES, text
from words.units import label, quantity

INDICATORS = {i.id: i for method in (township, rainwater, reclaimed, siting) for i in method.INDICATORS}


@lru_cache(maxsize=1)
def _small() -> Prepared:
    return prepare(small_district())


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the cards put on the page."""
    seen: list[str] = []
    monkeypatch.setattr(figure.st, "html", seen.append)
    return seen


@pytest.mark.parametrize("id_", INDICATORS)
def test_a_card_has_the_colour_of_its_map(id_, drawn):
    figures([figure_of(Finding(INDICATORS[id_], "500156", 1.0), "zh")], language="zh")
    assert f'style="--mark:{hue_of(id_)}"' in drawn[0]
    page = district_map(_small(), {}, indicator=id_, unit=INDICATORS[id_].unit, breaks=(1.0, 2.0))
    assert tuple(one["fill"] for one in data_of(page)["classes"]) == ramp(hue_of(id_), 3)


def test_projects_have_the_colour_of_rain_on_card_and_map():
    assert figure_of(Finding(INDICATORS["projects"], "500156", 9.0), "zh").colour == THEME_COLOURS["rain"] == "#14868C"


def test_a_finding_becomes_a_figure_by_hand():
    one = Finding(
        INDICATORS["water_use_m3"], "500156", 2_000_000.0, low=1_900_000.0, high=2_100_000.0,
        as_of="2024", status="illustrative", facts={"missing": 2},
    )  # fmt: skip
    made = figure_of(one, "zh")
    assert (made.value, made.sign) == ("200.00", "万m³")
    assert made.below == ("190.00 – 210.00", text("app.left_out", count=2))


@pytest.mark.parametrize(("value", "limited", "said"), [(5.0, False, True), (5.0, True, False), (5.0, None, False)])
def test_a_volume_that_no_demand_limits_says_so(value, limited, said):
    facts = {} if limited is None else {"limited": limited}
    one = figure_of(Finding(INDICATORS["rain_usable_m3"], "A", value, facts=facts), "en")
    assert (text("app.upper_bound", "en") in one.below) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_known_stands_in_one_line_without_what_is_not(language):
    found = [Finding(INDICATORS["area_m2"], "A", 123_400_000.0), Finding(INDICATORS["population"], "A", None),
             Finding(INDICATORS["rain_mm"], "A", 1_100.0)]  # fmt: skip
    area, rain = (text(f"indicators.{id_}.short", language) for id_ in ("area_m2", "rain_mm"))
    unit = label(INDICATORS["rain_mm"].unit, language)
    facts = [text("app.fact", language, name=name, value=value)
             for name, value in ((area, "123.4 km²"), (rain, f"1,100 {unit}"))]  # fmt: skip
    assert facts_line(found, language=language) == " · ".join(facts)


def test_the_worst_status_is_shown_in_the_language(drawn):
    figures([Figure("甲", "1", status="official"), Figure("乙", "2", status="illustrative")], language="en")
    official, illustrative = (text(f"statuses.{status}", "en") for status in ("official", "illustrative"))
    first, second = drawn[0].split('class="atlas-card"')[1:]
    assert (official in first, illustrative in first) == (True, False)
    assert (official in second, illustrative in second) == (False, True)


def test_a_lower_bound_says_so():
    ends = [figure_of(Finding(INDICATORS["rain_owed_m3"], "A", 12.0, facts=facts), "zh").below
            for facts in ({"lower_bound": True}, {})]  # fmt: skip
    assert [text("app.lower_bound") in below for below in ends] == [True, False]


@pytest.mark.parametrize("value", [5.0, None])
def test_a_figure_of_a_part_of_its_area_says_which_share(value):
    one = Finding(INDICATORS["rain_runoff_m3"], "A", value, needs=("landcover",), facts={"known_share": 0.4})
    assert text("app.known_share", share=quantity(0.4, "share", "zh")) in figure_of(one, "zh").below


def test_a_missing_value_says_what_it_waits_for_and_has_no_date(drawn):
    one = Finding(INDICATORS["water_use_m3"], "500156", None, needs=("water_use",), as_of="2024", facts={"absent": 1})
    figures([figure_of(one, "zh")], language="zh")
    assert f'<div class="value none">{text("units.missing")}</div>' in drawn[0]
    owner = store.department("water", "zh")
    assert text("app.lacking", layers=text("layers.water_use.name"), owners=owner) in drawn[0]
    assert "2024" not in drawn[0]


def test_a_year_and_a_day_are_said_differently(drawn):
    figures([Figure("甲", "1", as_of="2024"), Figure("乙", "2", as_of="2024-12-31")], language="zh")
    assert text("app.in_year", day="2024") in drawn[0]
    assert text("app.as_of", day="2024-12-31") in drawn[0]


def test_what_data_say_never_becomes_markup(drawn):
    figures([Figure("<b>x", "<i>1", "<u>", ("<s>low",), meaning='"><img')], language="zh", layout="dense")
    for sign in ("<b>", "<i>", "<u>", "<s>", "<img"):
        assert sign not in drawn[0]


def test_the_room_s_colour_marks_cards_without_their_own(drawn):
    figures([Figure("甲", "1"), Figure("乙", "2", colour="#000000")], language="zh", colour="#14868C")
    assert drawn[0].count("--mark:#14868C") == 1
    assert drawn[0].count("--mark:#000000") == 1


def test_half_a_range_is_no_range():
    assert spread(None, 2.0, "m3", "zh") == spread(2.0, None, "m3", "zh") == ""
    assert spread(1_000.0, 2_000.0, "m3", "zh") == "1,000 – 2,000"


def test_no_status_has_no_mark():
    assert status_mark(None, "zh") == ""
