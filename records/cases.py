"""方案: what a person tried, kept under one id in the state folder, so that a link brings it back.

A case is committed to disk before the call returns and never changed afterwards. The id follows from
the content, so the same trial saved twice is one case.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from records.file import reading, writing
from records.schema import told_in_lists
from records.sizes import check_room
from words.errors import AtlasError

_ID = re.compile(r"[0-9a-f]{12}")
_COLUMNS = "id, method, assumptions, choices, subject, version, created"


@dataclass(frozen=True)
class Case:
    """A trial: the method, the assumptions changed (by id) and choices made, of which subject, on which data version.

    `subject` is a township code, a project id …, none for the whole district.
    """

    id: str
    method: str
    assumptions: Mapping[str, float]
    subject: str | None
    version: str
    created: datetime
    choices: Mapping[str, str] = field(default_factory=dict)


def case_id(
    method: str, assumptions: Mapping[str, float], *, subject: str | None, version: str, choices: Mapping[str, str]
) -> str:
    """Twelve hex digits that follow from everything a case says but its date."""
    told = json.dumps(
        [method, sorted(assumptions.items()), subject, version, sorted(choices.items())], ensure_ascii=False
    )
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def save_case(
    state_folder: Path,
    method: str,
    assumptions: Mapping[str, float],
    *,
    subject: str | None,
    version: str,
    choices: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> Case:
    """Keep a trial and return it; one kept already keeps its date.

    AtlasError `records.sizes.full_cases` when no more are taken.
    """
    chosen = dict(choices or {})
    id_ = case_id(method, assumptions, subject=subject, version=version, choices=chosen)
    moment = (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    row = (id_, method, json.dumps(dict(assumptions)), json.dumps(chosen), subject, version, moment)
    with writing(state_folder) as file:
        file.execute(f"insert or ignore into cases ({_COLUMNS}) values (?,?,?,?,?,?,?)", row)
        check_room(file, "cases")
        head = (id_, method, subject, version, moment, told_in_lists(chosen))
        file.execute("insert or ignore into case_heads values (?,?,?,?,?,?)", head)
        kept = file.execute(f"select {_COLUMNS} from cases where id = ?", (id_,)).fetchone()
    return _case(kept)


def open_case(state_folder: Path, id_: str) -> Case:
    """The case with this id; AtlasError `records.cases.unknown` when there is none."""
    found = None
    if _ID.fullmatch(id_):
        with reading(state_folder) as file:
            found = file.execute(f"select {_COLUMNS} from cases where id = ?", (id_,)).fetchone()
    if found is None:
        raise AtlasError("records.cases.unknown", id=id_)
    return _case(found)


@dataclass(frozen=True)
class CaseHead:
    """What a list says of a case: `told` are its short choices; the rest is not read."""

    id: str
    subject: str | None
    version: str
    created: datetime
    told: Mapping[str, str]


def cases_of(state_folder: Path, method: str, *, most: int = 500) -> list[CaseHead]:
    """The cases of a method, newest first, at most so many, without what makes them large."""
    asked = "select id, subject, version, created, told from case_heads where method = ?"
    with reading(state_folder) as file:
        rows = file.execute(f"{asked} order by created desc, rowid desc limit ?", (method, most)).fetchall()
    return [
        CaseHead(id_, to, version, datetime.fromisoformat(at), json.loads(told)) for id_, to, version, at, told in rows
    ]


def _case(row: tuple[Any, ...]) -> Case:
    id_, method, assumptions, choices, subject, version, created = row
    return Case(
        id=id_,
        method=method,
        assumptions={name: float(value) for name, value in json.loads(assumptions).items()},
        subject=subject,
        version=version,
        created=datetime.fromisoformat(created),
        choices=json.loads(choices),
    )
