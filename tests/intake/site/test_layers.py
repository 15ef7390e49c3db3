"""Layers and sheets are chosen from a list; inner rings are holes in every format; what is no site is called so."""

from __future__ import annotations

import sqlite3
import struct
import zipfile
from contextlib import closing

import geopandas as gpd
import pytest
import shapely
from openpyxl import Workbook
from pyproj import Transformer
from siting_ground import make_ground

from analysis.methods.siting.ground.site import make_site
from geo.doubt import UndecidedError
from geo.files.vector import write_geopackage, write_shapefile
from intake.site.reading import SiteFile, read_pasted, read_site
from words import LANGUAGES, text
from words.errors import AtlasError

DISTRICT = make_ground().district
X, Y = 485_000, 3_250_000
PLOT = shapely.box(X, Y, X + 200, Y + 150)  # 30,000 m2
INNER = shapely.box(X + 50, Y + 50, X + 110, Y + 100)  # 3,000 m2
ASIDE = shapely.box(X + 400, Y, X + 500, Y + 100)  # 10,000 m2
TO_DEGREES = Transformer.from_crs(4545, 4326, always_xy=True)


def keys(found: SiteFile) -> list[str]:
    return [note.key for note in found.notes]


def frame(*shapes, names=None) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"name": names or [""] * len(shapes)}, geometry=list(shapes), crs=4545)


def places(shape) -> str:
    return " ".join("{:.9f},{:.9f}".format(*TO_DEGREES.transform(*place)) for place in shape.exterior.coords)


def polygon(shape) -> str:
    ring = f"<LinearRing><coordinates>{places(shape)}</coordinates></LinearRing>"
    return f"<Polygon><outerBoundaryIs>{ring}</outerBoundaryIs></Polygon>"


def kml(*inside: str) -> str:
    return f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{"".join(inside)}</Document></kml>'


def placemark(*shapes: str, name: str = "") -> str:
    return f"<Placemark><name>{name}</name>{''.join(shapes)}</Placemark>"


def choices(read) -> list[str]:
    with pytest.raises(UndecidedError) as refusal:
        read()
    doubt = refusal.value.doubts[0]
    assert doubt.key == "site.layer"
    for language in LANGUAGES:
        assert all(choice.said(language) != choice.value for choice in doubt.choices)
    return [choice.value for choice in doubt.choices]


def gpkg(folder):
    write_geopackage({"红线": frame(PLOT), "建筑": frame(INNER)}, folder / "a.gpkg")
    return folder / "a.gpkg"


def zipped(folder):
    for name, shape in (("红线", PLOT), ("建筑", INNER)):
        write_shapefile(frame(shape, names=["甲"]), folder / f"{name}.shp")
    with zipfile.ZipFile(folder / "a.zip", "w") as packed:
        for file in [*folder.glob("红线.*"), *folder.glob("建筑.*")]:
            packed.write(file, file.name)
    return folder / "a.zip"


def folders(folder):
    inside = (f"<Folder><name>{name}</name>{placemark(polygon(shape))}</Folder>"
              for name, shape in (("红线", PLOT), ("建筑", INNER)))  # fmt: skip
    (folder / "a.kml").write_text(kml(*inside), encoding="utf-8")
    return folder / "a.kml"


def sheets(folder):
    book = Workbook()
    book.remove(book.active)
    for name, shape in (("红线", PLOT), ("建筑", INNER)):
        sheet = book.create_sheet(name)
        for row in (("点号", "X", "Y"), *((k, y, x) for k, (x, y) in enumerate(shape.exterior.coords[:-1], 1))):
            sheet.append(row)
    book.create_sheet("说明").append(("说明", "无"))
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


@pytest.mark.parametrize("make", [gpkg, zipped, folders, sheets])
def test_the_part_of_a_file_is_chosen_from_a_list(make, tmp_path):
    path = make(tmp_path)
    assert sorted(choices(lambda: read_site(path, DISTRICT))) == ["建筑", "红线"]
    found = read_site(path, DISTRICT, answers={"site.layer": "红线"})
    assert found.geometry.area == pytest.approx(30_000, abs=1)
    with pytest.raises(AtlasError) as refusal:
        read_site(path, DISTRICT, answers={"site.layer": "道路"})
    assert refusal.value.key == "intake.answer_unknown"


def geojson(*shapes) -> str:
    return frame(*shapes).to_crs(4326).to_json(drop_id=True)


