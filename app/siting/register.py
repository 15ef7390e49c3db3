"""The register: saved checks with the machine's verdict beside a reviewer's own conclusion and the promised saving."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.methods.siting import METHOD
from app import faults, state, store
from app.parts.cases import saved_at
from app.parts.notice import heading, notice, part
from app.parts.tables import show_table
from app.siting.scene import Scene
from records.cases import CaseHead, cases_of
from records.reviews import CONCLUSIONS, Review, add_review, last_reviews, reviews
from reports.book.table import Table
from reports.siting.checks import verdict_word
from words import Language, text
from words.errors import AtlasError
from words.units import UNITS, label, quantity

_ROWS, _PROBLEM, _DONE = "siting_register", "siting_review_problem", "siting_review_done"


def register(scene: Scene) -> None:
    """All saved checks, newest first; a row opens the check."""
    language, folder = scene.language, store.app_settings().state
    heading(text("siting.page.register.title", language), below=text("siting.page.register.sub", language))
    saved = cases_of(folder, METHOD)
    if not saved:
        notice(text("siting.page.register.empty", language), "empty")
        return
    last = last_reviews(folder)

    def opened(row: int) -> None:
        state.change(sheet=saved[row].id, site=None, view=None)

    rows = [_row(case, last.get(case.id), language) for case in saved]
    frame = pd.DataFrame(rows)
    heads = {name: text(f"siting.page.register.{name}", language) for name in frame}
    table = Table("", frame, heads, {"saving": "m3_per_year"})
    height = min(38 + 35 * len(rows), 620)
    show_table(table, language=language, key=_ROWS, on_row=opened, height=height)
    promised = sum(review.saving_m3 or 0.0 for id_, review in last.items() if id_ in {case.id for case in saved})
    notice(text("siting.page.register.promised", language, value=quantity(promised, "m3_per_year", language)))


def _row(case: CaseHead, review: Review | None, language: Language) -> dict[str, object]:
    return {
        "day": saved_at(case),
        "project": case.told.get("title", ""),
        "worst": verdict_word(case.told.get("worst", "unknown"), language),
        "not_made": case.told.get("not_made", ""),
        "conclusion": "" if review is None else text(f"siting.page.review.{review.conclusion}", language),
        "reviewer": "" if review is None else review.reviewer,
        "saving": None if review is None else review.saving_m3,
        "version": case.version,
        "id": case.id,
    }


def review_part(scene: Scene) -> None:
    """A reviewer's conclusion on the saved check on show, and the earlier ones."""
    if scene.saved is None:
        return
    language = scene.language
    part(text("siting.page.review.title", language))
    notice(text("siting.page.review.note", language))
    with faults.within(language, only=faults.BOX):
        for review in reviews(store.app_settings().state, scene.saved.id):
            notice(_said(review, language))
    with st.form("siting_review", border=False, clear_on_submit=False):
        left, middle, right = st.columns(3, gap="small")
        left.selectbox(
            text("siting.page.review.conclusion", language),
            CONCLUSIONS,
            format_func=lambda one: text(f"siting.page.review.{one}", language),
            key="siting_conclusion",
        )
        saving = text("siting.page.review.saving", language, unit=label("m3_per_year", language))
        middle.number_input(saving, min_value=0.0, value=None, step=0.5, key="siting_saving")
        right.text_input(text("siting.page.review.reviewer", language), key="siting_reviewer", max_chars=60)
        st.text_area(text("siting.page.review.words", language), key="siting_words", height=80, max_chars=2000)
        st.form_submit_button(text("siting.page.review.file", language), on_click=_file, args=(scene.saved.id,))
    problem = st.session_state.pop(_PROBLEM, None)
    if problem is not None:
        faults.show(problem, language)
    elif st.session_state.pop(_DONE, False):
        notice(text("siting.page.review.filed", language), "done")


def _said(review: Review, language: Language) -> str:
    facts = {
        "day": review.at.astimezone().strftime("%Y-%m-%d"),
        "reviewer": review.reviewer,
        "conclusion": text(f"siting.page.review.{review.conclusion}", language),
        "saving": quantity(review.saving_m3, "m3_per_year", language) if review.saving_m3 is not None else "–",
        "words": review.note,
    }
    return text("siting.page.review.said", language, **facts)


def _file(case_id: str) -> None:
    told = st.session_state
    saving = told.get("siting_saving")
    try:
        add_review(
            store.app_settings().state,
            case_id,
            conclusion=told["siting_conclusion"],
            note=told.get("siting_words") or "",
            saving_m3=None if saving is None else saving * UNITS["m3_per_year"].divisor,
            reviewer=told.get("siting_reviewer") or "",
        )
        told[_DONE] = True
    except AtlasError as error:
        told[_PROBLEM] = error
