"""Sites in a table of points: which columns hold the coordinates, the corner's number, the parcel, ring and area."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import pandas as pd
from shapely.geometry.base import BaseGeometry

from geo.doubt import Answers
from geo.note import Said
from geo.shapes.nesting import polygons_of
from intake.site.degrees import degrees_of
from intake.site.found import Found, Parcel, Stated, stated_of, without_unit
from intake.site.numbering import Corner, Pair, rings_of
from intake.site.rows import shape_of, shapes_of
from words.errors import AtlasError

EAST = ("经度", "东经", "lon", "lng", "longitude", "long", "x", "横坐标", "东坐标", "easting", "east", "e", "x坐标",
        "坐标x", "经度e", "x_m")  # fmt: skip
NORTH = ("纬度", "北纬", "lat", "latitude", "y", "纵坐标", "北坐标", "northing", "north", "n", "y坐标", "坐标y",
         "纬度n", "y_m")  # fmt: skip
CORNER = ("点号", "界址点号", "界址点", "界址点编号", "拐点", "拐点号", "拐点编号", "点", "点名", "桩号", "序号",
          "no", "no.", "point", "corner", "pt")  # fmt: skip
PARCEL = ("地块", "地块号", "地块编号", "地块名称", "地块名", "宗地号", "宗地", "名称", "项目", "项目名称", "site",
          "parcel", "name", "id", "编号")  # fmt: skip
RING = ("圈号", "地块圈号", "环", "环号", "ring")
HEIGHT = ("高程", "h", "z", "高", "elevation", "height", "大地高")
AREA = (
    "面积",
    "用地面积",
    "总面积",
    "总用地面积",
    "净用地面积",
    "批准面积",
    "地块面积",
    "宗地面积",
    "占地面积",
    "图斑面积",
    "area",
    "mj",
    "zdmj",
    "tbmj",
)
EAST_WITHIN = ("经度", "东坐标", "横坐标", "longitude", "easting")
NORTH_WITHIN = ("纬度", "北坐标", "纵坐标", "latitude", "northing")
_UNIT = re.compile(r"[(\[/_ ].{0,40}\Z", re.S)

Columns = Mapping[str, str]


def plain(column: object) -> str:
    """A header as it is compared: half-width, lower case, without its unit."""
    return _UNIT.sub("", unicodedata.normalize("NFKC", str(column)).strip().lower()).strip()


def is_header(cells: list[str]) -> bool:
    """Whether cells are the names of columns with coordinates among them: words alone, no numbers."""
    words = {plain(cell): cell for cell in cells if cell.strip()}
    east, north = _first(words, EAST, EAST_WITHIN), _first(words, NORTH, NORTH_WITHIN)
    return east is not None and north is not None and east != north and not any(map(_is_number, cells))


def is_heading(line: str) -> bool:
    """Whether a line of words announces coordinates and names nothing."""
    cells = re.split(r"[,;\t|\s]", unicodedata.normalize("NFKC", line))
    known = {*EAST, *NORTH, *CORNER, *PARCEL, *RING, *HEIGHT, *AREA}
    return "坐标" in line or all(plain(cell) in known for cell in cells if cell.strip())


def _is_number(cell: str) -> bool:
    return any(sign.isdigit() for sign in cell) and degrees_of(cell) is not None


def is_area(column: object) -> bool:
    """Whether a column states areas, its unit in brackets or joined to the name."""
    return plain(column) in AREA or without_unit(plain(column)) in AREA


def has_coordinates(frame: pd.DataFrame) -> bool:
    """Whether a table has columns of coordinates."""
    columns = _columns(frame)
    return _first(columns, EAST, EAST_WITHIN) is not None and _first(columns, NORTH, NORTH_WITHIN) is not None


def of_table(frame: pd.DataFrame, answers: Answers, *, unstored: int = 0) -> Found:
    """The parcels of a table in its own coordinates; rows of one parcel follow one another round its boundary.

    AtlasError lists the columns when none fits, names the row whose coordinate is no number, or says that formulas
    (`unstored` of them) have no stored result.
    """
    columns = _columns(frame)
    east, north = _first(columns, EAST, EAST_WITHIN), _first(columns, NORTH, NORTH_WITHIN)
    if east is None or north is None:
        raise AtlasError("siting.errors.no_table_coordinates", columns=", ".join(map(str, frame.columns)))
    corner, parcel, ring = (_first(columns, names) for names in (CORNER, PARCEL, RING))
    rows = frame.to_dict("records")
    if not rows and unstored:
        raise AtlasError("intake.site.formulas", row=2, count=unstored)
    if not rows:
        raise AtlasError("siting.errors.no_coordinates")
    labels = _labels([str(cells[parcel]).strip() for cells in rows] if parcel else [""] * len(rows))
    places = [
        (_number(cells[east], row, unstored), _number(cells[north], row, unstored)) for row, cells in enumerate(rows, 2)
    ]
    if parcel is not None and corner is None and _are_corners(labels, places):
        corner, labels = parcel, [""] * len(rows)  # the only name a row has may be its corner's
    groups: dict[str, dict[str, list[Corner]]] = {}
    for row, (cells, label, place) in enumerate(zip(rows, labels, places, strict=True), 2):
        own = Corner(row, str(cells[corner]).strip() if corner else "", place)
        groups.setdefault(label, {}).setdefault(str(cells[ring]).strip() if ring else "", []).append(own)
    areas = _areas(frame, labels)
    parcels: list[Parcel] = []
    said = Said()
    for label, rings in groups.items():
        made, more = _parcel(label, rings, answers)
        parcels += [Parcel(one.name, one.shape, areas.get(label)) for one in made]
        said += more
    names = [Parcel(one.name or str(at), one.shape, one.stated) for at, one in enumerate(parcels, 1)]
    return Found(tuple(names), None, said)


def _are_corners(labels: list[str], places: list[Pair]) -> bool:
    """Whether names are those of corners: all different, or different round each of the rings they make."""
    if len(set(labels)) == len(labels):
        return True
    rings = rings_of([Corner(row, label, place) for row, (label, place) in enumerate(zip(labels, places, strict=True))])
    return all(len(ring) >= 3 and len({one.label for one in ring}) == len(ring) for ring in rings)


def _parcel(label: str, rings: Mapping[str, list[Corner]], answers: Answers) -> tuple[list[Parcel], Said]:
    """One named parcel with its rings, or, without a name, what the rows come to by themselves."""
    if not label and len(rings) == 1:
        shapes, said = shapes_of(next(iter(rings.values())), answers)
        alone = len(shapes) == 1 and shapes[0][0] == "1"
        return [Parcel("" if alone else name, shape) for name, shape in shapes], said
    parts = [part for corners in rings.values() for part in rings_of(corners)]
    return [Parcel(label, _shape(label, [[one.place for one in part] for part in parts]))], Said()


def _shape(label: str, parts: list[list[Pair]]) -> BaseGeometry:
    if len(parts) == 1:
        return shape_of(parts[0])
    for number, places in enumerate(parts, 1):
        if len(places) < 3:
            raise AtlasError("siting.errors.ring_short", parcel=label, ring=number, count=len(places))
    return polygons_of(parts)


def _columns(frame: pd.DataFrame) -> Columns:
    return {plain(column): column for column in reversed(list(frame.columns))}


def _first(columns: Columns, names: tuple[str, ...], within: tuple[str, ...] = ()) -> str | None:
    """The column of one of these names, else the first that holds one of the words `within`."""
    exact = next((columns[name] for name in names if name in columns), None)
    if exact is not None:
        return exact
    return next((columns[name] for name in reversed([*columns]) if any(word in name for word in within)), None)


def _labels(cells: list[str]) -> list[str]:
    """Names of parcels, a name written once over the rows that follow (as merged cells are) given to all of them."""
    filled: list[str] = []
    for cell in cells:
        filled.append(cell or (filled[-1] if filled else ""))
    return filled


def _areas(frame: pd.DataFrame, labels: list[str]) -> dict[str, Stated]:
    """The area stated of each parcel, where one is and all its rows agree."""
    column = next((one for one in frame.columns if is_area(one)), None)
    if column is None:
        return {}
    told: dict[str, set[Stated]] = {}
    for label, cell in zip(labels, frame[column], strict=True):
        stated = stated_of(cell, str(column))
        if stated is not None:
            told.setdefault(label, set()).add(stated)
    return {label: values.pop() for label, values in told.items() if len(values) == 1}


def _number(cell: object, row: int, unstored: int) -> float:
    value = degrees_of(str(cell))
    if value is None and unstored and not str(cell).strip():
        raise AtlasError("intake.site.formulas", row=row, count=unstored)
    if value is None:
        raise AtlasError("siting.errors.table_number", row=row, value=cell)
    return value
