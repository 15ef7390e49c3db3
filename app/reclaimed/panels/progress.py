"""While the network is sought: what is being done, how far it is, how good the best so far is, and a way to stop."""

from __future__ import annotations

import math

import streamlit as st

from analysis.methods.reclaimed import METHOD
from app import changes, jobs
from app.jobs import Job
from app.parts.notice import notice
from app.parts.running import running as running_job
from app.reclaimed.scene import Scene
from app.reclaimed.wish import SECONDS
from words import Language, text
from words.units import quantity


def progress(scene: Scene) -> None:
    """The running search, or why it failed, and the ways to go on from one that ended early."""
    if scene.job is None:
        return
    if scene.running:
        wish = scene.wish
        running(scene.job, aim=wish.aim, seconds=wish.seconds, key="reclaimed_stop", language=scene.language)
        return
    if scene.refusal is not None:
        notice(text(scene.refusal.key, scene.language, **scene.refusal.facts), "wrong")
    if scene.refusal is None and scene.solved is None:
        notice(text("reclaimed.page.stopped_waiting", scene.language), "missing")
    plan = None if scene.solved is None else scene.solved.done.plan
    with st.container(horizontal=True, gap="small"):
        if scene.job.stopped() or scene.refusal is not None:
            st.button(
                text("reclaimed.page.again", scene.language), key="reclaimed_again",
                on_click=jobs.desk.drop, args=(scene.job.key,),
            )  # fmt: skip
        if plan is not None and plan.status == "time_limit" and scene.wish.seconds <= SECONDS:
            st.button(
                text("reclaimed.page.longer", scene.language), key="reclaimed_longer", on_click=changes.choose,
                args=(METHOD, "seconds", "long"), kwargs={"usual": "short"},
            )  # fmt: skip


def running(job: Job, *, aim: str, seconds: float, key: str, language: Language) -> None:
    """How far a job is and a button to stop it, brought up to date by itself; the page runs again when it is over."""

    def said(job: Job) -> tuple[float, str]:
        told = {**job.told, "ahead": jobs.desk.ahead(job)}
        done = told["done"] / told["count"] if "count" in told else told.get("seconds", 0.0) / seconds
        return float(done), sentence(told, aim=aim, elapsed=job.elapsed, language=language)

    stop, stopping = text("reclaimed.page.stop", language), text("reclaimed.page.stopping", language)
    running_job(job, said, stop=stop, stopping=stopping, key=key)


def sentence(told: dict[str, object], *, aim: str, elapsed: float, language: Language) -> str:
    """What a search says of itself as a sentence."""
    phase = str(told.get("phase", "waiting"))
    seconds = f"{elapsed:.0f}"
    if phase == "waiting":
        return text("reclaimed.page.phases.waiting", language, seconds=seconds, ahead=told["ahead"])
    if phase in ("routing", "checking"):
        return text(f"reclaimed.page.phases.{phase}", language, seconds=seconds)
    if phase == "curve":
        return text("reclaimed.page.phases.curve", language, done=told["done"], count=told["count"])
    value, gap = told.get("objective"), told.get("gap")
    if value is None:
        return text("reclaimed.page.phases.searching", language, seconds=seconds)
    unit = "yuan_as_wan_yuan" if aim == "rate" else "m3_per_year"
    best = quantity(float(value), unit, language)
    known = gap is not None and math.isfinite(float(gap))
    said = quantity(float(gap), "share", language) if known else text("reclaimed.page.phases.no_gap", language)
    return text(f"reclaimed.page.phases.best_{aim}", language, seconds=seconds, best=best, gap=said)
