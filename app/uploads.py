"""How much of what visitors upload is held in memory: the oldest go when a session, or all together, have too much.

Streamlit keeps an upload until its session ends, also one that was sent to its address by a script and that no page
ever asked for. A page reads an upload in the run that follows it, so the oldest are those nobody waits for.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Protocol

from streamlit import runtime

MOST_OF_SESSION_BYTES = 100 * 1024**2
MOST_BYTES = 500 * 1024**2


class Upload(Protocol):
    """An uploaded file as Streamlit holds it."""

    file_id: str
    data: bytes


class Manager(Protocol):
    """The part of Streamlit's upload manager that is capped."""

    def add_file(self, session_id: str, file: Upload) -> None:
        """Hold a file."""

    def remove_file(self, session_id: str, file_id: str) -> None:
        """Let a file go."""

    def remove_session_files(self, session_id: str) -> None:
        """Let all files of a session go."""


def cap(manager: Manager, *, of_session: int = MOST_OF_SESSION_BYTES, of_all: int = MOST_BYTES) -> None:
    """Let a manager hold at most so many bytes of one session and of all."""
    held: OrderedDict[tuple[str, str], int] = OrderedDict()
    lock, add, end_session = threading.RLock(), manager.add_file, manager.remove_session_files

    def let_go(most: int, session_id: str | None) -> None:
        own = [key for key in held if session_id in (None, key[0])]
        total = sum(held[key] for key in own)
        for key in own[:-1]:
            if total <= most:
                return
            total -= held.pop(key)
            manager.remove_file(*key)

    def add_file(session_id: str, file: Upload) -> None:
        with lock:
            add(session_id, file)
            held.pop((session_id, file.file_id), None)
            held[session_id, file.file_id] = len(file.data)
            let_go(of_session, session_id)
            let_go(of_all, None)

    def remove_session_files(session_id: str) -> None:
        with lock:
            end_session(session_id)
            for key in [key for key in held if key[0] == session_id]:
                del held[key]

    manager.remove_session_files = remove_session_files  # type: ignore[method-assign]
    manager.add_file = add_file  # type: ignore[method-assign]


def cap_server() -> None:
    """Cap what this server holds; without a server (a test of one page) there is nothing to cap."""
    if runtime.exists():
        cap(runtime.get_instance().uploaded_file_mgr)
