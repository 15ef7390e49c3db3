"""Site files of every kind give the same square; hostile and broken ones are refused by name."""

from __future__ import annotations

import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from openpyxl import Workbook
from pyproj import Transformer
from siting_ground import make_ground, square

from analysis.proposal import from_toml
from geo.files.drawing import reading as drawings
from geo.files.vector import write_geopackage, write_shapefile
from geo.shapes.nesting import polygons_of
from intake.site.proposal import read_proposal
from intake.site.reading import read_site
from words import LANGUAGES, text
from words.errors import AtlasError

DISTRICT = make_ground().district
SQUARE = square()
CORNERS = list(SQUARE.exterior.coords)[:-1]
LONLAT = [Transformer.from_crs(4545, 4490, always_xy=True).transform(*corner) for corner in CORNERS]
FRAME = gpd.GeoDataFrame({"name": ["甲地块"]}, geometry=[SQUARE], crs=4545)


def kml(corners=LONLAT, *, head: str = "", name: str = "甲地块") -> str:
    places = " ".join(f"{lon:.9f},{lat:.9f},0" for lon, lat in [*corners, corners[0]])
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        f"<Placemark><name>{name}</name><Polygon><outerBoundaryIs><LinearRing><coordinates>{places}</coordinates>"
        "</LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>"
    )


def drawing(*entities: str) -> str:
    return "\n".join(["0", "SECTION", "2", "ENTITIES", *entities, "0", "ENDSEC", "0", "EOF", ""])


def lwpolyline(corners=CORNERS, *, layer: str = "用地红线", closed: int = 1, bulge: float | None = None) -> str:
    tags = ["0", "LWPOLYLINE", "8", layer, "90", str(len(corners)), "70", str(closed)]
    for x, y in corners:
        tags += ["10", f"{x:.4f}", "20", f"{y:.4f}", *(["42", str(bulge)] if bulge else [])]
    return "\n".join(tags)


def polyline(corners=CORNERS) -> str:
    tags = ["0", "POLYLINE", "8", "红线", "66", "1", "70", "1"]
    for x, y in corners:
        tags += ["0", "VERTEX", "8", "红线", "10", str(x), "20", str(y), "30", "0"]
    return "\n".join([*tags, "0", "SEQEND", "8", "红线"])


def write_geojson_(folder: Path) -> Path:
    written = FRAME.to_crs(4490).set_crs(4326, allow_override=True).to_json()
    (folder / "site.geojson").write_text(written, encoding="utf-8")
    return folder / "site.geojson"


def write_gpkg(folder: Path) -> Path:
    write_geopackage({"site": FRAME}, folder / "site.gpkg")
    return folder / "site.gpkg"


def write_gbk(folder: Path) -> Path:
    write_shapefile(FRAME, folder / "site.shp", encoding="GBK")
    with zipfile.ZipFile(folder / "site.zip", "w") as packed:
        for file in sorted(folder.glob("site.*")):
            if file.suffix not in (".zip", ".cpg"):
                packed.write(file, f"红线/{file.name}")
    return folder / "site.zip"


def write_text(name: str, content: str, encoding: str = "utf-8"):
    def write(folder: Path) -> Path:
        (folder / name).write_text(content, encoding=encoding)
        return folder / name

    return write


def write_kmz(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "site.kmz", "w") as packed:
        packed.writestr("doc.kml", kml())
    return folder / "site.kmz"


def write_xlsx(folder: Path) -> Path:
    book = Workbook()
    for row in (["界址点坐标"], ["点号", "X坐标", "Y坐标"], *([f"J{k}", y, x] for k, (x, y) in enumerate(CORNERS))):
        book.active.append(row)
    book.save(folder / "site.xlsx")
    return folder / "site.xlsx"


