"""Refusals of sites: what is handed in, and what the refusal asks for instead."""

from __future__ import annotations

import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from siting_ground import ASSUMED, METRIC, X, Y, square

from analysis.methods.siting.ground.site import make_site
from geo.files.vector import write_geopackage
from intake.site import reading
from intake.site.proposal import read_proposal
from intake.site.reading import read_site
from tests.refusals.ways import (
    CORNERS,
    DISTRICT,
    GEOJSON,
    RING,
    TABLE,
    TEXT,
    Give,
    Row,
    dxf,
    geopackage,
    kml,
    paste,
    plot,
    polyline,
    site,
)

BOUNDARY = (
    "[属性描述]\n坐标系=2000国家大地坐标系\n几度分带=3\n投影类型=高斯克吕格\n计量单位=米\n带号=36\n[地块坐标]\n"
    "4,1.0,1,甲,面,,,,@\n"
    + "".join(f"J{at},1,{y},{36_000_000 + x}\n" for at, (x, y) in enumerate(CORNERS, 1))
    + f"J1,1,{CORNERS[0][1]},{36_000_000 + CORNERS[0][0]}\n"
).replace("\n4,1.0", "\n5,1.0")
PLOT_WKT = f"POLYGON(({RING}))"
BOWTIE = [CORNERS[at] for at in (0, 2, 1, 3)]
ROW_SOLID = "3DSOLID\n5\nAA\n8\n红线\n100\nAcDbEntity\n100\nAcDbModelerGeometry\n70\n1\n1\nbody"
GOOD_DXF = site(dxf(polyline()), "good.dxf")


def _made(shape: object) -> Give:
    return lambda _: make_site(shape, DISTRICT, assumed=ASSUMED, id="a", name="甲", accuracy_m=0.0)


def _two_layers(**answers: str) -> Give:
    def give(folder: Path) -> object:
        path = geopackage(folder, {"红线": plot(), "建筑": plot()})
        return read_site(path, DISTRICT, answers={f"site.{key}": value for key, value in answers.items()})

    return give


def _formulas(*, stored: bool) -> Give:
    def give(folder: Path) -> object:
        import openpyxl

        book = openpyxl.Workbook()
        book.active.append(["点号", "x", "y"])
        for at, (x, y) in enumerate(CORNERS, 1):
            book.active.append([f"J{at}", x if stored else f"={x}+0", y])
        book.save(folder / "a.xlsx")
        return read_site(folder / "a.xlsx", DISTRICT)

    return give


def _corners(count: int) -> gpd.GeoDataFrame:
    turns = np.linspace(0, 2 * np.pi, count, endpoint=False)
    ring = np.column_stack([X + 400 * np.cos(turns), Y + 400 * np.sin(turns)])
    return gpd.GeoDataFrame({"name": ["甲"]}, geometry=[shapely.Polygon(ring)], crs=METRIC)


def _points(count: int) -> gpd.GeoDataFrame:
    places = shapely.points(X + np.arange(count) * 0.1, np.full(count, Y))
    return gpd.GeoDataFrame({"name": [f"甲{at}" for at in range(count)]}, geometry=places, crs=METRIC)


def _file(frame: gpd.GeoDataFrame) -> Give:
    def give(folder: Path) -> object:
        write_geopackage({"a": frame}, folder / "a.gpkg")
        return read_site(folder / "a.gpkg", DISTRICT)

    return give


def _large(folder: Path) -> object:
    with (folder / "a.txt").open("wb") as file:
        file.truncate((reading.MOST_MB + 1) * 1024**2)
    return read_site(folder / "a.txt", DISTRICT)


def _proposal(content: str) -> Give:
    def give(folder: Path) -> object:
        (folder / "a.toml").write_text(content, encoding="utf-8")
        return read_proposal(folder / "a.toml")

    return give


def _entry(name: str) -> Give:
    def give(folder: Path) -> object:
        with zipfile.ZipFile(folder / "a.zip", "w") as file:
            file.writestr(name, "x")
        return read_site(folder / "a.zip", DISTRICT)

    return give


