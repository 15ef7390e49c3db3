"""The bar on top of every page: links keep what a page takes over, and the language is one press away."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from app import navigation
from app.parts.topbar import topbar
from words import LANGUAGES, text
from words.errors import AtlasError

PAGES = {name: f"page {name}" for name in ("overview", "rainwater", "siting")}
QUERY = {"township": "990001002", "project": "P1", "case": "0123456789ab", "site": "construction_projects:S1",
         "indicator": "rain_mm"}  # fmt: skip


@pytest.mark.parametrize(("language", "other"), [("zh", "en"), ("en", "zh")])
def test_links_are_titled_in_the_language_and_keep_what_the_page_takes_over(screen, language, other):
    screen.query.update(QUERY | ({"lang": "en"} if language == "en" else {}))
    topbar(PAGES, here="overview", brand="<甲镇>")
    kept = {name: screen.widgets[page].said["query_params"] for name, page in PAGES.items()}
    common = {"township": "990001002", "indicator": "rain_mm"} | ({"lang": "en"} if language == "en" else {})
    assert kept == {
        "overview": common,
        "rainwater": common | {"project": "P1"},
        "siting": common | {"site": "construction_projects:S1"},
    }
    assert [screen.widgets[page].label for page in PAGES.values()] == [
        text(f"{name}.title", language) for name in PAGES
    ]
    assert "&lt;甲镇&gt;" in screen.html
    assert screen.widgets["language"].label == text(f"app.languages.{other}", language)


def test_the_language_changes_and_all_else_stays(screen):
    screen.query.update(QUERY)
    topbar(PAGES, here="rainwater", brand="")
    screen.press("language")
    assert screen.query == QUERY | {"lang": "en"}
    topbar(PAGES, here="rainwater", brand="")
    screen.press("language")
    assert screen.query == QUERY


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_its_own_title_and_address(monkeypatch, language):
    monkeypatch.setattr("streamlit.Page", lambda show, **said: said)
    known = navigation.pages(language)
    assert list(known) == list(navigation.PAGES)
    for name, said in known.items():
        assert said == {"title": text(f"{name}.title", language), "url_path": name}


def test_the_overview_is_also_the_page_at_the_bare_address(monkeypatch):
    known: list[list[dict]] = []
    heres: list[str] = []
    monkeypatch.setattr("streamlit.Page", lambda show, **said: said | {"show": show})
    monkeypatch.setattr(navigation, "topbar", lambda pages, *, here, brand: heres.append(here))

    def chosen(pages: list[dict], *, position: str) -> SimpleNamespace:
        known.append(pages)
        return SimpleNamespace(run=lambda: None)

    monkeypatch.setattr("streamlit.navigation", chosen)
    navigation.run(AtlasError("app.broken", reference="x"))
    assert [one["show"] for one in known[0] if one.get("default")] == [navigation.PAGES["overview"].show]
    assert "url_path" not in known[0][0]
    assert heres == ["overview"]
