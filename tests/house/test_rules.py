"""The rules of the house, held by machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from places import ROOT

FLOORS = ("commands", "app", "reports", "maps", "intake", "analysis", "layers", "geo", "records", "words")
SOURCES = [ROOT / "run.py", ROOT / "cli.py", ROOT / "streamlit_app.py", ROOT / "data" / "make_illustrative.py"]
SOURCES += [path for floor in (*FLOORS, "data/make", "benchmarks") for path in sorted((ROOT / floor).rglob("*.py"))]
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "base"}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _functions(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_imports_go_down_only():
    checked = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_code_is_linted_and_formatted():
    for command in (["check"], ["format", "--check"]):
        checked = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "."], cwd=ROOT, capture_output=True, text=True
        )
        assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_module_keeps_its_size_and_name(path: Path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    limit = 60 if path.parent.name in ("pages", "catalogue") and path.name != "__init__.py" else 400
    assert lines <= limit, f"{lines} lines; the limit is {limit}"
    assert path.stem not in FORBIDDEN
    assert not FORBIDDEN & set(path.parent.parts[-1:])


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_functions_are_short_and_documented(path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(tree), "the module says nothing of itself"
    for function in _functions(path):
        assert function.end_lineno - function.lineno < 60, f"{function.name} is longer than 50 lines of code"
    public = [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef) and not n.name.startswith("_")]
    silent = [node.name for node in public if not ast.get_docstring(node) and path.name != "run.py"]
    assert not silent, f"no docstring: {silent}"


@pytest.mark.parametrize("path", [p for p in SOURCES if p.name != "run.py"], ids=_name)
def test_public_functions_are_typed(path: Path):
    for function in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(function, ast.FunctionDef) or function.name.startswith("_"):
            continue
        assert function.returns is not None, f"{function.name} does not say what it returns"
        arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        untyped = [argument.arg for argument in arguments if argument.annotation is None]
        assert not untyped, f"{function.name}: {untyped} are untyped"


def test_every_dependency_says_why():
    for name in ("requirements.txt", "requirements-test.txt"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            assert re.fullmatch(r"\S+\s+# \S.+", line), f"{name}: {line!r} gives no reason"


def test_repository_speaks_of_the_product_alone():
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode != 0:
        pytest.skip("not a git checkout")
    found = []
    for name in filter(None, tracked.stdout.split("\0")):
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".txt", ".csv", ".js", ".css", ".html", ""} and path.is_file():
            text = path.read_text(encoding="utf-8", errors="ignore")
            if re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", text):
                found.append(f"{name}: a mobile number")
            if re.search(r"/(root|home|work)/\w+", text) and path.name != Path(__file__).name:
                found.append(f"{name}: a path of one machine")
    assert not found
