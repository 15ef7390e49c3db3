"""The steward's part in both languages: what the records hold, the log line by line, and the notes on file."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app import access
from app.data import notes as note_part
from app.data import stewardship as steward_part
from records.log import Line
from records.notes import Note
from records.people import at_the_machine
from records.sizes import Size
from tests.small_district import A, small_district
from words import LANGUAGES, text

AT = datetime(2026, 5, 1, 8, 30, 15, tzinfo=UTC)


@pytest.fixture
def mark(opened, screen, monkeypatch):
    """The small district; whoever looks is at the machine."""
    monkeypatch.setattr(access, "steward", at_the_machine)
    return opened(small_district(), "records")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_box_tells_how_full_it_is_in_megabytes(mark, screen, monkeypatch, language):
    sizes = [Size("cases", 3, 1_260_000, 200_000_000), Size("notes", 0, 0, 50_000_000)]
    monkeypatch.setattr(steward_part, "sizes", lambda folder: sizes)
    steward_part.stewardship(language=language)
    told = [text("data.steward.size", language, box=text(f"data.steward.boxes.{box}", language), **facts)
            for box, facts in (("cases", {"count": 3, "held": "1.3", "most": "200"}),
                               ("notes", {"count": 0, "held": "0.0", "most": "50"}))]  # fmt: skip
    assert [said for _, said in screen.notices if said in told] == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_tells_when_who_and_what(mark, screen, monkeypatch, language):
    line = Line(at=AT, kind="machine", name="", what="notes_emptied", about="2")
    monkeypatch.setattr(steward_part, "log_lines", lambda folder, most: [line])
    steward_part.stewardship(language=language)
    (row,) = screen.tables["steward_log"].rows
    assert row[0] == AT.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    assert row[1] == text("data.steward.who.machine", language, name="127.0.0.1")
    assert row[2:] == (text("data.steward.what.notes_emptied", language), "2")


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_tell_when_where_and_what(mark, screen, language):
    filed = [Note(7, AT, "v", A, "rivers", "R1", "x"), Note(5, AT, "v", "gone", "gone", None, "y")]
    note_part.note_table(filed, mark=mark, language=language)
    moment = AT.astimezone().strftime("%Y-%m-%d %H:%M")
    assert screen.tables[note_part.KEY].rows == [
        ("7", moment, "甲镇", text("layers.rivers.name", language), "R1", "x"),
        ("5", moment, "gone", "gone", "", "y"),
    ]
    screen.choose_row(note_part.KEY, 1)
    note_part.note_table(filed, mark=mark, language=language)
    assert screen.widgets["note_close"].label == text("data.note.close", language, number=5)
