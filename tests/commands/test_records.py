"""The steward's key and the records from the command line: for the owner of the state folder, without a key, logged."""

from __future__ import annotations

import io
import json
import os
from datetime import UTC, datetime

import pytest

import cli
from records.cases import cases_of, save_case
from records.key import key_is_set, unlock
from records.notes import add_note, close_note
from records.people import Actor, command
from records.reviews import add_review, reviews

KEY = "马 battery 9 staple"


@pytest.fixture
def told(tmp_path, monkeypatch, capsys):
    """A function that runs a command on a state folder of its own and returns exit code and document."""
    monkeypatch.setenv("ATLAS_STATE", str(tmp_path))

    def run(*words: str, given: str = ""):
        monkeypatch.setattr("sys.stdin", io.StringIO(given))
        code = cli.main([*words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return run


def test_the_key_is_set_from_standard_input_and_not_shown(told, tmp_path):
    code, document = told("key", "set", "--stdin", given=KEY + "\n")
    assert (code, document) == (0, {"set": True, "by": command().name})
    assert unlock(tmp_path, KEY, address=None).kind == "steward"


def test_two_different_keys_set_none(told, tmp_path, monkeypatch):
    answers = iter([KEY, KEY + "x"])
    monkeypatch.setattr("getpass.getpass", lambda *_, **__: next(answers))
    code, document = told("key", "set")
    assert (code, document["error"]["key"]) == (1, "records.key.different")
    assert not key_is_set(tmp_path)


def test_sizes_and_emptying_and_the_log(told, tmp_path):
    add_note(tmp_path, "一", version="v")
    close_note(tmp_path, 1, answer="改", by=Actor("command", "x"))
    old, new = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)
    for day in (old, new):
        save_case(tmp_path, "siting", {}, subject=str(day.month), version="v", at=day)
    kept = cases_of(tmp_path, "siting")[0].id
    add_review(tmp_path, kept, conclusion="agree", reviewer="甲")
    code, document = told("records")
    assert code == 0
    assert document["key_set"] is False
    assert {row["box"]: row["count"] for row in document["records"]} == {"cases": 2, "notes": 1, "reviews": 1}
    assert document["records"][0]["most_bytes"] == 1_000_000_000
    assert told("records", "empty", "notes")[1] == {"box": "notes", "removed": 1}
    assert told("records", "empty", "cases", "--before", "2026-02-01")[1] == {"box": "cases", "removed": 1}
    assert [case.id for case in cases_of(tmp_path, "siting")] == [kept]
    assert told("records", "empty", "reviews", "--case", kept)[1]["removed"] == 1
    assert reviews(tmp_path) == []
    assert told("records", "empty", "cases", "--case", kept)[1]["removed"] == 1
    assert told("records", "empty", "cases", "--case", kept)[1]["error"]["key"] == "records.cases.unknown"
    lines = told("records", "log")[1]["log"]
    what = ["case_removed", "reviews_removed", "cases_emptied", "notes_emptied", "note_closed"]
    assert [line["what"] for line in lines] == what
    assert {(line["kind"], line["name"]) for line in lines[:4]} == {("command", command().name)}
    assert os.environ["ATLAS_STATE"] == str(tmp_path)
