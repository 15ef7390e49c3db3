"""One id for one answer: page, saved check, command, Word, PDF and GeoPackage; another for another answer."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import docx
import pypdf
import pytest
import shapely
from places import ROOT

import cli
from analysis.asking import Asked
from app import store
from app.siting import store as siting_store
from app.siting.session import Given
from geo.files import vector
from intake.site.reading import read_pasted
from reports.paper.pdf import paper_pdf
from reports.siting.case import SitingCase
from reports.siting.paper import siting_paper
from words import text

DATA = ROOT / "data"
DAY = date(2026, 1, 2)
PROJECT = 'name = "厂"\nsector = "housing"\nsource = "public_network"\ndischarge = "sewer"\n'
SQUARE = "107.6800, 29.4300\n107.6830, 29.4300\n107.6830, 29.4325\n107.6800, 29.4325"


@pytest.fixture
def mark(monkeypatch: pytest.MonkeyPatch):
    """The mark of the shipped data, as the page's stores know it."""
    monkeypatch.setenv("ATLAS_DATA", str(DATA))
    store.app_settings.cache_clear()
    yield store.current()
    store.app_settings.cache_clear()


def told(capsys: pytest.CaptureFixture[str], *words: str) -> dict:
    """What the command prints for programs."""
    assert cli.main(["check", *words, "--data", str(DATA), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def given_on_page(mark: str, *, called: str = "") -> Given:
    """The square as the page holds it after it was pasted."""
    read = read_pasted(SQUARE, store.district(mark))
    return Given(shapely.to_wkb(read.geometry, hex=True), read.own_name, read.notes, read.accuracy_m, called=called)


def page_case(mark: str, asked: Asked, given: Given) -> SitingCase:
    """The answer as the page gets it."""
    job = siting_store.check_job(mark, asked, watcher="ids")
    assert job.wait(60.0)
    return siting_store.case_of(job.result, given, on=asked.on)


def test_page_command_and_papers_of_one_answer_share_its_id(mark, capsys, tmp_path: Path):
    site, project = tmp_path / "site.txt", tmp_path / "project.toml"
    site.write_text(SQUARE, encoding="utf-8")
    project.write_text(PROJECT, encoding="utf-8")
    files = {kind: tmp_path / f"out.{kind}" for kind in ("docx", "pdf", "gpkg", "kml")}
    options = [part for kind, path in files.items() for part in (f"--{kind}", str(path))]
    command = told(capsys, str(site), "--project", str(project), *options)
    id_ = command["result_id"]

    given = given_on_page(mark, called="上传的文件")
    said, other = (
        siting_store.said_of(siting_store.base_of(mark, None), {"name": "厂", "sector": sector})
        for sector in ("housing", "public")
    )
    asked = siting_store.asked_of(given, said, (), on=DAY)
    case = page_case(mark, asked, given)
    assert case.result_id == id_
    assert case.answer is page_case(mark, siting_store.asked_of(given, said, (), on=DAY), given).answer
    assert (
        siting_store.better(mark, siting_store.better_asked(asked, within="township")).answer.id
        == command["alternatives_id"]
    )
    assert page_case(mark, siting_store.asked_of(given, other, (), on=DAY), given).result_id != id_

    word = docx.Document(io.BytesIO(files["docx"].read_bytes()))
    assert id_ in word.sections[0].footer.paragraphs[0].text
    assert any(command["alternatives_id"] in one.text for one in word.paragraphs)
    pages_own = paper_pdf(siting_paper(case))
    for pdf in (files["pdf"].read_bytes(), pages_own):
        assert all(id_ in sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    frame = vector.read(files["gpkg"], layer=text("siting.paper.gpkg.site")).frame
    assert frame[text("siting.paper.gpkg.result")].tolist() == [id_]


def test_what_the_screen_calls_a_nameless_site_leaves_its_id(mark):
    said = siting_store.said_of(siting_store.base_of(mark, None), {})
    cases = [
        page_case(mark, siting_store.asked_of(one, said, (), on=DAY), one)
        for one in (given_on_page(mark, called="手绘场地"), given_on_page(mark, called="Drawn site"))
    ]
    assert cases[0].result_id == cases[1].result_id
    assert [case.name("zh") for case in cases] == ["手绘场地", "Drawn site"]


def test_a_picked_project_has_the_id_of_its_row_in_the_layer(mark, capsys):
    rows = {row["id"]: row for row in told(capsys, "--layer", "construction_projects")["sites"]}
    listed = siting_store.batch(mark, siting_store.layer_asked("construction_projects", "{}", (), on=DAY))
    assert [one.result_id for one in listed] == [row["result_id"] for row in rows.values()]
    for key in ("CP0001", "CP0002"):
        feature = f"construction_projects:{key}"
        row = siting_store.picked(mark, feature)
        given = Given(row["geometry"].wkb_hex, row["name"], pick=feature)
        said = siting_store.said_of(siting_store.base_of(mark, feature), {})
        case = page_case(mark, siting_store.asked_of(given, said, (), on=DAY), given)
        assert case.result_id == rows[key]["result_id"]
    assert rows["CP0001"]["result_id"] != rows["CP0002"]["result_id"]


def test_the_page_shows_the_id_of_its_answer(open_page):
    page = open_page("siting", DATA, site="construction_projects:CP0001")
    mark = store.current()
    row = siting_store.picked(mark, "construction_projects:CP0001")
    given = Given(row["geometry"].wkb_hex, row["name"])
    said = siting_store.said_of(siting_store.base_of(mark, "construction_projects:CP0001"), {})
    id_ = page_case(mark, siting_store.asked_of(given, said, (), on=DAY), given).result_id
    assert id_ in "\n".join(one.proto.body for one in page.get("html"))


def test_language_and_day_leave_the_ids_of_the_command(capsys, tmp_path):
    site = tmp_path / "site.txt"
    site.write_text(SQUARE, encoding="utf-8")
    plain = told(capsys, str(site), "--on", "2026-01-02")
    other = told(capsys, str(site), "--on", "2027-08-09", "--lang", "en", "--assume", "siting_tolerance_m=20")
    assert (plain["result_id"], plain["alternatives_id"]) == (other["result_id"], other["alternatives_id"])
    wide = told(capsys, str(site), "--within", "district", "--assume", "siting_weight_slope=0.5")
    assert wide["result_id"] != plain["result_id"]
