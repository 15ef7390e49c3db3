"""Plants and users from a planner's file: Chinese or English headers, places in degrees or metres, faults told."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_district import A, B, small_district

from intake.points.reading import read_plants, read_users
from layers.problem_words import problem_text
from words.errors import AtlasError

USERS = """编号,名称,用途,年用水量(万m³/a),面积,经度,纬度
U1,甲厂,工业冷却,12,,108.0,29.37
U2,乙园,greening,,50000,107.85,29.37
U3,远厂,冲厕,1,,100,20
U4,空厂,冲厕,,,107.85,29.37
"""
PLANTS = """id,name,treat_m3d,eff_class,bod5_mgl,x,y
W1,甲污水厂,5000,一级A,8.5,485000,3255000
W2,乙污水厂,3000,class_1b,,495000,3255000
"""


def _file(folder: Path, text: str) -> Path:
    path = folder / "points.csv"
    path.write_text(text, encoding="gb18030")
    return path


def test_users_are_read_with_chinese_headers_and_units(tmp_path):
    found = read_users(_file(tmp_path, USERS), small_district())
    assert list(found.frame["id"]) == ["U1", "U2"]
    assert list(found.frame["use"]) == ["cooling", "greening"]
    assert found.frame["m3_per_year"].iloc[0] == 120_000
    assert found.frame["township"].iloc[1] == A
    assert found.frame.crs.to_epsg() == 4545


def test_points_left_out_are_told(tmp_path):
    problems = read_users(_file(tmp_path, USERS), small_district()).problems
    assert {(p.key, p.value) for p in problems} >= {("reclaimed_outside", "U3"), ("reclaimed_no_volume", "U4")}
    assert all(problem_text(problem, "zh") for problem in problems)


def test_plants_keep_class_and_concentrations(tmp_path):
    found = read_plants(_file(tmp_path, PLANTS), small_district())
    assert list(found.frame["effluent_class"]) == ["class_1a", "class_1b"]
    assert found.frame["treated_m3_per_day"].iloc[0] == 5000
    assert found.frame["bod5_mg_per_l"].iloc[0] == 8.5
    assert (found.frame.geometry.iloc[0].x, list(found.frame["township"])) == (485_000, [A, B])
    assert not found.problems


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("id,name\nW1,甲\n", "intake.no_places"),
        ("id,name,lon,lat\nW1,甲,0.5,1\n", "intake.no_points"),
        ("name,lon,lat\n甲,108,29.4\n", "problems.missing_column"),
    ],
)
def test_hopeless_files_are_refused(tmp_path, text, key):
    with pytest.raises(AtlasError) as refused:
        read_plants(_file(tmp_path, text), small_district())
    assert refused.value.key == key


def test_absent_file_is_named(tmp_path):
    with pytest.raises(AtlasError) as refused:
        read_users(tmp_path / "none.csv", small_district())
    assert refused.value.key == "intake.no_file"
