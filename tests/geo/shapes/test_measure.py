"""Areas and lengths by hand."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.crs import to_crs
from geo.shapes.measure import area_m2, length_m
from geo.zones import gk3
from words.errors import AtlasError


def frame(*geometry: shapely.Geometry | None, crs: int | None = 4545) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=list(geometry), crs=crs, index=[f"r{i}" for i in range(len(geometry))])


SQUARE = shapely.box(500_000, 3_200_000, 500_100, 3_200_050)
HOLED = shapely.Polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [[(2, 2), (4, 2), (4, 5), (2, 5)]])
ROAD = shapely.LineString([(0, 0), (30, 40), (30, 50)])


def test_an_area_is_in_square_metres_and_a_hole_does_not_count():
    areas = area_m2(frame(SQUARE, HOLED, ROAD, shapely.Point(1, 1)))
    assert areas.to_dict() == {"r0": 5000, "r1": 94, "r2": 0, "r3": 0}


def test_a_length_follows_the_line_and_the_whole_border():
    assert length_m(frame(ROAD, SQUARE, HOLED)).tolist() == [60, 300, 50]


def test_a_feature_without_geometry_measures_unknown_not_zero():
    assert np.isnan(area_m2(frame(None)).iloc[0])
    assert np.isnan(length_m(frame(None)).iloc[0])


def test_an_empty_frame_measures_nothing():
    assert len(area_m2(frame())) == 0


@pytest.mark.parametrize(("crs", "key"), [(4490, "not_metric"), (3857, "not_metric"), (None, "missing")])
def test_degrees_and_mercator_are_never_measured(crs, key):
    for measure in (area_m2, length_m):
        with pytest.raises(AtlasError, match=key):
            measure(frame(SQUARE, crs=crs))


def test_measuring_in_the_zone_of_the_district_is_within_three_parts_in_ten_thousand_of_the_ellipsoid():
    lonlat = gpd.GeoDataFrame(geometry=[shapely.segmentize(shapely.box(107.2, 29.0, 108.1, 29.7), 0.01)], crs=4490)
    on_ellipsoid = abs(lonlat.crs.get_geod().geometry_area_perimeter(lonlat.geometry.iloc[0])[0])
    assert area_m2(to_crs(lonlat, gk3(108))).iloc[0] == pytest.approx(on_ellipsoid, rel=3e-4)
