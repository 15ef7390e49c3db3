"""Rainwater use: how much, where, how big a tank, at what price.

`run` gives the usable volume by township with its range, the runoff of all land beside it, what is owed, and yield
and reliability of every project. The formulas are callable by themselves, numpy in and numpy out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analysis.assumption import resolve
from analysis.finding import Finding, Indicator, result_id, sources_of
from analysis.formulas.rain.cistern import cistern_volume_m3, quick_tank_m3
from analysis.formulas.rain.control_rate import control_rate_curve, design_rain_mm
from analysis.formulas.rain.runoff import annual_yield_m3, event_volume_m3, scs_runoff_mm
from analysis.formulas.rain.storm import storm_intensity_l_per_s_ha
from analysis.formulas.rain.tank import TankResult, simulate_tank
from analysis.methods.rainwater.assumptions import ASSUMPTIONS
from analysis.methods.rainwater.cover import township_runoff_m3
from analysis.methods.rainwater.obligations import obligations
from analysis.methods.rainwater.potential import Potential, district_record, potential, township_rain_mm
from analysis.methods.rainwater.projects import answer, control_rain_mm, local_record, projects_of
from analysis.question import Choice
from layers.district import District

__all__ = [
    "ASSUMPTIONS", "INDICATORS", "NEEDS", "TankResult", "annual_yield_m3", "cistern_volume_m3", "control_rate_curve",
    "design_rain_mm", "event_volume_m3", "quick_tank_m3", "run", "scs_runoff_mm", "simulate_tank",
    "storm_intensity_l_per_s_ha", "usable",
]  # fmt: skip

METHOD = "rainwater"
EDITION = 1
ASKS: tuple[str, ...] = ()
RECORDS: tuple[str, ...] = ()
RULES: tuple[str, ...] = ()
CHOICES: tuple[Choice, ...] = ()
NEEDS = (
    "townships", "daily_rain", "rainfall", "residential_estates", "public_institutions", "industrial_parks", "roads",
    "green_spaces", "small_water_works", "projects", "urban_areas", "construction_projects", "landcover",
    "landcover_legend", "soil_group",
)  # fmt: skip
POTENTIAL_LAYERS = NEEDS[:9]
INDICATORS = (
    Indicator("rain_usable_m3", "m3_per_year", METHOD, "more"),
    Indicator("rain_runoff_m3", "m3_per_year", METHOD),
    Indicator("rain_owed_m3", "m3", METHOD, "less"),
    Indicator("rain_project_yield_m3", "m3_per_year", METHOD, "more"),
    Indicator("rain_project_reliability", "share", METHOD, "more"),
)
INDICATOR = {indicator.id: indicator for indicator in INDICATORS}


def run(district: District, assumptions: Mapping[str, float]) -> list[Finding]:
    """Findings per township (usable, runoff, owed) and per project (yield, reliability)."""
    assumed = resolve(ASSUMPTIONS, assumptions)
    mark = result_id(district.version, METHOD, assumptions)
    return [*_townships(district, assumed, mark), *_projects(district, assumed, mark)]


def usable(district: District, assumptions: Mapping[str, float]) -> list[Finding]:
    """The usable rain of every township alone: what a township's page shows of this method."""
    assumed = resolve(ASSUMPTIONS, assumptions)
    mark = result_id(district.version, METHOD, assumptions)
    return [_usable(district, found, mark) for found in potential(district, assumed)]


def headline(found: Potential) -> tuple[str, Mapping[str, float | None]]:
    """The method shown first and its range: the daily balance where there is a record, else GB 50555."""
    method = "daily" if found.usable_m3["daily"]["central"] is not None else "gb50555"
    return method, found.usable_m3[method]


def _usable(district: District, found: Potential, mark: str) -> Finding:
    method, volume = headline(found)
    facts = {"method": method, "limited": found.limited, "absent": volume["central"] is None}
    return _finding(
        district, "rain_usable_m3", found.township, volume["central"], mark, layers=POTENTIAL_LAYERS,
        low=volume["low"], high=volume["high"], facts=facts,
    )  # fmt: skip


def _townships(district: District, assumed: Mapping[str, float], mark: str) -> Iterator[Finding]:
    record = district_record(district)
    runoff = township_runoff_m3(district, township_rain_mm(district, record), assumed)
    design = control_rain_mm(record, assumed)[0] if record is not None else assumed["rain_fallback_design_mm"]
    owed = obligations(district, assumed, design_mm=design)
    for found in potential(district, assumed):
        yield _usable(district, found, mark)
        flow = None if runoff is None else float(runoff[found.township])
        yield _finding(
            district, "rain_runoff_m3", found.township, flow, mark, layers=("landcover", "landcover_legend", "rainfall")
        )
        own = [one for one in owed if one.township == found.township and one.duty == "required"]
        known = [one.missing_m3 for one in own if one.missing_m3 is not None]
        lacking = sum(known) if owed else None
        yield _finding(
            district, "rain_owed_m3", found.township, lacking, mark, layers=("urban_areas", "roads", "green_spaces"),
            facts={"places": len(own), "unknown": len(own) - len(known)},
        )  # fmt: skip


def _projects(district: District, assumed: Mapping[str, float], mark: str) -> Iterator[Finding]:
    record, frame = district_record(district), district.frames.get("projects")
    if record is None or frame is None:
        return
    rain = township_rain_mm(district, record)
    for project in projects_of(frame):
        said = answer(project, local_record(record, rain.get(project.township)), assumed)
        layers = ("projects", "daily_rain", "rainfall")
        yield _finding(district, "rain_project_yield_m3", project.id, said.yield_m3, mark, layers=layers)
        share = said.volumetric_reliability
        yield _finding(district, "rain_project_reliability", project.id, share, mark, layers=layers)


def _finding(
    district: District,
    indicator: str,
    subject: str,
    value: float | None,
    mark: str,
    *,
    layers: tuple[str, ...],
    low: float | None = None,
    high: float | None = None,
    facts: Mapping[str, object] | None = None,
) -> Finding:
    status, as_of = sources_of(district, layers)
    return Finding(
        indicator=INDICATOR[indicator],
        subject=subject,
        value=value,
        low=low,
        high=high,
        as_of=as_of,
        status=status,
        layers=tuple(layer for layer in layers if district.has(layer)),
        needs=tuple(layer for layer in layers if not district.has(layer)) if value is None else (),
        facts=facts or {},
        result_id=mark,
    )
