"""Every refusal has an input that produces it: a row of the tables of `tests/refusals`, or a test named there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from places import ROOT

from tests.refusals.others import ELSEWHERE
from tests.refusals.test_followed import ROWS
from words import sentences

FLOORS = ("commands", "app", "reports", "maps", "intake", "analysis", "layers", "geo", "records")
PLACED = {
    *(f"geo.notes.crs.{key}" for key in ("contradicted", "swapped", "declared_elsewhere")),
    *(f"intake.crs.{key}" for key in ("contradicted", "swapped")),
    *(f"{words}.{key}" for words in ("geo.notes.offset", "intake.offset") for key in ("gcj02", "bd09")),
    "problems.crs_missing",
}  # `geo.placing` is handed the table of words and the question
PASSED_ON = {"key", "error.key", "half.key", "ask", "own"}  # of a refusal that was raised before, or named above


def _calls() -> Iterator[tuple[Path, ast.expr]]:
    for path in [ROOT / "cli.py", *(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "AtlasError" and node.args:
                yield path, node.args[0]


def _keys(path: Path, said: ast.expr) -> set[str]:
    """The keys an argument may come to: written out, one of two, or all sentences that fit what is put together."""
    if isinstance(said, ast.Constant):
        return {str(said.value)}
    if isinstance(said, ast.IfExp):
        return _keys(path, said.body) | _keys(path, said.orelse)
    if isinstance(said, ast.JoinedStr) and isinstance(said.values[0], ast.Constant):
        parts = (re.escape(str(one.value)) if isinstance(one, ast.Constant) else r"\w+" for one in said.values)
        fitting = re.compile("".join(parts))
        return {key for key in sentences("zh") if fitting.fullmatch(key)}
    assert path.name == "placing.py" or ast.unparse(said) in PASSED_ON, f"{path}:{said.lineno}"
    return set()


@cache
def raised() -> frozenset[str]:
    """Every key an AtlasError is raised with."""
    written = {
        str(node.value)
        for path in [path for floor in FLOORS for path in (ROOT / floor).rglob("*.py")]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    site = {key for key in sentences("zh") if key.startswith("intake.site.foreign.")}
    put = {key for path, said in _calls() for key in _keys(path, said)}
    handed = {key for key in (*ROWS, *ELSEWHERE) if key in written}  # to a function that raises what it is handed
    return frozenset(put | PLACED | site | handed)


def test_every_refusal_has_an_input_that_produces_it():
    assert len(raised()) > 250
    assert sorted(raised() - set(ROWS) - set(ELSEWHERE)) == []


def test_the_tables_name_no_refusal_that_is_never_raised():
    assert sorted((set(ROWS) | set(ELSEWHERE)) - raised() - {"intake.undecided"}) == []


def test_no_refusal_is_told_twice():
    assert sorted(set(ROWS) & set(ELSEWHERE)) == []


@pytest.mark.parametrize("key", ELSEWHERE)
def test_the_test_elsewhere_names_its_refusal(key: str):
    told = (ROOT / "tests" / ELSEWHERE[key]).read_text(encoding="utf-8").replace("\\.", ".")
    assert re.search(rf"[\"'./]{re.escape(key.rpartition('.')[2])}[\"'|)]", told), key


def test_every_sentence_of_a_refusal_is_raised():
    rooms = ("geo.errors.", "siting.errors.", "siting.page.errors.", "intake.site.foreign.", "app.setting_", "errors.")
    said = {key for key in sentences("zh") if key.startswith(rooms) and not key.startswith("geo.errors.note.")}
    assert sorted(said - raised()) == []
