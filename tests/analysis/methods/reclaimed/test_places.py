"""Places and what they need, layer by layer and by hand: two of each, one of which is left out."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import LineString, Point, box

from analysis.assumption import resolve
from analysis.methods.reclaimed.assumptions import ASSUMPTIONS
from analysis.methods.reclaimed.demand import annual_demand_m3, dry_days_by_month, monthly_m3, peak_day_m3
from analysis.methods.reclaimed.places import demand_places, lawn_of, places_by_hand
from tests.rain_district import layer_of
from tests.small_district import A, B

ASSUMED = resolve(ASSUMPTIONS, {})


def places(layer: str, *rows: dict[str, object], tables: dict[str, pd.DataFrame] | None = None,
           **changed: float) -> pd.DataFrame:  # fmt: skip
    made: list[dict[str, object]] = [{"township": A, "geometry": Point(100, 200), **row} for row in rows]
    district: Any = SimpleNamespace(frames={layer: layer_of(layer, made)}, tables=tables or {})
    return demand_places(district, {**ASSUMED, **changed}).set_index("user")


def test_firms_cool_or_process_by_their_trade():
    firm = {"sector": "industry", "use_m3_per_year": 1_000.0}
    found = places(
        "water_users", {"id": "U1", **firm, "trade": "chemicals"}, {"id": "U2", **firm, "trade": "food"},
        {"id": "U3", **firm, "use_m3_per_year": None}, {"id": "U4", **firm, "sector": "service"},
        {"id": "U5", **firm, "source": "reclaimed"}, {"id": "U6", **firm, "use_m3_per_year": 0.0},
    )  # fmt: skip
    assert found["use"].to_dict() == {"U1": "cooling", "U2": "process"}
    assert found["annual_m3"].tolist() == pytest.approx([300, 300])
    half = places("water_users", {"id": "U1", **firm}, reclaimed_industry_share=0.5)
    assert half["annual_m3"].tolist() == pytest.approx([500])


def test_a_park_counts_where_none_of_its_firms_does():
    frames = {
        "water_users": layer_of("water_users", [{"id": "U1", "township": A, "sector": "industry", "park": "K1",
                                                 "use_m3_per_year": 1_000.0}]),
        "industrial_parks": layer_of("industrial_parks", [{"id": f"K{n}", "township": A, "use_m3_per_year": 5_000.0}
                                                          for n in (1, 2)]),
    }  # fmt: skip
    district: Any = SimpleNamespace(frames=frames, tables={})
    assert demand_places(district, ASSUMED).set_index("user")["annual_m3"].to_dict() == pytest.approx(
        {"K2": 1_500, "U1": 300}
    )


def test_lawns_by_season_and_care():
    found = places(
        "green_spaces", {"id": "G1", "watered_area_m2": 1_000.0, "lawn": "cool_season", "care_grade": "special"},
        {"id": "G2", "watered_area_m2": 1_000.0, "lawn": "warm_season", "care_grade": "grade_2"},
        {"id": "G3", "watered_area_m2": None},
    )  # fmt: skip
    assert found["annual_m3"].to_dict() == pytest.approx({"G1": 660, "G2": 120})
    assert found["peak_day_m3"].tolist() == pytest.approx([2.42, 2.42])  # 1,000·2 L and a tenth twice
    assert [lawn_of("cool_season", grade) for grade in ("special", "grade_1", "grade_2", None)] == [
        "cool_special", "cool_grade_1", "cool_grade_2", "cool_grade_1"
    ]  # fmt: skip
    assert [lawn_of("warm_season", grade) for grade in ("special", "grade_2")] == ["warm_grade_1", "warm_grade_2"]


def test_cars_by_the_way_they_are_washed():
    found = places(
        "car_wash_sites", {"id": "C1", "cars_per_day": 10, "method": "recycled"},
        {"id": "C2", "cars_per_day": 10, "method": None}, {"id": "C3", "cars_per_day": None},
    )  # fmt: skip
    assert found["annual_m3"].to_dict() == pytest.approx({"C1": 91.25, "C2": 182.5})  # 25 and 50 L
    assert found["peak_day_m3"].tolist() == pytest.approx([0.25 * 1.3 * 1.21, 0.5 * 1.3 * 1.21])


def test_toilets_of_large_buildings_and_of_estates_with_a_second_pipe_or_before_renewal():
    offices = places(
        "public_institutions", {"id": "I1", "people": 100, "large_building": True},
        {"id": "I2", "people": 100, "dual_pipes": True}, {"id": "I3", "people": 100, "large_building": False},
        {"id": "I4", "people": 100},
    )  # fmt: skip
    assert offices["annual_m3"].to_dict() == pytest.approx({"I1": 600, "I2": 600})  # 40 L · 0.6 · 250 days
    homes = places(
        "residential_estates", {"id": "E1", "people": 100, "dual_pipes": True},
        {"id": "E2", "people": 100, "renovation": "under_way"}, {"id": "E3", "people": 100, "renovation": "done"},
    )  # fmt: skip
    assert homes["annual_m3"].to_dict() == pytest.approx({"E1": 919.8, "E2": 919.8})  # 120 L · 0.21 · 365 days


@pytest.mark.parametrize("kind", ["boolean", "bool", "object"])
def test_yes_is_yes_however_a_layer_holds_it(kind):
    row = {"id": "I1", "township": A, "people": 100, "large_building": True, "dual_pipes": False}
    frame = layer_of("public_institutions", [row])
    frame[["large_building", "dual_pipes"]] = frame[["large_building", "dual_pipes"]].astype(kind)
    district: Any = SimpleNamespace(frames={"public_institutions": frame}, tables={})
    assert demand_places(district, ASSUMED)["annual_m3"].tolist() == pytest.approx([600])


def test_lakes_are_renewed_and_say_their_use():
    lake = {"id": "S1", "water_area_m2": 2_000.0, "geometry": box(0, 0, 10, 20)}
    found = places("scenic_areas", lake)
    assert found["annual_m3"].to_dict() == pytest.approx({"S1-scenic_lake": 6_000})
    assert (found["x"].iloc[0], found["y"].iloc[0]) == pytest.approx((5, 10))
    assert found["name"].tolist() == ["S1"]


def street(id_: str, x: float, length: float, **told: object) -> dict[str, object]:
    line = LineString([(x, 100), (x + length, 100)])
    return {"id": id_, "geometry": line, "width_m": 10.0, "swept": True, "status": "built", **told}


def test_swept_streets_of_a_cell_are_one_place_at_the_middle_one():
    found = places(
        "roads", street("R1", 0, 100), street("R2", 200, 200), street("R3", 700, 20), street("R4", 900, 100),
        street("R5", 0, 999, swept=False), street("R6", 0, 999, status="planned"), street("R7", 0, 9, width_m=None),
    )  # fmt: skip
    assert found["area_m2"].to_dict() == pytest.approx({f"ROAD-{A}-0-0": 3_200, f"ROAD-{A}-1-0": 1_000})
    assert found["annual_m3"].tolist() == pytest.approx([33.6, 10.5])  # 0.35 L · 30 times
    assert found["peak_day_m3"].tolist() == pytest.approx([6.4 * 1.21, 2 * 1.21])
    assert found["x"].tolist() == pytest.approx([300, 950])  # middles at 50, 300 and 710, their mean 353


def test_streets_of_two_townships_are_two_places():
    found = places("roads", street("R1", 0, 100), street("R2", 0, 100, township=B))
    assert found["township"].tolist() == [A, B]


def test_more_dry_days_than_times_change_nothing_and_fewer_do():
    days = pd.date_range("2023-01-01", "2023-12-31")
    wet = pd.DataFrame({"date": days, "rain_mm": np.where(days.month <= 11, 6.0, 0.0)})
    (volume,) = places("roads", street("R1", 0, 1_000), tables={"daily_rain": wet}, sweep_times=200)["annual_m3"]
    assert volume == pytest.approx(10_000 * 0.35 * 31 / 1_000)
    (dry,) = places("roads", street("R1", 0, 1_000), sweep_times=200)["annual_m3"]
    assert dry == pytest.approx(700)


def test_users_by_hand_give_their_volume_or_their_area():
    user = {"id": "b", "name": None, "township": A, "use": "greening", "x": 1.0, "y": 2.0, "area_m2": 500.0,
            "m3_per_year": None, "peak_m3_per_day": None}  # fmt: skip
    told = {**user, "id": "a", "name": "甲", "m3_per_year": 900.0, "peak_m3_per_day": 4.0}
    found = places_by_hand([user, told, {**user, "id": "c", "m3_per_year": 0.0}], ASSUMED)
    assert found["user"].tolist() == ["a", "b"]
    assert found["name"].tolist() == ["甲", "b"]
    assert found["annual_m3"].tolist() == pytest.approx([900, 140])
    assert found["peak_day_m3"].tolist() == pytest.approx([4, 1.21])


def test_a_peak_day_has_leakage_and_the_unforeseen_in_it():
    assert peak_day_m3("greening", 1_000, 0, ASSUMED) == pytest.approx(2.0 * 1.1 * 1.1)
    other = {**ASSUMED, "reclaimed_leakage_share": 0.2, "reclaimed_unforeseen_share": 0.08}
    assert peak_day_m3("process", 1_000, 3_650, other) == pytest.approx(10 * 1.3 * 1.2 * 1.08)
    assert peak_day_m3("road", 1_000, 0, {**ASSUMED, "reclaimed_road_peak_l_per_m2_day": 3}) == pytest.approx(3 * 1.21)


def test_quotas_of_buses_and_offices():
    assert annual_demand_m3("car_wash", cars_per_day=10, method="wipe") == pytest.approx(43.8)
    assert annual_demand_m3("car_wash", cars_per_day=10, buses=True) == pytest.approx(365)
    assert annual_demand_m3("toilet", people=10, place="office", assumptions={"reclaimed_office_days": 300}) == (
        pytest.approx(72)
    )


def test_a_month_of_rain_has_no_dry_days_and_its_greening_falls_to_the_others():
    days = pd.date_range("2023-01-01", "2023-12-31")
    rain = pd.DataFrame({"date": days, "rain_mm": np.where(days.month == 8, 9.0, 0.0)})
    dry = dry_days_by_month(rain, ASSUMED)
    assert (dry[6], dry[7], dry[8]) == pytest.approx((31, 0, 30))
    months = monthly_m3("greening", 830.0, dry)
    assert (months[7], months[6], months[0]) == pytest.approx((0.0, 160.0, 20.0))  # 16 and 2 of the 83 % left
    assert monthly_m3("toilet", 365.25, dry)[7] == pytest.approx(31.0)
    assert monthly_m3("road", 334.25, dry)[[6, 7]].tolist() == pytest.approx([31.0, 0.0])


def test_a_district_without_layers_has_no_places():
    nothing: Any = SimpleNamespace(frames={}, tables={})
    assert demand_places(nothing, ASSUMED).empty
    assert isinstance(layer_of("roads", []), gpd.GeoDataFrame)
