"""The front command works on the standard library alone, refuses other Pythons and passes everything else on."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from places import ROOT

import run

PRETEND = """
import runpy, sys
sys.version_info = (3, {minor}, 1, "final", 0)
sys.version = "3.{minor}.1 (main)"
sys.argv = ["run.py", "layers"]
runpy.run_path("run.py", run_name="__main__")
"""


def _interpreter(version: str) -> Path:
    """An installed Python of a version, or a skip."""
    kept = [Path("/usr/bin"), Path("/usr/local/bin"), *(Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin")]
    found = [folder / f"python{version}" for folder in kept if (folder / f"python{version}").exists()]
    if not found:
        pytest.skip(f"no Python {version} on this machine")
    return found[0]


def test_front_command_needs_nothing_installed():
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"))
    names = {
        alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    names |= {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= set(sys.stdlib_module_names)


def test_front_command_is_read_by_python_3_8():
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize("version", ["3.8", "3.9", "3.10"])
def test_an_older_python_is_refused_with_one_sentence(version: str):
    told = subprocess.run([_interpreter(version), "run.py", "layers"], cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 1
    assert told.stdout == ""
    assert re.fullmatch(rf"Python 3\.11, 3\.12 or 3\.13 is needed and this is {version}\.\d+; [^\n]+\.\n", told.stderr)


@pytest.mark.parametrize("minor", [10, 14, 15])
def test_another_python_is_refused_before_anything_is_made(tmp_path: Path, minor: int):
    (tmp_path / "run.py").write_bytes((ROOT / "run.py").read_bytes())
    command = [sys.executable, "-c", PRETEND.format(minor=minor)]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert told.returncode == 1
    assert told.stderr == (
        f"Python 3.11, 3.12 or 3.13 is needed and this is 3.{minor}.1; "
        "run the same command with one of them, for example python3.13 run.py.\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["run.py"]


@pytest.mark.parametrize("version", run.PYTHONS)
def test_a_promised_python_is_taken(monkeypatch: pytest.MonkeyPatch, version: tuple[int, int]):
    monkeypatch.setattr(sys, "version_info", (*version, 0, "final", 0))
    run.refuse_other_pythons()


def test_the_same_pythons_are_promised_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    first, last = run.PYTHONS[0], run.PYTHONS[-1]
    assert project["requires-python"] == f">={first[0]}.{first[1]},<{last[0]}.{last[1] + 1}"
    names = [f"{major}.{minor}" for major, minor in run.PYTHONS]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"Python {'、'.join(names[:-1])} 或 {names[-1]}" in readme
    assert f"Python {', '.join(names[:-1])} or {names[-1]}" in readme
    assert f"Python {'、'.join(names[:-1])} 或 {names[-1]}" in (ROOT / "docs/users/install.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_every_requirement_is_bounded_from_above(name: str):
    wanted = [line.split()[0] for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
    assert not [one for one in wanted if not re.search(r"==|<\d", one)]


def test_ci_runs_both_lengths_of_test():
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    tests = [line for line in lines if "run.py test" in line]
    assert tests == ["python3 run.py test || failed=1", "python3 run.py test --long || failed=1"]
    assert lines[-1] == 'exit "$failed"'
