"""Shapes of a KML or KMZ file, read by a small parser that follows no link and knows no entity.

GDAL's KML drivers stay switched off: they fetch what a file points to. Only placemarks with points, lines, tracks and
polygons are read, flat, in WGS 84 longitude and latitude as the format says, with what is told of each (ExtendedData);
what else a file holds is counted.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from xml.parsers import expat

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.bounds import MOST_DEPTH, refuse_many
from geo.files import archive
from geo.files.encoding import codec_named, text_codec
from geo.note import Note, Said
from geo.reached import reach
from words.errors import AtlasError

MOST_BYTES = 64 * 1024**2  # unpacked
MOST_FIELDS = 100
_HEAD = 4096
_RINGS = {"outerBoundaryIs": "outer", "innerBoundaryIs": "inner"}
_DECLARED = re.compile(rb"\A[^<]{0,16}<\?xml[^>]{0,200}?encoding=[\"']([A-Za-z0-9._-]{1,40})[\"']")
_DECLARATION = re.compile(r"\A\s*+<\?xml[^>]*+>")
_FIELDS = ("Data", "SimpleData")
_OWN = ("name", "folder", "geometry")  # columns the placemarks have themselves
_LEFT = {"GroundOverlay": "overlay", "NetworkLink": "link", "Model": "model", "ScreenOverlay": "overlay"}

Places = list[tuple[float, float]]


def is_kml(path: Path) -> bool:
    """Whether the bytes are a KML text, or a zip with one and without other spatial files."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if head.startswith(b"PK"):
        names = [name.lower() for name in archive.names(path)]
        others = (".shp", ".gpkg", ".geojson", ".json", ".xml")
        return any(name.endswith(".kml") for name in names) and not any(name.endswith(others) for name in names)
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return plain.startswith(b"<") and (b"<kml" in plain or b":kml" in plain)


def read(path: Path) -> tuple[gpd.GeoDataFrame, Said]:
    """The placemarks with `name`, `folder`, geometry in EPSG:4326 and the fields told of them, and what was left out.

    Fields are texts, missing where a placemark has none. A placemark of several kinds gives a row for
    each. AtlasError for a broken, hostile or empty file.
    """
    with path.open("rb") as stream:
        packed = stream.read(2) == b"PK"
    contents = archive.contents(path, suffixes=(".kml",)) if packed else [(path.name, path.read_bytes())]
    placemarks = _Placemarks(path.name)
    size = 0
    for name, text in contents:
        size += len(text)
        if size > MOST_BYTES:
            raise AtlasError("geo.errors.archive_too_big", file=path.name, entry=name)
        placemarks.parse(_as_utf8(text, path.name))
    if not placemarks.found:
        raise AtlasError("geo.errors.kml_empty", file=path.name)
    names, folders, shapes, told = zip(*placemarks.found, strict=True)
    left = [Note(f"geo.errors.note.kml_{kind}", {"count": count}) for kind, count in sorted(placemarks.left.items())]
    columns: dict[str, Sequence[object]] = {"name": names, "folder": folders}
    columns |= {field: [one.get(field) for one in told] for field in placemarks.fields}
    frame = gpd.GeoDataFrame(columns, geometry=list(shapes), crs=4326)
    return frame, Said(left_out=tuple(left))


def _as_utf8(content: bytes, file: str) -> bytes:
    """The text in UTF-8 without its declaration: as the bytes prove, else as it declares, for expat knows no GBK."""
    codec = text_codec(content)
    told = _DECLARED.match(content)
    if codec not in ("utf-8", "utf-8-sig", "utf-16"):
        codec = codec_named(told[1].decode("ascii") if told else None) or codec
    try:
        text = content.decode(codec or "utf-8").lstrip("\ufeff")
    except (UnicodeDecodeError, LookupError) as error:
        raise AtlasError("geo.errors.kml_broken", file=file, reason=codec or "UTF-8") from error
    return _DECLARATION.sub("", text, count=1).lstrip().encode("utf-8")