HOLES = {
    "GeoJSON pasted": lambda: read_pasted(geojson(PLOT, INNER), DISTRICT),
    "KML placemarks": lambda: read_pasted(kml(placemark(polygon(PLOT)), placemark(polygon(INNER))), DISTRICT),
    "KML multigeometry": lambda: read_pasted(
        kml(placemark(f"<MultiGeometry>{polygon(PLOT)}{polygon(INNER)}</MultiGeometry>")), DISTRICT
    ),
    "WKT": lambda: read_pasted(shapely.MultiPolygon([PLOT, INNER]).wkt, DISTRICT),
    "pasted": lambda: read_pasted(
        "\n\n".join("\n".join(f"{x},{y}" for x, y in shape.exterior.coords) for shape in (PLOT, INNER)), DISTRICT
    ),
}


@pytest.mark.parametrize("way", HOLES)
def test_an_inner_ring_is_a_hole_in_every_format(way):
    assert HOLES[way]().geometry.area == pytest.approx(27_000, abs=1)


def test_an_inner_parcel_with_a_name_of_its_own_is_asked_about():
    both = frame(PLOT, INNER, names=["甲", "乙"]).to_crs(4326).to_json()
    with pytest.raises(UndecidedError) as refusal:
        read_pasted(both, DISTRICT)
    assert [doubt.key for doubt in refusal.value.doubts] == ["site.inner"]
    assert read_pasted(both, DISTRICT, answers={"site.inner": "hole"}).geometry.area == pytest.approx(27_000, abs=1)


def test_overlaps_are_named_and_doubles_read_once():
    over = shapely.box(X + 100, Y, X + 300, Y + 150)
    found = read_pasted(frame(PLOT, over, PLOT, names=["甲", "乙", "甲"]).to_crs(4326).to_json(), DISTRICT)
    assert found.geometry.area == pytest.approx(45_000, abs=1)
    facts = next(note.facts for note in found.notes if note.key == "intake.site.overlap")
    assert (facts["one"], facts["other"], facts["area"]) == ("甲", "乙", "15,000")
    assert "intake.site.left.doubles" in keys(found)


def test_one_parcel_of_several_can_be_chosen():
    two = frame(PLOT, ASIDE, names=["甲", "乙"]).to_crs(4326).to_json()
    assert read_pasted(two, DISTRICT).geometry.area == pytest.approx(40_000, abs=1)
    assert read_pasted(two, DISTRICT, answers={"site.parcel": "乙"}).geometry.area == pytest.approx(10_000, abs=1)


@pytest.mark.parametrize("codec", ["gbk", "utf-8", "utf-16"])
def test_kml_is_read_in_its_encoding_and_with_odd_blanks(codec, tmp_path):
    spaced = polygon(PLOT).replace(",", " , ").replace("coordinates>", "coordinates>\n\t")
    written = f'<?xml version="1.0" encoding="{codec}"?>' + kml(placemark(spaced, name="地块"))
    (tmp_path / "a.kml").write_bytes(written.encode(codec))
    found = read_site(tmp_path / "a.kml", DISTRICT)
    assert found.own_name == "地块"
    assert found.geometry.area == pytest.approx(30_000, abs=1)


def test_tracks_are_lines_and_what_is_no_shape_is_counted():
    track = "".join(
        f"<gx:coord>{a} {b} 400</gx:coord>" for a, b in (TO_DEGREES.transform(X, Y), TO_DEGREES.transform(X + 900, Y))
    )
    inside = placemark(f"<gx:Track>{track}</gx:Track>"), placemark(name="空"), "<NetworkLink></NetworkLink>"
    found = read_pasted(kml(*inside), DISTRICT)
    assert found.geometry.length == pytest.approx(900, abs=0.5)
    assert {"geo.errors.note.kml_without", "geo.errors.note.kml_link"} <= set(keys(found))


def test_swapped_axes_are_named_and_asked_about():
    turned = shapely.transform(PLOT, lambda xy: xy[:, ::-1])
    written = kml(placemark(polygon(PLOT)))
    for pair in places(PLOT).split():
        east, north = pair.split(",")
        written = written.replace(pair, f"{north},{east}")
    with pytest.raises(UndecidedError) as refusal:
        read_pasted(written, DISTRICT)
    assert [doubt.key for doubt in refusal.value.doubts] == ["site.axes"]
    assert read_pasted(written, DISTRICT, answers={"site.axes": "swap"}).geometry.area == pytest.approx(30_000, abs=1)
    assert turned.area == PLOT.area


