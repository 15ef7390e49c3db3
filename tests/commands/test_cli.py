"""The back door keeps its contract: one JSON document, refusals exit 1, bad usage exits 2."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
from places import REAL
from shapely.geometry import box
from small_district import A, B, write_small_district

import cli
from maps.screen.export import outside_addresses


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_district(tmp_path_factory.mktemp("cli"))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path):
    """Run a command line; gives exit code and the JSON document printed."""
    monkeypatch.setenv("ATLAS_DATA", "")
    monkeypatch.setenv("ATLAS_STATE", str(tmp_path / "state"))

    def command(*words: object) -> tuple[int, object]:
        code = cli.main([str(word) for word in words])
        return code, json.loads(capsys.readouterr().out)

    return command


def test_layers_lists_what_the_contract_names(run, small):
    code, told = run("layers", "--json", "--data", small)
    assert code == 0
    row = next(row for row in told["layers"] if row["id"] == "townships")
    assert {"id", "theme", "geometry", "crs", "count", "source", "status", "as_of", "problems", "sha256"} <= set(row)
    assert (row["count"], row["crs"], row["geometry"]) == (5, "EPSG:4490", "polygon")
    assert len(told["version"]) == 12


def test_data_may_stand_before_the_command(run, small):
    assert run("--data", small, "--json", "layers") == run("layers", "--json", "--data", small)


def test_township_tells_figures_counts_and_files(run, small, tmp_path):
    files = {kind: tmp_path / f"out.{kind}" for kind in ("html", "png", "gpkg", "kml", "xlsx")}
    code, told = run(
        "township", A, "--json", "--data", small, *(w for kind, path in files.items() for w in (f"--{kind}", path))
    )
    assert code == 0
    assert (told["code"], told["name"]) == (A, "甲镇")
    assert told["area_km2"] == pytest.approx(100, rel=1e-4)
    area = next(row for row in told["indicators"] if row["id"] == "area_m2")
    assert (area["unit"], area["value"]) == ("m2", pytest.approx(1e8, rel=1e-4))
    assert set(told["files"]) == set(files)
    assert outside_addresses(files["html"].read_text(encoding="utf-8")) == []
    assert files["png"].read_bytes().startswith(b"\x89PNG")
    assert zipfile.is_zipfile(files["xlsx"])
    assert files["gpkg"].read_bytes().startswith(b"SQLite format 3")


def test_township_is_found_by_its_name(run, small):
    assert run("township", "乙镇", "--json", "--data", small)[1]["code"] == B


def test_missing_figure_is_null_and_says_what_is_lacking(run, small):
    told = run("township", B, "--json", "--data", small)[1]
    assert all(row["needs"] for row in told["indicators"] if row["value"] is None and row["status"] is None)


def test_unknown_township_is_refused(run, small):
    code, told = run("township", "000", "--json", "--data", small)
    assert code == 1
    assert told["error"]["key"] == "errors.unknown_township"
    assert "000" in told["error"]["message"]


def test_manifest_is_recorded_after_a_layer_was_replaced(run, small, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(small, folder)
    rain = folder / "tables" / "daily_rain.csv"
    rain.write_text(rain.read_text(encoding="utf-8").replace(",0", ",1", 1), encoding="utf-8")
    assert any(
        row["key"] == "differs_from_manifest" for row in run("layers", "--json", "--data", folder)[1]["problems"]
    )
    code, told = run("district", "manifest", "--json", "--data", folder)
    assert (code, told["changed"]) == (0, ["daily_rain"])
    assert run("layers", "--json", "--data", folder)[1]["problems"] == []


def test_missing_data_folder_is_refused(run, tmp_path):
    code, told = run("layers", "--json", "--data", tmp_path / "nowhere")
    assert code == 1
    assert told["error"]["message"]


def test_bad_usage_exits_2(capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["township"])
    assert stopped.value.code == 2
    assert capsys.readouterr().out == ""


def _counties(folder: Path) -> Path:
    frame = gpd.GeoDataFrame(
        {"代码": ["1", "2"], "名称": ["东乡", "西乡"]},
        geometry=[box(480_000, 3_240_000, 490_000, 3_250_000), box(470_000, 3_240_000, 480_000, 3_250_000)],
        crs=4545,
    )
    frame.to_file(folder / "乡镇.shp", encoding="GB18030")
    (folder / "乡镇.cpg").unlink()
    return folder / "乡镇.shp"


def test_new_district_opens_again(run, tmp_path):
    made = tmp_path / "made"
    options = ("--code-field", "代码", "--name-field", "名称", "--out", made)
    code, told = run("district", "new", "--json", "--townships", _counties(tmp_path), *options)
    assert code == 0
    assert told["townships"] == 2
    assert told["metric_crs"] == "EPSG:4545"
    assert told["encoding"].lower() == "gb18030"
    listed = run("layers", "--json", "--data", made)[1]
    assert [(row["id"], row["count"], row["status"]) for row in listed["layers"]] == [("townships", 2, "supplied")]
    assert run("township", "1", "--json", "--data", made)[1]["name"] == "东乡"


def test_new_district_never_overwrites(run, tmp_path):
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "mine.txt").write_text("mine")
    options = ("--name-field", "名称", "--out", kept)
    code, told = run("district", "new", "--json", "--townships", _counties(tmp_path), *options)
    assert (code, told["error"]["key"]) == (1, "intake.out_exists")
    assert [path.name for path in kept.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("options", "key"),
    [
        (("--name-field", "没有"), "intake.no_field"),
        (("--name-field", "名称", "--dem", "none.tif"), "intake.no_file"),
        (("--name-field", "名称", "--metric-crs", "EPSG:4490"), "geo.notes.crs.not_metric"),
    ],
)
def test_refused_district_leaves_nothing_behind(run, tmp_path, options, key):
    out = tmp_path / "out"
    code, told = run("district", "new", "--json", "--townships", _counties(tmp_path), "--out", out, *options)
    assert (code, told["error"]["key"]) == (1, key)
    assert not out.exists()
    assert not list(tmp_path.glob(".atlas-*"))


def test_real_counties_in_gbk(run, tmp_path):
    source = REAL / "boundary" / "counties_cgcs2000_gk108_gbk_nocpg.shp"
    if not source.exists():
        pytest.skip("the real boundary files are not beside this checkout")
    options = ("--code-field", "行政区码", "--name-field", "行政区名", "--out", tmp_path / "counties")
    code, told = run("district", "new", "--json", "--townships", source, *options)
    assert (code, told["townships"], told["metric_crs"]) == (0, 7, "EPSG:4545")
    assert run("township", "500156", "--json", "--data", tmp_path / "counties")[1]["name"] == "武隆区"


def test_real_municipalities_with_relief_and_cover(run, tmp_path):
    cover = REAL / "landcover"
    if not cover.exists():
        pytest.skip("the real land-cover files are not beside this checkout")
    rasters = ("--dem", REAL / "dem" / "saomiguel_eu_dem_v11.tif")
    rasters += ("--landcover", cover / "saomiguel_clc2018_v2020_20u1.tif")
    rasters += ("--rain-record", REAL / "rainfall" / "nb5_prec.csv", "--answer", "rain.unit=m")
    options = ("--townships", cover / "saomiguel_concelhos.gpkg", "--name-field", "name", "--out", tmp_path / "island")
    code, told = run("district", "new", "--json", *options, *rasters)
    assert (code, told["townships"], told["rain_unit"]) == (0, 6, "m")
    lagoa = run("township", "Lagoa", "--json", "--data", tmp_path / "island")[1]
    figures = {row["id"]: row["value"] for row in lagoa["indicators"]}
    assert figures["elevation_m"] == pytest.approx(234, abs=2)
    assert 0.05 < figures["forest_share"] < 0.08
    rain = run("rainwater", "--json", "--data", tmp_path / "island", "--rain", REAL / "rainfall" / "heby_prec.csv")[1]
    assert (rain["record"]["unit"], rain["record"]["gaps"]) == ("mm", 0)
    assert all(row["usable_m3"]["daily"]["central"] > 0 for row in rain["townships"])
