"""The township profile on the small district, against answers computed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from shapely import box

from analysis.asking import Asked, ask
from analysis.finding import Finding, sources_of
from analysis.methods import township
from layers.district import District
from tests.small_district import OLD_C, A, B, C, D, small_district

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


def _placed(district: District, layer: str, **columns: object) -> District:
    """The district with columns of a layer changed."""
    return replace(district, frames={**district.frames, layer: district.frames[layer].assign(**columns)})


def _more(district: District, table: str, *rows: dict[str, object]) -> District:
    told = pd.concat([district.tables[table], pd.DataFrame(rows)], ignore_index=True)
    return replace(district, tables={**district.tables, table: told})


def test_a_sum_over_something_unknown_is_unknown_and_the_district_says_how_many_are_left_out(district):
    table = district.tables["water_use"]
    one_row = (table["township"] == A) & (table["sector"] == "industry") & (table["year"] == 2023)
    known = profile(_with(district, "water_use", volume_m3=table["volume_m3"].mask(one_row)))
    # A is known to take 200,000 m³ for its homes, but not what its industry takes
    assert known["water_use_m3", A].value is None
    assert known["water_use_m3", A].needs == ("water_use",)
    assert known["water_use_m3", A].facts == {"absent": False}
    assert known["water_use_m3", COUNTY].value == pytest.approx(2_000_000 + 300_000 + 100_000)
    assert known["water_use_m3", COUNTY].facts == {"missing": 1, "lower_bound": True}
    assert known["water_use_m3_per_person", COUNTY].value == pytest.approx(2_400_000 / 24_000)


def test_a_township_with_a_project_that_does_not_say_its_yield_is_unknown_beside_one_that_does(district):
    first, second = (
        profile(_built(district, yields)) for yields in ([700.0, 40.0, 300.0, 5.0], [700.0, None, 300.0, 5.0])
    )
    assert first["rain_supply_m3", A].value == 740.0
    assert second["rain_supply_m3", A].value is None
    assert (second["rain_supply_m3", C].value, second["rain_supply_m3", COUNTY].value) == (300.0, 305.0)
    assert second["rain_supply_m3", COUNTY].facts == {"missing": 1, "lower_bound": True}


def _built(district: District, expected: list[float | None]) -> District:
    """Four built rain projects: two in A, one each in C and D."""
    return _placed(
        district, "projects", water="rain", status="built", township=[A, A, C, D], expected_m3_per_year=expected
    )


def test_figures_belong_to_today_through_two_mergers_in_a_row(district):
    towns = district.frames["townships"].copy()
    older = towns[towns["code"] == OLD_C].assign(code="990001010", name="更旧乡", successor=OLD_C)
    both = replace(district, frames={**district.frames, "townships": pd.concat([towns, older], ignore_index=True)})
    table = district.tables["population"]
    for code in (OLD_C, "990001010"):
        moved = table["township"].where(table["township"] != C, code)
        known = profile(_with(both, "population", township=moved))
        assert (known["population", C].value, known["population", COUNTY].value) == (3_000, 34_000)


def test_the_abolished_unit_and_its_successor_add_up_and_have_no_line_of_their_own(district):
    half = {"township": OLD_C, "year": 2023, "resident_people": 500.0}
    known = profile(_more(district, "population", half))
    assert known["population", C].value == 3_500
    assert known["population", C].facts == {"added": ("旧乡",)}
    assert {subject for _, subject in known} == {A, B, C, D, COUNTY}


@pytest.mark.parametrize(("year", "value"), [(2022, 600_000), (2024, 70_000)])
def test_the_latest_year_with_figures_speaks(district, year, value):
    row = {"township": A, "year": year, "source": "surface", "sector": "industry", "volume_m3": 70_000.0}
    known = profile(_more(district, "water_use", row))
    assert known["water_use_m3", A].value == value
    assert known["water_use_m3", A].as_of == str(max(year, 2023))
    # in a year of which only A has figures the others are unknown, not as before
    assert known["water_use_m3", B].value == (2_000_000 if year == 2022 else None)


def test_a_year_without_any_figure_is_not_the_latest(district):
    row = {"township": A, "year": 2025, "source": "surface", "sector": "industry", "volume_m3": float("nan")}
    known = profile(_more(district, "water_use", row))
    assert (known["water_use_m3", A].value, known["water_use_m3", A].as_of) == (600_000, "2023")


def test_reclaimed_water_is_none_where_a_township_uses_other_water_and_unknown_where_nothing_is_told(district):
    table = district.tables["water_use"]
    known = profile(replace(district, tables={**district.tables, "water_use": table[table["township"] != C]}))
    found = [known["reclaimed_use_m3", code].value for code in (A, B, C)]
    assert found == [0.0, 100_000.0, None]
    assert known["reclaimed_use_m3", COUNTY].facts == {"missing": 1, "lower_bound": True}


def test_use_of_each_is_use_over_people_and_the_districts_the_sum_over_the_sum(district):
    people = {A: 12_000.0, B: 50_000.0, C: 3_000.0, D: 1_000.0}
    known = profile(
        _with(district, "population", resident_people=district.tables["population"]["township"].map(people))
    )
    assert [known["water_use_m3_per_person", code].value for code in (A, B)] == pytest.approx([50.0, 40.0])
    # 3,000,000 m³ for 66,000; the mean of 50, 40, 100 and 100 would be 72.5
    assert known["water_use_m3_per_person", COUNTY].value == pytest.approx(45.4545, abs=1e-4)


def test_means_of_the_district_weigh_by_area(district):
    towns = district.frames["townships"].copy()
    # B's west half alone is the township now: 50 km² at 825 m, beside 100 km² each at 450, 450 and 950 m
    towns.loc[towns["code"] == B, "geometry"] = box(490_000, 3_250_000, 495_000, 3_260_000)
    known = profile(replace(district, frames={**district.frames, "townships": towns}))
    assert known["elevation_m", B].value == pytest.approx(825.0)
    assert known["elevation_m", COUNTY].value == pytest.approx((450 * 100 + 825 * 50 + 450 * 100 + 950 * 100) / 350)
    assert known["population_per_km2", B].value == pytest.approx(20_000 / 50)
    assert known["area_m2", COUNTY].value == pytest.approx(3.5e8)


@pytest.mark.parametrize(("status", "shown"), [("official", "illustrative"), ("illustrative", "illustrative")])
def test_a_figure_of_two_layers_has_the_worse_status_and_its_own_year(district, status, shown):
    entries = dict(district.entries)
    source = replace(entries["population"].source, status=status, as_of=date(2025, 3, 31))
    entries["population"] = replace(entries["population"], source=source)
    known = profile(replace(district, entries=entries))
    assert known["water_use_m3_per_person", A].status == shown
    assert known["population", A].status == status
    assert known["water_use_m3_per_person", A].as_of == "2023"


@pytest.mark.parametrize(("day", "shown"), [(date(2020, 5, 1), "2024-12-31"), (date(2026, 5, 1), "2026-05-01")])
def test_a_figure_without_a_year_is_of_the_newest_day_of_its_layers(district, day, shown):
    entries = dict(district.entries)
    entries["townships"] = replace(entries["townships"], source=replace(entries["townships"].source, as_of=day))
    known = profile(replace(district, entries=entries))
    assert known["area_m2", A].as_of == day.isoformat()
    assert known["mains_length_m", A].as_of == "2024-12-31"
    both = replace(known["area_m2", A], layers=("townships", "water_mains"))
    assert sources_of(replace(district, entries=entries), both.layers)[1] == shown


def test_mains_users_and_projects_count_where_their_code_says(district):
    moved = _placed(district, "water_users", township=[B, B, B, None])
    moved = _placed(moved, "water_mains", township=[C, A, A])
    known = profile(moved)
    assert [known["users", code].value for code in (A, B, C, D)] == [0, 3, 0, 0]
    assert known["users", COUNTY].value == 3
    assert [known["mains_length_m", code].value for code in (A, B, C)] == pytest.approx([2_500, 0, 1_000])


@pytest.mark.parametrize(
    ("west", "shares"),
    [
        (np.array([1, 2]), {"cropland_share": 1.0, "forest_share": 0.0}),
        (np.array([4, 1]), {"cropland_share": 0.5, "forest_share": 0.5}),
    ],
)
def test_cropland_is_paddy_and_dry_land_together(district, west, shares):
    cover = district.rasters["landcover"]
    values = cover.values.copy()
    values[:, :100] = np.resize(west, (200, 100))
    known = profile(replace(district, rasters={**district.rasters, "landcover": replace(cover, values=values)}))
    assert {id_: known[id_, A].value for id_ in shares} == pytest.approx(shares)
    assert known["cropland_share", COUNTY].value == pytest.approx((shares["cropland_share"] + 1.0) / 2)


def test_land_whose_cover_is_not_known_has_no_share(district):
    cover = district.rasters["landcover"]
    values = cover.values.copy()
    values[:101, :101] = cover.nodata
    known = profile(replace(district, rasters={**district.rasters, "landcover": replace(cover, values=values)}))
    assert known["forest_share", A].value is None
    assert known["forest_share", C].value == pytest.approx(1.0)
    # the three townships that are known: forest in C alone
    assert known["forest_share", COUNTY].value == pytest.approx(1 / 3)
    assert known["forest_share", COUNTY].facts == {"missing": 1}


def test_more_or_less_is_better_as_the_indicator_says():
    better = {one.id: one.better for one in township.INDICATORS}
    assert {id_ for id_, way in better.items() if way == "less"} == {
        "water_use_m3", "water_use_m3_per_person", "renewal_length_m",
    }  # fmt: skip
    assert {id_ for id_, way in better.items() if way == "more"} == {"rain_supply_m3", "reclaimed_use_m3", "projects"}


def test_use_of_each_is_of_the_year_of_the_use_and_not_of_the_count_of_people(district):
    known = profile(_with(district, "population", year=2020))
    assert (known["population", A].as_of, known["water_use_m3_per_person", A].as_of) == ("2020", "2023")


def test_a_year_before_the_merger_is_told_with_the_names_of_then_and_counts_once(district):
    before = _with(district, "population", year=2019)
    known = profile(before)
    assert (known["population", C].value, known["population", A].facts) == (3_000, {})
    assert known["population", C].facts == {"units_then": ("旧乡",), "year": 2019}
    assert known["population", COUNTY].facts == {"townships_then": 4, "townships": 4, "year": 2019}
    assert known["population_per_km2", C].facts == {"units_then": ("旧乡",), "year": 2019}
    both = profile(_more(before, "population", {"township": OLD_C, "year": 2019, "resident_people": 2_900.0}))
    assert (both["population", C].value, both["population", COUNTY].value) == (2_900, 33_900)
    assert both["population", C].facts["added"] == ("旧乡",)
    assert both["population", C].facts["twice"] == ("丙乡",)


def _merged(district: District) -> District:
    """C is made of two: 旧乡 and 东乡."""
    towns = district.frames["townships"]
    east = towns[towns["code"] == OLD_C].assign(code="990001010", name="东乡")
    return replace(district, frames={**district.frames, "townships": pd.concat([towns, east], ignore_index=True)})


@pytest.mark.parametrize("people", [None, float("nan")])
def test_a_successor_of_whose_parts_one_is_unknown_has_at_least_the_other(district, people):
    table = district.tables["population"].assign(year=2019)
    rows = [{"township": OLD_C, "year": 2019, "resident_people": 1_200.0}]
    rows += [] if people is None else [{"township": "990001010", "year": 2019, "resident_people": people}]
    told = pd.concat([table[table["township"] != C], pd.DataFrame(rows)], ignore_index=True)
    known = profile(replace(_merged(district), tables={**district.tables, "population": told}))
    one = known["population", C]
    assert (one.value, one.facts["lower_bound"], one.facts["missing_units"]) == (1_200, True, ("东乡",))
    assert known["population_per_km2", C].facts["lower_bound"] is True
    assert known["water_use_m3_per_person", C].value is None  # over at least so many people it is at most so much
    assert known["population", COUNTY].facts["lower_bound"] is True
    assert known["population", COUNTY].facts["townships_then"] == 5
    assert "lower_bound" not in known["population", A].facts


def test_rows_and_features_of_no_township_make_the_sum_a_lower_bound(district):
    use = district.tables["water_use"]
    known = profile(_with(district, "water_use", township=use["township"].where(use["township"] != D)))
    assert known["water_use_m3", COUNTY].facts == {"missing": 1, "lower_bound": True}
    users = profile(_placed(district, "water_users", township=[B, B, B, None]))
    assert users["users", COUNTY].facts == {"lower_bound": True}
    assert users["users", B].facts == {}


def test_a_rain_project_that_does_not_say_it_is_built_makes_its_township_a_lower_bound(district):
    built = _placed(_built(district, [700.0, 40.0, 300.0, 5.0]), "projects", status=["built", None, "built", "planned"])
    known = profile(built)
    assert [known["rain_supply_m3", code].value for code in (A, C, D)] == [700.0, 300.0, 0.0]
    assert [known["rain_supply_m3", code].facts for code in (A, C, D)] == [{"lower_bound": True}, {}, {}]


@pytest.mark.parametrize(("least", "known_at_all"), [(None, False), (0.7, True)])
def test_a_mean_over_too_little_of_the_land_is_unknown(district, least, known_at_all):
    changed = {} if least is None else {"known_cells_share": least}
    for layer, indicator in (("rainfall", "rain_mm"), ("landcover", "forest_share"), ("elevation", "elevation_m")):
        raster = district.rasters[layer]
        values, rows = raster.values.copy(), raster.values.shape[0]
        unknown = np.nan if raster.nodata is None else raster.nodata
        values[: rows // 8, : values.shape[1] // 2] = unknown  # a quarter of A
        gappy = replace(district, rasters={**district.rasters, layer: replace(raster, values=values)})
        asked = Asked(on=DAY, assumptions=changed)
        found = {(f.indicator.id, f.subject): f for f in ask("township", gappy, asked).findings}[indicator, A]
        assert (found.value is not None) is known_at_all
        assert found.facts["known_share"] == pytest.approx(0.75, abs=0.01)
