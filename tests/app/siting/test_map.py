"""What lies over the siting page's map: the site, its verdict and better places."""

from __future__ import annotations

import pytest

from app.siting.map import focus_on, overlay
from app.siting.session import Given
from tests.app.siting.sides import (
    FIRST,
    HERE,
    THERE,
    scene,
)
from words import LANGUAGES, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_carries_the_site_its_verdict_and_the_better_places(screen, small, found, language):
    shown = overlay(scene(small, language, case=FIRST, shape=HERE, given=Given(HERE.wkb_hex, name="甲地")), found)
    west = min(x for x, _ in shown["site"]["coordinates"][0])
    north = max(y for _, y in shown["site"]["coordinates"][0])
    assert (round(west, 2), round(north, 2)) == (107.84, 29.41)
    restricted = text("siting.verdicts.restricted", language)
    assert (shown["title"], shown["line"]) == ("甲地", text("siting.page.worst", language, verdict=restricted))
    first, second = shown["places"]
    facts = {"verdict": "line 2", "score": "0.50", "distance": "0.09 km"}
    assert second["line"] == text("siting.page.better.place_line", language, **facts)
    assert (first["rank"], first["title"]) == (1, text("siting.page.better.place", language, rank=1))
    assert second["geojson"]["coordinates"][0][0][0] > first["geojson"]["coordinates"][0][0][0]
    labels = [row["label"] for row in shown["legend"]]
    assert labels[0] == text("siting.paper.legend_site", language)
    assert labels[-1] == text("siting.page.better.excluded", language)
    assert labels[1] == text("siting.page.better.class", language, low=0.8, high=1.0)
    assert labels[-2] == text("siting.page.better.class", language, low=0.0, high=0.2)
    assert shown["key"].endswith("-p.png")


def test_without_a_site_nothing_lies_over_the_map_and_another_site_has_another_key(screen, small):
    assert overlay(scene(small), None) == {"key": ""}
    keys = {overlay(scene(small, shape=one, given=Given(one.wkb_hex)), None)["key"] for one in (HERE, THERE)}
    assert len(keys) == 2
    plain = overlay(scene(small, shape=HERE, given=Given(HERE.wkb_hex)), None)
    assert (plain["title"], plain["line"], "evidence" in plain) == (text("siting.paper.legend_site"), "", False)


def test_going_to_the_same_piece_twice_is_two_marks(screen):
    focus_on("evidence", "3")
    first = screen.session["siting_focus"]
    focus_on("evidence", "3")
    assert (first, screen.session["siting_focus"]) == (("evidence", "3", "1"), ("evidence", "3", "2"))
