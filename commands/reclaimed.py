"""Plans the reclaimed-water network: `reclaimed plan`, with its files for desk GIS, the design institute and EPANET."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from analysis.asking import Asked, ask
from analysis.methods.reclaimed.answer.record import infeasible, plan_lines, plan_record
from analysis.methods.reclaimed.wanted import GAP, TIME_LIMIT_S, wish
from commands import Answer
from commands.asked import add_assume, add_files, changes, chosen_district, problem_lines, write_files, written_lines
from intake.points.columns import HELP
from intake.reading import read_points
from reports.reclaimed.files import network_files
from reports.reclaimed.of_plan import paper_of
from words import Language, text

NAME = "reclaimed"
FILES = ("inp", "gpkg", "dxf", "xlsx")


def add(branches: argparse._SubParsersAction, shared: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    group = branches.add_parser(NAME, help="plan the reclaimed-water network").add_subparsers(
        dest="action", required=True, metavar="plan"
    )
    branch = group.add_parser(
        "plan", parents=[shared], help="the best network for a rate or a budget, with its proof",
        epilog=HELP, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    branch.add_argument(
        "--target-rate", type=float, metavar="R", help="reuse rate to reach, existing reuse counted in, 0-1"
    )
    branch.add_argument("--budget-yuan", type=float, metavar="N", help="most yuan a year (capital charge and running)")
    branch.add_argument("--pin", action="append", default=[], metavar="ID", help="a plant, user or corridor to include")
    branch.add_argument("--forbid", action="append", default=[], metavar="ID", help="one to leave out")
    branch.add_argument("--plants", type=Path, metavar="CSV", help="plants instead of the district's")
    branch.add_argument("--users", type=Path, metavar="CSV", help="users instead of the district's")
    add_assume(branch)
    branch.add_argument("--gap", type=float, default=GAP, metavar="G", help="stop at this gap (0.01)")
    branch.add_argument("--time-limit", type=float, default=TIME_LIMIT_S, metavar="S", help="seconds to search (30)")
    add_files(branch, FILES)


def run(arguments: argparse.Namespace) -> Answer:
    """The plan, its hydraulic check and the files asked for; AtlasError naming the wish that cannot be met."""
    language: Language = arguments.lang
    plants, users = arguments.plants, arguments.users
    district, subject, found = read_points(chosen_district(reads=plants or users), plants=plants, users=users)
    problems = problem_lines(found, district, language)
    wanted = wish(
        target_rate=arguments.target_rate, budget_yuan=arguments.budget_yuan, pin=arguments.pin,
        forbid=arguments.forbid, gap=arguments.gap, time_limit_s=arguments.time_limit,
    )  # fmt: skip
    asked = Asked(on=arguments.on, assumptions=changes(arguments.assume), subject=subject, wish=wanted)
    answer = ask(NAME, district, asked, progress=_teller(language))
    if answer.detail.plan.wishes:
        raise infeasible(answer.detail.plan.wishes, language)
    told = {"version": district.version, "result_id": answer.id, **plan_record(answer.detail, language=language)}
    makers = network_files(paper_of(district, answer, language=language), language=language)
    if answer.detail.built.check is None and arguments.inp is not None:  # the plan is not lost with the file
        problems, arguments.inp = [*problems, text("reclaimed.paper.no_inp", language)], None
    told |= {"problems": problems, "files": write_files(arguments, makers)}
    return Answer(told, (*problems, *plan_lines(told, language), *written_lines(told["files"], language)))


def _teller(language: Language) -> Callable[[Mapping[str, object]], None]:
    """Says on the side what is being done, each thing once."""

    @cache
    def say(key: str) -> None:
        print(text(f"reclaimed.paper.{key}", language), file=sys.stderr)

    return lambda told: say("routing" if told.get("phase") == "routing" else "searching")
