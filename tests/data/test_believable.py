"""What an engineer would believe of the shipped set: volumes that fit each other, people, pipes, storms and streets."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from places import DATA

from analysis.formulas.rain.control_rate import design_rain_mm
from data.make.facts import table
from layers.district import District
from layers.versions.opening import open_district

CHECKED_ON = pd.Timestamp("2026-12-01")


@pytest.fixture(scope="module")
def district() -> District:
    return open_district(DATA)


def _reservoirs(district: District) -> gpd.GeoDataFrame:
    return district.frames["reservoirs"].set_index("id")


def _yields(district: District) -> pd.DataFrame:
    return district.tables["source_yields"]


def test_cisterns_hold_enough_for_those_who_drink_from_them(district: District) -> None:
    projects, works = district.frames["projects"], district.frames["small_water_works"]
    groups = projects[projects["kind"] == "cistern"]
    assert (groups["tank_m3"] / groups["people"]).between(8, 22).all()
    single = works[works["kind"] == "cistern"]
    assert (single["volume_m3"] / single["people"]).between(5, 17).all()


def test_rain_projects_expect_no_more_than_sheds_and_turns_over(district: District) -> None:
    rain = district.frames["projects"].query("water == 'rain'")
    hard = rain["roof_area_m2"] + rain["paved_area_m2"]
    shed = 0.65 * 1.1 * (0.85 * hard + 0.25 * rain["permeable_area_m2"] + 0.15 * rain["green_area_m2"])
    assert (rain["expected_m3_per_year"] <= shed * 1.12 + 10).all()
    assert (rain["expected_m3_per_year"] <= rain["tank_m3"] * 25).all()
    assert (rain["expected_m3_per_year"] > 0).all()


def test_what_is_promised_of_a_source_is_fixed_and_less_than_it_gives(district: District) -> None:
    yields = _yields(district)
    assert (yields.groupby("source")["allocated_m3_per_year"].nunique() == 1).all()
    left = yields["yield_m3_per_year"] - yields["allocated_m3_per_year"] - yields["ecological_m3_per_year"]
    assert (left >= 0).all()


def test_what_is_promised_is_the_permits_and_the_irrigation_without_one(district: District) -> None:
    yields = _yields(district).drop_duplicates("source").set_index("source")["allocated_m3_per_year"]
    intakes, places = district.frames["water_intakes"], district.frames["irrigation_districts"]
    permits = intakes.groupby("reservoir")["permitted_m3_per_year"].sum()
    bare = places[places["intake"].isna()].groupby("reservoir")["intake_m3_per_year"].sum()
    promised = permits.add(bare, fill_value=0).reindex(_reservoirs(district).index).fillna(0)
    assert promised.to_dict() == pytest.approx(yields.reindex(promised.index).to_dict(), abs=100)


def test_dams_fit_what_they_hold_back(district: District) -> None:
    reservoirs = _reservoirs(district)
    mean_depth = reservoirs["total_m3"] / reservoirs.area
    assert (reservoirs["dam_height_m"] / mean_depth).between(2.0, 3.5).all()
    parts = reservoirs["useful_m3"] + reservoirs["dead_m3"]
    assert (parts <= reservoirs["total_m3"]).all()


def test_reservoirs_lie_on_rivers_that_shed_as_much_as_they_gather(district: District) -> None:
    reservoirs, rivers = district.frames["reservoirs"], district.frames["rivers"]
    joined = gpd.sjoin(reservoirs[["id", "basin_area_m2", "geometry"]], rivers[["basin_area_m2", "geometry"]])
    assert set(joined["id"]) == set(reservoirs["id"])
    widest = joined.groupby("id").agg(own=("basin_area_m2_left", "first"), river=("basin_area_m2_right", "max"))
    assert (widest["own"] <= widest["river"]).all()


def test_irrigation_takes_what_its_source_gives_in_a_dry_year(district: District) -> None:
    places = district.frames["irrigation_districts"]
    yields = _yields(district)
    dry = yields[yields["guarantee_share"].between(0.94, 0.96)].set_index("source")["yield_m3_per_year"]
    fed = places.dropna(subset=["reservoir"]).groupby("reservoir")["intake_m3_per_year"].sum()
    assert (fed < dry.reindex(fed.index)).all()
    intakes, flow = district.frames["water_intakes"].set_index("id"), district.frames["rivers"].set_index("id")
    drawn = places[places["source_kind"].isin(["river", "lift"])]
    river = intakes.loc[drawn["intake"], "river"]
    runs = flow.loc[river, "mean_flow_m3_per_s"].to_numpy() * 365 * 86_400
    assert (drawn["intake_m3_per_year"].to_numpy() < runs * 0.3).all()
    assert (places["actual_area_m2"] / places["design_area_m2"]).between(0.35, 0.9).all()


def test_people_move_with_the_years_and_make_up_the_district(district: District) -> None:
    people = district.tables["population"]
    whole = people.groupby("year")[["resident_people", "urban_people", "registered_people", "households"]].sum()
    assert whole.loc[2020, "resident_people"] == 356_748  # census
    assert whole.loc[2018].tolist() == [348_200, 153_800, 411_487, 140_790]  # bulletin of 2018
    assert whole.loc[2020, "urban_people"] / 356_748 == pytest.approx(0.4929, abs=1e-4)
    for column in whole:
        assert whole[column].nunique() == len(whole), column
    moved = people.groupby("township")[["registered_people", "households"]].nunique()
    assert (moved > 5).all(axis=None)


def test_industry_adds_up_from_firms_to_parks_townships_and_district(district: District) -> None:
    users, parks = district.frames["water_users"], district.frames["industrial_parks"]
    inside = users.dropna(subset=["park"]).groupby("park")
    assert inside.size().to_dict() == parks.set_index("id")["firms"].to_dict()
    used = inside["use_m3_per_year"].sum()
    assert used.to_dict() == pytest.approx(parks.set_index("id")["use_m3_per_year"].to_dict())
    assert parks["firms"].sum() == 50
    economy = district.tables["economy"].query("year == 2024").set_index("township")
    added = parks.set_index("township")["value_added_yuan"]
    assert (added < economy.loc[added.index, "industrial_added_yuan"]).all()
    gdp = district.tables["economy"].groupby("year")["gdp_yuan"].sum() / 1e4
    assert gdp[2018] == pytest.approx(1_816_270, abs=20)
    assert gdp[2020] == pytest.approx(2_242_104, abs=20)
    use = district.tables["water_use"].query("year == 2024 and sector == 'industry'")["volume_m3"].sum()
    firms = users.loc[users["sector"].isin(["industry", "construction"]), "use_m3_per_year"].sum()
    assert use == pytest.approx(firms, rel=0.001)


def test_trades_use_what_their_size_can(district: District) -> None:
    users, facts = district.frames["water_users"], table("products").set_index("trade")
    assert (users["output"] <= users["trade"].map(facts["largest_output"]) + 1).all()
    per_unit = users["use_m3_per_year"] / users["output"] / users["trade"].map(facts["m3_per_unit"])
    assert per_unit[users["output"] > 20].between(0.75, 1.45).all()
    assert users.loc[users["trade"] == "restaurant", "use_m3_per_year"].max() < 10_000


def test_works_supply_what_those_they_serve_use(district: District) -> None:
    works, villages = district.frames["waterworks"].set_index("id"), district.frames["villages"]
    served = villages.dropna(subset=["waterworks"]).groupby("waterworks")["people"].sum()
    assert served.to_dict() == works["people"].to_dict()
    assert set(villages.loc[villages["waterworks"].isna(), "supply"]) <= {"small", "scattered", "cistern"}
    litres = works["supply_m3_per_day"] / works["people"] * 1000
    assert litres.between(150, 300).all()
    assert (works["supply_m3_per_day"] <= works["capacity_m3_per_day"]).all()
    alone = villages[villages["supply"].isin(["small", "scattered"])].groupby("township")["people"].sum()
    intakes = district.frames["water_intakes"]
    intakes = intakes[intakes["kind"].isin(["spring", "well"]) & (intakes["use"] == "domestic")]
    own = intakes[~intakes["name"].str.contains("水厂")].groupby("township")["people"].sum()
    assert own.reindex(alone.index).to_dict() == pytest.approx(alone.to_dict(), abs=3)


def test_leakage_falls_and_rises(district: District) -> None:
    zones = district.tables["zone_supply"].dropna(subset=["supplied_m3", "registered_m3"])
    lost = (1 - zones["registered_m3"] / zones["supplied_m3"]).groupby([zones["zone"], zones["year"]]).first().unstack()
    steps = lost.diff(axis=1).iloc[:, 1:-1]
    assert (steps < -0.01).any(axis=1).mean() > 0.9
    assert (steps > 0.01).any(axis=1).mean() > 0.6
    renewed = district.frames["pipeline_zones"].query("renewal == 'done'")["id"]
    assert (lost.reindex(renewed).dropna()[2023] < lost.reindex(renewed).dropna()[2016] - 0.03).all()


def test_mains_fit_the_people_they_serve(district: District) -> None:
    mains, works = district.frames["water_mains"], district.frames["waterworks"]
    people = district.tables["population"].query("year == 2024")["resident_people"].sum()
    served = mains[mains["role"] == "distribution"]["people"].sum()
    assert works["people"].sum() * 0.95 <= served <= works["people"].sum() < people
    assert mains["length_m"].sum() / served == pytest.approx(1.8, abs=0.6)  # m a person
    towns = mains.dropna(subset=["pipeline_zone"]).groupby("pipeline_zone")["people"].sum()
    zones = district.frames["pipeline_zones"].set_index("id")["people"]
    assert (towns <= zones.reindex(towns.index)).all()


def test_storms_are_those_of_chongqing(district: District) -> None:
    rain = district.tables["daily_rain"]["rain_mm"].to_numpy()
    printed = {0.60: 12.2, 0.70: 17.4, 0.75: 20.9, 0.80: 25.5, 0.85: 31.9}
    for share, depth in printed.items():
        assert design_rain_mm(rain, share) == pytest.approx(depth, rel=0.02), share
    years = district.tables["daily_rain"].groupby(district.tables["daily_rain"]["date"].dt.year)["rain_mm"].sum()
    assert years.mean() == pytest.approx(1_130.6, abs=2)
    assert 0.15 <= years.std() / years.mean() <= 0.20


def test_permits_are_mostly_in_force(district: District) -> None:
    ends = district.frames["water_intakes"]["permit_to"]
    assert 0.8 < (ends > CHECKED_ON).mean() < 1.0


def test_streets_are_no_comb(district: District) -> None:
    roads = district.frames["roads"].query("level == 'street'")
    ends = pd.concat([roads["from_node"], roads["to_node"]]).value_counts()
    assert 0.05 < (ends == 1).mean() < 0.25  # blind ends
    assert 0.25 < (ends == 3).mean() < 0.6  # crossings of three, where a comb or a lattice has mostly four or two
    city = roads[roads["township"] == "500156002"]
    line = city.geometry.apply(lambda street: np.subtract(street.coords[-1], street.coords[0]))
    turn = np.degrees([np.arctan2(y, x) for x, y in line]) % 90
    spread = np.hypot(np.cos(np.radians(4 * turn)).mean(), np.sin(np.radians(4 * turn)).mean())
    assert spread < 0.93  # 1 would be two directions only


def test_the_set_has_the_gaps_a_district_has(district: District) -> None:
    use, zones = district.tables["water_use"], district.tables["zone_supply"]
    counts = use.groupby("year")["township"].nunique()
    assert counts[2021] == 25
    assert counts[2019] == counts[2024] == 26
    unmetered = zones.groupby("zone")["supplied_m3"].apply(lambda told: told.isna().all())
    assert unmetered.sum() == 2
    last = zones[zones["year"] == 2024]
    assert (last["registered_m3"] > last["supplied_m3"]).sum() == 2
    assert district.tables["use_plans"]["actual_m3"].isna().sum() >= 2
    plants = district.frames["wastewater_plants"]
    untold = plants[plants["ecological_m3_per_day"].isna()]["id"]
    assert len(untold) == 1
    assert not set(untold) & set(district.tables["ecological_flow"]["plant"])
