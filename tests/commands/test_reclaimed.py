"""`reclaimed plan` keeps its contract: the plan with its proof, its files, and refusals that name the wish."""

from __future__ import annotations

import contextlib
import io
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import ezdxf
import openpyxl
import pytest
from places import REAL
from small_district import write_small_district

import cli

PLANTS = """id,name,x,y,treat_m3d,eff_class,disinfect
W1,甲污水厂,484000,3255000,3000,一级A,是
W2,乙污水厂,493000,3254000,5000,准IV类,是
"""
USERS = """编号,名称,用途,m3_year,area_m2,x,y
U1,甲厂,工业冷却,200000,,485500,3255500
U2,甲园,greening,,80000,483500,3256500
U3,乙厂,process,300000,,494000,3252500
U4,乙洗车,car_wash,5000,,492500,3255500
U5,远厂,process,20000,,499500,3240500
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_small_district(tmp_path_factory.mktemp("reclaimed"))
    (folder / "plants.csv").write_text(PLANTS, encoding="utf-8")
    (folder / "users.csv").write_text(USERS, encoding="utf-8")
    return folder


def _run(*words: object) -> tuple[int, dict]:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        code = cli.main([str(word) for word in words])
    return code, json.loads(printed.getvalue())


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory, small: Path) -> Iterator[Callable]:
    """Run `reclaimed plan` on the small district; gives exit code and the JSON document printed."""

    def command(*words: object, data: Path = small, files: Path = small) -> tuple[int, dict]:
        given = ("--plants", files / "plants.csv", "--users", files / "users.csv")
        return _run("reclaimed", "plan", "--json", "--data", data, *given, "--time-limit", 8, *words)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATLAS_DATA", "")
        patch.setenv("ATLAS_STATE", str(tmp_path_factory.mktemp("state")))
        yield command


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("files")
    return {kind: folder / f"net.{kind}" for kind in ("inp", "gpkg", "dxf", "xlsx")}


@pytest.fixture(scope="module")
def told(plan, files: dict[str, Path]) -> dict:
    """The plan for a rate of 15 %, all files written."""
    code, document = plan("--target-rate", 0.15, *(w for kind, path in files.items() for w in (f"--{kind}", path)))
    assert code == 0
    return document


def test_plan_says_what_the_contract_names(told):
    keys = "status objective bound gap cost_yuan volume_m3 rate served left_out pipes alternatives hydraulics"
    assert set(keys.split()) <= set(told)
    assert told["status"] == "optimal"
    assert told["bound"] <= told["objective"] + 1e-6
    assert {"user", "plant", "use", "m3_per_year", "unit_cost"} <= set(told["served"][0])
    assert {"user", "reason", "would_come_in_if"} <= set(told["left_out"][0])
    assert {"id", "from", "to", "length_m", "dn_mm", "lift_m", "flow_m3_per_s"} <= set(told["pipes"][0])


def test_rate_is_the_share_of_treated_water(told):
    assert told["treated_m3"] == pytest.approx(8000 * 365.25, rel=1e-3)
    assert told["rate"] == pytest.approx(told["volume_m3"] / told["treated_m3"])
    assert told["rate"] >= 0.15
    assert sum(row["m3_per_year"] for row in told["served"]) == pytest.approx(told["volume_m3"])


def test_cost_is_the_sum_of_its_lines(told):
    assert round(sum(row["yuan"] for row in told["cost_lines"]), 2) == pytest.approx(told["cost_yuan"], abs=0.005)


def test_epanet_agrees_with_our_heads(told):
    hydraulics = told["hydraulics"]
    assert hydraulics["status"] in ("ok", "outside_limits")
    assert hydraulics["largest_head_difference_m"] <= 0.5
    assert not [one for one in hydraulics["outside"] if one["what"] == "head_low"]


def test_files_are_written_and_warn(told, files):
    assert set(told["files"]) == set(files)
    for kind in ("inp", "dxf"):
        said = files[kind].read_text(encoding="utf-8")
        assert "再生水 禁止饮用" in said
        assert told["result_id"] in said
    assert not ezdxf.readfile(files["dxf"]).audit().errors
    assert "工程量清单" in openpyxl.load_workbook(files["xlsx"]).sheetnames
    with closing(sqlite3.connect(files["gpkg"])) as connection:
        count = connection.execute('SELECT count(*) FROM "拟建再生水管(紫色管)"').fetchone()[0]
    assert count == len(told["pipes"])


def test_impossible_target_is_named(plan):
    code, told = plan("--target-rate", 0.95)
    assert code == 1
    assert told["error"]["key"] == "reclaimed.paper.infeasible"
    assert told["error"]["wish"] == "target"
    assert "目标水量" in told["error"]["message"]


def test_budget_is_kept_and_buys_the_most(plan):
    small_budget, large = (plan("--budget-yuan", yuan)[1] for yuan in (200_000, 800_000))
    assert small_budget["cost_yuan"] <= 200_000
    assert large["cost_yuan"] <= 800_000
    assert large["volume_m3"] > small_budget["volume_m3"] > 0


def test_pins_and_bans_are_kept_and_tell_in_the_result_id(plan, told):
    other = plan("--target-rate", 0.08, "--pin", "U4", "--forbid", "U1")[1]
    users = {row["user"] for row in other["served"]}
    assert other["result_id"] != told["result_id"]
    assert "U4" in users
    assert "U1" not in users


def test_unknown_pin_is_refused(plan):
    code, told = plan("--target-rate", 0.05, "--pin", "nobody")
    assert (code, told["error"]["key"]) == (1, "reclaimed.unknown_wish")


def test_rate_counts_existing_reuse(plan, small, tmp_path):
    reused = PLANTS.replace("disinfect\n", "disinfect,reuse_m3d\n").replace(",是\n", ",是,400\n")
    (tmp_path / "plants.csv").write_text(reused, encoding="utf-8")
    (tmp_path / "users.csv").write_text(USERS, encoding="utf-8")
    told = plan("--target-rate", 0.15, files=tmp_path)[1]
    assert told["rate_before"] == pytest.approx(0.1)
    assert told["rate"] >= 0.15
    assert told["rate_added"] == pytest.approx(told["rate"] - 0.1)


def test_rate_beyond_one_is_refused(plan):
    assert plan("--target-rate", 15)[1]["error"]["key"] == "reclaimed.paper.rate_wrong"


def test_help_documents_the_columns(capsys):
    with pytest.raises(SystemExit):
        cli.main(["reclaimed", "plan", "--help"])
    said = capsys.readouterr().out
    assert all(word in said for word in ("treat_m3d", "eff_class", "m3_year", "--forbid"))


def test_real_municipalities(plan, tmp_path):
    cover = REAL / "landcover"
    if not cover.exists():
        pytest.skip("the real land-cover files are not beside this checkout")
    options = ("--townships", cover / "saomiguel_concelhos.gpkg", "--name-field", "name", "--out", tmp_path / "island")
    rasters = ("--dem", REAL / "dem" / "saomiguel_eu_dem_v11.tif")
    rasters += ("--landcover", cover / "saomiguel_clc2018_v2020_20u1.tif")
    assert _run("district", "new", "--json", *options, *rasters)[0] == 0
    plants = "id,lon,lat,treat_m3d,eff_class\nPD,-25.665,37.745,9000,class_1a\nRG,-25.52,37.815,4000,class_1b\n"
    rows = [("A", -25.67, 37.76, "process", 400_000), ("B", -25.62, 37.76, "cooling", 300_000)]
    rows += [("C", -25.53, 37.80, "process", 250_000), ("D", -25.31, 37.78, "process", 90_000)]
    users = "id,lon,lat,use,m3_year\n" + "".join(",".join(map(str, row)) + "\n" for row in rows)
    (tmp_path / "plants.csv").write_text(plants, encoding="utf-8")
    (tmp_path / "users.csv").write_text(users, encoding="utf-8")
    dxf = tmp_path / "net.dxf"
    code, told = plan("--target-rate", 0.12, "--dxf", dxf, data=tmp_path / "island", files=tmp_path)
    assert code == 0
    assert told["rate"] >= 0.12
    assert told["hydraulics"]["largest_head_difference_m"] <= 0.5
    assert "示意" not in dxf.read_text(encoding="utf-8")
