"""Coordinate systems: known points, every way a layer of the district may arrive, and the zone to measure in."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS

from geo import crs, zones
from words import text
from words.errors import AtlasError

OUTLINE = shapely.segmentize(
    shapely.Polygon([(107.222, 29.41), (107.6, 29.15), (107.84, 29.038), (108.081, 29.594), (107.85, 29.67)]), 0.01
)
REFERENCE = OUTLINE.bounds
GK108, GK108_PREFIXED, GK105_WIDE, GK111_WIDE = (CRS.from_epsg(code) for code in (4545, 4524, 4507, 4508))
UTM48, UTM49 = CRS.from_epsg(32648), CRS.from_epsg(32649)
LONLAT = zones.LONLAT


def stored(system: CRS) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=[OUTLINE], crs=LONLAT).to_crs(system)


def bounds(system: CRS) -> tuple[float, float, float, float]:
    return tuple(stored(system).total_bounds)


def test_a_place_on_the_central_meridian_has_easting_500000():
    x, y = crs.transformer(LONLAT, GK108).transform(108.0, 29.0)
    assert x == pytest.approx(500_000, abs=1e-6)
    axis, flattening = 6_378_137.0, 1 / 298.257222101
    squared = flattening * (2 - flattening)
    latitude = np.radians(np.linspace(0, 29, 20_001))
    arc = np.trapezoid(axis * (1 - squared) / (1 - squared * np.sin(latitude) ** 2) ** 1.5, latitude)
    assert y == pytest.approx(arc, abs=1e-3)  # the northing there is the meridian arc


def test_the_prefixed_zone_only_adds_36_million():
    plain, prefixed = (crs.transformer(LONLAT, system).transform(107.7, 29.3) for system in (GK108, GK108_PREFIXED))
    assert prefixed[0] - plain[0] == pytest.approx(36_000_000, abs=1e-6)
    assert prefixed[1] == pytest.approx(plain[1], abs=1e-6)


@settings(deadline=None, max_examples=30)
@given(st.floats(106.5, 109.5), st.floats(28.0, 31.0))
def test_going_to_metres_and_back_keeps_the_place(lon, lat):
    there = crs.transformer(LONLAT, GK108).transform(lon, lat)
    assert crs.transformer(GK108, LONLAT).transform(*there) == pytest.approx((lon, lat), abs=1e-9)


def test_the_old_datums_are_called_uncertain():
    assert crs.uncertain_datum(CRS.from_epsg(2381)) == "Xian 1980"
    assert crs.uncertain_datum(CRS.from_epsg(2433)) == "Beijing 1954"
    assert crs.uncertain_datum(GK108) is None


def test_only_true_metric_systems_are_measured_in():
    assert crs.is_metric(GK108)
    for code in (4490, 3857, 3547):  # degrees, web Mercator, US feet
        with pytest.raises(AtlasError, match="not_metric"):
            crs.require_metric(CRS.from_epsg(code))


@pytest.mark.parametrize("dialect", ["WKT1_GDAL", "WKT1_ESRI", "WKT2_2019"])
@pytest.mark.parametrize("system", [LONLAT, GK108, GK108_PREFIXED, UTM48])
def test_the_same_system_written_otherwise_is_the_same(system, dialect):
    written = CRS.from_wkt(system.to_wkt(dialect))
    assert crs.same_crs(system, written)
    assert crs.same_crs(written, system)


@pytest.mark.parametrize("dialect", ["WKT1_GDAL", "WKT1_ESRI"])
@pytest.mark.parametrize("other", [GK108_PREFIXED, CRS.from_epsg(4544), CRS.from_epsg(2381), UTM49, LONLAT])
def test_another_zone_prefix_or_datum_is_not_the_same(other, dialect):
    assert not crs.same_crs(GK108, other)
    assert not crs.same_crs(GK108, CRS.from_wkt(other.to_wkt(dialect)))


def frame_at(west: float, south: float, east: float, north: float) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=[shapely.box(west, south, east, north)], crs=4326)


@pytest.mark.parametrize(
    ("box", "code", "reason"),
    [
        ((107.2, 29.0, 108.1, 29.7), 4545, "gk3"),
        ((104.4, 29.0, 106.6, 29.7), 4544, "gk3"),  # reaches a tenth of a degree beyond the zone
        ((103.0, 29.0, 107.4, 31.0), 4507, "gk6"),
        ((-25.86, 37.7, -25.13, 37.91), 32626, "utm"),
        ((151.0, -34.0, 151.3, -33.7), 32756, "utm"),
    ],
)
def test_the_zone_to_measure_in_contains_the_data(box, code, reason):
    system, key = crs.metric_crs_for(frame_at(*box))
    assert (system.to_epsg(), key) == (code, f"geo.notes.metric.{reason}")
    assert text(key, "zh", crs=crs.name(system))


def test_a_projected_frame_is_measured_in_its_own_system():
    assert crs.metric_crs_for(stored(UTM48)) == (UTM48, "geo.notes.metric.own")


def test_web_mercator_is_not_taken_to_measure_in():
    assert crs.metric_crs_for(stored(CRS.from_epsg(3857)))[0] == GK108


def test_a_country_has_no_zone_to_measure_in():
    with pytest.raises(AtlasError, match="too_wide"):
        crs.metric_crs_for(frame_at(80.0, 25.0, 125.0, 45.0))


def test_a_frame_without_system_is_refused():
    bare = gpd.GeoDataFrame(geometry=[OUTLINE])
    for refused in (lambda: crs.metric_crs_for(bare), lambda: crs.to_crs(bare, GK108)):
        with pytest.raises(AtlasError, match=r"crs\.missing"):
            refused()


def test_a_coordinate_without_a_place_in_the_target_names_its_row():
    frame = gpd.GeoDataFrame(geometry=[shapely.Point(107.7, 29.3), shapely.Point(107.7, 95.0)], crs=4490)
    with pytest.raises(AtlasError) as refusal:
        crs.to_crs(frame, GK108)
    assert refusal.value.facts["row"] == 2


def test_a_frame_already_there_is_not_copied():
    frame = stored(GK108)
    assert crs.to_crs(frame, GK108) is frame


def test_no_way_leads_from_another_body():
    with pytest.raises(AtlasError) as caught:
        crs.transformer(CRS.from_user_input("ESRI:104903"), CRS.from_epsg(4490))
    assert caught.value.key == "geo.notes.crs.unknown"
    assert "Moon" in str(caught.value.facts["crs"])
