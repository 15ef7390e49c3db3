"""Above the siting page what is to be done and where to begin; beside it a check that takes long, and cancelling it."""

from __future__ import annotations

import streamlit as st

from app import store
from app.jobs import Job
from app.parts.choices import bar, one_of, township_choice
from app.parts.notice import heading
from app.parts.running import running
from app.siting import session
from app.siting import store as siting_store
from app.siting.address import VIEWS
from app.siting.give import example_of, give
from app.siting.scene import Scene
from words import Language, text


def controls(scene: Scene) -> None:
    """One site, several, a layer, or the register; the township of the map; another site; the example."""
    language = scene.language
    with bar():
        one_of(
            text("siting.page.view", language), VIEWS, lambda view: text(f"siting.page.views.{view}", language),
            key="siting_view", now=scene.view, name="view",
        )  # fmt: skip
        if scene.view != "one":
            return
        if scene.given is None:
            label = text("siting.page.township", language)
            township_choice(label, store.names(scene.mark), key="siting_township", now=scene.code)
        else:
            if scene.case is not None:  # without an answer the ways to give a site stand on the page itself
                with st.popover(text("siting.page.other_site", language)):
                    give(scene)
            st.button(text("siting.page.begin_anew", language), key="siting_anew", on_click=session.pick, args=(None,))
        example = example_of(scene.mark)
        if example is not None:
            st.button(text("siting.page.example", language), key="siting_example", on_click=session.pick,
                      args=(example,))  # fmt: skip


def welcome(scene: Scene) -> None:
    """Before there is a site: what the page does."""
    heading(text("siting.page.heading", scene.language), below=text("siting.page.sub", scene.language))


def checking(job: Job, language: Language, *, key: str) -> None:
    """The running job of a check, of better places or of a layer."""

    def said(job: Job) -> tuple[float, str]:
        seconds, ahead = f"{job.elapsed:.0f}", siting_store.checks.ahead(job)
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
        text("siting.page.job.again", language),
        key=f"siting_again_{key}",
        on_click=siting_store.checks.drop,
        args=(job.key,),
    )
