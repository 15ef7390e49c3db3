"""Checks where a project may stand: one site with its papers, or every site of a layer."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from analysis.asking import Asked, ask
from analysis.methods.siting.subject import LAYERS, layer_subject, site_subject
from analysis.proposal import Proposal
from app.settings import settings
from commands import Answer
from commands.asked import Maker, add_assume, add_files, changes, chosen_district, write_files, written_lines
from intake.reading import read_pasted, read_proposal, read_site, warm
from intake.site.reading import SiteFile
from layers.district import District
from reports.paper.content import Paper
from reports.siting.case import SitingCase, case_of
from reports.siting.document import layer_document, site_document
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
    proposal = Proposal() if arguments.project is None else read_proposal(arguments.project)
    if arguments.site is None and arguments.layer is None:
        raise AtlasError("siting.page.errors.no_site")
    district = chosen_district()
    if arguments.layer is not None:
        asked = Asked(on=arguments.on, assumptions=changed, subject=layer_subject(arguments.layer, proposal))
        told = layer_document(ask("siting", district, asked), version=district.version, language=language)
        return Answer(told, (*(_site_line(row, language) for row in told["sites"]), told["notice"]))
    read = _read(arguments.site, district, arguments.crs)
    subject = site_subject(read.geometry, proposal, name=read.own_name, accuracy_m=read.accuracy_m)
    asked = Asked(on=arguments.on, assumptions=changed, subject=subject)
    case = case_of(district, asked, better=arguments.within, notes=read.notes)
    told = site_document(case, language=language)
    told["files"] = write_files(arguments, makers(case, language=language))
    return Answer(told, lines(told, language))


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


def _site_line(row: Mapping[str, object], language: Language) -> str:
    verdict = text(f"siting.verdicts.{row['worst']}", language)
    said = row.get("refused") or text("siting.page.batch_not_made", language, count=len(row["not_made"]))
    return f"{row['id']} {row['name']}  {verdict}  {said}"
