"""What the siting page is to show: the site and project in question, the answer or the refusal, and the saved check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st
from shapely.geometry.base import BaseGeometry

from analysis.asking import Asked
from analysis.methods.siting import METHOD
from app import changes, faults, store
from app.jobs import Job
from app.siting import session
from app.siting import store as siting_store
from app.siting.address import SHEET, SITE, VIEW
from app.siting.session import Given
from app.siting.store import Changed
from app.state import Selection
from records.cases import Case
from reports.siting.case import SitingCase
from words import Language, text
from words.errors import AtlasError


@dataclass(frozen=True)
class Scene:
    """The page's subject; `case` is the answer, none without a site or with `refusal` saying why there is none.

    `code` is the township whose map is shown; `said` the project as JSON; `on` the day whose rules count; `saved` the
    case in the address; `job` the check, `running` while it has not ended.
    """

    mark: str
    language: Language
    view: str
    given: Given | None
    said: str
    changed: Changed
    code: str
    on: date
    asked: Asked | None = None
    case: SitingCase | None = None
    refusal: AtlasError | None = None
    saved: Case | None = None
    job: Job | None = None
    running: bool = False

    @property
    def shape(self) -> BaseGeometry | None:
        """The place to show: the site judged, else the shape handed in."""
        if self.case is not None:
            return self.case.verdicts.site.geometry
        return self.given.shape if self.given is not None else None


def open_scene(chosen: Selection) -> Scene:
    """The scene the address and the session ask for; a feature that is not there is its refusal, and no site is given.

    AtlasError for a case that is not there.
    """
    mark = store.current()
    saved = None
    if chosen[SHEET] is not None:
        with faults.within(chosen.language, only=faults.BOX):
            saved = session.restore(chosen[SHEET])
    given, lost = _given(mark, chosen)
    base = siting_store.base_of(mark, given.pick if given is not None else None)
    said = siting_store.said_of(base, session.told())
    changed = tuple(sorted(changes.changed(METHOD).items()))
    today = date.today()
    facts = {
        "mark": mark,
        "language": chosen.language,
        "view": chosen[VIEW],
        "given": given,
        "said": said,
        "changed": changed,
        "code": _code(mark, chosen, given),
        "on": today,
        "saved": saved,
    }
    return Scene(**facts, **({"refusal": lost} if lost is not None else _answered(facts)))


def _answered(facts: Mapping[str, Any]) -> Mapping[str, object]:
    mark, given = facts["mark"], facts["given"]
    if given is None:
        return {}
    try:
        asked = siting_store.asked_of(given, facts["said"], facts["changed"], on=facts["on"])
        with st.spinner(text("siting.page.checking", facts["language"])):
            job = siting_store.check_job(mark, asked, watcher=session.watcher())
            if not job.wait(siting_store.PATIENCE_S):
                return {"asked": asked, "job": job, "running": True}
        if job.result is None:
            return {"asked": asked, "job": job, "refusal": job.error or AtlasError("siting.errors.cancelled")}
        return {"asked": asked, "job": job, "case": siting_store.case_of(job.result, given, on=facts["on"])}
    except AtlasError as error:
        return {"refusal": error}


def _given(mark: str, chosen: Selection) -> tuple[Given | None, AtlasError | None]:
    """The site of the address or the session, and why there is none where the address names one that is not there."""
    if chosen[SITE] is None:
        return session.given(), None
    row = siting_store.picked(mark, chosen[SITE])
    if row is None:
        return None, AtlasError("siting.page.errors.no_feature", id=chosen[SITE])
    shape = row["geometry"]
    return Given(shape.wkb_hex, row["name"] if isinstance(row["name"], str) else "", pick=chosen[SITE]), None


def _code(mark: str, chosen: Selection, given: Given | None) -> str:
    here = None if given is None else siting_store.township_at(mark, given.shape)
    if here is not None:
        return here
    if chosen.township is not None:
        return store.district(mark).township(chosen.township).code
    return next(iter(store.names(mark)))
