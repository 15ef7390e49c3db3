"""A township's files show what the screen shows, are named after it, and its note is filed with what was typed."""

from __future__ import annotations

import pytest

from app.state import Selection
from app.township.downloads import downloads
from app.township.note import note_form
from app.township.store import theme_layers
from records.notes import notes
from tests.small_district import A, B, small_district
from words import LANGUAGES, text


@pytest.fixture
def mark(opened, screen):
    """The small district under a mark of its own; the screen is on."""
    return opened(small_district(), "township files")


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_are_named_by_township_and_version(mark, screen, language):
    for code, name in ((A, "甲镇"), (B, "乙镇")):
        screen.wipe()
        downloads(mark, code, chosen=Selection(language, code))
        named = {key: one.said["file_name"] for key, one in screen.widgets.items()}
        version = small_district().version
        assert named == {
            f"download_{kind}": f"{name}-{version}.{kind}" for kind in ("html", "png", "gpkg", "kml", "xlsx")
        }
        assert screen.widgets["download_png"].label == text("township.files.png", language)
        assert f"/township?{'lang=en&' if language == 'en' else ''}township={code}" in screen.html


def test_maps_are_made_with_the_layers_language_and_township_of_the_screen(mark, screen, monkeypatch):
    seen = []
    monkeypatch.setattr("maps.screen.export.township_file", lambda made, code, **told: seen.append((code, told)) or "")
    monkeypatch.setattr(
        "maps.printed.picture.township_png", lambda made, code, **told: seen.append((code, told)) or b""
    )
    for code, chosen in ((A, Selection("en", A, layers=("rivers",))), (B, Selection("zh", B, theme="rain"))):
        screen.wipe()
        downloads(mark, code, chosen=chosen)
        for kind in ("html", "png"):
            screen.widgets[f"download_{kind}"].said["given"][0]()
    (first, told), (second, again), (third, other), _ = seen
    assert (first, second, third) == (A, A, B)
    assert (told["layers"], told["language"], again) == (("rivers",), "en", told)
    assert told["edition_line"] == text("app.edition", "en")
    assert (other["layers"], other["language"]) == (theme_layers("rain"), "zh")


def test_a_note_is_filed_with_its_place_and_the_form_is_emptied(mark, screen, tmp_path):
    for township, language in ((A, "zh"), (B, "en")):
        note_form(mark, township=township, language=language)
        screen.session.update(note_layer="rivers", note_feature="R1", note_words=f"错 {township}")
        press = next(key for key, one in screen.widgets.items() if one.label == text("township.note.send", language))
        screen.press(press)
        assert (screen.session["note_words"], screen.session["note_layer"]) == ("", None)
        screen.wipe()
    note_form(mark, township=B, language="en")
    assert screen.notices == [("done", text("township.note.filed", "en", number=2))]
    second, first = notes(tmp_path)
    assert (first.township, first.layer, first.feature, first.problem) == (A, "rivers", "R1", f"错 {A}")
    assert (second.township, second.version) == (B, small_district().version)


def test_an_empty_note_is_refused_and_what_was_typed_stays(mark, screen, tmp_path):
    note_form(mark, township=A, language="zh")
    screen.session.update(note_layer=None, note_feature="R1", note_words=" ")
    screen.press(text("township.note.send"))
    assert notes(tmp_path) == []
    assert screen.session["note_feature"] == "R1"
    screen.wipe()
    note_form(mark, township=A, language="zh")
    assert [kind for kind, _ in screen.notices] == ["wrong"]


def test_layers_of_the_township_are_offered_by_name(mark, screen):
    note_form(mark, township=A, language="en")
    offered = screen.widgets["note_layer"]
    assert text("layers.rivers.name", "en") in offered.shown()
    assert "crops" not in offered.options
