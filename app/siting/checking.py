"""A check that takes long: how far it is, a button to cancel it, and the way to go on from one that was cancelled."""

from __future__ import annotations

import streamlit as st

from app.jobs import Job
from app.parts.running import running
from app.siting import store
from app.siting.scene import Scene
from words import Language, text


def checking(job: Job, language: Language, *, key: str) -> None:
    """The running job of a check, of better places or of a layer."""

    def said(job: Job) -> tuple[float, str]:
        seconds, ahead = f"{job.elapsed:.0f}", store.checks.ahead(job)
        if "count" not in job.told:
            return 0.0, text("siting.page.job.waiting", language, seconds=seconds, ahead=ahead)
        done, count = job.told["done"], job.told["count"]
        return done / count, text("siting.page.job.checking", language, seconds=seconds, done=done, count=count)

    stop, stopping = (text(f"siting.page.job.{name}", language) for name in ("stop", "stopping"))
    running(job, said, stop=stop, stopping=stopping, key=f"siting_stop_{key}")


def check_state(scene: Scene) -> None:
    """The running check of the site on show, or a way to do one anew that was cancelled or failed."""
    if scene.job is None:
        return
    if scene.running:
        checking(scene.job, scene.language, key="check")
    elif scene.case is None and (scene.job.stopped() or scene.job.error is not None):
        again(scene.job, scene.language, key="check")


def again(job: Job, language: Language, *, key: str) -> None:
    """A button that forgets a job which gave nothing, so that it is done anew."""
    st.button(
        text("siting.page.job.again", language), key=f"siting_again_{key}", on_click=store.checks.drop, args=(job.key,)
    )
