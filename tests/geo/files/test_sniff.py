"""Hostile and foreign files are known by their bytes, whatever they are named."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from geo.files.sniff import sniff
from tests.geo.files.shape_files import shapefile, squares, zipped, zipped_shapefile
from words import LANGUAGES, has, text
from words.errors import AtlasError

VRT = b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>CSV:/etc/passwd</SrcDataSource></OGRVRTLayer>'
HOSTILE = {
    "vector virtual dataset": (VRT, "virtual"),
    "raster virtual dataset": (b'<VRTDataset rasterXSize="2" rasterYSize="2"></VRTDataset>', "virtual"),
    "web feature service": (b"<OGRWFSDataSource><URL>http://127.0.0.1:9/</URL></OGRWFSDataSource>", "virtual"),
    "web map service": (b'<GDAL_WMS><Service name="TMS"/></GDAL_WMS>', "virtual"),
    "pipeline": (b'{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline"}', "virtual"),
    "pipeline posing as features": (
        b'{"x": {"type": "FeatureCollection"}, "type": "gdal_streamed_alg"}',
        "virtual",
    ),
    "entities": (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><kml/>', "doctype"),
    "entities after a BOM": (b"\xef\xbb\xbf  <!DOCTYPE x><kml/>", "doctype"),
    "entities in UTF-16": ("<!DOCTYPE x><kml/>".encode("utf-16"), "doctype"),
    "KML": (b'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"></kml>', "foreign.kml"),
    "other XML": (b"<a><b/></a>", "foreign.xml"),
    "GML": (b'<x:FeatureCollection xmlns:gml="http://www.opengis.net/gml"/>', "foreign.gml"),
    "GPX": (b'<?xml version="1.0"?><gpx version="1.1"></gpx>', "foreign.gpx"),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "foreign.picture"),
    "QGIS project": (b"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis/>", "foreign.project"),
    "web page": (b"<!DOCTYPE html><html></html>", "foreign.html"),
    "Excel saved as a web page": (b"<html><table><tr><td>1</td></tr></table></html>", "foreign.html"),
    "Excel saved as a web archive": (b"MIME-Version: 1.0\nX-Document-Type: Workbook\n", "foreign.html"),
    "Excel 2003 XML": (
        b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "foreign.html",
    ),
    "EPANET": (b"[TITLE]\n\n[JUNCTIONS]\n J1 100 0\n", "foreign.inp"),
    "MapInfo MIF": (b'VERSION 300\nCharset "Neutral"\nColumns 1\n', "foreign.mapinfo"),
    "MapInfo TAB": (b"!table\n!version 300\n", "foreign.mapinfo"),
    "ArcInfo exchange": (b"EXP  0 /A/B.E00\n", "foreign.e00"),
    "text grid": (b"ncols 3\nnrows 2\nxllcorner 0\n1 2 3\n", "foreign.ascii_grid"),
    "STEP": (b"ISO-10303-21;\nHEADER;\n", "foreign.model"),
    "point cloud": (b"LASF" + bytes(20), "foreign.model"),
    "Access": (b"\0\1\0\0Standard Jet DB\0" + bytes(20), "foreign.access"),
    "FlatGeobuf": (b"fgb\x03fgb\0" + bytes(20), "foreign.flatgeobuf"),
    "Parquet": (b"PAR1" + bytes(20), "foreign.flatgeobuf"),
    "MicroStation": (b"\x08\x09\xfe\x02" + bytes(20), "foreign.dgn"),
    "old DWG": (b"AC1.50" + bytes(20), "foreign.dwg"),
    "rar": (b"Rar!\x1a\x07\x01\0" + bytes(20), "foreign.other_archive"),
    "tar": (b"a.shp" + bytes(252) + b"ustar\0" + bytes(200), "foreign.other_archive"),
    "bitmap": (b"BM" + (40).to_bytes(4, "little") + bytes(34), "foreign.picture"),
    "old Word": (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "foreign.old_word"),
    "old Excel": (b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), "foreign.old_excel"),
    "PNG": (b"\x89PNG\r\n\x1a\n" + bytes(20), "foreign.picture"),
    "JPEG": (b"\xff\xd8\xff\xe0" + bytes(20), "foreign.picture"),
    "PDF": (b"%PDF-1.7\n", "foreign.pdf"),
    "old Office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20), "foreign.old_office"),
    "gzip": (b"\x1f\x8b\x08" + bytes(20), "foreign.other_archive"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(20), "foreign.other_archive"),
    "DWG": (b"AC1032" + bytes(20), "foreign.dwg"),
    "DXF": (b"  0\r\nSECTION\r\n  2\r\nHEADER\r\n", "foreign.dxf"),
    "Esri JSON": (b'{"geometryType": "esriGeometryPolygon", "features": []}', "foreign_json"),
    "TopoJSON": (b'{"type": "Topology", "objects": {}}', "foreign_json"),
    "other JSON": (b'{"a": 1}', "not_geojson"),
    "JSON in UTF-16": ('{"type": "FeatureCollection"}'.encode("utf-16"), "json_utf16"),
    "random bytes": (bytes(range(1, 256)) + b"\0\xff\xfe", "unknown_content"),
    "nothing": (b"", "empty_file"),
    "blanks": (b" \r\n \r\n", "empty_file"),
    "a lone index": (b"\0\0\x27\x0a" + bytes(96) + b"\0\0\0\x32\0\0\0\x0a", "shx_alone"),
}


@pytest.mark.parametrize("suffix", [".geojson", ".tif", ".csv", ".shp"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_content_is_refused_under_any_name(tmp_path, kind, suffix):
    content, key = HOSTILE[kind]
    path = tmp_path / f"upload{suffix}"
    path.write_bytes(content)
    with pytest.raises(AtlasError) as caught:
        sniff(path)
    assert caught.value.key == f"geo.errors.{key}"
    for language in LANGUAGES:
        assert "upload" in text(caught.value.key, language, **caught.value.facts)


def test_the_six_kinds_are_known_from_their_bytes(tmp_path):
    shp = shapefile(tmp_path)
    squares().to_file(tmp_path / "t.gpkg", driver="GPKG")
    (tmp_path / "t.geojson").write_bytes(b'\xef\xbb\xbf {"type" : "FeatureCollection", "features": []}')
    (tmp_path / "list.json").write_bytes(b'[{"type":"Feature","geometry":null,"properties":{}}]')
    (tmp_path / "t.csv").write_bytes("代码,名称\n500156100,巷口镇\n".encode("gb18030"))
    (tmp_path / "t.tif").write_bytes(b"II*\0" + bytes(10))
    zipped(tmp_path / "t.xlsx", {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
    zipped_shapefile(tmp_path / "t.zip", shp, prefix="数据/")
    expected = {
        "towns.shp": "ESRI Shapefile",
        "t.gpkg": "GPKG",
        "t.geojson": "GeoJSON",
        "list.json": "GeoJSON",
        "t.csv": "CSV",
        "t.tif": "GTiff",
        "t.xlsx": "XLSX",
        "t.zip": "ESRI Shapefile",
    }
    assert {name: sniff(tmp_path / name) for name in expected} == expected


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(AtlasError, match="no_such_file"):
        sniff(tmp_path / "nowhere.shp")


def test_drivers_that_reach_outside_are_off():
    program = (
        "import geo, pyogrio, rasterio\n"
        "off = {'OGR_VRT', 'WFS', 'OAPIF', 'HTTP', 'GDALG', 'ESRIJSON', 'KML', 'GML', 'SQLite', 'CSV'}\n"
        "print(sorted(off & set(pyogrio.list_drivers())))\n"
        "with rasterio.Env() as env: print(sorted({'VRT', 'WMS', 'WCS', 'WMTS', 'GTI'} & set(env.drivers())))\n"
    )
    clean = {name: value for name, value in os.environ.items() if name not in ("OGR_SKIP", "GDAL_SKIP")}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=clean, check=True)
    assert done.stdout.split() == ["[]", "[]"]
    assert done.stderr == ""


def test_every_refusal_has_its_sentence_in_both_languages():
    keys = {f"geo.errors.{key}" for _, key in HOSTILE.values()}
    assert all(has(key, language) for key in keys for language in LANGUAGES)
