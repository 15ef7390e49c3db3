"""What people hand in as a site that is none: each kind told by its bytes and refused with what to do instead."""

from __future__ import annotations

import re
from pathlib import Path

from geo.files.encoding import text_codec
from geo.files.sniff import foreign
from words import has
from words.errors import AtlasError

_HEAD = 65_536
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_INDEX = b"\0\0\x27\x0a"
_PARTS = (".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qpj", ".cpj")
_DBF = b"\x03\x30\x31\x83\x8b\xf5"
_CRS_TEXT = re.compile(r"\A\s*+(?:PROJCS|GEOGCS|PROJCRS|GEOGCRS)\[", re.I)
_OURS = (b"PK", b"SQLite format 3\0")


def refuse_foreign(path: Path) -> None:
    """AtlasError naming what a file is when it can be no site: as a site says it where it has words of its own."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    kind = _part(path, head) or foreign(path, head) or _no_site(path, head)
    kind = "raster" if kind == "ascii_grid" else kind
    if kind is None:
        return
    own = f"intake.site.foreign.{kind}"
    raise AtlasError(own if has(own) else f"geo.errors.foreign.{kind}", file=path.name)


def _part(path: Path, head: bytes) -> str | None:
    """A part of a shapefile without the others; the shapes alone have neither names nor a coordinate system."""
    suffix = path.suffix.lower()
    if head.startswith(_INDEX):
        if suffix in _PARTS:
            return "part"
        beside = {file.suffix.lower() for file in path.parent.glob(f"{glob_safe(path.stem)}.*")}
        return None if {".dbf", ".shx"} & beside else "lone_shp"
    if suffix == ".dbf" and head[:1] in _DBF:
        return "part"
    return "part" if suffix in _PARTS[2:] and len(head) < 4096 and head.isascii() else None


def glob_safe(stem: str) -> str:
    """A name whose signs mean nothing but themselves to glob."""
    return re.sub(r"([*?\[])", r"[\1]", stem)


def _no_site(path: Path, head: bytes) -> str | None:
    if head.startswith(_TIFF):
        return "raster"
    if head.startswith((*_OURS, _INDEX)):
        return None
    codec = text_codec(head, cut=len(head) == _HEAD)
    if codec is None:
        return "unknown"
    plain = head.decode(codec, errors="ignore").lstrip("\ufeff")
    if not plain.strip() and path.stat().st_size <= _HEAD:
        return "blank"
    return "part" if _CRS_TEXT.match(plain) else None
