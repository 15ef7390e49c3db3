"""Pages as visitors meet them: server time and message size of a township, fifty at once, map visible in Chromium."""

from __future__ import annotations

import asyncio
import gzip
import re
import statistics
import tempfile
import time
import urllib.request
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
        rows += _sent(address, codes[0])
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


def _sent(address: str, code: str) -> list[Row]:
    """Bytes on the wire: a township's data by address, its relief, and the scripts a first page names."""
    place = _fetched(f"{address}/map/township/{code}")[1].partition("?")[0]
    data = _fetched(f"{place}.json")[0]
    relief = _fetched(f"{place.rpartition('/township/')[0]}/relief.webp")[0]
    html = gzip.decompress(_fetched(f"{address}/township?township={code}")[0]).decode()
    scripts = [
        _fetched(f"{address}{path}")[0] for path in re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css))"', html)
    ]
    return [
        _row("township data by address, as sent", len(data) / 1000, "kB", "≤ 120 kB"),
        _row("relief, as sent", len(relief) / 1000, "kB", "told"),
        _row("scripts named by a first page, as sent", sum(map(len, scripts)) / 1000, "kB", "told"),
    ]


def _fetched(address: str) -> tuple[bytes, str]:
    """What a browser that understands gzip gets, packed as it travels, and where from in the end."""
    asked = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return answer.read(), answer.url


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
                (
                    _seconds(browser, f"{address}/township?township={code}", frames=2),
                    _seconds(browser, f"{address}/m/{code}", frames=0),
                    _seconds(browser, empty),
                )
                for _ in range(REPEATS + 1)
            ][1:]
        browser.close()
    shown, alone, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
    return [
        _row("township map visible in Chromium", shown, "s", "≤ 1.3×", peer=bare),
        _row("township map alone (/m/) visible in Chromium", alone, "s", "≤ 0.7×", peer=bare),
    ]


def _seconds(browser: object, address: str, *, frames: int | None = None) -> float:
    """Seconds from opening the address in a fresh context to the first drawing of the map so many frames deep.

    Without a number of frames, to the text of the empty page.
    """
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    if frames is not None:
        frame = page
        for _ in range(frames):
            frame = frame.frame_locator("iframe").first
        frame.locator(".leaflet-overlay-pane svg path, .leaflet-overlay-pane canvas").first.wait_for(timeout=60_000)
    else:
        page.get_by_text("empty").first.wait_for(timeout=60_000)
    taken = time.perf_counter() - started
    context.close()
    return taken
