"""Papers of a siting check: the notice on every sheet, the order of what matters, fonts that hold, nothing guessed."""

from __future__ import annotations

import dataclasses
import io
import re
import sqlite3
from contextlib import closing
from datetime import date

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from places import ROOT

from analysis.asking import Asked
from analysis.methods.siting.subject import site_subject
from analysis.proposal import Proposal, from_row
from geo.files import vector
from geo.note import Note
from layers.versions.opening import open_district
from maps.look.evidence import VERDICT_HUES
from reports.paper.content import Line, Paper, Picture, Table
from reports.paper.pdf import paper_pdf
from reports.paper.word import paper_docx
from reports.siting.case import SitingCase, case_of
from reports.siting.checks import VERDICTS, change_of, in_order
from reports.siting.geopackage import siting_gpkg
from reports.siting.paper import siting_paper
from words import text

HOSTILE = '#eval("1") \\ $x$ <b>厂</b> =1+1 🔥'


@pytest.fixture(scope="module")
def case() -> SitingCase:
    """The second project of the shipped set, with a name that means harm."""
    district = open_district(ROOT / "data")
    row = district.frames["construction_projects"].iloc[1].to_dict()
    proposal: Proposal = dataclasses.replace(from_row(row), name=HOSTILE)
    subject = site_subject(row["geometry"], proposal)
    asked = Asked(on=date(2026, 1, 2), assumptions={"siting_tolerance_m": 25.0}, subject=subject)
    made = case_of(district, asked, better="township", notes=(Note("siting.read.closed"),))
    return dataclasses.replace(made, day=date(2026, 1, 2))


@pytest.fixture(scope="module")
def paper(case: SitingCase) -> Paper:
    return siting_paper(case)


@pytest.fixture(scope="module")
def pdf(paper: Paper) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(paper_pdf(paper)))


@pytest.fixture(scope="module")
def word(paper: Paper) -> bytes:
    return paper_docx(paper)


def _tables(paper: Paper) -> list[Table]:
    return [block for block in paper.blocks if isinstance(block, Table)]


def test_the_first_line_is_the_verdict_and_says_illustrative(case, paper):
    first = paper.lead[0]
    assert first.text.startswith(text("siting.illustrative"))
    assert text(f"siting.verdicts.{case.verdicts.worst}") in first.text
    assert first.colour == VERDICT_HUES[case.verdicts.worst]


def test_checks_stand_in_the_order_of_what_matters(case, paper):
    made = next(one for one in _tables(paper) if one.coloured is not None)
    hues = {colour: verdict for verdict, colour in VERDICT_HUES.items()}
    verdicts = [hues[colour] for colour in made.colours]
    ranks = [VERDICTS.index(verdict) for verdict in verdicts]
    assert ranks == sorted(ranks)
    assert len(made.rows) == 32
    assert [row[2] for row in made.rows] == [text(f"siting.verdicts.{verdict}") for verdict in verdicts]
    assert all(len(row) == 10 for row in made.rows)


def test_what_is_unknown_names_who_owes_it(case):
    unknown = [result for result in in_order(case.verdicts.results) if result.verdict == "unknown"]
    assert unknown
    assert all(change_of(result, "zh") not in ("", text("siting.paper.dash")) for result in unknown)


def test_a_paper_never_says_that_an_evaluation_failed(paper):
    words = " ".join(cell for one in _tables(paper) for row in one.rows for cell in row)
    words += " ".join(block.text for block in paper.blocks if isinstance(block, Line))
    assert "未通过" not in words
    assert "一票否决" not in words


def test_the_form_follows_its_order_and_guesses_nothing(paper):
    heads = [block.text for block in paper.blocks if getattr(block, "level", 1) == 2]
    parts = ("region", "society", "levels", "quotas", "controls", "potential", "intake")
    assert heads == [text(f"siting.paper.form.{part}") for part in parts]
    evaporation = next(
        row for one in _tables(paper) for row in one.rows if row[0] == text("siting.paper.form.rows.evaporation")
    )
    assert evaporation[1] == text("siting.paper.missing")


def test_changed_assumptions_are_tagged(paper):
    tagged = [row for one in _tables(paper) for row in one.rows if row[-1] == text("siting.paper.tags.changed")]
    assert [row[0] for row in tagged] == [text("assumptions.siting_tolerance_m")]


def test_every_sheet_of_the_pdf_says_it_is_an_aid(pdf):
    for page in pdf.pages:
        spoken = re.sub(r"\s", "", page.extract_text())
        assert "辅助核查,不替代审批和技术审查" in spoken


def test_the_pdf_names_result_and_version_on_every_sheet(case, pdf):
    for page in pdf.pages:
        spoken = page.extract_text()
        assert case.result_id in spoken
        assert case.district.version in spoken


def test_names_in_the_pdf_are_never_markup(pdf):
    spoken = re.sub(r"\s", "", "".join(page.extract_text() for page in pdf.pages))
    assert '#eval("1")' in spoken
    assert "[U+1F525]" in spoken


def test_word_says_on_every_sheet_that_it_is_an_aid(word, case):
    document = docx.Document(io.BytesIO(word))
    assert len(document.sections) == 1
    assert document.sections[0].header.paragraphs[0].text == text("siting.paper.header")
    assert case.result_id in document.sections[0].footer.paragraphs[0].text


def test_word_repeats_the_head_of_every_table(word):
    document = docx.Document(io.BytesIO(word))
    assert document.tables
    assert all(one.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for one in document.tables)
    assert all(one.columns[0].width for one in document.tables)


def test_word_and_pdf_hold_the_same_table(word, paper):
    document = docx.Document(io.BytesIO(word))
    told = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    made = next(one for one in _tables(paper) if one.coloured is not None)
    assert told == [list(made.heads), *[list(row) for row in made.rows]]


def test_the_english_paper_is_english(case):
    paper = siting_paper(case, language="en")
    assert paper.header == text("siting.paper.header", "en")
    assert paper_docx(paper)
    assert paper_pdf(paper)[:5] == b"%PDF-"


def test_geopackage_holds_site_evidence_checks_and_styles(case, tmp_path):
    path = siting_gpkg(case, tmp_path / "site.gpkg")
    site = vector.read(path, layer=text("siting.paper.gpkg.site")).frame
    assert site.crs.to_epsg() == 4490
    assert len(site) == 1
    evidence = vector.read(path, layer=text("siting.paper.gpkg.evidence")).frame
    assert len(evidence) == len(case.evidence())
    assert set(evidence.geom_type) == {"MultiPolygon"}
    with closing(sqlite3.connect(path)) as file:
        styled = {row[0] for row in file.execute("select f_table_name from layer_styles")}
        checks = file.execute(f'select count(*) from "{text("siting.paper.gpkg.checks")}"').fetchone()[0]
    assert styled == {text("siting.paper.gpkg.site"), text("siting.paper.gpkg.evidence")}
    assert checks == 32


def test_the_map_shows_the_site_with_its_evidence(paper):
    pictures = [block for block in paper.blocks if isinstance(block, Picture)]
    assert len(pictures) == 1
    assert pictures[0].png[:8] == b"\x89PNG\r\n\x1a\n"
