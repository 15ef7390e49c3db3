"""Round scales, true boxes and the grid of degrees."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyproj import CRS

from maps.printed.view import bar_length_m, degrees_text, grid_lines, view_of

CRS_4545 = CRS.from_epsg(4545)
BOX = (480_000.0, 3_240_000.0, 490_000.0, 3_252_000.0)


def test_the_scale_is_the_next_round_number_that_holds_the_box():
    view = view_of(BOX, wide_in=8.0, high_in=6.0, margin_share=0.0)
    assert view.scale == 80_000  # 12 km on 6 inches are 1:78,740
    assert view.north - view.south == pytest.approx(6.0 * 0.0254 * 80_000)


@settings(deadline=None, max_examples=60)
@given(st.floats(1, 5e5), st.floats(1, 5e5), st.floats(0.2, 5))
def test_the_view_always_holds_the_box_in_the_panel_s_shape(wide: float, high: float, shape: float):
    view = view_of((0, 0, wide, high), wide_in=5 * shape, high_in=5)
    assert shapely.box(*view.bounds).buffer(1e-6).contains(shapely.box(0, 0, wide, high))
    assert (view.east - view.west) / (view.north - view.south) == pytest.approx(shape)


@settings(deadline=None, max_examples=60)
@given(st.floats(1.5, 1e5))
@example(99999.99999999999)
def test_the_bar_is_one_two_or_five_and_no_longer_than_its_room(room: float):
    view = view_of((0, 0, 2e5, 2e5), wide_in=8, high_in=6)
    length = bar_length_m(view, longest_m=room)
    assert length <= room < 2.5 * length + 1e-9
    assert f"{length:e}"[0] in "125"


def test_grid_lines_are_whole_minutes_in_the_view():
    view = view_of(BOX, wide_in=8.0, high_in=6.0)
    lines = list(grid_lines(view, CRS_4545))
    assert {line.along for line in lines} == {"lon", "lat"}
    assert 3 <= sum(line.along == "lon" for line in lines) <= 8
    central = shapely.box(*view.bounds)
    assert all(shapely.linestrings(line.course).intersects(central) for line in lines)


def test_the_central_meridian_stands_at_500_km():
    view = view_of((495_000, 3_240_000, 505_000, 3_250_000), wide_in=8, high_in=6)
    line = next(line for line in grid_lines(view, CRS_4545) if line.along == "lon" and line.degrees == 108)
    assert line.course[:, 0] == pytest.approx(500_000, abs=0.01)
    assert degrees_text(line) == "108°00′E"


def test_seconds_are_written_only_where_there_are_some():
    view = view_of((495_000, 3_240_000, 495_900, 3_240_700), wide_in=8, high_in=6)
    written = [degrees_text(line) for line in grid_lines(view, CRS_4545)]
    assert {"107°57′E", "107°57′10″E", "29°16′50″N", "29°17′N"} <= set(written)
