"""The one door to what people wrote: one SQLite file in the state folder, safe on disk before a call returns.

A rollback journal, not a write-ahead log: the file alone is the whole truth, can be copied, and is read in a folder
that cannot be written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from records.faults import foreseen
from records.schema import VERSION, bring_up, version_of

FILE = "records.sqlite"
_WAIT_S = 30.0  # for another process that is writing


@contextmanager
def writing(state_folder: Path) -> Iterator[sqlite3.Connection]:
    """The records in one transaction that begins now: on disk when the block ends, unchanged after any error.

    Folder and file are made when they are lacking, and a file of an earlier schema is brought up to ours, in the same
    transaction. AtlasError `records.store.…` when the file is newer than this program, damaged, or cannot be written.
    """
    with foreseen(FILE):
        state_folder.mkdir(parents=True, exist_ok=True)
        with closing(_open(state_folder / FILE, mode="rwc")) as file:
            file.execute("pragma synchronous = extra")
            file.execute("begin immediate")
            bring_up(file, state_folder)
            yield file
            file.execute("commit")  # closing without it rolls back


@contextmanager
def reading(state_folder: Path) -> Iterator[sqlite3.Connection]:
    """The records at our schema, to be read; nothing is written, made or brought up on disk.

    Where there is no file yet, or an earlier schema, it is what writing would bring up, in memory. AtlasError
    `records.store.…` as for writing.
    """
    path = state_folder / FILE
    with foreseen(FILE), ExitStack() as kept_open:
        # Not read-only: after a crash the first to come, reader or writer, takes back what was not committed.
        file = kept_open.enter_context(closing(_open(path, mode="rw") if path.is_file() else _in_memory()))
        if version_of(file) != VERSION:
            before, file = file, kept_open.enter_context(closing(_in_memory()))
            before.backup(file)
            bring_up(file, state_folder)
        file.execute("pragma query_only = on")
        yield file


def _in_memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None)


def _open(path: Path, *, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_WAIT_S, isolation_level=None)
