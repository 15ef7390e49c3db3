"""One file holds the records; what the three files before it held is there, whatever happens while it is taken over."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from random import Random

import old_state
import pytest
from places import ROOT

from records.aside import set_aside, set_aside_before
from records.cases import cases_of, open_case, save_case
from records.file import FILE, reading, writing
from records.notes import Note, add_note, close_note, notes
from records.people import Actor
from records.reviews import add_review, reviews
from records.schema import VERSION
from words.errors import AtlasError

STATEMENTS = 44  # of an opening that takes over an old folder and files one note; killed before each, and after all

FILING = """
import os, signal, sqlite3, sys
from pathlib import Path
folder, last = Path(sys.argv[1]), int(sys.argv[2])
said = 0
class Dying(sqlite3.Connection):
    def execute(self, *statement):
        global said
        if said == last:
            os.kill(os.getpid(), signal.SIGKILL)
        said += 1
        return super().execute(*statement)
    def executemany(self, *statement):
        global said
        if said == last:
            os.kill(os.getpid(), signal.SIGKILL)
        said += 1
        return super().executemany(*statement)
plain = sqlite3.connect
def connect(address, **options):
    ours = "records.sqlite" in str(address)
    return plain(address, **options, **({"factory": Dying} if ours else {}))
sqlite3.connect = connect
from records.notes import add_note
print("ready", flush=True)
sys.stdin.readline()
note = add_note(folder, f"from {os.getpid()}", version="v3")
print(said, note.id, flush=True)
if said == last:
    os.kill(os.getpid(), signal.SIGKILL)
"""


def filing(folder: Path, *, last: int = -1) -> subprocess.Popen[str]:
    """A process about to file a note, when told to; killed before its statement number `last` (from 0)."""
    command = [sys.executable, "-c", FILING, str(folder), str(last)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
    assert process.stdout.readline() == "ready\n"
    return process


def go(processes: list[subprocess.Popen[str]]) -> None:
    """All of them at once."""
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()


def assert_nothing_lost(folder: Path, *, new_notes: int) -> None:
    """Every row of the three files is there once, cases under today's methods, besides so many notes filed since."""
    assert [case.id for case in cases_of(folder, "reclaimed")] == ["aaaaaaaaaaaa"]
    assert [case.id for case in cases_of(folder, "township")] == ["bbbbbbbbbbbb"]
    assert open_case(folder, "aaaaaaaaaaaa").assumptions == {"reclaimed_tap_yuan_per_m3": 5.5}
    assert open_case(folder, "aaaaaaaaaaaa").choices == {"aim": "budget"}
    assert open_case(folder, "bbbbbbbbbbbb").subject == "500156101"
    assert open_case(folder, "cccccccccccc").created == datetime(2026, 1, 4, 3, 4, 5, tzinfo=UTC)
    assert open_case(folder, "dddddddddddd").choices == {"boundary": "x'); drop table cases; --"}
    filed = notes(folder, open_only=False)
    assert sorted(note.id for note in filed) == [1, 2, 7, *range(8, 8 + new_notes)]
    first = next(note for note in filed if note.id == 1)
    moments = datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 2, 3, tzinfo=UTC)
    assert first == Note(1, moments[0], "v1", "500156101", "cisterns", "C1", "水窖位置不对", moments[1], "已改")
    assert {note.id for note in notes(folder)} == {2, 7, *range(8, 8 + new_notes)}
    assert [(one.conclusion, one.saving_m3, one.reviewer) for one in reviews(folder)] == [
        ("supplement", None, "甲"),
        ("agree", 1500.0, "乙"),
    ]


def version_on_disk(folder: Path) -> int:
    with closing(sqlite3.connect(folder / FILE)) as file:
        assert file.execute("pragma integrity_check").fetchone() == ("ok",)
        return file.execute("pragma user_version").fetchone()[0]


