"""A file of township borders opened; where it holds several layers with areas a person chooses the townships'."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import shapely
from pyproj import CRS

from geo.doubt import Answers
from geo.files import kml, vector
from geo.note import Note
from intake.site.layers import choose, listed
from words.errors import AtlasError

_QUESTION = "townships.layer"


class Opened(NamedTuple):
    """Features as stored, the system the file declares, how its text was read, and the remarks made."""

    frame: gpd.GeoDataFrame
    declared_crs: CRS | None
    encoding: str | None
    notes: tuple[Note, ...]


def opened(path: Path, answers: Answers) -> Opened:
    """The features of a vector file or KML; UndecidedError where several of its layers hold areas."""
    if kml.is_kml(path):
        return _of_kml(path, answers)
    names = vector.names(path)
    if len(names) > 1:
        return _of_layers(path, names, answers)
    found = vector.read(path)
    return Opened(found.frame, found.declared_crs, found.encoding, found.notes)


def _of_kml(path: Path, answers: Answers) -> Opened:
    frame, said = kml.read(path)
    folders = {str(name): part for name, part in frame.groupby(frame["folder"].replace("", "/"), sort=False)}
    chosen = folders[_chosen(folders, path, answers)].dropna(axis="columns", how="all")
    return Opened(chosen.reset_index(drop=True), CRS.from_epsg(4326), "utf-8", said.notes)


def _of_layers(path: Path, names: list[str], answers: Answers) -> Opened:
    read = dict(_readable(path, names))
    chosen = read[_chosen({name: one.frame for name, one in read.items()}, path, answers)]
    return Opened(chosen.frame, chosen.declared_crs, chosen.encoding, chosen.notes)


def _readable(path: Path, names: list[str]) -> Iterator[tuple[str, vector.VectorFile]]:
    for name in names:
        try:
            yield name, vector.read(path, layer=name)
        except AtlasError:
            continue


def _chosen(layers: dict[str, gpd.GeoDataFrame], path: Path, answers: Answers) -> str:
    """The name of the layer of the townships: the only one with areas, or the one a person says."""
    areas = {name: part for name, part in layers.items() if (shapely.get_dimensions(part.geometry.values) == 2).any()}
    if not areas:
        raise AtlasError("intake.no_rows", file=path.name)
    return choose([listed(name, list(part.geometry)) for name, part in areas.items()], answers, file=path.name,
                  key=_QUESTION)  # fmt: skip
