"""Writing so that a reader meets either the old file or the whole new one, also after a crash."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

LEFT_S = 24 * 3600.0  # no writer takes so long
_ASIDE = ".atlas-"


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """A path of the same name in a hidden folder beside the target; on success all files there take their places.

    Files are flushed to disk before each is renamed, the named one last; on an error the folder goes and nothing
    has changed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=_ASIDE, dir=path.parent) as folder:
        target = Path(folder) / path.name
        yield target
        made = sorted(Path(folder).iterdir(), key=lambda file: (file == target, file.name))
        for file in made:
            _sync(file)
        for file in made:
            os.replace(file, path.parent / file.name)
    _sync_folder(path.parent)


def put(path: Path, content: bytes | str) -> None:
    """Make this the file's content in one step; text as UTF-8, its line ends as they are."""
    with aside(path) as target:
        target.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


@contextmanager
def folder_aside(path: Path) -> Iterator[Path]:
    """An empty hidden folder beside `path`; on success it takes the place of `path`, which must be lacking or empty.

    On an error it goes, together with the folders above that were made for it.
    """
    lacking = [folder for folder in path.parents if not folder.exists()]
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix=_ASIDE, dir=path.parent) as folder:
            target = Path(folder) / path.name
            target.mkdir()
            yield target
            for file in (item for item in target.rglob("*") if item.is_file()):
                _sync(file)
            if path.exists():
                path.rmdir()
            os.replace(target, path)
    except BaseException:
        for above in lacking:
            with contextlib.suppress(OSError):
                above.rmdir()
        raise
    _sync_folder(path.parent)


def sweep(folders: Iterable[Path]) -> None:
    """Take away what writers that were killed left in these folders more than `LEFT_S` ago; what cannot go stays."""
    for folder in folders:
        with contextlib.suppress(OSError):
            for left in folder.glob(f"{_ASIDE}*"):
                if left.is_dir() and not left.is_symlink() and time.time() - left.stat().st_mtime > LEFT_S:
                    shutil.rmtree(left, ignore_errors=True)


def _sync(file: Path) -> None:
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
