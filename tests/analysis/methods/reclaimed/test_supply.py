"""What plants give by hand: two plants, two years of reports, months in which the river takes all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from golden_district import golden_district

from analysis.assumption import resolve
from analysis.methods.reclaimed.assumptions import ASSUMPTIONS
from analysis.methods.reclaimed.supply import monthly_supply_m3, plant_supply, unknown_plants

ASSUMED = resolve(ASSUMPTIONS, {})


def supply(*, tables: dict | None = None, plants: dict | None = None, **changed: float) -> pd.DataFrame:
    """The plants of the golden district: W1 whole, W2 with what it lacks of reuse and river said to be none."""
    district = golden_district()
    whole = {"reused_m3_per_day": [500.0, 0.0], "ecological_m3_per_day": [1_000.0, 0.0]}
    frame = district.frames["wastewater_plants"].assign(**whole | (plants or {}))
    poorer = replace(
        district,
        frames={**district.frames, "wastewater_plants": frame},
        tables={**district.tables, **(tables or {})},
    )
    return plant_supply(poorer, {**ASSUMED, **changed}).set_index("plant")


def test_a_month_gives_what_is_usable_less_the_river_s_and_what_is_reused_never_less_than_nothing():
    found = monthly_supply_m3(
        np.array([1000.0, 1000.0]), np.array([300.0, 900.0]), np.array([100.0, 50.0]), usable_share=0.9
    )
    assert found.tolist() == [500.0, 0.0]


def test_plants_without_reports_give_their_mean_day():
    found = supply()
    assert found.loc["W1", "supply_m3"] == pytest.approx((8_000 * 0.9 - 1_000 - 500) * 365.25)
    assert found.loc["W2", "supply_m3"] == pytest.approx(900 * 0.9 * 365.25)
    assert found.loc["W1", "m02"] == pytest.approx(5_700 * 28.25)


@pytest.mark.parametrize("column", ["treated_m3_per_day", "reused_m3_per_day"])
def test_a_plant_that_does_not_say_what_it_treats_or_reuses_is_left_out(column):
    assert supply(plants={column: [500.0, None]}).index.tolist() == ["W1"]
    assert supply(plants={column: [None, 500.0]}).index.tolist() == ["W2"]


def test_plants_left_out_are_counted():
    assert unknown_plants(golden_district()) == 1  # W2 says nothing of reuse
    district = golden_district()
    frame = district.frames["wastewater_plants"].assign(reused_m3_per_day=[0.0, 0.0])
    assert unknown_plants(replace(district, frames={"wastewater_plants": frame})) == 0
    lacking = frame.assign(treated_m3_per_day=[None, None])
    assert unknown_plants(replace(district, frames={"wastewater_plants": lacking})) == 2
    assert unknown_plants(replace(district, frames={})) == 0


def test_a_plant_that_does_not_say_what_the_river_is_owed_has_no_supply_but_its_volumes():
    found = supply(plants={"ecological_m3_per_day": [1_000.0, None]})
    assert found.loc["W1", "supply_m3"] == pytest.approx((8_000 * 0.9 - 1_000 - 500) * 365.25)
    assert np.isnan(found.loc["W2", ["supply_m3", "owed_m3", "m01"]].astype(float)).all()
    assert found.loc["W2", ["treated_m3", "reused_m3"]].tolist() == [900 * 365.25, 0.0]


def test_a_table_of_twelve_months_tells_what_the_river_is_owed_and_of_eleven_does_not():
    owed = pd.DataFrame({"plant": "W2", "month": range(1, 13), "flow_m3_per_day": 100.0})
    plants = {"ecological_m3_per_day": [1_000.0, None]}
    whole = supply(plants=plants, tables={"ecological_flow": owed})
    assert whole.loc["W2", "supply_m3"] == pytest.approx(710 * 365.25)
    assert np.isnan(supply(plants=plants, tables={"ecological_flow": owed.iloc[:11]}).loc["W2", "supply_m3"])


def test_months_without_a_reused_volume_take_the_plant_s_mean_day():
    reports = pd.DataFrame({"plant": "W1", "year": 2023, "month": range(1, 13), "treated_m3": 300_000.0,
                            "reused_m3": [0.0] * 11 + [None]})  # fmt: skip
    assert supply(tables={"effluent": reports}).loc["W1", "reused_m3"] == pytest.approx(500 * 31)
    silent = supply(tables={"effluent": reports}, plants={"reused_m3_per_day": [None, 0.0]})
    assert silent.index.tolist() == ["W2"]
    reports["reused_m3"] = 0.0
    told = supply(tables={"effluent": reports}, plants={"reused_m3_per_day": [None, 0.0]})
    assert told.loc["W1", "reused_m3"] == 0.0


def test_the_last_year_reported_counts_where_all_its_months_are_there():
    years = [
        ("W1", year, month, 1_000.0 * month * (2 if year == 2023 else 1), 10.0)
        for year in (2022, 2023)
        for month in range(1, 13)
    ]
    reports = pd.DataFrame(years, columns=["plant", "year", "month", "treated_m3", "reused_m3"])
    whole, part = supply(tables={"effluent": reports}), supply(tables={"effluent": reports[reports.index != 23]})
    assert whole.loc["W1", "treated_m3"] == pytest.approx(78_000 * 2)
    assert whole.loc["W1", "reused_m3"] == pytest.approx(120)
    assert part.loc["W1", "treated_m3"] == pytest.approx(8_000 * 365.25)


def test_the_river_is_owed_by_the_month_the_table_names():
    owed = pd.DataFrame({"plant": ["W1", "W1", "W2"], "month": [1, 12, 6], "flow_m3_per_day": [2_000.0, 0.0, 100.0]})
    found = supply(tables={"ecological_flow": owed})
    assert found.loc["W1", ["m01", "m02", "m12"]].tolist() == pytest.approx([4_700 * 31, 5_700 * 28.25, 6_700 * 31])
    assert found.loc["W2", ["m05", "m06"]].tolist() == pytest.approx([810 * 31, 710 * 30])


def test_planned_capacity_makes_a_plant_grow_but_never_shrink():
    plants = {"capacity_m3_per_day": [9_000.0, 1_000.0], "planned_capacity_m3_per_day": [18_000.0, 500.0]}
    now, planned = supply(plants=plants), supply(plants=plants, reclaimed_planned_plants=1.0)
    assert (planned["treated_m3"] / now["treated_m3"]).tolist() == pytest.approx([2.0, 1.0])
