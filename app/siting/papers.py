"""Taking the check away: papers made when asked for, the case with its link, and setting the site aside to compare."""

from __future__ import annotations

import dataclasses
import json
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from app import store
from app.parts.cases import case_bar
from app.parts.files import MIME
from app.parts.notice import notice
from app.siting import session
from app.siting import store as siting_store
from app.siting.address import SITE
from app.siting.scene import Scene
from app.state import Selection
from reports.siting.case import SitingCase
from words import text

_KINDS = ("docx", "pdf", "gpkg")


def papers(scene: Scene, chosen: Selection, *, better: siting_store.Found | None) -> None:
    """Buttons for the papers, the link, and comparison."""
    language = scene.language
    case = dataclasses.replace(
        scene.case,
        better=None if better is None else better.answer,
        day=scene.on,
    )
    with st.container(key="siting_papers", horizontal=True, gap="small"):
        with st.popover(text("siting.page.papers.button", language)):
            for kind in _KINDS:
                st.download_button(
                    text(f"siting.page.papers.{kind}", language),
                    _maker(case, kind, scene),
                    file_name=f"{_file_name(case, scene)}.{kind}",
                    mime=MIME[kind],
                    key=f"siting_{kind}",
                    on_click="ignore",
                    width="stretch",
                )
            notice(text("siting.page.papers.note", language))
        linked = scene.saved is not None or chosen[SITE] is not None
        case_bar("siting", chosen, save=partial(_save, scene), linked=linked, qr=True)
        st.button(
            text("siting.page.papers.compare", language),
            key="siting_aside",
            on_click=session.set_aside,
            args=(scene.given, scene.said),
        )
    if session.others():
        notice(text("siting.page.papers.set_aside", language, count=len(session.others())), "done")


def _file_name(case: SitingCase, scene: Scene) -> str:
    name = "".join(sign for sign in case.name(scene.language) if sign.isalnum())[:40]
    return f"{name or 'site'}-{case.result_id}"


def _maker(case: SitingCase, kind: str, scene: Scene) -> Callable[[], bytes]:
    language, edition = scene.language, store.edition_line(scene.language)

    def make() -> bytes:
        if kind == "gpkg":
            from reports.siting.geopackage import siting_gpkg

            with tempfile.TemporaryDirectory() as folder:
                return siting_gpkg(case, Path(folder) / "site.gpkg", language=language).read_bytes()
        from reports.paper.pdf import paper_pdf
        from reports.paper.word import paper_docx
        from reports.siting.paper import siting_paper

        paper = siting_paper(case, language=language, edition_line=edition)
        return paper_docx(paper) if kind == "docx" else paper_pdf(paper)

    return make


def _save(scene: Scene) -> None:
    verdicts = scene.case.verdicts
    results = {
        "title": scene.case.name(scene.language),
        "worst": verdicts.worst,
        "not_made": str(len(verdicts.not_made)),
        "result": scene.case.result_id,
        "area_m2": f"{verdicts.site.area_m2:.1f}",
        "townships": json.dumps(list(verdicts.site.townships)),
    }
    session.keep(
        scene.given,
        json.loads(scene.said),
        results=results,
        version=scene.case.district.version,
        subject=next(iter(verdicts.site.townships), None),
    )
