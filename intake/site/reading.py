"""A stranger's site: a file or a pasted text becomes shapes in the district's metric CRS, and how it was read is said.

Files: GeoJSON, GeoPackage, shapefile (plain or zipped), KML and KMZ, text DXF, CSV and Excel tables of points, and the
boundary-point text of land surveys. Each is opened by the reader its bytes call for. The coordinate system is the
declared one where it fits the district, else the one the numbers fit; where they fit several, a person is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError, ProjError
from shapely.geometry.base import BaseGeometry

from geo.crs import move, uncertain_datum
from geo.crs import name as crs_name
from geo.files import dxf, kml, vector
from geo.files.sniff import sniff
from geo.files.table import read_csv, read_xlsx
from geo.files.text import head_of, read_text
from geo.note import Note
from geo.placing import recognise, refuse, settle
from geo.reached import each, told
from geo.zones import LONLAT, Bounds
from intake.site.boundary_text import SECTIONS, is_boundary_text, parse_boundary
from intake.site.coordinates import parse_pasted
from intake.site.pasted_geojson import pasted_geojson
from intake.site.table import parcels_of_table
from layers.district import District
from words import has
from words.errors import AtlasError
from words.markup import legible

MOST_MB = 50
MOST_CORNERS = 500_000
MOST_PARCELS = 5_000
UNCERTAIN_M = 60.0  # how far Beijing 1954 and Xi'an 1980 may lie off when turned without the local parameters

Parcels = tuple[tuple[str, BaseGeometry], ...]


@dataclass(frozen=True)
class SiteFile:
    """What was handed in: parcels as (name, shape in the metric CRS), the system they came in, and how it was read.

    `accuracy_m` is not 0 where the datum's way to CGCS2000 is uncertain; hand it to `site_subject`.
    """

    parcels: Parcels
    crs: CRS
    notes: tuple[Note, ...]
    accuracy_m: float = 0.0

    @property
    def own_name(self) -> str:
        """The name of the only parcel, when it has one that is no mere number."""
        names = [label for label, _ in self.parcels]
        return names[0] if len(names) == 1 and not names[0].isdigit() else ""

    @property
    def geometry(self) -> BaseGeometry:
        """All parcels as one shape; a single one stays exactly as it is."""
        shapes = [shape for _, shape in self.parcels]
        if len(shapes) == 1:
            return shapes[0]
        for shape in shapes:
            if not shape.is_valid:
                raise AtlasError("siting.errors.self_crossing", reason=shapely.is_valid_reason(shape))
        try:
            return shapely.union_all(shapes)
        except shapely.GEOSException as error:
            raise AtlasError("siting.errors.self_crossing", reason=str(error)) from error


@dataclass(frozen=True)
class _Found:
    """Parcels in their own coordinates, the system they claim, remarks, and whether the order is already right."""

    parcels: Parcels
    declared: CRS | None
    notes: tuple[Note, ...]
    ordered: bool = False


def read_site(path: str | Path, district: District, *, crs: str | None = None, layer: str | None = None) -> SiteFile:
    """The site in a file; `crs` overrules what it claims, `layer` chooses in a file with several.

    AtlasError says what is wrong with file, line, parcel or coordinates.
    """
    path = Path(path)
    if not path.is_file():
        raise AtlasError("geo.errors.no_such_file", file=path.name)
    size = path.stat().st_size / 1024**2
    if size > MOST_MB:
        raise AtlasError("siting.errors.file_too_big", file=path.name, size=round(size), most=MOST_MB)
    if not path.stat().st_size:
        raise AtlasError("geo.errors.empty_file", file=path.name)
    with told(path.name):
        return _placed(_found(path, layer), district, crs)


def read_pasted(text: str, district: District, *, crs: str | None = None) -> SiteFile:
    """The site in a pasted text: coordinates, boundary-point text, WKT or GeoJSON; AtlasError as `read_site`."""
    with _of_a_paste(), told(""):
        if len(text) > MOST_MB * 1024**2:
            raise AtlasError("siting.errors.file_too_big", file="", size=len(text) // 1024**2, most=MOST_MB)
        _refuse_half_signs(text)
        if text.lstrip().startswith("{"):
            return _placed(_Found((("1", pasted_geojson(text)),), LONLAT, ()), district, crs)
        return _placed(_found_in_text(text), district, crs)


@contextmanager
def _of_a_paste() -> Iterator[None]:
    """A refusal that would name a file speaks of the pasted text instead."""
    try:
        yield
    except AtlasError as error:
        name = error.key.rpartition(".")[2]
        if error.facts.get("file") != "" or not has(f"geo.errors.pasted.{name}"):
            raise
        facts = {key: fact for key, fact in error.facts.items() if key != "file"}
        raise AtlasError(f"geo.errors.pasted.{name}", **facts) from error


def _refuse_half_signs(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        row = text.count("\n", 0, error.start) + 1
        raise AtlasError("geo.errors.not_text", file="", row=row) from error


def _found(path: Path, layer: str | None) -> _Found:
    if dxf.is_dxf(path):
        return _drawing(path, layer)
    if kml.is_kml(path):
        return _of_frame(kml.read(path), CRS.from_epsg(4326), ())
    if head_of(path).lstrip().startswith(SECTIONS):
        return _found_in_text(read_text(path))
    driver = sniff(path)
    if driver == "XLSX":
        return _table(read_xlsx(path))
    if driver == "CSV":
        text = read_text(path)
        if is_boundary_text(text):
            return _found_in_text(text)
        if path.suffix.lower() == ".csv" and any(sign.isalpha() for sign in text.split("\n", 1)[0]):
            return _table(read_csv(path))
        return _found_in_text(text)
    opened = vector.read(path, layer=layer)
    return _of_frame(opened.frame, opened.declared_crs, opened.notes)


def _found_in_text(text: str) -> _Found:
    if is_boundary_text(text):
        boundary = parse_boundary(text)
        declared = boundary.crs
        said = crs_name(declared) if declared is not None else "?"
        facts = {"crs": said, "parcels": len(boundary.parcels), "points": boundary.points}
        notes = (Note("siting.read.boundary", facts),) if declared is not None else ()
        return _Found(boundary.parcels, declared, notes, ordered=declared is not None)
    pasted = parse_pasted(text)
    return _Found(pasted.parcels, None, pasted.notes, pasted.ordered)


def _table(frame: pd.DataFrame) -> _Found:
    return _Found(parcels_of_table(frame), None, ())


def _drawing(path: Path, layer: str | None) -> _Found:
    """The closed shapes of one layer of a drawing; lines and points only where nothing is closed."""
    frame = dxf.read(path)
    if layer is not None:
        frame = frame[frame["layer"] == layer]
    frame, notes = _closed(frame)
    closed = frame[shapely.get_dimensions(frame.geometry.array.to_numpy()) == 2]
    chosen = closed if len(closed) else frame
    names = sorted(set(chosen["layer"]))
    if not names:
        raise AtlasError("geo.errors.dxf_empty", file=path.name)
    if len(names) > 1:
        raise AtlasError("geo.errors.dxf_layers", file=path.name, names=", ".join(names))
    return _of_frame(chosen.rename(columns={"layer": "name"}), None, notes)


def _of_frame(frame: gpd.GeoDataFrame, declared: CRS | None, notes: Sequence[Note]) -> _Found:
    frame, closed = _closed(frame[~(frame.geometry.isna() | frame.geometry.is_empty)])
    column = next((one for one in ("name", "NAME", "名称", "MC", "id") if one in frame.columns), None)
    names = frame[column].astype("string").fillna("") if column else pd.Series([""] * len(frame), index=frame.index)
    pairs = each(zip(names, frame.geometry, strict=True), "feature")
    parcels = tuple((legible(str(label)) or str(at), shape) for at, (label, shape) in enumerate(pairs, 1))
    return _Found(parcels, declared, (*notes, *closed))


def _closed(frame: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, tuple[Note, ...]]:
    """Lines whose ends meet as polygons, and the note that says so."""
    shapes = frame.geometry.array.to_numpy().copy()
    rings = [
        at
        for at, shape in enumerate(each(shapes, "feature"))
        if shape is not None and shape.geom_type == "LineString" and shape.is_closed and len(shape.coords) >= 4
    ]
    for at in rings:
        shapes[at] = shapely.Polygon(shapes[at])
    if not rings:
        return frame, ()
    return frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs)), (Note("siting.read.closed"),)


def _placed(found: _Found, district: District, asked: str | None) -> SiteFile:
    """The parcels turned into the metric CRS, with the remarks that say how."""
    shapes = np.array([shapely.force_2d(shape) for _, shape in each(found.parcels, "feature")], dtype=object)
    if not len(shapes) or shapely.is_empty(shapes).all():
        raise AtlasError("siting.errors.empty")
    if len(shapes) > MOST_PARCELS:
        raise AtlasError("siting.errors.too_many_parcels", count=len(shapes), most=MOST_PARCELS)
    corners = int(shapely.get_num_coordinates(shapes).sum())
    if corners > MOST_CORNERS:
        raise AtlasError("siting.errors.too_many_corners", count=corners, most=MOST_CORNERS)
    if not np.isfinite(shapely.get_coordinates(shapes)).all():
        raise AtlasError("siting.errors.not_finite")
    crs, swapped, notes = _system(shapes, found, district, asked)
    metric = _moved(shapes, crs, district.settings.metric_crs, swapped=swapped)
    parcels = tuple((label, shape) for (label, _), shape in zip(found.parcels, metric, strict=True))
    notes = (*found.notes, *notes)
    if len(parcels) > 1 and not any(note.key == "siting.read.boundary" for note in notes):
        notes += (Note("siting.read.parcels", {"count": len(parcels)}),)
    datum = uncertain_datum(crs)
    if datum is None:
        return SiteFile(parcels, crs, notes)
    said = Note("siting.read.uncertain_datum", {"datum": datum, "accuracy": UNCERTAIN_M})
    return SiteFile(parcels, crs, (*notes, said), UNCERTAIN_M)


def _moved(shapes: np.ndarray, crs: CRS, metric: CRS, *, swapped: bool) -> np.ndarray:
    """The shapes in the metric CRS, all at once; one by one where that fails, so that the one that does is known."""
    try:
        return move(shapes, crs, metric, swapped=swapped)
    except (ValueError, shapely.GEOSException, ProjError):
        for shape in each(shapes, "feature"):
            move(np.array([shape], dtype=object), crs, metric, swapped=swapped)
        raise


def _system(
    shapes: np.ndarray, found: _Found, district: District, asked: str | None
) -> tuple[CRS, bool, tuple[Note, ...]]:
    """The system the coordinates are in, whether they stand north first, and the remark."""
    if asked is not None:
        try:
            crs = CRS.from_user_input(asked)
        except CRSError:
            raise AtlasError("siting.errors.crs_unknown", bounds=asked) from None
        return crs, False, (Note("siting.read.told", {"crs": crs_name(crs)}),)
    outline = _outline(district)
    bounds: Bounds = tuple(float(value) for value in shapely.total_bounds(shapes))
    reading = recognise(bounds, found.declared, reference=outline.bounds)
    if reading.certainty == "ambiguous":
        reading = settle(reading, shapes, outline=outline)
    if reading.crs is None:
        return _elsewhere(bounds, found)
    refuse(reading, ask="siting.errors.crs_ambiguous")
    if found.declared is not None:
        own = any(note.key == "siting.read.boundary" for note in found.notes)
        return reading.crs, False, () if own else (Note("siting.read.declared", {"crs": crs_name(reading.crs)}),)
    key = "swapped" if reading.swapped else "lonlat" if reading.crs.is_geographic else "projected"
    facts = {"crs": crs_name(reading.crs)}
    guessed = () if found.ordered else (Note("siting.read.guessed", facts),)
    return reading.crs, reading.swapped, (Note(f"siting.read.{key}", facts), *guessed)


def _elsewhere(bounds: Bounds, found: _Found) -> tuple[CRS, bool, tuple[Note, ...]]:
    """Coordinates that no system puts into the district: kept as claimed or as plain degrees, else refused.

    The refusal that the site is outside then follows from its place.
    """
    if found.declared is not None:
        return found.declared, False, ()
    west, south, east, north = bounds
    if west >= -180 and east <= 180 and south >= -90 and north <= 90:
        return LONLAT, False, ()
    if west >= -90 and east <= 90 and south >= -180 and north <= 180:
        return LONLAT, True, ()
    shown = ", ".join(f"{value:.10g}" for value in bounds)
    raise AtlasError("siting.errors.crs_unknown", bounds=shown)


def _outline(district: District) -> BaseGeometry:
    """The district as one lon/lat shape."""
    whole = shapely.union_all(district.townships.geometry.array.to_numpy())
    return move(whole, district.settings.metric_crs, LONLAT)
