"""A case: saving what is on the screen under a link, and saying which saved case is on show."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app import faults, links, store
from app.parts.notice import notice
from app.state import Selection
from records.cases import Case, CaseHead
from words import Language, text
from words.errors import AtlasError
from words.markup import safe

_PROBLEM = "case_problem"


def case_bar(
    page: str,
    chosen: Selection,
    *,
    save: Callable[[], object],
    linked: bool = True,
    qr: bool = False,
    result_id: str | None = None,
) -> None:
    """A button that unfolds saving and the link; `save` may refuse. Not `linked` before there is anything to link.

    `result_id` is the id of the answer that the case will bring back.
    """
    language = chosen.language
    with st.popover(text("app.cases.button", language)):
        notice(text("app.cases.note", language))
        if result_id is not None:
            notice(text("app.result_line", language, id=result_id))
        st.button(text("app.cases.save", language), key=f"{page}_save", on_click=_saved, args=(save,))
        problem: AtlasError | None = st.session_state.pop(_PROBLEM, None)
        if problem is not None:
            faults.show(problem, language)
        if linked:
            link_box(links.address(page, chosen), qr=qr)


def link_box(address: str, *, qr: bool = True) -> None:
    """An address to copy, and as a QR code to scan."""
    if qr:
        picture = safe(store.qr(address))
        st.html(f'<img class="atlas-qr" src="{picture}" alt="{safe(address)}" width="176" height="176">')
    st.code(address, language=None, wrap_lines=True)


def case_line(case: Case, *, mark: str, language: Language) -> None:
    """That a saved case is on show, and whether the data have changed since."""
    now = store.district(mark).version
    if case.version != now:
        notice(text("app.cases.other_version", language, id=case.id, saved=case.version, now=now), "missing")
    else:
        notice(text("app.cases.shown", language, id=case.id, day=saved_at(case)), "done")


def saved_at(case: Case | CaseHead) -> str:
    """When a case was saved, on the clock of this machine."""
    return case.created.astimezone().strftime("%Y-%m-%d %H:%M")


def _saved(keep: Callable[[], object]) -> None:
    try:
        keep()
    except AtlasError as error:
        st.session_state[_PROBLEM] = error
