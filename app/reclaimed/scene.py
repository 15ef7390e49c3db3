"""What the reclaimed-water page shows: the assumptions and the wish, where they came from, and the plan's job."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import streamlit as st

from analysis.methods.reclaimed import METHOD
from app import changes, faults, jobs, store
from app.jobs import Job
from app.parts.cases import case_line
from app.reclaimed import store as reclaimed_store
from app.reclaimed.address import PIPE
from app.reclaimed.store import Changed, Choices, Ground, Solved
from app.reclaimed.wish import Wish
from app.state import Selection
from words import Language, text
from words.errors import AtlasError

_WATCHER = "reclaimed_watcher"


@dataclass(frozen=True)
class Scene:
    """The page's subject; `job` none where there is nothing to plan, `pipe` the pipe looked at.

    `solved` is the plan, none while it is sought or where none was found; `refusal` says why it failed;
    `running` was looked up once, so that all of the page speaks of the same moment.
    """

    mark: str
    language: Language
    changed: Changed
    choices: Choices
    ground: Ground
    wish: Wish
    job: Job | None
    pipe: str | None
    solved: Solved | None = None
    refusal: AtlasError | None = None
    running: bool = False

    @property
    def ground_key(self) -> Changed:
        """The changes that plants and places depend on."""
        return reclaimed_store.without_prices(self.changed)

    @property
    def network(self) -> Solved | None:
        """The plan where it has a network to show."""
        return None if self.solved is None or self.solved.done.plan.objective is None else self.solved


def open_scene(chosen: Selection) -> Scene:
    """The scene the address asks for; the plan is sought in the background. AtlasError for an unknown case."""
    mark, language = store.current(), chosen.language
    if chosen.case is not None:
        with faults.within(language, only=faults.BOX):
            case_line(changes.restore(METHOD, chosen.case), mark=mark, language=language)
    changed = tuple(sorted(changes.changed(METHOD).items()))
    choices = tuple(sorted(changes.choices(METHOD).items()))
    with st.spinner(text("reclaimed.page.reckoning", language)):
        ground = reclaimed_store.ground(mark, reclaimed_store.without_prices(changed))
    wish = reclaimed_store.wish(mark, changed, choices)
    job = None
    if plannable(mark, ground):
        job = reclaimed_store.plan_job(mark, changed, wish, watcher=watcher())
        if not job.over:
            jobs.desk.leave(f"{watcher()} curve")
    running = job is not None and not job.over
    solved, refusal = (None, None) if running else _solved(mark, changed, wish, job)
    return Scene(mark, language, changed, choices, ground, wish, job, chosen[PIPE], solved, refusal, running)


def _solved(mark: str, changed: Changed, wish: Wish, job: Job | None) -> tuple[Solved | None, AtlasError | None]:
    """The plan at the prices of the moment, or why there is none: a plan that failed does not cost the page."""
    if job is None or job.result is None:
        return None, None if job is None else job.error
    try:
        return reclaimed_store.solved(mark, changed, wish, job.result), None
    except Exception as error:
        return None, store.refusal(error)


def plannable(mark: str, ground: Ground) -> bool:
    """Whether there are plants, places and relief to plan on."""
    return len(ground.plants) > 0 and len(ground.places) > 0 and store.district(mark).has("elevation")


def watcher() -> str:
    """This session's name at the desk."""
    return st.session_state.setdefault(_WATCHER, uuid.uuid4().hex)
