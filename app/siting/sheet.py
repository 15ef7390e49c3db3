"""The sheet: the verdict in one line, what could not be made in the second, then the checks that matter first."""

from __future__ import annotations

import dataclasses
import json

import streamlit as st

from analysis.finding import Verdict
from analysis.methods.siting.answer.flips import carried_out
from analysis.methods.siting.answer.record import flip_sentence, reason, two_lines
from analysis.methods.siting.check import Flip, Result
from app.parts.figure import status_mark
from app.parts.notice import notice, part
from app.siting import session
from app.siting.map import focus_on
from app.siting.scene import Scene
from maps.look.evidence import VERDICT_HUES
from reports.siting.checks import (
    bases_of,
    evidence_of,
    in_order,
    needs_line,
    owner_of,
    threshold_of,
    value_of,
    verdict_word,
)
from words import Language, text
from words.errors import AtlasError
from words.markup import safe

BADGES = {"prohibited": "red", "restricted": "orange", "study": "yellow", "clear": "green", "unknown": "gray"}
_TRIED = ("move", "demand", "substitute", "tank", "size", "source", "document")


def verdict_head(scene: Scene) -> None:
    """The two lines, and the notice that this is an aid."""
    verdicts = scene.case.verdicts
    first, second = two_lines(verdicts, scene.language)
    colour = VERDICT_HUES[verdicts.worst]
    counts = {verdict: 0 for verdict in VERDICT_HUES}
    for result in verdicts.results:
        counts[result.verdict] += 1
    facts = {"result": scene.case.result_id, "version": scene.case.district.version}
    marks = text("siting.paper.footer_undated", scene.language, **facts)
    day = text("siting.line_day", scene.language, day=scene.case.on)
    chips = "".join(
        f'<span class="atlas-chip {verdict}">{safe(verdict_word(verdict, scene.language))} {count}</span>'
        for verdict, count in counts.items()
        if count
    )
    st.html(
        f'<div class="atlas-verdict" style="--mark:{colour}" role="status"><p class="first">{safe(first)}</p>'
        f'<p class="second">{safe(second)}</p><p class="chips">{chips}</p>'
        f'<p class="notice">{safe(text("siting.notice", scene.language))}</p>'
        f'<p class="notice">{safe(f"{marks} · {day}")}</p></div>'
    )


def checks(scene: Scene) -> None:
    """The checks that matter unfold one by one; the clear ones are folded together, the unknown ones listed."""
    language = scene.language
    results = in_order(scene.case.verdicts.results)
    part(text("siting.page.sheet.title", language))
    matter = [result for result in results if result.verdict in ("prohibited", "restricted", "study")]
    if not matter:
        notice(text("siting.page.sheet.none", language), "done")
    for n, result in enumerate(matter):
        _one(scene, result, expanded=n == 0)
    unknown = [result for result in results if result.verdict == "unknown"]
    if unknown:
        part(text("siting.page.sheet.unknown", language, count=len(unknown)))
        _unknown(unknown, language)
    clear = [result for result in results if result.verdict == "clear"]
    if clear:
        with st.expander(text("siting.page.sheet.clear", language, count=len(clear))):
            _clear(clear, language)


def _one(scene: Scene, result: Result, *, expanded: bool) -> None:
    language, check = scene.language, result.check
    name = text(f"siting.checks.{check.id}.name", language)
    label = f":{BADGES[result.verdict]}-badge[{verdict_word(result.verdict, language)}] {check.number} {name}"
    with st.expander(label, expanded=expanded):
        st.html(f'<p class="atlas-reason">{safe(reason(result, language))}</p>{_facts(result, language)}')
        if result.judgement.evidence is not None:
            st.button(
                text("siting.page.sheet.on_map", language),
                key=f"siting_show_{check.id}",
                type="tertiary",
                on_click=focus_on,
                args=("evidence", str(check.number)),
            )
        _ways(scene, result)


def _facts(result: Result, language: Language) -> str:
    rows = [
        ("rule", text(f"siting.checks.{result.check.id}.rule", language)),
        ("value", value_of(result, language)),
        ("threshold", threshold_of(result, language)),
        ("basis", bases_of(result, language)),
        ("evidence", evidence_of(result, language)),
        ("owner", owner_of(result, language)),
    ]
    lines = [
        f"<tr><th>{safe(text(f'siting.page.sheet.{key}', language))}</th><td>{safe(value)}</td></tr>"
        for key, value in rows
    ]
    date = safe(result.as_of or "–")
    title = safe(text("siting.page.sheet.as_of", language))
    lines.append(f"<tr><th>{title}</th><td>{date} {status_mark(result.status, language)}</td></tr>")
    return f'<table class="atlas-facts">{"".join(lines)}</table>'


def _ways(scene: Scene, result: Result) -> None:
    """怎样才能通过: each computed change, with a button that tries it."""
    language = scene.language
    st.html(f'<p class="atlas-way">{safe(text("siting.page.sheet.ways", language))}</p>')
    if not result.flips:
        notice(text("siting.paper.no_change", language))
    for n, flip in enumerate(result.flips):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            notice(flip_sentence(flip, language))
            if flip.kind in _TRIED:
                st.button(
                    text("siting.page.sheet.try", language),
                    key=f"siting_try_{result.check.id}_{n}",
                    on_click=_try,
                    args=(scene, flip),
                )


def _try(scene: Scene, flip: Flip) -> None:
    """Carry a change out on the site and the project in question."""
    inquiry = scene.case.inquiry
    try:
        site, proposal = carried_out(flip, inquiry)
    except AtlasError as error:
        session.refuse(error)
        return
    known = json.loads(scene.said)
    after = json.loads(json.dumps(dataclasses.asdict(proposal), default=str))
    if site is not inquiry.site:
        session.move_to(site.geometry, scene.said, of=scene.given)
    for field, value in after.items():
        if value != known.get(field):
            session.tell(field, value)


def _unknown(results: list[Result], language: Language) -> None:
    rows = "".join(
        f"<li><b>{result.check.number} {safe(text(f'siting.checks.{result.check.id}.name', language))}</b> "
        f"{safe(reason(result, language))} {safe(needs_line(result, language))}</li>"
        for result in results
    )
    st.html(f'<ul class="atlas-list unknown">{rows}</ul>')


def _clear(results: list[Result], language: Language) -> None:
    heads = "".join(
        f"<th>{safe(text(f'siting.page.sheet.{key}', language))}</th>"
        for key in ("check", "evidence", "value", "threshold", "basis", "as_of")
    )
    rows = "".join(
        f"<tr><td>{result.check.number} {safe(text(f'siting.checks.{result.check.id}.name', language))}</td>"
        f"<td>{safe(evidence_of(result, language))}</td><td class='n'>{safe(value_of(result, language))}</td>"
        f"<td class='n'>{safe(threshold_of(result, language))}</td><td>{safe(bases_of(result, language))}</td>"
        f"<td>{safe(result.as_of or '–')} {status_mark(result.status, language)}</td></tr>"
        for result in results
    )
    st.html(f'<div class="atlas-scroll"><table class="atlas-facts wide"><tr>{heads}</tr>{rows}</table></div>')


def chip(verdict: Verdict, language: Language) -> str:
    """A verdict as a small coloured mark with its word, as HTML."""
    return f'<span class="atlas-chip {verdict}">{safe(verdict_word(verdict, language))}</span>'
