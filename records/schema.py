"""What the records look like on disk: the steps from nothing to today's schema, each numbered by its place.

`pragma user_version` says how many were taken. A step is never changed once it was published; a change of the tables is
a new step at the end.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from records.faults import foreseen
from records.spare_key import spare_key
from words.errors import AtlasError

_TABLES = (
    """create table cases (
    id text primary key, method text not null, assumptions text not null, choices text not null, subject text,
    version text not null, created text not null)""",
    """create table notes (
    id integer primary key autoincrement, written_at text not null, version text not null, township text,
    layer text, feature text, problem text not null, closed_at text, answer text)""",
    """create table reviews (
    number integer primary key, case_id text not null, conclusion text not null, note text not null,
    saving_m3 real, reviewer text not null, at text not null)""",
)
_FILES_BEFORE = {
    "cases": "rowid, id, method, assumptions, choices, subject, version, created",
    "notes": "id, written_at, version, township, layer, feature, problem, closed_at, answer",
    "reviews": "number, case_id, conclusion, note, saving_m3, reviewer, at",
}
_METHODS_RENAMED = {"reclaimed_water": "reclaimed", "township_profile": "township"}


def version_of(file: sqlite3.Connection) -> int:
    """How many steps the file has taken."""
    return int(file.execute("pragma user_version").fetchone()[0])


def refuse_foreign(file: sqlite3.Connection, name: str) -> None:
    """AtlasError `records.store.foreign` for a file that holds tables and not ours."""
    tables = {row[0] for row in file.execute("select name from sqlite_master where type = 'table'")}
    if tables and not tables >= _FILES_BEFORE.keys():
        raise AtlasError("records.store.foreign", file=name)


def bring_up(file: sqlite3.Connection, state_folder: Path) -> None:
    """Take the steps that the file lacks, in the caller's transaction.

    AtlasError `records.store.newer`, before anything is written, when it has taken more than we know.
    """
    taken = version_of(file)
    if taken > VERSION:
        raise AtlasError("records.store.newer", found=taken, known=VERSION)
    for number, step in enumerate(STEPS[taken:], start=taken + 1):
        step(file, state_folder)
        file.execute(f"pragma user_version = {number}")


def _gather(file: sqlite3.Connection, state_folder: Path) -> None:
    """Step 1: three tables in one file, with the rows of the three files before it, which stay as they are."""
    for table in _TABLES:
        file.execute(table)
    for table, columns in _FILES_BEFORE.items():
        marks = ", ".join("?" for _ in columns.split(","))
        rows = _rows_before(state_folder / f"{table}.sqlite", table, columns)
        file.executemany(f"insert into {table} ({columns}) values ({marks})", rows)


def _rows_before(path: Path, table: str, columns: str) -> list[tuple[object, ...]]:
    """The rows of a file of its own, those included that were committed but not yet moved out of its log."""
    if not path.is_file():
        return []
    log = path.with_name(f"{path.name}-wal")
    how = "mode=ro" if log.is_file() else "immutable=1"  # without a log nothing need be made beside the file
    address = f"{path.absolute().as_uri()}?{how}"
    with foreseen(path.name), closing(sqlite3.connect(address, uri=True, timeout=30)) as before:
        if not before.execute("select 1 from sqlite_master where name = ?", (table,)).fetchone():
            return []
        return before.execute(f"select {columns} from {table}").fetchall()


def _rename_methods(file: sqlite3.Connection, state_folder: Path) -> None:
    """Step 2: cases under today's names of their methods; their ids, which stand in links, stay."""
    for before, now in _METHODS_RENAMED.items():
        file.execute("update cases set method = ? where method = ?", (now, before))


_STEWARD = (
    "create table steward_key (salt text not null, hash text not null, proof text not null, at text not null)",
    """create table log (
    number integer primary key autoincrement, at text not null, kind text not null, name text not null,
    what text not null, about text not null)""",
    "create table sizes (box text primary key, count integer not null, bytes integer not null)",
    """create table case_heads (
    id text primary key, method text not null, subject text, version text not null, created text not null,
    told text not null)""",
    "create index case_heads_by_method on case_heads (method, created)",
    "create index reviews_by_case on reviews (case_id)",
    "create trigger cases_headless after delete on cases begin delete from case_heads where id = old.id; end",
)
_WEIGHED = {  # what of a row counts into the size, besides 100 bytes for the row itself
    "cases": ("assumptions", "choices", "subject", "version"),
    "notes": ("version", "township", "layer", "feature", "problem", "answer"),
    "reviews": ("note", "reviewer"),
}


def _weigh(file: sqlite3.Connection, state_folder: Path) -> None:
    """Step 3: the steward's key and log; sizes that triggers keep up; heads of cases, for lists to read."""
    for statement in _STEWARD:
        file.execute(statement)
    for box, columns in _WEIGHED.items():
        row, new, old = (_weight(columns, of) for of in (box, "new", "old"))
        file.execute(f"insert into sizes select '{box}', count(*), coalesce(sum({row}), 0) from {box}")
        for event, count, change in (
            ("insert", 1, new),
            ("update", 0, f"{new} - ({old})"),
            ("delete", -1, f"-({old})"),
        ):
            done = f"update sizes set count = count + {count}, bytes = bytes + {change} where box = '{box}'"
            file.execute(f"create trigger {box}_{event} after {event} on {box} begin {done}; end")
    for id_, *rest, choices in file.execute("select id, method, subject, version, created, choices from cases"):
        file.execute("insert into case_heads values (?,?,?,?,?,?)", (id_, *rest, told_in_lists(json.loads(choices))))


def _weight(columns: tuple[str, ...], of: str) -> str:
    return " + ".join(["100", *(f"coalesce(length(cast({of}.{column} as blob)), 0)" for column in columns)])


def told_in_lists(choices: Mapping[str, str]) -> str:
    """The short ones among the choices of a case, as JSON: what a list of cases may show."""
    return json.dumps({name: value for name, value in choices.items() if len(str(value)) <= 200}, ensure_ascii=False)


def _take_key(file: sqlite3.Connection, state_folder: Path) -> None:
    """Step 4: a box begun anew takes the steward's key that stands apart."""
    kept = spare_key(state_folder)
    if kept is not None and file.execute("select 1 from steward_key").fetchone() is None:
        file.execute("insert into steward_key (salt, hash, proof, at) values (?,?,?,?)", kept)


STEPS: tuple[Callable[[sqlite3.Connection, Path], None], ...] = (_gather, _rename_methods, _weigh, _take_key)
VERSION = len(STEPS)
