"""`check`: one verdict for one site however it is written, the JSON others read, papers on request, and refusals."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path

import ezdxf
import geopandas as gpd
import pytest
import shapely
from places import ROOT

import cli
from analysis.asking import Asked
from analysis.methods.siting.subject import site_subject
from analysis.proposal import Proposal
from intake.site.reading import SiteFile, read_pasted, read_site
from layers.district import District
from layers.versions.opening import open_district
from reports.siting.case import SitingCase, case_of

DATA = ROOT / "data"
VERDICTS = {"prohibited", "restricted", "study", "clear", "unknown"}
CHECK_KEYS = {
    "id", "verdict", "rule", "value", "unit", "threshold", "basis", "layer", "as_of", "status", "share", "distance_m",
    "flips_if",
}  # fmt: skip
CORNERS = ((455_500.0, 3_254_400.0), (455_800.0, 3_254_400.0), (455_800.0, 3_254_650.0), (455_500.0, 3_254_650.0))
SHAPE = shapely.Polygon(CORNERS)
WAYS = ("geojson", "boundary", "kml", "dxf", "gbk", "csv", "degrees")
PROJECT = """name = "示意厂"
sector = "industry"
demand_m3_per_year = 120000
source = "public_network"
discharge = "sewer"
saving_plan = true
"""


@pytest.fixture(scope="module")
def district() -> District:
    return open_district(DATA)


def judged(district: District, read: SiteFile) -> SitingCase:
    """The site read, for a project of which nothing is known."""
    subject = site_subject(read.geometry, Proposal(), name=read.own_name, accuracy_m=read.accuracy_m)
    return case_of(district, Asked(on=date(2026, 1, 2), subject=subject))


def _frame(crs: str) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"name": ["地块一"]}, geometry=[SHAPE], crs="EPSG:4545").to_crs(crs)


def _degrees() -> list[tuple[float, float]]:
    return [(x, y) for x, y in _frame("EPSG:4490").geometry[0].exterior.coords]


def write(way: str, folder: Path) -> Path:
    """The same site written another way."""
    if way == "geojson":
        _frame("EPSG:4490").to_file(folder / "site.geojson", driver="GeoJSON")
        return folder / "site.geojson"
    if way == "boundary":
        rows = [f"J{n},1,{y:.4f},{x + 36_000_000:.4f}" for n, (x, y) in enumerate((*CORNERS, CORNERS[0]), 1)]
        head = "[属性描述]\n坐标系=2000国家大地坐标系\n几度分带=3\n带号=36\n[地块坐标]\n5,7.5,1,地块一,面,,工业,,@\n"
        (folder / "site.txt").write_bytes((head + "\n".join(rows)).encode("gbk"))
        return folder / "site.txt"
    if way == "kml":
        places = " ".join(f"{lon:.9f},{lat:.9f},0" for lon, lat in _degrees())
        ring = f"<outerBoundaryIs><LinearRing><coordinates>{places}</coordinates></LinearRing></outerBoundaryIs>"
        body = f"<Placemark><name>地块一</name><Polygon>{ring}</Polygon></Placemark>"
        text = f'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{body}</Document></kml>'
        (folder / "site.kml").write_text(text, encoding="utf-8")
        return folder / "site.kml"
    if way == "dxf":
        drawing = ezdxf.new()
        drawing.modelspace().add_lwpolyline(CORNERS, close=True, dxfattribs={"layer": "用地红线"})
        drawing.saveas(folder / "site.dxf")
        return folder / "site.dxf"
    if way == "gbk":
        _frame("EPSG:4545").to_file(folder / "site.shp", encoding="GBK")
        with zipfile.ZipFile(folder / "site.zip", "w") as archive:
            for part in folder.glob("site.*"):
                if part.suffix in (".shp", ".shx", ".dbf", ".prj"):
                    archive.write(part, part.name)
        return folder / "site.zip"
    if way == "csv":
        lines = ["经度,纬度", *(f"{lon:.9f},{lat:.9f}" for lon, lat in _degrees()[:-1])]
        (folder / "site.csv").write_text("\n".join(lines), encoding="utf-8")
        return folder / "site.csv"
    (folder / "site.txt").write_text("\n".join(f"{lon:.9f}, {lat:.9f}" for lon, lat in _degrees()[:-1]))
    return folder / "site.txt"


def _verdicts(district: District, path: Path) -> dict[str, str]:
    return {result.check.id: result.verdict for result in judged(district, read_site(path, district)).verdicts.results}


@pytest.mark.parametrize("way", WAYS)
def test_the_same_site_written_another_way_gives_the_same_verdicts(district, tmp_path, way):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert _verdicts(district, write(way, tmp_path / "a")) == _verdicts(district, write("geojson", tmp_path / "b"))


def test_pasted_boundary_text_gives_the_same_verdict(district, tmp_path):
    pasted = write("boundary", tmp_path).read_bytes().decode("gbk")
    case = judged(district, read_pasted(pasted, district))
    drawn = judged(district, read_site(write("geojson", tmp_path), district))
    assert case.result_id == drawn.result_id
    assert case.verdicts.worst == drawn.verdicts.worst
    assert abs(case.verdicts.site.area_m2 - 75_000) < 1


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict]:
    code = cli.main([*words, "--data", str(DATA), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_one_site_is_told_as_programs_read_it(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_DATA", str(DATA))
    project = tmp_path / "project.toml"
    project.write_text(PROJECT, encoding="utf-8")
    papers = {kind: tmp_path / f"out.{kind}" for kind in ("docx", "pdf", "gpkg", "kml")}
    options = [part for kind, path in papers.items() for part in (f"--{kind}", str(path))]
    code, told = run(
        capsys, "check", str(write("geojson", tmp_path)), "--project", str(project), "--on", "2026-01-02", *options
    )
    assert code == 0
    assert {"result_id", "data_version", "worst", "not_made", "checks", "water", "alternatives"} <= set(told)
    assert told["worst"] in VERDICTS
    assert len(told["checks"]) == 32
    assert told["on"] == "2026-01-02"
    assert all(set(check) >= CHECK_KEYS and check["verdict"] in VERDICTS for check in told["checks"])
    unknown = [check["id"] for check in told["checks"] if check["verdict"] == "unknown"]
    assert [one["check"] for one in told["not_made"]] == unknown
    assert all(one["owner"] for one in told["not_made"])
    assert told["alternatives"]
    assert told["version"] == told["data_version"]
    assert told["alternatives_id"] not in (None, told["result_id"])
    assert papers["docx"].read_bytes()[:2] == b"PK"
    assert papers["pdf"].read_bytes()[:5] == b"%PDF-"
    assert papers["gpkg"].read_bytes()[:6] == b"SQLite"


def test_a_layer_is_checked_as_a_whole(capsys, monkeypatch):
    monkeypatch.setenv("ATLAS_DATA", str(DATA))
    code, told = run(capsys, "check", "--layer", "construction_projects")
    assert code == 0
    assert len(told["sites"]) == told["summary"]["sites"] + told["summary"]["refused"]
    assert all({"id", "worst", "not_made"} <= set(site) for site in told["sites"])
    assert sum(told["summary"]["worst"].values()) == told["summary"]["sites"]
    assert told["version"] == told["data_version"]
    assert len({told["result_id"], *(site["result_id"] for site in told["sites"])}) == len(told["sites"]) + 1


def test_a_site_elsewhere_is_refused_with_the_reason(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_DATA", str(DATA))
    site = tmp_path / "far.geojson"
    site.write_text(shapely.to_geojson(shapely.box(106.5, 29.5, 106.51, 29.51)), encoding="utf-8")
    code, told = run(capsys, "check", str(site))
    assert code == 1
    assert told["error"]["key"] == "siting.errors.outside"


def test_neither_site_nor_layer_is_said(capsys, monkeypatch):
    monkeypatch.setenv("ATLAS_DATA", str(DATA))
    code, told = run(capsys, "check")
    assert (code, told["error"]["key"]) == (1, "siting.page.errors.no_site")
