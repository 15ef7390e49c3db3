"""Every page as a person meets it: the map is drawn, Chinese shows, hostile names stay text, nothing leaves.

The `page` fixture itself fails a test when any request leaves this machine.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from places import ROOT
from small_district import A, D, write_small_district

PATHS = ("", "overview", "township", "rainwater", "siting", "data", "reclaimed")
MAPPED = ("", "overview", "township", "rainwater", "reclaimed", "siting")
SHAPES = ".leaflet-overlay-pane svg path, .leaflet-overlay-pane canvas"
pytestmark = pytest.mark.browser

# Whether a sign has a glyph of its own: it must not be drawn like a code point that no font holds.
HAS_GLYPH = """sign => {
    const drawn = text => {
        const canvas = Object.assign(document.createElement('canvas'), {width: 40, height: 40});
        const pen = canvas.getContext('2d');
        pen.font = '28px ' + getComputedStyle(document.body).fontFamily;
        pen.fillText(text, 4, 30);
        return canvas.toDataURL();
    };
    return drawn(sign) !== drawn('\\u{10FFFD}') && drawn(sign) !== drawn(' ');
}"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_district(tmp_path_factory.mktemp("small"))


def _map(page: object) -> object:
    """The innermost frame, where Leaflet lives."""
    return page.frame_locator("iframe").first.frame_locator("iframe").first


@pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.long)])
@pytest.mark.parametrize("name", PATHS)
def test_page_draws(page, app, name, language):
    page.goto(f"{app(ROOT / 'data')}/{name}?lang={language}")
    if name in MAPPED:
        _map(page).locator(SHAPES).first.wait_for(timeout=60_000)
        _map(page).locator(".leaflet-control-scale").first.wait_for()
    else:
        page.locator("[data-testid=stDataFrame]").first.wait_for(timeout=60_000)
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.locator("[role=dialog]").count() == 0  # Streamlit's "Page not found"
    assert not page.errors


@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_a_telephone_the_legend_ends_above_the_scale(page, app, language):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{app(ROOT / 'data')}/rainwater?lang={language}")
    _map(page).locator(SHAPES).first.wait_for(timeout=60_000)
    legend, scale = (_map(page).locator(part).bounding_box() for part in (".panel.legend", "footer .scale"))
    assert legend["y"] + legend["height"] <= scale["y"]


def test_chinese_glyphs_show(page, app):
    page.goto(f"{app(ROOT / 'data')}/township?lang=zh")
    _map(page).locator(SHAPES).first.wait_for(timeout=60_000)
    assert all(page.evaluate(HAS_GLYPH, sign) for sign in "武隆节水")


@pytest.mark.parametrize(
    "name", [name if name == "township" else pytest.param(name, marks=pytest.mark.long) for name in PATHS]
)
def test_hostile_names_never_run(page, app, small, name):
    page.goto(f"{app(small)}/{name}?township={D}")
    page.wait_for_selector("iframe, [data-testid=stDataFrame]", timeout=60_000)
    page.wait_for_timeout(2500)
    for frame in page.frames:
        assert frame.evaluate("window.__xss") is None
    assert not page.errors


def test_panning_never_reruns_the_script(page, app, small):
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda payload: sent.append(payload)))
    page.goto(f"{app(small)}/township?township={A}")
    _map(page).locator(SHAPES).first.wait_for(timeout=60_000)
    page.wait_for_timeout(1500)
    before = len(sent)
    box = page.locator("iframe").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 120, box["y"] + box["height"] / 2 + 60, steps=6)
    page.mouse.up()
    page.mouse.wheel(0, -400)
    page.wait_for_timeout(1500)
    assert len(sent) == before


def test_phone_shows_the_map_first(page, app, small):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{app(small)}/township?township={A}")
    _map(page).locator(SHAPES).first.wait_for(timeout=60_000)
    box = page.locator("iframe").first.bounding_box()
    assert box["y"] < 844 / 2
    assert box["width"] > 340
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
