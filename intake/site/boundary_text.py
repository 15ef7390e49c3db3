"""The boundary-point text of land surveys (勘测定界): attributes, then parcels of numbered points, X north and Y east.

[属性描述]            坐标系=2000国家大地坐标系, 几度分带=3, 带号=36 …
[地块坐标]
4,0.25,1,地块名,面,图幅号,用途,地类,@      how many points, hectares, number, name …
J1,1,3254501.4,36455548.5                 point, ring, northing, easting
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from geo import zones
from geo.bounds import refuse_long_lines, refuse_many
from geo.reached import each
from geo.shapes.nesting import polygons_of
from intake.site.found import Parcel, Stated
from words.errors import AtlasError

SECTIONS = ("[属性描述]", "[地块坐标]")
_POINT = re.compile(r"\A[A-Za-z]*[-_]?\d+[A-Za-z]?\Z")
_DATUMS = (("2000", "cgcs2000"), ("cgcs", "cgcs2000"), ("80", "xian"), ("54", "beijing"))
_XIAN = {3: (2370, 2349), 6: (2338, 2327)}  # first EPSG codes: by meridian, by zone number
_BEIJING = {3: (2422, 2401), 6: (21453, 21413)}


@dataclass(frozen=True)
class Boundary:
    """What a boundary text holds: parcels with easting before northing, their areas stated in ha, and what it claims.

    `degrees` of a zone, `zone` its number and `datum` are none where the text is silent.
    """

    parcels: tuple[Parcel, ...]
    points: int
    datum: str | None
    degrees: int | None
    zone: int | None
    prefixed: bool

    @property
    def crs(self) -> CRS | None:
        """The system the text claims, none when it does not say enough."""
        if self.datum is None or self.zone is None:
            return None
        degrees = self.degrees or 3
        meridian = self.zone * 3 if degrees == 3 else self.zone * 6 - 3
        if not 75 <= meridian <= 135:
            raise AtlasError("siting.errors.boundary_zone", zone=self.zone)
        if self.datum == "cgcs2000":
            if degrees == 3:
                return zones.gk3_prefixed(meridian) if self.prefixed else zones.gk3(meridian)
            return zones.gk6_prefixed(meridian) if self.prefixed else zones.gk6(meridian)
        return _old_datum(self.datum, degrees, meridian, prefixed=self.prefixed)


@dataclass
class _Parcel:
    name: str
    told: int | None
    stated: Stated | None = None
    rings: dict[str, list[tuple[float, float]]] = field(default_factory=dict)

    def shape(self) -> BaseGeometry:
        found = sum(len(ring) for ring in self.rings.values())
        if self.told is not None and self.told > found + len(self.rings):
            raise AtlasError("siting.errors.boundary_count", parcel=self.name, told=self.told, found=found)
        parts = [(number, part) for number, ring in self.rings.items() for part in _closings(ring)]
        rings = []
        for number, places in parts:
            if len(places) < 3:
                raise AtlasError("siting.errors.ring_short", parcel=self.name, ring=number, count=len(places))
            rings.append(places)
        return polygons_of(rings)


def is_boundary_text(text: str) -> bool:
    """Whether a text looks like a survey's boundary text: its section head, or points with ring numbers."""
    if any(section in text for section in SECTIONS):
        return True
    rows = [line.split(",") for line in _lines(text)]
    points = [row for row in rows if len(row) == 4 and _POINT.match(row[0]) and row[0][:1].isalpha()]
    return len(points) >= 3 and all(row[1].isdigit() for row in points)


def parse_boundary(text: str) -> Boundary:
    """The parcels of a boundary text; AtlasError naming the line, the parcel or the ring that is wrong."""
    refuse_long_lines(text, "")
    refuse_many(text.count("\n"), "")
    told: dict[str, str] = {}
    parcels: list[_Parcel] = []
    for row, line in enumerate(each(text.splitlines(), "line"), 1):
        plain = _plain(line)
        if not plain or plain.startswith("["):
            continue
        if "=" in plain and not parcels:
            name, _, value = plain.partition("=")
            told[name.strip()] = value.strip()
            continue
        _take(plain, row, parcels)
    parcels = [parcel for parcel in parcels if parcel.rings]
    if not parcels:
        raise AtlasError("siting.errors.boundary_no_points")
    eastings = [east for parcel in parcels for ring in parcel.rings.values() for east, _ in ring]
    return Boundary(
        parcels=tuple(Parcel(parcel.name, parcel.shape(), parcel.stated) for parcel in each(parcels, "feature")),
        points=len(eastings),
        datum=_datum(told.get("坐标系")),
        degrees=_whole(told.get("几度分带")),
        zone=_whole(told.get("带号")),
        prefixed=min(eastings) >= 1e7,
    )


def _take(line: str, row: int, parcels: list[_Parcel]) -> None:
    cells = [cell.strip() for cell in line.split(",")]
    if line.rstrip(",").endswith("@"):
        name = cells[3] if len(cells) > 3 and cells[3] else cells[2] if len(cells) > 2 else ""
        parcels.append(_Parcel(name or str(len(parcels) + 1), _whole(cells[0]), _hectares(cells)))
        return
    try:
        label, ring, north, east = cells[0], cells[1], float(cells[2]), float(cells[3])
    except (IndexError, ValueError):
        raise AtlasError("siting.errors.boundary_header", row=row, value=line[:40]) from None
    if not _POINT.match(label) or len([cell for cell in cells if cell]) > 5:
        raise AtlasError("siting.errors.boundary_header", row=row, value=line[:40])
    if not parcels:
        parcels.append(_Parcel("1", None))
    parcels[-1].rings.setdefault(ring or "1", []).append((east, north))


def _closings(ring: list[tuple[float, float]]) -> Iterator[list[tuple[float, float]]]:
    """The rings in a run of places that share one number: each ends where its first place comes again."""
    part: list[tuple[float, float]] = []
    for place in ring:
        if len(part) >= 3 and place == part[0]:
            yield part
            part = []
        else:
            part.append(place)
    if part:
        yield part


def _hectares(cells: list[str]) -> Stated | None:
    try:
        area = float(cells[1])
    except (IndexError, ValueError):
        return None
    return Stated(area, "ha") if 0 < area < 1e9 else None


def _lines(text: str) -> Iterator[str]:
    return filter(None, (_plain(line) for line in text.splitlines()))


def _plain(line: str) -> str:
    return unicodedata.normalize("NFKC", line).strip().strip("\ufeff")


def _whole(written: str | None) -> int | None:
    found = re.search(r"\d+", written or "")
    return int(found.group()) if found else None


def _datum(written: str | None) -> str | None:
    if not written:
        return None
    plain = written.lower()
    for sign, datum in _DATUMS:
        if sign in plain:
            return datum
    raise AtlasError("siting.errors.boundary_datum", value=written)


def _old_datum(datum: str, degrees: int, meridian: int, *, prefixed: bool) -> CRS:
    """Xi'an 1980 or Beijing 1954, whose way to CGCS2000 is not public."""
    by_meridian, by_zone = (_XIAN if datum == "xian" else _BEIJING)[degrees]
    step = (meridian - 75) // degrees
    return CRS.from_epsg((by_zone if prefixed else by_meridian) + step)
