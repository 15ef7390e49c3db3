"""Plans the reclaimed-water network: `reclaimed plan`, with its files for desk GIS, the design institute and EPANET."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Mapping
from pathlib import Path

from analysis.assumption import resolve
from analysis.finding import result_id
from analysis.hydraulics.of_plan import built
from analysis.methods.reclaimed.assumptions import ASSUMPTIONS
from analysis.methods.reclaimed.candidates import Candidates, candidates_of
from analysis.methods.reclaimed.district_plan import plan_district
from analysis.methods.reclaimed.economics import reuse_rate
from analysis.methods.reclaimed.places import demand_places
from analysis.methods.reclaimed.supply import plant_supply
from commands import Answer
from commands.asked import Maker, add_assume, add_files, changes, chosen_district, write_files, written_lines
from intake.points.reading import PointsFile, places_of, with_plants
from intake.reading import read_plants, read_users, warm
from layers.district import District
from layers.problem_words import problem_text
from reports.reclaimed.document import check_document, plan_document, plan_lines, wish_sentence
from reports.reclaimed.dxf import network_dxf
from reports.reclaimed.geopackage import network_gpkg
from reports.reclaimed.inp import network_inp
from reports.reclaimed.of_plan import paper_of
from reports.reclaimed.paper import NetworkPaper
from reports.reclaimed.workbook import network_workbook
from words import Language, text
from words.errors import AtlasError

NAME = "reclaimed"
METHOD = "reclaimed"
FILES = ("inp", "gpkg", "dxf", "xlsx")
_OF_METHOD = frozenset(assumption.id for assumption in ASSUMPTIONS)
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
    branch.add_argument("--gap", type=float, default=0.01, metavar="G", help="stop at this gap (0.01)")
    branch.add_argument("--time-limit", type=float, default=30.0, metavar="S", help="seconds to search (30)")
    add_files(branch, FILES)


def run(arguments: argparse.Namespace) -> Answer:
    """The plan, its hydraulic check and the files asked for; AtlasError naming the wish that cannot be met."""
    language: Language = arguments.lang
    changed = changes(arguments.assume)
    assumed = resolve(ASSUMPTIONS, changed)
    district, found, problems = _candidates(arguments, assumed)
    target = _target_rate(arguments, found)
    print(text("reclaimed.paper.searching", language), file=sys.stderr)
    made = plan_district(
        district, {id_: value for id_, value in changed.items() if id_ in _OF_METHOD}, found=found,
        target_rate=target, budget_yuan=arguments.budget_yuan, pinned=arguments.pin, forbidden=arguments.forbid,
        gap=arguments.gap, time_limit_s=arguments.time_limit,
    )  # fmt: skip
    if made.plan.wishes:
        sentences = " ".join(wish_sentence(wish, language) for wish in made.plan.wishes)
        raise AtlasError(
            "reclaimed.paper.infeasible", wishes=sentences, wish=", ".join(w.kind for w in made.plan.wishes)
        )
    id_ = result_id(district.version, _wishes(arguments), changed)
    network = built(district, made, assumed=assumed)
    paper, reason = paper_of(district, made, network, result_id=id_, language=language)
    told = {"version": district.version, "result_id": id_, **plan_document(made, paper, language=language)}
    told["hydraulics"] = check_document(paper.check, reason=reason)
    told |= {"problems": problems, "files": write_files(arguments, _makers(paper, language))}
    return Answer(told, (*problems, *plan_lines(told, language), *written_lines(told["files"], language)))


def _candidates(arguments: argparse.Namespace, assumed: Mapping[str, float]) -> tuple[District, Candidates, list[str]]:
    """The district with the plants asked for, its candidate network, and what was wrong in the files."""
    if arguments.plants or arguments.users:
        warm()  # while the district opens
    district = chosen_district()
    files: list[PointsFile] = []
    if arguments.plants:
        files.append(read_plants(arguments.plants, district))
        district = with_plants(district, files[-1])
    method = {key: value for key, value in assumed.items() if key in _OF_METHOD}
    if arguments.users:
        files.append(read_users(arguments.users, district))
        places = places_of(files[-1], method)
    else:
        places = demand_places(district, method)
    print(text("reclaimed.paper.routing", arguments.lang), file=sys.stderr)
    found = candidates_of(district, plant_supply(district, method), places, method)
    return district, found, [problem_text(problem, arguments.lang) for one in files for problem in one.problems]


def _target_rate(arguments: argparse.Namespace, found: Candidates) -> float | None:
    """The rate to reach, existing reuse counted in; AtlasError for one beyond 0–1 or without treated volumes."""
    given = arguments.target_rate
    if given is None:
        return None
    if not 0 <= given <= 1:
        raise AtlasError("reclaimed.paper.rate_wrong", value=given)
    if reuse_rate(found.plants, more_m3=0.0).before_share is None:
        raise AtlasError("reclaimed.paper.no_rate")
    return given


def _wishes(arguments: argparse.Namespace) -> str:
    """The method and everything wished for, so that another wish gives another result id."""
    parts: list[object] = [METHOD, arguments.target_rate, arguments.budget_yuan]
    parts += [sorted(arguments.pin), sorted(arguments.forbid), arguments.gap]
    for path in (arguments.plants, arguments.users):
        parts.append(hashlib.sha256(path.read_bytes()).hexdigest() if path else None)
    return repr(parts)


def _makers(paper: NetworkPaper, language: Language) -> dict[str, Maker]:
    """How each kind of file is made; the INP, which may be refused, first."""
    return {
        "inp": lambda _: network_inp(paper, language=language),
        "gpkg": lambda path: network_gpkg(paper, path, language=language),
        "dxf": lambda _: network_dxf(paper, language=language),
        "xlsx": lambda _: network_workbook(paper, language=language),
    }