def _geojson(change: str, to: str) -> str:
    assert change in GEOJSON
    return GEOJSON.replace(change, to)


DEEP = '{"type": "FeatureCollection", "features": ' + "[" * 2_000 + "]" * 2_000 + "}"
PASTED = {
    "geo.errors.pasted.json_broken": Row(paste(GEOJSON[:-5]), paste(GEOJSON)),
    "geo.errors.pasted.not_geojson": Row(paste('{"a": 1}'), site(GEOJSON, "a.geojson")),
    "geo.errors.pasted.too_deep": Row(paste(DEEP)),
    "geo.errors.pasted.not_text": Row(paste(f"{TEXT}\n\ud800"), paste(TEXT)),
    "geo.errors.pasted.feature_unreadable": Row(
        paste(_geojson('"coordinates": [[[107.85, 29.36]', '"coordinates": [[["a", 29.36]')), paste(GEOJSON)
    ),
    "geo.errors.pasted.line_too_long": Row(paste("1" * 1_100_000), paste(TEXT)),
    "geo.errors.pasted.file_too_big": Row(paste("1,2\n" * 14_000_000), paste(TEXT)),
    "geo.errors.pasted.too_many_places": Row(paste("1,2\n" * 1_000_001), paste(TEXT)),
}
ERRORS = {
    "siting.errors.no_coordinates": Row(paste("你好"), paste("107.75, 29.36")),
    "siting.errors.line_unread": Row(paste(f"{TEXT}\n107.75"), paste(TEXT)),
    "siting.errors.dms_range": Row(paste("107°75'10\" 29°20'10\""), paste("107°45'10\" 29°20'10\"")),
    "siting.errors.table_number": Row(site(TABLE.replace(str(X - 50), "无", 1), "a.csv"), site(TABLE, "a.csv")),
    "siting.errors.no_table_coordinates": Row(site("名称,大小\n甲,3\n", "a.csv"), site(TABLE, "a.csv")),
    "siting.errors.boundary_count": Row(paste(BOUNDARY.replace("\n5,1.0", "\n9,1.0")), paste(BOUNDARY)),
    "siting.errors.boundary_datum": Row(paste(BOUNDARY.replace("2000国家大地", "火星")), paste(BOUNDARY)),
    "siting.errors.boundary_zone": Row(paste(BOUNDARY.replace("带号=36", "带号=99")), paste(BOUNDARY)),
    "siting.errors.boundary_no_points": Row(paste(BOUNDARY.split("4,1.0")[0].split("5,1.0")[0]), paste(BOUNDARY)),
    "siting.errors.boundary_header": Row(paste(BOUNDARY.replace("J2,1,", "J2,")), paste(BOUNDARY)),
    "siting.errors.ring_short": Row(paste(BOUNDARY.replace("\n5,", "\n2,").rsplit("J3", 1)[0]), paste(BOUNDARY)),
    "siting.errors.self_crossing": Row(_made(shapely.Polygon(BOWTIE)), _made(square())),
    "siting.errors.empty": Row(_made(shapely.Polygon()), _made(square())),
    "siting.errors.mixed": Row(_made(shapely.GeometryCollection([square(), shapely.Point(X, Y)])), _made(square())),
    "siting.errors.not_finite": Row(_made(shapely.Point(np.inf, Y)), _made(square())),
    "siting.errors.outside": Row(_made(square(90_000)), _made(square())),
    "siting.errors.partly_outside": Row(_made(square(-5_000)), _made(square())),
    "siting.errors.tiny": Row(_made(square(side=1)), _made(square())),
    "siting.errors.too_many_corners": Row(_file(_corners(reading.MOST_CORNERS + 1)), _file(_corners(500))),
    "siting.errors.too_many_parcels": Row(_file(_points(reading.MOST_PARCELS + 1)), _file(_points(20))),
    "siting.errors.file_too_big": Row(_large, site(TEXT)),
    "siting.errors.proposal_choice": Row(_proposal('sector = "魔法"'), _proposal('sector = "化工"')),
    "siting.errors.proposal_field": Row(_proposal('colour = "red"'), _proposal('name = "甲"')),
    "siting.errors.proposal_number": Row(_proposal("demand_m3_per_year = -1"), _proposal("demand_m3_per_year = 1")),
    "siting.errors.proposal_value": Row(_proposal('saving_plan = "是"'), _proposal("saving_plan = true")),
    "siting.errors.proposal_toml": Row(_proposal("sector = "), _proposal('sector = "chemical"')),
    "geo.errors.fault_line": Row(_proposal("name = " + "[" * 5_000 + "]" * 5_000), _proposal('name = "甲"')),
}
READ = {
    "geo.errors.no_such_file": Row(lambda folder: read_site(folder / "无.kml", DISTRICT), site(kml(), "无.kml")),
    "geo.notes.crs.unknown": Row(paste(TEXT, crs="EPSG:abc"), paste(TEXT, crs="EPSG:4545")),
    "intake.answer_unknown": Row(_two_layers(layer="道路"), _two_layers(layer="红线")),
    "intake.undecided": Row(_two_layers(), _two_layers(layer="建筑")),
    "intake.site.formulas": Row(_formulas(stored=False), _formulas(stored=True)),
    "intake.site.local_grid": Row(paste("0, 0\n200, 0\n200, 150\n0, 150"), paste(TEXT)),
    "intake.site.foreign.blank": Row(site(" \n "), site(TEXT)),
    "intake.site.foreign.curves": Row(paste("CURVEPOLYGON(CIRCULARSTRING(0 0, 4 0, 4 4, 0 4, 0 0))"), paste(PLOT_WKT)),
    "geo.errors.kml_broken": Row(site(kml()[:-20], "a.kml"), site(kml(), "a.kml")),
    "geo.errors.kml_empty": Row(site('<kml xmlns="http://www.opengis.net/kml/2.2"></kml>', "a.kml"), None),
    "geo.errors.doctype": Row(site(kml(head='<!DOCTYPE kml [<!ENTITY a "x">]>'), "a.kml"), site(kml(), "a.kml")),
    "geo.errors.virtual": Row(site("<OGRVRTDataSource></OGRVRTDataSource>"), site(GEOJSON, "a.geojson")),
    "geo.errors.nothing_in_archive": Row(_entry("a.txt"), GOOD_DXF),
    "geo.errors.foreign_json": Row(site('{"type": "Topology"}', "a.json"), site(GEOJSON, "a.json")),
    "geo.errors.dxf_binary": Row(site("AutoCAD Binary DXF\r\n", "a.dxf"), GOOD_DXF),
    "geo.errors.dxf_broken": Row(site(dxf(polyline()).replace("\n90\n", "\nx\n"), "a.dxf"), GOOD_DXF),
    "geo.errors.dxf_cut": Row(site(dxf(polyline())[:-8], "a.dxf"), GOOD_DXF),
    "geo.errors.dxf_unbuilt": Row(site(dxf("3DSOLID\n8\n红线"), "a.dxf"), GOOD_DXF),
    "geo.errors.dxf_empty": Row(site(dxf("TEXT\n8\n0\n1\n红线"), "a.dxf"), GOOD_DXF),
    "geo.errors.dxf_alone.solid": Row(site(dxf(ROW_SOLID), "a.dxf"), GOOD_DXF),
    "geo.errors.dxf_alone.region": Row(site(dxf(ROW_SOLID.replace("3DSOLID", "REGION")), "a.dxf"), GOOD_DXF),
    "geo.errors.dxf_alone.proxy": Row(site(dxf("ACAD_PROXY_ENTITY\n8\n红线"), "a.dxf"), GOOD_DXF),
    "geo.errors.dxf_alone.xref": Row(site(dxf("INSERT\n8\n红线\n2\nBASE\n10\n0\n20\n0"), "a.dxf"), GOOD_DXF),
}
ROWS = {**PASTED, **ERRORS, **READ}
