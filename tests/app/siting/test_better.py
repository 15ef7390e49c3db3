"""Better places: how firm they are, the weights that decide, and taking one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from analysis.asking import Asked
from app import changes
from app.siting import better, session
from app.siting import store as siting_store
from app.siting.session import Given
from tests.app.siting.sides import (
    FIRST,
    HERE,
    THERE,
    scene,
)
from words import LANGUAGES, text
from words.errors import AtlasError


@pytest.mark.parametrize("language", LANGUAGES)
def test_better_places_tell_verdict_distance_score_and_how_firm_they_are(screen, small, found, language):
    better.better_part(scene(small, language, case=FIRST, given=Given(HERE.wkb_hex)), found)
    first, second = (body for body in screen.bodies if "atlas-place" in body)
    slope, alike = text("siting.criteria.slope", language), text("siting.paper.alike", language)
    gains = text("siting.paper.gains", language, criteria=slope)
    assert f"1.2 km · 0.81 · {gains}" in first or f"1.25 km · 0.81 · {gains}" in first
    assert f"0.09 km · 0.50 · {alike}" in second
    assert text("siting.paper.firm", language, best=1, worst=3, share="95.0%") in first
    assert text("siting.paper.firm", language, best=2, worst=5, share="50.0%") in second
    study, restricted, clear = (text(f"siting.verdicts.{one}", language) for one in ("study", "restricted", "clear"))
    assert f'atlas-chip study">{study}' in second
    assert f'atlas-chip restricted">{restricted}' in second
    assert f'atlas-chip clear">{clear}' in first
    assert text("siting.page.better.wherever", language) not in first
    assert screen.widgets["siting_tif"].said["file_name"] == "suitability-feed.tif"


def test_each_place_is_shown_and_taken_by_its_own_buttons(screen, small, found):
    screen.query.update(site="construction_projects:S1")
    given = Given(HERE.wkb_hex, name="厂", pick="construction_projects:S1")
    better.better_part(scene(small, case=FIRST, given=given, said='{"sector": "public"}'), found)
    screen.press("siting_place_2")
    screen.press("siting_place_1")
    assert screen.session["siting_focus"] == ("place", "1", "2")
    screen.press("siting_take_2")
    assert session.given() == Given(THERE.wkb_hex, name="厂")
    assert session.told() == {"sector": "public"}
    assert "site" not in screen.query


def test_where_nothing_is_better_a_sentence_says_so(screen, small, found):
    found.places = ()
    better.better_part(scene(small, case=FIRST), found)
    assert screen.notices[0] == ("missing", text("siting.paper.no_better"))
    screen.wipe()
    better.better_part(scene(small, case=FIRST), None)
    assert "siting_tif" not in screen.widgets


def test_a_judgement_of_one_criterion_over_another_moves_the_weights(screen, small, found):
    screen.session["siting_pair_slope_river"] = "1"
    better.better_part(scene(small, case=FIRST), found)
    pairs = [key for key in screen.widgets if key.startswith("siting_pair_")]
    first, second = better.CRITERIA[:2]
    assert len(pairs) == len(better.CRITERIA) * (len(better.CRITERIA) - 1) / 2
    for judged, larger in (("9", True), ("1/9", False)):
        for other in better.CRITERIA[1:]:
            screen.session[f"siting_pair_{first}_{other}"] = judged
        screen.wipe()
        better.better_part(scene(small, case=FIRST), found)
        screen.press("siting_use_pairs")
        weights = changes.changed("siting")
        assert (weights[f"siting_weight_{first}"] > weights.get(f"siting_weight_{second}", 0.25)) == larger
    names = [text(f"siting.criteria.{name}") for name in better.CRITERIA]
    (said,) = [words for kind, words in screen.notices if kind == "done"]
    assert said.startswith(f"{names[0]} 0.0")
    assert text("siting.page.better.ratio", ratio="0.000").rstrip("。") in said


def test_judgements_that_contradict_each_other_cannot_be_used(screen, small, found):
    a, b, c = better.CRITERIA[:3]
    screen.session.update({f"siting_pair_{a}_{b}": "9", f"siting_pair_{b}_{c}": "9", f"siting_pair_{a}_{c}": "1/9"})
    better.better_part(scene(small, case=FIRST), found)
    assert screen.widgets["siting_use_pairs"].said["disabled"]
    assert [kind for kind, words in screen.notices if text("siting.page.better.inconsistent") in words] == ["missing"]


def test_better_places_are_looked_for_only_when_asked_and_where_asked(screen, small, monkeypatch):
    seen, asked = [], Asked(on=date(2026, 1, 2), assumptions={"psi_roof": 0.8}, subject={"a": 1})

    def start(small, wished, *, watcher):
        seen.append(wished)
        error = AtlasError("siting.page.errors.too_big") if wished.wish["better"] == "district" else None
        result = None if error else "answer"
        return SimpleNamespace(wait=lambda seconds: True, over=True, result=result, error=error, key="k")

    monkeypatch.setattr(siting_store, "check_job", start)
    monkeypatch.setattr(siting_store, "better", lambda small, wished: "found")
    one = scene(small, case=FIRST, asked=asked)
    assert better.asked(one) is None
    assert seen == []
    screen.session["siting_better"] = True
    assert better.asked(one) == "found"
    screen.session["siting_within"] = "district"
    assert better.asked(one) is None
    assert seen == [replace(asked, wish={"better": where}) for where in ("township", "district")]
    better.better_part(one, None)
    assert ("missing", text("siting.page.errors.too_big")) in screen.notices
