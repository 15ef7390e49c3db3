"""Pages as visitors meet them: server time and message size of a township, fifty at once, map visible in Chromium."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from app.settings import settings
from benchmarks.running_app import FLAGS, chromium, running_app
from benchmarks.session import crowd, visit
from layers.versions.opening import open_district

CROWD = 50
REPEATS = 5
EMPTY = "import streamlit as st\nst.write('empty')\n"
Row = dict[str, object]


def run() -> list[Row]:
    """All rows, on the data folder of the settings."""
    codes = list(open_district(settings().data).townships.index)
    with running_app(settings().data) as address:
        rows = [*_one_township(address, codes[0]), *_fifty(address, codes)]
        rows += _visible(address, codes[0])
    return rows


def _row(name: str, value: float, unit: str, aim: str, *, peer: float | None = None) -> Row:
    ratio = value / peer if peer else None
    return {"name": name, "value": round(value, 4), "unit": unit, "peer": peer, "ratio": ratio, "aim": aim}


def _one_township(address: str, code: str) -> list[Row]:
    cold = asyncio.run(visit(address, page="township", query=f"township={code}"))[0]
    warm = [asyncio.run(visit(address, page="township", query=f"township={code}"))[0] for _ in range(REPEATS)]
    errors = [one.error for one in (cold, *warm) if one.error]
    if errors:
        raise RuntimeError(f"the page failed: {errors[0]}")
    return [
        _row("township page, server cold", cold.seconds, "s", "told"),
        _row("township page, server warm", statistics.median(one.seconds for one in warm), "s", "≤ 0.10 s"),
        _row("township page, message", max(one.received_bytes for one in warm) / 1000, "kB", "≤ 300 kB"),
    ]


def _fifty(address: str, codes: list[str]) -> list[Row]:
    queries = [f"township={codes[number % len(codes)]}" for number in range(CROWD)]
    first, _ = asyncio.run(crowd(address, page="township", queries=queries))
    again, visits = asyncio.run(crowd(address, page="township", queries=queries))
    failed = [one.error for one in visits if one.error]
    return [
        _row(f"{CROWD} township pages at once, first time", first, "s", "≤ 8 s"),
        _row(f"{CROWD} township pages at once, warm", again, "s", "≤ 8 s"),
        _row("failed among them", len(failed), "pages", "0"),
    ]


def _visible(address: str, code: str) -> list[Row]:
    """Cold tab to map drawn, against an empty Streamlit page from a second server in the same run."""
    path = chromium()
    if path is None:
        return [{"name": "map visible", "value": None, "unit": "s", "peer": None, "ratio": None, "aim": "no Chromium"}]
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        script = Path(folder) / "empty.py"
        script.write_text(EMPTY, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        with running_app(script=script) as empty:
            pairs = [
                (_seconds(browser, f"{address}/township?township={code}", map_=True), _seconds(browser, empty))
                for _ in range(REPEATS + 1)
            ][1:]
        browser.close()
    shown = statistics.median(pair[0] for pair in pairs)
    bare = statistics.median(pair[1] for pair in pairs)
    return [_row("township map visible in Chromium", shown, "s", "≤ 1.3×", peer=bare)]


def _seconds(browser: object, address: str, *, map_: bool = False) -> float:
    """Seconds from opening the address in a fresh context to the map's first drawing, or to the empty page's text."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    if map_:
        frame = page.frame_locator("iframe").first.frame_locator("iframe").first
        frame.locator(".leaflet-overlay-pane svg path, .leaflet-overlay-pane canvas").first.wait_for(timeout=60_000)
    else:
        page.get_by_text("empty").first.wait_for(timeout=60_000)
    taken = time.perf_counter() - started
    context.close()
    return taken
