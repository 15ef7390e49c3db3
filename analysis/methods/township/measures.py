"""What is measured of every township: sums, means and shares by code, with what is unknown of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import geopandas as gpd
import pandas as pd

from geo.grids import zonal
from layers.district import District
from layers.divisions import counted, names_of_all
from layers.surfaces import surface_of_usual

SURFACES: Mapping[str, tuple[str, ...]] = {
    "cropland_share": ("paddy", "dry_cropland", "orchard"),
    "forest_share": ("forest",),
    "built_share": ("urban", "rural_built", "road_hard"),
    "water_share": ("water",),
}


@dataclass(frozen=True)
class Measure:
    """One indicator over all townships: values by code (missing where unknown) and the layers they rest on.

    `values` is none when a layer is lacking. `weights` by code turn the district's value from a sum into a weighted
    mean. `shares` are the parts of the land that a mean is known of, `partly` the townships of whose sum something is
    unknown, `loose` that something belongs to no township; `said` tells by code which units that have gone were added.
    """

    id: str
    layers: tuple[str, ...]
    values: pd.Series | None
    year: int | None = None
    weights: pd.Series | None = None
    shares: pd.Series | None = None
    partly: frozenset[str] = frozenset()
    loose: bool = False
    said: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


def measures(district: District, *, least_share: float) -> Iterator[Measure]:
    """Every indicator over the townships of today; a mean is unknown where less than `least_share` of the land is."""
    area_m2 = district.townships.area
    people = _people(district)
    use = yearly(district, "water_use", column="volume_m3")
    yield Measure("area_m2", ("townships",), area_m2)
    yield people
    yield _ratio("population_per_km2", people, Measure("area_km2", ("townships",), area_m2 / 1e6))
    yield _zonal_mean(district, "rain_mm", "rainfall", least_share)
    yield _zonal_mean(district, "elevation_m", "elevation", least_share)
    yield _named("water_use_m3", use)
    yield _ratio("water_use_m3_per_person", use, people)
    yield _rain_supply(district)
    yield _named("reclaimed_use_m3", yearly(district, "water_use", column="volume_m3", source="reclaimed"))
    yield _renewal_length(district)
    yield _mains_length(district)
    yield _count(district, "projects", "projects")
    yield _count(district, "users", "water_users")
    yield from _land_cover(district, least_share)


def yearly(district: District, table: str, *, column: str, source: str | None = None) -> Measure:
    """The sum of a column by township in the table's latest year; only rows of one water `source` when given.

    A township with rows that year but none of that source has 0; one without any row is unknown, and so is one with a
    row whose value is. Rows of units that have gone count for their successors, once; where the value of one of its
    units is not known, a township has at least that of the others.
    """
    frame = district.tables.get(table)
    if frame is None or frame[column].notna().sum() == 0:
        return Measure(column, (table,), None)
    year = int(frame.loc[frame[column].notna(), "year"].max())
    rows = frame[frame["year"] == year]
    values = rows[column].astype(float)
    if source is not None:
        values = values.where(rows["source"] == source, 0.0)
    sums, said, partly = {}, {}, set()
    for code, one in counted(district, rows, year=year).items():
        units = _sums(values.loc[one.rows], rows.loc[one.rows, "township"])
        unknown = tuple(names_of_all(district).get(unit, unit) for unit in units.index[units.isna()])
        told = {"added": one.added, "missing_units": (*one.missing, *unknown), "twice": one.twice}
        sums[code] = float(units.sum(min_count=1))
        said[code] = {key: names for key, names in told.items() if names}
        if units.notna().any() and (one.missing or unknown):
            partly.add(code)
    found = pd.Series(sums, dtype=float).reindex(district.townships.index)
    loose = bool(rows["township"].isna().any())
    return Measure(column, (table,), found, year=year, partly=frozenset(partly), loose=loose, said=said)


def _people(district: District) -> Measure:
    """Residents where counted; registered people where a table holds only those."""
    residents = yearly(district, "population", column="resident_people")
    if residents.values is None:
        residents = yearly(district, "population", column="registered_people")
    return _named("population", residents)


def _named(id_: str, measure: Measure) -> Measure:
    return replace(measure, id=id_)


def _ratio(id_: str, above: Measure, below: Measure) -> Measure:
    """One measure over another; the district's value is weighted by the lower one, that is sum over sum."""
    layers = tuple(dict.fromkeys((*above.layers, *below.layers)))
    if above.values is None or below.values is None:
        return Measure(id_, layers, None)
    known = below.values.where((below.values > 0) & ~below.values.index.isin(below.partly))
    return replace(above, id=id_, layers=layers, values=above.values / known, weights=known)


