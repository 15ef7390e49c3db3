"""The sheet of a judged site: head, checks in order, and trying a change."""

from __future__ import annotations

import json

import pytest

from app.siting import session
from app.siting.scene import open_scene
from app.siting.sheet import checks, verdict_head
from app.state import selection
from tests.app.siting.picked import K1, S1, scene_of
from tests.app.siting.sides import cells
from words import LANGUAGES, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_counts_each_verdict_and_names_the_worst(mark, screen, language):
    verdict_head(scene_of(screen, site=S1, lang=language))
    verdicts = {one: text(f"siting.verdicts.{one}", language) for one in ("restricted", "clear", "unknown")}
    counts = {"restricted": 1, "clear": 23, "unknown": 8}
    for verdict, count in counts.items():
        assert f'<span class="atlas-chip {verdict}">{verdicts[verdict]} {count}</span>' in screen.html
    assert "atlas-chip prohibited" not in screen.html
    assert verdicts["restricted"] in screen.html.split('class="first">')[1].split("<")[0]
    marks = {"result": open_scene(selection()).case.result_id, "version": "v1"}
    assert text("siting.paper.footer_undated", language, **marks) in screen.html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_worst_checks_unfold_first_and_the_clear_ones_are_folded(mark, screen, language):
    checks(scene_of(screen, site=S1, lang=language))
    soil, restricted = text("siting.checks.soil_plan.name", language), text("siting.verdicts.restricted", language)
    first, second = screen.folds
    assert (first.startswith(f":orange-badge[{restricted}]"), first.endswith(soil)) == (True, True)
    assert second == text("siting.page.sheet.clear", language, count=23)
    assert text("siting.page.sheet.unknown", language, count=8) in screen.text
    facts = cells(next(body for body in screen.bodies if "atlas-facts" in body))
    assert facts[text("siting.page.sheet.rule", language)] == [text("siting.checks.soil_plan.rule", language)]
    assert facts[text("siting.page.sheet.as_of", language)][0].startswith("2024-12-31")
    assert text("statuses.official", language) in facts[text("siting.page.sheet.as_of", language)][0]


def test_trying_a_smaller_site_moves_the_site_and_keeps_the_project(mark, screen):
    checks(scene_of(screen, site=K1))
    pressed = [key for key in screen.widgets if key.startswith("siting_try_availability")]
    screen.press(pressed[0])
    told, known = session.told(), json.loads(open_scene(selection()).said)
    assert told["demand_m3_per_year"] is not None or known["source"] != "public_network"
