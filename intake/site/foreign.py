"""What people hand in as a site that is none: each kind told by its bytes and refused with what to do instead."""

from __future__ import annotations

import re
from pathlib import Path

from geo.files import archive
from geo.files.text import head_of
from words.errors import AtlasError

_HEAD = 65_536
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"RIFF", "picture"),
    (b"II*\0", "raster"),
    (b"MM\0*", "raster"),
    (b"II+\0", "raster"),
    (b"%PDF", "pdf"),
    (b"AC10", "dwg"),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_INDEX = b"\0\0\x27\x0a"
_OFFICE = (("word/", "word"), ("ppt/", "slides"))
_HTML = re.compile(r"\A\s*+(?:<\?xml[^>]{0,100}\?>\s{0,9})?(?:<!doctype html|<html|<table|<head|<meta|<!--)", re.I)
_INP = re.compile(r"^\[(?:JUNCTIONS|RESERVOIRS|PIPES|TITLE)\]", re.I | re.M)
_PARTS = (".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qpj")
_CRS_TEXT = re.compile(r"\A\s*+(?:PROJCS|GEOGCS|PROJCRS|GEOGCRS)\[", re.I)


def refuse_foreign(path: Path) -> None:
    """AtlasError `intake.site.foreign.*` naming what a file is when it can be no site."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    kind = _of_bytes(path, head) or _of_text(path)
    if kind is not None:
        raise AtlasError(f"intake.site.foreign.{kind}", file=path.name)


def _of_bytes(path: Path, head: bytes) -> str | None:
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(_OLD_OFFICE):
        content = path.read_bytes()
        word = "WordDocument".encode("utf-16-le") in content
        return "old_word" if word else "old_excel" if "Workbook".encode("utf-16-le") in content else "old_office"
    if head.startswith(b"PK"):
        names = archive.names(path)
        return next((kind for start, kind in _OFFICE if any(name.startswith(start) for name in names)), None)
    if head.startswith(_INDEX):
        return _of_shapefile(path, head)
    return "part" if path.suffix.lower() == ".dbf" and head[:1] in b"\x03\x30\x31\x83\x8b\xf5" else None


def _of_shapefile(path: Path, head: bytes) -> str | None:
    """A part of a shapefile without the others; the shapes alone have neither names nor a coordinate system."""
    if path.suffix.lower() in _PARTS:
        return "part"
    beside = {file.suffix.lower() for file in path.parent.glob(f"{glob_safe(path.stem)}.*")}
    return None if {".dbf", ".shx"} & beside else "lone_shp"


def glob_safe(stem: str) -> str:
    """A name whose signs mean nothing but themselves to glob."""
    return re.sub(r"([*?\[])", r"[\1]", stem)


def _of_text(path: Path) -> str | None:
    text = head_of(path)
    if not text:
        return None
    plain = text.lstrip()
    if not plain and path.stat().st_size <= len(text) * 4:
        return "blank"
    if _HTML.match(plain) and "<kml" not in plain:
        return "html"
    if plain.startswith("MIME-Version"):
        return "html"
    if _CRS_TEXT.match(plain):
        return "part"
    if _INP.search(plain):
        return "inp"
    if plain.startswith("<") and "<kml" not in plain and ":kml" not in plain:
        return "gpx" if "<gpx" in plain else None
    return None