def _zonal_mean(district: District, id_: str, layer: str, least_share: float) -> Measure:
    """The mean of the cells that have a value, unknown where they are less than that share of the township."""
    raster = district.rasters.get(layer)
    if raster is None:
        return Measure(id_, (layer,), None)
    found = zonal.means(raster, district.townships[["code", "geometry"]].to_crs(raster.crs))
    values = found["mean"].where(found["known_share"] >= least_share)
    return Measure(id_, (layer,), values, weights=district.townships.area, shares=found["known_share"])


def _land_cover(district: District, least_share: float) -> Iterator[Measure]:
    """Of the land whose cover is known, unknown where that is less than the least share of the township."""
    raster = district.rasters.get("landcover")
    if raster is None:
        yield from (Measure(id_, ("landcover",), None) for id_ in SURFACES)
        return
    zones = district.townships[["code", "geometry"]].to_crs(raster.crs)
    shares, known = zonal.shares(raster, zones), zonal.means(raster, zones)["known_share"]
    surfaces = shares.rename(columns=surface_of_usual(district)).T.groupby(level=0).sum(min_count=1).T
    for id_, names in SURFACES.items():
        share = surfaces.reindex(columns=list(names)).sum(axis="columns").where((known > 0) & (known >= least_share))
        yield Measure(id_, ("landcover",), share, weights=district.townships.area, shares=known)


def _rain_supply(district: District) -> Measure:
    """What the built rainwater projects are expected to yield in a year; at least that where one does not say it is."""
    frame = district.frames.get("projects")
    if frame is None:
        return Measure("rain_supply_m3", ("projects",), None)
    rain, built = frame["water"].eq("rain").fillna(False), frame["status"].eq("built").fillna(False)
    counted_ = frame[rain & built]
    made = _summed(district, "rain_supply_m3", "projects", counted_, counted_["expected_m3_per_year"])
    may_be = (rain | frame["water"].isna()) & (built | frame["status"].isna())
    unsure = frame.loc[may_be & ~(rain & built), "township"]
    return replace(made, partly=frozenset(unsure.dropna()), loose=made.loose or bool(unsure.isna().any()))


def _renewal_length(district: District) -> Measure:
    """Pipes in zones whose renewal is planned or under way; a zone that does not say is unknown."""
    frame = district.frames.get("pipeline_zones")
    if frame is None:
        return Measure("renewal_length_m", ("pipeline_zones",), None)
    due = frame["renewal"].isin(("planned", "under_way"))
    lengths = frame["pipe_length_m"].where(due, 0.0).where(frame["renewal"].notna())
    return _summed(district, "renewal_length_m", "pipeline_zones", frame, lengths)


def _mains_length(district: District) -> Measure:
    frame = district.frames.get("water_mains")
    if frame is None:
        return Measure("mains_length_m", ("water_mains",), None)
    return _summed(district, "mains_length_m", "water_mains", frame, frame.length)


def _count(district: District, id_: str, layer: str) -> Measure:
    frame = district.frames.get(layer)
    if frame is None:
        return Measure(id_, (layer,), None)
    return _summed(district, id_, layer, frame, pd.Series(1.0, index=frame.index))


def _summed(district: District, id_: str, layer: str, frame: gpd.GeoDataFrame, values: pd.Series) -> Measure:
    """Sums by township code; 0 where a township has no feature, unknown where one of its features has no value."""
    sums = _sums(values.astype(float), frame["township"])
    there, codes = frame["township"].dropna().unique(), district.townships.index
    loose = bool(frame["township"].isna().any())
    return Measure(id_, (layer,), sums.reindex(codes).where(codes.isin(there), 0.0), loose=loose)


def _sums(values: pd.Series, codes: pd.Series) -> pd.Series:
    """Sums by code; what adds up something unknown is unknown."""
    return values.groupby(codes).sum().mask(values.isna().groupby(codes).any())
