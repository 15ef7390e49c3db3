"""Plans the reclaimed-water network: `reclaimed plan`, with its files for desk GIS, the design institute and EPANET."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Mapping
from pathlib import Path

from analysis.assumption import resolve
from analysis.finding import result_id
from analysis.hydraulic_check import limits
from analysis.hydraulic_check.epanet import inp_text
from analysis.methods.reclaimed_water.assumptions import ASSUMPTIONS
from analysis.methods.reclaimed_water.candidates import Candidates, candidates_of
from analysis.methods.reclaimed_water.network.answer import NetworkPlan
from analysis.methods.reclaimed_water.network.plan import plan_network
from analysis.methods.reclaimed_water.places import demand_places
from analysis.methods.reclaimed_water.supply import plant_supply
from app.settings import settings
from commands import Answer
from commands.rainwater import changes
from geo.atomic import aside
from intake.reclaimed_in import PointsFile, places_of, read_plants, read_users, with_plants
from layers.district import District
from layers.opening import open_district
from layers.problem_words import problem_text
from reports.network_document import check_document, plan_document, plan_lines, wish_sentence
from reports.network_dxf import network_dxf
from reports.network_gpkg import network_gpkg
from reports.network_of_plan import paper_of
from reports.network_paper import NetworkPaper, stamp
from reports.network_workbook import network_workbook
from words import Language, text
from words.errors import AtlasError

NAME = "reclaimed"
METHOD = "reclaimed_water"
FILES = ("inp", "gpkg", "dxf", "xlsx")
COLUMNS = """
--plants CSV: id, name, lon, lat (or x, y in the district's projection), treat_m3d (treated, m3/d), eff_class
  (quasi_iv, class_1a, class_1b, class_2, class_3), reuse_m3d, eco_m3d, disinfect, filtration, elev_m, cap_m3d, and any
  concentration of the layer effluent (cod_mgl, bod5_mgl, nh3n_mgl, tp_mgl, tn_mgl, turb_ntu, ...)
--users CSV: id, name, lon, lat (or x, y), use (process, cooling, greening, road, car_wash, scenic_lake, toilet),
  m3_year (m3 a year) or area_m2 (by quota), peak_m3d (m3 on the peak day, else by rule)
Headers may also be the Chinese or English names of the fields; docs/methods/reclaimed_water.md explains them.
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
    aim = branch.add_mutually_exclusive_group()
    aim.add_argument("--target-rate", type=float, metavar="R", help="new supply as a share of treated water, 0-1")
    aim.add_argument("--target-total-rate", type=float, metavar="R", help="the same, existing reuse counted in")
    branch.add_argument("--budget-yuan", type=float, metavar="N", help="most yuan a year (capital charge and running)")
    branch.add_argument("--pin", action="append", default=[], metavar="ID", help="a plant, user or corridor to include")
    branch.add_argument("--forbid", action="append", default=[], metavar="ID", help="one to leave out")
    branch.add_argument("--plants", type=Path, metavar="CSV", help="plants instead of the district's")
    branch.add_argument("--users", type=Path, metavar="CSV", help="users instead of the district's")
    branch.add_argument("--assume", action="append", default=[], metavar="ID=VALUE", help="change an assumption")
    branch.add_argument("--gap", type=float, default=0.01, metavar="G", help="stop at this gap (0.01)")
    branch.add_argument("--time-limit", type=float, default=30.0, metavar="S", help="seconds to search (30)")
    for kind in FILES:
        branch.add_argument(f"--{kind}", type=Path, metavar="FILE", help=f"write a {kind.upper()} file")


def run(arguments: argparse.Namespace) -> Answer:
    """The plan, its hydraulic check and the files asked for; AtlasError naming the wish that cannot be met."""
    language: Language = arguments.lang
    assumed = _assumed(arguments.assume)
    district, found, problems = _candidates(arguments, assumed)
    target = _target_m3(arguments, found)
    print(text("network.searching", language), file=sys.stderr)
    plan = plan_network(
        found.nodes, found.arcs, target_m3=target, budget_yuan=arguments.budget_yuan, pinned=arguments.pin,
        forbidden=arguments.forbid, gap=arguments.gap, time_limit_s=arguments.time_limit,
    )  # fmt: skip
    if plan.wishes:
        sentences = " ".join(wish_sentence(wish, language) for wish in plan.wishes)
        raise AtlasError("network.infeasible", wishes=sentences, wish=", ".join(wish.kind for wish in plan.wishes))
    id_ = result_id(
        district.version, _wishes(arguments), {k: v for k, v in assumed.items() if k in _changed(arguments)}
    )
    rates = _rates(found, plan)
    figures = {"volume_m3": plan.volume_m3, "cost_yuan_per_year": plan.cost_yuan, "rate": rates["rate_after"]}
    paper, reason = paper_of(district, found, plan, assumed=assumed, result_id=id_, figures=figures, language=language)
    told = _document(paper, found, plan, rates=rates, reason=reason, language=language)
    told |= {"problems": problems, "files": _write(arguments, paper, language)}
    lines = [*plan_lines(told, language), *(text("cli.written", language, file=f) for f in told["files"].values())]
    return Answer(told, (*problems, *lines))


def _changed(arguments: argparse.Namespace) -> dict[str, float]:
    return changes(arguments.assume)


def _assumed(given: list[str]) -> dict[str, float]:
    return resolve((*ASSUMPTIONS, *limits.ASSUMPTIONS), changes(given))


def _candidates(arguments: argparse.Namespace, assumed: Mapping[str, float]) -> tuple[District, Candidates, list[str]]:
    """The district with the plants asked for, its candidate network, and what was wrong in the files."""
    district = open_district(settings().data)
    method = {key: value for key, value in assumed.items() if key.startswith("reclaimed_")}
    files: list[PointsFile] = []
    if arguments.plants:
        files.append(read_plants(arguments.plants, district))
        district = with_plants(district, files[-1])
    if arguments.users:
        files.append(read_users(arguments.users, district))
        places = places_of(files[-1], method)
    else:
        places = demand_places(district, method)
    print(text("network.routing", arguments.lang), file=sys.stderr)
    found = candidates_of(district, plant_supply(district, method), places, method)
    return district, found, [problem_text(problem, arguments.lang) for one in files for problem in one.problems]


def _target_m3(arguments: argparse.Namespace, found: Candidates) -> float | None:
    """The volume a year that the rate asked for means; AtlasError for a rate beyond 0–1 or without treated volumes."""
    rate = arguments.target_total_rate if arguments.target_rate is None else arguments.target_rate
    if rate is None:
        return None
    if not 0 <= rate <= 1:
        raise AtlasError("network.rate_wrong", value=rate)
    treated = float(found.plants["treated_m3"].sum()) if len(found.plants) else 0.0
    if treated <= 0:
        raise AtlasError("network.no_rate")
    existing = float(found.plants["reused_m3"].sum()) if arguments.target_rate is None else 0.0
    return max(rate * treated - existing, 0.0)


def _rates(found: Candidates, plan: NetworkPlan) -> dict[str, float | None]:
    """Reuse rates and their denominator: the water treated in a year."""
    treated, reused = (float(found.plants[column].sum()) for column in ("treated_m3", "reused_m3"))
    share = {"rate": plan.volume_m3, "rate_before": reused, "rate_after": reused + plan.volume_m3}
    rates = {name: volume / treated if treated > 0 else None for name, volume in share.items()}
    return {**rates, "treated_m3": treated, "reused_before_m3": reused}


def _wishes(arguments: argparse.Namespace) -> str:
    """The method and everything wished for, so that another wish gives another result id."""
    parts: list[object] = [METHOD, arguments.target_rate, arguments.target_total_rate, arguments.budget_yuan]
    parts += [sorted(arguments.pin), sorted(arguments.forbid), arguments.gap]
    for path in (arguments.plants, arguments.users):
        parts.append(hashlib.sha256(path.read_bytes()).hexdigest() if path else None)
    return repr(parts)


def _document(
    paper: NetworkPaper,
    found: Candidates,
    plan: NetworkPlan,
    *,
    rates: Mapping[str, float | None],
    reason: str | None,
    language: Language,
) -> dict[str, object]:
    pipes = paper.pipes.drop(columns="geometry").rename(columns={"from_node": "from", "to_node": "to"})
    pipes = pipes.assign(dn_mm=pipes["dn"].astype(float), flow_m3=pipes["m3_per_year"])
    seconds = 365 * 86_400.0
    pipes["flow_m3_per_s"] = pipes["m3_per_year"] / seconds
    uses = dict(zip(found.places["user"], found.places["use"], strict=True))
    told = plan_document(plan, uses=uses, pipes=pipes, rate=rates["rate"], language=language)
    told |= {key: value for key, value in rates.items() if key != "rate"}
    told["investment_yuan"] = paper.figures["capital_yuan"]
    told["hydraulics"] = check_document(paper.check, reason=reason)
    return {"version": paper.district.version, "result_id": paper.result_id, **told}


def _write(arguments: argparse.Namespace, paper: NetworkPaper, language: Language) -> dict[str, str]:
    """Write the files asked for; AtlasError where there is nothing EPANET could read."""
    written = {}
    for kind in FILES:
        path: Path | None = getattr(arguments, kind)
        if path is None:
            continue
        if kind == "gpkg":
            network_gpkg(paper, path, language=language)
        else:
            content = _content(kind, paper, language)
            with aside(path) as target:
                target.write_bytes(content)
        written[kind] = str(path)
    return written


def _content(kind: str, paper: NetworkPaper, language: Language) -> bytes:
    if kind == "dxf":
        return network_dxf(paper, language=language)
    if kind == "xlsx":
        return network_workbook(paper, language=language)
    if paper.check is None:
        raise AtlasError("network.no_inp")
    places = {node.id: (node.geometry.x, node.geometry.y) for node in paper.nodes.itertuples()}
    return inp_text(paper.check.layout, title=stamp(paper, language), places=places).encode("utf-8")
