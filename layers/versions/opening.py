"""Opens a district folder: settings, sources and every declared layer, each on its own feet.

Only the townships must be sound; a layer that is missing or broken is absent from the District, and why stands among
its problems.
"""

from __future__ import annotations

import dataclasses
import logging
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely
from pyproj import CRS
from pyproj.exceptions import ProjError

from geo.grids.raster import Raster
from layers.catalogue import CATALOGUE
from layers.departments import Departments
from layers.district import District, Entry, Settings
from layers.layer import Layer, Source
from layers.problem import Problem
from layers.reading.coverage import odd_places
from layers.reading.plausible import check_plausible
from layers.reading.references import check_references
from layers.reading.register import Register
from layers.reading.whole import read_layer, read_raster, read_table
from layers.versions.changes import changes, members_of, names_of
from layers.versions.departments import read_departments
from layers.versions.manifest import FILE as MANIFEST
from layers.versions.manifest import content_hash, read_manifest, version_id
from layers.versions.rules import read_rules
from layers.versions.settings import read_settings
from layers.versions.sources import FILE as SOURCES
from layers.versions.sources import UNKNOWN, read_sources
from words import Named
from words.errors import AtlasError

OTHER_SUFFIXES = {
    "raster": (".tif",),
    "table": (".csv", ".xlsx"),
    "vector": (".shp", ".gpkg", ".geojson", ".zip"),
}
_UNREADABLE = (
    ValueError,
    LookupError,
    TypeError,
    ArithmeticError,
    RecursionError,
    OSError,
    ProjError,
    shapely.errors.ShapelyError,
)

_ELSEWHERE = ("geo.notes.crs.declared_elsewhere", "geo.notes.crs.contradicted", "geo.notes.crs.swapped")
_NEARLY_ALL = 0.9  # of a layer's features outside, from which the layer lies elsewhere
_FEWEST_AWAY = 3


@dataclasses.dataclass
class _Opening:
    """What has been gathered of a district so far."""

    folder: Path
    settings: Settings
    sources: Mapping[str, Source]
    departments: Departments
    recorded: Mapping[str, Entry]
    register: Register | None = None
    frames: dict[str, gpd.GeoDataFrame] = dataclasses.field(default_factory=dict)
    tables: dict[str, pd.DataFrame] = dataclasses.field(default_factory=dict)
    rasters: dict[str, Raster] = dataclasses.field(default_factory=dict)
    entries: dict[str, Entry] = dataclasses.field(default_factory=dict)
    problems: list[Problem] = dataclasses.field(default_factory=list)


def open_district(folder: Path) -> District:
    """The district in `folder`; AtlasError when its settings or its townships cannot be used."""
    folder = Path(folder)
    settings, (sources, wrong) = read_settings(folder), read_sources(folder)
    opening = _Opening(folder, settings, sources, read_departments(folder), {})
    opening.problems += [_of_sources(error) for error in wrong]
    _recall(opening)
    _take_townships(opening)
    for layer in CATALOGUE.values():
        if layer.id != "townships":
            _take_or_tell(opening, layer)
    known = opening.frames | opening.tables
    files = {id_: Path(opening.entries[id_].file).name for id_ in known}
    opening.problems += check_references(known, catalogue=CATALOGUE, files=files)
    rasters = {id_: Path(opening.entries[id_].file).name for id_ in opening.rasters}
    opening.problems += check_plausible(known, opening.rasters, catalogue=CATALOGUE, files=files | rasters)
    _blame_boundary(opening)
    return District(
        settings=opening.settings,
        version=version_id(opening.entries.values()),
        frames=opening.frames,
        tables=opening.tables,
        rasters=opening.rasters,
        entries={id_: opening.entries[id_] for id_ in CATALOGUE if id_ in opening.entries},
        problems=tuple(opening.problems),
        rules=read_rules(folder),
        departments=opening.departments,
    )


def make_manifest(folder: Path) -> dict[str, Entry]:
    """An entry for every readable layer of the district in `folder`, by id; AtlasError as for opening it."""
    return dict(open_district(folder).entries)


def _recall(opening: _Opening) -> None:
    """Take what the manifest recorded; one that cannot be read is told and left aside."""
    try:
        opening.recorded = read_manifest(opening.folder)
    except AtlasError as error:
        owner = CATALOGUE["townships"].owner
        opening.problems.append(
            Problem("manifest_unreadable", "townships", owner, file=MANIFEST, facts=dict(error.facts))
        )


def _of_sources(error: AtlasError) -> Problem:
    """What is wrong in the file of sources, as a problem of the layer it is about where one is named."""
    layer = CATALOGUE.get(str(error.facts.get("layer")), CATALOGUE["townships"])
    return Problem(error.key, layer.id, layer.owner, file=SOURCES, facts=dict(error.facts))


def find_files(folder: Path, layer: Layer) -> list[Path]:
    """The layer's file, and those of the same name in other forms people use; the first is the one that is read."""
    declared = folder / layer.file
    kind = layer.geometry if layer.geometry in OTHER_SUFFIXES else "vector"
    forms = [declared, *(declared.with_suffix(suffix) for suffix in OTHER_SUFFIXES[kind])]
    return [path for path in dict.fromkeys(forms) if path.is_file()]


def find_file(folder: Path, layer: Layer) -> Path | None:
    """The file a layer is read from; none when there is none."""
    return next(iter(find_files(folder, layer)), None)