CSV = "点号,经度,纬度\n" + "\n".join(f"{k},{lon:.9f},{lat:.9f}" for k, (lon, lat) in enumerate(LONLAT, 1))
BOUNDARY = "[地块坐标]\n5,1,1,甲,面,,,,@\n" + "\n".join(f"J{k},1,{y},{x}" for k, (x, y) in enumerate(CORNERS, 1))
WAYS = {
    "GeoJSON": write_geojson_,
    "GeoPackage": write_gpkg,
    "zipped GBK shapefile": write_gbk,
    "KML": write_text("site.kml", kml()),
    "KMZ": write_kmz,
    "DXF light polyline": write_text("site.dxf", drawing(lwpolyline())),
    "DXF in GB18030": write_text("site.dxf", drawing(lwpolyline()), "gb18030"),
    "DXF old polyline": write_text("site.dxf", drawing(polyline())),
    "DXF open but meeting": write_text("site.dxf", drawing(lwpolyline([*CORNERS, CORNERS[0]], closed=0))),
    "CSV": write_text("site.csv", CSV),
    "CSV in GBK": write_text("site.csv", CSV, "gbk"),
    "CSV without header": write_text("site.csv", "\n".join(f"{x},{y}" for x, y in CORNERS)),
    "Excel, X north": write_xlsx,
    "boundary text": write_text("site.txt", BOUNDARY, "gbk"),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_kind_of_file_gives_the_same_square(way, tmp_path):
    found = read_site(WAYS[way](tmp_path), DISTRICT)
    assert len(found.parcels) == 1
    assert shapely.symmetric_difference(found.geometry, SQUARE).area < 0.5
    for language in LANGUAGES:
        assert all(text(note.key, language, **note.facts) for note in found.notes)


HOSTILE = {
    "entities in KML": ("geo.errors.doctype", "a.kml", kml(head='<!DOCTYPE kml [<!ENTITY a "x">]>')),
    "cut KML": ("geo.errors.kml_broken", "a.kml", kml()[:-20]),
    "words for numbers": ("geo.errors.kml_broken", "a.kml", kml().replace("107.", "x.", 1)),
    "empty KML": ("geo.errors.kml_empty", "a.kml", '<kml xmlns="http://www.opengis.net/kml/2.2"></kml>'),
    "virtual data set": ("geo.errors.virtual", "a.geojson", "<OGRVRTDataSource></OGRVRTDataSource>"),
    "GML": ("geo.errors.foreign.gml", "a.gml", "<gml:FeatureCollection></gml:FeatureCollection>"),
    "binary DXF": ("geo.errors.dxf_binary", "a.dxf", "AutoCAD Binary DXF\r\n"),
    "cut DXF": ("geo.errors.dxf_broken", "a.dxf", drawing(lwpolyline()).replace("\n90\n", "\nx\n")),
    "texts only": ("geo.errors.dxf_empty", "a.dxf", drawing("0\nTEXT\n8\n注记\n1\n红线")),
    "no coordinates": ("siting.errors.no_table_coordinates", "a.csv", "name,size\n甲,3\n"),
    "word in a table": ("siting.errors.table_number", "a.csv", "lon,lat\n107.8,无\n"),
    "empty file": ("intake.site.foreign.blank", "a.txt", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_hostile_or_broken_is_refused_by_name(case, tmp_path):
    key, name, content = HOSTILE[case]
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(AtlasError) as refused:
        read_site(tmp_path / name, DISTRICT)
    assert refused.value.key == key
    for language in LANGUAGES:
        assert text(key, language, **refused.value.facts)


def test_named_layer_of_a_drawing_is_read(tmp_path):
    path = tmp_path / "a.dxf"
    path.write_text(drawing(lwpolyline(), lwpolyline(list(square(500).exterior.coords)[:-1], layer="建筑")))
    assert read_site(path, DISTRICT, answers={"site.layer": "建筑"}).geometry.area == pytest.approx(10_000)


def test_arc_of_a_polyline_is_followed(tmp_path):
    path = tmp_path / "circle.dxf"
    path.write_text(drawing(lwpolyline([(485_000, 3_250_000), (485_100, 3_250_000)], bulge=1.0)))
    assert drawings.read(path)[0].geometry.iloc[0].area == pytest.approx(3.14159 * 50**2, rel=0.01)


def test_rings_nest():
    outer, hole, island = (list(square(side=side).exterior.coords) for side in (100, 60, 20))
    assert polygons_of([hole, island, outer]).area == pytest.approx(10_000 - 3_600 + 400)


def test_each_parcel_of_a_table_keeps_its_name(tmp_path):
    path = tmp_path / "sites.csv"
    path.write_text("名称,lon,lat\n甲,107.85,29.36\n乙,107.86,29.37\n", encoding="utf-8")
    found = read_site(path, DISTRICT)
    assert [name for name, _ in found.parcels] == ["甲", "乙"]
    assert {shape.geom_type for _, shape in found.parcels} == {"Point"}


def test_parcels_that_overlap_become_one_site(tmp_path):
    two = gpd.GeoDataFrame({"name": ["a", "b"]}, geometry=[SQUARE, square(50)], crs=4545)
    write_geopackage({"site": two}, tmp_path / "two.gpkg")
    assert read_site(tmp_path / "two.gpkg", DISTRICT).geometry.area == pytest.approx(15_000)


def test_proposal_file_reads_codes_and_chinese_labels(tmp_path):
    path = tmp_path / "project.toml"
    path.write_text('[project]\nsector = "化工"\nnature = "extend"\nsource = "自备地下水"\ndemand_m3_per_year = 5\n')
    read = read_proposal(path)
    assert (read.sector, read.nature, read.source, read.demand_m3_per_year) == ("chemical", "extend", "groundwater", 5)


@pytest.mark.parametrize(
    ("key", "content"),
    [
        ("proposal_choice", 'sector = "magic"'),
        ("proposal_field", "colour = 3"),
        ("proposal_value", 'demand_m3_per_year = "much"'),
        ("proposal_number", "demand_m3_per_year = -1"),
        ("proposal_value", 'saving_plan = "yes"'),
        ("proposal_value", "outfall = [1]"),
        ("proposal_toml", "sector = "),
    ],
)
def test_wrong_fact_of_a_proposal_is_named(key, content):
    with pytest.raises(AtlasError) as refused:
        from_toml(content)
    assert refused.value.key == f"siting.errors.{key}"
    for language in LANGUAGES:
        assert text(refused.value.key, language, **refused.value.facts)
