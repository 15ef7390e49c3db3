"""What each township is like: area, people, rain, height, projects, water use, pipes and land cover.

Counted as the layers stand, nothing modelled. Every value has its own date; a layer that is missing makes the value
unknown and says which layer is lacking, never zero; a sum over something unknown is unknown.
Features that carry a township code count where the code says.
Figures of years before a township was merged belong to its successor. The last findings speak of the whole district:
sums, or means weighted by area; `facts["missing"]` says how many townships they leave out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import geopandas as gpd
import pandas as pd

from analysis.assumption import Assumption
from analysis.finding import Finding, Indicator, sources_of
from analysis.question import Answer, Cancelled, Choice, Progress, Question, answer
from geo.grids import zonal
from layers.district import District
from layers.surfaces import surface_of_usual

METHOD = "township"
EDITION = 2
NEEDS: tuple[str, ...] = (
    "townships",
    "population",
    "water_use",
    "rainfall",
    "elevation",
    "landcover",
    "projects",
    "pipeline_zones",
    "water_mains",
    "water_users",
)
ASKS: tuple[str, ...] = ()
RECORDS: tuple[str, ...] = ()
RULES: tuple[str, ...] = ()
ASSUMPTIONS: tuple[Assumption, ...] = ()
CHOICES: tuple[Choice, ...] = ()
SURFACES: Mapping[str, tuple[str, ...]] = {
    "cropland_share": ("paddy", "dry_cropland", "orchard"),
    "forest_share": ("forest",),
    "built_share": ("urban", "rural_built", "road_hard"),
    "water_share": ("water",),
}


def _indicator(id_: str, unit: str, better: Literal["more", "less", "neither"] = "neither") -> Indicator:
    return Indicator(id=id_, unit=unit, method=METHOD, better=better)


INDICATORS: tuple[Indicator, ...] = (
    _indicator("water_use_m3", "m3_as_wan_m3", "less"),
    _indicator("water_use_m3_per_person", "m3_per_person", "less"),
    _indicator("rain_supply_m3", "m3_per_year", "more"),
    _indicator("reclaimed_use_m3", "m3_as_wan_m3", "more"),
    _indicator("renewal_length_m", "m_as_km", "less"),
    _indicator("mains_length_m", "m_as_km"),
    _indicator("projects", "count", "more"),
    _indicator("users", "count"),
    _indicator("population", "people"),
    _indicator("population_per_km2", "people_per_km2"),
    _indicator("area_m2", "m2_as_km2"),
    _indicator("rain_mm", "mm_per_year"),
    _indicator("elevation_m", "m"),
    *(_indicator(id_, "share") for id_ in SURFACES),
)
INDICATOR: Mapping[str, Indicator] = {indicator.id: indicator for indicator in INDICATORS}


@dataclass(frozen=True)
class Measure:
    """One indicator over all townships: values by code (missing where unknown) and the layers they rest on.

    `values` is none when a layer is lacking. `weights` by code turn the district's value from a sum into a weighted
    mean.
    """

    id: str
    layers: tuple[str, ...]
    values: pd.Series | None
    year: int | None = None
    weights: pd.Series | None = None


def ask(
    district: District,
    question: Question,
    *,
    given: Mapping[str, Answer[object]],
    on: date,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Answer[None]:
    """A finding per indicator and township of today, and one per indicator for the district (its own code)."""
    found = [finding for measure in _measures(district) for finding in _findings(district, measure)]
    return answer(question, None, findings=found)


def _measures(district: District) -> Iterator[Measure]:
    area_m2 = district.townships.area
    people = _people(district)
    use = yearly(district, "water_use", column="volume_m3")
    yield Measure("area_m2", ("townships",), area_m2)
    yield people
    yield _ratio("population_per_km2", people, Measure("area_km2", ("townships",), area_m2 / 1e6))
    yield _zonal_mean(district, "rain_mm", "rainfall")
    yield _zonal_mean(district, "elevation_m", "elevation")
    yield _named("water_use_m3", use)
    yield _ratio("water_use_m3_per_person", use, people)
    yield _rain_supply(district)
    yield _named("reclaimed_use_m3", yearly(district, "water_use", column="volume_m3", source="reclaimed"))
    yield _renewal_length(district)
    yield _mains_length(district)
    yield _count(district, "projects", "projects")
    yield _count(district, "users", "water_users")
    yield from _land_cover(district)


def yearly(district: District, table: str, *, column: str, source: str | None = None) -> Measure:
    """The sum of a column by township in the table's latest year; only rows of one water `source` when given.

    A township with rows that year but none of that source has 0; one without any row is unknown, and so is one with a
    row whose value is. Codes of townships that were merged count for their successors.
    """
    frame = district.tables.get(table)
    if frame is None or frame[column].notna().sum() == 0:
        return Measure(column, (table,), None)
    year = int(frame.loc[frame[column].notna(), "year"].max())
    rows = frame[frame["year"] == year]
    codes = rows["township"].replace(_successors(district))
    values = rows[column] if source is None else rows[column].where(rows["source"] == source, 0.0)
    sums = _sums(values, codes)
    return Measure(column, (table,), sums.reindex(district.townships.index).astype(float), year=year)


def _people(district: District) -> Measure:
    """Residents where counted; registered people where a table holds only those."""
    residents = yearly(district, "population", column="resident_people")
    if residents.values is None:
        residents = yearly(district, "population", column="registered_people")
    return _named("population", residents)


def _successors(district: District) -> dict[str, str]:
    frame = district.frames["townships"]
    ended = frame[frame["successor"].notna()] if "successor" in frame.columns else frame.iloc[:0]
    direct = dict(zip(ended["code"], ended["successor"], strict=True))
    found = {}
    for code in direct:
        last = code
        for _ in direct:  # a successor may have been merged in its turn
            last = direct.get(last, last)
        found[code] = last
    return found


def _named(id_: str, measure: Measure) -> Measure:
    return replace(measure, id=id_)


def _ratio(id_: str, above: Measure, below: Measure) -> Measure:
    """One measure over another; the district's value is weighted by the lower one, that is sum over sum."""
    layers = tuple(dict.fromkeys((*above.layers, *below.layers)))
    if above.values is None or below.values is None:
        return Measure(id_, layers, None)
    known = below.values.where(below.values > 0)
    return Measure(id_, layers, above.values / known, year=above.year, weights=known)