def _blame_boundary(opening: _Opening) -> None:
    """Where most layers lie outside the townships it is the townships that are wrong: one problem instead of theirs."""
    strays = Counter(problem.layer for problem in opening.problems if problem.key == "outside_district")
    refused = {problem.layer for problem in opening.problems if problem.key in _ELSEWHERE}
    located = {id_ for id_, frame in opening.frames.items() if len(frame) and id_ != "townships"} | refused
    away = {id_ for id_, count in strays.items() if count >= _NEARLY_ALL * len(opening.frames[id_])} | refused
    if len(away) < _FEWEST_AWAY or len(away) <= len(located) / 2:
        return
    facts = {"count": len(away), "of": len(located)}
    layer = CATALOGUE["townships"]
    kept = [
        one for one in opening.problems if one.layer not in away or one.key not in (*_ELSEWHERE, "outside_district")
    ]
    opening.problems = [Problem("boundary_elsewhere", layer.id, layer.owner, "error", layer.file, facts=facts), *kept]


def _take_townships(opening: _Opening) -> None:
    layer = CATALOGUE["townships"]
    path = find_file(opening.folder, layer)
    if path is None:
        raise AtlasError("problems.no_such_file", file=layer.file, folder=opening.folder.name)
    try:
        _take(opening, layer, path)
    except _UNREADABLE as error:
        raise _unreadable(path, error) from error
    frame = opening.frames["townships"]
    if frame.empty or not frame["valid_to"].isna().any():
        raise _no_township(layer, opening.problems)
    today = frame[frame["valid_to"].isna()]
    opening.problems += odd_places(today, file=path.name, owner=layer.owner)
    opening.register = Register.of(frame, county=opening.settings.code)


def _no_township(layer: Layer, problems: list[Problem]) -> AtlasError:
    """Why no township can be used, with the first value that is wrong when one is."""
    facts = {"file": layer.file, "count": len(problems)}
    for first in problems:
        if first.row is not None and first.field and first.value is not None:
            column = Named(f"layers.{layer.id}.fields.{first.field}", layer.field(first.field).column)
            return AtlasError("problems.no_township_because", **facts, row=first.row, field=column, value=first.value)
    return AtlasError("problems.no_township", **facts)


def _take_or_tell(opening: _Opening, layer: Layer) -> None:
    path = find_file(opening.folder, layer)
    if path is None:
        if layer.id in opening.recorded:
            facts = {"file": layer.file, "folder": opening.folder.name}
            opening.problems.append(Problem("no_such_file", layer.id, layer.owner, "error", layer.file, facts=facts))
        return
    try:
        try:
            _take(opening, layer, path)
        except _UNREADABLE as error:
            raise _unreadable(path, error) from error
    except AtlasError as error:
        for taken in (opening.frames, opening.tables, opening.rasters):
            taken.pop(layer.id, None)
        said = {"file": path.name, **error.facts}
        opening.problems.append(Problem(error.key, layer.id, layer.owner, "error", path.name, facts=said))


def _unreadable(path: Path, error: Exception) -> AtlasError:
    """What a reader broke on, told of the file; the log has the rest."""
    logging.getLogger("atlas").warning("%s could not be read", path.name, exc_info=error)
    return AtlasError("geo.errors.not_readable", file=path.name)


def _take(opening: _Opening, layer: Layer, path: Path) -> None:
    """Read one layer into the opening; AtlasError when it cannot be."""
    encoding: str | None = None
    crs: CRS | None = None
    if layer.geometry == "raster":
        own = find_file(opening.folder, CATALOGUE["landcover_legend"]) is not None
        raster, problems = read_raster(
            layer, path, settings=opening.settings, outline=opening.register, own_classes=own
        )
        opening.rasters[layer.id], crs = raster, raster.crs
        count, extent = raster.values.size, float(raster.valid.sum())
    elif layer.geometry == "table":
        table, problems, encoding = read_table(layer, path, settings=opening.settings, townships=opening.register)
        opening.tables[layer.id] = table
        count, extent = len(table), float(len(table))
    else:
        settings, register, known = opening.settings, opening.register, opening.departments
        frame, problems, encoding, crs = read_layer(
            layer, path, settings=settings, townships=register, departments=known
        )
        opening.frames[layer.id] = frame
        count, extent = len(frame), _extent(frame, layer)
    opening.problems += problems
    also = [other.name for other in find_files(opening.folder, layer) if other != path]
    if also:
        facts = {"taken": path.name, "left": ", ".join(also)}
        opening.problems.append(Problem("two_files", layer.id, layer.owner, file=path.name, facts=facts))
    source = opening.sources.get(layer.id, UNKNOWN)
    if source is UNKNOWN:
        opening.problems.append(Problem("no_source", layer.id, layer.owner, file=path.name))
    name = path.relative_to(opening.folder).as_posix()
    system = None if crs is None else f"EPSG:{crs.to_epsg()}" if crs.to_epsg() else crs.name
    features = opening.frames.get(layer.id)
    entry = Entry(
        *(layer.id, name, content_hash(path), count, extent, system, source, encoding),
        names=None if features is None else names_of(features, layer),
        members=members_of(features) if features is not None and layer.id == "townships" else None,
    )
    opening.problems += changes(opening.recorded.get(layer.id), entry, layer)
    opening.entries[layer.id] = entry


def _extent(frame: gpd.GeoDataFrame, layer: Layer) -> float:
    """Total area in m², length in m, or number of points."""
    measure = {"polygon": shapely.area, "line": shapely.length}.get(layer.geometry)
    return float(len(frame)) if measure is None else float(measure(frame.geometry.array.to_numpy()).sum())
