"""Taking records away: cases, closed notes, reviews of a case. The steward's, and each entered into the log."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from records.file import writing
from records.people import Actor, allow
from words.errors import AtlasError


def empty_notes(state_folder: Path, *, by: Actor | None) -> int:
    """Remove the closed notes; returns how many."""
    with writing(state_folder) as file:
        allow(file, by, "notes_emptied")
        return file.execute("delete from notes where closed_at is not null").rowcount


def remove_case(state_folder: Path, id_: str, *, by: Actor | None) -> None:
    """Remove a case and its reviews; AtlasError `records.cases.unknown` when there is none."""
    with writing(state_folder) as file:
        allow(file, by, "case_removed", about=id_)
        if file.execute("delete from cases where id = ?", (id_,)).rowcount != 1:
            raise AtlasError("records.cases.unknown", id=id_)
        file.execute("delete from reviews where case_id = ?", (id_,))


def empty_cases(state_folder: Path, *, before: datetime, by: Actor | None) -> int:
    """Remove the cases saved before a moment, and their reviews; returns how many cases."""
    with writing(state_folder) as file:
        moment = before.isoformat(timespec="seconds")
        allow(file, by, "cases_emptied", about=moment)
        old = "select id from cases where julianday(created) < julianday(?)"
        file.execute(f"delete from reviews where case_id in ({old})", (moment,))
        return file.execute(f"delete from cases where id in ({old})", (moment,)).rowcount


def remove_reviews(state_folder: Path, case_id: str, *, by: Actor | None) -> int:
    """Remove the reviews of a case; returns how many."""
    with writing(state_folder) as file:
        allow(file, by, "reviews_removed", about=case_id)
        return file.execute("delete from reviews where case_id = ?", (case_id,)).rowcount
