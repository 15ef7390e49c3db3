"""The types of the lower floors, held by machine."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from places import ROOT

CHECKED = ("words", "geo", "records", "layers", "analysis")
MOST_IGNORED = 15


def _mypy(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_the_lower_floors_have_no_wrong_type():
    checked = _mypy(*CHECKED)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_wrong_type_would_be_seen(tmp_path: Path):
    slips = (
        "wrong: int = number('1')",
        "def untyped(cell): return cell",
        "right: object = number('1')  # type: ignore[assignment]",
    )
    module = tmp_path / "slips.py"
    module.write_text("\n".join(("from analysis.cells import number", *slips, "")), encoding="utf-8")
    checked = _mypy("--follow-imports=silent", str(module))
    assert checked.returncode == 1, checked.stdout + checked.stderr
    for line, code in ((2, "assignment"), (3, "no-untyped-def"), (4, "unused-ignore")):
        assert re.search(rf"slips\.py:{line}: .*{code}", checked.stdout), checked.stdout


def test_ignored_types_are_few_and_say_why():
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for floor in CHECKED
        for path in sorted((ROOT / floor).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if "# type: ignore" in line
    ]
    assert len(found) < MOST_IGNORED, "\n".join(found)
    unexplained = [line for line in found if not re.search(r"# type: ignore\[[a-z-]+\]  # \w+", line)]
    assert not unexplained, "\n".join(unexplained)
