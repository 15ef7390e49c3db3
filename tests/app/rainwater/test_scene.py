"""The scene of the rainwater page, its rules, its way back, its case and its workbook, in two languages."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from app import changes
from app.rainwater import documents
from app.rainwater import store as rain_store
from app.rainwater.assumptions import rain_assumptions
from app.rainwater.controls import WHOLE, controls
from app.rainwater.scene import open_scene
from app.state import selection
from records.cases import open_case, save_case
from tests.rain_district import rain_district
from tests.small_district import A, B, small_district
from words import LANGUAGES, text
from words.errors import AtlasError


@pytest.fixture
def mark(opened, screen):
    """The rain district under a mark of its own; the screen is on."""
    return opened(rain_district(), "rain scene")


def scene_of(screen, **query: str):
    """The scene of an address."""
    screen.query.from_dict(query)
    return open_scene(selection())


@pytest.mark.parametrize("query", [{"township": "<i>"}, {"project": "P9"}, {"project": "P2"}])
def test_a_place_or_project_that_is_not_there_is_refused(mark, screen, query):
    with pytest.raises(AtlasError):
        scene_of(screen, **query)


def test_the_scene_asks_for_its_own_project_and_place(mark, screen):
    one, other = scene_of(screen, project="P1"), scene_of(screen, project="P4")
    assert (one.detail.project.tank_m3, other.detail.project.tank_m3) == (5.0, 8.0)
    assert len({one.answer.id, other.answer.id, scene_of(screen).answer.id}) == 3
    assert scene_of(screen, township=A).answer.id == scene_of(screen, township=B).answer.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_made_for_another_project_says_so(mark, screen, tmp_path, language):
    case = save_case(tmp_path, "rainwater", {"psi_roof": 0.8}, subject="P4", version=small_district().version)
    said = text("rainwater.page.case_subject", language, subject="P4")
    for project, other in (("P4", False), ("P1", True)):
        screen.wipe()
        scene = scene_of(screen, project=project, case=case.id, lang=language)
        assert (("missing", said) in screen.notices) == other
        assert dict(scene.changed) == {"psi_roof": 0.8}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rules_are_offered_in_words_and_a_choice_is_kept(mark, screen, language):
    rain_assumptions(scene_of(screen, project="P1", lang=language))
    rule, flush = screen.widgets["rain_rule"], screen.widgets["rain_first_flush_rule"]
    assert rule.shown() == [text(f"rainwater.page.rules.{key}", language) for key in ("yas", "ybs")]
    assert flush.shown() == [text(f"rainwater.page.flush.{key}", language) for key in ("per_spell", "per_day")]
    assert rule.label == text("rainwater.page.rule", language)
    screen.fill("rain_rule", "ybs")
    assert open_scene(selection()).choices == (("rule", "ybs"),)
    screen.fill("rain_rule", "yas")
    assert open_scene(selection()).choices == ()


def test_a_project_shows_prices_and_the_district_soil(mark, screen):
    rain_assumptions(scene_of(screen, project="P1"))
    assert text("rainwater.page.groups.money") in screen.folds
    assert text("rainwater.page.groups.cover") not in screen.folds
    screen.wipe()
    rain_assumptions(scene_of(screen))
    assert text("rainwater.page.groups.cover") in screen.folds
    assert text("rainwater.page.groups.money") not in screen.folds


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_back_names_where_it_leads(mark, screen, language):
    for township, label in ((None, text("rainwater.page.back_whole", language)),
                            (A, text("rainwater.page.back", language, place="甲镇"))):  # fmt: skip
        query = {"project": "P1", "lang": language} | ({"township": township} if township else {})
        controls(scene_of(screen, **query), chosen=selection())
        assert screen.widgets["rain_back"].label == label
        screen.press("rain_back")
        assert "project" not in screen.query
        assert screen.query.get("township") == township


def test_the_township_is_chosen_from_all_or_the_whole(mark, screen):
    controls(scene_of(screen, township=B), chosen=selection())
    offered = screen.widgets["rain_township"]
    assert (offered.options[0], offered.shown()[:3]) == (WHOLE, ["全区", "甲镇", "乙镇"])
    assert screen.session["rain_township"] == B
    screen.fill("rain_township", WHOLE)
    assert screen.query == {}


@pytest.mark.parametrize(
    ("query", "subject"), [({"project": "P1", "township": A}, "P1"), ({"township": A}, A), ({}, None)]
)
def test_a_case_is_kept_for_what_is_on_show(mark, screen, tmp_path, query, subject):
    changes.choose("rainwater", "rule", "ybs", usual="yas")
    controls(scene_of(screen, **query), chosen=selection())
    screen.press("rainwater_save")
    case = open_case(tmp_path, screen.query["case"])
    assert (case.subject, case.choices, case.version) == (subject, {"rule": "ybs"}, small_district().version)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_is_of_the_place_its_changes_and_its_language(mark, language):
    key = (mark, (("psi_roof", 0.8),), ())
    whole, make = documents.workbook(key, township=None, project=None, language=language)
    one, make_one = documents.workbook(key, township=B, project=None, language=language)
    title, version = text("rainwater.title", language), small_district().version
    place = text("rainwater.page.whole", language).replace(" ", "")
    assert (whole, one) == (f"{place}-{title}-{version}.xlsx", f"乙镇-{title}-{version}.xlsx")
    sheets = [load_workbook(io.BytesIO(made())) for made in (make, make_one)]
    usable = text("rainwater.page.tables.usable", language)
    names = [{cell.value for cell in book[usable]["B"]} & {"甲镇", "乙镇"} for book in sheets]
    assert names == [{"甲镇", "乙镇"}, {"乙镇"}]
    assumptions = sheets[0][text("rainwater.page.tables.assumptions", language)]
    changed = [row[0].value for row in assumptions.iter_rows() if row[-1].value == text("app.yes", language)]
    assert changed == [text("assumptions.psi_roof", language)]


def test_the_workbook_of_a_project_holds_its_own_answer(mark):
    name, make = documents.workbook((mark, (), ()), township=None, project="P1", language="zh")
    assert name.startswith("甲校屋面雨水-")
    book = load_workbook(io.BytesIO(make()))
    assert {"项目", "项目结果", "规范容积", "逐月平衡"} <= set(book.sheetnames)
    said = rain_store.project_answer(mark, (), (), project="P1").detail.answer
    project = [[cell.value for cell in row] for row in book["项目"].iter_rows()]
    (row,) = [row for row in project if row[0] == "甲校屋面雨水"]
    assert row[6] == pytest.approx(said.yield_m3, rel=1e-6)
    assert row[7] == pytest.approx(100 * said.volumetric_reliability, rel=1e-2)
