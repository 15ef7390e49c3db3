"""Reading GeoJSON: decoded, lists of features wrapped, and nothing GDAL dropped left unsaid."""

from __future__ import annotations

import json
import math
import re
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame

from geo.bounds import refuse_deep
from geo.files import gdal_reading, staging
from geo.files.encoding import text_codec
from geo.files.vector_file import VectorFile, check_geometry, claimed, flattened, restored, settled
from geo.note import Note
from geo.reached import each
from words.errors import AtlasError

_FEATURE = re.compile(rb'"type"\s*:\s*"Feature"')
_NO_OBJECT = re.compile(rb'\}\s*+,\s*+(?![\s{"])|"features"\s*+:\s*+\[\s*+(?![\s{\]])')  # a number among the features
_NULL_GEOMETRY = re.compile(rb'"geometry"\s*:\s*null')
_MEMBERS = tuple(re.compile(rb'"%s"\s*:' % name) for name in (b"geometry", b"properties"))
_COORDINATES = re.compile(rb'"coordinates"\s*:')
_CRS_MEMBER = re.compile(rb'"crs"\s*:\s*\{')
_COLLECTION = re.compile(rb'"type"\s*:\s*"FeatureCollection"')
_SHAPES = {
    "Point",
    "LineString",
    "Polygon",
    "MultiPoint",
    "MultiLineString",
    "MultiPolygon",
    "GeometryCollection",
}


def read(path: Path) -> VectorFile:
    """All features of a FeatureCollection, a Feature, a bare geometry or a list of features (as DataV exports).

    Longitude and latitude are assumed, as the standard says, unless a `crs` member or the numbers say otherwise; in
    the last case the frame has no CRS and a note tells. Raises `json_broken` and errors naming the feature.
    """
    notes: list[Note] = []
    content = path.read_bytes()
    codec = text_codec(content) or "utf-8"
    text = content if codec == "utf-8" else _as_utf8(path, content, codec, notes)
    refuse_deep(text, path.name)
    if not text.lstrip().startswith(b"{"):
        text = _wrapped(path, text, notes)
    frame = _through_gdal(path, text, rewritten=text is not content)
    absent = _checked(path, text, frame)
    frame = restored(flattened(frame, notes), notes)
    check_geometry(frame, path.name, absent=absent, notes=notes)
    frame = _with_crs(frame, text, notes)
    return VectorFile(frame, "GeoJSON", codec.removesuffix("-sig"), frame.crs, tuple(notes))


def _as_utf8(path: Path, content: bytes, codec: str, notes: list[Note]) -> bytes:
    if codec != "utf-8-sig":
        notes.append(Note("geo.errors.note.encoding_found", {"encoding": codec.upper()}))
    try:
        return content.decode(codec).encode("utf-8")
    except UnicodeDecodeError as error:
        raise AtlasError("geo.errors.json_broken", file=path.name, place=error.start) from error


def _wrapped(path: Path, text: bytes, notes: list[Note]) -> bytes:
    """A list of features or of collections written as one collection."""
    features: list[Any] = []
    for item in _parsed(path, text):
        kind = item.get("type") if isinstance(item, dict) else None
        if kind == "FeatureCollection" and isinstance(item.get("features"), list):
            features.extend(item["features"])
        elif kind == "Feature":
            features.append(item)
        else:
            raise AtlasError("geo.errors.not_geojson", file=path.name)
    notes.append(Note("geo.errors.note.list_wrapped", {"count": len(features)}))
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode("utf-8")


def _through_gdal(path: Path, text: bytes, *, rewritten: bool) -> GeoDataFrame:
    try:
        if not rewritten and staging.is_plain(path):
            return _forced(path.absolute(), path.name)
        with tempfile.TemporaryDirectory(prefix="atlas-") as folder:
            target = Path(folder) / "source.geojson"
            target.write_bytes(text)
            return _forced(target, path.name)
    except AtlasError:
        _verified(path, text)  # names what is wrong where our own look can tell
        raise


def _forced(path: Path, file: str) -> GeoDataFrame:
    return gdal_reading.read(f"GeoJSON:{path}", file)


def _checked(path: Path, text: bytes, frame: GeoDataFrame) -> np.ndarray:
    """Whether each feature has no geometry in the file; the whole text is parsed only when quick counts disagree."""
    missing = shapely.is_missing(frame.geometry.values) | shapely.is_empty(frame.geometry.values)
    rows, nulls = len(frame), len(_NULL_GEOMETRY.findall(text))
    counts = {len(member.findall(text)) for member in (_FEATURE, *_MEMBERS)}
    counts.add(len(_COORDINATES.findall(text)) + nulls)
    plain = counts == {rows} and nulls == int(missing.sum()) and not _NO_OBJECT.search(text)
    if len(_COLLECTION.findall(text)) == 1 and plain:
        return missing
    absent = _verified(path, text)
    if len(absent) != len(frame):
        raise AtlasError("geo.errors.row_counts", file=path.name, shapes=len(frame), rows=len(absent))
    return absent


def _verified(path: Path, text: bytes) -> np.ndarray:
    """Every feature looked at: its form, its geometry's form. Returns which have none; raises naming the first bad."""
    document = _parsed(path, text)
    kind = document.get("type") if isinstance(document, dict) else None
    if kind in _SHAPES:
        document = {"features": [{"type": "Feature", "geometry": document}]}
    elif kind == "Feature":
        document = {"features": [document]}
    elif kind != "FeatureCollection" or not isinstance(document.get("features"), list):
        raise AtlasError("geo.errors.not_geojson", file=path.name)
    absent: list[bool] = []
    for row, feature in enumerate(each(document["features"], "feature"), 1):
        whole = isinstance(feature, dict) and feature.get("type") == "Feature"
        shape = feature.get("geometry", "?") if whole else "?"
        if shape is not None and not (isinstance(shape, dict) and _well_formed(shape)):
            raise AtlasError("geo.errors.feature_unreadable", file=path.name, row=row)
        absent.append(shape is None or not shape.get("coordinates", shape.get("geometries")))
    return np.array(absent, bool)


def _well_formed(shape: dict[str, Any]) -> bool:
    if shape.get("type") == "GeometryCollection":
        return all(isinstance(part, dict) and _well_formed(part) for part in shape.get("geometries", [None]))
    return (
        shape.get("type") in _SHAPES and isinstance(shape.get("coordinates"), list) and _numbers(shape["coordinates"])
    )


def _numbers(coordinates: list[Any]) -> bool:
    """Whether nested lists hold only finite numbers at the bottom, each position at least two."""
    if coordinates and not isinstance(coordinates[0], list):
        return len(coordinates) >= 2 and all(type(part) in (int, float) and math.isfinite(part) for part in coordinates)
    return all(isinstance(part, list) and _numbers(part) for part in coordinates)


def _parsed(path: Path, text: bytes) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        place = getattr(error, "pos", 0)
        raise AtlasError("geo.errors.json_broken", file=path.name, place=place) from error


def _with_crs(frame: GeoDataFrame, text: bytes, notes: list[Note]) -> GeoDataFrame:
    crs = claimed(frame)
    west, south, east, north = frame.total_bounds if len(frame) else (0.0, 0.0, 0.0, 0.0)
    beyond = west < -180 or east > 180 or south < -90 or north > 90
    if crs is not None and crs.is_geographic and beyond:
        said = "crs_contradicted" if _CRS_MEMBER.search(text) else "not_degrees"
        notes.append(Note(f"geo.errors.note.{said}", {"value": f"{east:.0f}, {north:.0f}"}))
        crs = None
    return settled(frame, crs)
