"""What reviewers concluded of a case, beside what the machine said: kept one after another, never overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from records.file import reading, writing
from records.sizes import check_room
from words.errors import AtlasError

CONCLUSIONS = ("agree", "condition", "object", "supplement")
LONGEST = 2000


@dataclass(frozen=True)
class Review:
    """One reviewer's conclusion on a case; `saving_m3` is the saving promised a year in m³, none when none was."""

    case_id: str
    conclusion: str
    note: str
    saving_m3: float | None
    reviewer: str
    at: datetime


def add_review(
    state_folder: Path,
    case_id: str,
    *,
    conclusion: str,
    note: str = "",
    saving_m3: float | None = None,
    reviewer: str = "",
    at: datetime | None = None,
) -> Review:
    """Keep a conclusion; it is on disk when this returns.

    AtlasError `records.cases.review_conclusion` for an unknown conclusion, `records.cases.review_nameless` without a
    reviewer, `records.cases.review_long` for a note too long, `records.sizes.full_reviews` when no more are taken.
    """
    if conclusion not in CONCLUSIONS:
        raise AtlasError("records.cases.review_conclusion", conclusion=conclusion)
    if not reviewer.strip():
        raise AtlasError("records.cases.review_nameless")
    if len(note) > LONGEST or len(reviewer) > LONGEST:
        raise AtlasError("records.cases.review_long", most=LONGEST)
    moment = (at or datetime.now(UTC)).astimezone(UTC)
    review = Review(case_id, conclusion, note.strip(), saving_m3, reviewer.strip(), moment)
    row = (case_id, conclusion, review.note, saving_m3, review.reviewer, moment.isoformat(timespec="seconds"))
    with writing(state_folder) as file:
        columns = "case_id, conclusion, note, saving_m3, reviewer, at"
        file.execute(f"insert into reviews ({columns}) values (?,?,?,?,?,?)", row)
        check_room(file, "reviews")
    return review


def reviews(state_folder: Path, case_id: str | None = None) -> list[Review]:
    """All conclusions, or those on one case, oldest first."""
    asked = "select case_id, conclusion, note, saving_m3, reviewer, at from reviews"
    with reading(state_folder) as file:
        if case_id is None:
            rows = file.execute(f"{asked} order by number").fetchall()
        else:
            rows = file.execute(f"{asked} where case_id = ? order by number", (case_id,)).fetchall()
    return [
        Review(case, conclusion, note, saving_m3, reviewer, datetime.fromisoformat(at))
        for case, conclusion, note, saving_m3, reviewer, at in rows
    ]


def last_reviews(state_folder: Path) -> dict[str, Review]:
    """The last conclusion on every case by its id, for a list: without the reviewers' words."""
    asked = "select case_id, conclusion, saving_m3, reviewer, at, max(number) from reviews group by case_id"
    with reading(state_folder) as file:
        rows = file.execute(asked).fetchall()
    return {row[0]: Review(row[0], row[1], "", row[2], row[3], datetime.fromisoformat(row[4])) for row in rows}