class _Placemarks:
    """One pass over a KML text."""

    def __init__(self, file: str) -> None:
        self.file, self.points, self.begun = file, 0, 0
        self.found: list[tuple[str, str, BaseGeometry, dict[str, str]]] = []
        self.left: Counter[str] = Counter()
        self.stack: list[str] = []
        self.folders: list[str] = []
        self.text: list[str] = []
        self.name = ""
        self.fields: dict[str, None] = {}  # in the order met
        self.field = ""
        self.told: dict[str, str] = {}
        self.shapes: list[BaseGeometry] = []
        self.outer: Places = []
        self.holes: list[Places] = []
        self.track: Places = []

    def parse(self, content: bytes) -> None:
        """Take in a text; prefixes of names are looked past, declared or not."""
        parser = expat.ParserCreate("utf-8")
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self.text.append
        self.stack.clear()
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise AtlasError("geo.errors.kml_broken", file=self.file, reason=str(error)) from error

    def _refuse(self, *_: object) -> None:
        raise AtlasError("geo.errors.doctype", file=self.file)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self.stack.append(name)
        if len(self.stack) > MOST_DEPTH:
            raise AtlasError("geo.errors.too_deep", file=self.file, most=MOST_DEPTH)
        self.text.clear()
        if name == "Placemark":
            self.name, self.shapes, self.told = "", [], {}
            self.begun += 1
            reach("feature", self.begun)
        elif name == "Folder":
            self.folders.append("")
        elif name in _FIELDS:
            self.field = attributes.get("name", "").strip()
        elif name == "Polygon":
            self.outer, self.holes = [], []
        elif name == "Track":
            self.track = []
        elif name in _LEFT:
            self.left[_LEFT[name]] += 1

    def _end(self, tag: str) -> None:
        name = self.stack.pop()
        parent = self.stack[-1] if self.stack else ""
        if name == "name" and parent == "Placemark":
            self.name = "".join(self.text).strip()
        elif name == "name" and parent == "Folder":
            self.folders[-1] = "".join(self.text).strip()
        elif name == "Folder":
            self.folders.pop()
        elif name == "SimpleData" or (name == "value" and parent == "Data"):
            self._tell("".join(self.text).strip())
        elif name == "coordinates" and "Placemark" in self.stack:
            self._take(self._coordinates())
        elif name == "coord" and parent == "Track":
            self.track += self._places(["".join(self.text).replace(",", " ").split()])
        elif name == "Track":
            self._line(self.track)
        elif name == "Polygon":
            self._polygon()
        elif name == "Placemark":
            self._placemark()
        self.text.clear()

    def _polygon(self) -> None:
        if len(self.outer) < 3:
            self.left["unfinished"] += 1
            return
        self.shapes.append(shapely.Polygon(self.outer, [hole for hole in self.holes if len(hole) >= 3]))

    def _placemark(self) -> None:
        """The shapes of a placemark, those of one kind as one."""
        if not self.shapes:
            self.left["without"] += 1
        folder = "/".join(filter(None, self.folders))
        for kind, gather in (
            ("Polygon", shapely.multipolygons),
            ("LineString", shapely.multilinestrings),
            ("Point", shapely.multipoints),
        ):
            alike = [shape for shape in self.shapes if shape.geom_type == kind]
            if alike:
                self.found.append((self.name, folder, alike[0] if len(alike) == 1 else gather(alike), self.told))
        self.shapes = []

    def _tell(self, value: str) -> None:
        """Keep what is told of a placemark under the name of its field; fields beyond `MOST_FIELDS` are counted."""
        if not self.field or self.field in _OWN or "Placemark" not in self.stack:
            return
        if self.field not in self.fields and len(self.fields) >= MOST_FIELDS:
            self.left["fields"] += 1
            return
        self.fields[self.field] = None
        self.told[self.field] = value

    def _take(self, places: Places) -> None:
        ring = next((_RINGS[name] for name in reversed(self.stack) if name in _RINGS), None)
        if ring == "outer":
            self.outer = places
        elif ring == "inner":
            self.holes.append(places)
        elif self.stack[-1] == "Point" and places:
            self.shapes.append(shapely.Point(places[0]))
        elif self.stack[-1] in ("LineString", "LinearRing"):
            self._line(places)

    def _line(self, places: Places) -> None:
        if len(places) >= 2:
            self.shapes.append(shapely.LineString(places))
        else:
            self.left["unfinished"] += 1

    def _coordinates(self) -> Places:
        text = "".join(self.text)
        refuse_many(self.points + text.count(",") // 2, self.file)
        return self._places(_tuples(text.split()))

    def _places(self, tuples: list[list[str]]) -> Places:
        places = []
        for parts in tuples:
            try:
                east, north = (float(part) for part in parts[:2])
            except ValueError:
                east = north = math.nan
            if not (math.isfinite(east) and math.isfinite(north)):
                facts = {"row": len(self.found) + 1, "reason": ",".join(parts)[:40]}
                raise AtlasError("geo.errors.kml_broken", file=self.file, **facts)
            places.append((east, north))
        self.points += len(places)
        refuse_many(self.points, self.file)
        return places


def _tuples(words: list[str]) -> list[list[str]]:
    """The words of a list of coordinates as tuples: a comma at the end or the beginning of a word says it goes on."""
    tuples: list[list[str]] = []
    goes_on = False
    for word in words:
        parts = bare.split(",") if (bare := word.strip(",")) else []
        if tuples and (goes_on or word.startswith(",")):
            tuples[-1] += parts
        elif parts:
            tuples.append(parts)
        goes_on = word.endswith(",")
    return tuples