def bytes_of(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_an_old_folder_is_read_before_anything_is_written(tmp_path):
    folder = old_state.make(tmp_path / "state")
    before = bytes_of(folder)
    assert_nothing_lost(folder, new_notes=0)
    assert bytes_of(folder) == before


def test_the_first_writing_takes_the_old_files_over_and_leaves_them_as_they_are(tmp_path):
    folder = old_state.make(tmp_path / "state")
    before = bytes_of(folder)
    add_note(folder, "new", version="v3")
    after = bytes_of(folder)
    assert version_on_disk(folder) == VERSION
    assert {name: after[name] for name in before} == before
    assert set(after) == {*before, FILE}
    for name in before:
        (folder / name).unlink()
    assert_nothing_lost(folder, new_notes=1)


def test_what_the_new_file_says_later_holds_against_the_old_ones(tmp_path):
    folder = old_state.make(tmp_path / "state")
    close_note(folder, 2, answer="补上了", by=Actor("command"))
    add_note(folder, "new", version="v3")
    assert {note.id for note in notes(folder)} == {7, 8}


def test_notes_in_a_log_not_yet_moved_into_their_file_are_taken_over(tmp_path):
    folder = old_state.make(tmp_path / "state")
    script = (
        "import os, sqlite3, sys\n"
        "file = sqlite3.connect(sys.argv[1])\n"
        "file.execute(\"insert into notes values (8, '2026-02-06T00:00:00+00:00', 'v', null, null, null, 'last', "
        'null, null)")\n'
        "file.commit()\n"
        "os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(folder / "notes.sqlite")], check=False)
    assert (folder / "notes.sqlite-wal").stat().st_size > 0
    assert [note.problem for note in notes(folder)] == ["last", "村名写错", "缺一条河"]
    add_note(folder, "new", version="v3")
    assert [note.id for note in notes(folder)] == [9, 8, 7, 2]


@pytest.mark.parametrize("missing", [*old_state.FILES, "all but one"])
def test_a_folder_with_only_some_of_the_files_opens(tmp_path, missing):
    folder = old_state.make(tmp_path / "state")
    for name in old_state.FILES:
        if name == missing or (missing == "all but one" and name != "cases.sqlite"):
            (folder / name).unlink()
    add_review(folder, "cccccccccccc", conclusion="agree", reviewer="丙")
    assert len(cases_of(folder, "siting")) == (missing != "cases.sqlite")
    assert len(notes(folder)) == (0 if missing in ("notes.sqlite", "all but one") else 2)
    assert len(reviews(folder)) == (1 if missing in ("reviews.sqlite", "all but one") else 3)


def test_an_old_file_that_was_never_filled_counts_as_none(tmp_path):
    (tmp_path / "notes.sqlite").touch()
    assert add_note(tmp_path, "1", version="v").id == 1


def test_the_statements_of_an_opening_are_counted(tmp_path):
    told, _ = filing(old_state.make(tmp_path / "state")).communicate("go\n")
    assert int(told.split()[0]) == STATEMENTS


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
@pytest.mark.parametrize("last", range(STATEMENTS + 1))
def test_an_opening_killed_at_any_statement_loses_nothing(tmp_path, last):
    folder = old_state.make(tmp_path / "state")
    process = filing(folder, last=last)
    told = process.communicate("go\n")[0]
    assert process.returncode == -signal.SIGKILL
    committed = last == STATEMENTS
    assert bool(told) == committed
    assert_nothing_lost(folder, new_notes=int(committed))
    add_note(folder, "after", version="v3")
    assert version_on_disk(folder) == VERSION
    assert_nothing_lost(folder, new_notes=1 + committed)


@pytest.mark.parametrize("count", [2, 4])
def test_processes_that_open_an_old_folder_at_once_lose_nothing(tmp_path, count):
    folder = old_state.make(tmp_path / "state")
    processes = [filing(folder) for _ in range(count)]
    go(processes)
    told = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0] * count, told
    assert sorted(int(out.split()[1]) for out, _ in told) == list(range(8, 8 + count))
    assert_nothing_lost(folder, new_notes=count)


@pytest.mark.long
@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_openings_killed_at_any_moment_lose_nothing(tmp_path):
    """Twenty pairs of processes, killed some time within the opening, on a folder of 3,000 notes."""
    moments, killed = Random(8), 0
    for round_ in range(20):
        folder = old_state.make(tmp_path / str(round_))
        with closing(sqlite3.connect(folder / "notes.sqlite")) as file:
            row = ("2026-02-06T00:00:00+00:00", "v", "长" * 900)
            file.executemany("insert into notes (written_at, version, problem) values (?,?,?)", [row] * 3_000)
            file.commit()
        processes = [filing(folder) for _ in range(2)]
        go(processes)
        time.sleep(moments.uniform(0.0, 0.08))
        for process in processes:
            process.kill()
        told = [process.communicate()[0] for process in processes]
        killed += sum(process.returncode != 0 for process in processes)
        acknowledged = {int(out.split()[1]) for out in told if out}
        kept = {note.id for note in notes(folder, open_only=False)}
        assert kept >= {1, 2, *range(7, 3_008), *acknowledged}
        assert len(kept) <= 3_003 + 2
        assert add_note(folder, "after", version="v3").id == max(kept) + 1
        assert version_on_disk(folder) == VERSION
        assert [case.id for case in cases_of(folder, "reclaimed")] == ["aaaaaaaaaaaa"]
        assert len(reviews(folder)) == 2
    assert killed > 10


def test_a_newer_file_is_refused_and_left_alone(tmp_path):
    add_note(tmp_path, "1", version="v")
    with closing(sqlite3.connect(tmp_path / FILE)) as file:
        file.execute(f"pragma user_version = {VERSION + 1}")
    before = bytes_of(tmp_path)
    for attempt in (
        lambda: add_note(tmp_path, "2", version="v"),
        lambda: notes(tmp_path),
        lambda: save_case(tmp_path, "m", {}, subject=None, version="v"),
    ):
        with pytest.raises(AtlasError) as refused:
            attempt()
        assert (refused.value.key, refused.value.facts) == (
            "records.store.newer",
            {"found": VERSION + 1, "known": VERSION},
        )
    assert bytes_of(tmp_path) == before


def fill(path: Path, kind: str) -> None:
    """A file that is no box of ours."""
    if kind == "noise":
        path.write_bytes(b"these are not records " * 400)
    else:
        with closing(sqlite3.connect(path)) as file:
            file.execute("create table birds (name text)")
            file.execute("pragma user_version = 2")
            file.commit()


@pytest.mark.parametrize(("name", "kind"), [(FILE, "noise"), (FILE, "foreign"), ("notes.sqlite", "noise")])
def test_a_useless_file_is_left_alone_by_readers_and_set_aside_by_a_writer(tmp_path, name, kind):
    fill(tmp_path / name, kind)
    before = bytes_of(tmp_path)[name]
    with pytest.raises(AtlasError) as refused:
        notes(tmp_path)
    key = "records.store.damaged" if kind == "noise" else "records.store.foreign"
    assert (refused.value.key, refused.value.facts["file"]) == (key, name)
    assert bytes_of(tmp_path) == {name: before}
    with pytest.raises(AtlasError) as refused:
        add_note(tmp_path, "1", version="v")
    assert (refused.value.key, refused.value.facts["file"]) == ("records.store.set_aside", name)
    assert set_aside_before(tmp_path) == [refused.value.facts["kept"]]
    assert bytes_of(tmp_path)[refused.value.facts["kept"]] == before
    assert add_note(tmp_path, "1", version="v").id == 1
    assert [note.problem for note in notes(tmp_path)] == ["1"]
    assert len(set_aside_before(tmp_path)) == 1


def test_a_page_damaged_within_is_set_aside_by_the_writer_that_meets_it(tmp_path):
    for number in range(60):
        add_note(tmp_path, f"{number}" * 400, version="v")
    content = bytearray((tmp_path / FILE).read_bytes())
    content[4096 * 2 :] = b"\xff" * (len(content) - 4096 * 2)
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(AtlasError, match=r"store\.set_aside"):
        add_note(tmp_path, "1", version="v")
    assert add_note(tmp_path, "1", version="v").id == 1


def test_a_sound_file_is_never_set_aside(tmp_path):
    add_note(tmp_path, "1", version="v")
    said = set_aside(tmp_path / FILE, AtlasError("records.store.damaged", file=FILE))
    assert said.key == "records.store.busy"
    assert [note.problem for note in notes(tmp_path)] == ["1"]


def test_a_journal_goes_with_the_file_it_belongs_to(tmp_path):
    fill(tmp_path / FILE, "noise")
    (tmp_path / f"{FILE}-journal").write_bytes(b"half")
    said = set_aside(tmp_path / FILE, AtlasError("records.store.damaged", file=FILE))
    assert {path.name for path in tmp_path.iterdir()} == {said.facts["kept"], f"{said.facts['kept']}-journal"}


@pytest.mark.parametrize("key", ["closed", "full"])
def test_a_disk_that_cannot_be_written_is_said(tmp_path, monkeypatch, key):
    wrong = errno.ENOSPC if key == "full" else errno.EROFS

    def refuse(*given: object, **named: object) -> None:
        raise OSError(wrong, os.strerror(wrong))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(AtlasError, match=rf"store\.{key}"):
        add_note(tmp_path / "state", "1", version="v")


def test_a_full_disk_refuses_what_does_not_fit_and_keeps_what_there_is(tmp_path):
    add_note(tmp_path, "kept", version="v")

    def write() -> None:
        with writing(tmp_path) as file:
            file.execute("pragma max_page_count = 12")  # what SQLite says then is what it says of a full disk
            for _ in range(100):
                file.execute("insert into notes (written_at, version, problem) values ('', '', ?)", ("长" * 900,))

    with pytest.raises(AtlasError, match=r"store\.full"):
        write()
    assert [note.problem for note in notes(tmp_path)] == ["kept"]


def test_a_file_that_another_process_holds_is_said_to_readers_soon(tmp_path, monkeypatch):
    monkeypatch.setattr("records.file._READ_WAIT_S", 0.2)
    monkeypatch.setattr("records.file._WAIT_S", 0.2)
    add_note(tmp_path, "1", version="v")
    script = (
        "import sqlite3, sys\nfile = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "file.execute('begin exclusive')\nprint('held', flush=True)\nsys.stdin.readline()\n"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / FILE)], stdin=pipe, stdout=pipe, text=True
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        for attempt in (lambda: notes(tmp_path), lambda: add_note(tmp_path, "2", version="v")):
            with pytest.raises(AtlasError, match=r"store\.busy"):
                attempt()
        holder.communicate("go\n")
    assert len(notes(tmp_path)) == 1


def test_a_folder_in_the_place_of_the_file_is_not_called_empty(tmp_path):
    (tmp_path / FILE).mkdir()
    with pytest.raises(AtlasError, match=r"store\.closed"):
        notes(tmp_path)


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "state").write_text("", encoding="utf-8")
    with pytest.raises(AtlasError, match=r"store\.closed"):
        add_note(tmp_path / "state", "1", version="v")
    with pytest.raises(AtlasError, match=r"store\.closed"):
        notes(tmp_path / "state")


def test_reading_makes_no_file(tmp_path):
    assert notes(tmp_path / "state") == []
    assert cases_of(tmp_path / "state", "siting") == []
    assert reviews(tmp_path / "state") == []
    assert not (tmp_path / "state").exists()


def test_what_is_read_cannot_be_changed(tmp_path):
    add_note(tmp_path, "1", version="v")
    with reading(tmp_path) as file, pytest.raises(sqlite3.OperationalError, match="readonly"):
        file.execute("delete from notes")
