"""The documents say what the code does: commands, settings, links, decisions."""

from __future__ import annotations

import argparse
import re
import tomllib
from dataclasses import fields
from pathlib import Path
from urllib.parse import unquote

import pytest
from places import ROOT

from app.settings import AppSettings
from benchmarks import __path__ as benchmark_folder
from cli import parser

README = ROOT / "README.md"
USERS = ROOT / "docs" / "users"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "data" / "README.md"])
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_SHOUT = re.compile("[!!](?!\\[)|[\U0001f300-\U0001faff\u2705\u274c\u26a0]")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _prose(path: Path) -> str:
    """The document without its code."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"```.*?```", "", _read(path), flags=re.DOTALL))


def _branches(top: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Every command by its words, such as `layers` and `district new`."""
    found: dict[str, argparse.ArgumentParser] = {}
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, branch in action.choices.items():
                deeper = _branches(branch)
                found |= {f"{word} {more}": one for more, one in deeper.items()} or {word: branch}
    return found


def _anchors(path: Path) -> set[str]:
    """Names by which a link may reach a heading of the document."""
    heads = re.findall(r"^#+ +(.+)$", _read(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.strip().lower()).replace(" ", "-") for head in heads}


def test_readme_names_the_two_commands():
    assert {"python3 run.py", "python3 run.py test"} <= {
        line.split("#")[0].strip() for line in _read(README).split("\n")
    }


@pytest.mark.parametrize("command", _branches(parser()))
def test_command_is_described(command: str):
    told = "\n".join(_read(path) for path in (README, *USERS.glob("*.md")))
    assert re.search(rf"(run\.py|…)( --data \S+)? {re.escape(command)}\b", told), command


@pytest.mark.parametrize("command", _branches(parser()))
def test_options_are_described(command: str):
    told = "\n".join(_read(path) for path in DOCUMENTS)
    options = {option for action in _branches(parser())[command]._actions for option in action.option_strings}
    asked = sorted(option for option in options if option.startswith("--") and option != "--help")
    assert not [option for option in asked if not re.search(rf"{option}(?![\w-])", told)]


@pytest.mark.parametrize("setting", [field.name for field in fields(AppSettings)])
def test_setting_is_documented(setting: str):
    install, example = _read(USERS / "install.md"), _read(ROOT / "atlas.example.toml")
    assert f"`{setting}`" in install
    assert f"`ATLAS_{setting.upper()}`" in install
    assert re.search(rf"^# {setting} = ", example, re.MULTILINE)
    assert f"ATLAS_{setting.upper()}" in example


def test_example_of_settings_can_be_used_line_by_line():
    lines = re.findall(r"^# (\w+ = .+)$", _read(ROOT / "atlas.example.toml"), re.MULTILINE)
    assert set(tomllib.loads("\n".join(lines))) == {field.name for field in fields(AppSettings)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_links_resolve(document: Path):
    broken = []
    for target in _LINK.findall(_read(document)):
        if re.match(r"[a-z]+:", target):
            continue
        place, _, anchor = unquote(target).partition("#")
        file = (document.parent / place).resolve() if place else document
        if not file.exists() or (anchor and anchor not in _anchors(file)):
            broken.append(target)
    assert not broken


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_document_is_calm_and_knows_no_machine(document: Path):
    assert not _SHOUT.findall(_prose(document))
    assert not re.findall(r"(?<![\w.])/(?:root|home|work|tmp|Users)/\S*", _read(document))


def test_every_user_page_is_reached_from_the_first():
    reached = {target.partition("#")[0] for target in _LINK.findall(_read(USERS / "index.md"))}
    assert {path.name for path in USERS.glob("*.md")} - {"index.md"} <= reached


def test_decisions_are_numbered_without_gaps():
    names = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert names
    assert [name[:5] for name in names] == [f"{number:04d}-" for number in range(1, len(names) + 1)]


@pytest.mark.parametrize("document", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=_name)
def test_decision_has_context_decision_and_consequence(document: Path):
    told = _read(document)
    assert told.startswith(f"# {document.name[:4]} ")
    assert all(f"**{part}.**" in told for part in ("Context", "Decision", "Consequence"))


def test_changelog_begins_with_what_is_unreleased():
    heads = re.findall(r"^## (.+)$", _read(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert heads[0] == "Unreleased"


def test_benchmarks_are_documented():
    told = _read(ROOT / "docs" / "benchmarks.md")
    names = [
        path.stem.removeprefix("bench_") for folder in benchmark_folder for path in Path(folder).glob("bench_*.py")
    ]
    assert not [name for name in names if f"| {name} |" not in told]


def test_pictures_are_light():
    pictures = list((ROOT / "docs" / "pictures").glob("*"))
    assert pictures
    assert not [path.name for path in pictures if path.suffix != ".png" or path.stat().st_size > 300_000]
