"""A layer that is there and cannot be read: commands, papers and workbooks call it broken, never missing."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
from small_district import A, write_small_district

import cli
from layers.catalogue import CATALOGUE
from layers.versions.opening import open_district
from reports.township.workbook import township_workbook
from words import LANGUAGES, text

BROKEN = ("rivers", "water_use")
SITE = "484900,3254900\n485100,3254900\n485100,3255100\n484900,3255100\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small district with a layer and a table whose bytes are spoiled."""
    made = write_small_district(tmp_path_factory.mktemp("broken"))
    for layer in BROKEN:
        (made / CATALOGUE[layer].file).write_bytes(b"\x00\xff\xfe" * 200)
    (made / "manifest.json").unlink()
    assert set(open_district(made).broken) == set(BROKEN)
    return made


def told(capsys, *words: object) -> dict:
    """The JSON a command prints."""
    cli.main([str(word) for word in (*words, "--json")])
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_siting_check_names_the_broken_layer(folder, capsys, tmp_path, language):
    site = tmp_path / "site.txt"
    site.write_text(SITE, encoding="utf-8")
    paper = tmp_path / "paper.docx"
    said = told(capsys, "check", site, "--data", folder, "--lang", language, "--docx", paper)
    unmade = {row["check"]: row["broken"] for row in said["not_made"] if row["broken"]}
    assert {layer for layers in unmade.values() for layer in layers} == {"rivers"}  # nothing was said of demand
    reasons = {row["id"]: row["reason"] for row in said["checks"]}
    for check, layers in unmade.items():
        names = [text("siting.missing_layer", language, layer=text(f"layers.{one}.name", language)) for one in layers]
        joined = ("、" if language == "zh" else ", ").join(names)
        assert reasons[check] == text("siting.reasons.broken", language, layers=joined)
    assert text("siting.line_broken", language, layers="|").split("|")[1] in said["lines"][1]
    from docx import Document

    written = "\n".join(
        [line.text for line in Document(paper).paragraphs]
        + [cell.text for table in Document(paper).tables for row in table.rows for cell in row.cells]
    )
    for layer in BROKEN:
        facts = {"layer": text(f"layers.{layer}.name", language)}
        owner = text(f"departments.{CATALOGUE[layer].owner}", language)
        assert text("reports.broken", language, **facts, owner=owner) in written
    owner = text(f"departments.{CATALOGUE['rivers'].owner}", language)
    rivers = text("siting.missing_layer", language, layer=text("layers.rivers.name", language))
    assert text("siting.paper.mend_owner", language, owner=owner, needs=rivers) in written


def test_figures_of_a_township_say_what_is_broken(folder, capsys):
    said = told(capsys, "township", A, "--data", folder)
    lacking = {row["id"]: (row["needs"], row["broken"]) for row in said["indicators"] if row["value"] is None}
    needing = [broken for needs, broken in lacking.values() if "water_use" in needs]
    assert needing
    assert all("water_use" in broken for broken in needing)
    assert all(set(broken) <= set(needs) & set(BROKEN) for needs, broken in lacking.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_says_who_must_mend_it(folder, language):
    book = openpyxl.load_workbook(io.BytesIO(township_workbook(open_district(folder), A, language=language)))
    rows = {row[0]: row[1] for row in book.worksheets[0].iter_rows(values_only=True)}
    name = text("layers.rivers.name", language)
    owner = text(f"departments.{CATALOGUE['rivers'].owner}", language)
    assert rows[name] == text("reports.broken", language, layer=name, owner=owner)


def test_a_layer_of_sites_that_is_broken_is_refused_as_such(capsys, tmp_path):
    made = write_small_district(tmp_path)
    (made / CATALOGUE["construction_projects"].file).write_bytes(b"\x00\xff\xfe" * 200)
    (made / "manifest.json").unlink()
    said = told(capsys, "check", "--layer", "construction_projects", "--data", made)
    assert said["error"]["key"] == "siting.page.errors.layer_broken"
