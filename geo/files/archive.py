"""Zip archives handed in by strangers: looked at before anything is unpacked, refused whole when one entry is bad."""

from __future__ import annotations

import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from words.errors import AtlasError

MAX_ENTRIES = 200
MAX_UNPACKED_BYTES = 500 * 1024**2
MAX_RATIO = 100
_RATIO_COUNTS_FROM_BYTES = 10 * 1024**2  # blank-padded tables of a small shapefile pack well beyond 100 to 1
_CHUNK = 1 << 20


def names(path: Path) -> list[str]:
    """The names of the files inside, folders and system droppings left out; raises as `unpack` does."""
    with _open(path) as archive:
        return [_name(entry) for entry in _checked(path, archive)]


def unpack(path: Path, folder: Path) -> list[Path]:
    """Write every wanted file into `folder` under its own sub-folders and return the paths.

    Raises AtlasError, naming the entry, for: encryption, links, names that lead outside, two entries of one name or
    place, more than 200 entries, more than 500 MB or 100 to 1 unpacked, a checksum that does not fit, a zip inside.
    """
    written: list[Path] = []
    with _open(path) as archive:
        for entry in _checked(path, archive):
            target = folder.joinpath(*PurePosixPath(_name(entry)).parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            _extract(path, archive, entry, target)
            written.append(target)
    return written


def contents(path: Path, *, suffixes: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each wanted file with such an ending; raises as `unpack` does."""
    with tempfile.TemporaryDirectory(prefix="atlas-") as folder:
        for file in unpack(path, Path(folder)):
            if file.name.lower().endswith(suffixes):
                yield file.relative_to(folder).as_posix(), file.read_bytes()


def _open(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError) as error:
        raise AtlasError("geo.errors.broken_archive", file=path.name, entry="") from error


def _extract(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    size = 0
    try:
        with archive.open(entry) as source, target.open("wb") as sink:
            while chunk := source.read(_CHUNK):
                size += len(chunk)
                if size > entry.file_size:
                    raise AtlasError("geo.errors.archive_too_big", file=path.name, entry=_name(entry))
                sink.write(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise AtlasError("geo.errors.broken_archive", file=path.name, entry=_name(entry)) from error


def _checked(path: Path, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise AtlasError("geo.errors.archive_too_many", file=path.name, count=len(entries), most=MAX_ENTRIES)
    _refuse_bomb(path, entries)
    _refuse_overlap(path, entries)
    wanted: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = _name(entry)
        _refuse_entry(path, entry, name)
        if entry.is_dir() or _is_dropping(name):
            continue
        if name.casefold() in wanted:
            raise AtlasError("geo.errors.archive_twice", file=path.name, entry=name)
        wanted[name.casefold()] = entry
    return list(wanted.values())


def _refuse_bomb(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    too_dense = unpacked > _RATIO_COUNTS_FROM_BYTES and unpacked > MAX_RATIO * max(packed, 1)
    if unpacked > MAX_UNPACKED_BYTES or too_dense:
        biggest = max(entries, key=lambda entry: entry.file_size)
        raise AtlasError("geo.errors.archive_too_big", file=path.name, entry=_name(biggest))


def _refuse_overlap(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise AtlasError("geo.errors.broken_archive", file=path.name, entry=_name(entry))
        end = entry.header_offset + 30 + entry.compress_size


def _refuse_entry(path: Path, entry: zipfile.ZipInfo, name: str) -> None:
    if entry.flag_bits & 0x2041:  # encrypted, strongly encrypted, masked header
        raise AtlasError("geo.errors.archive_encrypted", file=path.name, entry=name)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise AtlasError("geo.errors.archive_link", file=path.name, entry=name)
    raw = entry.orig_filename
    if "\0" in raw or "\\" in raw or ":" in raw or raw.startswith("/") or ".." in PurePosixPath(raw).parts:
        raise AtlasError("geo.errors.archive_escape", file=path.name, entry=name)
    if name.lower().endswith((".zip", ".7z", ".rar", ".gz")):
        raise AtlasError("geo.errors.archive_nested", file=path.name, entry=name)


def _is_dropping(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or parts[-1].startswith("._") or parts[-1] in (".DS_Store", "Thumbs.db", "desktop.ini")


def _name(entry: zipfile.ZipInfo) -> str:
    """The entry's name; Windows packers write Chinese ones in GBK without saying so, Python reads them as CP437."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for codec in ("utf-8", "gb18030"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return entry.filename
