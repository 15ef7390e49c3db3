"""Reading a shapefile: its parts found, checked against one another, decoded, and every repair said aloud."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from geo.files import dbf, gdal_reading, shapefile_look, staging
from geo.files.encoding import Choice, choose, codec_named, decode
from geo.files.vector_file import VectorFile, check_geometry, claimed, flattened, known_crs, restored, settled
from geo.note import Note, listed
from words.errors import AtlasError

_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_RAW = "ISO-8859-1"  # maps every byte to one sign and back: GDAL reads, we decode


def read(path: Path, *, encoding: str | None = None) -> VectorFile:
    """All features of a shapefile, deleted table rows left out; `encoding` overrules what the text shows.

    Raises AtlasError for a missing .dbf, parts that disagree, and records that cannot be read. A missing .shx is
    rebuilt beside a link to the file, never in place.
    """
    parts = _parts(path)
    notes: list[Note] = []
    if ".dbf" not in parts:
        raise AtlasError("geo.errors.part_missing", file=path.name, part=".dbf")
    table = dbf.read(parts[".dbf"])
    shapes = shapefile_look.check(path, parts.get(".shx"))
    if len(table.records) != len(shapes):
        raise AtlasError("geo.errors.row_counts", file=path.name, shapes=len(shapes), rows=len(table.records))
    choice = _choice(table, parts.get(".cpg"), encoding, notes)
    names_whole = all(decode(column.name, "utf-8")[1] for column in table.columns)
    direct = choice.codec == "utf-8" and names_whole and table.is_utf8
    frame = _through_gdal(parts, shapes, encoding="UTF-8" if direct else _RAW, notes=notes)
    if len(frame) != int(table.live.sum()):
        raise AtlasError("geo.errors.row_counts", file=path.name, shapes=len(frame), rows=int(table.live.sum()))
    frame = frame if direct else _decoded(frame, choice.codec, notes)
    _note_rows(table, notes)
    frame = _without_bad_numbers(frame, table, notes)
    frame = restored(flattened(frame, notes), notes)
    check_geometry(frame, path.name, absent=_absent(shapes)[table.live], notes=notes)
    _check_boxes(frame, shapes.boxes()[table.live], path.name, notes)
    crs = _crs(frame, parts.get(".prj"), notes)
    return VectorFile(settled(frame, crs), "ESRI Shapefile", choice.codec, crs, tuple(notes))


def _parts(path: Path) -> dict[str, Path]:
    """The companions of a .shp by lower-case suffix, whatever the case they are written in."""
    found = {".shp": path}
    for file in path.parent.iterdir():
        if file.stem == path.stem and file.suffix.lower() in _PARTS[1:]:
            found[file.suffix.lower()] = file
    return found


def _texts(table: dbf.Table) -> list[bytes]:
    """What tells the encoding: the cells, and the field names only where no cell does; one name decides no file."""
    return table.texts() or [column.name for column in table.columns if not column.name.isascii()]


def _choice(table: dbf.Table, cpg: Path | None, encoding: str | None, notes: list[Note]) -> Choice:
    if encoding is not None:
        codec = codec_named(encoding)
        if codec is None:
            raise AtlasError("geo.errors.encoding_unknown", value=encoding)
        return Choice(codec, True)
    said = cpg.read_bytes().decode("utf-8-sig", errors="ignore").strip() if cpg else ""
    texts = _texts(table)
    choice = choose(texts, declared=codec_named(said) or table.language)
    if not texts:
        return choice
    if not choice.sure:
        notes.append(Note("geo.errors.note.encoding_unsure", {"encoding": choice.codec.upper()}))
    elif said and codec_named(said) != choice.codec:
        notes.append(Note("geo.errors.note.encoding_corrected", {"value": said, "encoding": choice.codec.upper()}))
    elif not said and choice.codec != "utf-8":
        notes.append(Note("geo.errors.note.encoding_found", {"encoding": choice.codec.upper()}))
    return choice


def _through_gdal(
    parts: dict[str, Path], shapes: shapefile_look.Shapes, *, encoding: str, notes: list[Note]
) -> GeoDataFrame:
    files: dict[str, Path] = {suffix: parts[suffix] for suffix in (".shp", ".shx", ".dbf", ".prj") if suffix in parts}
    with ExitStack() as stack:
        if ".shx" not in files:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="atlas-"))
            files[".shx"] = Path(folder) / "rebuilt.shx"
            shapefile_look.write_index(files[".shx"], shapes)
            notes.append(Note("geo.errors.note.shx_rebuilt", {"count": len(shapes)}))
        source = stack.enter_context(staging.plainly_named(files))
        return gdal_reading.read(source, parts[".shp"].name, encoding=encoding)


def _decoded(frame: GeoDataFrame, codec: str, notes: list[Note]) -> GeoDataFrame:
    """The frame read byte for byte, its texts and headers decoded; cells cut in half a character are noted."""
    names: dict[str, str] = {}
    for column in frame.columns:
        names[column], whole = decode(str(column).encode(_RAW), codec)
        if not whole:
            notes.append(Note("geo.errors.note.field_name_cut", {"field": names[column]}))
    for column in frame.columns:
        if pd.api.types.is_string_dtype(frame[column].dtype) and column != frame.geometry.name:
            frame[column] = _decoded_column(frame[column], codec, names[column], notes)
    return frame.rename(columns=names)


def _decoded_column(values: pd.Series, codec: str, name: str, notes: list[Note]) -> pd.Series:
    decoded: dict[str, str] = {}
    broken: set[str] = set()
    for value in values.dropna().unique():
        decoded[value], whole = (value, True) if value.isascii() else decode(value.encode(_RAW), codec)
        if not whole:
            broken.add(value)
    if broken:
        rows = (np.flatnonzero(values.isin(broken)) + 1).tolist()
        notes.append(Note("geo.errors.note.text_cut", {"field": name, "count": len(rows), "rows": listed(rows)}))
    return values.map(decoded).astype(values.dtype)


def _note_rows(table: dbf.Table, notes: list[Note]) -> None:
    deleted = int((~table.live).sum())
    if deleted:
        notes.append(Note("geo.errors.note.deleted_rows", {"count": deleted}))


def _without_bad_numbers(frame: GeoDataFrame, table: dbf.Table, notes: list[Note]) -> GeoDataFrame:
    for place, rows in dbf.unreadable_numbers(table).items():
        column, name = table.columns[place], frame.columns[place]
        value = table.cells(column)[rows[0]].decode("ascii", errors="replace").strip()
        facts = {"field": name, "count": len(rows), "rows": listed((rows + 1).tolist()), "value": value}
        notes.append(Note("geo.errors.note.not_a_number", facts))
        frame[name] = frame[name].mask(np.isin(np.arange(len(frame)), rows))
    return frame


def _absent(shapes: shapefile_look.Shapes) -> np.ndarray:
    """Per record, whether the file itself holds a null shape or one without points."""
    absent = shapes.kinds == 0
    if shapes.kind in (1, 11, 21) or absent.all():
        return absent
    fixed = 36 if shapes.kind in (8, 18, 28) else 40
    rows = np.flatnonzero(~absent)
    absent[rows] = shapes.numbers(shapes.places[rows] + fixed) == 0
    return absent


def _check_boxes(frame: GeoDataFrame, boxes: np.ndarray, file: str, notes: list[Note]) -> None:
    """Every shape must fill the bounds stored with it; one that does not has been damaged.

    Some programs store bounds carelessly: when more than a tenth disagree, that is noted instead.
    """
    bounds = shapely.bounds(frame.geometry.values)
    known = ~np.isnan(bounds).any(axis=1) & (shapely.get_type_id(frame.geometry.values) != 0)
    with np.errstate(invalid="ignore", over="ignore"):
        off = ~(np.abs(bounds - boxes).max(axis=1) <= 1e-9 * np.abs(bounds).max(axis=1) + 1e-9)
    wrong = np.flatnonzero(known & off)
    if not len(wrong):
        return
    if len(wrong) > max(1, len(frame) // 10):
        notes.append(Note("geo.errors.note.bounds_careless", {"count": len(wrong)}))
        return
    raise AtlasError("geo.errors.shp_record", file=file, row=int(wrong[0]) + 1)


def _crs(frame: GeoDataFrame, prj: Path | None, notes: list[Note]) -> CRS | None:
    crs = claimed(frame)
    if crs is not None:
        return crs
    text = "" if prj is None else prj.read_bytes().decode("utf-8-sig", errors="ignore").strip()
    crs = known_crs(text) if text else None
    if crs is None:
        notes.append(Note("geo.errors.note.prj_unreadable" if text else "geo.errors.note.prj_missing"))
    return crs
