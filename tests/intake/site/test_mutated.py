"""Good files spoilt at random: read, asked about or refused in a sentence, never a fault of the reader."""

from __future__ import annotations

import io
import random
import zipfile

import ezdxf
import geopandas as gpd
import numpy as np
import pytest
import shapely
from openpyxl import Workbook
from siting_ground import make_ground

from geo.doubt import UndecidedError
from geo.files.vector import write_geopackage
from intake import reading
from intake.site.reading import SiteFile
from words import LANGUAGES, text
from words.errors import AtlasError

DISTRICT = make_ground().district
PLOT = shapely.box(485_000, 3_250_000, 485_200, 3_250_150)
CORNERS = list(PLOT.exterior.coords)[:-1]
FRAME = gpd.GeoDataFrame({"name": ["甲"]}, geometry=[PLOT], crs=4545)
OWN_FAULTS = {"geo.errors.worker_fault", "geo.errors.worker_died", "geo.errors.worker_answer"}


def _dxf(folder) -> bytes:
    document = ezdxf.new()
    block = document.blocks.new("B")
    block.add_lwpolyline(CORNERS, close=True)
    document.modelspace().add_blockref("B", (0, 0))
    document.modelspace().add_ellipse((485_400, 3_250_000), (50, 0), 0.5)
    stream = io.StringIO()
    document.write(stream)
    return stream.getvalue().encode()


def _xlsx(folder) -> bytes:
    book = Workbook()
    for row in (("点号", "X", "Y"), *((f"J{k}", y, x) for k, (x, y) in enumerate(CORNERS, 1))):
        book.active.append(row)
    book.save(folder / "a.xlsx")
    return (folder / "a.xlsx").read_bytes()


def _gpkg(folder) -> bytes:
    write_geopackage({"a": FRAME, "b": FRAME}, folder / "a.gpkg")
    return (folder / "a.gpkg").read_bytes()


def _kml(folder) -> bytes:
    places = " ".join(f"{x},{y},0" for x, y in FRAME.to_crs(4326).geometry.iloc[0].exterior.coords)
    return (
        f'<?xml version="1.0" encoding="GBK"?><kml><Folder><Placemark><name>甲</name><Polygon><outerBoundaryIs>'
        f"<LinearRing><coordinates>{places}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Folder></kml>"
    ).encode("gbk")


def _kmz(folder) -> bytes:
    with zipfile.ZipFile(folder / "a.kmz", "w") as packed:
        packed.writestr("doc.kml", _kml(folder))
    return (folder / "a.kmz").read_bytes()


TABLE = "点号,X,Y,面积(亩)\n" + "\n".join(f"J{k},{y},{x},45" for k, (x, y) in enumerate(CORNERS, 1))
KINDS = {
    "a.dxf": _dxf,
    "a.xlsx": _xlsx,
    "a.gpkg": _gpkg,
    "a.kml": _kml,
    "a.kmz": _kmz,
    "a.geojson": lambda _: FRAME.to_crs(4326).to_json().encode(),
    "a.csv": lambda _: TABLE.encode("gbk"),
    "a.txt": lambda _: TABLE.replace(",", " ").encode(),
}
TELLING = (b"0", b"-", b"nan", b"1e400", b",", b"\n", b" ", b"\0", b"\xff", b"<", b"{", b'"', "九".encode())


def _spoilt(content: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at, much = chance.randrange(len(spoilt)), chance.choice((1, 1, 3, 20, 200))
        way = chance.randrange(4)
        if way == 0:
            spoilt[at : at + much] = b""
        elif way == 1:
            spoilt[at:at] = spoilt[at : at + much]
        elif way == 2:
            spoilt[at : at + 1] = chance.choice(TELLING)
        else:
            spoilt[at] ^= 1 << chance.randrange(8)
        if not spoilt:
            return b"x"
    return bytes(spoilt)


def _tried(name: str, seed: int, folder) -> None:
    chance = random.Random(f"{name} {seed}")
    path = folder / name
    path.write_bytes(_spoilt(KINDS[name](folder), chance))
    outcome: AtlasError | SiteFile
    try:
        outcome = reading.read_site(path, DISTRICT)
    except AtlasError as error:
        outcome = error
    for language in LANGUAGES:
        if isinstance(outcome, UndecidedError):
            assert all(doubt.said(language) for doubt in outcome.doubts)
        elif isinstance(outcome, AtlasError):
            assert outcome.key not in OWN_FAULTS, (name, seed)
            assert text(outcome.key, language, **outcome.facts)
        else:
            assert np.isfinite([shape.area for _, shape in outcome.parcels]).all()
            assert all(text(note.key, language, **note.facts) for note in outcome.notes)


@pytest.mark.parametrize("name", KINDS)
def test_a_few_spoilt_files_are_refused_in_a_sentence(name, tmp_path):
    for seed in range(6):
        _tried(name, seed, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("name", KINDS)
def test_many_spoilt_files_are_refused_in_a_sentence(name, tmp_path):
    for seed in range(100, 400):
        _tried(name, seed, tmp_path)
