"""The checks of numbers: totals, quotas, sources, networks, duties, slopes — each level, and what is missing."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest
from shapely import Point, box
from siting_ground import ASSUMED, X, Y, ask, frame, make_ground, rained, square, tables, verdict_of
from wulong import LESHAN, heard

from analysis.methods.siting.checks.use import monitor_list
from analysis.methods.siting.demand import demand_of, yearly_m3_per_value
from analysis.methods.siting.water.landuse import tanks_m3
from analysis.proposal import Proposal

GROUND = make_ground()
INTAKE = Proposal(source="surface", demand_m3_per_year=100_000)
MAINS = Proposal(source="public_network", demand_m3_per_year=100_000)
LIQUOR = Proposal(product="白酒", output=1000.0, output_unit="t", source="surface", discharge="sewer")


def with_(proposal: Proposal, **changed: object) -> Proposal:
    return dataclasses.replace(proposal, **changed)


@pytest.mark.parametrize(
    ("demand", "verdict"),
    [(2_000_000, "prohibited"), (1_999_999, "restricted"), (1_500_000, "restricted"), (1_499_999, "study"),
     (1_000_000, "study"), (999_999, "clear")],
)  # fmt: skip
def test_total_bars_intakes_by_how_full_it_is(demand, verdict):
    # 8 million m³ are used of a total of 10 million: 0.90, 0.95 and 1.00 lie at 1, 1.5 and 2 million more
    assert verdict_of("total", GROUND, with_(INTAKE, demand_m3_per_year=demand)).verdict == verdict


def test_total_is_shown_but_no_bar_for_customers_of_the_network():
    result = verdict_of("total", GROUND, with_(MAINS, demand_m3_per_year=5_000_000))
    assert (result.verdict, result.judgement.reason) == ("clear", "total_shown")
    assert result.judgement.value == pytest.approx(1.3)


@pytest.mark.parametrize("table", ["water_use", "control_values"])
def test_total_without_its_tables_is_unknown(table):
    result = verdict_of("total", make_ground(without=(table,)), INTAKE)
    assert (result.verdict, result.owner) == ("unknown", "water")


def test_township_is_judged_only_by_an_official_figure():
    from siting_ground import A

    control = pd.concat(
        [tables()["control_values"],
         pd.DataFrame([{"year": 2023, "subject": A, "indicator": "total_use", "value": 810.0, "unit": "万m³"}])]
    )  # fmt: skip
    own = {**tables(), "control_values": control}
    assert verdict_of("total", make_ground(made_tables=own), INTAKE).verdict == "prohibited"
    assert verdict_of("total", make_ground(made_tables=own, status="illustrative"), INTAKE).verdict == "clear"


def test_unknown_demand_and_source_are_owed_by_the_applicant():
    bare = Proposal(sector="farming", source="surface")
    for check in ("total", "quota", "availability", "monitored"):
        assert verdict_of(check, GROUND, bare).owner == "applicant", check
    for check in ("total", "availability", "network", "evaluation"):
        assert verdict_of(check, GROUND, with_(INTAKE, source=None)).owner == "applicant", check


@pytest.mark.parametrize(
    ("demand", "changed", "verdict"),
    [
        (10_001, {}, "prohibited"), (10_001, {"source": "public_network"}, "restricted"),
        (10_000, {}, "restricted"), (10_000, {"nature": "rebuild"}, "clear"), (8_000, {}, "clear"),
    ],
)  # fmt: skip
def test_quota_holds_new_projects_to_the_advanced_value(demand, changed, verdict):
    assert verdict_of("quota", GROUND, with_(LIQUOR, demand_m3_per_year=demand, **changed)).verdict == verdict


def test_quota_is_unknown_without_table_product_or_size():
    told = with_(LIQUOR, demand_m3_per_year=5_000)
    assert verdict_of("quota", make_ground(without=("quotas",)), told).owner == "water"
    assert verdict_of("quota", GROUND, with_(told, product="钢")).owner == "water"
    assert verdict_of("quota", GROUND, with_(told, product=None)).owner == "applicant"
    assert verdict_of("quota", GROUND, with_(told, output_unit="kL")).verdict == "unknown"


def test_demand_comes_from_the_quota_and_else_from_the_area():
    quotas = tables()["quotas"]
    assert demand_of(LIQUOR, quotas, area_m2=10_000, assumed=ASSUMED).m3_per_year == 10_000
    by_area = demand_of(Proposal(sector="industry"), quotas, area_m2=10_000, assumed=ASSUMED)
    assert (by_area.m3_per_year, by_area.how) == (60 * 365, "area")
    assert demand_of(Proposal(sector="road"), quotas, area_m2=10_000, assumed=ASSUMED).how == "unknown"


@pytest.mark.parametrize(
    ("unit", "proposal", "expected"),
    [
        ("m³/t", Proposal(output=3, output_unit="t"), 3.0),
        ("L/(人·d)", Proposal(people=100), 36.5 * 100 / 100),
        ("L/(床·d)", Proposal(output=10, output_unit="床"), 3.65),
        ("m³/床·a", Proposal(output=10, output_unit="床·a"), 10.0),
        ("m³/亩", Proposal(sector="farming"), 15.0),
        ("m³/亩", Proposal(sector="industry"), None),
        ("kg/t", Proposal(output=3, output_unit="t"), None),
    ],
)
def test_quota_units_are_understood(unit, proposal, expected):
    assert yearly_m3_per_value(unit, proposal, area_m2=10_000) == (
        None if expected is None else pytest.approx(expected)
    )


def near_reservoir() -> dict:
    return {"reservoirs": frame("reservoirs", [{"id": "reservoirs-near", "name": "近库", "use": "supply",
                                               "geometry": square(2000)}])}  # fmt: skip


@pytest.mark.parametrize(("demand", "verdict"), [(250_000, "clear"), (250_001, "prohibited")])
def test_source_gives_its_dry_year_yield_less_what_is_spoken_for(demand, verdict):
    ground = make_ground(layers=near_reservoir())  # 400,000 − 100,000 − 50,000 m³ at 95 %
    result = verdict_of("availability", ground, with_(INTAKE, demand_m3_per_year=demand))
    assert result.verdict == verdict
    assert result.judgement.threshold == pytest.approx(250_000)


def test_source_without_yields_or_out_of_reach_is_unknown():
    assert verdict_of("availability", make_ground(without=("source_yields",)), INTAKE).verdict == "unknown"
    assert verdict_of("availability", GROUND, INTAKE).judgement.reason == "no_source_near"


def supply(spare: float | None, *, inside: bool = True) -> dict:
    shape = square(side=2000) if inside else square(3000, side=1000)
    return {"supply_zones": frame("supply_zones", [{"name": "城区", "spare_m3_per_day": spare, "geometry": shape}])}


@pytest.mark.parametrize(
    ("source", "zone", "network", "availability"),
    [
        ("public_network", supply(500), "clear", "clear"),
        ("public_network", supply(100), "restricted", "restricted"),
        ("public_network", supply(500, inside=False), "restricted", "clear"),
        ("groundwater", supply(500), "prohibited", "unknown"),
        ("groundwater", supply(100), "study", "unknown"),
        ("groundwater", supply(500, inside=False), "clear", "unknown"),
        ("surface", supply(500), "study", "unknown"),
        ("surface", supply(100), "clear", "unknown"),
        ("rain", supply(500), "clear", "unknown"),
        ("public_network", supply(None), "unknown", "unknown"),
    ],
)
def test_network_cover_bars_own_groundwater_and_tells_customers(source, zone, network, availability):
    ground = make_ground(layers=zone)
    proposal = with_(MAINS, source=source)  # 274 m³ a day
    assert verdict_of("network", ground, proposal).verdict == network
    assert verdict_of("availability", ground, proposal).verdict == availability


def test_network_without_its_layer_is_unknown():
    assert verdict_of("network", make_ground(without=("supply_zones",)), MAINS).verdict == "unknown"
    assert verdict_of("availability", make_ground(without=("supply_zones",)), MAINS).verdict == "unknown"


def test_reclaimed_and_mine_water_have_their_own_limits():
    flows = {"treated_m3_per_day": 400.0, "reused_m3_per_day": 100.0, "ecological_m3_per_day": 0.0}
    plant = frame("wastewater_plants", [{"name": "厂", "geometry": Point(X + 500, Y), **flows}])
    ground = make_ground(layers={"wastewater_plants": plant})
    assert verdict_of("availability", ground, with_(MAINS, source="reclaimed")).verdict == "clear"
    more = with_(MAINS, source="reclaimed", demand_m3_per_year=120_000)
    assert verdict_of("availability", ground, more).verdict == "restricted"
    point = {"kind": "mine_water", "permitted_m3_per_year": 90_000.0, "use_m3_per_year": 0.0, "geometry": Point(X, Y)}
    mine = make_ground(layers={"water_intakes": frame("water_intakes", [point])})
    assert verdict_of("availability", mine, with_(MAINS, source="mine_water")).verdict == "restricted"


def test_reclaimed_water_comes_first_everywhere_and_bars_intakes_where_water_is_short():
    plant = {"wastewater_plants": frame("wastewater_plants", [{"name": "厂", "geometry": Point(X + 500, Y)}])}
    large = with_(MAINS, demand_m3_per_year=2_000_000)
    told = verdict_of("reclaimed_first", make_ground(layers=plant), large)
    assert (told.verdict, told.judgement.reason) == ("study", "reclaimed_first")
    short = make_ground(layers=plant, flags={"water_short_area": True})
    assert verdict_of("reclaimed_first", short, large).verdict == "study"
    assert verdict_of("reclaimed_first", short, with_(large, source="surface")).verdict == "restricted"
    assert verdict_of("reclaimed_first", short, with_(large, reclaimed_m3_per_year=1000)).verdict == "clear"
    assert (
        verdict_of("reclaimed_first", short, with_(large, demand_m3_per_year=100)).judgement.reason == "reclaimed_dear"
    )
    assert verdict_of("reclaimed_first", make_ground(without=("wastewater_plants",)), large).verdict == "unknown"


def test_thirsty_trades_are_limited_only_where_water_is_short():
    short = make_ground(flags={"water_short_area": True})
    assert verdict_of("thirsty", GROUND, Proposal(sector="chemical")).verdict == "clear"
    assert verdict_of("thirsty", short, Proposal(sector="chemical")).verdict == "restricted"
    assert verdict_of("thirsty", short, Proposal(product="瓦楞纸")).verdict == "restricted"
    assert verdict_of("thirsty", short, Proposal(sector="chemical", high_use=False)).verdict == "clear"


@pytest.mark.parametrize(
    ("source", "demand", "verdict"),
    [
        ("surface", 3_000_000, "study"), ("surface", 2_999_999, "clear"), ("groundwater", 500_000, "study"),
        ("public_network", 1_000_000, "study"), ("public_network", 999_999, "clear"), ("reclaimed", 9e6, "clear"),
    ],
)  # fmt: skip
def test_key_users_are_monitored_from_the_lists_thresholds_on(source, demand, verdict):
    assert verdict_of("monitored", GROUND, Proposal(source=source, demand_m3_per_year=demand)).verdict == verdict


def test_monitor_list_is_chosen_by_year():
    lists = [monitor_list(heard("monitoring"), year) for year in (2019, 2021, 2022)]
    assert [one.asks["user_m3"] for one in lists if one] == [1e6, 1e6, 5e5]
    elsewhere = heard("monitoring", code=LESHAN)
    assert monitor_list(elsewhere, 2019) is None
    assert monitor_list(elsewhere, 2020).asks["user_m3"] == 5e5


@pytest.mark.parametrize(
    ("plan", "together", "verdict"),
    [(True, True, "clear"), (False, True, "restricted"), (True, False, "restricted"), (None, True, "unknown")],
)
def test_saving_plan_and_works_go_together(plan, together, verdict):
    assert verdict_of("saving_plan", GROUND, Proposal(saving_plan=plan, simultaneous=together)).verdict == verdict


@pytest.mark.parametrize(
    ("proposal", "verdict"),
    [
        (INTAKE, "restricted"), (with_(INTAKE, water_evaluation=True), "clear"), (MAINS, "clear"),
        (Proposal(sector="waterworks"), "restricted"), (Proposal(source="mine_water"), "restricted"),
    ],
)  # fmt: skip
def test_evaluation_is_asked_of_intakes_and_water_projects(proposal, verdict):
    assert verdict_of("evaluation", GROUND, proposal).verdict == verdict


ROOFS = {"roof_area_m2": 4000.0, "paved_area_m2": 4000.0, "permeable_area_m2": 0.0, "green_area_m2": 2000.0}
RAINED = make_ground(made_tables=rained())
# ψ = (0.85·4000 + 0.85·4000 + 0.15·2000)/10,000 = 0.71; at 20.9 mm the control rate asks for 148.39 m³


@pytest.mark.parametrize(
    ("proposal", "verdict"),
    [
        (Proposal(sector="municipal", rain_storage_m3=148, **ROOFS), "restricted"),
        (Proposal(sector="municipal", rain_storage_m3=148.4, **ROOFS), "clear"),
        (Proposal(sector="housing", rain_storage_m3=0.0, **ROOFS), "restricted"),
        (Proposal(sector="housing", nature="rebuild", rain_storage_m3=0.0, **ROOFS), "study"),
        (Proposal(sector="mining", **ROOFS), "clear"),
    ],
)
def test_rain_facility_is_owed_by_kind_and_met_by_volume(proposal, verdict):
    assert verdict_of("rain_facility", RAINED, proposal).verdict == verdict


def test_rain_facility_is_owed_in_a_new_district_and_unknown_without_the_layer():
    urban = {"urban_areas": frame("urban_areas", [{"kind": "new_district", "geometry": square(side=900)}])}
    mine = Proposal(sector="mining", rain_storage_m3=0.0, **ROOFS)
    assert (
        verdict_of("rain_facility", make_ground(layers=urban, made_tables=rained()), mine).judgement.reason
        == "rain_new_district"
    )
    assert verdict_of("rain_facility", make_ground(without=("urban_areas",)), mine).verdict == "unknown"


def test_code_tanks_follow_their_formulas():
    found = tanks_m3(ask(GROUND, Proposal(sector="municipal", **ROOFS)))
    assert found["control_rate"] == pytest.approx(20.9 * 0.71 * 10_000 / 1000)
    assert found["gb50400"] is None  # no daily record


@pytest.mark.parametrize(
    ("rise", "sector", "verdict"),
    [
        (0.60, "industry", "study"),
        (0.40, "industry", "clear"),
        (0.60, "farming", "prohibited"),
        (0.4, "farming", "clear"),
    ],
)
def test_steep_ground_bars_crops_and_asks_builders(rise, sector, verdict):
    # a rise of 0.466 is 25°
    assert verdict_of("steep", make_ground(rise=rise), Proposal(sector=sector)).verdict == verdict


@pytest.mark.parametrize(
    ("rise", "sector", "verdict", "reason"),
    [
        (0.16, "industry", "study", "slope_beyond"), (0.14, "industry", "clear", "slope_terrace"),
        (0.07, "industry", "clear", "slope_fits"), (0.21, "public", "study", "slope_beyond"),
        (0.24, "housing", "clear", "slope_terrace"), (0.26, "housing", "study", "slope_beyond"),
        (0.90, "mining", "clear", "slope_free"),
    ],
)  # fmt: skip
def test_building_slope_depends_on_the_use(rise, sector, verdict, reason):
    result = verdict_of("building_slope", make_ground(rise=rise), Proposal(sector=sector))
    assert (result.verdict, result.judgement.reason) == (verdict, reason)


def test_slopes_are_unknown_without_elevation():
    bare = make_ground(rise=None)
    assert verdict_of("steep", bare, INTAKE).verdict == "unknown"
    assert verdict_of("building_slope", bare, INTAKE).owner == "planning"


@pytest.mark.parametrize(
    ("side", "earthworks", "verdict", "reason"),
    [
        (224, 100, "restricted", "soil_book"), (223, 100, "study", "soil_table"), (71, 100, "study", "soil_table"),
        (70, 100, "clear", "soil_none"), (50, 50_000, "restricted", "soil_book"), (50, 1_000, "study", "soil_table"),
        (50, None, "unknown", "missing"), (224, None, "restricted", "soil_book"),
    ],
)  # fmt: skip
def test_soil_plan_goes_by_area_and_earthworks(side, earthworks, verdict, reason):
    result = verdict_of("soil_plan", GROUND, Proposal(earthworks_m3=earthworks), square(side=side))
    assert (result.verdict, result.judgement.reason) == (verdict, reason)


def test_slope_under_a_site_weighs_cells_by_what_lies_inside():
    slopes = ask(make_ground(rise=0.2), INTAKE, box(X, Y, X + 300, Y + 10)).slopes
    assert slopes.weight.sum() == pytest.approx(3000)
    assert slopes.mean == pytest.approx(0.2, rel=1e-4)
    assert slopes.share_above(0.19) == 1.0
