"""Rainwater: what each township could use, what is owed, and one project in full."""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import math
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from analysis.asking import Asked, ask
from analysis.methods.rainwater.assumptions import BY_ID
from analysis.methods.rainwater.ground import Ground
from analysis.methods.rainwater.outlook import Outlook
from analysis.methods.rainwater.potential import Potential, headline
from analysis.methods.rainwater.subject import ProjectDetail
from commands import Answer
from commands.asked import add_answers, add_assume, answers, changes, chosen_district
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
    add_answers(branch)
    add_assume(branch)


def with_rain(district: District, found: RainFile) -> District:
    """The district with another daily record, whose source nobody has told; its grid of annual rain still scales it."""
    mark = hashlib.sha256(found.frame.to_csv(index=False).encode()).hexdigest()[:6]
    frame = found.frame.assign(date=found.frame["date"].astype("datetime64[s]"))
    tables = {**district.tables, "daily_rain": frame}
    entries = {layer: entry for layer, entry in district.entries.items() if layer != "daily_rain"}
    return dataclasses.replace(district, version=f"{district.version}+{mark}", tables=tables, entries=entries)


def run(arguments: argparse.Namespace) -> Answer:
    """Townships and obligations, or the project named."""
    language: Language = arguments.lang
    if arguments.rain:
        warm()  # while the district opens
    district, changed = chosen_district(), changes(arguments.assume)
    found = read_daily_rain(arguments.rain, answers=answers(arguments.answer)) if arguments.rain else None
    if found is not None:
        district = with_rain(district, found)
    asked = Asked(on=arguments.on, assumptions=changed, subject=arguments.project or None)
    said = ask(NAME, district, asked)
    told: dict[str, object] = {"version": district.version, "result_id": said.id}
    told["record"] = _record(said.detail.ground, found, language)
    if isinstance(said.detail, ProjectDetail):
        return Answer(told | _project(said.detail, changed), _project_lines(said.detail, language))
    return Answer(told | _district(said.detail, district), _district_lines(said.detail, district, language))


def _problems(found: RainFile | None, district: District, language: Language) -> list[str]:
    """What was wrong in the file of daily rain, as sentences."""
    problems = () if found is None else found.problems
    return [problem_text(problem, language, departments=district.departments) for problem in problems]


def _record(ground: Ground, found: RainFile | None, language: Language) -> dict[str, object] | None:
    record = ground.record
    if record is None:
        return None
    return {
        "from": date.fromisoformat(str(record.days[0])),
        "to": date.fromisoformat(str(record.days[-1])),
        "unit": found.unit if found else "mm",
        "gaps": record.gaps,
        "whole_years": len(record.whole_years),
        "long_enough": ground.long_enough,
        "mean_mm": record.mean_mm,
        "traces": found.traces if found else 0,
        "problems": _problems(found, ground.district, language),
        "notes": [text(note.key, language, **note.facts) for note in found.said.notes] if found else [],
    }


def _district(outlook: Outlook, district: District) -> dict[str, object]:
    design, own = outlook.ground.design
    runoff = outlook.runoff_m3 or {}
    return {
        "design_rain_mm": design,
        "design_rain_from": "record" if own else None if design is None else "fallback",
        "townships": [_township(one, runoff.get(code), district) for code, one in outlook.potentials.items()],
        "obligations": [{**dataclasses.asdict(one), "missing_m3": one.missing_m3} for one in outlook.owed],
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


def _project(detail: ProjectDetail, changed: Mapping[str, float]) -> dict[str, object]:
    said, project = detail.answer, detail.project
    if said is None:
        raise AtlasError("cli.no_rain_record", id=project.id)
    return {
        "id": project.id,
        "name": project.name,
        "township": project.township,
        "kind": project.kind,
        "tank_m3": project.tank_m3,
        "catchment_m2": project.area_m2,
        "assumptions": [
            {"id": id_, "value": value, "unit": BY_ID[id_].unit, "low": BY_ID[id_].low, "high": BY_ID[id_].high,
             "source": BY_ID[id_].citation, "confidence": BY_ID[id_].confidence, "changed": id_ in changed}
            for id_, value in detail.ground.assumed.items()
        ],
        "yield_m3_per_year": said.yield_m3,
        "overflow_m3_per_year": said.overflow_m3,
        "inflow_m3_per_year": said.inflow_m3,
        "demand_m3_per_year": said.demand_m3,
        "volumetric_reliability": said.volumetric_reliability,
        "time_reliability": said.time_reliability,
        "longest_shortage_days": said.longest_shortage_days,
        "curve": [
            {"capacity_m3": capacity, "reliability": share if math.isfinite(share) else None}
            for capacity, share in zip(*(axis.tolist() for axis in said.curve), strict=True)
        ],
        "sizes_m3": {f"{target:.0%}": size for target, size in said.sizes.items()},
        "knee_m3": said.knee_m3,
        "code_tanks": said.code_tanks,
        "governs": said.governs,
        "governs_reason": said.reason,
        "cost_yuan_per_m3": said.cost_yuan_per_m3,
        "payback_years": said.payback_years,
    }  # fmt: skip


def _district_lines(outlook: Outlook, district: District, language: Language) -> tuple[str, ...]:
    rows = []
    for code, one in outlook.potentials.items():
        usable = headline(one)[1]
        low, middle, high = (quantity(usable[case], "m3_per_year", language) for case in ("low", "central", "high"))
        bound = "" if one.limited else text("cli.not_limited", language)
        rows.append(f"{code} {district.township(code).name}: {middle} ({low} – {high}) {bound}".rstrip())
    return tuple(rows)


def _project_lines(detail: ProjectDetail, language: Language) -> tuple[str, ...]:
    said = detail.answer
    if said is None:
        return ()
    reliability = quantity(said.volumetric_reliability, "share", language)
    name = text("indicators.rain_project_yield_m3.name", language)
    return (
        f"{detail.project.id} {detail.project.name}",
        f"{name}: {quantity(said.yield_m3, 'm3', language)}",
        f"{text('indicators.rain_project_reliability.name', language)}: {reliability}",
        text(said.reason, language),
    )
