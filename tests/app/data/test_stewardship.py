"""The steward's part of the data page: the first key on the machine itself, unlocking, locking, emptying, the log."""

from __future__ import annotations

import time

import pytest

from records import key as keys
from records.cases import cases_of, save_case
from records.key import Guesses, key_is_set, set_key
from records.log import log_lines
from records.notes import add_note, close_note, notes
from records.people import Actor
from words import LANGUAGES, text
from words.markup import safe

KEY = "马 battery 9 staple"
OWNER = Actor("command", "owner")


@pytest.fixture
def opened(open_page, folders, monkeypatch):
    """A function that opens the data page on the machine itself or from elsewhere."""
    monkeypatch.setattr(keys, "GUESSES", Guesses())

    def run(*, here: bool, **query):
        monkeypatch.setattr("app.access.on_this_machine", lambda: here)
        monkeypatch.setattr("app.access.address", lambda: None if here else "10.0.0.9")
        return open_page("data", folders["whole"], **query)

    return run


def said(page) -> str:
    return "\n".join(element.proto.body for element in page.get("html") if "<style>" not in element.proto.body)


def press(page, form: str):
    (button,) = [one for one in page.button if one.proto.form_id == form]
    return button.click().run()


def unlocked(page, key: str):
    page.text_input(key="steward_key").set_value(key)
    return press(page, "steward_unlock")


@pytest.mark.parametrize("language", LANGUAGES)
def test_elsewhere_nothing_can_be_done_until_there_is_a_key(opened, language):
    page = opened(here=False, lang=language)
    assert safe(text("data.steward.set_elsewhere", language)) in said(page)
    assert not [one.key for one in (*page.button, *page.text_input) if (one.key or "").startswith("steward")]


def test_the_first_key_is_set_here_and_then_asked_for(opened, tmp_path):
    page = opened(here=True)
    page.text_input(key="steward_new").set_value(KEY)
    page.text_input(key="steward_again").set_value(KEY + "x")
    page = press(page, "steward_set")
    assert text("records.key.different") in said(page)
    assert not key_is_set(tmp_path)
    page.text_input(key="steward_new").set_value(KEY)
    page.text_input(key="steward_again").set_value(KEY)
    page = press(page, "steward_set")
    assert key_is_set(tmp_path)
    assert text("data.steward.locked") in said(page)
    assert "steward_empty_notes" not in {one.key for one in page.button}


def test_the_right_key_unlocks_this_session_until_it_is_locked_again(opened, tmp_path):
    set_key(tmp_path, KEY, by=OWNER)
    add_note(tmp_path, "一", version="v")
    close_note(tmp_path, 1, answer="改", by=OWNER)
    case = save_case(tmp_path, "siting", {}, subject=None, version="v")
    page = unlocked(opened(here=False), KEY)
    page.button(key="steward_empty_notes").click().run()
    assert text("data.steward.emptied", count=1) in said(page)
    assert notes(tmp_path, open_only=False) == []
    page.text_input(key="steward_case").set_value(case.id)
    page.button(key="steward_remove_case").click().run()
    assert cases_of(tmp_path, "siting") == []
    assert [(line.kind, line.what) for line in log_lines(tmp_path)][:3] == [
        ("steward", "case_removed"),
        ("steward", "notes_emptied"),
        ("steward", "unlocked"),
    ]
    page.button(key="steward_lock").click().run()
    assert text("data.steward.locked") in said(page)
    other = opened(here=True)
    assert text("data.steward.locked") in said(other)


def test_a_wrong_key_unlocks_nothing_and_waits(opened, tmp_path):
    set_key(tmp_path, KEY, by=OWNER)
    page = unlocked(opened(here=True), "not the key at all")
    assert text("records.key.wrong") in said(page)
    page = unlocked(page, KEY)
    assert "秒" in said(page)
    assert "steward_lock" not in {one.key for one in page.button}
    assert [line.what for line in log_lines(tmp_path)] == ["wrong_key", "key_set"]


def test_a_session_that_ran_out_closes_nothing(opened, tmp_path, monkeypatch):
    set_key(tmp_path, KEY, by=OWNER)
    add_note(tmp_path, "一", version="v")
    page = unlocked(opened(here=False), KEY)
    now = time.monotonic()
    monkeypatch.setattr("records.people.UNLOCKED_S", 1_800.0)
    monkeypatch.setattr("records.people.time.monotonic", lambda: now + 1_801)
    page.button(key="steward_empty_notes").click().run()
    assert text("records.people.expired", minutes=30) in said(page)
    assert text("data.steward.locked") in said(page)
