"""A running app on a free port of this machine, for benchmarks and browser tests."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip


def chromium() -> str | None:
    """Path of an installed Chromium, if any."""
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def running_app(data: Path | None = None, *, script: Path | None = None, state: Path | None = None) -> Iterator[str]:
    """The address of an app serving a data folder (the shipped one by default) until the block ends.

    `script` runs another Streamlit script instead; `state` is its state folder, by default one that goes with it.
    RuntimeError with the end of its log when it does not start.
    """
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="atlas-state-") as own:
        environment = {**os.environ, "ATLAS_STATE": str(state or own), "ATLAS_PORT": str(port)}
        if data is not None:
            environment["ATLAS_DATA"] = str(data)
        command = [sys.executable, "-m", "streamlit", "run", str(script or ROOT / "streamlit_app.py")]
        options = ["--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true"]
        log = Path(own) / "server.log"
        with log.open("wb") as sink:
            server = subprocess.Popen([*command, *options], cwd=ROOT, env=environment, stdout=sink, stderr=sink)
        try:
            _wait(f"http://127.0.0.1:{port}/{'_stcore/health' if script else 'readyz'}", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until the address answers; one that says that the data did not open has answered too."""
    for _ in range(480):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except urllib.error.HTTPError as error:
            if b'"failed"' in error.read():
                return
        except OSError:
            pass
        time.sleep(0.25)
    raise RuntimeError(f"the app did not start: {log.read_text(errors='replace')[-2000:]}")
