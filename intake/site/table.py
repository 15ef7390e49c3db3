"""Sites in a table of points: which columns hold the coordinates, which the parcel and the ring."""

from __future__ import annotations

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.reached import each
from geo.shapes.nesting import polygons_of
from intake.site.coordinates import degrees_of, shape_of
from words.errors import AtlasError

EAST = ("经度", "东经", "lon", "lng", "longitude", "long", "x", "横坐标", "东坐标", "easting", "east", "e", "x坐标")
NORTH = ("纬度", "北纬", "lat", "latitude", "y", "纵坐标", "北坐标", "northing", "north", "n", "y坐标")
PARCEL = ("地块", "地块号", "地块编号", "地块名称", "名称", "项目", "项目名称", "site", "parcel", "name", "id", "编号")
RING = ("圈号", "地块圈号", "环", "ring")


def parcels_of_table(frame: pd.DataFrame) -> tuple[tuple[str, BaseGeometry], ...]:
    """The parcels of a table in its own coordinates; rows of one parcel follow one another round its boundary.

    AtlasError lists the columns when none fits, or names the row whose coordinate is no number.
    """
    columns = {str(column).strip().lower().replace("\uff08", "(").split("(")[0]: column for column in frame.columns}
    east, north = (_first(columns, names) for names in (EAST, NORTH))
    if east is None or north is None:
        raise AtlasError("siting.errors.no_table_coordinates", columns=", ".join(map(str, frame.columns)))
    parcel, ring = _first(columns, PARCEL), _first(columns, RING)
    rings: dict[str, dict[str, list[tuple[float, float]]]] = {}
    for row, cells in enumerate(each(frame.to_dict("records"), "line", start=2), 2):
        place = (_number(cells[east], row), _number(cells[north], row))
        label = str(cells[parcel]) if parcel is not None else "1"
        rings.setdefault(label, {}).setdefault(str(cells[ring]) if ring is not None else "1", []).append(place)
    if not rings:
        raise AtlasError("siting.errors.no_coordinates")
    if all(len(places) == 1 for own in rings.values() for places in own.values()) and len(rings) > 1:
        return tuple((label, shapely.Point(next(iter(own.values()))[0])) for label, own in rings.items())
    return tuple((label, _shape(label, own)) for label, own in each(rings.items(), "feature"))


def _shape(label: str, rings: dict[str, list[tuple[float, float]]]) -> BaseGeometry:
    if len(rings) == 1:
        return shape_of(next(iter(rings.values())))
    for number, places in rings.items():
        if len(places) < 3:
            raise AtlasError("siting.errors.ring_short", parcel=label, ring=number, count=len(places))
    return polygons_of(list(rings.values()))


def _first(columns: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((columns[name] for name in names if name in columns), None)


def _number(cell: object, row: int) -> float:
    value = degrees_of(str(cell))
    if value is None:
        raise AtlasError("siting.errors.table_number", row=row, value=cell)
    return value
