"""Notes for the steward are kept, found by township, answered, and bounded."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from records.emptying import empty_notes
from records.notes import add_note, close_note, notes
from records.people import Actor
from records.sizes import MOST_BYTES
from words.errors import AtlasError

OWNER = Actor("command", "owner")


def test_a_note_is_kept_as_it_was_said(tmp_path):
    moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    add_note(tmp_path, " 水窖位置不对\x00 ", version="abc", township="1", layer="villages", feature="V1", at=moment)
    (found,) = notes(tmp_path, township="1")
    assert (found.problem, found.version, found.layer, found.feature) == ("水窖位置不对", "abc", "villages", "V1")
    assert found.written_at == moment
    assert notes(tmp_path, township="2") == []


def test_an_answered_note_is_no_longer_open(tmp_path):
    note = add_note(tmp_path, "错", version="v")
    close_note(tmp_path, note.id, answer="已改", by=OWNER)
    assert notes(tmp_path) == []
    assert notes(tmp_path, open_only=False)[0].answer == "已改"
    with pytest.raises(AtlasError, match="no_such_note"):
        close_note(tmp_path, note.id, answer="再改", by=OWNER)


@pytest.mark.parametrize(("said", "key"), [("  ", "note_empty"), ("x" * 1001, "note_too_long")])
def test_empty_and_endless_notes_are_refused(tmp_path, said, key):
    with pytest.raises(AtlasError, match=key):
        add_note(tmp_path, said, version="v")
    assert notes(tmp_path) == []


def test_a_full_box_takes_no_more(tmp_path, monkeypatch):
    monkeypatch.setitem(MOST_BYTES, "notes", 210)
    add_note(tmp_path, "1", version="v")  # 102 bytes each
    second = add_note(tmp_path, "2", version="v")
    with pytest.raises(AtlasError, match=r"sizes\.full_notes"):
        add_note(tmp_path, "3", version="v")
    close_note(tmp_path, second.id, answer="", by=OWNER)
    assert empty_notes(tmp_path, by=OWNER) == 1
    add_note(tmp_path, "3", version="v")
    assert [note.problem for note in notes(tmp_path)] == ["3", "1"]


def test_quotes_and_tags_are_text_like_any_other(tmp_path):
    said = "'); drop table notes; -- <script>"
    add_note(tmp_path, said, version="v", township="' or 1=1")
    assert notes(tmp_path, township="' or 1=1")[0].problem == said


def test_many_writers_lose_nothing(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda i: add_note(tmp_path, f"n{i}", version="v"), range(40)))
    assert len({note.problem for note in notes(tmp_path)}) == 40
    with sqlite3.connect(tmp_path / "records.sqlite") as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    connection.close()
