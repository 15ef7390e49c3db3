"""Annual volumes by annual quotas, pipe sizes by peak days; supply after the river and existing reuse."""

from __future__ import annotations

from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import LineString, Point, box

from analysis.assumption import resolve
from analysis.methods.reclaimed.assumptions import ASSUMPTIONS
from analysis.methods.reclaimed.demand import (  # fmt: skip
    MONTH_DAYS,
    annual_demand_m3,
    dry_days_by_month,
    monthly_m3,
    peak_day_m3,
)
from analysis.methods.reclaimed.places import demand_places, lawn_of
from analysis.methods.reclaimed.supply import monthly_supply_m3, plant_supply
from words.errors import AtlasError

ASSUMED = resolve(ASSUMPTIONS, {})


def test_annual_demand_uses_annual_quotas():
    assert annual_demand_m3("greening", 10_000) == pytest.approx(2_800)
    assert annual_demand_m3("greening", 10_000, lawn="warm_grade_2") == pytest.approx(1_200)
    assert annual_demand_m3("road", 10_000) == pytest.approx(0.35 * 30 * 10)
    assert annual_demand_m3("road", 10_000, dry_days=20) == pytest.approx(70)
    assert annual_demand_m3("car_wash", cars_per_day=100) == pytest.approx(100 * 0.05 * 365)
    assert annual_demand_m3("car_wash", cars_per_day=10, buses=True) == pytest.approx(365)
    assert annual_demand_m3("toilet", people=1000) == pytest.approx(0.12 * 0.21 * 365 * 1000)
    assert annual_demand_m3("toilet", people=1000, place="office") == pytest.approx(0.04 * 0.60 * 250 * 1000)
    assert annual_demand_m3("cooling", volume_m3=1000) == pytest.approx(300)
    assert annual_demand_m3("scenic_lake", 5_000) == pytest.approx(15_000)
    with pytest.raises(AtlasError, match="unknown_demand"):
        annual_demand_m3("swimming")
    with pytest.raises(AtlasError, match="out_of_range"):
        annual_demand_m3("greening", -1)


def test_a_design_day_every_dry_day_would_be_far_too_much():
    peak = 10_000 * 2.0 / 1000 * 1.1 * 1.1
    assert peak_day_m3("road", 10_000, 105, ASSUMED) == pytest.approx(peak)
    assert peak * 214 / annual_demand_m3("road", 10_000) > 30
    assert peak_day_m3("toilet", 0, 365, ASSUMED) == pytest.approx(1.3 * 1.1 * 1.1)


def test_rainy_days_and_the_day_after_heavy_rain_need_no_watering():
    days = pd.date_range("2023-01-01", "2023-12-31")
    rain = pd.DataFrame({"date": days, "rain_mm": 0.0})
    assert dry_days_by_month(rain, ASSUMED) == pytest.approx(MONTH_DAYS)
    rain.loc[0, "rain_mm"] = 12.0
    rain.loc[40, "rain_mm"] = 5.0
    dry = dry_days_by_month(rain, ASSUMED)
    assert dry[0] == pytest.approx(29)
    assert dry[1] == pytest.approx(28.25 * 27 / 28)
    assert dry_days_by_month(None, ASSUMED) == pytest.approx(MONTH_DAYS)


@pytest.mark.parametrize("use", ["greening", "road", "toilet", "cooling"])
def test_months_add_up_to_the_year(use):
    months = monthly_m3(use, 1200, dry_days_by_month(None, ASSUMED))
    assert months.sum() == pytest.approx(1200)
    assert (months > 0).all()


def test_supply_is_what_the_river_and_present_reuse_leave():
    assert monthly_supply_m3(np.full(12, 100.0), np.full(12, 30.0), np.full(12, 70.0), usable_share=0.9).sum() == 0
    months = monthly_supply_m3(np.full(12, 100.0), np.arange(12) * 10.0, np.zeros(12), usable_share=0.9)
    assert months.tolist() == [90, 80, 70, 60, 50, 40, 30, 20, 10, 0, 0, 0]


def _plant(**changed: object) -> gpd.GeoDataFrame:
    row = {
        "id": "W1", "name": "厂", "township": "T", "treated_m3_per_day": 1000.0, "capacity_m3_per_day": 2000.0,
        "planned_capacity_m3_per_day": 4000.0, "reused_m3_per_day": 100.0, "ecological_m3_per_day": 50.0,
        "elevation_m": 200.0, "geometry": Point(0, 0),
    }  # fmt: skip
    return gpd.GeoDataFrame([row | changed], crs=4545)


def test_plant_without_a_record_gives_its_mean_day():
    district = SimpleNamespace(frames={"wastewater_plants": _plant()}, tables={})
    row = plant_supply(district, ASSUMED).iloc[0]
    assert row["supply_m3"] == pytest.approx((1000 * 0.9 - 150) * MONTH_DAYS.sum())
    planned = plant_supply(district, ASSUMED | {"reclaimed_planned_plants": 1.0}).iloc[0]
    assert planned["treated_m3"] == pytest.approx(2 * row["treated_m3"])
    unknown = SimpleNamespace(frames={"wastewater_plants": _plant(treated_m3_per_day=None)}, tables={})
    assert plant_supply(unknown, ASSUMED).empty


def test_months_of_the_record_and_the_river_count():
    effluent = pd.DataFrame(
        {"plant": "W1", "year": 2023, "month": range(1, 13), "treated_m3": 10_000.0, "reused_m3": 0.0}
    )
    owed = pd.DataFrame({"plant": ["W1"], "month": [1], "flow_m3_per_day": [400.0]})
    district = SimpleNamespace(
        frames={"wastewater_plants": _plant()}, tables={"effluent": effluent, "ecological_flow": owed}
    )
    row = plant_supply(district, ASSUMED).iloc[0]
    assert row["m01"] == 0
    assert row["m06"] == pytest.approx(9_000 - 50 * 30)


def test_places_come_from_the_layers_and_leave_out_those_on_reclaimed_water():
    greens = gpd.GeoDataFrame(
        {"id": ["G1", "G2"], "name": ["a", "b"], "township": "T", "watered_area_m2": [1000.0, 500.0],
         "lawn": ["warm_season", "cool_season"], "care_grade": ["grade_2", "special"],
         "source": ["public_network", "reclaimed"], "geometry": [box(0, 0, 9, 9), box(9, 9, 20, 20)]}, crs=4545,
    )  # fmt: skip
    roads = gpd.GeoDataFrame(
        {"id": ["R1", "R2"], "township": "T", "width_m": 10.0, "swept": [True, False], "status": "built",
         "geometry": [LineString([(0, 0), (100, 0)]), LineString([(0, 0), (100, 9)])]}, crs=4545,
    )  # fmt: skip
    district = SimpleNamespace(frames={"green_spaces": greens, "roads": roads}, tables={})
    places = demand_places(district, ASSUMED).set_index("use")
    assert places.loc["greening", "annual_m3"] == pytest.approx(120)
    assert places.loc["road", "area_m2"] == pytest.approx(1000)
    assert len(places) == 2
    assert demand_places(SimpleNamespace(frames={}, tables={}), ASSUMED).empty


def test_lawns_have_a_quota_by_season_and_care():
    assert lawn_of("cool_season", "special") == "cool_special"
    assert lawn_of("warm_season", "special") == "warm_grade_1"
    assert lawn_of(None, None) == "warm_grade_1"
