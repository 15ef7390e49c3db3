"""Every refusal of the tables comes from its input, and whoever does what it says comes through."""

from __future__ import annotations

import pytest

from tests.refusals import files, foreign, others, places, sites
from tests.refusals.ways import FORMATS
from words import LANGUAGES, sentences, text
from words.errors import AtlasError

NOTHING_TO_TRY = {"maps.link_left", "maps.print.font_missing", "reports.pdf_warned"}  # maintainer's or installer's
ROWS = {**foreign.ROWS, **sites.ROWS, **files.ROWS, **places.ROWS, **others.ROWS}


@pytest.mark.parametrize("key", ROWS)
def test_the_input_is_refused_and_the_advice_comes_through(key, tmp_path):
    row = ROWS[key]
    with pytest.raises(AtlasError) as refusal:
        row.refused(tmp_path)
    assert refusal.value.key == key, refusal.value
    for language in LANGUAGES:
        assert text(key, language, **refusal.value.facts)
    if row.followed is not None:
        row.followed(tmp_path)


def test_advice_that_can_be_tried_is_tried():
    untried = {key for key, row in ROWS.items() if row.followed is None and "请" in sentences("zh")[key]}
    assert sorted(untried - set(foreign.ROWS) - NOTHING_TO_TRY) == []


@pytest.mark.parametrize("kind", foreign.SITES)
def test_every_format_that_a_refused_site_is_told_to_give_is_taken(kind, tmp_path):
    key, give = foreign.SITES[kind]
    with pytest.raises(AtlasError) as refusal:
        give(tmp_path)
    assert refusal.value.key == key
    for language in LANGUAGES:
        told = text(key, language, **refusal.value.facts)
        advice = told.partition("请" if language == "zh" else ". ")[2]
        named = [way for way in FORMATS if way in advice]
        assert named or kind in ("blank", "folder", "inp", "other_archive", "part", "lone_shp"), told
        for way in named:
            FORMATS[way](tmp_path)
