"""Files of every kind spoilt at random and handed in at every door: refused, asked about or read, never our fault.

Where something lies already a change is named before it is used: the districts below are opened beside their manifest.
"""

from __future__ import annotations

import io
import random
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import ezdxf
import geopandas as gpd
import pytest
import shapely
from mutations import spoilt
from openpyxl import Workbook
from rain_forms import days
from siting_ground import make_ground
from small_district import METRIC, SQUARES, small_district, write_small_district

from geo.doubt import Answers, UndecidedError
from geo.files.vector import write_geopackage
from intake.district.new import Order, make_district
from intake.points.reading import read_plants, read_users
from intake.rain.reading import read_daily_rain
from intake.site.reading import SiteFile, read_pasted, read_site
from layers.catalogue import CATALOGUE
from layers.district import District
from layers.problem_words import problem_text
from layers.reading.rain.plausible import CHINA
from layers.versions.manifest import parts, write_manifest
from layers.versions.opening import make_manifest, open_district
from words import LANGUAGES, text
from words.errors import AtlasError

GROUND = make_ground().district
PLOT = shapely.box(485_000, 3_250_000, 485_200, 3_250_150)
HOLED = PLOT.difference(shapely.box(485_050, 3_250_050, 485_100, 3_250_100))
CORNERS = list(PLOT.exterior.coords)
FRAME = gpd.GeoDataFrame({"name": ["甲 & 乙"], "面积(亩)": [41.25]}, geometry=[HOLED], crs=METRIC)
LONLAT = FRAME.to_crs(4326)
PLACES = [*LONLAT.geometry.iloc[0].exterior.coords]
TABLE = "点号,X,Y,面积(亩)\n" + "\n".join(f"J{k},{y},{x},45" for k, (x, y) in enumerate(CORNERS, 1))
KML = (
    '<?xml version="1.0" encoding="UTF-8"?><kml><Folder><name>地块</name><Placemark><name>甲</name><ExtendedData>'
    '<Data name="面积(亩)"><value>45</value></Data></ExtendedData><Polygon><outerBoundaryIs><LinearRing><coordinates>'
    f"{' '.join(f'{x},{y},0' for x, y in PLACES)}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
    "</Folder></kml>"
)
SURVEY = "[属性描述]\n坐标系=2000国家大地坐标系\n几度分带=3\n带号=36\n[地块坐标]\n5,3.0,1,甲,面,,,,@\n" + "\n".join(
    f"J{k},1,{y},{x + 36e6}" for k, (x, y) in enumerate(CORNERS, 1)
)
SECONDS = "\n".join(f"{int(x)}°{int(x % 1 * 60)}′{x * 60 % 1 * 60:.4f}″E，{y:.8f}N" for x, y in PLACES)
GPX = f"<gpx><trk><trkseg>{''.join(f'<trkpt lat={y!r} lon={x!r}/>' for x, y in PLACES)}</trkseg></trk></gpx>"
PLANTS = """id,name,treat_m3d,eff_class,bod5_mgl,x,y
W1,甲污水厂,5000,一级A,8.5,485000,3255000
W2,乙,3000,class_1b,,495000,3255000
"""
USERS = """编号,名称,用途,年用水量(万m³/a),面积,经度,纬度
U1,甲厂,工业冷却,12,,108.0,29.37
U2,乙园,greening,,50000,107.85,29.37
"""
RAIN = [["日期", "降水量(mm)"], *days()[:400]]
TOWNSHIPS = gpd.GeoDataFrame(
    {"code": [*SQUARES], "name": ["甲镇", "乙镇", "丙乡", "丁乡"]}, geometry=[*SQUARES.values()], crs=METRIC
).to_crs(4490)
KEPT = ("townships", "rivers", "industrial_parks", "water_use", "population", "elevation", "landcover")
OWN = "geo.errors.fault_"
SHARE = {"site": 430, "pasted": 240, "rain": 140, "plants": 20, "users": 20, "new": 100}
pytestmark = pytest.mark.filterwarnings("ignore")  # of libraries, about what was spoilt


