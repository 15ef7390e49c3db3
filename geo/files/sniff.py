"""Which kind of file this is, decided from its bytes alone and never from its name.

GDAL guesses a driver from content too, and some of its drivers read other files or call addresses named inside the
file. So the atlas looks first, accepts six kinds, and tells GDAL which one to use.
"""

from __future__ import annotations

import mmap
import re
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from geo.files import archive
from geo.files.encoding import text_codec
from words.errors import AtlasError

Driver = Literal["ESRI Shapefile", "GPKG", "GeoJSON", "GTiff", "CSV", "XLSX"]

_HEAD = 65_536
_FIRST = 4096
_READ_INSIDE: dict[str, Driver] = {
    ".shp": "ESRI Shapefile",
    ".gpkg": "GPKG",
    ".geojson": "GeoJSON",
    ".json": "GeoJSON",
}
_READ = tuple(_READ_INSIDE)
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"RIFF", "picture"),
    (b"\0\0\0\x18ftyphei", "picture"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "other_archive"),
    (b"7z\xbc\xaf", "other_archive"),
    (b"Rar!", "other_archive"),
    (b"BZh", "other_archive"),
    (b"\xfd7zXZ", "other_archive"),
    (b"AC10", "dwg"),
    (b"AC1.", "dwg"),
    (b"AC2.", "dwg"),
    (b"\x08\x09\xfe", "dgn"),
    (b"\0\1\0\0Standard ", "access"),
    (b"fgb\x03", "flatgeobuf"),
    (b"PAR1", "flatgeobuf"),
    (b"LASF", "model"),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_TAR = (257, 262, b"ustar")
_INSIDE = (("word/", "word"), ("ppt/", "slides"), ("OFD.xml", "pdf"), ("content.xml", "open_document"))
_INSIDE_SUFFIX = (
    (".gdbtable", "geodatabase"),
    (".dwg", "dwg"),
    (".qgs", "project"),
    (".tab", "mapinfo"),
    (".mif", "mapinfo"),
)
_HTML = re.compile(r"\A(?:<\?xml[^>]{0,100}\?>\s{0,9})?(?:<!doctype html|<html|<table|<head|<meta|<!--)", re.I)
_TEXTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^\[(?:JUNCTIONS|RESERVOIRS|PIPES|TITLE)\]", re.I | re.M), "inp"),
    (re.compile(r"\AMIME-Version", re.I), "html"),
    (re.compile(r"\A(?:!table|VERSION[ \t]{1,9}\d{1,4}[ \t]{0,9}\r?\n[ \t]{0,9}(?:Charset|Delimiter|CoordSys|Columns))",
                re.I), "mapinfo"),
    (re.compile(r"\AEXP[ \t]{1,9}[01][ \t]"), "e00"),
    (re.compile(r"\AISO-10303-21"), "model"),
    (re.compile(r"\Ancols[ \t]", re.I), "ascii_grid"),
)  # fmt: skip
_XMLS = (("<gpx", "gpx"), ("office:spreadsheet", "html"), ("<qgis", "project"), ("<svg", "picture"),
         ("opengis.net/gml", "gml"), ("<gml", "gml"), ("<kml", "kml"), (":kml", "kml"))  # fmt: skip
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
    present(path)
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        raise AtlasError("geo.errors.empty_file", file=path.name)
    kind = foreign(path, head)
    if kind is not None:
        raise AtlasError(f"geo.errors.foreign.{kind}", file=path.name)
    return _binary(path, head) or _text(path, head)


def present(path: Path) -> None:
    """AtlasError when there is no such file, or when it is a folder (a file geodatabase is one)."""
    if path.is_dir():
        raise AtlasError("geo.errors.foreign.folder", file=path.name)
    if not path.is_file():
        raise AtlasError("geo.errors.no_such_file", file=path.name)


