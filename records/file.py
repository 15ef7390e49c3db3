"""SQLite files in the state folder: what people wrote, safe on disk before a call returns."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


@contextmanager
def state_file(path: Path, *, table: str) -> Iterator[sqlite3.Connection]:
    """The open file in one transaction: committed at the end, rolled back on any error, always closed.

    `table` is the statement that creates its table; folder and file are made when they are lacking.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=10)) as connection:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        connection.execute(table)
        with connection:
            yield connection
