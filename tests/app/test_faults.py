"""A bug or a fault of the disk is told in one sentence wherever it happens, and takes down only what needs it."""

from __future__ import annotations

import asyncio
import errno
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
import streamlit as st
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest
from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse
from streamlit.runtime.backend_operation_handler import DeferredFileHandler
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from app import faults, journal, store
from app.navigation import PAGES
from records.file import FILE
from records.notes import add_note, notes
from tests.small_district import A, B
from words import LANGUAGES, text
from words.errors import AtlasError

NOISE = b"these are not records " * 400


def said(page) -> str:
    """Everything the page says, tags and all, without its style sheet."""
    return "\n".join(one.proto.body for one in page.get("html") if "<style>" not in one.proto.body)


def reference_in(page, language: str = "zh") -> str:
    """The reference of the calm sentence on the page."""
    before, after = text("app.broken", language, reference="|").split("|")
    found = re.findall(re.escape(before) + "([0-9a-f]{8})" + re.escape(after), said(page))
    assert len(found) == 1
    return found[0]


@pytest.fixture
def log(tmp_path: Path):
    """What the log holds of this test."""
    journal.journal.cache_clear()
    yield lambda: (tmp_path / "logs" / "atlas.log").read_text(encoding="utf-8")
    journal.journal.cache_clear()


def bug(*given: object, **named: object) -> None:
    raise KeyError("a secret")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bug_in_a_callback_leaves_the_page_and_is_in_the_log(open_page, folders, monkeypatch, log, language):
    page = open_page("township", folders["whole"], township=B, lang=language)
    monkeypatch.setattr("app.state.change", bug)
    page.button_group(key="theme").set_value("rain").run()
    assert not page.exception
    reference = reference_in(page, language)
    assert "a secret" not in said(page)
    assert said(page).count('class="atlas-card"') == 5
    assert f"reference {reference}" in log()
    assert "KeyError: 'a secret'" in log()
    monkeypatch.undo()
    page.run()
    assert "atlas-notice wrong" not in said(page)


def test_a_refusal_in_a_callback_is_its_sentence(open_page, folders, monkeypatch):
    page = open_page("township", folders["whole"], township=B)

    def refuse(**values: object) -> None:
        raise AtlasError("records.cases.unknown", id="abc")

    monkeypatch.setattr("app.state.change", refuse)
    page.button_group(key="theme").set_value("rain").run()
    assert text("records.cases.unknown", id="abc") in said(page)


def test_a_bug_that_nobody_caught_is_told_in_our_words(log, monkeypatch, tmp_path):
    from streamlit.testing.v1 import AppTest

    monkeypatch.setenv("ATLAS_STATE", str(tmp_path))
    store.app_settings.cache_clear()
    faults.watch()

    def script() -> None:
        import streamlit as st

        @st.fragment
        def part() -> None:
            raise ValueError("a secret")

        st.query_params["lang"] = "en"
        part()

    page = AppTest.from_function(script, default_timeout=30).run()
    assert not page.exception
    assert reference_in(page, "en") in log()
    store.app_settings.cache_clear()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_cannot_be_made_is_told_with_a_reference_that_is_in_the_log(log, monkeypatch, tmp_path, language):
    monkeypatch.setenv("ATLAS_STATE", str(tmp_path))
    store.app_settings.cache_clear()
    faults.watch()

    def answered(make: Callable[[], bytes]) -> BackendOperationResponse:
        files = MediaFileManager(MemoryMediaFileStorage("/media"))
        file = files.add_deferred(faults.told(make, language), "text/plain", "1.2.3", "a.txt")
        request = BackendOperationRequest(request_id="r", deferred_file={"file_id": file})
        return asyncio.run(DeferredFileHandler(lambda: files).handle(request, "s"))

    before, after = text("app.broken", language, reference="|").split("|")
    found = re.fullmatch(re.escape(before) + "([0-9a-f]{8})" + re.escape(after), answered(bug).error_msg)
    assert found is not None
    assert found[1] in log()
    assert "a secret" in log()

    def full() -> bytes:
        raise AtlasError("errors.unknown_township", code="x", district="y")

    assert answered(full).error_msg == text("errors.unknown_township", language, code="x", district="y")
    store.app_settings.cache_clear()


def test_watching_twice_is_watching_once():
    assert faults.watch()
    once = st.runtime.state.session_state.WStates.call_callback
    assert faults.watch()
    assert st.runtime.state.session_state.WStates.call_callback is once


@pytest.mark.parametrize("blocked", ["logs", "logs/atlas.log", "state"])
def test_a_log_that_cannot_be_written_goes_to_standard_error(tmp_path, capsys, log, blocked):
    folder = tmp_path / "state"
    if blocked == "logs/atlas.log":
        (folder / blocked).mkdir(parents=True)
    elif blocked == "logs":
        folder.mkdir()
        (folder / "logs").touch()
    else:
        folder.touch()
    journal.journal(folder).error("reference %s", "12ab34cd", exc_info=ValueError("why"))
    written = capsys.readouterr().err
    assert "reference 12ab34cd" in written
    assert "ValueError: why" in written


