"""Several candidate sites side by side: verdicts, what differs, water; and the parcels of a file as candidates."""

from __future__ import annotations

import time
from collections.abc import Sequence

import streamlit as st

from app.jobs import Job
from app.parts.notice import heading, notice
from app.siting import session, store
from app.siting.controls import again, checking
from app.siting.scene import Scene
from app.siting.session import Given
from app.siting.sheet import chip
from reports.siting.case import SitingCase
from words import Language, text
from words.errors import AtlasError
from words.markup import safe
from words.units import quantity

MOST = 8
Column = tuple[Given, str, SitingCase | None, AtlasError | None]


def compare(scene: Scene) -> None:
    """The sites set aside and the one on show, one column each."""
    language = scene.language
    heading(text("siting.page.compare.title", language), below=text("siting.page.compare.sub", language))
    candidates = _candidates(scene)
    with st.spinner(text("siting.page.checking", language)):
        jobs = [_asked(scene, n, *one) for n, one in enumerate(candidates)]
        until = time.monotonic() + store.PATIENCE_S
        late = [job for job in jobs if isinstance(job, Job) and not job.wait(max(until - time.monotonic(), 0.0))]
    if late:
        checking(late[0], language, key="compare")
        return
    columns = [_judged(scene, *one, job) for one, job in zip(candidates, jobs, strict=True)]
    if len(columns) < 2:
        notice(text("siting.page.compare.few", language), "empty")
    if columns:
        st.html(f'<div class="atlas-scroll">{_table(columns, language)}</div>')
    with st.container(horizontal=True, gap="small"):
        for n, (given, said, _, _) in enumerate(columns):
            st.button(
                text("siting.page.compare.open", language, number=n + 1),
                key=f"siting_open_{n}",
                on_click=session.show,
                args=(given, said),
            )
        if session.others():
            st.button(text("siting.page.compare.drop", language), key="siting_drop", on_click=session.drop_others)


def _candidates(scene: Scene) -> list[tuple[Given, str]]:
    found = session.others()
    given = scene.given
    if given is not None:
        parts = [Given(wkb, label, given.notes, given.accuracy_m) for label, wkb in given.parcels]
        for one in parts or [given]:
            if all(one.wkb != held.wkb or scene.said != said for held, said in found):
                found.append((one, scene.said))
    return found[:MOST]


def _asked(scene: Scene, number: int, one: Given, said: str) -> Job | AtlasError:
    try:
        asked = store.asked_of(one, said, scene.changed, on=scene.on)
        return store.check_job(scene.mark, asked, watcher=f"{session.watcher()} compare {number}")
    except AtlasError as error:
        return error


def _judged(scene: Scene, one: Given, said: str, job: Job | AtlasError) -> Column:
    if isinstance(job, AtlasError):
        return one, said, None, job
    if job.result is None:
        again(job, scene.language, key=f"compare_{job.place}")
        return one, said, None, job.error or AtlasError("siting.errors.cancelled")
    return one, said, store.case_of(job.result, one, on=scene.on), None


def _table(columns: Sequence[Column], language: Language) -> str:
    cases = [case for _, _, case, _ in columns]
    heads = "".join(
        f"<th>{n}. {safe(case.name(language) if case else given.title)}</th>"
        for n, (given, _, case, _) in enumerate(columns, 1)
    )
    rows = [_line("worst", [_worst(column, language) for column in columns], language)]
    for key, cells in _figures(cases, language):
        rows.append(_line(key, cells, language))
    known = [case for case in cases if case is not None]
    for n, result in enumerate(known[0].verdicts.results if known else ()):
        verdicts = ["" if case is None else case.verdicts.results[n].verdict for case in cases]
        if set(verdicts) - {"", "clear"}:
            name = f"{result.check.number} {safe(text(f'siting.checks.{result.check.id}.name', language))}"
            cells = "".join(f"<td>{chip(verdict, language) if verdict else '–'}</td>" for verdict in verdicts)
            rows.append(f"<tr><td>{name}</td>{cells}</tr>")
    return f'<table class="atlas-facts wide compare"><tr><th></th>{heads}</tr>{"".join(rows)}</table>'


def _line(key: str, cells: Sequence[str], language: Language) -> str:
    inside = "".join(f"<td>{cell}</td>" for cell in cells)
    return f"<tr><td>{safe(text(f'siting.page.compare.{key}', language))}</td>{inside}</tr>"


def _worst(column: Column, language: Language) -> str:
    _, _, case, error = column
    if case is None:
        return safe(text(error.key, language, **error.facts)) if error else ""
    return chip(case.verdicts.worst, language)


def _figures(cases: Sequence[SitingCase | None], language: Language) -> list[tuple[str, list[str]]]:
    def cells(value: object) -> list[str]:
        return ["–" if case is None else safe(value(case)) for case in cases]  # type: ignore[operator]

    def places(case: SitingCase) -> str:
        return ", ".join(case.district.township(code).name for code in case.verdicts.site.townships)

    def mains(case: SitingCase) -> str:
        return quantity(case.water.mains.distance_m if case.water.mains else None, "m", language)

    def price(case: SitingCase) -> str:
        return quantity(case.water.mains.yuan_per_m3 if case.water.mains else None, "yuan_per_m3", language)

    return [
        ("not_made", cells(lambda case: str(len(case.verdicts.not_made)))),
        ("township", cells(places)),
        ("area", cells(lambda case: quantity(case.verdicts.site.area_m2, "m2_as_ha", language))),
        ("demand", cells(lambda case: quantity(case.inquiry.demand.m3_per_year, "m3_per_year", language))),
        ("mains", cells(mains)),
        ("price", cells(price)),
        ("share", cells(lambda case: quantity(case.water.unconventional_share, "share", language))),
    ]
