"""Maps in a real browser: hostile names never run, nothing is asked of the network, hands and keys reach everything."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pyproj import Geod

from layers.catalogue import CATALOGUE
from maps.screen.assets import LEAFLET_FOLDER
from maps.screen.district import district_map
from maps.screen.export import township_file
from maps.screen.prepared import Prepared, prepare
from maps.screen.township import township_map
from tests.broken_district import with_broken
from tests.small_district import HOSTILE, A, B, C, D, small_district
from words import text

pytestmark = pytest.mark.browser
HOST = """<!doctype html><html><body style="margin:0"><iframe id="map" name="%s" %s
style="position:absolute;width:100%%;height:100%%;border:0"></iframe><script>
window.got = [];
window.addEventListener("message", function (event) { window.got.push(event.data); });
fetch("map.html").then(function (r) { return r.text(); })
  .then(function (html) { document.getElementById("map").srcdoc = html; });
</script></body></html>"""
SANDBOX = 'sandbox="allow-scripts"'


@lru_cache(maxsize=1)
def small() -> Prepared:
    return prepare(small_district())


@lru_cache(maxsize=1)
def wild() -> Prepared:
    """The small district with the hostile text in every text of every layer, and in its names and sources."""
    district = small_district()
    frames = dict(district.frames)
    for layer, frame in frames.items():
        texts = [f.name for f in CATALOGUE[layer].fields if f.kind in ("text", "code") and f.name in frame.columns]
        kept = {"code", "township", "successor"}
        frames[layer] = frame.assign(**{name: HOSTILE for name in texts if name not in kept})
    entries = {
        name: replace(entry, source=replace(entry.source, issuer=HOSTILE)) for name, entry in district.entries.items()
    }
    settings = replace(district.settings, name=HOSTILE, name_en=HOSTILE)
    return prepare(replace(district, frames=frames, entries=entries, settings=settings, version=HOSTILE))


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of requests."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder served on this machine with Leaflet in it, and its address."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(LEAFLET_FOLDER, folder / "leaflet")
    (folder / "host").mkdir()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield folder / "host", f"http://127.0.0.1:{server.server_port}/host/index.html"
    server.shutdown()
    server.server_close()


@pytest.fixture
def tab(browser) -> Iterator[object]:
    """A fresh tab; no request may leave the machine and no script may fail."""
    context = browser.new_context(viewport={"width": 1000, "height": 700}, locale="zh-CN")
    context.set_default_timeout(8_000)
    page = context.new_page()
    outside, errors = [], []
    context.on("request", lambda request: outside.append(request.url) if _leaves(request.url) else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not outside
    assert not errors


def _leaves(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in ("data", "file", "about", "blob") and parts.hostname != "127.0.0.1"


def shown(tab, site, html: str, *, sandbox: str = SANDBOX, name: str = ""):
    """The frame of a map shown inside a host page as the app does it."""
    folder, address = site
    (folder / "index.html").write_text(HOST % (name, sandbox), encoding="utf-8")
    (folder / "map.html").write_text(html, encoding="utf-8")
    tab.goto(address)
    tab.wait_for_function("window.got.some(m => m.type === 'atlas:ready')")
    return tab.frames[1]


def told(tab, kind: str) -> list[dict]:
    tab.wait_for_function("kind => window.got.some(m => m.type === kind)", arg=kind)
    return [message for message in tab.evaluate("window.got") if message["type"] == kind]


def town(code: str = A, *, prepared: Prepared | None = None, **options) -> str:
    given: dict = {"layers": ["villages", "projects", "rivers"], "assets": "../leaflet", **options}
    return township_map(prepared or small(), code, **given)


EVERY_CARD = """() => {
  const page = window.atlas;
  page.show(page.order.map(l => l.id), true);
  let cards = 0;
  page.order.forEach(layer => layer.rows.forEach((row, n) => {
    Atlas.openCard(page, layer, n, page.map.getCenter());
    cards += 1;
  }));
  const search = document.querySelector("input[type=search]");
  search.value = "x";
  search.dispatchEvent(new Event("input"));
  document.querySelectorAll("details").forEach(d => { d.open = true; });
  return cards;
}"""


@pytest.mark.parametrize("sandbox", [SANDBOX, ""])
def test_hostile_names_never_run_on_a_township_map(tab, site, sandbox):
    html = town(D, prepared=wild(), links={"projects": HOSTILE}, edition_line=HOSTILE)
    frame = shown(tab, site, html, sandbox=sandbox)
    assert frame.evaluate(EVERY_CARD) >= 5
    tab.wait_for_timeout(300)
    assert frame.evaluate("window.__xss") is None
    assert tab.evaluate("window.__xss") is None
    assert frame.evaluate("document.querySelectorAll('img:not(.leaflet-image-layer)').length") == 0
    assert HOSTILE in frame.locator(".leaflet-popup h2").inner_text()
    assert HOSTILE in frame.locator("h1").text_content()


def test_hostile_names_never_run_on_a_district_map(tab, site):
    html = district_map(
        wild(), {A: 1.0, B: 2.0}, indicator="x", title=HOSTILE, unit=None, source=HOSTILE, assets="../leaflet"
    )
    frame = shown(tab, site, html)
    frame.evaluate("window.atlas.data.places.forEach(p => p.path.openTooltip())")
    tab.wait_for_timeout(200)
    assert frame.evaluate("window.__xss") is None
    assert HOSTILE in frame.locator(".panel.legend").inner_text()


def test_hostile_names_never_run_in_the_offline_file(tab, tmp_path):
    path = tmp_path / "map.html"
    path.write_text(township_file(wild(), D, layers=["villages"]), encoding="utf-8")
    tab.goto(path.as_uri())
    assert tab.evaluate(EVERY_CARD) >= 5
    tab.wait_for_timeout(200)
    assert tab.evaluate("window.__xss") is None


def test_the_offline_file_draws_and_switches(tab, tmp_path):
    path = tmp_path / "map.html"
    path.write_text(township_file(small(), A, layers=["villages"]), encoding="utf-8")
    tab.goto(path.as_uri())
    assert tab.locator("img.leaflet-image-layer").evaluate("image => image.naturalWidth") > 50
    tab.get_by_role("button", name="图层", exact=True).click()
    tab.get_by_text("管网", exact=True).click()
    tab.get_by_label("供水管道").check()
    assert "water_mains" in tab.evaluate("window.atlas.shownIds()")
    assert "供水管道" in tab.locator(".panel.legend").inner_text()
    assert tab.evaluate(
        "document.querySelector('canvas').getContext('2d').getImageData(0,0,2000,2000).data.some(v => v)"
    )


def test_the_legend_follows_what_is_visible(tab, site):
    frame = shown(tab, site, town())
    legend = frame.locator(".panel.legend")
    assert "雨水利用" in legend.inner_text() or "雨水" in legend.inner_text()
    frame.evaluate("window.atlas.show(['projects'], false)")
    assert "项目" not in legend.inner_text()


def test_the_legend_leaves_out_layers_with_nothing_in_the_township(tab, site):
    frame = shown(tab, site, town(layers=["industrial_parks", "villages"]))
    assert "村" in frame.locator(".panel.legend").inner_text()
    assert "园区" not in frame.locator(".panel.legend").inner_text()


def test_the_host_hears_of_view_layers_neighbours_and_links(tab, site):
    frame = shown(tab, site, town(links={"projects": "打开项目页"}))
    frame.evaluate("window.atlas.map.setView([29.4, 107.9], 12, {animate: false})")
    assert told(tab, "atlas:view")[-1] == {"type": "atlas:view", "lat": 29.4, "lng": 107.9, "zoom": 12}
    frame.get_by_role("button", name="图层", exact=True).click()
    frame.get_by_label("河流").uncheck()
    assert told(tab, "atlas:layers")[-1]["layers"] == ["villages", "projects"]
    click = "code => window.atlas.data.places.find(p => p.code === code).path.fire('click', {latlng: [29.4, 107.95]})"
    frame.evaluate(click, B)
    frame.get_by_role("button", name="打开这个乡镇").click()
    assert told(tab, "atlas:township") == [{"type": "atlas:township", "code": B}]
    frame.evaluate("window.atlas.find('projects', 'P1')")
    frame.get_by_role("button", name="打开项目页").click()
    assert told(tab, "atlas:open") == [{"type": "atlas:open", "layer": "projects", "key": "P1"}]


def test_the_host_sets_view_layers_and_place(tab, site):
    frame = shown(tab, site, town())
    send = "message => document.getElementById('map').contentWindow.postMessage(message, '*')"
    tab.evaluate(send, {"type": "atlas:setview", "lat": 29.42, "lng": 107.85, "zoom": 13})
    frame.wait_for_function("window.atlas.map.getZoom() === 13")
    tab.evaluate(send, {"type": "atlas:show", "layers": ["water_users"]})
    frame.wait_for_function("window.atlas.shownIds().join() === 'water_users'")
    tab.evaluate(send, {"type": "atlas:fly", "lat": 29.4, "lng": 107.9, "layer": "villages", "key": "V2"})
    frame.wait_for_selector(".leaflet-popup h2")
    assert frame.locator(".leaflet-popup h2").inner_text() == "甲二村"
    tab.evaluate(send, {"type": "atlas:setview", "lat": "x", "lng": None, "zoom": 3})
    tab.evaluate(send, None)


def test_a_given_view_is_restored(tab, site):
    frame = shown(tab, site, town(view=(29.41, 107.84, 12.5)))
    assert frame.evaluate("window.atlas.map.getZoom()") == 12.5
    assert frame.evaluate("window.atlas.map.getCenter().lat") == pytest.approx(29.41, abs=0.001)


def test_a_view_in_the_frames_name_wins(tab, site):
    frame = shown(tab, site, town(), name="#view=29.40000,107.90000,13")
    assert frame.evaluate("window.atlas.map.getZoom()") == 13
    assert frame.evaluate("window.atlas.map.getCenter().lng") == pytest.approx(107.9, abs=0.001)


def test_search_works_by_keyboard_alone(tab, site):
    frame = shown(tab, site, town(layers=[]))
    search = frame.get_by_role("combobox")
    search.focus()
    search.type("甲二")
    tab.keyboard.press("ArrowDown")
    assert frame.locator('[aria-selected="true"]').inner_text().startswith("甲二村")
    tab.keyboard.press("Enter")
    assert frame.locator(".leaflet-popup h2").inner_text() == "甲二村"
    assert frame.evaluate("window.atlas.shownIds()") == ["villages"]


def test_a_name_that_is_not_there_is_said(tab, site):
    frame = shown(tab, site, town())
    frame.get_by_role("combobox").type("没有的村")
    assert frame.locator(".search li").inner_text() == "没有这个名称"


def test_a_card_says_fields_units_source_and_what_is_not_filled(tab, site):
    frame = shown(tab, site, town())
    frame.evaluate("window.atlas.find('water_users', 'U1')")
    card = frame.locator(".card").inner_text()
    assert "10.00 万m³/a" in card
    assert "工业" in card
    assert "小县水利局" in card
    assert "2024-12-31" in card
    assert "示意数据" in card
    assert "未填" in card


def test_measuring_agrees_with_the_ellipsoid(tab, site):
    frame = shown(tab, site, town())
    track = [(29.40, 107.80), (29.43, 107.86), (29.46, 107.82), (29.40, 107.78)]
    points = [{"lat": lat, "lng": lng} for lat, lng in track]
    lats, lngs = zip(*track, strict=True)
    length, area = (
        Geod(ellps="GRS80").line_length(lngs, lats),
        Geod(ellps="GRS80").polygon_area_perimeter(lngs, lats)[0],
    )
    assert frame.evaluate("points => Atlas.lengthM(points)", points) == pytest.approx(length, rel=2e-4)
    assert frame.evaluate("points => Atlas.areaM2(points)", points) == pytest.approx(abs(area), rel=1e-3)


def test_measuring_by_click_and_key(tab, site):
    frame = shown(tab, site, town(view=(29.40, 107.85, 13)))
    frame.get_by_role("button", name="量算").click()
    tab.mouse.click(450, 300)
    tab.mouse.click(450, 400)
    assert "长度" in frame.locator(".result").inner_text()
    frame.locator(".folium-map").focus()
    tab.keyboard.press("Enter")
    assert "面积" in frame.locator(".result").inner_text()
    tab.keyboard.press("Escape")
    assert frame.locator(".result").is_hidden()


def test_the_packed_shapes_come_back_in_the_browser(tab, site):
    frame = shown(tab, site, town(B))
    shape = frame.evaluate("() => { const l = window.atlas.layers.industrial_parks; l.build(); return l.shapes[0]; }")
    corners = {(round(lat, 4), round(lng, 4)) for lat, lng in shape[0][0]}
    assert len(corners) == 4
    assert all(29.2 < lat < 29.6 and 107.8 < lng < 108.1 for lat, lng in corners)


@pytest.mark.parametrize("width", [390, 1366])
def test_targets_are_large_enough_and_everything_is_inside(tab, site, width):
    tab.set_viewport_size({"width": width, "height": 640 if width == 390 else 768})
    frame = shown(tab, site, town())
    frame.evaluate("document.querySelectorAll('.fold[aria-expanded=false]').forEach(b => b.click())")
    small_ones = frame.evaluate("""() =>
      [...document.querySelectorAll('button, .panel label, summary, input[type=search]')]
      .map(n => [n.textContent || n.className, n.getBoundingClientRect()])
      .filter(([_, b]) => b.width && (b.height < 24 || b.width < 24)).map(([t, b]) => t + b.width + 'x' + b.height)""")
    assert small_ones == []
    assert frame.evaluate("document.documentElement.scrollWidth") <= width
    outside = frame.evaluate("""() => [...document.querySelectorAll('.panel, header, footer, .tools')]
      .filter(n => { const b = n.getBoundingClientRect();
        return b.left < 0 || b.right > innerWidth || b.top < 0 || b.bottom > innerHeight; })
      .map(n => n.className || n.tagName)""")
    assert outside == []


def test_the_furniture_is_complete(tab, site):
    frame = shown(tab, site, town(edition_line="渝S(2026)001号"))
    foot = frame.locator("footer").inner_text()
    assert "渝S(2026)001号" in foot
    assert "示意数据" in foot
    assert "小县水利局(2024-12-31)" in foot
    assert "1:" in foot
    assert "km" in foot
    assert frame.get_by_role("img", name="指北针").is_visible()
    assert frame.locator(".name.neighbour").count() >= 1


def test_a_broken_layer_is_called_so_in_the_switches_and_at_the_foot(tab, site):
    frame = shown(tab, site, town(prepared=prepare(with_broken(small_district(), "villages"))))
    note = "图层损坏，没有用上：" + text("layers.villages.name")
    assert note in frame.locator("footer").inner_text()
    line = frame.locator(".switches label", has_text=text("layers.villages.name")).first
    assert line.locator("small").text_content() == text("maps.page.broken")
    absent = frame.locator(".switches label", has_text=text("layers.reservoirs.name")).first
    assert absent.locator("small").text_content() == text("maps.page.not_supplied")


def test_the_district_map_hatches_the_unknown_and_tells_of_clicks(tab, site):
    values = {A: 600_000.0, B: 2_000_000.0, C: None, D: 100_000.0}
    html = district_map(small(), values, indicator="water_use_m3", unit="m3_as_wan_m3", assets="../leaflet")
    frame = shown(tab, site, html)
    assert "数据不足" in frame.locator(".panel.legend").inner_text()
    assert frame.evaluate("window.atlas.data.places.map(p => p.path.options.fillColor instanceof CanvasPattern)") == [
        False,
        False,
        True,
        False,
    ]
    frame.evaluate("window.atlas.data.places[1].path.fire('click', {latlng: [29.4, 107.95]})")
    assert told(tab, "atlas:township") == [{"type": "atlas:township", "code": B}]
    assert frame.locator(".name.township").count() >= 3


def test_map_waits_for_room_and_frames_its_township_in_a_small_frame(tab, site):
    folder, address = site
    (folder / "index.html").write_text(HOST % ("", SANDBOX), encoding="utf-8")
    (folder / "map.html").write_text(town(A), encoding="utf-8")
    tab.add_init_script("addEventListener('DOMContentLoaded', () => { const s = document.createElement('style');"
                        "s.textContent = 'iframe { width: 0 !important; height: 0 !important }'; s.id = 'none';"
                        "document.head.append(s); })")  # fmt: skip
    tab.goto(address)
    tab.wait_for_timeout(600)
    assert not tab.evaluate("window.got.some(m => m.type === 'atlas:ready')")
    tab.evaluate(
        "document.getElementById('none').textContent = 'iframe{width:150px !important;height:130px !important}'"
    )
    tab.wait_for_function("window.got.some(m => m.type === 'atlas:ready')")
    zoom, inside = tab.frames[1].evaluate(
        "[atlas.map.getZoom(), atlas.map.getBounds().contains(atlas.frameBounds.getCenter())]"
    )
    assert inside
    assert 5 < zoom < 13
