"""Checks where a project may stand: one site with its papers, or every site of a layer."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from analysis.asking import Asked, ask
from analysis.methods.siting.answer.documents import layer_lines, layer_record, site_lines
from analysis.methods.siting.subject import LAYERS, layer_subject, site_subject
from analysis.proposal import Proposal
from app.settings import settings
from commands import Answer
from commands.asked import (
    add_answers,
    add_assume,
    add_files,
    answers,
    changes,
    chosen_district,
    write_files,
    written_lines,
)
from geo.files.encoding import text_codec
from intake.reading import read_pasted, read_proposal, read_site
from intake.site.reading import SiteFile
from layers.district import District
from reports.siting.case import case_of
from reports.siting.files import site_files
from words import Language
from words.errors import AtlasError

NAME = "check"
PAPERS = ("docx", "pdf", "gpkg", "kml")


def add(branches: argparse._SubParsersAction, shared: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    branch = branches.add_parser(NAME, parents=[shared], help="check a site, or every site of a layer")
    branch.add_argument("site", nargs="?", metavar="SITE", help="file with the site, or - for pasted text")
    branch.add_argument("--project", type=Path, metavar="FILE", help="TOML file about the project")
    branch.add_argument("--crs", help="coordinate system of the site where its numbers leave it open, as EPSG:4545")
    branch.add_argument("--source-layer", metavar="NAME", help="layer, sheet or folder of the file that holds the site")
    branch.add_argument("--within", choices=("township", "district"), default="township", help="where to look for more")
    branch.add_argument("--layer", choices=LAYERS, help="check every site of this layer instead")
    add_assume(branch)
    add_answers(branch)
    add_files(branch, PAPERS)


def run(arguments: argparse.Namespace) -> Answer:
    """The verdicts on the site, or on every site of the layer; AtlasError `siting.page.errors.no_site` for neither."""
    language: Language = arguments.lang
    changed = changes(arguments.assume)
    proposal = Proposal() if arguments.project is None else read_proposal(arguments.project)
    if arguments.site is None and arguments.layer is None:
        raise AtlasError("siting.page.errors.no_site")
    district = chosen_district(reads=arguments.site)
    if arguments.layer is not None:
        asked = Asked(on=arguments.on, assumptions=changed, subject=layer_subject(arguments.layer, proposal))
        told = layer_record(ask("siting", district, asked), district, on=arguments.on, language=language)
        return Answer(told, layer_lines(told, language))
    read = _read(arguments, district)
    subject = site_subject(read.geometry, proposal, name=read.own_name, accuracy_m=read.accuracy_m)
    asked = Asked(on=arguments.on, assumptions=changed, subject=subject)
    case = case_of(district, asked, better=arguments.within, notes=read.notes)
    told = case.record(language)
    makers = site_files(case, language=language, edition_line=settings().edition_line)
    told["files"] = write_files(arguments, makers)
    said = (*site_lines(told, language), *written_lines(told["files"], language), *told["read_as"], told["notice"])
    return Answer(told, said)


def _read(arguments: argparse.Namespace, district: District) -> SiteFile:
    named = {"site.crs": arguments.crs, "site.layer": arguments.source_layer}
    said = {**{key: value for key, value in named.items() if value is not None}, **answers(arguments.answer)}
    if arguments.site == "-":
        return read_pasted(_pasted(sys.stdin.buffer.read()), district, answers=said)
    return read_site(arguments.site, district, answers=said)


def _pasted(content: bytes) -> str:
    """What comes in as text, in whatever encoding a person saved it; what is none is left for the reader to refuse."""
    return content.decode(text_codec(content) or "utf-8", errors="surrogateescape").lstrip("\ufeff")
