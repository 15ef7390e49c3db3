"""Every declared layer survives the way to its file and back."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString, Point, box
from small_district import METRIC, A, small_district

from layers.catalogue import CATALOGUE
from layers.reading.conversion import factor
from layers.reading.register import Register
from layers.reading.whole import read_layer, read_table
from layers.writing import write_layer

SHAPES = {
    "point": Point(485_000, 3_255_000),
    "line": LineString([(485_000, 3_255_000), (486_000, 3_255_000)]),
    "polygon": box(485_000, 3_255_000, 486_000, 3_256_000),
}
PLAIN = {"text": "文字", "code": "K1", "date": pd.Timestamp("2019-09-16"), "boolean": True, "integer": 2000}


def cell(field):
    if field.refers_to == "townships":
        return A
    if field.kind == "choice":
        return field.choices[-1]
    if field.kind == "number":
        return field.high if field.high is not None else 1234.5
    if field.kind == "integer" and field.high is not None:
        return int(min(field.high, 2000))
    return PLAIN[field.kind]


def same(found, expected):
    return found == pytest.approx(expected, rel=1e-6) if isinstance(expected, float) else found == expected


@pytest.mark.parametrize("layer", [x for x in CATALOGUE.values() if x.geometry != "raster"], ids=lambda x: x.id)
def test_a_row_comes_back_as_it_was(tmp_path, layer):
    row = {field.name: cell(field) for field in layer.fields}
    rows = pd.DataFrame([row])
    register = Register.of(small_district().frames["townships"], county="990001")
    if layer.geometry == "table":
        reading = read_table(layer, write_layer(rows, layer, folder=tmp_path), townships=register)
    else:
        frame = gpd.GeoDataFrame(rows, geometry=[SHAPES[layer.geometry]], crs=METRIC)
        path = write_layer(frame, layer, folder=tmp_path)
        reading = read_layer(layer, path, settings=small_district().settings, townships=register)
    assert not reading.problems
    found = reading.frame.iloc[0]
    assert not [name for name, expected in row.items() if not same(found[name], expected)]


def test_every_file_unit_is_convertible():
    for layer in CATALOGUE.values():
        for field in layer.fields:
            assert not field.file_unit or factor(field.file_unit, field.unit) > 0
