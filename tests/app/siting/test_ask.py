"""The questions about a project: in words and units, with unknown as an answer."""

from __future__ import annotations

import pytest

from app.siting import ask, session
from app.siting.scene import open_scene
from app.state import selection
from tests.app.siting.picked import K1, S1, S2, UNITS, scene_of
from words import LANGUAGES, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demand_is_asked_in_ten_thousands_and_kept_in_cubic_metres(mark, screen, language):
    ask.ask(scene_of(screen, site=S2, lang=language))
    field = screen.widgets["siting_demand_m3_per_year"]
    assert field.label == f"{text('siting.page.ask.demand', language)} ({UNITS[language][0]})"
    assert screen.session["siting_demand_m3_per_year"] == 9.0
    screen.fill("siting_demand_m3_per_year", 2.5)
    assert session.told() == {"demand_m3_per_year": 25_000.0}
    screen.fill("siting_demand_m3_per_year", None)
    assert session.told() == {"demand_m3_per_year": None}


def test_a_small_demand_is_shown_with_the_decimals_it_needs(mark, screen):
    for pick, format_ in ((S1, "%.2f"), (S2, "%.2f")):
        ask.ask(scene_of(screen, site=pick))
        assert screen.widgets["siting_demand_m3_per_year"].said["format"] == format_
    assert screen.session["siting_demand_m3_per_year"] == 9.0
    session.tell("demand_m3_per_year", 4.5)
    ask.ask(open_scene(selection()))
    assert screen.widgets["siting_demand_m3_per_year"].said["format"] == "%.5f"


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_are_offered_in_words_and_unknown_is_one_of_them(mark, screen, language):
    ask.ask(scene_of(screen, site=S2, lang=language))
    sector, source = screen.widgets["siting_sector"], screen.widgets["siting_source"]
    assert text("layers.construction_projects.choices.sector.housing", language) in sector.shown()
    assert source.shown()[0] == text("siting.page.ask.unknown", language)
    assert text("siting.page.ask.unknown", language) not in sector.shown()
    assert (screen.session["siting_sector"], screen.session["siting_source"]) == ("housing", "")
    screen.fill("siting_source", "surface")
    screen.fill("siting_source", "")
    assert session.told() == {"source": None}


def test_yes_no_and_unknown_are_three_things(mark, screen):
    ask.ask(scene_of(screen, site=S2))
    assert [screen.session[f"siting_{flag}"] for flag in ("saving_plan", "high_use")] == ["yes", "unknown"]
    for said, kept in (("no", False), ("unknown", None), ("yes", True)):
        screen.fill("siting_saving_plan", said)
        assert session.told()["saving_plan"] is kept
    screen.fill("siting_major_project", True)
    assert session.told()["major_project"] is True
    screen.fill("siting_product", "  白酒 ")
    screen.fill("siting_name", "   ")
    assert (session.told()["product"], session.told()["name"]) == ("白酒", None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_demand_that_was_reckoned_is_said_and_one_told_is_not(mark, screen, language):
    ask.ask(scene_of(screen, site=K1, lang=language))
    how = text("siting.demand.area", language)
    said = text("siting.page.ask.reckoned", language, how=how, value=f"35.04 {UNITS[language][0]}")
    assert ("line", said) in screen.notices
    screen.wipe()
    ask.ask(scene_of(screen, site=S2, lang=language))
    assert screen.notices == []


def test_an_outfall_is_written_in_degrees_east_first(mark, screen):
    ask.ask(scene_of(screen, site=S2))
    screen.fill("siting_outfall", "107.80, 29.35")
    east, north = session.told()["outfall"]
    assert (round(east, -3), round(north, -3)) == (481_000.0, 3_248_000.0)
    ask.ask(open_scene(selection()))
    assert screen.session["siting_outfall"] == "107.800000, 29.350000"
    screen.fill("siting_outfall", "nowhere")
    screen.wipe()
    ask.ask(open_scene(selection()))
    assert ("wrong", text("siting.page.ask.outfall_wrong")) in screen.notices
    assert session.told()["outfall"] == [east, north]
    screen.fill("siting_outfall", " ")
    assert session.told()["outfall"] is None
