"""An answer about rainwater as plain values for programs, and as lines for people."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from analysis.methods.rainwater.assumptions import BY_ID
from analysis.methods.rainwater.ground import Ground
from analysis.methods.rainwater.outlook import Outlook
from analysis.methods.rainwater.potential import Potential, headline
from analysis.methods.rainwater.subject import ProjectDetail
from layers.district import District
from words import Language, text
from words.errors import AtlasError
from words.units import quantity

Record = dict[str, Any]


def as_record(detail: Outlook | ProjectDetail, *, changed: Mapping[str, float]) -> Record:
    """Townships and obligations, or one project; AtlasError `cli.no_rain_record` for a project without daily rain."""
    return _district(detail) if isinstance(detail, Outlook) else _project(detail, changed)


def lines(detail: Outlook | ProjectDetail, language: Language) -> tuple[str, ...]:
    """The same for people: a line a township, or a project's yield, reliability and governing tank."""
    return _district_lines(detail, language) if isinstance(detail, Outlook) else _project_lines(detail, language)


def rain_record(
    ground: Ground,
    *,
    unit: str = "mm",
    traces: int = 0,
    problems: Sequence[str] = (),
    notes: Sequence[str] = (),
    left_out: Sequence[Record] = (),
    stated: Mapping[str, object] | None = None,
) -> Record | None:
    """The daily record behind an answer, none without one; the options are what the reading of a file told."""
    record = ground.record
    if record is None:
        return None
    return {
        "from": date.fromisoformat(str(record.days[0])),
        "to": date.fromisoformat(str(record.days[-1])),
        "unit": unit,
        "gaps": record.gaps,
        "whole_years": len(record.whole_years),
        "long_enough": ground.long_enough,
        "mean_mm": record.mean_mm,
        "traces": traces,
        "problems": list(problems),
        "notes": list(notes),
        "left_out": list(left_out),
        "stated": dict(stated or {}),
    }


def _district(outlook: Outlook) -> Record:
    design, own = outlook.ground.design
    runoff, shares = outlook.runoff_m3 or {}, outlook.runoff_shares
    return {
        "design_rain_mm": design,
        "design_rain_from": "record" if own else None if design is None else "fallback",
        "townships": [
            _township(one, runoff.get(code), shares.get(code, 0.0), outlook.ground.district)
            for code, one in outlook.potentials.items()
        ],
        "obligations": [{**dataclasses.asdict(one), "missing_m3": one.missing_m3} for one in outlook.owed],
    }


def _township(found: Potential, runoff_m3: float | None, share: float, district: District) -> Record:
    return {
        "code": found.township,
        "name": district.township(found.township).name,
        "rain_mm": found.rain_mm,
        "usable_m3": found.usable_m3,
        "years": found.years_m3,
        "runoff_m3": runoff_m3,
        "runoff_known_share": share,
        "catchment_m2": found.catchment_m2,
        "cistern_m3": found.cistern_m3,
        "demand_m3": found.demand_m3,
        "limited_by_demand": found.limited,
        "needs": found.needs,
        "broken": [layer for layer in found.needs if layer in district.broken],
    }


def _project(detail: ProjectDetail, changed: Mapping[str, float]) -> Record:
    said, project = detail.answer, detail.project
    if said is None and detail.ground.record is not None:
        raise AtlasError("cli.no_rain_here", id=project.id, township=project.township)
    if said is None:
        broken = "daily_rain" in detail.ground.district.broken
        raise AtlasError("cli.rain_record_broken" if broken else "cli.no_rain_record", id=project.id)
    return {
        "id": project.id,
        "name": project.name,
        "township": project.township,
        "kind": project.kind,
        "tank_m3": project.tank_m3,
        "catchment_m2": project.area_m2,
        "partly": project.partly,
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


def _district_lines(outlook: Outlook, language: Language) -> tuple[str, ...]:
    rows = []
    for code, one in outlook.potentials.items():
        usable = headline(one)[1]
        low, middle, high = (quantity(usable[case], "m3_per_year", language) for case in ("low", "central", "high"))
        bound = "" if one.limited else text("cli.not_limited", language)
        rows.append(f"{code} {outlook.ground.district.township(code).name}: {middle} ({low} – {high}) {bound}".rstrip())
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
