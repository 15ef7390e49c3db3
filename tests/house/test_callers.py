"""Every name has a caller: what nothing but a test uses goes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLOORS = ("words", "geo", "records", "layers", "intake", "analysis", "maps", "reports", "app", "commands")
CALLERS = ("run.py", "cli.py", "streamlit_app.py", "data", "benchmarks")  # they call, nobody calls them
FOUND_BY_NAME = {
    "layers/catalogue/": {"LAYER"},
    "commands/": {"NAME", "add", "run"},
    "app/pages/": {"show"},
    "analysis/methods/siting/checks/": {"CHECKS"},
    "analysis/methods/": {  # what `analysis.asking.Method` lists
        *("METHOD", "EDITION", "NEEDS", "ASKS", "RECORDS", "RULES", "ASSUMPTIONS", "CHOICES", "INDICATORS", "ask"),
    },
}
KNOWN: set[str] = set()  # still to get a caller or to go


def _sources() -> dict[str, ast.Module]:
    """The parsed modules of the product by path."""
    files: list[Path] = []
    for place in (*FLOORS, *CALLERS):
        files += (ROOT / place).rglob("*.py") if (ROOT / place).is_dir() else [ROOT / place]
    return {file.relative_to(ROOT).as_posix(): ast.parse(file.read_text(encoding="utf-8")) for file in sorted(files)}


def _defined(tree: ast.Module) -> dict[str, ast.stmt]:
    """The top-level functions, classes and constants of a module, with where each is made."""
    made: dict[str, ast.stmt] = {}
    for part in tree.body:
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            made[part.name] = part
        elif isinstance(part, ast.Assign | ast.AnnAssign):
            targets = part.targets if isinstance(part, ast.Assign) else [part.target]
            made |= {one.id: part for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)}
    return made


def _read(part: ast.AST) -> set[str]:
    """The names a piece of code reads."""
    return {one.id for one in ast.walk(part) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)}


def _taken(path: str, tree: ast.Module, modules: set[str]) -> Iterator[tuple[str, str]]:
    """(module, name) of all that a module takes from others: imported by name, or read from an imported module.

    What an `__init__` imports but does not read it only hands on: no use.
    """
    within = path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    aliases: dict[str, str] = {}
    read = _read(tree)
    for one in ast.walk(tree):
        if isinstance(one, ast.Import):
            aliases |= {name.asname or name.name: name.name for name in one.names}
        elif isinstance(one, ast.ImportFrom) and one.module:
            for name in one.names:
                whole = f"{one.module}.{name.name}"
                if whole in modules:
                    aliases[name.asname or name.name] = whole
                elif not path.endswith("__init__.py") or (name.asname or name.name) in read:
                    yield one.module, name.name
    for one in ast.walk(tree):
        if isinstance(one, ast.Attribute):
            owner = aliases.get(ast.unparse(one.value))
            if owner in modules and owner != within:
                yield owner, one.attr


def _handed_on(sources: dict[str, ast.Module]) -> dict[tuple[str, str], tuple[str, str]]:
    """Where a name that an `__init__` hands on is really made."""
    found = {}
    for path, tree in sources.items():
        if path.endswith("__init__.py"):
            package = path.removesuffix("/__init__.py").replace("/", ".")
            for one in ast.walk(tree):
                if isinstance(one, ast.ImportFrom) and one.module:
                    for name in one.names:
                        found[package, name.asname or name.name] = (one.module, name.name)
    return found


def _by_rule(path: str, name: str) -> bool:
    return any(path.startswith(place) and name in names for place, names in FOUND_BY_NAME.items())


def _without_caller(sources: dict[str, ast.Module]) -> set[str]:
    """`path:name` of every top-level name that no other module uses, nor one of its own that is used."""
    modules = {path.removesuffix(".py").replace("/", ".").removesuffix(".__init__") for path in sources}
    handed_on = _handed_on(sources)
    used = set()
    for path, tree in sources.items():
        for place in _taken(path, tree, modules):
            used.add(place)
            while place in handed_on:
                place = handed_on[place]
                used.add(place)
    lonely = set()
    for path, tree in sources.items():
        if path.split("/")[0] in CALLERS:
            continue
        module = path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        made = _defined(tree)
        alive = {name for name in made if (module, name) in used or _by_rule(path, name)}
        alive |= set().union(*(_read(part) for part in tree.body if part not in made.values())) & made.keys()
        reached = set(alive)
        while reached:  # what one that is used needs of its own module
            reached = (set().union(*(_read(made[name]) for name in reached)) & made.keys()) - alive
            alive |= reached
        lonely |= {f"{path}:{name}" for name in made.keys() - alive - {"__all__"}}
    return lonely


def test_every_name_has_a_caller() -> None:
    found = _without_caller(_sources())
    assert found - KNOWN == set()
    assert KNOWN - found == set(), "no longer lonely: take out of KNOWN"


def test_handing_on_and_calling_oneself_are_no_use() -> None:
    written = {
        "geo/__init__.py": "from geo.ground import handed_on, used",
        "geo/ground.py": "LIMIT = 1\ndef used(): return _within(LIMIT)\ndef _within(most): ...\n"
        "def handed_on(): ...\ndef alone(): return alone()\n__all__ = ['alone']",
        "app/page.py": "from geo import used\nused()",
    }
    sources = {path: ast.parse(text) for path, text in written.items()}
    assert _without_caller(sources) == {"geo/ground.py:handed_on", "geo/ground.py:alone"}
