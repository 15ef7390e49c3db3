"""Plants and users from a planner's file: Chinese or English headers, places in degrees or metres, faults told."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from pyproj import CRS
from small_district import METRIC, A, B, small_district

import words
from geo.crs import transformer
from geo.shapes.offset import gcj02_to_bd09, wgs84_to_gcj02
from geo.zones import LONLAT
from intake.points.reading import read_plants, read_users
from layers.problem_words import problem_text
from words import LANGUAGES
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


def _ring(x: float, y: float, *, count: int = 12, spacing_m: float = 900.0) -> np.ndarray:
    """Places along a line northwards from (x, y), in the metric CRS of the small district."""
    return np.array([(x, y + n * spacing_m) for n in range(count)])


def _table(east: np.ndarray, north: np.ndarray, heads: str) -> str:
    rows = [f"W{n},{a!r},{b!r}" for n, (a, b) in enumerate(zip(east.tolist(), north.tolist(), strict=True))]
    return "\n".join([f"id,{heads}", *rows]) + "\n"


def _refused(folder: Path, text: str) -> AtlasError:
    with pytest.raises(AtlasError) as refused:
        read_plants(_file(folder, text), small_district())
    assert refused.value.facts["file"] == "points.csv"
    assert all(words.text(refused.value.key, language, **refused.value.facts) for language in LANGUAGES)
    return refused.value


@pytest.mark.parametrize("offset", ["gcj02", "bd09"])
def test_points_off_a_map_service_are_refused_by_the_name_of_its_offset(tmp_path, offset):
    lon, lat = transformer(METRIC, LONLAT).transform(*_ring(499_850, 3_244_000).T)
    assert len(read_plants(_file(tmp_path, _table(lon, lat, "lon,lat")), small_district()).frame) == 12
    lon, lat = wgs84_to_gcj02(lon, lat)
    if offset == "bd09":
        lon, lat = gcj02_to_bd09(lon, lat)
    assert _refused(tmp_path, _table(lon, lat, "lon,lat")).key == f"intake.offset.{offset}"


def test_metres_north_first_are_refused(tmp_path):
    east, north = _ring(485_000, 3_244_000).T
    assert _refused(tmp_path, _table(north, east, "x,y")).key == "intake.crs.swapped"


@pytest.mark.parametrize(("epsg", "zone"), [(4544, r"105E|48N"), (4524, r"zone 36"), (32648, r"105E|48N")])
def test_metres_of_another_system_are_refused_by_its_name(tmp_path, epsg, zone):
    ring = _ring(485_000, 3_244_000)
    east, north = transformer(METRIC, CRS.from_epsg(epsg)).transform(*ring.T)
    error = _refused(tmp_path, _table(east, north, "x,y"))
    assert error.key == "intake.crs.contradicted"
    assert re.search(zone, str(error.facts["crs"]))


def test_one_stray_place_among_many_is_left_out_and_told(tmp_path):
    ring = np.vstack([_ring(485_000, 3_244_000), [(985_000, 3_244_000)]])
    found = read_plants(_file(tmp_path, _table(*ring.T, "x,y")), small_district())
    assert len(found.frame) == 12
    assert [(p.key, p.value) for p in found.problems] == [("reclaimed_outside", "W12")]


def test_absent_file_is_named(tmp_path):
    with pytest.raises(AtlasError) as refused:
        read_users(tmp_path / "none.csv", small_district())
    assert refused.value.key == "intake.no_file"
