"""What was done with the steward's powers: when, by whom, what; each line in the transaction of the act itself."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from records.file import reading

KEPT = 20_000  # lines; the oldest go


@dataclass(frozen=True)
class Line:
    """One act: `kind` is command, steward or machine, `name` the system user or the address of the connection."""

    at: datetime
    kind: str
    name: str
    what: str
    about: str


def write_line(file: sqlite3.Connection, kind: str, name: str, what: str, *, about: str = "") -> None:
    """Add a line in the caller's transaction."""
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    added = file.execute(
        "insert into log (at, kind, name, what, about) values (?,?,?,?,?)", (moment, kind, name, what, about)
    )
    file.execute("delete from log where number <= ?", ((added.lastrowid or 0) - KEPT,))


def log_lines(state_folder: Path, *, most: int = 200) -> list[Line]:
    """The newest lines, newest first."""
    with reading(state_folder) as file:
        rows = file.execute(
            "select at, kind, name, what, about from log order by number desc limit ?", (most,)
        ).fetchall()
    return [Line(datetime.fromisoformat(at), kind, name, what, about) for at, kind, name, what, about in rows]
