"""The data are opened beside the server; what fails is kept with its reason and tried again."""

from __future__ import annotations

import threading

import pytest

from app.server.ready import Opening, Stand
from words import LANGUAGES, text
from words.errors import AtlasError

WRONG = AtlasError("errors.unknown_township", code="1", district="小县")


def _ended(opening: Opening) -> Stand:
    opening._thread.join(20)
    return opening._stand


def test_until_the_data_are_open_and_the_maps_drawn_it_is_opening():
    go, drawn = threading.Event(), []
    opening = Opening(lambda: None, lambda: (go.wait(20), drawn.append("map")))
    assert opening.look().state == "opening"
    opening.begin()
    opening.begin()
    assert opening.look().state == "opening"
    go.set()
    assert _ended(opening) == Stand("ready")
    opening.begin()
    assert drawn == ["map"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_failure_says_why_and_is_tried_again(language):
    answers = [WRONG, None]
    opening = Opening(lambda: answers.pop(0), lambda: None)
    opening.begin()
    failed = _ended(opening)
    assert failed.state == "failed"
    assert text(WRONG.key, language, **WRONG.facts) in failed.sentence(language)
    assert opening.look().state in ("failed", "ready")
    assert _ended(opening).state == "ready"


def test_a_bug_while_opening_is_the_calm_sentence(tmp_path, monkeypatch):
    from app import store

    monkeypatch.setenv("ATLAS_STATE", str(tmp_path))
    store.app_settings.cache_clear()

    def broken() -> None:
        raise KeyError("a secret")

    opening = Opening(lambda: None, broken)
    opening.begin()
    said = _ended(opening)
    assert (said.state, said.error.key) == ("failed", "app.broken")
    assert "secret" not in said.sentence("zh")
    store.app_settings.cache_clear()


@pytest.mark.parametrize("language", LANGUAGES)
def test_opening_and_ready_are_said(language):
    assert Stand("opening").sentence(language) == text("server.opening", language)
    assert Stand("ready").sentence(language) == text("server.ready", language)
