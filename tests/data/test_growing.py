"""Climate, crops and paddies of the shipped set: what a monthly crop balance will ask for."""

from __future__ import annotations

import pandas as pd
import pytest
from places import DATA

from layers.district import District
from layers.versions.opening import open_district


@pytest.fixture(scope="module")
def district() -> District:
    return open_district(DATA)


def test_it_is_cooler_and_wetter_higher_up_and_wet_in_early_summer(district: District) -> None:
    climate = district.tables["monthly_climate"].set_index(["elevation_m", "month"])
    low, high = climate.loc[200.0], climate.loc[1800.0]
    assert (low["max_temperature_c"] > low["min_temperature_c"]).all()
    assert (low["min_temperature_c"] - high["min_temperature_c"]).min() > 7.5
    mean = (low["max_temperature_c"] + low["min_temperature_c"]).mean() / 2
    assert mean == pytest.approx(17.9, abs=0.3)
    assert 1000 < low["sunshine_hours_per_day"].mean() * 365 < 1400
    assert low["rain_mm"].sum() == pytest.approx(1005, abs=3)
    assert high["rain_mm"].sum() > 1400


def test_every_crop_has_its_twelve_months_and_rice_stands_in_summer(district: District) -> None:
    known = district.tables["crop_coefficients"].pivot(index="crop", columns="month", values="coefficient")
    assert known.notna().all(axis=None)
    assert set(district.tables["crops"]["crop"]) <= set(known.index)
    assert known.loc["rice"][known.loc["rice"] > 0].index.tolist() == [5, 6, 7, 8, 9]
    assert known.loc["rapeseed"].loc[[7, 8]].sum() == 0


def test_paddies_say_percolation_and_ponding_and_others_do_not(district: District) -> None:
    places = district.frames["irrigation_districts"]
    rice = places["main_crop"] == "rice"
    assert places.loc[rice, ["percolation_mm_per_day", "ponding_mm"]].notna().all(axis=None)
    assert places.loc[~rice, ["percolation_mm_per_day", "ponding_mm"]].isna().all(axis=None)
    assert places["main_grain_area"].any()
    assert places["water_short_area"].any()


def test_a_district_names_an_intake_on_its_own_source(district: District) -> None:
    places = district.frames["irrigation_districts"].set_index("id")
    intakes = district.frames["water_intakes"].set_index("id")
    named = places.dropna(subset=["intake"])
    own = intakes.loc[named["intake"]]
    assert len(named) >= 12
    assert (own["use"] == "irrigation").all()
    assert own["township"].tolist() == named["township"].tolist()
    fed = named["reservoir"].notna().to_numpy()
    assert own.loc[fed, "reservoir"].tolist() == named.loc[fed, "reservoir"].tolist()
    assert (own["permitted_m3_per_year"].to_numpy() >= named["intake_m3_per_year"].to_numpy()).all()
    bare = places[places["intake"].isna()]
    assert (bare["reservoir"].notna() | (bare["source_kind"] == "pond")).all()
    assert pd.isna(bare["intake"]).any()
