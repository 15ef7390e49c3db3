"""What the rainwater page keeps between runs, keyed by the data's mark and the sorted changed assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from analysis.assumption import resolve
from analysis.finding import result_id, sources_of
from analysis.formulas.rain.record import LONG_ENOUGH_YEARS, Record
from analysis.methods import rainwater
from analysis.methods.rainwater.assumptions import ASSUMPTIONS
from analysis.methods.rainwater.cover import township_runoff_m3
from analysis.methods.rainwater.detail import Days, Drainage, Size, days_of, drainage, sizes_of
from analysis.methods.rainwater.obligations import Obligation, obligations
from analysis.methods.rainwater.potential import Potential, district_record, potential, township_rain_mm
from analysis.methods.rainwater.projects import (
    Answer,
    RainProject,
    answer,
    control_rain_mm,
    local_record,
    projects_of,
    simulate,
)
from app import store
from app.map_view import LEAFLET
from layers.layer import Status
from maps.screen.district import district_map
from maps.screen.reliability import reliability_points
from words import Language

Changed = tuple[tuple[str, float], ...]
Choices = tuple[tuple[str, str], ...]
USUAL = {"rule": "yas", "first_flush_rule": "per_spell"}


@dataclass(frozen=True)
class Own:
    """A project with what its own tank does: yearly yield in m³ and reliabilities, none without a record."""

    project: RainProject
    yield_m3: float | None
    volumetric_reliability: float | None
    time_reliability: float | None


@dataclass(frozen=True)
class Outlook:
    """Rainwater of the whole district under one set of assumptions; `design_own` tells whether the record gave it."""

    result_id: str
    record: Record | None
    design_mm: float
    design_own: bool
    potentials: Mapping[str, Potential]
    runoff_m3: Mapping[str, float] | None
    owed: tuple[Obligation, ...]


def assumed(changed: Changed) -> dict[str, float]:
    """The value of every assumption."""
    return resolve(ASSUMPTIONS, dict(changed))


@st.cache_resource(max_entries=2, show_spinner=False)
def record(mark: str) -> Record | None:
    """The district's daily rain."""
    return district_record(store.district(mark))


@st.cache_resource(max_entries=16, show_spinner=False)
def outlook(mark: str, changed: Changed) -> Outlook:
    """Usable rain, runoff and obligations of every township."""
    district, values, days = store.district(mark), assumed(changed), record(mark)
    design, own = (values["rain_fallback_design_mm"], False) if days is None else control_rain_mm(days, values)
    runoff = township_runoff_m3(district, township_rain_mm(district, days), values)
    return Outlook(
        result_id=result_id(district.version, rainwater.METHOD, dict(changed)),
        record=days,
        design_mm=design,
        design_own=own,
        potentials={found.township: found for found in potential(district, values)},
        runoff_m3=None if runoff is None else runoff.to_dict(),
        owed=tuple(obligations(district, values, design_mm=design)),
    )


@st.cache_resource(max_entries=2, show_spinner=False)
def projects(mark: str) -> Mapping[str, RainProject] | None:
    """The rainwater projects with a catchment, by id; none when the layer is absent."""
    frame = store.district(mark).frames.get("projects")
    return None if frame is None else {project.id: project for project in projects_of(frame)}


@st.cache_resource(max_entries=64, show_spinner=False)
def local(mark: str, township: str) -> Record | None:
    """The record's whole years scaled to a township's mean rain."""
    days = record(mark)
    if days is None:
        return None
    return local_record(days, township_rain_mm(store.district(mark), days).get(township))


@st.cache_resource(max_entries=16, show_spinner=False)
def own_tanks(mark: str, changed: Changed, choices: Choices) -> Mapping[str, Own]:
    """Every project with what the tank it has does."""
    return {id_: _own(mark, project, changed, choices) for id_, project in (projects(mark) or {}).items()}


def _own(mark: str, project: RainProject, changed: Changed, choices: Choices) -> Own:
    days = local(mark, project.township)
    if days is None:
        return Own(project, None, None, None)
    done = simulate(project, days, assumed(changed), capacity_m3=project.tank_m3, **rules(choices))
    shares = [float(share[0]) for share in (done.volumetric_reliability, done.time_reliability)]
    known = [share if share == share else None for share in shares]
    return Own(project, float(done.yield_m3[0]) / len(days.whole_years), *known)


@st.cache_resource(max_entries=200, show_spinner=False)
def project_answer(mark: str, id_: str, changed: Changed, choices: Choices) -> Answer:
    """Everything about one project but its days."""
    project = projects(mark)[id_]
    return answer(project, local(mark, project.township), assumed(changed), **rules(choices))


@st.cache_resource(max_entries=50, show_spinner=False)
def project_days(mark: str, id_: str, changed: Changed, choices: Choices) -> Days:
    """What the project's tank does on every day of the record."""
    project = projects(mark)[id_]
    return days_of(project, local(mark, project.township), assumed(changed), **rules(choices))


def project_storm(mark: str, id_: str, changed: Changed, choices: Choices) -> Drainage | None:
    """A design storm on the project; none where the district has no storm formula."""
    mean = float(project_days(mark, id_, changed, choices).trace.stored_m3.mean())
    storm = store.district(mark).settings.storm
    return drainage(projects(mark)[id_], assumed(changed), storm=storm, stored_m3=mean)


def project_sizes(
    mark: str, id_: str, changed: Changed, choices: Choices, *, tanks_m3: tuple[float, ...]
) -> list[Size]:
    """Other tank sizes for a project."""
    project = projects(mark)[id_]
    days = local(mark, project.township)
    return sizes_of(project, days, assumed(changed), tanks_m3=tanks_m3, **rules(choices))


def rules(choices: Choices) -> dict[str, str]:
    """The simulation's rules with what was chosen."""
    return USUAL | {name: value for name, value in choices if name in USUAL}


def sources(mark: str, *, layers: tuple[str, ...]) -> tuple[Status | None, str | None]:
    """Worst status and newest date of what a number rests on."""
    return sources_of(store.district(mark), layers)


def long_enough(mark: str) -> bool:
    """Whether the record holds the 30 whole years that the control rate asks for."""
    days = record(mark)
    return days is not None and len(days.whole_years) >= LONG_ENOUGH_YEARS


@st.cache_resource(max_entries=60, show_spinner=False)
def rain_map(mark: str, changed: Changed, choices: Choices, language: Language, home: str | None) -> str:
    """The district's map: usable rain by township, the projects by reliability, `home` framed."""
    district, found = store.district(mark), outlook(mark, changed).potentials
    own = own_tanks(mark, changed, choices)
    frame = district.frames.get("projects")
    shares = {id_: one.volumetric_reliability for id_, one in own.items()}
    points = None if frame is None else reliability_points(frame, shares, language=language)
    status, as_of = sources(mark, layers=rainwater.POTENTIAL_LAYERS)
    return district_map(
        store.prepared(mark),
        {code: rainwater.headline(one)[1]["central"] for code, one in found.items()},
        indicator="rain_usable_m3",
        unit="m3_per_year",
        language=language,
        base=store.picture_address(mark),
        assets=LEAFLET,
        edition_line=store.edition_line(language),
        source=store.issuers(mark, rainwater.POTENTIAL_LAYERS, language),
        as_of=as_of or "",
        status=status,
        points=points,
        home=home,
    )
