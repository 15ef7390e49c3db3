"""The rainwater and methods pages: both languages, the small district, the shipped data, and no daily rain."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from openpyxl import load_workbook
from places import ROOT
from small_district import METRIC, ROWS, A, C, D, write_small_district

from analysis.asking import Asked, ask
from analysis.question import Answer
from app import store
from app.methods import notes as method_notes
from app.rainwater import documents
from app.rainwater import store as rain_store
from layers.catalogue import CATALOGUE
from layers.versions.manifest import write_manifest
from layers.versions.opening import make_manifest, open_district
from layers.writing import write_layer
from records.cases import open_case, save_case
from words import LANGUAGES, text

STORM = "\n[storm]\na = 1793\nc = 0.997\nb = 12.292\nn = 0.724\n"
SURFACES = {
    "P1": {"roof_area_m2": 1_000.0, "paved_area_m2": 500.0, "watered_area_m2": 2_000.0, "people": 40},
    "P3": {"roof_area_m2": 300.0, "people": 6},
    "P4": {"roof_area_m2": 800.0, "tank_m3": 20.0, "people": 20},
}


def said(page) -> str:
    return "\n".join(element.proto.body for element in page.get("html") if "<style>" not in element.proto.body)


def _write(folder: Path) -> Path:
    """The small district with catchments for its rainwater projects and a storm formula."""
    write_small_district(folder)
    layer = CATALOGUE["projects"]
    rows = pd.DataFrame([{**row, **SURFACES.get(row["id"], {})} for row in ROWS["projects"]])
    for field in layer.fields:
        if field.name not in rows.columns:
            rows[field.name] = None
    write_layer(gpd.GeoDataFrame(rows, geometry="geometry", crs=METRIC), layer, folder=folder)
    with (folder / "district.toml").open("a", encoding="utf-8") as file:
        file.write(STORM)
    write_manifest(make_manifest(folder), folder)
    return folder


@pytest.fixture(scope="module")
def rain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The small district with rainwater projects, whole and without daily rain."""
    dry = _write(tmp_path_factory.mktemp("dry"))
    (dry / CATALOGUE["daily_rain"].file).unlink()
    write_manifest(make_manifest(dry), dry)
    return {"whole": _write(tmp_path_factory.mktemp("whole")), "dry": dry, "shipped": ROOT / "data"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["whole", "dry", "shipped"])
def test_district_township_and_project_show(open_page, rain, language, kind):
    shipped = kind == "shipped"
    township, project = ("500156101", "PRJ0029") if shipped else (A, "P1")
    for query in ({}, {"township": township}, {"project": project}):
        page = open_page("rainwater", rain[kind], lang=language, **query)
        assert not page.exception
        assert "atlas-notice wrong" not in said(page), said(page)
        assert text("statuses.illustrative", language) in said(page) or kind == "dry"


def test_small_district_without_catchments_or_duties_says_so(open_page, folders):
    page = open_page("rainwater", folders["whole"])
    assert not page.exception
    assert text("rainwater.page.no_projects_whole") in said(page)
    assert text("rainwater.page.no_obligations") in said(page)
    assert text("units.missing") in said(page)
    missing = open_page("rainwater", folders["missing"], township=D)
    assert text("layers.projects.name") in said(missing)
    assert text("departments.housing") in said(missing)


def test_without_daily_rain_the_page_says_what_and_who(open_page, rain):
    owner = text(f"departments.{CATALOGUE['daily_rain'].owner}")
    lacking = text("app.lacking", layers=text("layers.daily_rain.name"), owners=owner)
    page = open_page("rainwater", rain["dry"])
    assert text("rainwater.page.no_record", lacking=lacking) in said(page)
    project = open_page("rainwater", rain["dry"], project="P1")
    assert text("rainwater.page.no_record_project", lacking=lacking) in said(project)
    assert not project.number_input


