"""No circle of imports anywhere, not inside a package and not behind an import that waits inside a function."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Set
from graphlib import CycleError, TopologicalSorter

import grimp
from places import ROOT

FLOORS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["root_packages"]


def circle(imports: Mapping[str, Set[str]]) -> list[str]:
    """Modules that import one another in a ring, the first named again at the end; empty when there is none."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _imports() -> dict[str, set[str]]:
    """What every module of the house imports of the house.

    Imports inside functions and under TYPE_CHECKING count like any other: they hide a circle, they do not undo it.
    """
    graph = grimp.build_graph(*FLOORS, exclude_type_checking_imports=False, cache_dir=None)
    return {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}


def test_a_ring_is_found_and_named():
    ring = circle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}})
    assert set(ring) == {"a", "b", "c"}
    assert ring[0] == ring[-1]
    assert circle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_imports_inside_functions_are_seen():
    assert "maps.screen.export" in _imports()["reports.township.files"]


def test_no_modules_import_one_another_in_a_circle():
    assert circle(_imports()) == []
