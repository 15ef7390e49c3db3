"""Drawing a site as a person does it: clicks and keys on the map become a site that is judged at once."""

from __future__ import annotations

import json

import pytest
from places import ROOT

pytestmark = pytest.mark.browser


def _map(page: object) -> object:
    """The innermost frame, where Leaflet lives."""
    return page.frame_locator("iframe").first.frame_locator("iframe").first


def _open(page: object, app: object, query: str = "township=500156101") -> object:
    page.goto(f"{app(ROOT / 'data')}/siting?{query}")
    inner = _map(page)
    inner.locator(".tool.pen").first.wait_for(timeout=90_000)
    page.wait_for_timeout(1500)
    return inner


def _middle(page: object) -> tuple[float, float]:
    box = page.locator("iframe").first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _judged(page: object) -> str:
    page.locator(".atlas-verdict .first").wait_for(timeout=30_000)
    return page.locator(".atlas-verdict .first").inner_text()


def test_an_area_drawn_by_clicks_is_judged(page, app):
    inner = _open(page, app)
    inner.get_by_title("画面").click()
    x, y = _middle(page)
    for east, north in ((-30, -60), (10, -62), (12, -20), (-28, -22)):
        page.mouse.click(x + east, y + north)
        page.wait_for_timeout(320)
    assert inner.locator(".result.drawing").inner_text().count("hm²") == 1
    inner.get_by_text("完成").click()
    assert "已做" in _judged(page)
    assert not page.errors


@pytest.mark.long
def test_a_point_set_by_keyboard_alone_is_judged(page, app):
    inner = _open(page, app)
    inner.get_by_title("定点").focus()
    page.keyboard.press("Enter")
    inner.locator(".leaflet-container").first.focus()
    page.keyboard.press("Enter")
    assert "已做" in _judged(page)


@pytest.mark.long
def test_a_line_ends_by_double_click(page, app):
    inner = _open(page, app)
    inner.get_by_title("画线").click()
    x, y = _middle(page)
    page.mouse.click(x - 40, y - 60)
    page.wait_for_timeout(320)
    page.mouse.dblclick(x + 10, y - 20)
    assert "已做" in _judged(page)


@pytest.mark.long
def test_escape_gives_the_drawing_up(page, app):
    inner = _open(page, app)
    inner.get_by_title("画面").click()
    x, y = _middle(page)
    page.mouse.click(x, y)
    page.keyboard.press("Escape")
    assert inner.locator(".result.drawing").is_hidden()
    page.wait_for_timeout(800)
    assert page.locator(".atlas-verdict").count() == 0


@pytest.mark.long
def test_the_evidence_of_a_picked_site_lies_on_the_map_and_its_view_is_there(page, app):
    inner = _open(page, app, "site=construction_projects:CP0002")
    assert "已做" in _judged(page)
    inner.locator(".leaflet-siting-pane svg path").first.wait_for(timeout=15_000)
    assert inner.locator(".leaflet-siting-pane svg path").count() >= 2
    assert not page.errors


@pytest.mark.long
def test_the_page_fits_a_phone_and_starts_with_the_map(page, app):
    page.set_viewport_size({"width": 390, "height": 844})
    _open(page, app, "site=construction_projects:CP0001")
    assert page.locator("iframe").first.bounding_box()["y"] < 844 / 2
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.long
def test_an_uploaded_file_of_two_parcels_is_shown_and_split_for_comparison(page, app, tmp_path):
    site = tmp_path / "two.geojson"
    squares = [[107.54, 29.40], [107.56, 29.42]]
    features = [
        {
            "type": "Feature",
            "properties": {"name": f"地块{n}"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x, y], [x + 0.003, y], [x + 0.003, y + 0.003], [x, y + 0.003], [x, y]]],
            },
        }
        for n, (x, y) in enumerate(squares, 1)
    ]
    site.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    _open(page, app)
    page.get_by_text("传文件").click()
    page.locator("input[type=file]").set_input_files(str(site))
    assert "已做" in _judged(page)
    _map(page).locator(".leaflet-siting-pane svg path").first.wait_for(timeout=20_000)
    page.get_by_text("多处比较").first.click()
    page.locator("table.compare").wait_for(timeout=20_000)
    assert page.locator("table.compare th").all_inner_texts()[1:] == ["1. 地块1", "2. 地块2"]
