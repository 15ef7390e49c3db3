"""Writing so that a reader meets either the old file or the whole new one, also after a crash."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """A path of the same name in a hidden folder beside the target; on success all files there take their places.

    Files are flushed to disk before each is renamed, the named one last; on an error the folder goes and nothing
    has changed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".atlas-", dir=path.parent) as folder:
        target = Path(folder) / path.name
        yield target
        made = sorted(Path(folder).iterdir(), key=lambda file: (file == target, file.name))
        for file in made:
            with file.open("rb+") as stream:
                os.fsync(stream.fileno())
        for file in made:
            os.replace(file, path.parent / file.name)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
