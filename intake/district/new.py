"""Makes a district folder from a planner's own files: polygons first, rasters and rain where given.

Everything is written into a folder aside and put in place in one step, so a refusal leaves nothing half-written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import geopandas as gpd
from pyproj import CRS

from geo.atomic import folder_aside, put
from geo.crs import metric_crs_for, parse, require_metric, serves, to_crs
from geo.crs import name as crs_name
from geo.doubt import Answers
from geo.files.sniff import present
from geo.files.vector import write_shapefile
from geo.note import Said
from geo.zones import LONLAT
from intake.district.folder import write_district_toml, write_sources_toml
from intake.district.rasters import legend_beside, take_legend, take_raster
from intake.district.townships import Townships, read_townships
from intake.rain.reading import RainFile, read_daily_rain
from layers.catalogue import CATALOGUE
from layers.layer import Source, Status
from layers.problem import Problem
from layers.reading.coverage import odd_places, stated_otherwise
from layers.reading.rain.plausible import bounds_of
from layers.versions.manifest import write_manifest
from layers.versions.opening import make_manifest
from words.errors import AtlasError


@dataclass(frozen=True)
class Order:
    """What a planner hands in: files, the fields that name a township, and where the folder shall be."""

    townships: Path
    name_field: str
    out: Path
    code_field: str | None = None
    crs: str | None = None
    metric_crs: str | None = None
    code: str | None = None
    name: str | None = None
    issuer: str | None = None
    status: Status = "supplied"
    dem: Path | None = None
    landcover: Path | None = None
    landcover_legend: Path | None = None
    rain_record: Path | None = None
    rain_grid: Path | None = None
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    """The folder made, and what was decided and noticed on the way."""

    dir: Path
    code: str
    name: str
    metric_crs: CRS
    metric_reason: str
    townships: int
    encoding: str | None
    rain_unit: str | None
    problems: tuple[Problem, ...] = field(default_factory=tuple)
    said: Said = field(default_factory=Said)


def refuse_occupied(out: Path) -> None:
    """AtlasError `intake.out_exists` for a place that holds something already."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise AtlasError("intake.out_exists", folder=out)


def make_district(order: Order, *, progress: Callable[[str], None] = lambda key: None) -> Made:
    """The district folder at `order.out`; AtlasError when it exists already or any file is refused."""
    refuse_occupied(order.out)
    files = (order.townships, order.dem, order.landcover, order.landcover_legend, order.rain_record, order.rain_grid)
    for path in filter(None, files):
        if not path.exists():
            raise AtlasError("intake.no_file", file=path)
        present(path)
    with ExitStack() as aside:
        try:
            folder = aside.enter_context(folder_aside(order.out))
        except OSError as error:
            raise AtlasError("intake.out_unusable", folder=order.out, reason=error.strerror) from error
        return _fill(folder, order, progress)


def _fill(folder: Path, order: Order, progress: Callable[[str], None]) -> Made:
    progress("intake.reading_townships")
    answers = Answers(order.answers)
    read = read_townships(
        order.townships, name_field=order.name_field, code_field=order.code_field, crs=order.crs, answers=answers
    )
    metric, reason = _metric(read.frame, order.metric_crs)
    _write_townships(read.frame, folder)
    sources = {"townships": _source(order, order.townships)}
    ranges: dict[str, tuple[float, float]] = {}
    for layer, path in (("elevation", order.dem), ("landcover", order.landcover), ("rainfall", order.rain_grid)):
        if path is not None:
            progress(f"intake.reading_{layer}")
            low, high = take_raster(layer, path, folder, townships=read.frame)
            sources[layer] = _source(order, path)
            if layer == "elevation":  # of a year's rain no range is written: it would be that of the file it judges
                ranges["elevation_m"] = (low, high)
    legend = order.landcover_legend or (legend_beside(order.landcover) if order.landcover else None)
    if legend is not None:
        take_legend(legend, folder)
        sources["landcover_legend"] = _source(order, legend)
    code, name = _identity(order, read)
    rain = _take_rain(order, folder, sources, answers, code=code)
    write_district_toml(folder, code=code, name=name, metric_crs=_crs_text(metric), ranges=ranges)
    write_sources_toml(folder, sources)
    write_manifest(make_manifest(folder), folder)
    drawn, owner = to_crs(read.frame, metric), CATALOGUE["townships"].owner
    odd = odd_places(drawn, file=order.townships.name, owner=owner)
    odd += stated_otherwise(drawn, read.stated_m2, file=order.townships.name, owner=owner)
    problems = (*read.problems, *odd, *(rain.problems if rain else ()))
    unit = rain.unit if rain else None
    said = rain.said if rain else Said()
    return Made(order.out, code, name, metric, reason, len(read.frame), read.encoding, unit, problems, said)


def _metric(frame: gpd.GeoDataFrame, wanted: str | None) -> tuple[CRS, str]:
    if wanted is not None:
        crs, bounds = require_metric(parse(wanted)), tuple(to_crs(frame, LONLAT).total_bounds)
        if not serves(crs, bounds):
            west, east = round(bounds[0], 2), round(bounds[2], 2)
            raise AtlasError("intake.metric_elsewhere", crs=crs_name(crs), west=west, east=east)
        return crs, "intake.crs_asked"
    return metric_crs_for(frame)


def _crs_text(crs: CRS) -> str:
    code = crs.to_epsg()
    return f"EPSG:{code}" if code else crs.to_wkt()


def _write_townships(frame: gpd.GeoDataFrame, folder: Path) -> None:
    layer = CATALOGUE["townships"]
    target = folder / layer.file
    columns = {"code": layer.field("code").column, "name": layer.field("name").column}
    write_shapefile(frame.rename(columns=columns), target)


def _take_rain(
    order: Order, folder: Path, sources: dict[str, Source], answers: Answers, *, code: str
) -> RainFile | None:
    if order.rain_record is None:
        return None
    found = read_daily_rain(order.rain_record, answers, bounds=bounds_of(None, code=code))
    layer = CATALOGUE["daily_rain"]
    columns = {"date": layer.field("date").column, "rain_mm": layer.field("rain_mm").column}
    put(folder / layer.file, found.frame.rename(columns=columns).to_csv(index=False))
    sources["daily_rain"] = _source(order, order.rain_record)
    return found


def _source(order: Order, path: Path) -> Source:
    as_of = date.fromtimestamp(path.stat().st_mtime)
    return Source(issuer=order.issuer or path.name, as_of=as_of, licence="supplied by the user", status=order.status)


def _identity(order: Order, read: Townships) -> tuple[str, str]:
    """Code and name of the district: as told, else the six digits all townships share, else the folder's name."""
    starts = read.frame["code"].astype("string").str[:6]
    shared = starts.iloc[0] if len(set(starts)) == 1 and starts.str.fullmatch(r"\d{6}").all() else None
    return order.code or (str(shared) if shared is not None else order.out.name), order.name or order.out.name
