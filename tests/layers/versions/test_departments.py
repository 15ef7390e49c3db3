"""Departments are the district's own: read whole or refused, named by their successor, else by their role in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from places import ROOT

from layers.departments import Departments, department
from layers.versions.departments import read_departments
from words.errors import AtlasError

TOLD = """[water]
name = "甲水利局"
name_en = "Water Bureau A"
name_2019 = "甲水务局"
"""


def _read(folder: Path, content: str) -> Departments:
    (folder / "departments.toml").write_text(content, encoding="utf-8")
    return read_departments(folder)


def test_a_district_without_departments_shows_the_role(tmp_path: Path):
    known = read_departments(tmp_path)
    assert (department("water", known), department("water", known, "en")) == ("水行政主管部门", "water authority")


def test_a_department_is_called_as_the_district_calls_it_and_the_others_by_role(tmp_path: Path):
    known = _read(tmp_path, TOLD)
    assert (department("water", known), department("water", known, "en")) == ("甲水利局", "Water Bureau A")
    assert department("housing", known) == "住房和城乡建设主管部门"
    assert known["water"].name_2019 == "甲水务局"


def test_a_successor_takes_the_name(tmp_path: Path):
    more = '[water.successor]\nname = "甲水资源局"\ninstrument = "甲府发〔2030〕1号"\nsince = 2030-01-01\n'
    assert department("water", _read(tmp_path, TOLD + more)) == "甲水资源局"


@pytest.mark.parametrize(
    "fault", ['[water]\nname = ""', "water = 3", '[water]\nname = "a"\n[water.successor]\nname = "b"']
)
def test_a_department_that_is_not_whole_is_refused(tmp_path: Path, fault: str):
    with pytest.raises(AtlasError, match="setting_wrong"):
        _read(tmp_path, fault)


def test_no_successor_is_guessed_for_the_shipped_departments():
    shipped = read_departments(ROOT / "data")
    assert department("water", shipped) == "区水利局"
    assert not [role for role, one in shipped.items() if one.successor is not None]
