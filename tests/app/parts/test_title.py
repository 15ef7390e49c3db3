"""A page is called by its place, its name and the atlas, each tab by another title."""

from __future__ import annotations

import pytest

from app.navigation import PAGES
from app.parts.title import page_title
from tests.small_district import B, small_district
from words import LANGUAGES
from words.errors import AtlasError


@pytest.fixture
def mark(opened):
    return opened(small_district(), "titles")


def test_a_page_about_a_township_names_it(mark):
    assert page_title("rainwater", B, "zh") == "乙镇 · 雨水 — 小县节水一张图"
    assert page_title("township", None, "zh") == "甲镇 · 乡镇 — 小县节水一张图"
    assert page_title("overview", B, "zh") == "总览 — 小县节水一张图"
    assert page_title("rainwater", "nowhere", "en") == "Rainwater — Small County Water Atlas"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_pages_share_a_title(mark, language):
    assert len({page_title(page, B, language) for page in PAGES}) == len(PAGES)


def test_without_data_a_page_has_its_title_too(mark, monkeypatch):
    from app import store

    def unopened() -> str:
        raise AtlasError("errors.unknown_township", code="1", district="x")

    monkeypatch.setattr(store, "current", unopened)
    assert page_title("methods", None, "zh") == "方法 — 节水一张图"
