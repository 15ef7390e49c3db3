"""Reading and finishing a GeoPackage: the SQLite file checked before GDAL, its styles written after."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from geopandas import GeoDataFrame

from geo.files import gdal_reading, staging
from geo.files.vector_file import VectorFile, check_geometry, claimed, flattened, restored, settled
from geo.note import Note
from words.errors import AtlasError

_CURVES = {"CIRCULARSTRING", "COMPOUNDCURVE", "CURVEPOLYGON", "MULTICURVE", "MULTISURFACE", "CURVE", "SURFACE"}
_CURVED_KINDS = {8, 9, 10, 11, 12, 13, 14}
_BOX_BYTES = {1: 32, 2: 48, 3: 48, 4: 64}
_MAPPED_BYTES = 1 << 30
_STYLES_TABLE = """CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
    f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME)"""


@dataclass(frozen=True)
class _Content:
    table: str
    column: str
    kind: str


def read(path: Path, *, layer: str | None = None) -> VectorFile:
    """All features of one layer; the layer must be named when there are several.

    Raises AtlasError: `gpkg_broken` (SQLite's own check fails), `no_layer`, `which_layer`, `row_counts`.
    """
    notes: list[Note] = []
    content, rows = _inspect(path, layer, notes)
    with staging.plainly_named({".gpkg": path}) as source:
        try:
            frame = gdal_reading.read(source, path.name, layer=content.table)
        except AtlasError as error:
            if _is_curved(path, content):
                raise AtlasError("geo.errors.curves_unread", file=path.name, layer=content.table) from error
            raise
    if len(frame) != rows:
        raise AtlasError("geo.errors.row_counts", file=path.name, shapes=len(frame), rows=rows)
    frame = restored(flattened(frame, notes), notes)
    check_geometry(frame, path.name, absent=_absent(path, content, frame), notes=notes)
    crs = claimed(frame)
    if crs is None:
        notes.append(Note("geo.errors.note.crs_missing"))
    return VectorFile(settled(frame, crs), "GPKG", "utf-8", crs, tuple(notes))


def layers(path: Path) -> list[str]:
    """The names of the feature layers, in the file's order."""
    try:
        with _opened(path) as connection:
            return [content.table for content in _contents(path, connection)]
    except (sqlite3.Error, UnicodeError) as error:
        raise AtlasError("geo.errors.gpkg_broken", file=path.name) from error


def add_styles(path: Path, styles: Mapping[str, str], *, geometry: str = "geom") -> None:
    """Store one QGIS style (QML text) per layer name as its default, in the table QGIS looks for."""
    row = "(f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD, "
    row += "useAsDefault, description, owner, ui, update_time)"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(_STYLES_TABLE)
        for layer, qml in styles.items():
            values = ("", "", layer, geometry, layer[:30], qml, "", 1, "", "", None, "2000-01-01T00:00:00.000Z")
            connection.execute(f"INSERT INTO layer_styles {row} VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", values)
        connection.execute(
            "INSERT OR REPLACE INTO gpkg_contents (table_name, data_type, identifier, last_change) "
            "VALUES ('layer_styles', 'attributes', 'layer_styles', '2000-01-01T00:00:00.000Z')"
        )


def _opened(path: Path) -> closing[sqlite3.Connection]:
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return closing(sqlite3.connect(address, uri=True))


def _inspect(path: Path, layer: str | None, notes: list[Note]) -> tuple[_Content, int]:
    """The chosen layer and its number of rows, after SQLite has checked its own pages."""
    with path.open("rb") as stream:
        if stream.read(20)[18:] == b"\2\2":
            notes.append(Note("geo.errors.note.gpkg_unfinished"))
    try:
        with _opened(path) as connection:
            connection.execute(f"PRAGMA mmap_size={_MAPPED_BYTES}")
            if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise AtlasError("geo.errors.gpkg_broken", file=path.name)
            content = _chosen(path, _contents(path, connection), layer)
            if content.kind.upper() in _CURVES:
                notes.append(Note("geo.errors.note.curves", {"layer": content.table}))
            rows = connection.execute(f"SELECT count(*) FROM {_quoted(content.table)}").fetchone()[0]
    except (sqlite3.Error, UnicodeError) as error:
        raise AtlasError("geo.errors.gpkg_broken", file=path.name) from error
    return content, int(rows)


def _absent(path: Path, content: _Content, frame: GeoDataFrame) -> np.ndarray:
    """Per row in reading order, whether the file holds none or an empty one; asked only when some came out missing."""
    empty = shapely.is_empty(frame.geometry.values)
    if not shapely.is_missing(frame.geometry.values).any():
        return empty
    with _opened(path) as connection:
        query = f"SELECT {_quoted(content.column)} IS NULL FROM {_quoted(content.table)}"
        return empty | np.array(connection.execute(query).fetchall(), bool).reshape(-1)


def _is_curved(path: Path, content: _Content) -> bool:
    """Whether shapes of the layer are made of curves, by the type each is stored with."""
    query = f"SELECT substr({_quoted(content.column)}, 1, 80) FROM {_quoted(content.table)} LIMIT 10000"
    with _opened(path) as connection:
        return any(
            isinstance(blob, bytes) and _wkb_kind(blob) in _CURVED_KINDS for (blob,) in connection.execute(query)
        )


def _wkb_kind(blob: bytes) -> int:
    """The type of a stored shape, 0 where it is none: magic, version, flags, CRS, box, then WKB."""
    if blob[:2] != b"GP" or len(blob) < 8:
        return 0
    at = 8 + _BOX_BYTES.get(blob[3] >> 1 & 7, 0)
    little, kind = blob[at : at + 1] == b"\1", blob[at + 1 : at + 5]
    return (int.from_bytes(kind, "little") if little else int.from_bytes(kind, "big")) % 1000


def _contents(path: Path, connection: sqlite3.Connection) -> list[_Content]:
    query = (
        "SELECT g.table_name, g.column_name, g.geometry_type_name FROM gpkg_geometry_columns g "
        "JOIN gpkg_contents c ON c.table_name = g.table_name WHERE c.data_type = 'features' ORDER BY c.rowid"
    )
    found = [_Content(*row) for row in connection.execute(query)]
    if not found:
        raise AtlasError("geo.errors.no_geometry", file=path.name)
    return found


def _chosen(path: Path, contents: list[_Content], layer: str | None) -> _Content:
    names = ", ".join(content.table for content in contents)
    if layer is not None:
        for content in contents:
            if content.table == layer:
                return content
        raise AtlasError("geo.errors.no_layer", file=path.name, names=names)
    if len(contents) > 1:
        raise AtlasError("geo.errors.which_layer", file=path.name, names=names)
    return contents[0]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
