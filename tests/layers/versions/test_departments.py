"""Departments are the district's own: read whole or refused, named by their successor, else by their role in words."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from places import ROOT

from layers.catalogue import CATALOGUE
from layers.departments import Departments, choice_word, department
from layers.reading.attributes import read_attributes
from layers.reading.report import Report
from layers.versions.departments import read_departments
from layers.versions.opening import open_district
from maps.screen.furniture import filled_head
from reports.book.readable import readable
from tests.small_district import write_small_district
from tests.wulong import LESHAN, PENGSHUI
from words import LANGUAGES
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


ROLES = [(layer, field) for layer in CATALOGUE.values() for field in layer.fields if field.roles]


def test_who_leads_is_a_role_in_every_layer_that_says_it():
    assert {(layer.id, field.name) for layer, field in ROLES} >= {("projects", "lead"), ("urban_areas", "lead")}
    named = {field.name for layer in CATALOGUE.values() for field in layer.fields if "water" in field.choices}
    assert named - {field.name for _, field in ROLES} <= {"surface"}  # the water surface of a land cover


@pytest.mark.parametrize("code", [LESHAN, PENGSHUI])
def test_elsewhere_the_leading_department_is_named_by_its_role_or_as_that_district_calls_it(tmp_path: Path, code: str):
    folder = write_small_district(tmp_path / code, code=code)
    bare = open_district(folder)
    (folder / "departments.toml").write_text(TOLD, encoding="utf-8")
    told = open_district(folder)
    rows = bare.frames["projects"].assign(lead=["water", "housing", "water", None])
    for district, water in ((bare, "水行政主管部门"), (told, "甲水利局")):
        shown = readable(rows, CATALOGUE["projects"], departments=district.departments)["牵头单位"].tolist()
        assert shown == [water, "住房和城乡建设主管部门", water, None]
        fields = filled_head(CATALOGUE["projects"], "zh", district.departments)["fields"]
        lead = next(field for field in fields if field["label"] == "牵头单位")
        assert (lead["choices"]["water"], lead["choices"]["housing"]) == (water, "住房和城乡建设主管部门")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("layer", "field"), ROLES, ids=lambda one: getattr(one, "id", getattr(one, "name", "")))
def test_no_department_of_wulong_stands_in_the_words_of_a_role(layer, field, language):
    ours = read_departments(ROOT / "data")
    for role in field.choices:
        word = choice_word(layer.id, field, role, language)
        assert word not in (role, ours[role].name, ours[role].name_en)
        assert choice_word(layer.id, field, role, language, known=ours) == department(role, ours, language)


def test_a_file_may_name_the_lead_by_code_role_or_the_name_it_has_there(tmp_path: Path):
    raw = pd.DataFrame({"id": list("abcde"), "lead": ["water", "水行政主管部门", "甲水利局", "甲水务局", "区水利局"]})
    report = Report(CATALOGUE["projects"], "projects.shp", _read(tmp_path, TOLD))
    found = read_attributes(raw, CATALOGUE["projects"], report)["lead"]
    assert found.isna().tolist() == [False, False, False, False, True]
    assert set(found.dropna()) == {"water"}
    assert [(one.row, one.value) for one in report.problems if one.field == "lead"] == [(5, "区水利局")]
