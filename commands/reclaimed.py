"""Plans the reclaimed-water network: `reclaimed plan`, with its files for desk GIS, the design institute and EPANET."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from analysis.asking import Asked, ask
from analysis.methods.reclaimed.wanted import GAP, TIME_LIMIT_S, wish
from commands import Answer
from commands.asked import Maker, add_assume, add_files, changes, chosen_district, write_files, written_lines
from intake.points.reading import users_told, with_plants
from intake.reading import read_plants, read_users, warm
from layers.district import District
from layers.problem_words import problem_text
from reports.reclaimed.document import check_document, infeasible, plan_document, plan_lines
from reports.reclaimed.dxf import network_dxf
from reports.reclaimed.geopackage import network_gpkg
from reports.reclaimed.inp import network_inp
from reports.reclaimed.of_plan import paper_of
from reports.reclaimed.paper import NetworkPaper
from reports.reclaimed.workbook import network_workbook
from words import Language, text

NAME = "reclaimed"
FILES = ("inp", "gpkg", "dxf", "xlsx")
COLUMNS = """
--plants CSV: id, name, lon, lat (or x, y in the district's projection), treat_m3d (treated, m3/d), eff_class
  (quasi_iv, class_1a, class_1b, class_2, class_3), reuse_m3d, eco_m3d, disinfect, filtration, elev_m, cap_m3d, and any
  concentration of the layer effluent (cod_mgl, bod5_mgl, nh3n_mgl, tp_mgl, tn_mgl, turb_ntu, ...)
--users CSV: id, name, lon, lat (or x, y), use (process, cooling, greening, road, car_wash, scenic_lake, toilet),
  m3_year (m3 a year) or area_m2 (by quota), peak_m3d (m3 on the peak day, else by rule)
Headers may also be the Chinese or English names of the fields; docs/methods/reclaimed.md explains them.
"""


def add(branches: argparse._SubParsersAction, shared: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    group = branches.add_parser(NAME, help="plan the reclaimed-water network").add_subparsers(
        dest="action", required=True, metavar="plan"
    )
    branch = group.add_parser(
        "plan", parents=[shared], help="the best network for a rate or a budget, with its proof",
        epilog=COLUMNS, formatter_class=argparse.RawDescriptionHelpFormatter,
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
    district, subject, problems = _given(arguments)
    asked = Asked(
        on=arguments.on, assumptions=changes(arguments.assume), subject=subject,
        wish=wish(
            target_rate=arguments.target_rate, budget_yuan=arguments.budget_yuan, pin=arguments.pin,
            forbid=arguments.forbid, gap=arguments.gap, time_limit_s=arguments.time_limit,
        ),
    )  # fmt: skip
    answer = ask(NAME, district, asked, progress=_Teller(language))
    if answer.detail.plan.wishes:
        raise infeasible(answer.detail.plan.wishes, language)
    paper, reason = paper_of(district, answer, language=language)
    told = {
        "version": district.version,
        "result_id": answer.id,
        **plan_document(answer.detail, paper, language=language),
    }
    told["hydraulics"] = check_document(paper.check, reason=reason)
    told |= {"problems": problems, "files": write_files(arguments, _makers(paper, language))}
    return Answer(told, (*problems, *plan_lines(told, language), *written_lines(told["files"], language)))


def _given(arguments: argparse.Namespace) -> tuple[District, object, list[str]]:
    """The district with the plants asked for, the users asked about, and what was wrong in the files."""
    if arguments.plants or arguments.users:
        warm()  # while the district opens
    district, subject, files = chosen_district(), None, []
    if arguments.plants:
        files.append(read_plants(arguments.plants, district))
        district = with_plants(district, files[-1])
    if arguments.users:
        files.append(read_users(arguments.users, district))
        subject = {"users": users_told(files[-1])}
    known = [problem for one in files for problem in one.problems]
    said = [problem_text(problem, arguments.lang, departments=district.departments) for problem in known]
    return district, subject, said


class _Teller:
    """Says on the side what is being done, a line when it changes."""

    def __init__(self, language: Language) -> None:
        self.language, self.said = language, ""

    def __call__(self, told: Mapping[str, object]) -> None:
        key = "routing" if told.get("phase") == "routing" else "searching"
        if key > self.said:
            print(text(f"reclaimed.paper.{key}", self.language), file=sys.stderr)
            self.said = key


def _makers(paper: NetworkPaper, language: Language) -> dict[str, Maker]:
    """How each kind of file is made; the INP, which may be refused, first."""
    return {
        "inp": lambda _: network_inp(paper, language=language),
        "gpkg": lambda path: network_gpkg(paper, path, language=language),
        "dxf": lambda _: network_dxf(paper, language=language),
        "xlsx": lambda _: network_workbook(paper, language=language),
    }
