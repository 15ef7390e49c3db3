"""The one door to what people wrote: one SQLite file in the state folder, safe on disk before a call returns.

A rollback journal, not a write-ahead log: the file alone is the whole truth, can be copied, and is read in a folder
that cannot be written.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from records.aside import USELESS, set_aside
from records.faults import foreseen
from records.schema import VERSION, bring_up, refuse_foreign, version_of
from words.errors import AtlasError

FILE = "records.sqlite"
_WAIT_S, _READ_WAIT_S = 30.0, 5.0  # for another process that is writing


@contextmanager
def writing(state_folder: Path) -> Iterator[sqlite3.Connection]:
    """The records in one transaction that begins now: on disk when the block ends, unchanged after any error.

    Folder and file are made when they are lacking, and a file of an earlier schema is brought up to ours, in the same
    transaction. AtlasError `records.store.…` when the file is newer than this program or cannot be written; one that is
    damaged or not ours is set aside, which is an AtlasError too, so that whoever wrote knows and may write again.
    """
    try:
        with foreseen(FILE):
            state_folder.mkdir(parents=True, exist_ok=True)
            with closing(_open(state_folder / FILE, mode="rwc", wait_s=_WAIT_S)) as file:
                file.execute("pragma synchronous = extra")
                file.execute("begin immediate")
                refuse_foreign(file, FILE)
                bring_up(file, state_folder)
                yield file
                file.execute("commit")  # closing without it rolls back
    except AtlasError as error:
        if error.key in USELESS:
            raise set_aside(state_folder / str(error.facts["file"]), error) from error
        raise


@contextmanager
def reading(state_folder: Path) -> Iterator[sqlite3.Connection]:
    """The records at our schema, to be read; nothing is written, made or brought up on disk.

    Where there is no file yet, or an earlier schema, it is what writing would bring up, in memory. AtlasError
    `records.store.…` as for writing.
    """
    path = state_folder / FILE
    with foreseen(FILE), ExitStack() as kept_open:
        if state_folder.exists() and not state_folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        # Not read-only: after a crash the first to come, reader or writer, takes back what was not committed.
        there = path.exists()
        file = kept_open.enter_context(closing(_open(path, mode="rw", wait_s=_READ_WAIT_S) if there else _in_memory()))
        refuse_foreign(file, FILE)
        if version_of(file) != VERSION:
            before, file = file, kept_open.enter_context(closing(_in_memory()))
            before.backup(file)
            bring_up(file, state_folder)
        file.execute("pragma query_only = on")
        yield file


def _in_memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None)


def _open(path: Path, *, mode: str, wait_s: float) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=wait_s, isolation_level=None)
