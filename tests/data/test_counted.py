"""What meters count in the shipped set: night flow, supply beside use, visitors, what stays in the stream."""

from __future__ import annotations

import pandas as pd
import pytest
from places import DATA

from layers.district import District
from layers.versions.opening import open_district


@pytest.fixture(scope="module")
def district() -> District:
    return open_district(DATA)


def test_six_zones_have_a_month_of_hours_that_add_up_to_their_supply(district: District) -> None:
    flow, supply = district.tables["zone_flow"], district.tables["zone_supply"]
    hours = flow.groupby("zone").size()
    assert len(hours) == 6
    assert (hours == 30 * 24).all()
    last = supply[supply["year"] == 2024].set_index("zone")
    yearly = flow.groupby("zone")["flow_m3_per_hour"].sum() / 30 * 366
    assert yearly.to_dict() == pytest.approx(last["supplied_m3"].reindex(yearly.index).to_dict(), rel=0.03)


def test_the_night_flow_of_a_zone_is_mostly_what_it_loses(district: District) -> None:
    flow, supply = district.tables["zone_flow"], district.tables["zone_supply"]
    night = flow[flow["hour"].between(2, 4)].groupby("zone")["flow_m3_per_hour"].mean()
    last = supply[supply["year"] == 2024].set_index("zone").loc[night.index]
    lost = (last["supplied_m3"] - last["registered_m3"]) / 366 / 24
    assert (night > lost).all()
    assert (night < last["supplied_m3"] / 366 / 24 * 0.65).all()


def test_supply_by_source_is_counted_apart_and_differs_a_little_from_use(district: District) -> None:
    supply = district.tables["water_supply"].groupby(["year", "source"])["volume_m3"].sum()
    use = district.tables["water_use"].groupby(["year", "source"])["volume_m3"].sum()
    ratio = (supply.groupby("year").sum() / use.groupby("year").sum())[lambda found: found.index != 2021]
    assert ((ratio - 1).abs() > 0.0005).all()
    assert ((ratio - 1).abs() < 0.06).all()
    assert set(supply.index.get_level_values("source")) == set(use.index.get_level_values("source"))


def test_the_months_of_the_last_year_are_the_visitors_a_scenic_area_reports(district: District) -> None:
    visitors = district.tables["scenic_visitors"]
    last = visitors[visitors["year"] == 2024].groupby("scenic_area")["visitors"].sum()
    told = district.frames["scenic_areas"].set_index("id")["visitors_per_year"]
    assert last.to_dict() == told.to_dict()
    assert (visitors.groupby(["scenic_area", "year"]).size() == 12).all()


def test_water_in_the_stream_is_less_than_the_river_carries(district: District) -> None:
    used = district.tables["in_stream_use"]
    flow = district.frames["rivers"].set_index("id")["mean_flow_m3_per_s"] * 365 * 86_400
    assert (used["volume_m3"] < used["river"].map(flow) * 1.2).all()
    assert set(used["kind"]) >= {"hydropower", "ecological_flow"}


def test_mains_lie_in_streets_and_streets_have_works_with_their_year(district: District) -> None:
    mains, roads = district.frames["water_mains"], district.frames["roads"].set_index("id")
    inner = mains[mains["role"] == "distribution"]
    assert inner["road"].notna().mean() > 0.95
    assert (roads.loc[inner["road"].dropna(), "level"] == "street").mean() > 0.95
    works = roads[roads["works_status"].isin(["planned", "under_way", "done"])]
    assert works["works_year"].notna().all()
    assert set(works["works_status"]) >= {"planned", "done"}
    assert (works.loc[works["works_status"] == "planned", "works_year"] > 2025).all()


def test_rivers_are_as_wide_as_their_flow_makes_them(district: District) -> None:
    rivers = district.frames["rivers"].sort_values(["mean_flow_m3_per_s", "width_m"])
    assert rivers["width_m"].is_monotonic_increasing
    assert 150 < rivers["width_m"].iloc[-1] < 300
    assert rivers["width_m"].iloc[0] > 1


def test_every_reserve_but_the_first_has_its_zones(district: District) -> None:
    zones = district.frames["protection_zones"]
    named = zones[zones["kind"].isin(["nature_reserve", "scenic", "world_heritage"])]
    assert named["zone"].isna().sum() == 1
    assert set(named.loc[named["zone"].isna(), "kind"]) == {"nature_reserve"}
    assert set(zones.loc[zones["kind"] == "nature_reserve", "zone"].dropna()) == {"core", "general"}
    assert "buffer" in set(zones.loc[zones["kind"] == "world_heritage", "zone"])


def test_targets_and_permits_stand_among_the_control_values(district: District) -> None:
    control = district.tables["control_values"]
    whole = control[(control["subject"] == "district") & (control["year"] == 2024)].set_index("indicator")
    for name in ("permitted_total", "efficient_irrigation", "reclaimed_share", "industrial_reuse"):
        assert pd.notna(whole.loc[name, "value"]), name
    intakes = district.frames["water_intakes"]
    permitted = intakes.loc[intakes["use"] != "power", "permitted_m3_per_year"].sum()
    assert whole.loc["permitted_total", "unit"] == "wan_m3"
    assert 0.8 < permitted / (whole.loc["permitted_total", "value"] * 1e4) < 1.0
    assert set(control["subject"]) == {"district", "agriculture", "urban_management", "economy"}
