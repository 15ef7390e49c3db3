"""From a file to a layer as declared: the whole way of one vector layer, table or raster, with all its Problems."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import CRS

from geo.crs import move_bounds, same_crs
from geo.files import table as tables
from geo.files import vector as vectors
from geo.grids import raster as rasters
from geo.grids.raster import Raster
from geo.note import Note
from layers.departments import NONE, Departments
from layers.district import Settings
from layers.layer import Layer
from layers.problem import Problem
from layers.reading.attributes import read_attributes, rows_to_keep, tell_doubles
from layers.reading.locating import locate
from layers.reading.position import check_position
from layers.reading.rain.in_place import read_in_place
from layers.reading.register import Register
from layers.reading.report import Report
from layers.reading.secrecy import secret_marks
from layers.reading.shapes import mend_shapes


class VectorReading(NamedTuple):
    """A vector layer in the metric CRS with its declared fields, and how it was read."""

    frame: gpd.GeoDataFrame
    problems: tuple[Problem, ...]
    encoding: str | None
    crs: CRS | None


class TableReading(NamedTuple):
    """A table with its declared fields, and how it was read."""

    frame: pd.DataFrame
    problems: tuple[Problem, ...]
    encoding: str | None


class RasterReading(NamedTuple):
    """A raster as stored, and what is odd about its values."""

    raster: Raster
    problems: tuple[Problem, ...]


def read_layer(
    layer: Layer,
    path: Path,
    *,
    settings: Settings,
    townships: Register | None = None,
    departments: Departments = NONE,
) -> VectorReading:
    """A vector layer from any file `geo.files.vector` reads; `townships` is the register it is checked against;
    `departments` are those a cell may name.

    AtlasError when the file cannot be read, a required column is missing, or its place is not believed.
    """
    opened = vectors.read(path)
    report = Report(layer, path.name, departments)
    _tell_notes(opened.notes, report)
    raw = opened.frame.reset_index(drop=True)
    told = pd.DataFrame(raw.drop(columns=raw.geometry.name))
    report.problems += secret_marks(told, file=path.name, layer=layer.id, owner=layer.owner)
    rows = read_attributes(told, layer, report)
    located = locate(raw[[raw.geometry.name]], report, metric=settings.metric_crs, register=townships)
    frame, keep = mend_shapes(gpd.GeoDataFrame(rows, geometry=located.geometry.array, crs=settings.metric_crs), report)
    if townships is not None and layer.id != "townships":
        frame = _resolve_townships(frame, layer, report, register=townships, historic=False)
        frame = check_position(frame, report, register=townships, keep=keep)
    plain = pd.DataFrame(frame.drop(columns=frame.geometry.name))  # a frame without geometry is quicker to ask
    keep &= rows_to_keep(plain, layer, report)
    keep &= ~(tell_doubles(plain, layer, report) & (layer.id == "townships"))
    problems = report.finished(plain)
    frame = frame if keep.all() else frame[keep].reset_index(drop=True)
    return VectorReading(frame, problems, opened.encoding, opened.declared_crs)


def read_table(
    layer: Layer, path: Path, *, settings: Settings | None = None, townships: Register | None = None
) -> TableReading:
    """A table from a CSV or XLSX file; township codes of abolished units stay, for figures belong to their year."""
    if settings is not None and layer.id == "daily_rain":
        return _read_rain(layer, path, settings)
    report = Report(layer, path.name)
    raw = (tables.read_xlsx if path.suffix.lower() == ".xlsx" else tables.read_csv)(path)
    _tell_notes(tables.notes(raw), report)
    report.problems += secret_marks(raw, file=path.name, layer=layer.id, owner=layer.owner)
    rows = read_attributes(raw, layer, report)
    if townships is not None:
        rows = _resolve_townships(rows, layer, report, register=townships, historic=True)
    keep = rows_to_keep(rows, layer, report)
    keep &= ~(tell_doubles(rows, layer, report) & bool(layer.once))
    problems = report.finished(rows)
    return TableReading(rows[keep].reset_index(drop=True), problems, _encoding_of(tables.notes(raw)))


def _read_rain(layer: Layer, path: Path, settings: Settings) -> TableReading:
    """Daily rain, which has a reader of its own for every door; a mark of secrecy in the file is told as elsewhere."""
    pages = tables.pages_of(path)
    cells = pd.DataFrame([row for _, rows in pages.rows for row in rows]).fillna("")
    marks = secret_marks(cells, file=path.name, layer=layer.id, owner=layer.owner)
    frame, problems = read_in_place(path, settings)
    return TableReading(frame, (*marks, *problems), pages.codec or "utf-8")


def read_raster(
    layer: Layer, path: Path, *, settings: Settings, outline: Register | None = None, own_classes: bool = False
) -> RasterReading:
    """A raster layer, its values tested against the district's plausible range and its place against the outline.

    With `own_classes` the classes are the district's own and not compared with the declared ones.
    """
    raster = rasters.read(path)
    report = Report(layer, path.name)
    _test_values(raster, report, settings=settings, own_classes=own_classes)
    if outline is not None:
        _test_cover(raster, report, outline=outline)
    return RasterReading(raster, report.finished())


def _tell_notes(notes: Iterable[Note], report: Report) -> None:
    for note in notes:
        report.add(note.key, "warning", facts=dict(note.facts))


def _encoding_of(notes: Iterable[Note]) -> str:
    told = [note.facts["encoding"] for note in notes if "encoding" in note.facts]
    return str(told[0]) if told else "utf-8"


def _resolve_townships(
    rows: pd.DataFrame, layer: Layer, report: Report, *, register: Register, historic: bool
) -> pd.DataFrame:
    changed = {}
    for field in layer.fields:
        if field.refers_to == "townships":
            changed[field.name], faults = register.resolve(rows[field.name], historic=historic)
            report.add_faults(faults, field.name)
    return rows.assign(**changed) if changed else rows


def _test_values(raster: Raster, report: Report, *, settings: Settings, own_classes: bool) -> None:
    field = report.layer.fields[0]
    values = raster.values[raster.valid]
    if not values.size:
        report.add("raster_empty", "error")
        return
    if field.kind == "choice":
        foreign = set() if own_classes else {str(int(code)) for code in np.unique(values)} - set(field.choices)
        if foreign:
            share = float(np.isin(values, [int(code) for code in foreign]).mean())
            report.add("raster_classes", facts={"classes": ", ".join(sorted(foreign)[:20]), "share": share})
        return
    named = {"elevation": settings.elevation_m, "rainfall": settings.annual_rain_mm}
    low, high = named.get(report.layer.id, (field.low, field.high))
    share = float(((values < low) | (values > high)).mean()) if low is not None and high is not None else 0.0
    if share > 0:
        span = {"found_low": float(values.min()), "found_high": float(values.max())}
        report.add("raster_range", facts={"low": low, "high": high, "unit": field.unit, "share": share, **span})


def _test_cover(raster: Raster, report: Report, *, outline: Register) -> None:
    west, south, east, north = raster.bounds
    inner = outline.outline.bounds
    if not same_crs(raster.crs, outline.crs):
        inner = move_bounds(inner, outline.crs, raster.crs)
    slack = abs(raster.transform.a)
    if west > inner[0] + slack or south > inner[1] + slack or east < inner[2] - slack or north < inner[3] - slack:
        report.add("raster_does_not_cover")
