"""What the layers of a district say of one another: figures no person, year or drawing can bear out.

A column in 万 under a header in units, or the other way round, is well-formed; it shows only beside people, other
years and the shapes themselves. Nothing is changed here: what does not fit is told with both figures, and where the
two differ by the ratio of two units those are named.
"""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.grids.raster import Raster
from layers.layer import Field, Layer
from layers.problem import Problem
from layers.reading.report import Report

_FEWEST_YEARS = 3
JUMP = 100.0  # times the usual of other years from which a figure is told
USE_M3_PER_PERSON = (1.0, 20_000.0)  # a year's use of a township; China's mean is about 400
PEOPLE_PER_KM2 = (0.5, 100_000.0)
PEOPLE_PER_HOUSEHOLD = (0.3, 30.0)
AREA_TIMES = (0.5, 2.0)
RATIOS = {
    10_000.0: "万", 1_000.0: "千", 100.0: "公顷 / km²", 15.0: "公顷 / 亩", 666.67: "亩 / m²", 1_500.0: "km² / 亩",
    1_000_000.0: "km² / m²",
}  # fmt: skip
_NEAR = 0.5  # how far (in powers of ten of the ratio, as a share of it) a difference of units may be off
_COUNTED = frozenset({"m3", "m3_as_wan_m3", "m3_per_year", "people", "households", "yuan_as_wan_yuan"})


def check_plausible(
    frames: Mapping[str, pd.DataFrame],
    rasters: Mapping[str, Raster],
    *,
    catalogue: Mapping[str, Layer],
    files: Mapping[str, str],
) -> tuple[Problem, ...]:
    """A warning for each figure that people, other years or shapes contradict, layer by layer.

    `frames` are the layers and tables read, in metres and inside units; `files` their names by layer.
    """
    reports = {id_: Report(catalogue[id_], files[id_]) for id_ in (*frames, *rasters)}
    for id_, frame in frames.items():
        _years(frame, reports[id_])
        _households(frame, reports[id_])
        _use_of_people(frame, reports[id_])
        _areas(frame, reports[id_])
    if "population" in frames:
        _density(frames["population"], frames["townships"], reports["population"])
    if "water_use" in frames and "population" in frames:
        people = frames["population"].drop_duplicates(["township", "year"]).set_index(["township", "year"])
        _use(frames["water_use"], people["resident_people"], reports["water_use"])
    if "landcover" in rasters and "landcover_legend" in frames:
        _classes(rasters["landcover"], frames["landcover_legend"], reports["landcover"])
    return tuple(problem for id_, report in reports.items() for problem in report.finished(frames.get(id_)))


def ratio_of(times: float) -> str:
    """The two units whose ratio is the difference, none where it is no such ratio."""
    off = abs(np.log10(times))
    near = min(RATIOS, key=lambda ratio: abs(np.log10(ratio) - off))
    return RATIOS[near] if abs(np.log10(near) - off) < _NEAR * 0.5 else "–"


def _add(report: Report, key: str, position: int, field: Field, value: float, usual: float) -> None:
    facts = {"found_low": value, "found_high": usual, "unit": field.unit, "units": ratio_of(value / usual)}
    report.add(key, position=position, field=field.name, value=f"{value:g}", facts=facts)


def _years(frame: pd.DataFrame, report: Report) -> None:
    """Figures many times above or below the median of the same subject's years, of which at least three are known."""
    once = report.layer.once
    others = [name for name in once if name != "year"]
    if "year" not in once or not others:
        return
    for field in report.layer.fields:
        if field.kind not in ("number", "integer") or field.unit not in _COUNTED or field.name in once:
            continue
        values = frame[field.name].where(frame[field.name] > 0)
        years = values.groupby([frame[name] for name in others], dropna=False)
        usual = years.transform("median").where(years.transform("count") >= _FEWEST_YEARS)
        times = values / usual
        for position in np.flatnonzero((times > JUMP) | (times < 1 / JUMP)).tolist():
            _add(report, "year_jump", position, field, float(values.iloc[position]), float(usual.iloc[position]))


