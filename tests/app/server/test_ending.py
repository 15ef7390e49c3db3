"""However the server was started, a request to end ends all of it, while the data are being opened and after."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from places import ROOT

from benchmarks.running_app import free_port
from tests.small_district import write_small_district

pytestmark = [pytest.mark.long, pytest.mark.skipif(os.name == "nt", reason="no such signal")]
STARTS = {
    "run.py": ["run.py", "--no-browser", "--port", "{port}"],
    "cli.py": ["cli.py", "open", "--no-browser", "--port", "{port}"],
    "streamlit": ["-m", "streamlit", "run", "streamlit_app.py", "--server.port", "{port}", "--server.headless", "true"],
    "uvicorn": ["-m", "uvicorn", "streamlit_app:app", "--port", "{port}"],
}


def _status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def _until(address: str, wanted: int, *, seconds: float) -> bool:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if _status(address) == wanted:
            return True
        time.sleep(0.2)
    return False


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("when", ["healthz", "readyz"])
def test_a_request_to_end_leaves_nothing_running(tmp_path: Path, start: str, when: str):
    if start == "run.py" and not (ROOT / ".venv").exists():
        pytest.skip("run.py would install everything first")
    data, port = write_small_district(tmp_path / "data"), free_port()
    told = {"ATLAS_DATA": str(data), "ATLAS_STATE": str(tmp_path / "state"), "CI": "1"}
    line = [sys.executable, *(part.format(port=port) for part in STARTS[start])]
    with (tmp_path / "log").open("wb") as sink:
        process = subprocess.Popen(line, cwd=ROOT, env={**os.environ, **told}, stdout=sink, stderr=sink)
        try:
            assert _until(f"http://127.0.0.1:{port}/{when}", 200, seconds=120), (tmp_path / "log").read_text()
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) in (0, 143, -signal.SIGTERM, -signal.SIGALRM)
        finally:
            process.kill()
    assert "Traceback" not in (tmp_path / "log").read_text()
    assert _status(f"http://127.0.0.1:{port}/healthz") == 0
