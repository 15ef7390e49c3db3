"""Every site of a layer judged alike."""

from __future__ import annotations

import pytest

from app.siting import batch
from tests.app.siting.picked import S1, S2, scene_of
from words import LANGUAGES, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_site_of_a_layer_is_listed_and_the_row_chosen_opens_its_own(mark, screen, language):
    batch.batch(scene_of(screen, view="batch", lang=language))
    shown = screen.tables["siting_batch"]
    restricted, study, clear = (text(f"siting.verdicts.{one}", language) for one in ("restricted", "study", "clear"))
    assert shown.column("site") == ["酒厂", "住宅", "未填"]
    assert shown.column("worst") == [restricted, study, clear]
    assert shown.column("bars_title") == [text("siting.checks.soil_plan.name", language), "", ""]
    assert shown.column("not_made")[:2] == ["8", "8"]
    counts = {name: value for name, value, _ in screen.cards}
    assert (counts[restricted], counts[study], counts[clear]) == ("1", "1", "1")
    assert counts[text("siting.verdicts.prohibited", language)] == "0"
    for row, pick in ((1, S2), (0, S1)):
        screen.choose_row("siting_batch", row)
        assert screen.query["site"] == pick
        assert "view" not in screen.query


def test_a_layer_that_holds_no_sites_is_a_sentence(mark, screen):
    screen.session["siting_layer"] = "roads"
    batch.batch(scene_of(screen, view="batch"))
    assert [kind for kind, _ in screen.notices] == ["missing"]