def _households(frame: pd.DataFrame, report: Report) -> None:
    """People and households that cannot belong together."""
    people = next((name for name in ("people", "resident_people") if name in frame), None)
    if people is None or "households" not in frame:
        return
    low, high = PEOPLE_PER_HOUSEHOLD
    each = frame[people] / frame["households"].where(frame["households"] > 0)
    for position in np.flatnonzero((each < low) | (each > high)).tolist():
        facts = {"people": f"{frame[people].iloc[position]:g}", "households": f"{frame['households'].iloc[position]:g}"}
        report.add("people_households", position=position, field=people, facts=facts)


def _use_of_people(frame: pd.DataFrame, report: Report) -> None:
    """Water of a feature that its own people cannot use."""
    if "people" not in frame or "use_m3_per_year" not in frame:
        return
    high = USE_M3_PER_PERSON[1]
    each = frame["use_m3_per_year"] / frame["people"].where(frame["people"] > 0)
    for position in np.flatnonzero(each > high).tolist():
        _add(report, "use_of_people", position, report.layer.field("use_m3_per_year"),
             float(frame["use_m3_per_year"].iloc[position]), high * float(frame["people"].iloc[position]))  # fmt: skip


def _areas(frame: pd.DataFrame, report: Report) -> None:
    """Stated areas that the drawn shape contradicts."""
    if report.layer.geometry != "polygon":
        return
    for field in report.layer.fields:
        if field.name not in ("area_m2", "area_official_m2"):
            continue
        drawn = gpd.GeoDataFrame(frame).geometry.area
        times = frame[field.name] / drawn
        low, high = AREA_TIMES
        for position in np.flatnonzero((times < low) | (times > high)).tolist():
            _add(report, "area_contradicted", position, field, frame[field.name].iloc[position], drawn.iloc[position])


def _density(population: pd.DataFrame, townships: pd.DataFrame, report: Report) -> None:
    """Townships with fewer people than any has, or more than any city."""
    area_km2 = dict(zip(townships["code"], gpd.GeoDataFrame(townships).geometry.area / 1e6, strict=True))
    km2 = population["township"].map(area_km2).astype("float64")
    low, high = PEOPLE_PER_KM2
    density = population["resident_people"] / km2
    for position in np.flatnonzero((density < low) | (density > high)).tolist():
        value, bound = (
            float(population["resident_people"].iloc[position]),
            low if density.iloc[position] < low else high,
        )
        usual = bound * float(km2.iloc[position])
        _add(report, "people_density", position, report.layer.field("resident_people"), value, usual)


def _use(use: pd.DataFrame, people: pd.Series, report: Report) -> None:
    """Townships whose use of a year is beyond what its people could use, told at their largest row."""
    subject = [use["township"], use["year"]]
    total = use["volume_m3"].groupby(subject).transform("sum")
    known = people.reindex(pd.MultiIndex.from_arrays(subject)).to_numpy()
    each = total / np.where(known > 0, known, np.nan)
    low, high = USE_M3_PER_PERSON
    largest = use["volume_m3"].groupby(subject).rank(method="first", ascending=False) == 1
    for position in np.flatnonzero(largest & ((each < low) | (each > high))).tolist():
        bound = (low if each.iloc[position] < low else high) * float(known[position])
        _add(report, "use_per_person", position, report.layer.field("volume_m3"), float(total.iloc[position]), bound)


def _classes(raster: Raster, legend: pd.DataFrame, report: Report) -> None:
    """Classes of the land-cover raster that the district's own legend does not explain, with their share."""
    values = raster.values[raster.valid]
    foreign = ~np.isin(values, legend["value"].to_numpy())
    if foreign.any():
        named = ", ".join(f"{code:g}" for code in np.unique(values[foreign])[:20])
        report.add("raster_classes", facts={"classes": named, "share": float(foreign.mean())})
