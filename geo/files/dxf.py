"""Shapes of a text DXF drawing: polylines, lines, points and circles of its entities, layer by layer.

A small reader of tag pairs, so no CAD driver of GDAL is needed. Blocks, splines and texts are left out; arcs of
polylines are followed in steps of at most ten degrees. A drawing states no coordinate system.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.files.encoding import text_codec
from geo.reached import each
from words.errors import AtlasError

MOST_TAGS = 2_000_000
_START = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*+(?:999[ \t\r]*+\n[^\n]*+\n\s*+)*+0[ \t\r]*+\n\s*+SECTION", re.I)
_BINARY = b"AutoCAD Binary DXF"
_STEP = math.pi / 18
_KINDS = ("LWPOLYLINE", "POLYLINE", "LINE", "POINT", "CIRCLE")

Tags = list[tuple[int, str]]
Vertex = tuple[float, float, float]


def is_dxf(path: Path) -> bool:
    """Whether the bytes begin like a DXF drawing, text or binary."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    return head.startswith(_BINARY) or _START.match(head) is not None


def read(path: Path) -> gpd.GeoDataFrame:
    """The shapes with their `layer`, no CRS; closed polylines are polygons. AtlasError when broken, binary or empty."""
    content = path.read_bytes()
    if content.startswith(_BINARY):
        raise AtlasError("geo.errors.dxf_binary", file=path.name)
    text = content.decode(text_codec(content) or "gb18030", errors="replace").lstrip("\ufeff")
    layers, shapes = [], []
    for kind, tags in each(_entities(_tags(text, path.name)), "feature"):
        shape = _shape(kind, tags, path.name)
        if shape is not None:
            layers.append(next((value for code, value in tags if code == 8), ""))
            shapes.append(shape)
    if not shapes:
        raise AtlasError("geo.errors.dxf_empty", file=path.name)
    return gpd.GeoDataFrame({"layer": layers}, geometry=shapes)


def _tags(text: str, file: str) -> Iterator[tuple[int, str]]:
    if text.count("\n") > 2 * MOST_TAGS:
        raise AtlasError("geo.errors.too_many_places", file=file, most=MOST_TAGS)
    lines = text.splitlines()
    for at in range(0, len(lines) - 1, 2):
        try:
            code = int(lines[at])
        except ValueError:
            raise AtlasError("geo.errors.dxf_broken", file=file, row=at + 1) from None
        yield code, lines[at + 1].strip()


def _entities(tags: Iterator[tuple[int, str]]) -> Iterator[tuple[str, Tags]]:
    """Kind and tags of each entity of the section ENTITIES, the vertices of an old polyline among its own."""
    inside, kind, held = False, "", []
    section = ""
    for code, value in tags:
        if code == 0:
            if value in ("VERTEX", "SEQEND") and kind == "POLYLINE":
                held.append((0, value))
                continue
            if kind in _KINDS:
                yield kind, held
            kind, held = value if inside else "", []
            section = value
            inside = inside and value != "ENDSEC"
        elif code == 2 and section == "SECTION":
            inside, section = value == "ENTITIES", ""
        else:
            held.append((code, value))
    if kind in _KINDS:
        yield kind, held


def _shape(kind: str, tags: Tags, file: str) -> BaseGeometry | None:
    try:
        if kind in ("LWPOLYLINE", "POLYLINE"):
            return _polyline(kind, tags)
        single = {code: float(value) for code, value in tags if code in (10, 20, 11, 21, 40)}
        if kind == "LINE":
            return shapely.LineString([(single[10], single[20]), (single[11], single[21])])
        if kind == "CIRCLE":
            return shapely.Point(single[10], single[20]).buffer(single[40], quad_segs=16)
        return shapely.Point(single[10], single[20])
    except (KeyError, ValueError) as error:
        raise AtlasError("geo.errors.dxf_broken", file=file, row=kind) from error


def _polyline(kind: str, tags: Tags) -> BaseGeometry | None:
    head = tags
    if kind == "POLYLINE":
        first = next((at for at, tag in enumerate(tags) if tag == (0, "VERTEX")), len(tags))
        head, tags = tags[:first], tags[first:]
    closed = any(code == 70 and int(value) & 1 for code, value in head)
    vertices = _vertices(tags)
    places = _followed(vertices, closed=closed)
    if closed and len(vertices) >= 2 and len(places) >= 3:
        return shapely.Polygon(places)
    return shapely.LineString(places) if len(places) >= 2 else None


def _vertices(tags: Tags) -> list[Vertex]:
    """(x, y, bulge) of each vertex; the bulge belongs to the way to the next."""
    found: list[list[float]] = []
    for code, value in tags:
        if code == 10:
            found.append([float(value), math.nan, 0.0])
        elif code in (20, 42) and found:
            found[-1][1 if code == 20 else 2] = float(value)
    return [(x, y, bulge) for x, y, bulge in found if not math.isnan(y)]


def _followed(vertices: list[Vertex], *, closed: bool) -> list[tuple[float, float]]:
    """The places along a polyline, its arcs in small steps."""
    places: list[tuple[float, float]] = []
    for at, (x, y, bulge) in enumerate(vertices):
        places.append((x, y))
        last = at == len(vertices) - 1
        if bulge and (closed or not last):
            places += _arc((x, y), vertices[0 if last else at + 1][:2], bulge)
    return places


def _arc(start: tuple[float, float], end: tuple[float, float], bulge: float) -> list[tuple[float, float]]:
    """The places between two ends of an arc whose quarter angle has the tangent `bulge` (counter-clockwise: > 0)."""
    angle = 4 * math.atan(bulge)
    steps = max(2, math.ceil(abs(angle) / _STEP))
    chord = complex(end[0] - start[0], end[1] - start[1])
    middle = complex(*start) + chord / 2 + chord * 1j * (1 - bulge * bulge) / (4 * bulge)
    spoke = complex(*start) - middle
    turned = [
        middle + spoke * complex(math.cos(angle * k / steps), math.sin(angle * k / steps)) for k in range(1, steps)
    ]
    return [(place.real, place.imag) for place in turned]
