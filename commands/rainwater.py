"""Rainwater: what each township could use, what is owed, and one project in full."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.asking import Asked, ask
from analysis.methods.rainwater.record import as_record, lines, rain_record
from commands import Answer
from commands.asked import add_answers, add_assume, answers, changes, chosen_district, left_out, problem_lines
from intake.rain.reading import with_rain
from intake.reading import read_daily_rain
from words import text

NAME = "rainwater"


def add(branches: argparse._SubParsersAction, shared: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    branch = branches.add_parser(NAME, parents=[shared], help="usable rain by township, obligations, one project")
    branch.add_argument("--project", metavar="ID", help="one rainwater project in full")
    branch.add_argument("--rain", type=Path, metavar="FILE", help="a station's daily rain instead of the district's")
    add_answers(branch)
    add_assume(branch)


def run(arguments: argparse.Namespace) -> Answer:
    """Townships and obligations, or the project named."""
    district, changed = chosen_district(reads=arguments.rain), changes(arguments.assume)
    file: dict[str, object] = {}
    read: tuple[str, ...] = ()
    if arguments.rain:
        found = read_daily_rain(arguments.rain, district.settings, answers=answers(arguments.answer))
        district = with_rain(district, found)
        problems = problem_lines(found.problems, district, arguments.lang)
        notes = [text(note.key, arguments.lang, **note.facts) for note in found.said.notes]
        left, stated = left_out(found.said, arguments.lang), found.said.stated
        file = {"unit": found.unit, "traces": found.traces, "problems": problems, "notes": notes}
        file |= {"left_out": left, "stated": stated}
        read = (*notes, *problems)
    said = ask(NAME, district, Asked(on=arguments.on, assumptions=changed, subject=arguments.project or None))
    told = {
        "version": district.version,
        "result_id": said.id,
        "record": rain_record(said.detail.ground, **file),
        **as_record(said.detail, changed=changed),
    }
    return Answer(told, (*read, *lines(said.detail, arguments.lang)))
