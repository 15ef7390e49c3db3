"""A file opened by the reader its bytes call for, and the layer of the site chosen where it holds several."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from geo.bounds import refuse_many
from geo.crs import name as crs_name
from geo.doubt import Answers
from geo.files import kml, vector
from geo.files.drawing.look import is_dxf
from geo.files.sniff import sniff
from geo.files.table import read_csv, read_sheets, unstored
from geo.files.text import head_of, read_text
from geo.files.vector_file import VectorFile
from geo.note import Note, Said
from intake.site.boundary_text import SECTIONS, is_boundary_text, parse_boundary
from intake.site.coordinates import holds_wkt, of_text
from intake.site.drawing import drawing
from intake.site.foreign import refuse_foreign
from intake.site.found import Found, own_column, parcels_of, stated_of
from intake.site.layers import Listed, choose, listed
from intake.site.table import has_coordinates, is_area, of_table
from words.errors import AtlasError

NAMES = ("name", "名称", "地块名称", "项目名称", "地块", "dkmc", "xmmc", "mc", "title", "label", "id", "fid")
MOST_LAYERS = 60


def of_file(path: Path, answers: Answers) -> Found:
    """What a file holds; AtlasError says what is wrong with it, UndecidedError asks."""
    if is_dxf(path):
        return drawing(path, answers)
    if kml.is_kml(path):
        return _of_kml(path, answers)
    refuse_foreign(path)
    if head_of(path).lstrip().startswith(SECTIONS):
        return of_written(read_text(path), answers)
    driver = sniff(path)
    if driver == "XLSX":
        return _of_workbook(path, answers)
    if driver == "CSV":
        text = read_text(path)
        if is_boundary_text(text) or holds_wkt(text):
            return of_written(text, answers)
        if path.suffix.lower() == ".csv" and any(sign.isalpha() for sign in text.split("\n", 1)[0]):
            return of_table(read_csv(path), answers)
        return of_written(text, answers)
    return _of_layers(path, answers)


def of_written(text: str, answers: Answers) -> Found:
    """What a text holds: boundary text of a survey, else coordinates."""
    refuse_many(text.count("\n"), "")
    if not is_boundary_text(text):
        return of_text(text, answers)
    boundary = parse_boundary(text)
    declared = boundary.crs
    said = crs_name(declared) if declared is not None else "?"
    facts = {"crs": said, "parcels": len(boundary.parcels), "points": boundary.points}
    notes = (Note("siting.read.boundary", facts),) if declared is not None else ()
    sure = declared is not None
    return Found(boundary.parcels, declared, Said(assumed=notes), ordered=sure, told_system=sure)


def _of_workbook(path: Path, answers: Answers) -> Found:
    sheets = read_sheets(path)
    fitting = {name: sheet for name, sheet in sheets.items() if has_coordinates(sheet)} or dict([*sheets.items()][:1])
    rows = [
        Listed(name, "table", len(sheet), ", ".join(str(column) for column in sheet.columns[:4]))
        for name, sheet in fitting.items()
    ]
    found = of_table(fitting[choose(rows, answers, file=path.name)], answers, unstored=unstored(path))
    return found


def _of_kml(path: Path, answers: Answers) -> Found:
    """The placemarks of one folder."""
    frame, said = kml.read(path)
    folders = [listed(str(name), list(part.geometry)) for name, part in frame.groupby("folder", sort=False)]
    chosen = choose([_called(one) for one in folders], answers, file=path.name)
    own = frame[frame["folder"].map(_folder) == chosen]
    return of_frame(own, CRS.from_epsg(4326), said)


def _called(one: Listed) -> Listed:
    return Listed(_folder(one.name), one.kind, one.count, one.extent)


def _folder(name: str) -> str:
    return name or "/"


def _of_layers(path: Path, answers: Answers) -> Found:
    """The features of the layer chosen among those of the file that hold any."""
    names = vector.names(path)[:MOST_LAYERS]
    if len(names) <= 1:
        opened = vector.read(path)
        return of_frame(opened.frame, opened.declared_crs, Said(assumed=opened.notes))
    opened_by = dict(_readable(path, names))
    if not opened_by:
        raise AtlasError("geo.errors.not_readable", file=path.name)
    layers = [listed(name, list(_filled(one.frame).geometry)) for name, one in opened_by.items()]
    opened = opened_by[choose(layers, answers, file=path.name)]
    left = len(names) - len(opened_by)
    notes = (Note("intake.site.left.layers", {"count": left}),) if left else ()
    return of_frame(opened.frame, opened.declared_crs, Said(left_out=notes, assumed=opened.notes))


def _readable(path: Path, names: list[str]) -> Iterator[tuple[str, VectorFile]]:
    """The layers that can be read and hold something."""
    for name in names:
        try:
            opened = vector.read(path, layer=name)
        except AtlasError:
            continue
        if len(_filled(opened.frame)):
            yield name, opened


def _filled(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return frame[~(frame.geometry.isna() | frame.geometry.is_empty)]


def of_frame(frame: gpd.GeoDataFrame, declared: CRS | None, said: Said) -> Found:
    """The features of a frame by their names, collections taken apart; rows without a shape left out and counted."""
    filled = _filled(frame)
    if len(filled) < len(frame):
        said += Said(left_out=(Note("intake.site.left.without_shape", {"count": len(frame) - len(filled)}),))
    column = own_column(filled, NAMES)
    names = filled[column].astype("string").fillna("") if column else [""] * len(filled)
    area = next((one for one in filled.columns if is_area(one)), None)
    stated = [stated_of(value, str(area)) for value in filled[area]] if area is not None else [None] * len(filled)
    rows = list(zip(names, filled.geometry, stated, strict=True))
    parts = [(str(name), part, told) for name, shape, told in rows for part in _parts(shape)]
    return Found(parcels_of([part[:2] for part in parts], [part[2] for part in parts]), declared, said)


def _parts(shape: BaseGeometry) -> list[BaseGeometry]:
    if shape.geom_type != "GeometryCollection":
        return [shape]
    return [part for one in shape.geoms for part in _parts(one) if not part.is_empty]
