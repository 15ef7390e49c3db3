"""What the rainwater page is to show: place, project, and the assumptions in force; and the case it comes from."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from analysis.methods.rainwater import METHOD
from analysis.methods.rainwater.ground import Ground
from analysis.methods.rainwater.outlook import Outlook
from analysis.methods.rainwater.subject import ProjectDetail
from analysis.question import Answer
from app import changes, faults, store
from app.parts.cases import case_line
from app.parts.notice import notice
from app.rainwater import store as rain_store
from app.rainwater.address import PROJECT
from app.rainwater.store import Changed, Choices
from app.state import Selection
from words import Language, text


@dataclass(frozen=True)
class Scene:
    """The page's subject; `key` is what every cached answer is asked for with."""

    mark: str
    language: Language
    township: str | None
    project: str | None
    changed: Changed
    choices: Choices

    @property
    def key(self) -> tuple[str, Changed, Choices]:
        """Data mark, changed assumptions, choices."""
        return self.mark, self.changed, self.choices

    @property
    def answer(self) -> Answer[Outlook] | Answer[ProjectDetail]:
        """What the page, its map and its workbook show."""
        return rain_store.place_answer(*self.key) if self.project is None else self._of_project

    @property
    def outlook(self) -> Outlook:
        """Rainwater of the whole district."""
        return rain_store.place_answer(*self.key).detail

    @property
    def detail(self) -> ProjectDetail:
        """The project looked at closely."""
        return self._of_project.detail

    @property
    def ground(self) -> Ground:
        """The record, the numbers and the rules that the answer stands on."""
        return self.answer.detail.ground

    @property
    def _of_project(self) -> Answer[ProjectDetail]:
        return rain_store.project_answer(*self.key, project=self.project or "")

    @property
    def place(self) -> str:
        """The township's name, or the whole district in words."""
        if self.township is None:
            return text("rainwater.page.whole", self.language)
        return store.district(self.mark).township(self.township).name


def _restore(id_: str, chosen: Selection, *, mark: str) -> None:
    case = changes.restore(METHOD, id_)
    case_line(case, mark=mark, language=chosen.language)
    if case.subject is not None and case.subject not in (chosen[PROJECT], chosen.township):
        notice(text("rainwater.page.case_subject", chosen.language, subject=case.subject), "missing")


def open_scene(chosen: Selection) -> Scene:
    """The scene the address asks for; AtlasError for a township, project or case that is not there."""
    mark = store.current()
    if chosen.case is not None:
        with faults.within(chosen.language, only=faults.BOX):
            _restore(chosen.case, chosen, mark=mark)
    if chosen.township is not None:
        store.district(mark).township(chosen.township)
    scene = Scene(
        mark=mark,
        language=chosen.language,
        township=chosen.township,
        project=chosen[PROJECT],
        changed=tuple(sorted(changes.changed(METHOD).items())),
        choices=tuple(sorted(changes.choices(METHOD).items())),
    )
    with st.spinner(text("rainwater.page.reckoning", chosen.language)):
        _ = scene.outlook.own_tanks if scene.project is None else scene.detail.answer
    return scene
