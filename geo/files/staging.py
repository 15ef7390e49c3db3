"""Where a file is read from: in place, or a folder of our own when it is packed or its name would mislead GDAL."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.files import archive
from words.errors import AtlasError

_PLAIN = re.compile(r"[\w .()\-+,&@~\[\]{}#%=']+\Z")  # Chinese letters are \w; `;`, `!` and `:` cut a path in GDAL


@contextmanager
def unpacked(path: Path, *, suffixes: tuple[str, ...], layer: str | None) -> Iterator[Path]:
    """The one file with such a suffix inside a zip, unpacked beside its companions and removed afterwards.

    `layer` (a file name without suffix) chooses among several; raises `which_layer` when it is needed and missing.
    """
    with tempfile.TemporaryDirectory(prefix="atlas-", ignore_cleanup_errors=True) as folder:
        found = [file for file in archive.unpack(path, Path(folder)) if file.suffix.lower() in suffixes]
        chosen = [file for file in found if file.stem == layer] if len(found) > 1 and layer is not None else found
        if len(chosen) != 1:
            names = ", ".join(sorted(file.stem for file in found))
            raise AtlasError("geo.errors.which_layer", file=path.name, names=names)
        yield chosen[0]


@contextmanager
def plainly_named(files: dict[str, Path]) -> Iterator[Path]:
    """A path GDAL can open for files given by suffix (`.shp` first): their own, or links under a name of ours."""
    main = next(iter(files.values()))
    if all(file == main.with_suffix(suffix) for suffix, file in files.items()) and is_plain(main):
        yield main.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="atlas-", ignore_cleanup_errors=True) as folder:
        for suffix, file in files.items():
            _link(file.absolute(), Path(folder) / f"source{suffix}")
        yield Path(folder) / f"source{next(iter(files))}"


def is_plain(path: Path) -> bool:
    """Whether GDAL and its wrappers take every part of this path literally."""
    return all(_PLAIN.match(part) for part in path.absolute().parts[1:])


def _link(file: Path, target: Path) -> None:
    try:
        os.symlink(file, target)
    except OSError:  # Windows without the right to link
        shutil.copyfile(file, target)
