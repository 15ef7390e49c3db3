"""What people wrote: how much there is, what was done with it, and taking it away."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date, datetime, time
from pathlib import Path

from app.settings import settings
from commands import Answer
from records import emptying, people
from records.key import key_is_set
from records.log import log_lines
from records.sizes import sizes
from words import Language, text

NAME = "records"


def add(branches: argparse._SubParsersAction, shared: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    branch = branches.add_parser(NAME, parents=[shared], help="list what people wrote, its log, or take it away")
    group = branch.add_subparsers(dest="action", metavar="log|empty")
    log = group.add_parser("log", parents=[shared], help="what was done with the steward's powers, newest first")
    log.add_argument("--most", type=int, default=200, metavar="N", help="so many lines")
    empty = group.add_parser("empty", help="take away").add_subparsers(
        dest="box", required=True, metavar="notes|cases|reviews"
    )
    empty.add_parser("notes", parents=[shared], help="the closed notes")
    cases = empty.add_parser("cases", parents=[shared], help="cases with their reviews")
    which = cases.add_mutually_exclusive_group(required=True)
    which.add_argument("--case", metavar="ID", help="this one")
    which.add_argument("--before", type=date.fromisoformat, metavar="DATE", help="all saved before this day")
    reviews = empty.add_parser("reviews", parents=[shared], help="the reviews of a case")
    reviews.add_argument("--case", required=True, metavar="ID")


def run(arguments: argparse.Namespace) -> Answer:
    """Sizes, log, or what was taken away."""
    folder, language = settings().state, arguments.lang
    if arguments.action == "log":
        return _log(folder, arguments.most, language)
    if arguments.action == "empty":
        count = _emptied(folder, arguments)
        return Answer({"box": arguments.box, "removed": count}, (text("data.steward.emptied", language, count=count),))
    return _sizes(folder, language)


def _sizes(folder: Path, language: Language) -> Answer:
    held = sizes(folder)
    rows = [asdict(one) for one in held]
    lines = [
        text(
            "data.steward.size",
            language,
            box=text(f"data.steward.boxes.{one.box}", language),
            count=one.count,
            held=f"{one.bytes / 1e6:,.1f}",
            most=f"{one.most_bytes / 1e6:,.0f}",
        )
        for one in held
    ]
    key_set = key_is_set(folder)
    note = () if key_set else (text("cli.records.note", language),)
    return Answer({"key_set": key_set, "records": rows}, (*lines, *note))


def _log(folder: Path, most: int, language: Language) -> Answer:
    found = log_lines(folder, most=most)
    rows = [asdict(one) | {"at": one.at.isoformat()} for one in found]
    lines = [f"{row['at']}  {row['kind']}  {row['name']}  {row['what']}  {row['about']}".rstrip() for row in rows]
    return Answer({"log": rows}, tuple(lines))


def _emptied(folder: Path, arguments: argparse.Namespace) -> int:
    by = people.command()
    if arguments.box == "notes":
        return emptying.empty_notes(folder, by=by)
    if arguments.box == "reviews":
        return emptying.remove_reviews(folder, arguments.case, by=by)
    if arguments.before is not None:
        return emptying.empty_cases(folder, before=datetime.combine(arguments.before, time()).astimezone(), by=by)
    emptying.remove_case(folder, arguments.case, by=by)
    return 1
