"""Every table on the screen goes through the one door whose cells no spreadsheet runs."""

from __future__ import annotations

import ast

import pytest
from places import ROOT

SOURCES = sorted([*(ROOT / "app").rglob("*.py"), ROOT / "streamlit_app.py"])
TABLES = {"dataframe", "table", "data_editor", "write"}


def _calls(tree: ast.AST) -> set[str]:
    """The functions of Streamlit that show a table and are called or handed on."""
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "st"
    } & TABLES


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_tables_are_shown_by_one_function(path):
    found = _calls(ast.parse(path.read_text(encoding="utf-8")))
    assert found == ({"dataframe"} if path == ROOT / "app/parts/tables.py" else set())


@pytest.mark.parametrize("call", ["st.dataframe(x)", "show = st.table", "st.data_editor(x)"])
def test_another_door_is_found(call):
    assert _calls(ast.parse(call))
