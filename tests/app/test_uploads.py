"""Uploads held in memory: the oldest go first, the newest always stays."""

from __future__ import annotations

from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from app.uploads import cap


def _manager(**limits: int) -> MemoryUploadedFileManager:
    manager = MemoryUploadedFileManager("/upload")
    cap(manager, **limits)
    return manager


def _add(manager: MemoryUploadedFileManager, session: str, name: str, size: int) -> None:
    manager.add_file(session, UploadedFileRec(file_id=name, name=name, type="", data=b"x" * size))


def _held(manager: MemoryUploadedFileManager, session: str) -> list[str]:
    return list(manager.file_storage.get(session, {}))


def test_a_session_keeps_its_newest():
    manager = _manager(of_session=100, of_all=1000)
    for name in "abc":
        _add(manager, "one", name, 45)
    assert _held(manager, "one") == ["b", "c"]
    _add(manager, "one", "d", 300)
    assert _held(manager, "one") == ["d"]


def test_all_sessions_together_keep_the_newest():
    manager = _manager(of_session=100, of_all=150)
    for session in ("one", "two", "three"):
        _add(manager, session, "a", 60)
    assert [_held(manager, session) for session in ("one", "two", "three")] == [[], ["a"], ["a"]]


def test_a_file_sent_again_counts_once():
    manager = _manager(of_session=100, of_all=1000)
    for _ in range(5):
        _add(manager, "one", "a", 45)
    _add(manager, "one", "b", 45)
    assert _held(manager, "one") == ["a", "b"]


def test_a_session_that_ended_counts_no_more():
    manager = _manager(of_session=100, of_all=150)
    _add(manager, "one", "a", 60)
    _add(manager, "two", "a", 60)
    manager.remove_session_files("two")
    _add(manager, "three", "a", 60)
    assert [_held(manager, session) for session in ("one", "two", "three")] == [["a"], [], ["a"]]
