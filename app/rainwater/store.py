"""What the rainwater page is told: answers asked for once and kept by the id of their question."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analysis.asking import Asked
from analysis.finding import sources_of
from analysis.methods.rainwater import CHOICES, METHOD
from analysis.methods.rainwater.outlook import POTENTIAL_LAYERS, Outlook
from analysis.methods.rainwater.potential import headline
from analysis.methods.rainwater.subject import ProjectDetail
from analysis.question import Answer
from app import store
from layers.layer import Status
from maps.screen.district import district_map
from maps.screen.reliability import reliability_points
from words import Language, text

Changed = tuple[tuple[str, float], ...]
Choices = tuple[tuple[str, str], ...]
USUAL: dict[str, str] = {choice.name: str(choice.usual) for choice in CHOICES}


def rules(choices: Choices) -> dict[str, str]:
    """The simulation's rules with what was chosen."""
    return USUAL | {name: value for name, value in choices if name in USUAL}


def place_answer(mark: str, changed: Changed, choices: Choices) -> Answer[Outlook]:
    """Rainwater of the whole district; a township's page shows its part of the same answer."""
    return store.answered(mark, METHOD, _asked(changed, choices))


def project_answer(mark: str, changed: Changed, choices: Choices, *, project: str) -> Answer[ProjectDetail]:
    """One project; AtlasError `rainwater.unknown_project`."""
    return store.answered(mark, METHOD, _asked(changed, choices, subject=project))


def sizes_answer(
    mark: str, changed: Changed, choices: Choices, *, project: str, tanks_m3: tuple[float, ...]
) -> Answer[ProjectDetail]:
    """Other tank sizes for a project."""
    wish = {"part": "sizes", "tanks_m3": tanks_m3}
    return store.answered(mark, METHOD, _asked(changed, choices, subject=project, wish=wish))


def _asked(
    changed: Changed, choices: Choices, *, subject: str | None = None, wish: dict[str, object] | None = None
) -> Asked:
    return Asked(on=date.today(), assumptions=dict(changed), choices=rules(choices), subject=subject, wish=wish or {})


def sources(mark: str, *, layers: tuple[str, ...]) -> tuple[Status | None, str | None]:
    """Worst status and newest date of what a number rests on."""
    return sources_of(store.district(mark), layers)


def rain_map(mark: str, changed: Changed, choices: Choices, language: Language, home: str | None) -> str:
    """The district's map: usable rain by township, the projects by reliability, `home` framed."""
    answer = place_answer(mark, changed, choices)
    return _rain_map(answer.id, mark, language, home, answer)


@st.cache_resource(max_entries=60, show_spinner=False)
def _rain_map(id_: str, mark: str, language: Language, home: str | None, _answer: Answer[Outlook]) -> str:
    outlook, frame = _answer.detail, store.district(mark).frames.get("projects")
    shares = {project: one.volumetric_reliability for project, one in outlook.own_tanks.items()}
    points = None if frame is None else reliability_points(frame, shares, language=language)
    status, as_of = sources(mark, layers=POTENTIAL_LAYERS)
    issuers = store.issuers(mark, POTENTIAL_LAYERS, language)
    return district_map(
        store.prepared(mark),
        {code: headline(one)[1]["central"] for code, one in outlook.potentials.items()},
        indicator="rain_usable_m3",
        unit="m3_per_year",
        **store.map_facts(mark, language),
        source=issuers,
        as_of=as_of or "",
        result=text("app.result_line", language, id=id_),
        status=status,
        layers=(*POTENTIAL_LAYERS, "projects"),
        points=points,
        home=home,
    )
