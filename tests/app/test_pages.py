"""Every page in both languages, and without each layer that its methods need."""

from __future__ import annotations

import shutil
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path

import pytest

from app.jobs import Desk
from app.navigation import PAGES
from layers.district import District
from layers.layer import THEMES
from layers.versions.opening import open_district
from maps.screen import prepared
from maps.screen.hillshade import Picture
from records.notes import notes
from tests.filled_district import write_filled_district
from tests.small_district import HOSTILE, A, B, D
from words import LANGUAGES, text

NEEDED = sorted({layer for room in PAGES.values() for method in room.methods for layer in method.NEEDS})
CROSSING = [
    (layer, name)
    for layer in NEEDED
    for name, room in PAGES.items()
    if any(layer in method.NEEDS for method in room.methods)
]
SUBJECTS = {"township": {"township": B}, "siting": {"site": "industrial_parks:K1"}}


def said(page) -> str:
    """Everything the page says, tags and all, without its style sheet."""
    spoken = [element.proto.body for element in page.get("html") if "<style>" not in element.proto.body]
    return "\n".join(spoken)


class Still(Executor):
    """A queue whose work never gets its turn."""

    def submit(self, work, /, *arguments, **named) -> Future:
        return Future()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district with every layer that the pages need."""
    return write_filled_district(tmp_path_factory.mktemp("filled"), NEEDED)


@pytest.fixture
def show(open_page, monkeypatch: pytest.MonkeyPatch):
    """A function that opens a page about something, without starting long work, and gives what it says."""
    monkeypatch.setattr("app.jobs.desk", Desk(queue=Still()))

    def run(name: str, folder: Path, language: str) -> str:
        page = open_page(name, folder, lang=language, **SUBJECTS.get(name, {}))
        assert not page.exception
        return said(page)

    return run


@pytest.fixture(scope="module")
def whole(filled: Path) -> District:
    """That district, opened."""
    return open_district(filled)


@pytest.fixture(scope="module")
def relief(whole: District) -> Picture | None:
    """Its relief, drawn once."""
    return prepared.district_picture(whole)


def is_whole(spoken: str, layer: str, name: str, language: str) -> bool:
    """Whether a page shows what it can without a layer, or refuses with a sentence where it can show nothing."""
    refused = layer == "townships" or (layer, name) == ("industrial_parks", "siting")
    broken = text("app.broken", language, reference="|").split("|")[0] in spoken
    return not broken and ("atlas-notice wrong" in spoken) == refused


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_page_runs(show, filled, name, language):
    spoken = show(name, filled, language)
    assert "atlas-notice wrong" not in spoken
    assert text("app.version", language, version="|", day="|").split("|")[0] in spoken


@pytest.mark.parametrize(("layer", "name"), [pair for pair in CROSSING if pair[0] != "townships"])
def test_page_runs_without_a_layer_its_methods_need(show, filled, whole, relief, monkeypatch, layer, name):
    kept = {
        part: {id_: held for id_, held in getattr(whole, part).items() if id_ != layer}
        for part in ("frames", "tables", "rasters", "entries")
    }
    monkeypatch.setattr(prepared, "district_picture", lambda district: None if layer == "elevation" else relief)
    monkeypatch.setattr("app.store.open_district", lambda folder: replace(whole, **kept))
    monkeypatch.setattr("app.store.current", lambda: f"without {layer}")
    assert is_whole(show(name, filled, "zh"), layer, name, "zh")


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layer", NEEDED)
def test_pages_run_on_a_folder_without_a_layer_their_methods_need(show, filled, tmp_path, layer, language):
    lacking = shutil.copytree(filled, tmp_path / "lacking")
    for path in lacking.rglob(f"{layer}.*"):
        path.unlink()
    (lacking / "manifest.json").unlink()
    names = [name for id_, name in CROSSING if id_ == layer]
    assert [name for name in names if not is_whole(show(name, lacking, language), layer, name, language)] == []


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_of_a_township_shows(open_page, folders, theme):
    page = open_page("township", folders["missing"], township=D, theme=theme)
    assert "atlas-notice wrong" not in said(page)


def test_the_five_numbers_of_a_township_stand_beside_the_map(open_page, folders):
    page = open_page("township", folders["whole"], township=B)
    spoken = said(page)
    assert ">200.00<small>万m³</small>" in spoken  # water use
    assert ">10.00<small>万m³</small>" in spoken  # reclaimed
    assert spoken.count('class="atlas-card"') == 5
    assert text("statuses.illustrative") in spoken


def test_a_missing_layer_is_a_sentence_with_who_owes_it(open_page, folders):
    spoken = said(open_page("township", folders["missing"], township=B))
    assert text("units.missing") in spoken
    lacking = text("app.lacking", layers=text("layers.water_use.name"), owners=text("departments.water"))
    assert lacking in spoken


def test_an_unknown_township_is_a_sentence_not_a_crash(open_page, folders):
    spoken = said(open_page("township", folders["whole"], township="<b>999</b>"))
    assert "&lt;b&gt;999&lt;/b&gt;" in spoken
    assert "<b>999" not in spoken


@pytest.mark.parametrize("name", PAGES)
def test_text_from_data_never_becomes_markup(open_page, folders, name):
    page = open_page(name, folders["whole"], township=D)
    assert "<img src=x" not in said(page)
    assert "<script" not in said(page)
    for element in (*page.markdown, *page.caption):
        assert HOSTILE not in element.value


def test_an_unknown_language_or_theme_falls_back(open_page, folders):
    page = open_page("township", folders["whole"], lang="xx", theme="nothing", township=A)
    assert "atlas-notice wrong" not in said(page)
    assert "甲镇" in said(page)


def test_the_language_switch_keeps_township_and_theme(open_page, folders):
    page = open_page("township", folders["whole"], township=B, theme="users")
    page.button(key="language").click().run()
    assert page.query_params == {"lang": "en", "township": B, "theme": "users"}


def test_choosing_a_theme_is_written_into_the_address(open_page, folders):
    page = open_page("township", folders["whole"], township=B, layers="villages")
    page.button_group(key="theme").set_value("rain").run()
    assert page.query_params == {"township": B, "theme": "rain"}


def test_choosing_a_township_is_written_into_the_address(open_page, folders):
    page = open_page("township", folders["whole"], township=B)
    page.selectbox(key="township").select_index(0).run()
    assert page.query_params == {"township": A}


def test_choosing_an_indicator_is_written_into_the_address(open_page, folders):
    page = open_page("overview", folders["whole"])
    page.button_group(key="indicator").set_value("area_m2").run()
    assert page.query_params == {"indicator": "area_m2"}


def test_a_note_is_filed_for_the_steward(open_page, folders, tmp_path: Path):
    page = open_page("township", folders["whole"], township=B)
    page.text_area[0].set_value("河名写错")
    page.button[-1].click().run()
    (note,) = notes(tmp_path)
    assert (note.township, note.problem) == (B, "河名写错")
    assert text("township.note.filed", number=note.id) in said(page)


def test_an_empty_note_is_refused_with_a_sentence(open_page, folders, tmp_path: Path):
    page = open_page("township", folders["whole"], township=B)
    page.button[-1].click().run()
    assert not notes(tmp_path)
    assert text("problems.note_empty") in said(page)


def test_a_bug_is_a_calm_sentence_and_its_traceback_is_in_the_log_alone(open_page, folders, monkeypatch, tmp_path):
    from app import journal, store

    journal.journal.cache_clear()
    monkeypatch.setattr(store, "findings", lambda mark: {}["a secret"])
    page = open_page("township", folders["whole"], township=B)
    spoken = said(page)
    assert not page.exception
    assert "a secret" not in spoken
    reference = spoken.split("atlas-notice wrong")[1].split("编号 ")[1].split(" ")[0]
    written = (tmp_path / "logs" / "atlas.log").read_text(encoding="utf-8")
    assert reference in written
    assert "a secret" in written
    journal.journal.cache_clear()


def test_a_folder_that_is_no_district_is_said_in_a_sentence(open_page, tmp_path: Path):
    spoken = said(open_page("overview", tmp_path))
    assert "district.toml" in spoken
