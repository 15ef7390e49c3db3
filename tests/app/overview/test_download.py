"""The district's picture that the overview gives."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from analysis.methods.township import INDICATORS
from app import store
from app.overview import download
from words import LANGUAGES, text


@pytest.fixture
def mark(folders, monkeypatch, tmp_path):
    """The small district's mark."""
    monkeypatch.setenv("ATLAS_DATA", str(folders["missing"]))
    monkeypatch.setenv("ATLAS_STATE", str(tmp_path))
    store.app_settings.cache_clear()
    yield store.current()
    store.app_settings.cache_clear()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_is_a_sheet_of_the_indicator_shown(mark, language):
    picture = Image.open(io.BytesIO(download.picture(mark, "rain_mm", language)))
    assert (picture.format, picture.size) == ("PNG", (1600, 1130))
    assert picture.text["Title"] == text("indicators.rain_mm.name", language)


def test_the_map_and_the_picture_have_the_same_classes(mark, monkeypatch):
    drawn = {}
    monkeypatch.setattr("maps.printed.picture.district_png", lambda district, values, **said: drawn.update(said) or b"")
    for indicator in INDICATORS:
        download.picture(mark, indicator.id, "zh")
        shown = store_map(mark, indicator.id)
        assert shown.count('"fill"') == len(drawn["breaks"]) + 1


def store_map(mark: str, indicator: str) -> str:
    """The part of the map's page that tells its classes."""
    from app.overview.store import district_map

    page = district_map(mark, indicator, "zh")
    start = page.index('"classes"')
    return page[start : page.index("]", start)]


def test_the_overview_offers_the_picture(open_page, folders):
    page = open_page("overview", folders["whole"])
    labels = [button.proto.label for button in page.get("download_button")]
    assert labels == [text("overview.download")]
