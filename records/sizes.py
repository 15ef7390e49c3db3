"""How much each kind of record holds, and how much it may hold: bytes, kept up by the file itself."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from records.file import reading
from words.errors import AtlasError

MOST_BYTES = {"cases": 1_000_000_000, "notes": 20_000_000, "reviews": 50_000_000}


@dataclass(frozen=True)
class Size:
    """Rows and bytes on file of one kind (cases, notes, reviews), and the most bytes it takes."""

    box: str
    count: int
    bytes: int
    most_bytes: int


def sizes(state_folder: Path) -> list[Size]:
    """The size of every kind."""
    with reading(state_folder) as file:
        rows = {box: (count, held) for box, count, held in file.execute("select box, count, bytes from sizes")}
    return [Size(box, *rows[box], most) for box, most in MOST_BYTES.items()]


def check_room(file: sqlite3.Connection, box: str) -> None:
    """Take back what was just added where it does not fit, with AtlasError `records.sizes.full`."""
    held = file.execute("select bytes from sizes where box = ?", (box,)).fetchone()[0]
    if held > MOST_BYTES[box]:
        raise AtlasError(f"records.sizes.full_{box}", most=MOST_BYTES[box] // 1_000_000)
