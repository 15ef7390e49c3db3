"""The last good district stays while the folder cannot be read, with a banner; nothing to show is said too."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app import last_good, store
from app.navigation import PAGES
from layers.versions.opening import open_district
from words import LANGUAGES, text
from words.errors import AtlasError


def said(page) -> str:
    """Everything the page says, tags and all, without its style sheet."""
    return "\n".join(one.proto.body for one in page.get("html") if "<style>" not in one.proto.body)


def cut(path: Path) -> None:
    """Half of a file, as a copy that has not ended leaves it."""
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def half_saved(path: Path) -> None:
    path.write_text('[townships]\nissuer = "统', encoding="utf-8")


BROKEN = {
    "shapefiles/townships.shp": cut,
    "shapefiles/townships.dbf": cut,
    "sources.toml": half_saved,
    "district.toml": half_saved,
}


@pytest.fixture
def data(folders, tmp_path: Path) -> Path:
    """A district folder of the test's own."""
    return shutil.copytree(folders["whole"], tmp_path / "data")


def banner(language: str) -> str:
    return text("app.setback", language, since="|", reason="|", version="|").split("|")[0]


def foot(page) -> str:
    return said(page).split('class="atlas-foot">')[1].split("<")[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BROKEN)
def test_a_half_written_file_leaves_the_last_good_district(open_page, data, name, language):
    version = open_district(data).version
    page = open_page("township", data, lang=language)
    assert banner(language) not in said(page)
    whole = (data / name).read_bytes()
    BROKEN[name](data / name)
    page.run()
    assert not page.exception
    spoken = said(page)
    assert spoken.count("atlas-notice wrong") == 1
    assert banner(language) in spoken
    assert Path(name).name in spoken
    assert version in foot(page)
    assert spoken.count('class="atlas-card"') == 5
    assert str(data) not in spoken
    (data / name).write_bytes(whole)
    page.run()
    assert banner(language) not in said(page)
    assert version in foot(page)


def test_a_damaged_manifest_takes_nothing_down(open_page, data):
    page = open_page("overview", data)
    (data / "manifest.json").write_text('{"layers": {"town', encoding="utf-8")
    page.run()
    assert "atlas-notice wrong" not in said(page)
    assert [p.key for p in store.district(store.current()).problems if p.key == "manifest_unreadable"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page_name", PAGES)
def test_a_first_start_on_a_broken_folder_says_what_is_wrong(open_page, data, page_name, language):
    cut(data / "shapefiles/townships.shp")
    page = open_page(page_name, data, lang=language)
    assert not page.exception
    spoken = said(page)
    if PAGES[page_name].help:
        assert "atlas-notice wrong" not in spoken
        assert page.markdown
    else:
        assert spoken.count("atlas-notice wrong") == 1
        assert "townships.shp" in spoken
        assert str(data) not in spoken
    assert banner(language) not in spoken


def test_a_folder_that_is_gone_leaves_the_last_good_district(open_page, data):
    page = open_page("overview", data)
    data.rename(data.with_name("away"))
    page.run()
    assert banner("zh") in said(page)
    assert str(data.parent) not in said(page)


def test_a_broken_layer_is_not_called_missing(open_page, data):
    path = next(path for path in data.rglob("water_use.*"))
    path.write_bytes(b"\x00\xff\xfe" * 200)
    (data / "manifest.json").unlink(missing_ok=True)
    opened = open_district(data)
    assert set(opened.broken) == {"water_use"}
    spoken = said(open_page("township", data))
    missing = text("app.lacking", layers=text("layers.water_use.name"), owners=text("departments.water"))
    assert missing not in spoken
    assert text("app.unreadable", layer=text("layers.water_use.name"), reason="|", owners="").split("|")[0] in spoken
    absent = text("township.absent", layers=text("layers.water_use.name"), owners=text("departments.water"))
    assert absent not in spoken
    details = said(open_page("data", data, layer="water_use"))
    assert text("data.unreadable", file=path.name, reason="|", owner="").split("|")[0] in details


@pytest.mark.parametrize(
    "error", [KeyError("x"), ValueError("x"), RecursionError(), PermissionError(13, "no", "/srv/x")]
)
def test_a_reader_that_breaks_costs_its_layer(data, monkeypatch, error):
    from layers.versions import opening

    plain = opening.read_layer

    def read(layer, path, **named):
        if layer.id == "rivers":
            raise error
        return plain(layer, path, **named)

    monkeypatch.setattr(opening, "read_layer", read)
    opened = open_district(data)
    assert set(opened.broken) == {"rivers"}
    assert opened.broken["rivers"].facts == {"file": "rivers.shp"}


def test_a_folder_that_failed_is_tried_again_when_it_changes_or_after_a_while(monkeypatch):
    held, tried = last_good.Held(), []

    def open_(mark: str) -> None:
        tried.append(mark)
        if mark.startswith("bad"):
            raise AtlasError("app.broken", reference=mark)

    def choose(mark: str) -> str:
        return held.choose(mark, open_, lambda error: error)

    for _ in range(2):
        with pytest.raises(AtlasError):
            choose("bad0")
    assert (choose("good"), held.setback) == ("good", None)
    assert [choose("bad1"), choose("bad1")] == ["good", "good"]
    since = held.setback.since
    assert choose("bad2") == "good"
    assert held.setback.since == since
    assert tried == ["bad0", "good", "bad1", "bad2"]
    monkeypatch.setattr(last_good, "AGAIN_S", 0.0)
    assert choose("bad2") == "good"
    assert tried[-2:] == ["bad2", "bad2"]
    assert (choose("good"), held.setback) == ("good", None)


def test_a_bug_while_opening_is_a_setback_with_a_reference(open_page, data, monkeypatch, tmp_path):
    page = open_page("overview", data)

    def bug(folder: Path) -> None:
        raise AssertionError("a secret")

    monkeypatch.setattr(store, "open_district", bug)
    (data / "sources.toml").touch()
    page.run()
    assert banner("zh") in said(page)
    assert "a secret" not in said(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_first_start_on_half_saved_sources_names_file_and_line_on_the_data_page(open_page, data, language):
    (data / "sources.toml").write_text('[townships]\nissuer = "统', encoding="utf-8")
    page = open_page("data", data, lang=language, layer="townships")
    assert not page.exception
    told = "\n".join(str(cell) for table in page.dataframe for cell in table.value.to_numpy().ravel())
    assert text("problems.toml_line", language, file="sources.toml", line=2, text='issuer = "统') in told
