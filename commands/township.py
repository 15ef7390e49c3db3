"""One township: its figures, its problems, and its map and tables as files."""

from __future__ import annotations

import argparse
from datetime import date
from functools import partial

from analysis.asking import Asked, about_townships
from analysis.finding import as_record
from app.settings import settings
from commands import Answer
from commands.asked import add_files, chosen_district, problem_row, write_files, written_lines
from layers.district import District
from maps.screen.prepared import prepare
from reports.township.files import township_files
from words import Language, text

NAME = "township"
KINDS = ("html", "png", "gpkg", "kml", "xlsx")


def add(branches: argparse._SubParsersAction, shared: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    branch = branches.add_parser(NAME, parents=[shared], help="figures, map and tables of one township")
    branch.add_argument("code", help="code or name of the township, such as 500156101")
    add_files(branch, KINDS)


def counts(district: District, code: str) -> dict[str, int]:
    """How many features of every vector layer that was read lie in the township."""
    found = {layer: district.within(layer, code) for layer in district.frames if layer != "townships"}
    return {layer: len(frame) for layer, frame in found.items() if frame is not None}


def document(district: District, code: str, *, on: date, language: Language) -> dict[str, object]:
    """The township as plain values."""
    township = district.township(code)
    profile, *others = about_townships(district, Asked(on=on))
    findings = [f for one in (profile, *others) for f in one.findings if f.subject == code]
    touching = [p for p in district.problems if p.township == code or (p.layer == "townships" and p.feature == code)]
    return {
        "code": township.code,
        "name": township.name,
        "area_km2": round(township.geometry.area / 1e6, 3),
        "as_of": district.entries["townships"].source.as_of,
        "version": district.version,
        "result_id": profile.id,
        "layers": counts(district, code),
        "indicators": [as_record(finding, district, language) for finding in findings],
        "problems": [
            problem_row(problem, "key", "layer", language=language, departments=district.departments)
            for problem in touching
        ],
        "files": {},
    }


def run(arguments: argparse.Namespace) -> Answer:
    """Figures of the township, and the files asked for."""
    language: Language = arguments.lang
    district = chosen_district()
    code = district.code_of(arguments.code)
    told = document(district, code, on=arguments.on, language=language)
    makers = township_files(
        district, code, prepared=partial(prepare, district), language=language, edition_line=settings().edition_line
    )
    told["files"] = write_files(arguments, makers)
    return Answer(told, tuple(lines(told, language)))


def lines(told: dict[str, object], language: Language) -> list[str]:
    """The township for people: name, area, figures, files."""
    head = f"{told['name']} {told['code']}  {told['area_km2']:.1f} km²  "
    head += text("cli.version", language, version=told["version"])
    rows = [" · ".join((f"{row['name']}: {row['shown']}", *row["notes"])) for row in told["indicators"]]
    return [head, *rows, *(row["message"] for row in told["problems"]), *written_lines(told["files"], language)]