def foreign(path: Path, head: bytes | None = None) -> str | None:
    """What a file is when it is well known and none of ours, by its bytes: `picture`, `dwg`, `geodatabase` …

    The kinds are the sentences under `geo.errors.foreign`; none where a reader may try.
    """
    if head is None:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    found = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    start, end, sign = _TAR
    if found or head[start:end] == sign:
        return found or "other_archive"
    if head.startswith(b"BM") and struct.unpack("<I", head[2:6].ljust(4, b"\0"))[0] == path.stat().st_size:
        return "picture"
    if head.startswith(_OLD_OFFICE):
        return _old_office(path.read_bytes())
    if head.startswith(b"PK"):
        return _packed(archive.names(path))
    codec = text_codec(head, cut=len(head) == _HEAD)
    if codec is None:
        return "geodatabase" if path.suffix.lower() in (".gdbtable", ".gdbtablx", ".gdbindexes") else None
    return _written(head.decode(codec, errors="ignore").lstrip("\ufeff \t\r\n"))


def _old_office(content: bytes) -> str:
    if "WordDocument".encode("utf-16-le") in content:
        return "old_word"
    return "old_excel" if "Workbook".encode("utf-16-le") in content else "old_office"


def _packed(names: Sequence[str]) -> str | None:
    inside = next((kind for start, kind in _INSIDE if any(name.startswith(start) for name in names)), None)
    if inside or any(name.lower().endswith(_READ) for name in names) or "xl/workbook.xml" in names:
        return inside
    ends = (kind for end, kind in _INSIDE_SUFFIX if any(name.lower().endswith(end) for name in names))
    return next(ends, None)


def _written(start: str) -> str | None:
    if start.startswith("<"):
        if _HTML.match(start) and "<kml" not in start:
            return "html"
        if "<!DOCTYPE" in start or "<!ENTITY" in start or _VIRTUAL_XML.search(start.encode()):
            return "project" if start.startswith("<!DOCTYPE qgis") else None
        return next((kind for sign, kind in _XMLS if sign in start[:_FIRST]), None)
    return next((kind for sign, kind in _TEXTS if sign.search(start)), None)


def _binary(path: Path, head: bytes) -> Driver | None:
    if head.startswith(b"PK"):
        return _inside_archive(path)
    if head.startswith(b"SQLite format 3\0"):
        return "GPKG"
    if head[:4] in _TIFF:
        return "GTiff"
    if head[:4] == b"\0\0\x27\x0a":
        return _shapefile(path, head)
    return None


def _shapefile(path: Path, head: bytes) -> Driver:
    # .shp and .shx begin alike; the first record header (number 1) tells them apart from an index (offset 50)
    if path.suffix.lower() == ".shx" or (len(head) >= 104 and struct.unpack(">i", head[100:104])[0] == 50):
        raise AtlasError("geo.errors.shx_alone", file=path.name)
    return "ESRI Shapefile"


def _inside_archive(path: Path) -> Driver:
    names = archive.names(path)
    if "xl/workbook.xml" in names:
        return "XLSX"
    for suffix, driver in _READ_INSIDE.items():
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
        raise AtlasError("geo.errors.foreign.dxf", file=path.name)
    if not start.strip():
        raise AtlasError("geo.errors.empty_file", file=path.name)
    return "CSV"


def _refuse_xml(path: Path, start: bytes) -> None:
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise AtlasError("geo.errors.doctype", file=path.name)
    if _VIRTUAL_XML.search(start):
        raise AtlasError("geo.errors.virtual", file=path.name)
    raise AtlasError("geo.errors.foreign.xml", file=path.name)


def _json(path: Path, *, utf16: bool) -> Driver:
    if utf16:
        raise AtlasError("geo.errors.json_utf16", file=path.name)
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find(b"gdal_streamed_alg") >= 0:
            raise AtlasError("geo.errors.virtual", file=path.name)
        if not _GEOJSON_TYPE.search(content):
            foreign_kind = _FOREIGN_JSON.search(content) is not None
            raise AtlasError("geo.errors.foreign_json" if foreign_kind else "geo.errors.not_geojson", file=path.name)
    return "GeoJSON"