def test_a_short_record_where_no_design_rain_is_printed_is_told(open_page, rain):
    page = open_page("rainwater", rain["whole"])
    assert text("rainwater.page.short_no_design", years=3, design="", rule="") in said(page)


def test_a_changed_assumption_reckons_anew_is_shown_and_can_be_reset(open_page, rain):
    page = open_page("rainwater", rain["whole"], project="P1")
    before = said(page)
    page.number_input(key="assume_rain_toilet_l_per_person_day").set_value(40.0).run()
    after = said(page)
    assert after != before
    assert text("app.params.title_changed", count=1) in after
    labels = [widget.label for widget in page.number_input]
    assert any(text("app.params.changed", default="24") in label for label in labels)
    page.button(key="rainwater_reset").click().run()
    assert said(page) == before


def test_the_rule_changes_the_yield_by_hand(open_page, rain):
    page = open_page("rainwater", rain["whole"], project="P4")
    yas = said(page)
    page.button_group(key="rain_rule").set_value("ybs").run()
    assert said(page) != yas
    assert text("app.params.title_changed", count=1) in said(page)


def test_a_case_is_a_link_that_brings_the_screen_back(open_page, rain, tmp_path: Path):
    page = open_page("rainwater", rain["whole"], project="P1")
    page.number_input(key="assume_psi_roof").set_value(0.8).run()
    page.button_group(key="rain_rule").set_value("ybs").run()
    page.button(key="rainwater_save").click().run()
    id_ = page.query_params["case"][0] if isinstance(page.query_params["case"], list) else page.query_params["case"]
    case = open_case(tmp_path, id_)
    assert (case.assumptions, case.choices, case.subject) == ({"psi_roof": 0.8}, {"rule": "ybs"}, "P1")
    again = open_page("rainwater", rain["whole"], project="P1", case=id_)
    assert again.number_input(key="assume_psi_roof").value == pytest.approx(0.8)
    assert again.button_group(key="rain_rule").value == "ybs"
    again.number_input(key="assume_psi_roof").set_value(0.9).run()
    assert "case" not in again.query_params


def test_a_case_of_another_data_version_says_so(open_page, rain, tmp_path: Path):
    case = save_case(tmp_path, "rainwater", {"psi_roof": 0.8}, subject="P1", version="000000000000")
    page = open_page("rainwater", rain["whole"], project="P1", case=case.id)
    now = open_district(rain["whole"]).version
    assert text("app.cases.other_version", id=case.id, saved="000000000000", now=now) in said(page)


def test_what_is_not_there_is_a_sentence(open_page, rain):
    for query in ({"case": "ffffffffffff"}, {"project": "<b>X</b>"}, {"township": "<i>1</i>"}):
        page = open_page("rainwater", rain["whole"], **query)
        assert not page.exception
        assert "atlas-notice wrong" in said(page)
        assert "<b>X" not in said(page)
        assert "<i>1" not in said(page)


def test_names_from_data_never_become_markup(open_page, rain):
    for query in ({"township": D}, {"project": "P4"}):
        page = open_page("rainwater", rain["whole"], **query)
        assert not page.exception
        assert "<img src=x" not in said(page)


def test_choosing_a_township_is_written_into_the_address(open_page, rain):
    page = open_page("rainwater", rain["whole"])
    page.selectbox(key="rain_township").set_value(C).run()
    assert page.query_params == {"township": C}
    page.selectbox(key="rain_township").set_value("").run()
    assert page.query_params == {}


def test_the_way_back_keeps_the_township(open_page, rain):
    page = open_page("rainwater", rain["whole"], township=A, project="P1")
    page.button(key="rain_back").click().run()
    assert page.query_params == {"township": A}


def test_two_sizes_stand_side_by_side(open_page, rain):
    page = open_page("rainwater", rain["whole"], project="P1")
    page.number_input(key="rain_size_b_P1").set_value(80.0).run()
    table = next(frame.value for frame in page.dataframe if "question" in frame.value.columns)
    assert list(table.columns) == ["question", "size0", "size1"]
    small, large = (float(table[column].iloc[0]) for column in ("size0", "size1"))
    assert large >= small


