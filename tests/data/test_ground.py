"""The illustrative ground: what a map, a finding and every other layer rely on."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from data.make.facts import table
from data.make.land.climate import make_daily_rain
from data.make.land.flow import drained_km2, flood
from data.make.land.grid import GRID, Grid
from data.make.land.ground import Ground, make_ground
from data.make.land.noise import rough, roughened
from data.make.land.outline import make_courses, make_outline


@pytest.fixture(scope="module")
def ground() -> Ground:
    return make_ground()


@pytest.fixture(scope="module")
def inside(ground: Ground) -> np.ndarray:
    return shapely.contains_xy(ground.outline, *np.broadcast_arrays(*GRID.centres()))


def on(townships: gpd.GeoDataFrame, day: str) -> gpd.GeoDataFrame:
    moment = pd.Timestamp(day)
    started = townships["valid_from"].isna() | (townships["valid_from"] <= moment)
    return townships[started & (townships["valid_to"].isna() | (townships["valid_to"] > moment))]


def stored(frame: gpd.GeoDataFrame) -> np.ndarray:
    return shapely.transform(frame.to_crs("EPSG:4490").geometry.to_numpy(), lambda xy: np.round(xy, 6))


def heights_along(ground: Ground, line: shapely.LineString) -> np.ndarray:
    points = shapely.get_coordinates(shapely.segmentize(line, 15.0))
    return ground.elevation.values.ravel()[GRID.cells(points)]


@pytest.mark.parametrize(
    ("day", "count"), [("2019-09-16", 27), ("2020-04-21", 27), ("2020-04-22", 26), ("2026-01-01", 26)]
)
def test_each_day_has_the_units_it_had(ground, day, count):
    assert len(on(ground.townships, day)) == count


@pytest.mark.parametrize("day", ["2019-09-16", "2026-01-01"])
def test_townships_fill_the_outline_without_gap_or_overlap(ground, day):
    units = on(ground.townships, day)
    shapes = units.geometry.to_numpy()
    assert shapely.coverage_is_valid(shapes)
    assert set(shapely.get_type_id(shapes)) == {shapely.GeometryType.POLYGON}
    assert shapely.union_all(shapes).symmetric_difference(ground.outline).area < 0.01
    assert units.area.sum() == pytest.approx(ground.outline.area, abs=0.01)


@pytest.mark.parametrize("day", ["2019-09-16", "2026-01-01"])
def test_townships_stay_a_coverage_when_rounded_to_a_millionth_of_a_degree(ground, day):
    shapes = stored(on(ground.townships, day))
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    again = gpd.GeoSeries(shapes, crs="EPSG:4490").to_crs("EPSG:4545").to_numpy()
    assert shapely.coverage_is_valid(again)


def test_yangjiao_is_exactly_its_two_former_towns(ground):
    units = ground.townships.set_index("code").geometry
    joined = shapely.union_all([units["500156106"], units["500156110"]])
    assert joined.symmetric_difference(units["500156004"]).area == 0


def test_renamed_units_keep_their_land(ground):
    units = ground.townships.set_index("code").geometry
    assert units["500156103"].equals(units["500156003"])
    assert units["500156200"].equals(units["500156113"])


def test_areas_come_within_a_tenth_of_the_known_ones(ground):
    known = ground.townships[ground.townships["area_km2"].notna()]
    assert len(known) == 7
    assert (known.area / 1e6 / known["area_km2"] - 1).abs().max() < 0.1


def test_the_district_has_about_its_official_area(ground):
    assert ground.outline.area / 1e6 == pytest.approx(2901.3, rel=0.005)


def test_every_seat_lies_in_its_township(ground):
    units = ground.townships.set_index("code").geometry
    assert all(units[seat.code].contains(seat.geometry) for seat in ground.seats.itertuples())


def test_shared_edges_are_not_straight(ground):
    today = on(ground.townships, "2026-01-01")
    longest = max(
        np.hypot(*np.diff(shapely.get_coordinates(shape), axis=0).T).max() for shape in today.geometry.to_numpy()
    )
    assert longest < 300


def test_elevation_spans_the_known_range_inside_the_district(ground, inside):
    land = ground.elevation.values[inside]
    assert land.min() == pytest.approx(160, abs=1)
    assert land.max() == pytest.approx(2033, abs=0.1)


def test_the_highest_point_lies_on_xiannv_mountain(ground, inside):
    top = GRID.points(np.array([np.argmax(np.where(inside, ground.elevation.values, 0))]))
    lon, lat = gpd.GeoSeries(shapely.points(top), crs="EPSG:4545").to_crs("EPSG:4490")[0].coords[0]
    assert 107.74 <= lon <= 107.82
    assert 29.49 <= lat <= 29.56


def test_every_river_runs_downhill(ground):
    climbing = [
        row.name
        for row in ground.rivers.itertuples(index=False)
        if (np.diff(heights_along(ground, row.geometry)) > 0).any()
    ]
    assert climbing == []


def test_rivers_stay_downhill_when_stored_in_degrees(ground):
    again = gpd.GeoSeries(
        shapely.transform(ground.rivers.to_crs("EPSG:4490").geometry.to_numpy(), lambda xy: np.round(xy, 6)),
        crs="EPSG:4490",
    )
    climbing = [(np.diff(heights_along(ground, line)) > 0).any() for line in again.to_crs("EPSG:4545")]
    assert not any(climbing)


def test_the_main_river_falls_from_about_210_to_160_metres(ground):
    line = ground.rivers.set_index("name").geometry["乌江"]
    heights = heights_along(ground, line)
    assert heights[0] == pytest.approx(210, abs=4)
    assert heights[-1] == pytest.approx(160, abs=2)
    assert line.coords[0][0] > line.coords[-1][0]


def test_rivers_lie_within_the_district_and_have_names_of_their_own(ground):
    assert ground.rivers["name"].is_unique
    assert ground.rivers.within(ground.outline.buffer(0.1)).all()
    assert {"乌江", "芙蓉江", "木棕河", "长途河", "清水溪河", "石梁河", "大溪河"} <= set(ground.rivers["name"])


def test_parks_lie_low_in_their_own_township(ground):
    units = ground.townships.set_index("code").geometry
    for park in ground.parks.itertuples():
        assert units[park.township].contains(park.geometry)
        height = ground.elevation.values.ravel()[GRID.cells(shapely.get_coordinates(park.geometry))][0]
        assert height < 500


def test_rain_grows_with_height(ground, inside):
    rain, land = ground.rainfall.values[inside], ground.elevation.values[inside]
    assert rain.min() >= 1000
    assert rain.max() <= 1500
    assert np.corrcoef(rain, land)[0, 1] > 0.8


def test_land_cover_has_believable_shares(ground, inside):
    share = np.bincount(ground.landcover.values[inside], minlength=11) / inside.sum()
    assert share[0] == 0
    assert (share[1:] > 0.0003).all()
    assert share[4] == pytest.approx(0.60, abs=0.03)
    assert ground.elevation.values[ground.landcover.values == 1].max() < 900


def test_soil_groups_are_a_to_d(ground, inside):
    assert set(np.unique(ground.soil_group.values[inside])) == {1, 2, 3, 4}


def test_daily_rain_has_the_months_of_the_station(ground):
    rain, facts = ground.daily_rain, table("monthly_rain").set_index("month")
    assert len(rain) == 12784  # 35 years of 365 days and 9 leap days
    months = rain.groupby(rain["date"].dt.month)["rain_mm"].sum() / 35
    np.testing.assert_allclose(months, facts["rain_mm"], rtol=0.03)
    wet = (rain["rain_mm"] >= 0.1).groupby(rain["date"].dt.month).sum() / 35
    np.testing.assert_allclose(wet, facts["rain_days"], atol=1.6)


def test_years_of_rain_differ_as_they_do_in_the_region(ground):
    years = ground.daily_rain.groupby(ground.daily_rain["date"].dt.year)["rain_mm"].sum()
    assert years.mean() == pytest.approx(1130.6, rel=0.01)
    assert 0.12 < years.std() / years.mean() < 0.21
    assert ground.daily_rain["rain_mm"].max() < 350


def test_what_is_drawn_by_chance_is_the_same_every_time(ground):
    courses = make_courses()
    assert courses == make_courses()
    assert make_outline(courses).equals(make_outline(make_courses()))
    np.testing.assert_array_equal(rough(GRID, "again", longest_m=900), rough(GRID, "again", longest_m=900))
    pd.testing.assert_frame_equal(make_daily_rain(), ground.daily_rain)


def test_flooding_lets_every_cell_reach_an_outlet():
    grid = Grid(0, 0, 10, 3, 3)
    height, receiver, order = flood(np.array([[9.0, 9, 9], [9, 1, 9], [9, 9, 3]]), np.array([8]), grid=grid)
    assert receiver.tolist() == [4, 4, 4, 4, 8, 8, 4, 8, 8]
    assert height[4] == pytest.approx(3.001)
    assert order[-1] == 8
    assert drained_km2(receiver, order, grid=grid, entering={}).tolist()[8] == pytest.approx(9 * 0.0001)


def test_a_roughened_line_keeps_its_corners():
    line = np.array([[0.0, 0], [1000, 0], [1000, 900]])
    bent = roughened(line, "corner", longest_m=100)
    assert np.hypot(*np.diff(bent, axis=0).T).max() <= 100
    assert all((bent == corner).all(axis=1).any() for corner in line)
