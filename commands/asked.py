"""What a command line asks for beside its question: other values of assumptions, a district, files to write."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path

from app.settings import settings
from geo.atomic import aside
from geo.doubt import UndecidedError
from geo.note import Said
from intake.reading import warm
from layers.departments import NONE, Departments
from layers.district import District
from layers.problem import Problem
from layers.problem_words import problem_text
from layers.versions.opening import open_district
from reports.files import Makers
from words import Language, text
from words.errors import AtlasError


def add_assume(branch: argparse.ArgumentParser) -> None:
    """Declare that assumptions may be changed."""
    branch.add_argument("--assume", action="append", default=[], metavar="ID=VALUE", help="change an assumption")


def add_files(branch: argparse.ArgumentParser, kinds: Iterable[str]) -> None:
    """Declare the kinds of file that may be written."""
    for kind in kinds:
        branch.add_argument(f"--{kind}", type=Path, metavar="FILE", help=f"write a {kind.upper()} file")


def add_answers(branch: argparse.ArgumentParser) -> None:
    """Declare that questions a file leaves open may be answered."""
    branch.add_argument("--answer", action="append", default=[], metavar="KEY=VALUE", help="answer a reader's question")


def answers(given: Iterable[str]) -> dict[str, str]:
    """`key=value` pairs as texts; AtlasError `cli.bad_answer` for anything else."""
    found = {}
    for pair in given:
        key, sign, value = pair.partition("=")
        if not (sign and key.strip() and value.strip()):
            raise AtlasError("cli.bad_answer", given=pair)
        found[key.strip()] = value.strip()
    return found


def asked_back(error: AtlasError, language: Language) -> list[dict[str, object]]:
    """The questions of a refusal that needs answers first: key, sentence, choices and what each of them means."""
    doubts = error.doubts if isinstance(error, UndecidedError) else ()
    return [
        {
            "key": doubt.key,
            "message": doubt.said(language),
            "choices": [choice.value for choice in doubt.choices],
            "labels": [choice.said(language) for choice in doubt.choices],
        }
        for doubt in doubts
    ]


def question_lines(questions: Iterable[Mapping[str, object]], language: Language) -> list[str]:
    """The questions for people: each with its answers as they are to be typed."""
    lines = []
    for asked in questions:
        lines.append(str(asked["message"]))
        pairs = zip(asked["choices"], asked["labels"], strict=True)  # type: ignore[call-overload]
        ways = [(f'--answer "{asked["key"]}={value}"', label) for value, label in pairs]
        ways = ways or [(f'--answer "{asked["key"]}=…"', text("intake.any_answer", language))]
        lines += [f"  {typed}  {label}" for typed, label in ways]
    return lines


def left_out(said: Said, language: Language) -> list[dict[str, object]]:
    """What a reader did not take: its kind, how often, and the sentence."""
    return [
        {"kind": note.key.rpartition(".")[2], **note.facts, "message": text(note.key, language, **note.facts)}
        for note in said.left_out
    ]


def changes(given: Iterable[str]) -> dict[str, float]:
    """`id=value` pairs as numbers; AtlasError `cli.bad_assumption` for anything else."""
    found = {}
    for pair in given:
        id_, _, value = pair.partition("=")
        try:
            found[id_.strip()] = float(value)
        except ValueError:
            raise AtlasError("cli.bad_assumption", given=pair) from None
    return found


def chosen_district(*, reads: object = None) -> District:
    """The district named by `--data`, or by the settings; where a file is to be read, its reader starts meanwhile."""
    if reads:
        warm()
    return open_district(settings().data)


def write_files(arguments: argparse.Namespace, makers: Makers) -> dict[str, str]:
    """Write the files asked for, each whole or not at all; their paths by kind.

    A maker gives a file's content, or writes it to the path it is handed.
    """
    written = {}
    for kind, make in makers.items():
        path: Path | None = getattr(arguments, kind)
        if path is None:
            continue
        with aside(path) as target:
            content = make(target)
            if isinstance(content, str):
                target.write_text(content, encoding="utf-8")
            elif isinstance(content, bytes):
                target.write_bytes(content)
        written[kind] = str(path)
    return written


def written_lines(files: Mapping[str, str], language: Language) -> list[str]:
    """A line for each file written."""
    return [text("cli.written", language, file=file) for file in files.values()]


def problem_lines(problems: Iterable[Problem], district: District, language: Language) -> list[str]:
    """What was wrong in a file, as sentences."""
    return [problem_text(problem, language, departments=district.departments) for problem in problems]


def problem_row(
    problem: Problem, *fields: str, language: Language, departments: Departments = NONE
) -> dict[str, object]:
    """Some fields of a problem and its sentence, as plain values."""
    return {
        **{name: getattr(problem, name) for name in fields},
        "message": problem_text(problem, language, departments=departments),
    }
