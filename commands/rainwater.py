"""Rainwater: what each township could use, what is owed, and one project in full."""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
from datetime import date
from pathlib import Path

import numpy as np

from analysis.assumption import resolve
from analysis.finding import result_id
from analysis.formulas.rain.record import LONG_ENOUGH_YEARS, Record
from analysis.methods.rainwater.assumptions import ASSUMPTIONS, BY_ID
from analysis.methods.rainwater.cover import township_runoff_m3
from analysis.methods.rainwater.obligations import Obligation, obligations
from analysis.methods.rainwater.potential import Potential, district_record, potential, township_rain_mm
from analysis.methods.rainwater.projects import Answer as ProjectAnswer
from analysis.methods.rainwater.projects import answer, control_rain_mm, local_record, projects_of
from commands import Answer
from commands.asked import add_assume, changes, chosen_district
from intake.rain.reading import RainFile
from intake.reading import read_daily_rain, warm
from layers.district import District
from layers.problem_words import problem_text
from words import Language, text
from words.errors import AtlasError
from words.units import quantity

NAME = "rainwater"


def add(branches: argparse._SubParsersAction, shared: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    branch = branches.add_parser(NAME, parents=[shared], help="usable rain by township, obligations, one project")
    branch.add_argument("--project", metavar="ID", help="one rainwater project in full")
    branch.add_argument("--rain", type=Path, metavar="FILE", help="a station's daily rain instead of the district's")
    add_assume(branch)


def with_rain(district: District, found: RainFile) -> District:
    """The district with another daily record; its grid of annual rain, if any, still scales it."""
    mark = hashlib.sha256(found.frame.to_csv(index=False).encode()).hexdigest()[:6]
    frame = found.frame.assign(date=found.frame["date"].astype("datetime64[s]"))
    tables = {**district.tables, "daily_rain": frame}
    return dataclasses.replace(district, version=f"{district.version}+{mark}", tables=tables)


def run(arguments: argparse.Namespace) -> Answer:
    """Townships and obligations, or the project named."""
    language: Language = arguments.lang
    if arguments.rain:
        warm()  # while the district opens
    district = chosen_district()
    changed = changes(arguments.assume)
    assumed = resolve(ASSUMPTIONS, changed)
    found = read_daily_rain(arguments.rain) if arguments.rain else None
    if found is not None:
        district = with_rain(district, found)
    record = district_record(district)
    told: dict[str, object] = {"version": district.version, "result_id": result_id(district.version, NAME, changed)}
    told["record"] = _record(record, found, language)
    if arguments.project:
        told |= _project(district, record, arguments.project, assumed=assumed, changed=changed)
        return Answer(told, _project_lines(told, language))
    told |= _district(district, record, assumed, language)
    return Answer(told, _district_lines(told, language))


def _record(record: Record | None, found: RainFile | None, language: Language) -> dict[str, object] | None:
    if record is None:
        return None
    return {
        "from": date.fromisoformat(str(record.days[0])),
        "to": date.fromisoformat(str(record.days[-1])),
        "unit": found.unit if found else "mm",
        "gaps": record.gaps,
        "whole_years": len(record.whole_years),
        "long_enough": len(record.whole_years) >= LONG_ENOUGH_YEARS,
        "mean_mm": record.mean_mm,
        "traces": found.traces if found else 0,
        "problems": [problem_text(problem, language) for problem in found.problems] if found else [],
    }


def _district(
    district: District, record: Record | None, assumed: dict[str, float], language: Language
) -> dict[str, object]:
    rain = township_rain_mm(district, record)
    runoff = township_runoff_m3(district, rain, assumed)
    design, own = control_rain_mm(record, assumed) if record else (assumed["rain_fallback_design_mm"], False)
    owed = obligations(district, assumed, design_mm=design)
    townships = [
        _township(found, None if runoff is None else float(runoff[found.township]), district)
        for found in potential(district, assumed)
    ]
    return {
        "design_rain_mm": design,
        "design_rain_from": "record" if own else "fallback",
        "townships": townships,
        "obligations": [_obligation(one) for one in owed],
    }


def _township(found: Potential, runoff_m3: float | None, district: District) -> dict[str, object]:
    return {
        "code": found.township,
        "name": district.township(found.township).name,
        "rain_mm": found.rain_mm,
        "usable_m3": found.usable_m3,
        "years": found.years_m3,
        "runoff_m3": runoff_m3,
        "catchment_m2": found.catchment_m2,
        "cistern_m3": found.cistern_m3,
        "demand_m3": found.demand_m3,
        "limited_by_demand": found.limited,
        "needs": found.needs,
    }


def _obligation(one: Obligation) -> dict[str, object]:
    return {**dataclasses.asdict(one), "missing_m3": one.missing_m3}


def _project(
    district: District, record: Record | None, id_: str, *, assumed: dict[str, float], changed: dict[str, float]
) -> dict[str, object]:
    frame = district.frames.get("projects")
    known = {} if frame is None else {project.id: project for project in projects_of(frame)}
    if id_ not in known:
        raise AtlasError("cli.no_rain_project", id=id_, count=len(known))
    if record is None:
        raise AtlasError("cli.no_rain_record", id=id_)
    project = known[id_]
    local = local_record(record, township_rain_mm(district, record).get(project.township))
    said = answer(project, local, assumed)
    return _told(said, assumed=assumed, changed=changed)


def _told(said: ProjectAnswer, *, assumed: dict[str, float], changed: dict[str, float]) -> dict[str, object]:
    capacities, reliability = said.curve
    return {
        "id": said.project.id,
        "name": said.project.name,
        "township": said.project.township,
        "kind": said.project.kind,
        "tank_m3": said.project.tank_m3,
        "catchment_m2": said.project.area_m2,
        "assumptions": [
            {"id": id_, "value": value, "unit": BY_ID[id_].unit, "low": BY_ID[id_].low, "high": BY_ID[id_].high,
             "source": BY_ID[id_].citation, "confidence": BY_ID[id_].confidence, "changed": id_ in changed}
            for id_, value in assumed.items()
        ],
        "yield_m3_per_year": said.yield_m3,
        "overflow_m3_per_year": said.overflow_m3,
        "inflow_m3_per_year": said.inflow_m3,
        "demand_m3_per_year": said.demand_m3,
        "volumetric_reliability": said.volumetric_reliability,
        "time_reliability": said.time_reliability,
        "longest_shortage_days": said.longest_shortage_days,
        "curve": [
            {"capacity_m3": float(capacity), "reliability": float(share) if np.isfinite(share) else None}
            for capacity, share in zip(capacities, reliability, strict=True)
        ],
        "sizes_m3": {f"{target:.0%}": size for target, size in said.sizes.items()},
        "knee_m3": said.knee_m3,
        "code_tanks": said.code_tanks,
        "governs": said.governs,
        "governs_reason": said.reason,
        "cost_yuan_per_m3": said.cost_yuan_per_m3,
        "payback_years": said.payback_years,
    }  # fmt: skip


def _district_lines(told: dict[str, object], language: Language) -> tuple[str, ...]:
    rows = []
    for row in told["townships"]:
        method = "daily" if row["usable_m3"]["daily"]["central"] is not None else "gb50555"
        usable = row["usable_m3"][method]
        low, middle, high = (quantity(usable[case], "m3_per_year", language) for case in ("low", "central", "high"))
        bound = "" if row["limited_by_demand"] else text("cli.not_limited", language)
        rows.append(f"{row['code']} {row['name']}: {middle} ({low} – {high}) {bound}".rstrip())
    return tuple(rows)


def _project_lines(told: dict[str, object], language: Language) -> tuple[str, ...]:
    reliability = quantity(told["volumetric_reliability"], "share", language)
    return (
        f"{told['id']} {told['name']}",
        f"{text('indicators.rain_project_yield_m3.name', language)}: "
        f"{quantity(told['yield_m3_per_year'], 'm3', language)}",
        f"{text('indicators.rain_project_reliability.name', language)}: {reliability}",
        text(told["governs_reason"], language),
    )
