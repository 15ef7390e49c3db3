"""Taking the check away: papers made when asked for, the case with its link, and setting the site aside to compare."""

from __future__ import annotations

import dataclasses
import json
from functools import partial

import streamlit as st

from app import store
from app.parts.cases import case_bar
from app.parts.files import file_buttons
from app.parts.notice import notice
from app.siting import session
from app.siting.address import SITE
from app.siting.scene import Scene
from app.siting.store import Found
from app.state import Selection
from reports.siting.case import SitingCase
from reports.siting.files import site_files
from words import text


def papers(scene: Scene, chosen: Selection, *, better: Found | None) -> None:
    """Buttons for the papers, the link, and comparison."""
    language = scene.language
    case = dataclasses.replace(scene.case, better=None if better is None else better.answer, day=scene.on)
    with st.container(key="siting_papers", horizontal=True, gap="small"):
        with st.popover(text("siting.page.papers.button", language)):
            makers = site_files(case, language=language, edition_line=store.edition_line(language))
            labels = {kind: text(f"siting.page.papers.{kind}", language) for kind in makers}
            file_buttons(makers, labels, name=_file_name(case, scene), key="siting")
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
