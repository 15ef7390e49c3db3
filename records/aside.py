"""A damaged or foreign file is set aside by the next who writes: renamed with the moment, kept, and told."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from records.schema import refuse_foreign
from words.errors import AtlasError

USELESS = ("records.store.damaged", "records.store.foreign")
_MARK = "-aside-"
_BESIDE = ("-journal", "-wal", "-shm")  # what SQLite keeps beside a file belongs to it, and to no new one


def set_aside(path: Path, error: AtlasError) -> AtlasError:
    """Rename a file that cannot be used; what is to be said then: that it was, or the error where it could not be."""
    if _sound(path):
        return AtlasError("records.store.busy", file=path.name)  # another was quicker, and made a new one
    kept = path.with_name(f"{path.stem}{_MARK}{datetime.now(UTC):%Y%m%dT%H%M%S%f}{path.suffix}")
    try:
        for ending in (*_BESIDE, ""):  # itself last: until then the next may begin anew
            beside = path.with_name(path.name + ending)
            if beside.exists():
                os.rename(beside, kept.with_name(kept.name + ending))
    except OSError:
        return error
    return AtlasError("records.store.set_aside", file=path.name, kept=kept.name)


def set_aside_before(state_folder: Path) -> list[str]:
    """The names of the files that were set aside and are still there."""
    try:
        return sorted(path.name for path in state_folder.glob(f"*{_MARK}*.sqlite"))
    except OSError:
        return []


def _sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5)) as file:
            refuse_foreign(file, path.name)
            return file.execute("pragma quick_check(1)").fetchone() == ("ok",)
    except sqlite3.OperationalError:
        return not path.exists()  # gone: another has set it aside
    except (sqlite3.Error, AtlasError):
        return False
