"""What was used against the server, and its kin, made by chance: names and contents of files that strangers hand in."""

from __future__ import annotations

import random
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