def test_a_full_disk_sends_the_log_to_standard_error(tmp_path, capsys, log, monkeypatch):
    written = journal.journal(tmp_path)

    def full(*given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("logging.FileHandler.emit", full)
    written.error("reference %s", "12ab34cd")
    assert "reference 12ab34cd" in capsys.readouterr().err


@pytest.mark.parametrize("name", PAGES)
def test_every_page_shows_with_a_damaged_box(open_page, folders, tmp_path, name):
    (tmp_path / FILE).write_bytes(NOISE)
    page = open_page(name, folders["whole"])
    assert not page.exception
    spoken = said(page)
    assert text("app.version", version="|", day="|").split("|")[0] in spoken
    assert spoken.count("atlas-notice wrong") == (name == "data")
    if name == "data":
        assert text("records.store.damaged", file=FILE, reason="file is not a database") in spoken
    assert (tmp_path / FILE).read_bytes() == NOISE


@pytest.mark.parametrize("name", PAGES)
def test_every_page_shows_while_another_program_holds_the_box(open_page, folders, tmp_path, name):
    add_note(tmp_path, "一", version="v")
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("pragma locking_mode = exclusive")
        other.execute("begin exclusive")
        page = open_page(name, folders["whole"])
    assert not page.exception
    spoken = said(page)
    assert text("app.version", version="|", day="|").split("|")[0] in spoken
    assert spoken.count("atlas-notice wrong") == (name == "data")
    assert (text("records.store.busy", file=FILE) in spoken) == (name == "data")


@pytest.fixture(params=["read-only", "full"])
def disk(request: pytest.FixtureRequest, tmp_path: Path):
    """The state folder on a disk that takes nothing any more; a note lies on it."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("needs a small file system of its own, which root makes")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", tmp_path], capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        add_note(tmp_path, "一", version="v")
        if request.param == "read-only":
            subprocess.run(["mount", "-o", "remount,ro", tmp_path], check=True)
        else:
            with suppress(OSError), (tmp_path / "filler").open("wb", buffering=0) as filler:
                while True:
                    filler.write(b"x" * 512)
        yield tmp_path
    finally:
        subprocess.run(["umount", "-l", tmp_path], check=False)


@pytest.mark.long
@pytest.mark.parametrize("name", PAGES)
def test_every_page_shows_from_a_disk_that_takes_nothing(open_page, folders, disk, name):
    page = open_page(name, folders["whole"])
    assert not page.exception
    spoken = said(page)
    assert text("app.version", version="|", day="|").split("|")[0] in spoken
    assert "atlas-notice wrong" not in spoken
    assert [note.problem for note in notes(disk)] == ["一"]


@pytest.mark.parametrize(("name", "key"), [("rainwater", "case"), ("reclaimed", "case"), ("siting", "sheet")])
def test_a_case_that_cannot_be_read_costs_the_case_alone(open_page, folders, tmp_path, name, key):
    (tmp_path / FILE).write_bytes(NOISE)
    spoken = said(open_page(name, folders["whole"], **{key: "0123456789ab"}))
    assert spoken.count("atlas-notice wrong") == 1
    assert text("records.store.damaged", file=FILE, reason="file is not a database") in spoken


def test_a_note_that_could_not_be_filed_stays_typed_and_can_be_filed_again(open_page, folders, tmp_path):
    (tmp_path / FILE).write_bytes(NOISE)
    page = open_page("township", folders["whole"], township=A)
    page.text_area(key="note_words").set_value("河名写错")
    page.text_input(key="note_feature").set_value("R1")
    page.button[-1].click().run()
    (kept,) = [path.name for path in tmp_path.glob("*-aside-*")]
    assert text("records.store.set_aside", file=FILE, kept=kept) in said(page)
    assert (page.text_area(key="note_words").value, page.text_input(key="note_feature").value) == ("河名写错", "R1")
    page.button[-1].click().run()
    (note,) = notes(tmp_path)
    assert (note.problem, note.feature, note.township) == ("河名写错", "R1", A)
    assert page.text_area(key="note_words").value == ""
    assert text("data.set_aside", file=kept) in said(open_page("data", folders["whole"]))


@pytest.mark.parametrize("wrong", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_BUSY])
def test_what_was_typed_stays_whatever_the_disk_says(open_page, folders, tmp_path, monkeypatch, wrong):
    page = open_page("township", folders["whole"], township=A)
    page.text_area(key="note_words").set_value("河名写错")

    def fail(*given: object, **named: object) -> None:
        error = sqlite3.OperationalError("disk")
        error.sqlite_errorcode = wrong
        raise error

    monkeypatch.setattr("records.file._open", fail)
    page.button[-1].click().run()
    assert "atlas-notice wrong" in said(page)
    assert page.text_area(key="note_words").value == "河名写错"
    assert not page.exception


def test_a_state_folder_that_is_a_file_costs_no_page(open_page, folders, tmp_path, monkeypatch, capfd):
    blocked = tmp_path / "blocked"
    blocked.touch()
    for name in ("overview", "township", "data"):
        page = open_page(name, folders["whole"])
        monkeypatch.setenv("ATLAS_STATE", str(blocked))
        store.app_settings.cache_clear()
        store.picture_address.clear()
        page.run()
        assert not page.exception
        assert said(page).count("atlas-notice wrong") == (name == "data")


def test_a_picture_that_cannot_be_put_is_embedded(monkeypatch, tmp_path, log):
    monkeypatch.setenv("ATLAS_STATE", str(tmp_path))
    store.app_settings.cache_clear()

    def full(*given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    assert store.served("a.webp", b"picture").endswith("/a.webp")
    monkeypatch.setattr(store, "put", full)
    assert store.served("b.webp", b"picture") == "data:image/webp;base64,cGljdHVyZQ=="
    assert "b.webp is embedded" in log()
    store.app_settings.cache_clear()


def test_a_foreign_database_is_left_to_its_owner_by_the_pages(open_page, folders, tmp_path):
    with closing(sqlite3.connect(tmp_path / FILE)) as file:
        file.execute("create table birds (name text)")
        file.commit()
    assert text("records.store.foreign", file=FILE) in said(open_page("data", folders["whole"]))
