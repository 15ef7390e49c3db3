"""No path of the server in a sentence: errors and problems name files and folders, never where they lie."""

from __future__ import annotations

import ast

from places import ROOT

FLOORS = ("app", "reports", "maps", "intake", "analysis", "layers", "geo", "records")
TO_COMMANDS = {"intake.no_file", "intake.out_exists", "intake.out_unusable"}  # whoever typed the path reads them
HOLDERS = {"file", "folder", "path", "entry"}
NAMED = {"name", "stem", "suffix"}


def _told(call: ast.Call) -> dict[str, ast.expr]:
    """The facts of an error or problem by name."""
    return {word.arg: word.value for word in call.keywords if word.arg in HOLDERS}


def _is_path(value: ast.expr) -> bool:
    """Whether an expression gives a whole path: `str(path)`, `path`, `folder / name`, `x.parent`, `order.out`."""
    if isinstance(value, ast.Call):
        whole = getattr(value.func, "id", getattr(value.func, "attr", "")) in {"str", "as_posix", "absolute", "resolve"}
        return whole and not (value.args and getattr(value.args[0], "attr", "") in NAMED)
    if isinstance(value, ast.BinOp):
        return isinstance(value.op, ast.Div)
    if isinstance(value, ast.Attribute):
        return value.attr in {"parent", "out", "dir", "folder"}
    return isinstance(value, ast.Name) and value.id in {"path", "folder", "out"}


def _wrong() -> list[str]:
    found = []
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in {"AtlasError", "Problem"}:
                    continue
                key = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else ""
                if key not in TO_COMMANDS and any(map(_is_path, _told(node).values())):
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno} {key}")
    return found


def test_no_error_holds_a_path():
    assert _wrong() == []


def test_a_path_is_known_when_it_is_seen():
    said = {"str(path)": True, "path.name": False, "str(folder.name)": False, "folder / x": True, "path": True}
    assert {code: _is_path(ast.parse(code, mode="eval").body) for code in said} == said