def packed(inner: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in inner.items():
            archive.writestr(name, content)
    return stream.getvalue()


def workbook(rows: list[list[object]]) -> bytes:
    book, stream = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


def drawing() -> bytes:
    document, stream = ezdxf.new(), io.StringIO()
    document.blocks.new("B").add_lwpolyline(CORNERS, close=True)
    document.modelspace().add_blockref("B", (0, 0))
    document.modelspace().add_ellipse((485_400, 3_250_000), (50, 0), 0.5)
    document.write(stream)
    return stream.getvalue().encode()


def of_gdal(frame: gpd.GeoDataFrame, folder: Path, suffix: str) -> bytes:
    """A GeoPackage, or a zipped shapefile."""
    if suffix == "gpkg":
        write_geopackage({"a": frame}, folder / "made.gpkg")
        return (folder / "made.gpkg").read_bytes()
    frame.rename(columns={"面积(亩)": "mj"}).to_file(folder / "made.shp", encoding="UTF-8")
    return packed({path.name: path.read_bytes() for path in folder.glob("made.*") if path.suffix != ".gpkg"})


@cache
def good(folder: Path) -> dict[str, dict[str, bytes]]:
    """Good files by door and name."""
    cells = [line.split(",") for line in TABLE.splitlines()]
    return {
        "site": {
            "a.geojson": LONLAT.to_json().encode(), "a.kml": KML.encode(), "a.kmz": packed({"doc.kml": KML.encode()}),
            "a.gpx": GPX.encode(), "a.csv": TABLE.encode("gbk"), "a.xlsx": workbook(cells), "a.dxf": drawing(),
            "a.gpkg": of_gdal(FRAME, folder, "gpkg"), "a.zip": of_gdal(FRAME, folder, "zip"),
            "b.txt": SURVEY.encode(),
        },
        "pasted": {"wkt": LONLAT.geometry.iloc[0].wkt.encode(), "rows": TABLE.replace(",", " ").encode(),
                   "seconds": SECONDS.encode(), "survey": SURVEY.encode()},
        "rain": {"r.csv": "\n".join(map(",".join, RAIN)).encode(), "r.xlsx": workbook(RAIN),
                 "r.txt": "\n".join(map("\t".join, RAIN)).encode("gbk")},
        "plants": {"p.csv": PLANTS.encode(), "p.xlsx": workbook([row.split(",") for row in PLANTS.splitlines()])},
        "users": {"u.csv": USERS.encode("gb18030")},
        "new": {
            "t.geojson": TOWNSHIPS.to_json().encode(), "t.gpkg": of_gdal(TOWNSHIPS, folder, "gpkg"),
            "t.zip": of_gdal(TOWNSHIPS, folder, "zip"),
            "t.kml": KML.encode(),
        },
    }  # fmt: skip


@pytest.fixture(scope="module")
def goods(tmp_path_factory):
    return good(tmp_path_factory.mktemp("good"))


@pytest.fixture(scope="module")
def lying(tmp_path_factory):
    """A small district with few layers and its manifest, and the same opened."""
    folder = write_small_district(tmp_path_factory.mktemp("lying") / "small")
    for id_, entry in small_district().entries.items():
        if id_ not in KEPT:
            for part in parts(folder / entry.file):
                part.unlink()
    write_manifest(make_manifest(folder), folder)
    return folder, open_district(folder)


def new_district(path: Path) -> object:
    out = path.parent / "out"
    shutil.rmtree(out, ignore_errors=True)
    made = make_district(Order(path, "name", out))
    opened = open_district(out)
    return [problem_text(problem) for problem in (*made.problems, *opened.problems)]


DOORS: dict[str, Callable[[Path], object]] = {
    "site": lambda path: read_site(path, GROUND),
    "pasted": lambda path: read_pasted(path.read_bytes().decode("utf-8", "replace"), GROUND),
    "rain": lambda path: read_daily_rain(path, Answers(), bounds=CHINA),
    "plants": lambda path: read_plants(path, small_district()),
    "users": lambda path: read_users(path, small_district()),
    "new": new_district,
}


def worded(refusal: AtlasError) -> str:
    """Whether a refusal asks or refuses, once it is seen to be no fault of ours and to have words."""
    assert not refusal.key.startswith(OWN), refusal
    assert all(text(refusal.key, language, **refusal.facts) for language in LANGUAGES)
    if not isinstance(refusal, UndecidedError):
        return "refused"
    assert all(doubt.said(language) for doubt in refusal.doubts for language in LANGUAGES)
    return "asked"


def handed_in(door: str, path: Path) -> str:
    """What became of a file: read, asked or refused, with words for all of it; AssertionError for a fault of ours."""
    try:
        found = DOORS[door](path)
    except AtlasError as error:
        return worded(error)
    if isinstance(found, SiteFile):
        assert all(text(note.key, language, **note.facts) for note in found.notes for language in LANGUAGES)
    return "read"


def believed(before: District, after: District, layer: str) -> list[str]:
    """What differs from the district as it was recorded and is named by no problem."""
    told = [problem for problem in after.problems if problem.layer == layer]
    for problem in told:
        assert all(problem_text(problem, language) for language in LANGUAGES)
    if layer in before.tables:
        return (
            [layer]
            if layer in after.tables and not told and not after.tables[layer].equals(before.tables[layer])
            else []
        )
    if layer in before.rasters or layer not in after.frames:
        same = after.entries.get(layer) == before.entries[layer]
        return [] if told or same else [layer]
    old, new = before.frames[layer].set_index(_key(layer)), after.frames[layer].set_index(_key(layer))
    keys = {(problem.key, problem.feature) for problem in told}
    wrong = []
    for code in old.index:
        if layer == "townships":
            there = code in new.index
            renamed = there and new.at[code, "name"] != old.at[code, "name"]
            size, was = (new.geometry[code].area if there else 0.0), old.geometry[code].area
            wrong += [f"{code} gone"] if not there and ("township_gone", code) not in keys else []
            wrong += [f"{code} renamed"] if renamed and ("township_renamed", code) not in keys else []
            resized = there and abs(size - was) > 0.001 * was
            wrong += [f"{code} resized"] if resized and ("township_area_changed", code) not in keys else []
        elif code not in new.index or new.at[code, "name"] != old.at[code, "name"]:
            wrong += [] if told else [f"{code} of {layer}"]
    moved = abs(new.area.sum() + new.length.sum() - old.area.sum() - old.length.sum()) > 0.001 * old.length.sum()
    return wrong + ([f"{layer} resized"] if moved and not told else [])


def _key(layer: str) -> str:
    key = CATALOGUE[layer].key
    assert key is not None
    return key.name


def in_place(lying: tuple[Path, District], folder: Path, chance: random.Random) -> str:
    """What became of a district one of whose files was spoilt."""
    source, before = lying
    there = shutil.copytree(source, folder / "place")
    layer = chance.choice(("townships", "townships", *KEPT, "district", "sources"))
    names = {"district": there / "district.toml", "sources": there / "sources.toml"}
    files = [names[layer]] if layer in names else [*parts(there / CATALOGUE[layer].file)]
    file = chance.choice([one for one in files if one.stat().st_size])
    file.write_bytes(spoilt(file.read_bytes(), chance))
    try:
        after = open_district(there)
    except AtlasError as error:
        return worded(error)
    finally:
        shutil.rmtree(there)
    if layer in names:
        assert all(problem_text(problem) for problem in after.problems)
        return "read"
    assert believed(before, after, layer) == [], file.name
    return "told" if any(problem.layer == layer for problem in after.problems) else "read"


def doors(goods: dict[str, dict[str, bytes]], folder: Path, times: int, seed: int) -> dict[str, Counter[str]]:
    """So many spoilt files at each door, evenly of each kind; what became of them."""
    found: dict[str, Counter[str]] = {}
    for door, files in goods.items():
        for at in range(times):
            name = [*files][at % len(files)]
            chance = random.Random(f"{door} {name} {seed} {at}")
            path = folder / name
            path.write_bytes(spoilt(files[name], chance))
            try:
                found.setdefault(door, Counter())[handed_in(door, path)] += 1
            except Exception as error:
                raise AssertionError(f"{door} {name} {seed} {at}: {error!r}") from error
    return found


@pytest.mark.parametrize("door", DOORS)
def test_good_files_pass_their_doors(goods, door, tmp_path):
    for name, content in goods[door].items():
        (tmp_path / name).write_bytes(content)
        assert handed_in(door, tmp_path / name) == ("refused" if name == "a.gpx" else "read"), name


def test_a_few_spoilt_files_at_every_door(goods, lying, tmp_path):
    found = doors(goods, tmp_path, 10, 0)
    assert {door: count.total() for door, count in found.items()} == dict.fromkeys(DOORS, 10)
    assert {in_place(lying, tmp_path, random.Random(f"few {at}")) for at in range(10)} <= {"refused", "told", "read"}


@pytest.mark.long
@pytest.mark.parametrize("block", range(5))
def test_five_thousand_spoilt_files_at_every_door(goods, lying, tmp_path, block, capsys):
    found = {door: doors({door: goods[door]}, tmp_path, times, 100 + block)[door] for door, times in SHARE.items()}
    found["in place"] = Counter(in_place(lying, tmp_path, random.Random(f"many {block} {at}")) for at in range(50))
    with capsys.disabled():
        print(f"\n{block}: { ({door: dict(count) for door, count in found.items()}) }")
    assert sum(count.total() for count in found.values()) == 1_000
    assert all(count["refused"] + count["asked"] + count["told"] for count in found.values())
