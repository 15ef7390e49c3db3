"""Everything a map page needs, made once per data version: light geometry, finished texts, places and picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS

from geo.crs import to_crs
from geo.shapes import simplify
from layers.catalogue import CATALOGUE
from layers.departments import Departments
from layers.district import District, Entry
from layers.layer import Layer, Status
from maps.look.rows import by_column, names_by_key, rows
from maps.screen.hillshade import Bounds, Picture, district_picture
from maps.screen.packing import pack
from words.errors import AtlasError
from words.markup import script_json

MAP_CRS = CRS.from_epsg(4326)  # CGCS2000 degrees are drawn as WGS84: they differ by centimetres
DETAIL_M = 8.0
OUTLINE_M = 20.0
OVERVIEW_M = 60.0
_NOT_SWITCHED = ("townships",)


@dataclass(frozen=True)
class Place:
    """A township as the map knows it: its box and the point its name stands at, in degrees (lon, lat)."""

    code: str
    name: str
    short_name: str
    bounds: Bounds
    point: tuple[float, float]


@dataclass(frozen=True)
class Prepared:
    """A data version ready for drawing; every text is protected JSON.

    `parts[township][layer]` holds the packed shapes and columns of the features there; `outline` and `overview` the
    township polygons in the order of `places`, fine and coarse; `streams` the rivers of the whole district.
    `present` are the layers read, `broken` those that are there and could not be read.
    """

    code: str
    name: str
    name_en: str
    version: str
    places: Mapping[str, Place]
    bounds: Bounds
    outline: str
    overview: str
    streams: str
    parts: Mapping[str, Mapping[str, str]]
    counts: Mapping[str, Mapping[str, int]]
    entries: Mapping[str, Entry]
    present: frozenset[str]
    broken: frozenset[str]
    departments: Departments
    picture: Picture | None = None

    def status(self, layer: str) -> Status | None:
        """How far the layer's source may be trusted; none when the layer is absent."""
        return self.entries[layer].source.status if layer in self.entries else None


def map_layers() -> tuple[Layer, ...]:
    """The vector layers a person can switch on a map, in the order they are declared."""
    vectors = ("polygon", "line", "point")
    return tuple(layer for layer in CATALOGUE.values() if layer.geometry in vectors and layer.id not in _NOT_SWITCHED)


def prepare(district: District) -> Prepared:
    """The district simplified, in degrees and as text; about a second for a district, then every map is quick."""
    townships = district.townships
    outline = _coverage(townships, OUTLINE_M)
    present = [layer for layer in map_layers() if layer.id in district.frames]
    parts: dict[str, dict[str, str]] = {code: {} for code in townships.index}
    counts: dict[str, dict[str, int]] = {code: {} for code in townships.index}
    names = names_by_key(district)
    for layer in present:
        for code, (text, count) in _by_township(district, layer, names).items():
            parts[code][layer.id] = text
            counts[code][layer.id] = count
    return Prepared(
        code=district.settings.code,
        name=district.settings.name,
        name_en=district.settings.name_en,
        version=district.version,
        places=_places(townships, outline),
        bounds=tuple(float(edge) for edge in outline.total_bounds),
        outline=script_json(pack(outline.geometry.to_numpy())),
        overview=script_json(pack(_coverage(townships, OVERVIEW_M).geometry.to_numpy())),
        streams=script_json(pack(_streams(district))),
        parts=parts,
        counts=counts,
        entries=dict(district.entries),
        present=frozenset(layer.id for layer in present),
        broken=frozenset(district.broken),
        departments=district.departments,
        picture=district_picture(district),
    )


def _by_township(
    district: District, layer: Layer, names: Mapping[str, Mapping[str, str]]
) -> dict[str, tuple[str, int]]:
    """The layer's text and count in each township that has any of it."""
    frame = district.frames[layer.id]
    drawn = (frame.geometry.notna() & ~frame.geometry.is_empty).to_numpy()
    frame, place_of = frame[drawn], np.cumsum(drawn) - 1
    cells = np.empty(len(frame), object)
    cells[:] = rows(frame, layer, names=names)
    shapes = _light(frame, layer)
    found = {}
    for code, inside in district.rows_by_township(layer.id).items():
        here = place_of[inside[drawn[inside]]]
        if len(here):
            columns = script_json(by_column([cells[n] for n in here]))
            text = f'{{"g":{script_json(pack(shapes[here]))},"n":{len(here)},"c":{columns}}}'
            found[code] = (text, len(here))
    return found


def _light(frame: gpd.GeoDataFrame, layer: Layer) -> np.ndarray:
    return _flat(frame if layer.geometry == "point" else simplify.separate(frame, DETAIL_M))


def _flat(frame: gpd.GeoDataFrame) -> np.ndarray:
    """The shapes in degrees, without heights."""
    return shapely.force_2d(to_crs(frame[["geometry"]], MAP_CRS).geometry.to_numpy())


def _coverage(townships: gpd.GeoDataFrame, tolerance_m: float) -> gpd.GeoDataFrame:
    """The townships with light borders that stay shared, in degrees; each alone where they are no coverage."""
    shapes = townships[["geometry"]]
    try:
        lighter = simplify.coverage(shapes, tolerance_m)
    except AtlasError:
        lighter = simplify.separate(shapes, tolerance_m / 2)
    return to_crs(lighter, MAP_CRS)


def _streams(district: District) -> np.ndarray:
    frame = district.frames.get("rivers")
    if frame is None:
        return np.empty(0, object)
    return _flat(simplify.separate(frame[frame.geometry.notna()], OVERVIEW_M / 2))


def _places(townships: gpd.GeoDataFrame, outline: gpd.GeoDataFrame) -> dict[str, Place]:
    points = shapely.get_coordinates(shapely.point_on_surface(outline.geometry.to_numpy())).round(5)
    boxes = outline.bounds.to_numpy().round(5)
    return {
        code: Place(
            code=str(code),
            name=str(row["name"]),
            short_name=str(row["short_name"]) if isinstance(row["short_name"], str) else str(row["name"]),
            bounds=tuple(boxes[n].tolist()),
            point=tuple(points[n].tolist()),
        )
        for n, (code, row) in enumerate(townships.iterrows())
    }
