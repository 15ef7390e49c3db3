"""Money: prices as sliders, what the system earns and saves, and what a larger budget would buy."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.methods.reclaimed import METHOD
from analysis.methods.reclaimed.economics import PRICES
from app import jobs
from app.jobs import Job
from app.parts.assumptions import slider_row
from app.parts.notice import notice, part
from app.reclaimed import charts, store
from app.reclaimed.panels.progress import running
from app.reclaimed.panels.tables import show_frame
from app.reclaimed.scene import Scene, watcher
from reports.reclaimed.money import INVESTMENT, investment_rows, money_rows
from words import text
from words.units import number, quantity

_WAN = 10_000.0


def money_part(scene: Scene) -> None:
    """Sliders for subsidy and price beside what follows from them; nothing is sought anew."""
    language = scene.language
    part(text("reclaimed.page.parts.money", language))
    left, right = st.columns([1, 1.4], gap="large")
    with left:
        for id_ in PRICES:
            slider_row(METHOD, store.BY_ID[id_], language=language)
    with right:
        said = scene.network.done.economics
        frame = pd.DataFrame(money_rows(said, language), columns=["what", "amount"])
        show_frame(
            frame, units={}, figures=("amount",), language=language, key="reclaimed_money", height="content"
        )  # fmt: skip
        notice(text("reclaimed.page.money_note", language, years=number(said.contract_years, "years", language)))
    _investment(scene)


def _investment(scene: Scene) -> None:
    """The lines of the investment, folded."""
    language, said = scene.language, scene.network.done.economics
    with st.expander(text("reclaimed.page.parts.investment", language)):
        frame = pd.DataFrame(investment_rows(said, language), columns=list(INVESTMENT))
        show_frame(
            frame, units={}, figures=INVESTMENT[1:], language=language, key="reclaimed_investment", height="content"
        )  # fmt: skip


def curve_part(scene: Scene) -> None:
    """What a larger or smaller yearly budget would buy, on request."""
    language = scene.language
    part(text("reclaimed.page.parts.curve", language))
    job = jobs.desk.peek(store.curve_key(scene.mark, scene.changed, scene.wish))
    if job is not None and job.error is not None:
        notice(text(job.error.key, language, **job.error.facts), "wrong")
    if job is None or job.error is not None:
        notice(text("reclaimed.page.curve_note", language, count=len(store.CURVE_SHARES)))
        st.button(text("reclaimed.page.curve_ask", language), key="reclaimed_curve", on_click=_ask, args=(scene,))
    elif not job.over:
        seconds = store.CURVE_SECONDS
        running(job, aim="budget", seconds=seconds, key="reclaimed_curve_stop", language=language)
    else:
        _drawn(scene, job)


def _ask(scene: Scene) -> None:
    jobs.desk.drop(store.curve_key(scene.mark, scene.changed, scene.wish))  # one that failed is done anew
    store.curve_job(
        scene.mark, scene.changed, scene.wish, cost_yuan=scene.network.done.plan.cost_yuan, watcher=f"{watcher()} curve"
    )


def _drawn(scene: Scene, job: Job) -> None:
    language = scene.language
    points = job.result or ()
    if len(points) < 2:
        notice(text("reclaimed.page.curve_empty", language), "empty")
        return
    frame = pd.DataFrame({
        "cost": [p.cost_yuan / _WAN for p in points], "volume": [p.volume_m3 / _WAN for p in points],
        "gap": ["—" if p.gap is None else quantity(p.gap, "share", language) for p in points],
    })  # fmt: skip
    plan = scene.network.done.plan
    figure = charts.curve(frame, chosen=(plan.cost_yuan / _WAN, plan.volume_m3 / _WAN), language=language)
    st.altair_chart(figure, width="stretch", alt=text("reclaimed.page.parts.curve", language))
    notice(text("reclaimed.page.curve_said", language))
