"""The surfaces of a site, their coefficient, the rain that falls there and the tanks the codes ask for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from affine import Affine
from shapely import box
from siting_ground import ASSUMED, METRIC, X, Y, ask, make_ground, square

from analysis.methods.siting.ground.found import Ground
from analysis.methods.siting.water.landuse import coefficient, local_rain_mm, surfaces_of, tanks_m3
from analysis.proposal import Proposal
from geo.grids.raster import Raster

GROUND = make_ground()


def test_surfaces_told_are_taken_and_those_not_told_share_what_is_left_of_the_site():
    told = Proposal(roof_area_m2=300.0, green_area_m2=100.0, water_area_m2=1_600.0)
    found, estimated = surfaces_of(ask(GROUND, told))  # of 10,000 m² 8,000 are left, 35 to 5 of paving
    assert found == pytest.approx({"roof": 300.0, "paved": 7_000.0, "permeable": 1_000.0, "green": 100.0})
    assert estimated
    whole = {"roof": 300.0, "paved": 0.0, "permeable": 0.0, "green": 100.0}
    given = Proposal(**{f"{surface}_area_m2": area for surface, area in whole.items()})
    assert surfaces_of(ask(GROUND, given)) == (whole, False)
    full = Proposal(roof_area_m2=9_900.0, green_area_m2=100.0)  # no room for what is not told
    assert surfaces_of(ask(GROUND, full)) == ({**whole, "roof": 9_900.0}, False)


@pytest.mark.parametrize("side", [100.0, 200.0])
def test_surfaces_not_told_are_estimated_from_the_site(side):
    found, estimated = surfaces_of(ask(GROUND, Proposal(), square(side=side)))
    area = side * side  # 30 % roofs, 35 % paved, 30 % green, the rest permeable
    assert found == pytest.approx(
        {"roof": 0.30 * area, "paved": 0.35 * area, "green": 0.3 * area, "permeable": 0.05 * area}
    )
    assert estimated
    # areas that are all told to be nothing tell nothing
    assert surfaces_of(ask(GROUND, Proposal(roof_area_m2=0.0)))[1]


def test_shares_beyond_the_whole_leave_nothing_permeable():
    inquiry = replace(ask(GROUND, Proposal()), assumed={**ASSUMED, "siting_surface_green_share": 0.5})
    assert surfaces_of(inquiry)[0]["permeable"] == 0.0


@pytest.mark.parametrize(
    ("surfaces", "psi"),
    [
        ({"roof": 3.0, "green": 1.0}, 0.675),  # (3 · 0.85 + 0.15) / 4
        ({"roof": 1.0, "green": 3.0}, 0.325),
        ({"paved": 1.0, "permeable": 1.0}, 0.55),
    ],
)
def test_the_coefficient_weighs_by_area(surfaces, psi):
    assert coefficient(surfaces, ASSUMED) == pytest.approx(psi)


def rained(values: np.ndarray, nodata: float | None = None) -> Ground:
    """The ground under a rain grid of 100 m whose upper left cell begins at the middle of the site, less 50 m."""
    grid = Raster(values.astype(np.float32), Affine(100, 0, X - 50, 0, -100, Y + 50), METRIC, nodata)
    bare = make_ground().district
    return Ground(replace(bare, rasters={**bare.rasters, "rainfall": grid}))


def test_local_rain_weighs_each_cell_by_the_part_of_the_site_in_it():
    ground = rained(np.array([[1000.0, 1200.0]]))
    assert local_rain_mm(ask(ground, Proposal())) == pytest.approx(1000)
    # three quarters of the site lie in the western cell
    assert local_rain_mm(ask(ground, Proposal(), square(25))) == pytest.approx(1050)
    assert local_rain_mm(ask(ground, Proposal(), square(75))) == pytest.approx(1150)


def test_a_grid_that_knows_less_than_all_but_a_hundredth_of_the_site_does_not_know():
    ground = rained(np.array([[1000.0, -9999.0]]), nodata=-9999.0)
    assert local_rain_mm(ask(ground, Proposal(), square(0.9))) == pytest.approx(1000)
    assert local_rain_mm(ask(ground, Proposal(), square(1.1))) is None
    assert local_rain_mm(ask(ground, Proposal(), square(100))) is None
    assert local_rain_mm(ask(GROUND, Proposal())) is None


TILES = {"roof_area_m2": 1000.0, "paved_area_m2": 1000.0, "permeable_area_m2": 0.0, "green_area_m2": 2000.0}


def test_the_control_rate_asks_for_the_design_rain_on_all_surfaces():
    # 1,000 · 0.85 · 2 + 2,000 · 0.15 = 2,000 m² run off whole; Chongqing prints 20.9 mm at 75 % and 31.9 at 85 %
    inquiry = ask(GROUND, Proposal(**TILES))
    assert tanks_m3(inquiry)["control_rate"] == pytest.approx(41.8)
    stricter = replace(inquiry, assumed={**ASSUMED, "control_rate": 0.85})
    assert tanks_m3(stricter)["control_rate"] == pytest.approx(63.8)
    assert tanks_m3(inquiry)["gb50400"] is None  # without a daily record there is no design day


@pytest.mark.parametrize(("storm_mm", "m3"), [(50.0, 78.5), (20.0, 27.5), (3.0, 0.0)])
def test_gb_50400_asks_for_the_design_day_on_hard_ground_less_the_first_flush(storm_mm, m3):
    # hard: roof and paving, 2,000 m² at 0.85, so 1.7 m³ a millimetre; 2.5 mm of roof and 4 mm of paving are let go,
    # 6.5 m³: 50 mm → 85 − 6.5, 20 mm → 34 − 6.5; 3 mm → 5.1 is less than what is let go
    inquiry = ask(_with_record(storm_mm), Proposal(**TILES))
    assert tanks_m3(inquiry)["gb50400"] == pytest.approx(m3)


def test_green_alone_asks_for_no_tank_by_gb_50400():
    told = {"roof_area_m2": 0.0, "paved_area_m2": 0.0, "permeable_area_m2": 0.0, "green_area_m2": 2000.0}
    assert tanks_m3(ask(_with_record(50.0), Proposal(**told)))["gb50400"] == 0.0


def _with_record(storm_mm: float) -> Ground:
    """The ground with two years of rain, one storm in each: the day met once a year."""
    days = pd.date_range("2021-01-01", "2022-12-31")
    rain = np.where((days.month == 7) & (days.day == 1), storm_mm, 0.0)
    bare = make_ground().district
    return Ground(replace(bare, tables={**bare.tables, "daily_rain": pd.DataFrame({"date": days, "rain_mm": rain})}))


def test_a_site_beside_the_rain_grid_knows_no_rain():
    assert local_rain_mm(ask(rained(np.array([[1000.0]])), Proposal(), box(X + 500, Y, X + 600, Y + 100))) is None


@pytest.mark.parametrize(("roof", "paved", "m3"), [(2000.0, 0.0, 80.0), (0.0, 2000.0, 77.0)])
def test_a_roof_lets_go_less_of_its_first_rain_than_paving(roof, paved, m3):
    # 50 mm on 2,000 m² at 0.85 are 85 m³; a roof lets 2.5 mm go (5 m³), paving 4 mm (8 m³)
    told = Proposal(roof_area_m2=roof, paved_area_m2=paved, permeable_area_m2=0.0, green_area_m2=0.0)
    assert tanks_m3(ask(_with_record(50.0), told))["gb50400"] == pytest.approx(m3)
