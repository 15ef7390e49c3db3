"""What was used against the server, and its kin: refused through the door within limits, and the next is served."""

from __future__ import annotations

import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from small_district import small_district

from geo.worker.pool import POOL
from intake import reading
from words.errors import AtlasError

QUICK_S = 3.0
LEAD_S = 12.0  # what a crowded machine may add; the attacks took from ten seconds to minutes
FINE = "483000,3253000\n484000,3253000\n484000,3254000\n483000,3254000"

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


def _refused(name: str, content: bytes, folder: Path) -> tuple[str, float]:
    path = folder / name
    if name.endswith(".kmz"):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("doc.kml", content)
    else:
        path.write_bytes(content)
    start = time.monotonic()
    with pytest.raises(AtlasError) as refusal:
        reading.read_site(path, small_district())
    return refusal.value.key, time.monotonic() - start


@pytest.fixture(autouse=True)
def _still_served():
    reading.read_pasted(FINE, small_district())
    before = POOL.pids
    yield
    assert reading.read_pasted(FINE, small_district()).geometry.area == pytest.approx(1e6, rel=1e-6)
    assert set(POOL.pids) & set(before), "the warm process was lost"


@pytest.mark.parametrize("kind", KINDS)
def test_an_attack_is_refused_in_time(kind, tmp_path):
    key, seconds = _refused(*KINDS[kind](random.Random(1)), tmp_path)
    assert key.startswith(("geo.errors.", "siting.errors."))
    assert seconds < QUICK_S + LEAD_S


def test_the_known_ones_are_refused_by_name(tmp_path):
    depth = 25_000
    nested = '{"type":"GeometryCollection","geometries":[' * depth + "]}" * depth
    for text, key in (
        (nested, "geo.errors.pasted.too_deep"),
        ("a" + " " * 1_500 + "b", "siting.errors.no_coordinates"),
        ("GEOMETRYCOLLECTION(" * depth, "geo.errors.pasted.line_too_long"),
        ("POLYGON " + "(" * depth, "geo.errors.pasted.too_deep"),
    ):
        start = time.monotonic()
        with pytest.raises(AtlasError) as refusal:
            reading.read_pasted(text, small_district())
        assert refusal.value.key == key
        assert time.monotonic() - start < QUICK_S + LEAD_S
    assert _refused("a.dxf", b"999\n\n" * 22 + b"\n1\n", tmp_path)[1] < QUICK_S + LEAD_S


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100))
def test_generated_attacks_are_refused_or_read_in_time(seed, tmp_path):
    chance = random.Random(seed)
    _, seconds = _refused(*KINDS[chance.choice(list(KINDS))](chance), tmp_path)
    assert seconds < QUICK_S + LEAD_S
