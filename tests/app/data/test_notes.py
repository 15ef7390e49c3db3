"""Notes on the data page: closed with an answer from the machine itself, and by nobody else."""

from __future__ import annotations

import pytest

from records.notes import add_note, close_note, notes
from records.people import Actor
from tests.small_district import B
from words import LANGUAGES, text


@pytest.fixture
def opened(open_page, folders, tmp_path, monkeypatch):
    """A function that opens the data page with two notes on file, the newer one chosen."""
    add_note(tmp_path, "河名写错", version="v", township=B)
    add_note(tmp_path, "水窖少一口", version="v")
    monkeypatch.setattr("app.state.selected_row", lambda table: 0 if table == "notes" else None)

    def run(*, steward: bool, **query):
        monkeypatch.setattr("app.access.on_this_machine", lambda: steward)
        return open_page("data", folders["whole"], **query)

    return run


def said(page) -> str:
    return "\n".join(element.proto.body for element in page.get("html") if "<style>" not in element.proto.body)


def test_the_steward_closes_the_note_chosen_with_an_answer(opened, tmp_path):
    page = opened(steward=True)
    page.text_area(key="note_answer").set_value("已补上 ")
    page.button(key="note_close").click().run()
    assert [note.problem for note in notes(tmp_path)] == ["河名写错"]
    assert {note.answer for note in notes(tmp_path, open_only=False)} == {None, "已补上"}
    assert text("data.note.closed", number=2) in said(page)


def test_a_note_is_not_closed_without_an_answer(opened, tmp_path):
    page = opened(steward=True)
    page.button(key="note_close").click().run()
    assert len(notes(tmp_path)) == 2
    assert text("data.note.empty") in said(page)


def test_a_note_somebody_closed_meanwhile_is_a_sentence(opened, tmp_path):
    page = opened(steward=True)
    close_note(tmp_path, 2, answer="先答", by=Actor("command"))
    page.text_area(key="note_answer").set_value("后答")
    page.button(key="note_close").click().run()
    assert text("problems.no_such_note", id=2) in said(page)
    assert {note.answer for note in notes(tmp_path, open_only=False)} == {None, "先答"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_others_see_who_may_close_notes_and_no_button(opened, language):
    page = opened(steward=False, lang=language)
    assert text("data.note.who_may", language) in said(page)
    assert "note_close" not in {button.key for button in page.button}


def test_a_connection_that_no_longer_is_the_machines_own_closes_nothing(opened, tmp_path, monkeypatch):
    page = opened(steward=True)
    monkeypatch.setattr("app.access.on_this_machine", lambda: False)
    page.text_area(key="note_answer").set_value("已补上")
    page.button(key="note_close").click().run()
    assert len(notes(tmp_path)) == 2
