"""Every site of a layer checked alike: how many came to what, and a table whose rows open the site."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.finding import Verdict
from analysis.methods.siting.batch import Judged, summary
from analysis.methods.siting.subject import LAYERS
from app.parts.choices import one_of
from app.parts.figure import Figure, figures
from app.parts.notice import heading, notice, part
from app.parts.tables import show_table
from app.siting import session, store
from app.siting.controls import again, checking
from app.siting.scene import Scene
from maps.look.evidence import VERDICT_HUES
from reports.book.table import Table
from reports.siting.checks import verdict_word
from words import Language, text
from words.errors import AtlasError

_LAYER, _ROWS = "siting_layer", "siting_batch"


def batch(scene: Scene) -> None:
    """Choose a layer, see the summary and the sites."""
    language = scene.language
    heading(text("siting.page.batch.title", language), below=text("siting.page.batch.sub", language))
    label = text("siting.page.batch.layer", language)
    layer = one_of(label, LAYERS, lambda one: text(f"layers.{one}.name", language), key=_LAYER)
    with st.spinner(text("siting.page.batch.checking", language)):
        asked = store.layer_asked(layer, scene.said, scene.changed, on=scene.on)
        job = store.check_job(scene.mark, asked, watcher=f"{session.watcher()} batch")
        over = job.wait(store.PATIENCE_S)
    if not over:
        checking(job, language, key="batch")
        return
    if job.result is None:
        error = job.error or AtlasError("siting.errors.cancelled")
        notice(text(error.key, language, **error.facts), "missing")
        again(job, language, key="batch")
        return
    judged = store.batch(scene.mark, asked)
    _cards(judged, language)
    notice(f"{text('siting.line_day', language, day=scene.on)} {text('siting.notice', language)}")
    _table(judged, layer, language)


def _cards(judged: tuple[Judged, ...], language: Language) -> None:
    counted = summary(judged)
    shown = [
        Figure(verdict_word(verdict, language), str(counted.worst.get(verdict, 0)), colour=colour)
        for verdict, colour in VERDICT_HUES.items()
    ]
    figures(shown, language=language, layout="dense")
    top = list(counted.constraints.items())[:5]
    if top:
        said = [
            text("siting.page.batch.bar", language, check=text(f"siting.checks.{id_}.name", language), count=count)
            for id_, count in top
        ]
        notice(text("siting.page.batch.bars", language, checks=text("siting.paper.joint", language).join(said)))


def _table(judged: tuple[Judged, ...], layer: str, language: Language) -> None:
    part(text("siting.page.batch.sites", language))
    heads = {key: text(f"siting.page.batch.{key}", language) for key in ("site", "worst", "bars_title", "not_made")}
    rows = [
        (one.name or one.id, verdict_word(one.worst, language), _bars(one, language), _open_count(one, language))
        for one in judged
    ]

    def opened(row: int) -> None:
        session.pick(f"{layer}:{judged[row].id}")

    table = Table("", pd.DataFrame(rows, columns=list(heads)), heads)
    height = min(38 + 35 * len(rows), 620)
    show_table(table, language=language, key=_ROWS, on_row=opened, height=height)


def _bars(one: Judged, language: Language) -> str:
    if one.verdicts is None:
        return text(one.refusal.key, language, **one.refusal.facts) if one.refusal else ""
    levels: tuple[Verdict, ...] = ("prohibited", "restricted")
    names = [
        text(f"siting.checks.{result.check.id}.name", language)
        for level in levels
        for result in one.verdicts.results
        if result.verdict == level
    ]
    return text("siting.paper.joint", language).join(names)


def _open_count(one: Judged, language: Language) -> str:
    return "–" if one.verdicts is None else str(len(one.verdicts.not_made))
