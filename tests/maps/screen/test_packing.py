"""Packed geometry is the geometry, to a hundred-thousandth of a degree."""

from __future__ import annotations

import base64

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from maps.screen.packing import pack


def numbers(packed: str) -> list[int]:
    """The unsigned numbers of a packed text, read byte by byte."""
    found, value, shift = [], 0, 0
    for byte in base64.b64decode(packed):
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            found.append(value)
            value, shift = 0, 0
    return found


def signed(n: int) -> int:
    return -(n + 1) // 2 if n % 2 else n // 2


def packed_of(*shapes) -> str:
    return pack(np.array(shapes, dtype=object))


def test_a_point_is_five_numbers():
    assert numbers(packed_of(shapely.Point(0.00003, -0.00002))) == [1, 1, 1, 1, 6, 3]


def test_a_ring_loses_its_closing_position_only():
    square = shapely.box(0, 0, 0.00002, 0.00001)
    read = numbers(packed_of(square))
    assert read[:4] == [1, 1, 1, 4]
    moves = np.array([signed(n) for n in read[4:]]).reshape(-1, 2)
    assert {tuple(p) for p in moves.cumsum(axis=0).tolist()} == {(0, 0), (2, 0), (2, 1), (0, 1)}


def test_holes_and_parts_are_counted():
    holed = shapely.Polygon([(0, 0), (9, 0), (9, 9), (0, 9)], [[(1, 1), (2, 1), (2, 2)]])
    read = numbers(packed_of(shapely.MultiPolygon([holed, shapely.box(20, 20, 21, 21)])))
    assert read[:6] == [1, 2, 2, 1, 4, 3]
    assert read[6] == 4


def test_areas_and_lines_may_stand_side_by_side():
    read = numbers(packed_of(shapely.box(0, 0, 1, 1), shapely.LineString([(0, 0), (1, 1), (2, 0)])))
    assert read[:7] == [2, 1, 1, 1, 1, 4, 3]


def test_nothing_packs_to_a_zero_count():
    assert numbers(pack(np.empty(0, dtype=object))) == [0]


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=2, max_size=30))
@settings(deadline=None, max_examples=60)
def test_lines_come_back_to_the_last_decimal(positions):
    read = numbers(packed_of(shapely.LineString(positions)))
    moves = np.array([signed(n) for n in read[4:]]).reshape(-1, 2)
    np.testing.assert_allclose(moves.cumsum(axis=0) / 100_000, positions, atol=0.0000051)


def test_a_line_is_a_quarter_of_its_geojson():
    wave = shapely.LineString([(107.5 + n / 9_000, 29.3 + np.sin(n) / 9_000) for n in range(500)])
    geojson = shapely.to_geojson(shapely.transform(wave, lambda xy: xy.round(5)))
    assert len(packed_of(wave)) < len(geojson) / 4


@pytest.mark.parametrize("far", [180.0, -180.0])
def test_the_ends_of_the_earth_fit(far):
    read = numbers(packed_of(shapely.Point(far, 90)))
    assert signed(read[4]) == far * 100_000
