"""What was used against the server, and its kin, made by chance: names and contents of files that strangers hand in."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

Attack = Callable[[random.Random], tuple[str, bytes]]


def _nested(kind: str) -> Attack:
    def make(chance: random.Random) -> tuple[str, bytes]:
        depth = chance.randint(5_000, 25_000)
        if kind == "wkt":
            return "x.txt", ("GEOMETRYCOLLECTION(" * depth).replace("GEOM", "POLYGON((", 1).encode()
        if kind == "array":
            return "x.json", b'{"type":"Polygon","coordinates":' + b"[" * depth + b"]" * depth + b"}"
        if kind == "kml":
            return "x.kml", b"<kml>" + b"<Folder>" * depth + b"</Folder>" * depth + b"</kml>"
        head, foot = b'{"type":"GeometryCollection","geometries":[', b"]}"
        return "x.json", head * depth + b'{"type":"Point","coordinates":[107,29]}' + foot * depth

    return make


def _blanks(chance: random.Random) -> tuple[str, bytes]:
    blank = chance.choice((" ", "\t", "\u3000", "\xa0", " \t"))
    return "x.txt", f"{chance.choice('aE点1')}{blank * chance.randint(1_500, 40_000)}{chance.choice('bN!x')}".encode()


def _digits(chance: random.Random) -> tuple[str, bytes]:
    run = chance.choice(("1", "12", "1,", "1.", "1e")) * chance.randint(5_000, 40_000)
    return "x.txt", f"{run}{chance.choice(('x', 'E!', ',', '°'))}\n".encode()


def _dxf_head(chance: random.Random) -> tuple[str, bytes]:
    comment = chance.choice((b"999\n\n", b"999\r\n\r\n", b"999\n \n", b"999 \n\n\n"))
    return "x.dxf", comment * chance.randint(25, 400) + b"1\n"


def _dense_kmz(chance: random.Random) -> tuple[str, bytes]:
    places = b"107.1,29.1 " * chance.randint(3_000_000, 8_000_000)
    text = b"<kml><Placemark><LineString><coordinates>" + places + b"</coordinates></LineString></Placemark></kml>"
    return "x.kmz", text


def _csv_line(chance: random.Random) -> tuple[str, bytes]:
    return "x.csv", b"x,y\n" + chance.choice((b"1", b",", b'"', b"1,2;")) * chance.randint(200_000, 2_000_000)


def _numbers(chance: random.Random) -> tuple[str, bytes]:
    number = chance.choice(("NaN", "-Infinity", "1e400", "1e999999999", "9" * chance.randint(5_000, 2_000_000)))
    return "x.geojson", f'{{"type":"Polygon","coordinates":[[[{number},29],[108,29],[108,30],[{number},29]]]}}'.encode()


def _properties(chance: random.Random) -> tuple[str, bytes]:
    depth = chance.randint(5_000, 100_000)
    opened, closed = chance.choice((('{"a":', "}"), ("[", "]")))
    deep = f"{opened * depth}1{closed * depth}"
    return "x.geojson", f'{{"type":"Feature","properties":{{"a":{deep}}},"geometry":null}}'.encode()


def _entities(chance: random.Random) -> tuple[str, bytes]:
    steps = chance.randint(8, 12)
    told = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, steps))
    text = f'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a0 "{"a" * 10}">{told}]><kml><name>&a{steps - 1};</name></kml>'
    return "x.kml", text.encode(chance.choice(("utf-8", "utf-16")))


def _lost_places(chance: random.Random) -> tuple[str, bytes]:
    places = f"107,29 {chance.choice(('nan', 'inf', '1e999'))},29 108,30 {chance.choice(('nan', '-inf'))},29"
    ring = f"<outerBoundaryIs><LinearRing><coordinates>{places}</coordinates></LinearRing></outerBoundaryIs>"
    return "x.kml", f"<kml><Placemark><Polygon>{ring}</Polygon></Placemark></kml>".encode()


def _dbf(chance: random.Random) -> bytes:
    rows, head, row = chance.choice(
        ((1, 65, 11), (2**31 - 1, 65, 11), (2**32 - 1, 65_535, 65_535), (5, 65, 0), (5, 0, 11))
    )
    field = struct.pack("<11sc4xBB14x", b"NAME", b"C", 10, 0)
    return struct.pack("<BBBBIHH20x", 3, 24, 1, 1, rows, head, row) + field + b"\r abcdefghij"


def _shapefile(chance: random.Random) -> tuple[str, bytes]:
    count = chance.choice((2**31 - 1, -1, 10**6))
    shape = struct.pack("<i4dii", 5, 107, 29, 108, 30, count, count) + bytes(64)
    box = struct.pack("<ii8d", 1000, 5, 107, 29, 108, 30, 0, 0, 0, 0)
    half = len(shape) // 2
    shp = struct.pack(">i20xi", 9994, 54 + half) + box + struct.pack(">ii", 1, half) + shape
    shx = struct.pack(">i20xi", 9994, 54) + box + struct.pack(">ii", 50, half)
    return "x.zip", _zipped({"a.shp": shp, "a.shx": shx, "a.dbf": _dbf(chance)})


def _archive(chance: random.Random) -> tuple[str, bytes]:
    way = chance.choice(("out", "many", "nested", "large", "link"))
    if way == "link":
        link = zipfile.ZipInfo("a.geojson")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        return "x.zip", _zipped({link: b"/etc/passwd"})
    if way == "nested":
        inner = _zipped({"0": bytes(20_000_000)})
        return "x.zip", _zipped({f"{n}.zip": inner for n in range(8)})
    named = {"out": [chance.choice(("../../a.shp", "/a.shp", "..\\a.shp", "C:a.shp"))], "large": ["a.shp"]}
    names = named.get(way) or [f"{n}.txt" for n in range(chance.randint(500, 20_000))]
    return "x.zip", _zipped({name: bytes(600_000_000 if way == "large" else 0) for name in names})


def _zipped(files: dict[str, bytes] | dict[zipfile.ZipInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _workbook(chance: random.Random) -> tuple[str, bytes]:
    from openpyxl import Workbook

    stream, book = io.BytesIO(), Workbook()
    book.active["A1"], book.active.cell(chance.randint(900_000, 1_048_576), 16_384).value = "x", 1
    book.save(stream)
    return "x.xlsx", stream.getvalue()


def _picture(chance: random.Random) -> tuple[str, bytes]:
    if chance.random() < 0.5:
        return "x.tif", b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 10**5, 10**5, 8, 2, 0, 0, 0)
    size = chance.choice((10**6, 2**31 - 1))
    told = [(256, 4, size), (257, 4, size), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8), (278, 4, size)]
    tags = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in told)
    return "x.tif", b"II*\0" + struct.pack("<IH", 8, len(told)) + tags + bytes(4)


def _signs(chance: random.Random) -> tuple[str, bytes]:
    sign = chance.choice(
        ("武".encode("gb18030"), "武".encode("big5"), "1\u0301".encode(), b"\0", b"\xff", b"\xed\xa0\x80")
    )
    return "x.txt", sign * chance.randint(200_000, 1_000_000)


KINDS: dict[str, Attack] = {
    "collections": _nested("collections"),
    "arrays": _nested("array"),
    "wkt": _nested("wkt"),
    "folders": _nested("kml"),
    "blanks": _blanks,
    "digits": _digits,
    "dxf head": _dxf_head,
    "dense kmz": _dense_kmz,
    "long line": _csv_line,
    "numbers": _numbers,
    "properties": _properties,
    "entities": _entities,
    "lost places": _lost_places,
    "shapefile": _shapefile,
    "archive": _archive,
    "workbook": _workbook,
    "picture": _picture,
    "signs": _signs,
}

DEPTH = 25_000
PASTES = {  # the issue's own, pasted on the page 选址
    "1,500 blanks": "a" + " " * 1_500 + "b",
    "40,000 digits": "1" * 40_000 + "x",
    "25,000 collections": '{"type":"GeometryCollection","geometries":[' * DEPTH + "]}" * DEPTH,
}
DXF_HEAD = b"999\n\n" * 22 + b"\n1\n"  # 113 bytes


def write_attack(name: str, content: bytes, folder: Path) -> Path:
    """The attack as a file; a KMZ is packed."""
    path = folder / name
    if not name.endswith(".kmz"):
        path.write_bytes(content)
        return path
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", content)
    return path
