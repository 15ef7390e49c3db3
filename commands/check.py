"""Checks where a project may stand: one site with its papers, or every site of a layer."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from shapely import union_all

from analysis.assumption import resolve
from analysis.methods.siting import ASSUMPTIONS, Ground, Inquiry, Verdicts, as_record, make_site, water_for
from analysis.methods.siting.answer.alternatives import Alternative, alternatives
from analysis.methods.siting.answer.engine import examine
from analysis.methods.siting.answer.record import water_record
from analysis.methods.siting.answer.surface import suitability
from analysis.methods.siting.batch import LAYERS, judge_layer, summary
from analysis.proposal import Proposal
from app.settings import settings
from commands import Answer
from commands.asked import Maker, add_assume, add_files, changes, chosen_district, write_files, written_lines
from intake.reading import read_pasted, read_proposal, read_site, warm
from intake.site.reading import SiteFile
from layers.district import District
from reports.paper.content import Paper
from reports.siting.case import SitingCase, centre_of, place_verdict
from reports.siting.geopackage import siting_gpkg
from reports.siting.paper import siting_paper
from words import Language, text
from words.errors import AtlasError

NAME = "check"
PAPERS = ("docx", "pdf", "gpkg")


def add(branches: argparse._SubParsersAction, shared: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    branch = branches.add_parser(NAME, parents=[shared], help="check a site, or every site of a layer")
    branch.add_argument("site", nargs="?", metavar="SITE", help="file with the site, or - for pasted text")
    branch.add_argument("--project", type=Path, metavar="FILE", help="TOML file about the project")
    branch.add_argument("--crs", help="coordinate system of the site where its numbers leave it open, as EPSG:4545")
    branch.add_argument("--within", choices=("township", "district"), default="township", help="where to look for more")
    branch.add_argument("--layer", choices=LAYERS, help="check every site of this layer instead")
    add_assume(branch)
    add_files(branch, PAPERS)


def run(arguments: argparse.Namespace) -> Answer:
    """The verdicts on the site, or on every site of the layer; AtlasError `siting.page.errors.no_site` for neither."""
    language: Language = arguments.lang
    if arguments.site is not None:
        warm()  # while the district opens
    changed = changes(arguments.assume)
    assumed = resolve(ASSUMPTIONS, changed)
    proposal = Proposal() if arguments.project is None else read_proposal(arguments.project)
    if arguments.site is None and arguments.layer is None:
        raise AtlasError("siting.page.errors.no_site")
    ground = Ground(chosen_district())
    if arguments.layer is not None:
        return _layer(ground, assumed, layer=arguments.layer, proposal=proposal, language=language)
    read = _read(arguments.site, ground.district, arguments.crs)
    case = case_of(ground, read, proposal=proposal, changed=changed, within=arguments.within)
    told = document(case, language=language)
    told["files"] = write_files(arguments, makers(case, language=language))
    return Answer(told, lines(told, language))


def case_of(
    ground: Ground,
    read: SiteFile,
    *,
    proposal: Proposal,
    changed: Mapping[str, float],
    within: str = "township",
    better: bool = True,
) -> SitingCase:
    """Everything that is said of one site; better places are looked for in its townships or the whole district."""
    assumed = resolve(ASSUMPTIONS, changed)
    name = proposal.name or _name(read)
    site = make_site(read.geometry, ground.district, assumed=assumed, name=name, accuracy_m=read.accuracy_m)
    inquiry = Inquiry(site, proposal, ground, assumed)
    wanted = better and ground.terrain is not None
    places = tuple(better_places(inquiry, within=within)) if wanted else ()
    return SitingCase(
        inquiry=inquiry,
        verdicts=examine(site, proposal, ground=ground, assumed=assumed),
        water=water_for(inquiry),
        changed=changed,
        notes=read.notes,
        alternatives=places,
    )


def better_places(inquiry: Inquiry, *, within: str) -> list[Alternative]:
    """The best places in the site's townships or the whole district."""
    district, site = inquiry.ground.district, inquiry.site
    if within == "district":
        return alternatives(inquiry, suitability(inquiry))
    shapes = [district.township(code).geometry for code in site.townships]
    return alternatives(inquiry, suitability(inquiry, within=union_all(shapes)))


