"""Lists the layers of a district with their source, status, count and problems."""

from __future__ import annotations

import argparse
from collections import Counter

from commands import Answer
from commands.asked import chosen_district, problem_row
from layers.catalogue import CATALOGUE
from layers.district import District
from words import Language, text

NAME = "layers"


def add(branches: argparse._SubParsersAction, shared: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    branches.add_parser(NAME, parents=[shared], help="list the layers with source, status, count, problems")


def document(district: District, language: Language = "zh") -> dict[str, object]:
    """Version and layers as plain values, in the order of the catalogue."""
    problems = Counter(problem.layer for problem in district.problems)
    rows = [
        {
            "id": entry.id,
            "theme": CATALOGUE[entry.id].themes[0],
            "geometry": CATALOGUE[entry.id].geometry,
            "crs": entry.crs,
            "count": entry.count,
            "source": entry.source.issuer,
            "status": entry.source.status,
            "as_of": entry.source.as_of,
            "problems": problems[entry.id],
            "sha256": entry.sha256,
            "file": entry.file,
            "encoding": entry.encoding,
            "readable": district.has(entry.id),
        }
        for entry in district.entries.values()
    ]
    told = [
        problem_row(problem, "layer", "key", language=language, departments=district.departments)
        for problem in district.problems
    ]
    return {"version": district.version, "layers": rows, "problems": told}


def lines(listed: dict[str, object], language: Language) -> tuple[str, ...]:
    """One line a layer, for people."""
    head = text("cli.version", language, version=listed["version"])
    return (head, *(_line(row, language) for row in listed["layers"]), *(row["message"] for row in listed["problems"]))


def _line(row: dict[str, object], language: Language) -> str:
    name = text(f"layers.{row['id']}.name", language)
    status = text(f"statuses.{row['status']}", language)
    problems = text("cli.problems", language, count=row["problems"])
    return f"{name}  {row['id']}  {row['count']}  {status}  {row['as_of']}  {problems}"


def run(arguments: argparse.Namespace) -> Answer:
    """The layers of the district named by `--data`."""
    listed = document(chosen_district(), arguments.lang)
    return Answer(listed, lines(listed, arguments.lang))
