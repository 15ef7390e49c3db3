"""The steward's key: kept as a salted hash, asked for in the functions, guessed slowly, and each use logged."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from records import key as keys
from records import spare_key
from records.cases import cases_of, save_case
from records.emptying import empty_cases, empty_notes, remove_case, remove_reviews
from records.file import FILE, writing
from records.key import Guesses, key_is_set, set_key, unlock
from records.log import log_lines, write_line
from records.notes import add_note, close_note, notes
from records.people import Actor, at_the_machine, command
from records.reviews import add_review, reviews
from records.sizes import sizes
from words.errors import AtlasError

KEY = "马 battery 9 staple"
OWNER = Actor("command", "owner")


@pytest.fixture(autouse=True)
def no_guesses(monkeypatch):
    monkeypatch.setattr(keys, "GUESSES", Guesses())


@pytest.fixture
def now(monkeypatch):
    """A clock that a test moves."""
    moment = [1_000.0]
    monkeypatch.setattr(time, "monotonic", lambda: moment[0])
    return moment


def test_the_key_itself_is_nowhere_on_disk_and_its_hash_is_salted(tmp_path):
    set_key(tmp_path, KEY, by=OWNER)
    assert KEY.encode() not in (tmp_path / FILE).read_bytes()
    proof = unlock(tmp_path, KEY, address=None).proof
    set_key(tmp_path, KEY, by=OWNER)
    assert unlock(tmp_path, KEY, address=None).proof != proof


@pytest.mark.parametrize("key", ["", "short", "x" * 201])
def test_a_key_too_short_or_long_is_refused(tmp_path, key):
    with pytest.raises(AtlasError, match=r"key\.length"):
        set_key(tmp_path, key, by=OWNER)
    assert not key_is_set(tmp_path)


def test_the_machine_sets_the_first_key_and_no_second(tmp_path):
    set_key(tmp_path, KEY, by=at_the_machine())
    with pytest.raises(AtlasError, match=r"people\.key_needed"):
        set_key(tmp_path, "another long key", by=at_the_machine())
    assert unlock(tmp_path, KEY, address=None).kind == "steward"


def filled(folder):
    """A folder with a closed note, an open one, a case and a review of it; returns the case's id."""
    add_note(folder, "一", version="v")
    add_note(folder, "二", version="v")
    close_note(folder, 1, answer="已改", by=OWNER)
    case = save_case(folder, "siting", {}, subject=None, version="v")
    add_review(folder, case.id, conclusion="agree", reviewer="甲")
    return case.id


def emptied_cases(folder, case, by):
    saved = cases_of(folder, "siting")[0].created
    assert empty_cases(folder, before=saved, by=by) == 0
    assert empty_cases(folder, before=saved + timedelta(seconds=1), by=by) == 1


ACTS = {
    "close": lambda folder, case, by: close_note(folder, 2, answer="改", by=by),
    "notes": lambda folder, case, by: empty_notes(folder, by=by),
    "case": lambda folder, case, by: remove_case(folder, case, by=by),
    "cases": emptied_cases,
    "reviews": lambda folder, case, by: remove_reviews(folder, case, by=by),
}


@pytest.mark.parametrize("act", ACTS)
def test_every_act_asks_who(tmp_path, act):
    case = filled(tmp_path)
    set_key(tmp_path, KEY, by=OWNER)
    steward = unlock(tmp_path, KEY, address="10.0.0.9")
    before = sizes(tmp_path), log_lines(tmp_path)
    forged, late = replace(steward, proof="0" * 64), replace(steward, until=0.0)
    for stranger in (None, at_the_machine(), Actor("steward"), forged, late):
        with pytest.raises(AtlasError, match=r"people\.(key_needed|expired)"):
            ACTS[act](tmp_path, case, stranger)
    assert (sizes(tmp_path), log_lines(tmp_path)) == before
    ACTS[act](tmp_path, case, steward)
    last = log_lines(tmp_path)[0]
    assert (last.kind, last.name) == ("steward", "10.0.0.9")
    assert len(log_lines(tmp_path)) == len(before[1]) + (2 if act == "cases" else 1)


@pytest.mark.parametrize("act", ACTS)
def test_without_a_key_the_machine_may_and_nobody_else(tmp_path, act):
    case = filled(tmp_path)
    for stranger in (None, Actor("steward"), Actor("steward", until=float("inf"))):
        with pytest.raises(AtlasError, match=r"people\.(key_needed|expired)"):
            ACTS[act](tmp_path, case, stranger)
    ACTS[act](tmp_path, case, at_the_machine())
    assert log_lines(tmp_path)[0].kind == "machine"


def test_a_session_runs_out_after_half_an_hour(tmp_path, now):
    filled(tmp_path)
    set_key(tmp_path, KEY, by=OWNER)
    steward = unlock(tmp_path, KEY, address=None)
    now[0] += 1_799
    close_note(tmp_path, 2, answer="改", by=steward)
    now[0] += 1
    with pytest.raises(AtlasError, match=r"people\.expired"):
        empty_notes(tmp_path, by=steward)


def test_a_new_key_ends_sessions_unlocked_with_the_old(tmp_path):
    set_key(tmp_path, KEY, by=OWNER)
    steward = unlock(tmp_path, KEY, address=None)
    set_key(tmp_path, "another long key", by=OWNER)
    with pytest.raises(AtlasError, match=r"people\.key_needed"):
        empty_notes(tmp_path, by=steward)


