"""The quick test never calls a broken polygon valid, and knows the plain ones."""

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Point, Polygon, box

from geo.shapes.rings import surely_valid

numbers = st.integers(-20, 20).map(float)


def test_plain_shapes_are_known_whichever_way_they_run():
    square = box(480_000, 3_240_000, 490_000, 3_250_000)
    hexagon = Point(0, 0).buffer(10, quad_segs=2)
    assert surely_valid(np.array([square, shapely.reverse(square), hexagon])).all()


def test_what_it_cannot_know_is_left_to_the_full_check():
    hole = Polygon(box(0, 0, 10, 10).exterior, [box(1, 1, 2, 2).exterior])
    bow = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    flat = Polygon([(0, 0), (1, 0), (2, 0)])
    with np.errstate(invalid="ignore"):
        nan = Polygon([(0, 0), (1, float("nan")), (1, 1)])
    shapes = [hole, bow, flat, nan, MultiPolygon([box(0, 0, 1, 1)]), LineString([(0, 0), (1, 1)]), None, Polygon()]
    assert not surely_valid(np.array(shapes, dtype=object)).any()


def test_a_ring_that_runs_round_twice_is_not_sure():
    angle = np.linspace(0, 4 * np.pi, 21)[:-1]
    radius = np.linspace(10, 20, 20)
    assert not surely_valid(shapely.polygons([np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])])).any()


@settings(deadline=None, max_examples=300)
@given(st.lists(st.lists(st.tuples(numbers, numbers), min_size=3, max_size=7), min_size=1, max_size=4))
def test_sure_means_valid(rings):
    shapes = np.array([Polygon(ring) for ring in rings], dtype=object)
    sure = surely_valid(shapes)
    assert shapely.is_valid(shapes[sure]).all()
    assert (shapely.area(shapes[sure]) > 0).all()