def document(case: SitingCase, *, language: Language) -> dict[str, object]:
    """The site as the command prints it."""
    told = as_record(case.verdicts, language=language)
    told["read_as"] = [text(note.key, language, **note.facts) for note in case.notes]
    told["proposal"] = dataclasses.asdict(case.verdicts.proposal)
    told["water"] = water_record(case.water)
    told["alternatives"] = [alternative(case, one) for one in case.alternatives]
    told["files"] = {}
    return told


def alternative(case: SitingCase, one: Alternative) -> dict[str, object]:
    """A better place as plain values."""
    lon, lat = centre_of(case.district, one.site.geometry)
    return {
        "rank": one.rank,
        "lon": lon,
        "lat": lat,
        "distance_m": one.distance_m,
        "townships": dict(one.site.townships),
        "worst": one.worst,
        "place_worst": place_verdict(one.verdicts),
        "not_made": _not_made(one.verdicts),
        "score": one.score,
        "criteria": dict(one.criteria),
        "better": list(one.better),
        "worse": list(one.worse),
        "best_rank": one.best_rank,
        "worst_rank": one.worst_rank,
        "kept_share": one.kept_share,
    }


def _not_made(verdicts: Verdicts) -> list[dict[str, object]]:
    """The checks that could not be made, and who owes what they lack."""
    return [{"check": result.check.id, "owner": result.owner} for result in verdicts.not_made]


def lines(told: Mapping[str, object], language: Language) -> tuple[str, ...]:
    """The site for people: the two lines, what is not clear with what would change it, how it was read, the notice."""
    rows = list(told["lines"])
    for check in told["checks"]:
        if check["verdict"] in ("prohibited", "restricted", "study"):
            name = text(f"siting.checks.{check['id']}.name", language)
            verdict = text(f"siting.verdicts.{check['verdict']}", language)
            ways = " ".join(flip["text"] for flip in check["flips_if"])
            rows.append(f"{check['number']} {name} [{verdict}] {check['reason']} {ways}".rstrip())
    return (*rows, *written_lines(told["files"], language), *told["read_as"], told["notice"])


def _read(given: str, district: District, crs: str | None) -> SiteFile:
    if given == "-":
        return read_pasted(sys.stdin.read(), district, crs=crs)
    return read_site(given, district, crs=crs)


def _name(read: SiteFile) -> str:
    """The name of the only parcel, when it has one that is no mere number."""
    names = [label for label, _ in read.parcels]
    return names[0] if len(names) == 1 and not names[0].isdigit() else ""


def makers(case: SitingCase, *, language: Language) -> dict[str, Maker]:
    """How each kind of file is made; Word and PDF from one paper."""

    @cache
    def paper() -> Paper:
        return siting_paper(case, language=language, edition_line=settings().edition_line)

    def docx(_: Path) -> bytes:
        from reports.paper.word import paper_docx

        return paper_docx(paper())

    def pdf(_: Path) -> bytes:
        from reports.paper.pdf import paper_pdf

        return paper_pdf(paper())

    return {"docx": docx, "pdf": pdf, "gpkg": lambda path: siting_gpkg(case, path, language=language)}


def _layer(
    ground: Ground, assumed: Mapping[str, float], *, layer: str, proposal: Proposal, language: Language
) -> Answer:
    judged = list(judge_layer(ground, assumed, layer=layer, proposal=proposal))
    counted = summary(judged)
    sites = []
    for one in judged:
        row: dict[str, object] = {"id": one.id, "name": one.name, "worst": one.worst, "not_made": []}
        if one.verdicts is not None:
            row |= {"result_id": one.verdicts.result_id, "not_made": _not_made(one.verdicts)}
        elif one.refusal is not None:
            row["refused"] = text(one.refusal.key, language, **one.refusal.facts)
        sites.append(row)
    told = {
        "data_version": ground.district.version,
        "layer": layer,
        "notice": text("siting.notice", language),
        "sites": sites,
        "summary": dataclasses.asdict(counted),
    }
    rows = [_site_line(row, language) for row in sites]
    return Answer(told, (*rows, told["notice"]))


def _site_line(row: Mapping[str, object], language: Language) -> str:
    verdict = text(f"siting.verdicts.{row['worst']}", language)
    said = row.get("refused") or text("siting.page.batch_not_made", language, count=len(row["not_made"]))
    return f"{row['id']} {row['name']}  {verdict}  {said}"
