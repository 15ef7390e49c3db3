"""Better places: where, how firm their rank is, the weights that decide, and the surface to take away."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st
from shapely.geometry.base import BaseGeometry

from analysis.asking import Asked
from analysis.formulas.ahp import ahp_weights
from analysis.methods.siting import METHOD, WITHIN
from analysis.methods.siting.answer.surface import CRITERIA
from app import changes
from app.parts.assumptions import slider_row
from app.parts.choices import one_of
from app.parts.files import file_button
from app.parts.notice import notice, part
from app.siting import session, store
from app.siting.assumptions import SLIDERS
from app.siting.controls import again, checking
from app.siting.map import focus_on
from app.siting.scene import Scene
from app.siting.session import Given
from app.siting.sheet import chip
from app.siting.store import Found
from reports.siting.paper import firmness, reasons_of
from words import Language, text
from words.errors import AtlasError
from words.markup import safe
from words.units import quantity

_ASKED, _WHERE = "siting_better", "siting_within"
_SCALE = ("1/9", "1/7", "1/5", "1/3", "1", "3", "5", "7", "9")


def asked(scene: Scene) -> Found | None:
    """The better places, once a person has asked for them; none before, while sought, or where none can be found."""
    wished = _wished(scene)
    if wished is None:
        return None
    with st.spinner(text("siting.page.better.looking", scene.language)):
        job = store.check_job(scene.mark, wished, watcher=f"{session.watcher()} better")
        if not job.wait(store.PATIENCE_S) or job.result is None:
            return None
    return store.better(scene.mark, wished)


def _wished(scene: Scene) -> Asked | None:
    if not st.session_state.get(_ASKED) or scene.asked is None or scene.case is None:
        return None
    return store.better_asked(scene.asked, within=st.session_state.get(_WHERE, WITHIN[0]))


def _sought(scene: Scene) -> None:
    """The search that runs, or why it gave nothing."""
    wished = _wished(scene)
    job = None if wished is None else store.check_job(scene.mark, wished, watcher=f"{session.watcher()} better")
    if job is None or job.result is not None:
        return
    if not job.over:
        checking(job, scene.language, key="better")
        return
    error = job.error or AtlasError("siting.errors.cancelled")
    notice(text(error.key, scene.language, **error.facts), "missing")
    again(job, scene.language, key="better")


def better_part(scene: Scene, found: Found | None) -> None:
    """Ask for better places, or show them with weights and download."""
    language = scene.language
    part(text("siting.page.better.title", language))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.toggle(text("siting.page.better.ask", language), key=_ASKED)
        label = text("siting.page.better.within", language)
        one_of(label, WITHIN, lambda where: text(f"siting.page.better.{where}", language), key=_WHERE)
        if found is not None:
            label, name = text("siting.page.better.tif", language), f"suitability-{found.answer.id}.tif"
            file_button(label, lambda: store.surface_tif(found), name=name, key="siting_tif")
    if found is None:
        _sought(scene)
        return
    if found.places:
        _table(scene, found)
    else:
        notice(text("siting.paper.no_better", language), "missing")
    with st.expander(text("siting.page.better.weights", language)):
        _weights(language)
    with st.expander(text("siting.page.better.pairs", language)):
        _pairs(language)


def _table(scene: Scene, found: Found) -> None:
    language = scene.language
    for one in found.places:
        here = one.place_worst
        said = [quantity(one.distance_m, "m_as_km", language), f"{one.score:.2f}", reasons_of(one, language)]
        anywhere = safe(text("siting.page.better.wherever", language))
        whole = "" if here == one.worst else f" · {anywhere}{chip(one.worst, language)}"
        st.html(
            f'<p class="atlas-place"><b>{one.rank}</b> {chip(here, language)} {safe(" · ".join(said))}'
            f"<br><small>{safe(firmness(one, language))}{whole}</small></p>"
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                text("siting.page.sheet.on_map", language),
                key=f"siting_place_{one.rank}",
                type="tertiary",
                on_click=focus_on,
                args=("place", str(one.rank)),
            )
            st.button(
                text("siting.page.better.take", language),
                key=f"siting_take_{one.rank}",
                on_click=_take,
                args=(one.site.geometry, scene.said, scene.given),
            )


def _take(shape: BaseGeometry, said: str, of: Given) -> None:
    session.move_to(shape, said, of=of)


def _weights(language: Language) -> None:
    """The weights themselves; they need not sum to one."""
    columns = st.columns(3, gap="small")
    for n, one in enumerate(SLIDERS.values()):
        with columns[n % 3]:
            slider_row(METHOD, one, language=language, step=0.01, then=session.touched)


def _pairs(language: Language) -> None:
    """Weights by comparing the criteria two by two (AHP), with the consistency ratio."""
    notice(text("siting.page.better.pairs_help", language))
    names = {name: text(f"siting.criteria.{name}", language) for name in CRITERIA}
    columns = st.columns(3, gap="small")
    pairs = [(a, b) for at, a in enumerate(CRITERIA) for b in CRITERIA[at + 1 :]]
    for n, (a, b) in enumerate(pairs):
        st.session_state.setdefault(f"siting_pair_{a}_{b}", "1")
        with columns[n % 3]:
            st.select_slider(f"{names[a]} : {names[b]}", _SCALE, key=f"siting_pair_{a}_{b}")
    found = ahp_weights(_judgements(pairs))
    shown = " · ".join(f"{names[name]} {share:.2f}" for name, share in zip(CRITERIA, found.weights, strict=True))
    ratio = text("siting.page.better.ratio", language, ratio=f"{found.consistency_ratio:.3f}")
    verdict = text(f"siting.page.better.{'consistent' if found.consistent else 'inconsistent'}", language)
    notice(f"{shown}. {ratio} {verdict}", "done" if found.consistent else "missing")
    st.button(
        text("siting.page.better.use", language), key="siting_use_pairs", on_click=_use, args=(found.weights,),
        disabled=not found.consistent,
    )  # fmt: skip


def _judgements(pairs: Sequence[tuple[str, str]]) -> np.ndarray:
    matrix = np.ones((len(CRITERIA), len(CRITERIA)))
    for a, b in pairs:
        above, _, below = st.session_state[f"siting_pair_{a}_{b}"].partition("/")
        row, column = CRITERIA.index(a), CRITERIA.index(b)
        matrix[row, column] = float(above) / float(below or 1)
        matrix[column, row] = 1 / matrix[row, column]
    return matrix


def _use(weights: Sequence[float]) -> None:
    for name, weight in zip(CRITERIA, weights, strict=True):
        changes.change(METHOD, SLIDERS[name], round(float(weight), 4))
    session.touched()
