"""As a browser meets the atlas: titles, languages, names of frames, a quiet console, a clear township, a map alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from places import ROOT
from small_district import A, B, write_small_district

from app.navigation import PAGES

pytestmark = pytest.mark.browser
BAIMA, MERGED = "500156101", "羊角镇"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_district(tmp_path_factory.mktemp("small"))


def _map(page: object) -> object:
    """The innermost frame, drawn."""
    frame = page.frame_locator("iframe").first.frame_locator("iframe").first
    frame.locator(".leaflet-control-scale").first.wait_for(timeout=90_000)
    return frame


def _heard(page: object) -> list[str]:
    """What the console says of errors, and what was not answered well, from now on."""
    heard: list[str] = []
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    page.on("response", lambda told: heard.append(f"{told.status} {told.url}") if told.status >= 400 else None)
    return heard


@pytest.mark.parametrize(
    "name", [name if name in ("township", "data") else pytest.param(name, marks=pytest.mark.long) for name in PAGES]
)
def test_no_page_troubles_the_console(page, app, small, name):
    heard = _heard(page)
    page.goto(f"{app(small)}/{name}")
    page.locator(".atlas-foot").wait_for(timeout=90_000)
    page.wait_for_timeout(1_500)
    assert heard == []
    assert not page.errors


def test_a_page_and_its_map_are_called_what_they_are_in_the_language_read(page, app, small):
    page.goto(f"{app(small)}/township?township={B}")
    assert page.title() == "乙镇 · 乡镇 — 小县节水一张图"  # before any script has run
    _map(page)
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert page.locator("iframe").first.get_attribute("title") == "乡镇地图"
    page.get_by_role("button", name="English").click()
    page.wait_for_function("document.documentElement.lang === 'en'", timeout=60_000)
    assert page.title() == "乙镇 · Township — Small County Water Atlas"
    page.frame_locator("iframe").first.frame_locator("iframe").first.locator("html[lang=en]").wait_for(timeout=60_000)


OVER = """() => {
    const legend = document.querySelector('.panel.legend').getBoundingClientRect(), page = window.atlas;
    const frame = page.map.getContainer().getBoundingClientRect();
    const from = page.map.latLngToContainerPoint(page.frameBounds.getNorthWest());
    const to = page.map.latLngToContainerPoint(page.frameBounds.getSouthEast());
    return legend.left - frame.left < to.x && legend.right - frame.left > from.x &&
        legend.top - frame.top < to.y && legend.bottom - frame.top > from.y;
}"""


@pytest.mark.parametrize("size", [(1024, 600), (1152, 720), (1366, 768)])
def test_the_legend_leaves_the_township_free_until_it_is_opened(page, app, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{app(ROOT / 'data')}/township?township={BAIMA}")
    shown = _map(page)
    inner = page.frames[-1]
    assert not inner.evaluate(OVER)
    fold = shown.locator(".panel.legend .fold")
    if fold.get_attribute("aria-expanded") == "false":
        fold.click()
        page.set_viewport_size({"width": size[0] + 30, "height": size[1]})
        page.wait_for_timeout(500)
    assert fold.get_attribute("aria-expanded") == "true"


def test_a_township_that_was_merged_opens_its_successor_and_says_so(page, app):
    page.goto(f"{app(ROOT / 'data')}/township?township={MERGED}")
    page.get_by_text("羊角镇已并入羊角街道，这里显示的是羊角街道。").wait_for(timeout=90_000)
    _map(page)
    assert "township=500156004" in page.url
    assert page.locator(".atlas-title").inner_text() == "羊角街道"


def test_a_map_alone_draws_and_leads_to_figures_and_neighbours(page, app, small):
    heard = _heard(page)
    page.goto(f"{app(small)}/m/甲镇")
    page.locator(".leaflet-control-scale").wait_for(timeout=60_000)
    assert page.evaluate("window.origin") == "null"
    assert page.evaluate("window.atlas.shownIds().length") > 0
    assert page.locator("a.figures").get_attribute("href") == f"/township?township={A}"
    assert page.title().startswith("甲镇 ")
    page.locator("a.figures").click()
    page.locator(".atlas-title").wait_for(timeout=60_000)
    assert page.evaluate("window.origin") != "null"
    assert heard == []
