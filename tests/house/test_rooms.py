"""Rooms are places: each stands on its own, none is too full, and no name says again where a file lies."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from places import ROOT

from app.navigation import PAGES
from words import text

FLOORS = ("commands", "app", "reports", "maps", "intake", "analysis", "layers", "geo", "records", "data/make")
FOLDERS = sorted(
    folder
    for floor in FLOORS
    for folder in (ROOT / floor, *(ROOT / floor).rglob("*"))
    if folder.is_dir() and any(folder.glob("*.py"))
)
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]

# What all rooms of a floor may use; every other folder of the floor is a room.
SHARED = {"app": {"pages", "parts", "server", "web"}, "reports": {"book", "paper"}}
# One entry a layer: its file bears the layer's id, which users and other districts know.
BY_ID = ("layers/catalogue",)
LARGEST = 16


def _name(folder: Path) -> str:
    return folder.relative_to(ROOT).as_posix()


def _modules(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.py") if path.stem not in ("__init__", "__main__"))


def _again(room: str, names: list[str]) -> list[str]:
    """Names that begin with the name of the room they lie in."""
    return [name for name in names if f"{name}_".startswith(f"{room}_")]


def _prefixed(names: list[str]) -> dict[str, list[str]]:
    """Names by a first part that three or more share, each continuing it with a word of its own."""
    by_prefix: dict[str, list[str]] = defaultdict(list)
    for name in names:
        first, _, rest = name.partition("_")
        if rest:
            by_prefix[first].append(name)
    return {prefix: shared for prefix, shared in by_prefix.items() if len(shared) >= 3}


def _independent(floor: str) -> set[str]:
    """The modules of a floor that one contract of independence names."""
    named = [c["modules"] for c in CONTRACTS if c["type"] == "independence"]
    return {module for modules in named for module in modules if module.startswith(f"{floor}.")}


@pytest.mark.parametrize("floor", SHARED)
def test_every_room_of_a_floor_is_independent_of_the_others(floor: str):
    rooms = {f"{floor}.{f.name}" for f in (ROOT / floor).iterdir() if f in FOLDERS and f.name not in SHARED[floor]}
    assert len(rooms) >= 4
    assert rooms == _independent(floor) - {"app.pages.*"}


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_a_folder_holds_sixteen_modules_at_most(folder: Path):
    if _name(folder) in BY_ID:
        pytest.skip("one module a layer")
    assert len(_modules(folder)) <= LARGEST, "the folder wants rooms"


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_no_name_says_again_where_its_file_lies(folder: Path):
    assert not _again(folder.name, _modules(folder))
    assert not _again(folder.name, [inner.name for inner in folder.iterdir() if inner in FOLDERS])


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_no_prefix_stands_where_a_room_is_missing(folder: Path):
    if _name(folder) in BY_ID:
        pytest.skip("layers are named by their id")
    assert not _prefixed([*_modules(folder), *(inner.name for inner in folder.iterdir() if inner in FOLDERS)])


def test_the_rules_of_names_can_fail():
    assert _again("rain", ["rain", "rain_record", "raining", "record"]) == ["rain", "rain_record"]
    assert _prefixed(["tank", "tank_steps", "tank_trace", "runoff"]) == {}
    assert _prefixed(["page_map", "page_table", "page_form", "map"]) == {
        "page": ["page_map", "page_table", "page_form"]
    }


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_its_place_in_the_users_manual(page: str):
    title = text(f"{page}.title", "zh")
    manual = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs" / "users").glob("*.md"))]
    heads = [line for told in manual for line in told.splitlines() if line.startswith("#")]
    assert [head for head in heads if title in head], f"no heading of docs/users names {title}"
    assert f"- **{title}**" in (ROOT / "docs" / "users" / "index.md").read_text(encoding="utf-8")
