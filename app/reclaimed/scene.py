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

_WATCHER = "reclaimed_watcher"


@dataclass(frozen=True)
class Scene:
    """The page's subject; `job` none where there is nothing to plan, `pipe` the pipe looked at."""

    mark: str
    language: Language
    changed: Changed
    choices: Choices
    ground: Ground
    wish: Wish
    job: Job | None
    pipe: str | None

    @property
    def ground_key(self) -> Changed:
        """The changes that plants and places depend on."""
        return reclaimed_store.without_prices(self.changed)

    @property
    def solved(self) -> Solved | None:
        """The plan, none while it is sought or where none was found."""
        if self.job is None or self.job.result is None:
            return None
        return reclaimed_store.solved(self.mark, self.changed, self.wish, self.job.result)

    @property
    def network(self) -> Solved | None:
        """The plan where it has a network to show."""
        solved = self.solved
        return None if solved is None or solved.done.plan.objective is None else solved


def open_scene(chosen: Selection) -> Scene:
    """The scene the address asks for; the plan is sought in the background. AtlasError for an unknown case."""
    mark, language = store.current(), chosen.language
    if chosen.case is not None:
        with faults.within(language, only=faults.BOX):
            case_line(changes.restore(METHOD, chosen.case, reclaimed_store.BY_ID), mark=mark, language=language)
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
        elif job.error is not None:
            jobs.desk.drop(job.key)
            raise job.error
    return Scene(mark, language, changed, choices, ground, wish, job, chosen[PIPE])


def plannable(mark: str, ground: Ground) -> bool:
    """Whether there are plants, places and relief to plan on."""
    return len(ground.plants) > 0 and len(ground.places) > 0 and store.district(mark).has("elevation")


def watcher() -> str:
    """This session's name at the desk."""
    return st.session_state.setdefault(_WATCHER, uuid.uuid4().hex)
