"""The front command works on the standard library alone and passes everything else on."""

from __future__ import annotations

import ast
import sys

from places import ROOT


def test_front_command_needs_nothing_installed():
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"))
    names = {
        alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    names |= {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= set(sys.stdlib_module_names)


def test_ci_calls_the_front_command():
    assert "python3 run.py test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
