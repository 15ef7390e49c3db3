"""A stranger's site: a file or a pasted text becomes shapes in the district's metric CRS, and how it was read is said.

Files: GeoJSON, GeoPackage, shapefile (plain or zipped), KML and KMZ, text DXF, CSV and Excel tables of points, and the
boundary-point text of land surveys. Each is opened by the reader its bytes call for. The coordinate system is the
declared one where it fits the district, else the one the numbers fit. What a file leaves open a person is asked: which
layer, what an open line is, whether an inner parcel is a hole; the answers come back under the questions' keys.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import shapely
from pyproj import CRS
from pyproj.exceptions import ProjError
from shapely.geometry.base import BaseGeometry

from geo.bounds import refuse_deep
from geo.crs import move, uncertain_datum
from geo.doubt import Answers, Choice, Doubt
from geo.files.sniff import present
from geo.note import Note
from geo.reached import each, told
from intake.site.found import Found, Parcel
from intake.site.laid.lines import of_one_kind
from intake.site.laid.nested import nested
from intake.site.laid.stated import told_areas
from intake.site.opening import of_file, of_written
from intake.site.placing import placed
from layers.district import District
from words import has
from words.errors import AtlasError

MOST_MB = 50
MOST_CORNERS = 500_000
MOST_PARCELS = 5_000
MOST_LISTED = 50
UNCERTAIN_M = 60.0  # how far Beijing 1954 and Xi'an 1980 may lie off when turned without the local parameters
OUTSIDE_FROM = 0.0001  # a smaller share outside is rounding
ALL = "*"
PASTED = "-"  # how a pasted file is called while it is read

Parcels = tuple[tuple[str, BaseGeometry], ...]


@dataclass(frozen=True)
class SiteFile:
    """What was handed in: parcels as (name, shape in the metric CRS), the system they came in, and how it was read.

    `accuracy_m` is not 0 where the datum's way to CGCS2000 is uncertain; hand it to `site_subject`. `decided` are the
    decisions a person may make otherwise.
    """

    parcels: Parcels
    crs: CRS
    notes: tuple[Note, ...]
    accuracy_m: float = 0.0
    decided: tuple[Doubt, ...] = ()

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


def read_site(path: str | Path, district: District, *, answers: Mapping[str, str] | None = None) -> SiteFile:
    """The site in a file; `answers` by the keys of questions, such as `site.crs` and `site.layer`.

    AtlasError says what is wrong with file, line, parcel or coordinates; UndecidedError asks.
    """
    path = Path(path)
    present(path)
    size = path.stat().st_size / 1024**2
    if size > MOST_MB:
        raise AtlasError("siting.errors.file_too_big", file=path.name, size=round(size), most=MOST_MB)
    if not path.stat().st_size:
        raise AtlasError("intake.site.foreign.blank", file=path.name)
    known = Answers(answers)
    with told(path.name):
        return _laid(of_file(path, known), district, known)


def read_pasted(text: str, district: District, *, answers: Mapping[str, str] | None = None) -> SiteFile:
    """The site in a pasted text: coordinates, boundary-point text, WKT, GeoJSON or KML; AtlasError as `read_site`."""
    with _of_a_paste(), told(""):
        if len(text) > MOST_MB * 1024**2:
            raise AtlasError("siting.errors.file_too_big", file="", size=len(text) // 1024**2, most=MOST_MB)
        _refuse_half_signs(text)
        known = Answers(answers)
        if not text.lstrip().startswith(("{", "<")):
            return _laid(of_written(text, known), district, known)
        if text.lstrip().startswith("{"):
            _refuse_broken_json(text)
        with tempfile.TemporaryDirectory(prefix="atlas-") as folder:
            path = Path(folder) / PASTED
            path.write_text(text.lstrip(), encoding="utf-8")
            return _laid(of_file(path, known), district, known)


@contextmanager
def _of_a_paste() -> Iterator[None]:
    """A refusal that would name a file speaks of the pasted text instead."""
    try:
        yield
    except AtlasError as error:
        name = error.key.rpartition(".")[2]
        if error.facts.get("file") not in ("", PASTED) or not has(f"geo.errors.pasted.{name}"):
            raise
        facts = {key: fact for key, fact in error.facts.items() if key != "file"}
        raise AtlasError(f"geo.errors.pasted.{name}", **facts) from error


def _refuse_broken_json(text: str) -> None:
    refuse_deep(text, "")
    try:
        json.loads(text)
    except (ValueError, RecursionError) as error:
        raise AtlasError("geo.errors.json_broken", file="", place=getattr(error, "pos", 0)) from None


def _refuse_half_signs(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        row = text.count("\n", 0, error.start) + 1
        raise AtlasError("geo.errors.not_text", file="", row=row) from error


def _laid(found: Found, district: District, answers: Answers) -> SiteFile:
    """The parcels turned into the metric CRS and put in order, with the remarks that say how."""
    shapes = np.array([one.shape for one in found.parcels], dtype=object)
    if not len(shapes) or shapely.is_empty(shapes).all():
        raise AtlasError("siting.errors.empty")
    if len(shapes) > MOST_PARCELS:
        raise AtlasError("siting.errors.too_many_parcels", count=len(shapes), most=MOST_PARCELS)
    corners = int(shapely.get_num_coordinates(shapes).sum())
    if corners > MOST_CORNERS:
        raise AtlasError("siting.errors.too_many_corners", count=corners, most=MOST_CORNERS)
    if not np.isfinite(shapely.get_coordinates(shapes)).all():
        raise AtlasError("siting.errors.not_finite")
    place = placed(shapes, found, district, answers)
    metric = _moved(place.shapes, place.crs, district.settings.metric_crs, swapped=place.swapped)
    if not np.isfinite(shapely.get_coordinates(metric)).all():
        raise AtlasError("siting.errors.outside", district=district.settings.name)
    moved = tuple(replace(one, shape=shape) for one, shape in zip(found.parcels, metric, strict=True))
    parcels, said = of_one_kind(moved, answers, drawing=found.drawing)
    if parcels and parcels[0].shape.geom_type in ("Polygon", "MultiPolygon"):
        parcels, more = nested(parcels, answers)
        said += more
    if all(one.shape.is_empty for one in parcels):
        raise AtlasError("siting.errors.empty")
    parcels = _chosen(parcels, answers)
    answers.ask()
    notes = (*found.said.assumed, *place.notes, *said.assumed, *told_areas(parcels))
    if len(parcels) > 1 and not found.told_system:
        notes += (Note("siting.read.parcels", {"count": len(parcels)}),)
    notes += (*found.said.left_out, *said.left_out, *_outside(parcels, district))
    return replace(_with_accuracy(parcels, place.crs, notes), decided=answers.made)


def _moved(shapes: np.ndarray, crs: CRS, metric: CRS, *, swapped: bool) -> np.ndarray:
    """The shapes in the metric CRS, all at once; one by one where that fails, so that the one that does is known."""
    try:
        return move(shapes, crs, metric, swapped=swapped)
    except (ValueError, shapely.GEOSException, ProjError):
        for shape in each(shapes, "feature"):
            move(np.array([shape], dtype=object), crs, metric, swapped=swapped)
        raise


def _with_accuracy(parcels: tuple[Parcel, ...], crs: CRS, notes: tuple[Note, ...]) -> SiteFile:
    pairs = tuple((one.name, one.shape) for one in parcels)
    datum = uncertain_datum(crs)
    if datum is None:
        return SiteFile(pairs, crs, notes)
    said = Note("siting.read.uncertain_datum", {"datum": datum, "accuracy": UNCERTAIN_M})
    return SiteFile(pairs, crs, (*notes, said), UNCERTAIN_M)


def _chosen(parcels: tuple[Parcel, ...], answers: Answers) -> tuple[Parcel, ...]:
    """All parcels, or the one of the name a person gave."""
    names = list(dict.fromkeys(one.name for one in parcels))
    if len(names) < 2 or ALL in names:
        return parcels
    choices = (Choice(ALL, "intake.site.all_parcels"), *(Choice(name) for name in names))
    chosen = answers.choose(Doubt("site.parcel", choices[: MOST_LISTED + 1], {"count": len(names)}), ALL)
    return parcels if chosen == ALL else tuple(one for one in parcels if one.name == chosen)


def _outside(parcels: tuple[Parcel, ...], district: District) -> tuple[Note, ...]:
    """The share of the site that lies outside the district, where some of it lies inside."""
    site = shapely.union_all([one.shape for one in parcels if one.shape.is_valid])
    townships = district.townships.geometry.array.to_numpy()
    hit = townships[district.townships.sindex.query(site, predicate="intersects")]
    size = site.area or site.length
    if not len(hit) or not size:
        return ()
    beyond = shapely.difference(site, shapely.union_all(hit))
    share = (beyond.area or beyond.length) / size
    if share < OUTSIDE_FROM:
        return ()
    facts = {"share": share, "district": district.settings.name}
    return (Note("intake.site.partly_outside", facts),)
