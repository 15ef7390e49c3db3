"""The files of a checked site, Word and PDF from one paper; what makes one is loaded when it is asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reports.files import Makers
from reports.paper.content import Paper
from reports.siting.case import SitingCase
from words import Language


def site_files(case: SitingCase, *, language: Language, edition_line: str | None) -> Makers:
    """Word, PDF, GeoPackage and KML."""

    @cache
    def paper() -> Paper:
        from reports.siting.paper import siting_paper

        return siting_paper(case, language=language, edition_line=edition_line)

    def docx(_: Path) -> bytes:
        from reports.paper.word import paper_docx

        return paper_docx(paper())

    def pdf(_: Path) -> bytes:
        from reports.paper.pdf import paper_pdf

        return paper_pdf(paper())

    def gpkg(path: Path) -> Path:
        from reports.siting.geopackage import siting_gpkg

        return siting_gpkg(case, path, language=language)

    def kml(_: Path) -> str:
        from reports.siting.placemarks import siting_kml

        return siting_kml(case, language=language)

    return {"docx": docx, "pdf": pdf, "gpkg": gpkg, "kml": kml}
