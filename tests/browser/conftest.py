"""A running app and a real headless Chromium that notes every request leaving this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from benchmarks.running_app import running_app

LOOPBACK = {"127.0.0.1", "localhost", "::1", ""}


@pytest.fixture(scope="session")
def app() -> Iterator[Callable[[Path], str]]:
    """A function that gives the address of an app serving a data folder, started once per folder."""
    addresses: dict[Path, str] = {}
    with ExitStack() as running:

        def address(data: Path) -> str:
            if data not in addresses:
                addresses[data] = running.enter_context(running_app(data))
            return addresses[data]

        yield address


@pytest.fixture
def page(browser) -> Iterator[object]:
    """A fresh page at 1366×768 whose `outside` lists requests to any other machine; there must be none."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    opened = context.new_page()
    opened.outside = []
    opened.errors = []

    def note(request: object) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in LOOPBACK:
            opened.outside.append(request.url)

    context.on("request", note)
    opened.on("pageerror", lambda error: opened.errors.append(str(error)))
    yield opened
    assert not opened.outside, f"requests left the machine: {opened.outside}"
    context.close()
