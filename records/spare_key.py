"""The steward's key a second time, in a file of its own: a box of records that is set aside does not take it along.

A new box begins with what stands here. Where this file itself cannot be read, the new box is locked: it holds a key
that nobody knows, until the owner of the state folder sets one by command.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from records.faults import foreseen

FILE = "steward.sqlite"
_WAIT_S = 10.0
_TABLE = "create table if not exists steward_key (salt text, hash text, proof text, at text)"

Row = tuple[str, str, str, str]  # salt, hash, proof, when it was set


def keep_spare(state_folder: Path, row: Row) -> None:
    """Make this the key of the file; one that is damaged is written anew."""
    path = state_folder / FILE
    with foreseen(FILE):
        try:
            _write(path, row)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
                raise
            path.unlink()
            _write(path, row)


def spare_key(state_folder: Path) -> Row | None:
    """The key kept here, none where none was ever set; one that fits nothing where the file cannot be read."""
    path = state_folder / FILE
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_WAIT_S)) as file:
            row = file.execute("select salt, hash, proof, at from steward_key").fetchone()
    except sqlite3.Error:
        row = None
    if row is None or not all(isinstance(part, str) for part in row):
        return _nobodys()
    return row[0], row[1], row[2], row[3]


def _write(path: Path, row: Row) -> None:
    with closing(sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)) as file:
        with contextlib.suppress(OSError):
            os.chmod(path, 0o600)
        file.execute("pragma synchronous = extra")
        file.execute("begin immediate")
        file.execute(_TABLE)
        file.execute("delete from steward_key")
        file.execute("insert into steward_key values (?,?,?,?)", row)
        file.execute("commit")


def _nobodys() -> Row:
    made = (secrets.token_bytes(32).hex() for _ in range(3))
    return next(made), next(made), next(made), datetime.now(UTC).isoformat(timespec="seconds")
