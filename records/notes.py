"""Notes for the steward of the data: "这里有误", filed from a page and kept in the state folder.

Every note is committed to disk before the call returns, and many processes may write at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from records.file import reading, writing
from records.people import Actor, allow
from records.sizes import check_room
from words.errors import AtlasError

LONGEST = 1_000  # characters of one note
_COLUMNS = "id, written_at, version, township, layer, feature, problem, closed_at, answer"


@dataclass(frozen=True)
class Note:
    """One note: when and on which data version, where, what is said to be wrong, and how it was answered."""

    id: int
    written_at: datetime
    version: str
    township: str | None
    layer: str | None
    feature: str | None
    problem: str
    closed_at: datetime | None = None
    answer: str | None = None


def add_note(
    state_folder: Path,
    problem: str,
    *,
    version: str,
    township: str | None = None,
    layer: str | None = None,
    feature: str | None = None,
    at: datetime | None = None,
) -> Note:
    """Files a note and returns it; AtlasError when it says nothing, is too long, or the box is full."""
    said = "".join(sign for sign in problem if sign.isprintable() or sign == "\n").strip()
    if not said:
        raise AtlasError("problems.note_empty")
    if len(said) > LONGEST:
        raise AtlasError("problems.note_too_long", length=len(said), longest=LONGEST)
    moment = (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    with writing(state_folder) as box:
        values = (moment, version, township, layer, feature, said)
        added = box.execute(
            "insert into notes (written_at, version, township, layer, feature, problem) values (?,?,?,?,?,?)", values
        )
        check_room(box, "notes")
        row = box.execute(f"select {_COLUMNS} from notes where id = ?", (added.lastrowid,)).fetchone()
    return _note(row)


def notes(
    state_folder: Path, *, township: str | None = None, open_only: bool = True, most: int | None = None
) -> list[Note]:
    """The notes on file, newest first, at most so many; of one township when it is named."""
    wanted = "(:township is null or township = :township) and (closed_at is null or not :open_only)"
    limit = -1 if most is None else most
    with reading(state_folder) as box:
        found = box.execute(
            f"select {_COLUMNS} from notes where {wanted} order by id desc limit :limit",
            {"township": township, "open_only": open_only, "limit": limit},
        )
        return [_note(row) for row in found]


def close_note(state_folder: Path, id_: int, *, answer: str, by: Actor | None, at: datetime | None = None) -> None:
    """Marks an open note as dealt with; AtlasError when there is no such open note, and as `records.people.allow`."""
    moment = (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    with writing(state_folder) as box:
        allow(box, by, "note_closed", about=str(id_))
        done = box.execute(
            "update notes set closed_at = ?, answer = ? where id = ? and closed_at is null", (moment, answer, id_)
        )
        if done.rowcount != 1:
            raise AtlasError("problems.no_such_note", id=id_)


def _note(row: tuple[Any, ...]) -> Note:
    id_, written_at, version, township, layer, feature, problem, closed_at, answer = row
    closed = datetime.fromisoformat(closed_at) if closed_at else None
    return Note(id_, datetime.fromisoformat(written_at), version, township, layer, feature, problem, closed, answer)
