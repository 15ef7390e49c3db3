"""Makes a district folder from a planner's own files (`new`), or its list of contents anew (`manifest`)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from app.settings import settings
from commands import Answer
from commands.asked import add_answers, answers, left_out, problem_row
from geo.crs import name as crs_name
from intake.district.new import Made, Order
from intake.reading import make_district
from layers.problem_words import problem_text
from layers.versions.manifest import read_manifest, write_manifest
from layers.versions.opening import make_manifest, open_district
from words import Language, text
from words.errors import AtlasError

NAME = "district"
FILES = ("dem", "landcover", "landcover-legend", "rain-record", "rain-grid")
TEXTS = ("code-field", "crs", "metric-crs", "code", "name", "issuer")


def add(branches: argparse._SubParsersAction, shared: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    group = branches.add_parser(NAME, help="make a district folder, or its manifest anew").add_subparsers(
        dest="action", required=True, metavar="new|manifest"
    )
    group.add_parser("manifest", parents=[shared], help="record what a data folder holds after a layer was replaced")
    branch = group.add_parser("new", parents=[shared], help="make a district folder")
    branch.add_argument("--townships", type=Path, required=True, metavar="FILE", help="township polygons")
    branch.add_argument("--name-field", required=True, help="the field that holds their names")
    branch.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to make")
    for option in TEXTS:
        branch.add_argument(f"--{option}")
    add_answers(branch)
    for option in FILES:
        branch.add_argument(f"--{option}", type=Path, metavar="FILE")


def order_of(arguments: argparse.Namespace) -> Order:
    """The order that the command line describes."""
    names = [option.replace("-", "_") for option in (*FILES, *TEXTS)]
    given = {name: getattr(arguments, name) for name in names}
    out = arguments.out.resolve()
    return Order(
        townships=arguments.townships,
        name_field=arguments.name_field,
        out=out,
        answers=answers(arguments.answer),
        **given,
    )


def document(made: Made, language: Language) -> dict[str, object]:
    """What was made, as plain values."""
    return {
        "dir": made.dir,
        "code": made.code,
        "name": made.name,
        "metric_crs": f"EPSG:{made.metric_crs.to_epsg()}" if made.metric_crs.to_epsg() else made.metric_crs.name,
        "metric_crs_reason": _reason(made, language),
        "townships": made.townships,
        "encoding": made.encoding,
        "rain_unit": made.rain_unit,
        "notes": [text(note.key, language, **note.facts) for note in made.said.notes],
        "left_out": left_out(made.said, language),
        "problems": [problem_row(problem, "key", "row", "feature", language=language) for problem in made.problems],
    }


def _record(folder: Path, language: Language) -> Answer:
    try:
        before = read_manifest(folder)
    except AtlasError:
        before = {}
    manifest = make_manifest(folder)
    write_manifest(manifest, folder)
    version = open_district(folder).version
    changed = sorted(id_ for id_, entry in manifest.items() if id_ not in before or before[id_].sha256 != entry.sha256)
    told = {"dir": folder, "version": version, "layers": len(manifest), "changed": changed}
    return Answer(told, (text("cli.recorded", language, version=version, changed=", ".join(changed) or "–"),))


def _reason(made: Made, language: Language) -> str:
    return text(made.metric_reason, language, crs=crs_name(made.metric_crs))


def run(arguments: argparse.Namespace) -> Answer:
    """Make the folder and say what was decided, or record its contents."""
    language: Language = arguments.lang
    if arguments.action == "manifest":
        return _record(settings().data, language)
    made = make_district(order_of(arguments), progress=lambda key: print(text(key, language), file=sys.stderr))
    facts = {"count": made.townships, "reason": _reason(made, language), "encoding": made.encoding}
    lines = [text("intake.made", language, name=made.name, folder=made.dir, **facts)]
    if made.rain_unit:
        lines.append(text("intake.rain_unit", language, unit=made.rain_unit))
    lines += [text(note.key, language, **note.facts) for note in made.said.notes]
    lines += [problem_text(problem, language) for problem in made.problems]
    return Answer(document(made, language), tuple(lines))