def _zonal_mean(district: District, id_: str, layer: str) -> Measure:
    raster = district.rasters.get(layer)
    if raster is None:
        return Measure(id_, (layer,), None)
    zones = district.townships[["code", "geometry"]].to_crs(raster.crs)
    return Measure(id_, (layer,), zonal.statistics(raster, zones)["mean"], weights=district.townships.area)


def _land_cover(district: District) -> Iterator[Measure]:
    raster = district.rasters.get("landcover")
    if raster is None:
        yield from (Measure(id_, ("landcover",), None) for id_ in SURFACES)
        return
    shares = zonal.shares(raster, district.townships[["code", "geometry"]].to_crs(raster.crs))
    surfaces = shares.rename(columns=surface_of_usual(district)).T.groupby(level=0).sum(min_count=1).T
    for id_, names in SURFACES.items():
        share = surfaces.reindex(columns=list(names)).sum(axis="columns").where(shares.notna().any(axis="columns"))
        yield Measure(id_, ("landcover",), share, weights=district.townships.area)


def _rain_supply(district: District) -> Measure:
    """What the built rainwater projects are expected to yield in a year."""
    frame = district.frames.get("projects")
    if frame is None:
        return Measure("rain_supply_m3", ("projects",), None)
    built = frame[(frame["water"] == "rain") & (frame["status"] == "built")]
    return Measure("rain_supply_m3", ("projects",), _sum_by_township(district, built, built["expected_m3_per_year"]))


def _renewal_length(district: District) -> Measure:
    """Pipes in zones whose renewal is planned or under way; a zone that does not say is unknown."""
    frame = district.frames.get("pipeline_zones")
    if frame is None:
        return Measure("renewal_length_m", ("pipeline_zones",), None)
    due = frame["renewal"].isin(("planned", "under_way"))
    lengths = frame["pipe_length_m"].where(due, 0.0).where(frame["renewal"].notna())
    return Measure("renewal_length_m", ("pipeline_zones",), _sum_by_township(district, frame, lengths))


def _mains_length(district: District) -> Measure:
    frame = district.frames.get("water_mains")
    values = None if frame is None else _sum_by_township(district, frame, frame.length)
    return Measure("mains_length_m", ("water_mains",), values)


def _count(district: District, id_: str, layer: str) -> Measure:
    frame = district.frames.get(layer)
    values = None if frame is None else _sum_by_township(district, frame, pd.Series(1.0, index=frame.index))
    return Measure(id_, (layer,), values)


def _sum_by_township(district: District, frame: gpd.GeoDataFrame, values: pd.Series) -> pd.Series:
    """Sums by township code; 0 where a township has no feature, unknown where one of its features has no value."""
    sums = _sums(values.astype(float), frame["township"])
    there = frame["township"].dropna().unique()
    codes = district.townships.index
    return sums.reindex(codes).where(codes.isin(there), 0.0)


def _sums(values: pd.Series, codes: pd.Series) -> pd.Series:
    """Sums by code; what adds up something unknown is unknown."""
    return values.groupby(codes).sum().mask(values.isna().groupby(codes).any())


def _findings(district: District, measure: Measure) -> Iterator[Finding]:
    codes = district.townships.index
    values = pd.Series(float("nan"), index=codes) if measure.values is None else measure.values.reindex(codes)
    for code, value in values.items():
        yield _finding(district, measure, str(code), value)
    missing = int(values.isna().sum())
    yield _finding(district, measure, district.settings.code, _total(measure, values), missing=missing)


def _total(measure: Measure, values: pd.Series) -> float:
    """The district's value over the townships that are known: a sum, or a mean by weight."""
    if measure.weights is None:
        return float(values.sum(min_count=1))
    weights = measure.weights.reindex(values.index).where(values.notna())
    return float((values * weights).sum(min_count=1) / weights.sum(min_count=1))


def _finding(district: District, measure: Measure, subject: str, value: float, *, missing: int = 0) -> Finding:
    known = pd.notna(value)
    status, newest_day = sources_of(district, measure.layers)
    lacking = tuple(layer for layer in measure.layers if not district.has(layer))
    return Finding(
        indicator=INDICATOR[measure.id],
        subject=subject,
        value=float(value) if known else None,
        as_of=(str(measure.year) if measure.year else newest_day) if known else None,
        status=status if known else None,
        layers=measure.layers,
        needs=() if known else lacking or measure.layers,
        facts=({"missing": missing} if missing else {}) if known else {"absent": bool(lacking)},
    )
