"""A command told to end leaves nothing half-written, says so, and ends with the code of what was interrupted."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from places import ROOT

from words import text

_SLOW = """
import sys, time
import cli
from geo.atomic import aside
from pathlib import Path
from commands import layers

def slow(arguments):
    with aside(Path(sys.argv[1]) / "paper.docx") as target:
        target.write_text("half")
        print("inside", file=sys.stderr, flush=True)
        time.sleep(60)

layers.run = slow
sys.exit(cli.main(["layers", *sys.argv[2:]]))
"""


def _heed_interrupts() -> None:
    """Undo an ignored SIGINT, which a job in the background hands down to all it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name == "nt", reason="no such signals")
@pytest.mark.parametrize("way", [signal.SIGTERM, signal.SIGINT])
def test_a_command_told_to_end_ends_cleanly(tmp_path: Path, way: signal.Signals):
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", _SLOW, str(tmp_path), "--json"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=_heed_interrupts,
    )  # fmt: skip
    while "inside" not in (process.stderr.readline() or "inside"):
        pass
    process.send_signal(way)
    said, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert json.loads(said) == {"error": {"key": "cli.stopped", "message": text("cli.stopped")}}
    assert "Traceback" not in told
    assert os.listdir(tmp_path) == []