def test_wrong_keys_are_logged_and_wait_twice_as_long_each_time(tmp_path, now):
    set_key(tmp_path, KEY, by=OWNER)
    for wait in (2, 4, 8, 16):
        with pytest.raises(AtlasError, match=r"key\.wrong"):
            unlock(tmp_path, "not the key at all", address="10.0.0.9")
        now[0] += wait - 0.5
        with pytest.raises(AtlasError, match=r"key\.slow") as slowed:
            unlock(tmp_path, KEY, address="10.0.0.9")
        assert slowed.value.facts == {"seconds": 1}
        unlock(tmp_path, KEY, address="10.0.0.8")
        now[0] += 0.5
    assert unlock(tmp_path, KEY, address="10.0.0.9").name == "10.0.0.9"
    assert [line.what for line in log_lines(tmp_path)].count("wrong_key") == 4


def test_no_address_waits_longer_than_a_quarter_of_an_hour(now):
    guesses = Guesses()
    for _ in range(40):
        guesses.wrong("10.0.0.9")
    assert guesses.wait_s("10.0.0.9") == 900


def test_many_addresses_together_are_slowed(now):
    guesses = Guesses()
    for number in range(19):
        guesses.wrong(str(number))
    assert guesses.wait_s("new") == 0
    guesses.wrong("19")
    assert guesses.wait_s("new") == 5
    now[0] += 5
    assert guesses.wait_s("new") == 0


def test_without_a_key_nothing_unlocks(tmp_path):
    with pytest.raises(AtlasError, match=r"key\.none"):
        unlock(tmp_path, "", address=None)


def test_emptying_takes_what_it_says_and_sizes_follow(tmp_path):
    case = filled(tmp_path)
    held = {size.box: (size.count, size.bytes) for size in sizes(tmp_path)}
    assert held == {"cases": (1, 105), "notes": (2, 214), "reviews": (1, 103)}  # 100 a row and its text
    assert empty_notes(tmp_path, by=OWNER) == 1
    assert [note.problem for note in notes(tmp_path, open_only=False)] == ["二"]
    remove_case(tmp_path, case, by=OWNER)
    assert reviews(tmp_path) == []
    assert cases_of(tmp_path, "siting") == []
    held = {size.box: (size.count, size.bytes) for size in sizes(tmp_path)}
    assert held == {"cases": (0, 0), "notes": (1, 104), "reviews": (0, 0)}
    assert [line.what for line in log_lines(tmp_path)] == ["case_removed", "notes_emptied", "note_closed"]


def test_the_log_keeps_the_newest(tmp_path, monkeypatch):
    monkeypatch.setattr("records.log.KEPT", 3)
    for number in range(5):
        with writing(tmp_path) as file:
            write_line(file, "command", "", "unlocked", about=str(number))
    assert [line.about for line in log_lines(tmp_path)] == ["4", "3", "2"]


def test_a_command_is_known_by_the_system_user(monkeypatch):
    monkeypatch.setenv("LOGNAME", "somebody-else")
    assert command().kind == "command"
    assert command().name != "somebody-else"


def damaged(folder):
    (folder / FILE).write_bytes(b"these are not records " * 400)
    with pytest.raises(AtlasError, match=r"store\.set_aside"):
        add_note(folder, "1", version="v")


def test_the_key_outlives_a_box_that_is_set_aside(tmp_path):
    set_key(tmp_path, KEY, by=OWNER)
    before = unlock(tmp_path, KEY, address=None)
    damaged(tmp_path)
    assert key_is_set(tmp_path)  # before anyone has written again
    add_note(tmp_path, "1", version="v")
    with pytest.raises(AtlasError, match=r"people\.key_needed"):
        close_note(tmp_path, 1, answer="改", by=at_the_machine())
    with pytest.raises(AtlasError, match=r"key\.wrong"):
        unlock(tmp_path, "another long key", address="a")
    close_note(tmp_path, 1, answer="改", by=before)
    assert unlock(tmp_path, KEY, address=None).proof == before.proof


def test_a_key_set_before_there_was_a_spare_gets_one_when_it_is_used(tmp_path):
    set_key(tmp_path, KEY, by=OWNER)
    (tmp_path / spare_key.FILE).unlink()
    unlock(tmp_path, KEY, address=None)
    damaged(tmp_path)
    assert unlock(tmp_path, KEY, address=None).kind == "steward"


def test_a_damaged_spare_locks_a_new_box_until_the_owner_sets_a_key(tmp_path):
    set_key(tmp_path, KEY, by=OWNER)
    (tmp_path / spare_key.FILE).write_bytes(b"noise" * 400)
    damaged(tmp_path)
    assert key_is_set(tmp_path)
    with pytest.raises(AtlasError, match=r"key\.wrong"):
        unlock(tmp_path, KEY, address=None)
    with pytest.raises(AtlasError, match=r"people\.key_needed"):
        set_key(tmp_path, KEY, by=at_the_machine())
    set_key(tmp_path, "a third long key", by=OWNER)
    assert unlock(tmp_path, "a third long key", address="b").kind == "steward"
    assert spare_key.spare_key(tmp_path) is not None


def test_the_spare_is_nobody_elses_to_read_and_holds_no_key(tmp_path):
    set_key(tmp_path, KEY, by=OWNER)
    spare = tmp_path / spare_key.FILE
    assert KEY.encode() not in spare.read_bytes()
    assert sys.platform == "win32" or spare.stat().st_mode & 0o077 == 0


def test_a_new_folder_has_no_key(tmp_path):
    add_note(tmp_path, "1", version="v")
    assert not key_is_set(tmp_path)