FOREIGN = {
    "blank": ("a.txt", b""),
    "picture": ("a.dxf", b"\x89PNG\r\n\x1a\n" + b"0" * 40),
    "raster": ("a.tif", b"II*\0" + b"0" * 40),
    "pdf": ("a.kml", b"%PDF-1.7\n"),
    "dwg": ("a.dwg", b"AC1032" + b"\0" * 40),
    "html": (
        "a.xls",
        b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table><tr><td>1</td></tr></table></html>",
    ),
    "inp": ("a.inp", b"[TITLE]\n\n[JUNCTIONS]\n J1 100 0\n"),
    "part": ("a.prj", b'PROJCS["CGCS2000"]'),
    "old_word": ("a.doc", b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le")),
    "old_excel": ("a.xls", b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le")),
    "old_office": ("a.wps", b"\xd0\xcf\x11\xe0"),
    "gpx": ("a.gpx", b'<?xml version="1.0"?><gpx></gpx>'),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_what_is_no_site_is_called_what_it_is(kind, tmp_path):
    name, content = FOREIGN[kind]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(AtlasError) as refusal:
        read_site(tmp_path / name, DISTRICT)
    assert refusal.value.key == f"intake.site.foreign.{kind}"
    for language in LANGUAGES:
        assert ".prj" not in text(refusal.value.key, language, **refusal.value.facts) or kind == "part"


@pytest.mark.parametrize(("entry", "kind"), [("word/document.xml", "word"), ("ppt/presentation.xml", "slides")])
def test_office_documents_are_called_what_they_are(entry, kind, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr(entry, "<a/>")
    with pytest.raises(AtlasError) as refusal:
        read_site(tmp_path / "a.zip", DISTRICT)
    assert refusal.value.key == f"intake.site.foreign.{kind}"


def test_a_lone_shp_asks_for_its_companions(tmp_path):
    write_shapefile(frame(PLOT, names=["甲"]), tmp_path / "a.shp")
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / "a.shp").write_bytes((tmp_path / "a.shp").read_bytes())
    with pytest.raises(AtlasError) as refusal:
        read_site(tmp_path / "alone" / "a.shp", DISTRICT)
    assert refusal.value.key == "intake.site.foreign.lone_shp"


def test_curves_in_a_geopackage_are_refused_by_name(tmp_path):
    path = tmp_path / "a.gpkg"
    write_geopackage({"a": frame(PLOT)}, path)
    places = [(X, Y), (X + 100, Y + 100), (X + 200, Y), (X + 100, Y - 100), (X, Y)]
    ring = struct.pack("<BII", 1, 8, 5) + b"".join(struct.pack("<dd", *place) for place in places)
    blob = b"GP\0\x01" + struct.pack("<i", 4545) + struct.pack("<BII", 1, 10, 1) + ring
    with closing(sqlite3.connect(path)) as file, file:
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            file.execute(f'DROP TRIGGER "{name}"')
        file.execute("UPDATE a SET geom = ?", (blob,))
    with pytest.raises(AtlasError) as refusal:
        read_site(path, DISTRICT)
    assert refusal.value.key == "geo.errors.curves_unread"


def test_curved_wkt_is_refused_by_name():
    with pytest.raises(AtlasError) as refusal:
        read_pasted("CURVEPOLYGON(CIRCULARSTRING(0 0, 4 0, 4 4, 0 4, 0 0))", DISTRICT)
    assert refusal.value.key == "intake.site.foreign.curves"


ASSUMED = {
    "siting_smallest_m2": 10.0,
    "siting_tolerance_m": 20.0,
    "siting_line_width_m": 10.0,
    "siting_point_footprint_m2": 1000.0,
}


def test_a_narrow_strip_may_not_lie_outside_unseen():
    west, south, _, north = DISTRICT.townships.total_bounds
    middle = (south + north) / 2
    for outside in (  # a road running off, one along the border outside it, a strip
        shapely.LineString([(west + 600, middle), (west - 8_000, middle)]),
        shapely.LineString([(west + 600, middle), (west - 10, middle), (west - 10, middle + 4_000)]),
        shapely.box(west - 8_000, middle, west + 600, middle + 15),
    ):
        with pytest.raises(AtlasError) as refusal:
            make_site(outside, DISTRICT, assumed=ASSUMED)
        assert refusal.value.key == "siting.errors.partly_outside"
    along = make_site(shapely.box(west - 5, middle, west + 200, middle + 100), DISTRICT, assumed=ASSUMED)
    assert along.area_m2 == pytest.approx(20_500)


def test_a_small_share_outside_is_said():
    west, south, _, north = DISTRICT.townships.total_bounds
    middle = (south + north) / 2
    written = shapely.box(west - 5, middle, west + 200, middle + 100).wkt
    share = next(note.facts["share"] for note in read_pasted(written, DISTRICT).notes if "outside" in note.key)
    assert share == pytest.approx(5 / 205, rel=1e-3)