def test_runoff_is_never_a_card(open_page, rain):
    spoken = said(open_page("rainwater", rain["whole"]))
    assert f'class="label">{text("rainwater.page.cards.usable")}' in spoken
    assert f'class="label">{text("indicators.rain_runoff_m3.name")}' not in spoken


def test_the_workbook_is_made_when_asked(rain, monkeypatch, tmp_path: Path):
    monkeypatch.setenv("ATLAS_DATA", str(rain["whole"]))
    monkeypatch.setenv("ATLAS_STATE", str(tmp_path))
    store.app_settings.cache_clear()
    mark = store.current()
    for project, sheet in ((None, "可利用量"), ("P1", "逐月平衡")):
        name, make = documents.workbook((mark, (), ()), township=None, project=project, language="zh")
        assert name.endswith(".xlsx")
        assert sheet in load_workbook(io.BytesIO(make())).sheetnames
    store.app_settings.cache_clear()


def _asked(folder: Path, project: str | None, **rest: object) -> Answer:
    return ask("rainwater", open_district(folder), Asked(on=date.today(), subject=project, **rest))


@pytest.mark.parametrize("project", [None, "P1"])
def test_page_workbook_map_and_case_say_the_id_of_the_answer(open_page, rain, project, monkeypatch, tmp_path: Path):
    id_ = _asked(rain["whole"], project).id
    query = {"project": project} if project else {}
    page = open_page("rainwater", rain["whole"], **query)
    assert said(page).count(text("app.result_line", id=id_)) == 2  # on the page and where a case is saved
    page.button_group(key="rain_rule").set_value("ybs").run()
    assert text("app.result_line", id=_asked(rain["whole"], project, choices={"rule": "ybs"}).id) in said(page)

    monkeypatch.setenv("ATLAS_DATA", str(rain["whole"]))
    monkeypatch.setenv("ATLAS_STATE", str(tmp_path))
    store.app_settings.cache_clear()
    mark = store.current()
    _, make = documents.workbook((mark, (), ()), township=None, project=project, language="zh")
    notes = load_workbook(io.BytesIO(make())).worksheets[0]
    assert id_ in {cell.value for row in notes.iter_rows() for cell in row}
    if project is None:
        assert id_ in rain_store.rain_map(mark, (), (), "zh", None)
    store.app_settings.cache_clear()


@pytest.mark.parametrize("project", ["P3", "P4"])
def test_the_project_s_cards_say_what_the_answer_says(open_page, rain, project):
    answer = _asked(rain["whole"], project).detail.answer
    shown = said(open_page("rainwater", rain["whole"], project=project))
    for value in (f"{answer.yield_m3:,.0f}", f"{100 * answer.volumetric_reliability:.1f}",
                  f"{100 * answer.time_reliability:.1f}", f"{answer.longest_shortage_days:,}"):  # fmt: skip
        assert f'<div class="value">{value}<small>' in shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", method_notes.methods())
def test_every_method_has_its_note_on_the_page(open_page, folders, method, language):
    page = open_page("methods", folders["whole"], method=method, lang=language)
    assert not page.exception
    assert "atlas-notice wrong" not in said(page)
    assert any(method_notes.note(method, language)[0][:40] in shown.value for shown in page.markdown)


def test_notes_know_their_language():
    assert method_notes.note("rainwater", "en")[1] == "en"
    assert method_notes.note("rainwater", "zh")[1] == "zh"
    assert method_notes.title("rainwater", "zh") == "雨水利用"


@pytest.mark.parametrize("twin", ["", ".en"])
def test_the_note_holds_the_worked_examples(twin):
    note = (ROOT / "docs" / "methods" / f"rainwater{twin}.md").read_text(encoding="utf-8")
    for number in ("116.16", "51.0", "915.75", "189.5", "0.5633", "0.7250", "0.7727", "59.25", "39.70"):
        assert number in note
