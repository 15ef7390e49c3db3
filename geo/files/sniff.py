"""Which kind of file this is, decided from its bytes alone and never from its name.

GDAL guesses a driver from content too, and some of its drivers read other files or call addresses named inside the
file. So the atlas looks first, accepts six kinds, and tells GDAL which one to use.
"""

from __future__ import annotations

import mmap
import re
import struct
from pathlib import Path
from typing import Literal

from geo.files import archive
from geo.files.encoding import text_codec
from words.errors import AtlasError

Driver = Literal["ESRI Shapefile", "GPKG", "GeoJSON", "GTiff", "CSV", "XLSX"]

_HEAD = 65_536
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_REFUSED_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"RIFF", "picture"),
    (b"%PDF", "document"),
    (b"\xd0\xcf\x11\xe0", "old_office"),
    (b"\x1f\x8b", "other_archive"),
    (b"7z\xbc\xaf", "other_archive"),
    (b"Rar!", "other_archive"),
    (b"BZh", "other_archive"),
    (b"\xfd7zXZ", "other_archive"),
    (b"AC10", "drawing"),
)
_VIRTUAL_XML = re.compile(rb"<(OGRVRT|VRTDataset|OGRWFS|GDAL_WMS|GDAL_WMTS|WMS_|WMT_|GDALTile|OGRXPlane|WFS|WCS)", re.I)
_GEOJSON_TYPE = re.compile(
    rb'"type"\s*:\s*"(FeatureCollection|Feature|GeometryCollection|(Multi)?(Point|LineString|Polygon))"'
)
_FOREIGN_JSON = re.compile(rb'"(esriGeometry\w+|rings|paths|Topology|stac_version)"')
_DXF = re.compile(r"\A\s*+0[ \t\r]*+\n\s*+SECTION", re.I)


def sniff(path: str | Path) -> Driver:
    """The driver that may read this file (for a zip: the one for what lies inside).

    Raises AtlasError naming what the content is when it is none of the six: pictures, documents, virtual datasets,
    service descriptions, XML of any kind, encrypted or hostile archives.
    """
    path = Path(path)
    if not path.is_file():
        raise AtlasError("geo.errors.no_such_file", file=path.name)
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        raise AtlasError("geo.errors.empty_file", file=path.name)
    return _binary(path, head) or _text(path, head)


def _binary(path: Path, head: bytes) -> Driver | None:
    if head.startswith(b"PK"):
        return _inside_archive(path)
    if head.startswith(b"SQLite format 3\0"):
        return "GPKG"
    if head[:4] in _TIFF:
        return "GTiff"
    if head[:4] == b"\0\0\x27\x0a":
        return _shapefile(path, head)
    for magic, kind in _REFUSED_MAGIC:
        if head.startswith(magic):
            raise AtlasError(f"geo.errors.{kind}", file=path.name)
    return None


def _shapefile(path: Path, head: bytes) -> Driver:
    # .shp and .shx begin alike; the first record header (number 1) tells them apart from an index (offset 50)
    if path.suffix.lower() == ".shx" or (len(head) >= 104 and struct.unpack(">i", head[100:104])[0] == 50):
        raise AtlasError("geo.errors.shx_alone", file=path.name)
    return "ESRI Shapefile"


def _inside_archive(path: Path) -> Driver:
    kinds: dict[str, Driver] = {".shp": "ESRI Shapefile", ".gpkg": "GPKG", ".geojson": "GeoJSON", ".json": "GeoJSON"}
    names = archive.names(path)
    if "xl/workbook.xml" in names:
        return "XLSX"
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise AtlasError("geo.errors.document", file=path.name)
    for suffix, driver in kinds.items():
        if any(name.lower().endswith(suffix) for name in names):
            return driver
    raise AtlasError("geo.errors.nothing_in_archive", file=path.name, names=", ".join(names[:5]))


def _text(path: Path, head: bytes) -> Driver:
    codec = text_codec(head, cut=len(head) == _HEAD)
    if codec is None:
        raise AtlasError("geo.errors.unknown_content", file=path.name)
    start = head.decode(codec, errors="ignore").lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        _refuse_xml(path, start.encode("utf-8"))
    if start.startswith(("{", "[")):
        return _json(path, utf16=codec.startswith("utf-16"))
    if _DXF.match(start):
        raise AtlasError("geo.errors.drawing", file=path.name)
    if not start.strip():
        raise AtlasError("geo.errors.empty_file", file=path.name)
    return "CSV"


def _refuse_xml(path: Path, start: bytes) -> None:
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise AtlasError("geo.errors.doctype", file=path.name)
    if _VIRTUAL_XML.search(start):
        raise AtlasError("geo.errors.virtual", file=path.name)
    raise AtlasError("geo.errors.xml", file=path.name)


def _json(path: Path, *, utf16: bool) -> Driver:
    if utf16:
        raise AtlasError("geo.errors.json_utf16", file=path.name)
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find(b"gdal_streamed_alg") >= 0:
            raise AtlasError("geo.errors.virtual", file=path.name)
        if not _GEOJSON_TYPE.search(content):
            kind = "foreign_json" if _FOREIGN_JSON.search(content) else "not_geojson"
            raise AtlasError(f"geo.errors.{kind}", file=path.name)
    return "GeoJSON"
