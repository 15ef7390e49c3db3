"""Broken geometry, fault by fault: what is mended, what is held, and with which areas."""

from __future__ import annotations

import warnings

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Point, Polygon, box

from geo.shapes.repair import Repair, repair
from words import text
from words.errors import AtlasError

SQUARE = [(0, 0), (10, 0), (10, 10), (0, 10)]
BOW = Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
WOUND_WRONG = MultiPolygon([box(0, 0, 10, 10), box(2, 2, 4, 4)])  # how a reader hands over a hole wound as a shell
SPIKE = Polygon([(0, 0), (10, 0), (10, 10), (5, 10), (5, 20), (5, 10), (0, 10)])
HOLE_OUTSIDE = Polygon(SQUARE, [[(20, 20), (22, 20), (22, 22), (20, 22)]])
HOLE_CROSSING = Polygon(SQUARE, [[(8, 8), (12, 8), (12, 9), (8, 9)]])
SMALL_LOOP = Polygon([(0, 0), (100, 0), (100, 100), (51, 100), (50, 101), (50, 99), (51, 101), (0, 100)])


def frame(*geometry: shapely.Geometry | None, crs: int | None = 4545) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"name": range(len(geometry))}, geometry=list(geometry), crs=crs)


def only(geometry: shapely.Geometry | None) -> tuple[shapely.Geometry | None, Repair]:
    mended, repairs = repair(frame(geometry))
    assert len(repairs) == 1
    return mended.geometry.iloc[0], repairs[0]


def test_sound_geometry_comes_back_itself():
    sound = frame(box(0, 0, 1, 1), Point(1, 1), LineString([(0, 0), (1, 1)]), Polygon(SQUARE, [SQUARE_HOLE]))
    mended, repairs = repair(sound)
    assert mended is sound
    assert repairs == []


SQUARE_HOLE = [(2, 2), (4, 2), (4, 4), (2, 4)]


def test_a_hole_wound_the_wrong_way_becomes_a_hole():
    mended, note = only(WOUND_WRONG)
    assert mended.area == 96
    assert note == Repair(0, 104.0, 96.0, "hole_winding")


def test_a_spike_goes_and_the_area_stays():
    mended, note = only(SPIKE)
    assert mended.equals(box(0, 0, 10, 10))
    assert note == Repair(0, 100.0, 100.0, "spike")


def test_two_parts_side_by_side_become_one():
    mended, note = only(MultiPolygon([box(0, 0, 10, 10), box(10, 0, 20, 10)]))
    assert mended.equals(box(0, 0, 20, 10))
    assert (note.kind, note.held) == ("spike", False)


def test_a_small_loop_is_mended_when_it_changes_less_than_one_percent():
    mended, note = only(SMALL_LOOP)
    assert (note.kind, note.held) == ("self_crossing", False)
    assert mended.is_valid
    assert note.after_m2 == pytest.approx(mended.area)
    assert note.before_m2 == pytest.approx(SMALL_LOOP.area)


@pytest.mark.parametrize(
    ("broken", "before", "after", "kind"),
    [
        (BOW, 0, 50, "self_crossing"),
        (HOLE_CROSSING, 96, 100, "self_crossing"),
        (MultiPolygon([box(0, 0, 10, 10), box(5, 5, 15, 15)]), 200, 150, "self_crossing"),
        (HOLE_OUTSIDE, 96, 104, "hole_outside"),
    ],
)
def test_what_could_be_mended_in_several_ways_is_held_with_both_areas(broken, before, after, kind):
    kept, note = only(broken)
    assert kept is broken
    assert note == Repair(0, before, after, kind, held=True)


def not_finite() -> list[shapely.Geometry]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return [
            Polygon([(0, 0), (10, 0), (np.nan, 5)]),
            Polygon([(0, 0), (10, 0), (10, 10), (np.nan, np.nan), (0, 10)]),
            Polygon([(0, 0), (1e308, 0), (5, 5)]),
            LineString([(0, 0), (np.nan, 0)]),
            Point(np.inf, 1),
            Point(np.nan, 1),
        ]


@pytest.mark.parametrize("position", range(6))
def test_a_coordinate_that_is_no_number_of_this_world_is_held(position):
    _, note = only(not_finite()[position])
    assert (note.kind, note.held) == ("not_finite", True)


@pytest.mark.parametrize(
    ("nothing", "kind"),
    [
        (None, "missing"),
        (Polygon(), "missing"),
        (Polygon([(0, 0), (10, 0), (5, 0)]), "zero_area"),
        (LineString([(3, 3), (3, 3)]), "too_short"),
    ],
)
def test_what_has_no_extent_is_held(nothing, kind):
    _, note = only(nothing)
    assert (note.kind, note.held) == (kind, True)


def test_rows_are_named_in_order_and_the_others_left_alone():
    mended, repairs = repair(frame(box(0, 0, 1, 1), SPIKE, Point(1, 1), BOW))
    assert [(note.row, note.held) for note in repairs] == [(1, False), (3, True)]
    assert mended["name"].tolist() == [0, 1, 2, 3]
    assert mended.geometry.iloc[0].equals(box(0, 0, 1, 1))


def test_areas_are_in_square_metres_even_when_the_frame_is_in_degrees():
    degrees = shapely.transform(WOUND_WRONG, lambda xy: xy / 1000 + (107.7, 29.3))
    _, repairs = repair(frame(degrees, crs=4490))
    ellipsoid = frame(crs=4490).crs.get_geod()
    whole = abs(ellipsoid.geometry_area_perimeter(degrees.geoms[0])[0])
    hole = abs(ellipsoid.geometry_area_perimeter(degrees.geoms[1])[0])
    assert repairs[0].after_m2 == pytest.approx(whole - hole, rel=1e-4)


def test_faults_without_a_system_to_measure_in_are_refused():
    with pytest.raises(AtlasError, match=r"crs\.missing"):
        repair(frame(BOW, crs=None))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_repair_has_its_sentence(language):
    _, repairs = repair(frame(SPIKE, WOUND_WRONG, SMALL_LOOP, BOW, HOLE_OUTSIDE, None, Point(np.inf, 1)))
    for note in repairs:
        assert text(note.key, language, before=note.before_m2, after=note.after_m2)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=4, max_size=9))
def test_whatever_is_mended_is_valid_and_near_its_old_area_and_mended_for_good(corners):
    mended, repairs = repair(frame(Polygon(corners)))
    for note in repairs:
        if not note.held and note.kind != "hole_winding":
            assert abs(note.after_m2 - note.before_m2) <= 0.01 * max(note.after_m2, note.before_m2) + 1e-9
    if not any(note.held for note in repairs):
        assert mended.geometry.iloc[0].is_valid
        assert repair(mended)[1] == []
