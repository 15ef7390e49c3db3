"""Disks that fail and files that are not what they should be: foreseen, and told as refusals."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from words.errors import AtlasError

_KEYS = {
    sqlite3.SQLITE_BUSY: "records.store.busy",
    sqlite3.SQLITE_LOCKED: "records.store.busy",
    sqlite3.SQLITE_CORRUPT: "records.store.damaged",
    sqlite3.SQLITE_NOTADB: "records.store.damaged",
    sqlite3.SQLITE_FULL: "records.store.full",
    sqlite3.SQLITE_READONLY: "records.store.closed",
    sqlite3.SQLITE_CANTOPEN: "records.store.closed",
    sqlite3.SQLITE_PERM: "records.store.closed",
    sqlite3.SQLITE_IOERR: "records.store.closed",
}
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


@contextmanager
def foreseen(file: str) -> Iterator[None]:
    """A fault of the disk or of the file named becomes an AtlasError; a mistake in a statement stays the bug it is."""
    try:
        yield
    except sqlite3.Error as error:
        key = _KEYS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)  # the low byte, without the extended code
        if key is None:
            raise
        raise AtlasError(key, file=file, reason=str(error)) from error
    except OSError as error:
        key = "records.store.full" if error.errno in _FULL else "records.store.closed"
        raise AtlasError(key, file=file, reason=error.strerror or str(error)) from error
