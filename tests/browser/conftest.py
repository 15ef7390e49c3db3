"""A running app and a real headless Chromium that notes every request leaving this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK = {"127.0.0.1", "localhost", "::1", ""}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]


def chromium() -> str | None:
    """Path of an installed Chromium, if any."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_app(data: Path, state: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start the app on a data folder and wait until it answers; returns the process and its address."""
    port = free_port()
    state.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "ATLAS_DATA": str(data), "ATLAS_STATE": str(state)}
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "streamlit_app.py"), "--server.port", str(port)]
    log = (state / "server.log").open("wb")
    server = subprocess.Popen(
        [*command, "--server.address", "127.0.0.1", "--server.headless", "true"],
        cwd=ROOT, env=environment, stdout=log, stderr=log,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2)
            return server, address
        except OSError:
            time.sleep(0.25)
    server.kill()
    raise RuntimeError(f"the app did not start: {(state / 'server.log').read_text()[-2000:]}")


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], str]]:
    """A function that gives the address of an app serving a data folder, started once per folder."""
    servers: dict[Path, tuple[subprocess.Popen[bytes], str]] = {}

    def address(data: Path) -> str:
        if data not in servers:
            servers[data] = start_app(data, tmp_path_factory.mktemp("state"))
        return servers[data][1]

    yield address
    for server, _ in servers.values():
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Headless Chromium, or a skip that says why there is none."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine (Debian package chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


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
