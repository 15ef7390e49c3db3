"""Where the tests find things: the repository, its shipped data, and files that only some machines have beside it."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
REAL = ROOT.parent / "shared" / "real"
CASES = ROOT.parent / "shared" / "cases"
