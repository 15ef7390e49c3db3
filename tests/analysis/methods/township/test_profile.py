"""The township profile on the small district, against answers computed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.asking import Asked, ask
from analysis.finding import Finding
from analysis.methods import township
from layers.district import District
from tests.small_district import A, B, C, D, small_district

COUNTY = "990001"
DAY = date(2024, 12, 31)
BY_HAND = {
    "area_m2": {A: 1e8, B: 1e8, C: 1e8, D: 1e8, COUNTY: 4e8},
    "population": {A: 10_000, B: 20_000, C: 3_000, D: 1_000, COUNTY: 34_000},
    "population_per_km2": {A: 100, B: 200, C: 30, D: 10, COUNTY: 85},
    "rain_mm": {A: 1_100, B: 1_100, C: 1_100, D: 1_100, COUNTY: 1_100},
    "elevation_m": {A: 450, B: 950, C: 450, D: 950, COUNTY: 700},
    "water_use_m3": {A: 600_000, B: 2_000_000, C: 300_000, D: 100_000, COUNTY: 3_000_000},
    "water_use_m3_per_person": {A: 60, B: 100, C: 100, D: 100, COUNTY: 3_000_000 / 34_000},
    "reclaimed_use_m3": {A: 0, B: 100_000, C: 0, D: 0, COUNTY: 100_000},
    "mains_length_m": {A: 1_500, B: 2_000, C: 0, D: 0, COUNTY: 3_500},
    "projects": {A: 1, B: 1, C: 1, D: 1, COUNTY: 4},
    "users": {A: 2, B: 1, C: 0, D: 1, COUNTY: 4},
    "cropland_share": {A: 0, B: 1, C: 0, D: 1, COUNTY: 0.5},
    "forest_share": {A: 1, B: 0, C: 1, D: 0, COUNTY: 0.5},
    "built_share": {A: 0, B: 0, C: 0, D: 0, COUNTY: 0},
}


def profile(district: District) -> dict[tuple[str, str], Finding]:
    return {(f.indicator.id, f.subject): f for f in ask("township", district, Asked(on=DAY)).findings}


@pytest.fixture(scope="module")
def district() -> District:
    return small_district()


@pytest.mark.parametrize("indicator", BY_HAND)
def test_value_is_the_one_computed_by_hand(district, indicator):
    known = profile(district)
    found = {code: known[indicator, code].value for code in BY_HAND[indicator]}
    assert found == pytest.approx(BY_HAND[indicator], rel=1e-6, abs=1e-6)


def test_every_indicator_speaks_of_every_township_and_the_district(district):
    subjects = {A, B, C, D, COUNTY}
    expected = {(indicator.id, subject) for indicator in township.INDICATORS for subject in subjects}
    assert set(profile(district)) == expected


def test_the_date_is_the_year_of_the_table_or_the_day_of_the_source(district):
    known = profile(district)
    assert known["water_use_m3", A].as_of == "2023"
    assert known["projects", A].as_of == "2024-12-31"
    assert known["water_use_m3", A].status == "illustrative"


@pytest.mark.parametrize("layer", [need for need in township.NEEDS if need != "townships"])
def test_a_missing_layer_makes_unknown_never_zero(district, layer):
    def without(things):
        return {id_: thing for id_, thing in things.items() if id_ != layer}

    poorer = replace(
        district,
        frames=without(district.frames),
        tables=without(district.tables),
        rasters=without(district.rasters),
    )
    resting = [f for f in ask("township", poorer, Asked(on=DAY)).findings if layer in f.layers]
    assert resting
    assert all(finding.value is None and layer in finding.needs for finding in resting)


def test_projects_that_do_not_say_their_yield_are_unknown(district):
    known = profile(district)
    assert known["rain_supply_m3", A].value is None
    assert known["rain_supply_m3", A].needs == ("projects",)
    assert known["rain_supply_m3", COUNTY].facts["missing"] == 2


def test_built_rain_projects_alone_count_as_supply(district):
    frame = district.frames["projects"].copy()
    frame["expected_m3_per_year"] = [700.0, 9_000.0, 300.0, 5_000.0]
    known = profile(replace(district, frames={**district.frames, "projects": frame}))
    found = {code: known["rain_supply_m3", code].value for code in (A, B, C, D, COUNTY)}
    assert found == {A: 700.0, B: 0.0, C: 300.0, D: 0.0, COUNTY: 1_000.0}


@pytest.mark.parametrize(("renewal", "length_m"), [("planned", 1_500), ("under_way", 1_500), ("done", 0), (None, None)])
def test_pipes_to_renew_are_those_planned_or_under_way(district, renewal, length_m):
    frame = district.frames["pipeline_zones"].copy()
    frame["renewal"] = [renewal]
    known = profile(replace(district, frames={**district.frames, "pipeline_zones": frame}))
    assert known["renewal_length_m", A].value == length_m
    assert known["renewal_length_m", B].value == 0


def test_figures_of_a_merged_township_belong_to_its_successor(district):
    table = district.tables["population"].copy()
    table.loc[table["township"] == C, "township"] = "990001009"
    known = profile(replace(district, tables={**district.tables, "population": table}))
    assert known["population", C].value == 3_000


def test_a_township_without_a_row_in_the_latest_year_is_unknown(district):
    table = district.tables["water_use"]
    known = profile(replace(district, tables={**district.tables, "water_use": table[table["township"] != D]}))
    assert known["water_use_m3", D].value is None
    assert known["water_use_m3", COUNTY].value == pytest.approx(2_900_000)
    assert known["water_use_m3", COUNTY].facts["missing"] == 1


def test_the_result_id_changes_with_a_figure_and_not_with_the_name_of_the_version(district):
    use = district.tables["water_use"].copy()
    use.loc[use.index[-1], "volume_m3"] += 1
    changed = replace(district, tables={**district.tables, "water_use": use})
    first, renamed, other = profile(district), profile(replace(district, version="0" * 12)), profile(changed)
    assert first["area_m2", A].result_id == renamed["area_m2", A].result_id
    assert first["area_m2", A].result_id != other["area_m2", A].result_id


def test_the_district_is_left_as_it_was(district):
    before = {id_: frame.copy() for id_, frame in district.frames.items()}
    profile(district)
    assert all(district.frames[id_].equals(frame) for id_, frame in before.items())


def _with(district: District, table: str, **columns: object) -> District:
    return replace(district, tables={**district.tables, table: district.tables[table].assign(**columns)})


def test_a_mean_of_the_district_leaves_unknown_townships_out_of_both_its_sums(district):
    use, rain = district.tables["water_use"], district.rasters["rainfall"]
    values = rain.values.copy()
    values[:100, 100:], values[100:] = 1_400.0, rain.nodata
    drier = replace(rain, values=values)
    poorer = replace(district, rasters={**district.rasters, "rainfall": drier})
    known = profile(_with(poorer, "water_use", volume_m3=use["volume_m3"].where(use["township"] != D)))
    assert known["water_use_m3", D].value is None
    assert known["water_use_m3_per_person", COUNTY].value == pytest.approx(2_900_000 / 33_000)
    assert known["rain_mm", D].value is None
    assert known["rain_mm", COUNTY].value == pytest.approx(1_250.0)
    assert known["rain_mm", COUNTY].facts["missing"] == 2


def test_nobody_living_somewhere_makes_the_use_of_each_unknown_there(district):
    people = district.tables["population"]
    known = profile(
        _with(district, "population", resident_people=people["resident_people"].where(people["township"] != B, 0.0))
    )
    assert known["water_use_m3_per_person", B].value is None
    assert known["water_use_m3_per_person", COUNTY].value == pytest.approx(1_000_000 / 14_000)


def test_registered_people_count_only_where_no_residents_were_counted(district):
    both = _with(district, "population", registered_people=7.0)
    assert profile(both)["population", A].value == 10_000
    assert profile(_with(both, "population", resident_people=float("nan")))["population", A].value == 7.0
