"""GCJ-02 and BD-09: check values, exact return, and telling an offset layer from a sound one."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import places
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.shapes import offset

REAL = places.REAL / "boundary"
LON, LAT = st.floats(107.0, 108.5), st.floats(28.5, 30.0)
DISTRICT = shapely.segmentize(shapely.Polygon([(107.2, 29.1), (107.9, 29.0), (108.1, 29.6), (107.6, 29.7)]), 0.02)


def wgs84_to_bd09(lon, lat):
    return offset.gcj02_to_bd09(*offset.wgs84_to_gcj02(lon, lat))


def shapes(frame: gpd.GeoDataFrame) -> np.ndarray:
    return frame.geometry.array.to_numpy()


def moved(geometry: shapely.Geometry, forward) -> shapely.Geometry:
    return shapely.transform(geometry, forward, interleaved=False)


@pytest.mark.parametrize(
    ("gcj02", "wgs84"),
    [
        ((107.75655, 29.32376), (107.752125, 29.326572)),
        ((107.230, 29.400), (107.225664, 29.402763)),
        ((108.080, 29.590), (108.075446, 29.592506)),
        ((107.400, 29.040), (107.395411, 29.042842)),
    ],
)
def test_the_way_back_from_gcj02_agrees_with_the_published_check_values(gcj02, wgs84):
    assert offset.gcj02_to_wgs84(*gcj02) == pytest.approx(wgs84, abs=5e-7)  # the values have six decimals


def test_bd09_lies_a_further_0_0065_east_and_0_006_north():
    lon, lat = offset.gcj02_to_bd09(107.75655, 29.32376)
    assert (lon - 107.75655, lat - 29.32376) == pytest.approx((0.0065, 0.0063), abs=2e-4)


@settings(deadline=None, max_examples=60)
@given(LON, LAT)
def test_moving_there_and_back_returns_to_the_same_place(lon, lat):
    assert offset.gcj02_to_wgs84(*offset.wgs84_to_gcj02(lon, lat)) == pytest.approx((lon, lat), abs=1e-11)
    assert offset.bd09_to_gcj02(*offset.gcj02_to_bd09(lon, lat)) == pytest.approx((lon, lat), abs=1e-11)
    assert offset.bd09_to_wgs84(*wgs84_to_bd09(lon, lat)) == pytest.approx((lon, lat), abs=1e-11)


@settings(deadline=None, max_examples=30)
@given(LON, LAT)
def test_the_offset_over_the_district_is_about_half_a_kilometre(lon, lat):
    shifted_lon, shifted_lat = offset.wgs84_to_gcj02(lon, lat)
    east = (float(shifted_lon) - lon) * 111_320 * np.cos(np.radians(lat))
    assert 400 < np.hypot(east, (float(shifted_lat) - lat) * 111_320) < 650


def test_places_outside_china_are_left_alone():
    assert offset.wgs84_to_gcj02(-25.5, 37.8) == (-25.5, 37.8)


def test_arrays_are_moved_as_their_elements_and_unknown_stays_unknown():
    lon, lat = offset.gcj02_to_wgs84([107.75655, np.nan], [29.32376, 29.4])
    assert (lon[0], lat[0]) == pytest.approx((107.752125, 29.326572), abs=5e-7)
    assert np.isnan(lon[1])


def test_a_district_outline_in_gcj02_or_bd09_is_named_and_a_sound_one_is_not():
    assert offset.detect_offset(np.array([DISTRICT]), DISTRICT) is None
    assert offset.detect_offset(np.array([moved(DISTRICT, offset.wgs84_to_gcj02)]), DISTRICT) == "gcj02"
    assert offset.detect_offset(np.array([moved(DISTRICT, wgs84_to_bd09)]), DISTRICT) == "bd09"


def test_a_coarse_reference_outline_does_not_make_a_sound_layer_look_offset():
    assert offset.detect_offset(np.array([DISTRICT]), shapely.simplify(DISTRICT.buffer(0.004), 0.01)) is None


def test_points_that_leave_the_district_only_as_they_stand_are_named():
    rng = np.random.default_rng(7)
    lon, lat = rng.uniform((107.2, 29.0), (108.1, 29.7), (4000, 2)).T
    inside = shapely.contains_xy(DISTRICT, lon, lat)
    sound = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon[inside], lat[inside]), crs=4490)
    assert offset.detect_offset(shapes(sound), DISTRICT) is None
    shifted = sound.set_geometry(gpd.points_from_xy(*offset.wgs84_to_gcj02(lon[inside], lat[inside]), crs=4490))
    assert offset.detect_offset(shapes(shifted), DISTRICT) == "gcj02"


def test_a_few_points_far_from_the_border_do_not_tell():
    assert offset.detect_offset(np.array([shapely.Point(107.7, 29.3)]), DISTRICT) is None


def test_a_river_that_goes_on_beyond_the_border_is_not_taken_for_offset():
    river = shapely.segmentize(shapely.LineString([(107.0, 29.3), (108.4, 29.4)]), 0.01)
    assert offset.detect_offset(np.array([river]), DISTRICT) is None


def test_an_empty_layer_has_no_offset():
    assert offset.detect_offset(np.array([], dtype=object), DISTRICT) is None


@pytest.mark.skipif(not REAL.exists(), reason="the real boundary files are not beside the repository")
def test_the_freely_circulating_district_polygon_is_found_to_be_gcj02():
    counties = gpd.read_file(REAL / "counties_wgs84.geojson")
    outline = counties[counties["CODE"].astype(str) == "500156"].union_all()
    circulating = gpd.read_file(REAL / "wulong_gcj02.geojson")
    assert offset.detect_offset(shapes(circulating), outline) == "gcj02"
    assert offset.detect_offset(shapes(counties), outline) is None
