"""Shapes of a KML or KMZ file, read by a small parser that follows no link and knows no entity.

GDAL's KML drivers stay switched off: they fetch what a file points to. Only placemarks with points, lines and
polygons are read, flat, in WGS 84 longitude and latitude as the format says.
"""

from __future__ import annotations

from pathlib import Path
from xml.parsers import expat

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.bounds import MOST_DEPTH, refuse_many
from geo.files import archive
from geo.reached import reach
from words.errors import AtlasError

MOST_BYTES = 64 * 1024**2  # unpacked
_HEAD = 4096
_RINGS = {"outerBoundaryIs": "outer", "innerBoundaryIs": "inner"}


def is_kml(path: Path) -> bool:
    """Whether the bytes are a KML text, or a zip with one and without other spatial files."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if head.startswith(b"PK"):
        names = [name.lower() for name in archive.names(path)]
        others = (".shp", ".gpkg", ".geojson", ".json", ".xml")
        return any(name.endswith(".kml") for name in names) and not any(name.endswith(others) for name in names)
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"<kml" in head


def read(path: Path) -> gpd.GeoDataFrame:
    """The placemarks with `name` and geometry in EPSG:4326; AtlasError for a broken, hostile or empty file."""
    with path.open("rb") as stream:
        packed = stream.read(2) == b"PK"
    contents = archive.contents(path, suffixes=(".kml",)) if packed else [(path.name, path.read_bytes())]
    placemarks = _Placemarks(path.name)
    size = 0
    for name, text in contents:
        size += len(text)
        if size > MOST_BYTES:
            raise AtlasError("geo.errors.archive_too_big", file=path.name, entry=name)
        placemarks.parse(text)
    found = placemarks.found
    if not found:
        raise AtlasError("geo.errors.kml_empty", file=path.name)
    names, shapes = zip(*found, strict=True)
    return gpd.GeoDataFrame({"name": names}, geometry=list(shapes), crs=4326)


class _Placemarks:
    """One pass over a KML text."""

    def __init__(self, file: str) -> None:
        self.file, self.points, self.begun = file, 0, 0
        self.found: list[tuple[str, BaseGeometry]] = []
        self.stack: list[str] = []
        self.text: list[str] = []
        self.name = ""
        self.shapes: list[BaseGeometry] = []
        self.outer: list[tuple[float, float]] = []
        self.holes: list[list[tuple[float, float]]] = []

    def parse(self, content: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self.text.append
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise AtlasError("geo.errors.kml_broken", file=self.file, reason=str(error)) from error

    def _refuse(self, *_: object) -> None:
        raise AtlasError("geo.errors.doctype", file=self.file)

    def _start(self, tag: str, _: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        self.stack.append(name)
        if len(self.stack) > MOST_DEPTH:
            raise AtlasError("geo.errors.too_deep", file=self.file, most=MOST_DEPTH)
        self.text.clear()
        if name == "Placemark":
            self.name, self.shapes = "", []
            self.begun += 1
            reach("feature", self.begun)
        elif name == "Polygon":
            self.outer, self.holes = [], []

    def _end(self, tag: str) -> None:
        name = self.stack.pop()
        if name == "name" and self.stack and self.stack[-1] == "Placemark":
            self.name = "".join(self.text).strip()
        elif name == "coordinates" and "Placemark" in self.stack:
            self._take(self._coordinates())
        elif name == "Polygon" and len(self.outer) >= 3:
            self.shapes.append(shapely.Polygon(self.outer, [hole for hole in self.holes if len(hole) >= 3]))
        elif name == "Placemark" and self.shapes:
            kinds = {shape.geom_type for shape in self.shapes}
            alike = shapely.multipolygons if kinds == {"Polygon"} else shapely.geometrycollections
            self.found.append((self.name, self.shapes[0] if len(self.shapes) == 1 else alike(self.shapes)))
        self.text.clear()

    def _take(self, places: list[tuple[float, float]]) -> None:
        ring = next((_RINGS[name] for name in reversed(self.stack) if name in _RINGS), None)
        if ring == "outer":
            self.outer = places
        elif ring == "inner":
            self.holes.append(places)
        elif self.stack[-1] == "Point" and places:
            self.shapes.append(shapely.Point(places[0]))
        elif self.stack[-1] in ("LineString", "LinearRing") and len(places) >= 2:
            self.shapes.append(shapely.LineString(places))

    def _coordinates(self) -> list[tuple[float, float]]:
        places, text = [], "".join(self.text)
        refuse_many(self.points + text.count(",") // 2, self.file)
        for written in text.split():
            try:
                east, north = (float(part) for part in written.split(",")[:2])
            except ValueError:
                raise AtlasError("geo.errors.kml_broken", file=self.file, reason=written[:40]) from None
            places.append((east, north))
        self.points += len(places)
        refuse_many(self.points, self.file)
        return places
