"""Totals, quotas, sources and lists: verdict, bound and the change that helps, just at the bound and just past it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import Point
from siting_checks import BY_ID
from siting_ground import X, Y, ask, frame, make_ground, square, tables, verdict_of

from analysis.methods.siting.answer.engine import put
from analysis.methods.siting.checks.use import monitor_list, total
from analysis.proposal import Proposal
from layers.rule import Rule

GROUND = make_ground()  # 8 of 10 million m³ are used
INTAKE = Proposal(source="surface", demand_m3_per_year=1_600_000.0)
LIQUOR = Proposal(product="白酒", output=1000.0, output_unit="t", source="surface")  # 10,000 m³; advanced 8,000


@pytest.mark.parametrize(
    ("demand", "reason", "threshold"),
    [(2_000_000, "total_full", 1.0), (1_999_999, "total_close", 0.95), (1_000_000, "total_early", 0.90),
     (999_999, "total_room", 0.90)],
)  # fmt: skip
def test_the_bound_shown_is_the_one_that_was_met_or_the_next(demand, reason, threshold):
    judged = total(ask(GROUND, replace(INTAKE, demand_m3_per_year=demand)))
    assert (judged.reason, judged.threshold) == (reason, threshold)
    assert judged.value == pytest.approx(0.8 + demand / 1e7)


@pytest.mark.parametrize(
    ("demand", "flips"),
    [
        (2_500_000, {"restricted": 2_000_000, "study": 1_500_000, "clear": 1_000_000}),
        (1_600_000, {"study": 1_500_000, "clear": 1_000_000}),
        (1_200_000, {"clear": 1_000_000}),
    ],
)
def test_each_better_level_has_its_demand_a_little_below_the_bound(demand, flips):
    found = put(BY_ID["total"], ask(GROUND, replace(INTAKE, demand_m3_per_year=demand))).flips
    told = {flip.target: flip.value for flip in found if flip.kind == "demand"}
    assert told == pytest.approx(flips, abs=0.02)
    assert all(told[target] < bound for target, bound in flips.items())
    # a customer of the network is bound by no total
    assert [(flip.kind, flip.to) for flip in found if flip.kind == "source"] == [("source", "public_network")]


def test_no_demand_is_promised_where_nothing_is_left():
    full = make_ground(made_tables=tables(used_m3=10_500_000.0))
    assert not [flip for flip in put(BY_ID["total"], ask(full, INTAKE)).flips if flip.kind == "demand"]


@pytest.mark.parametrize(
    ("nature", "demand", "verdict", "bound"),
    [
        ("new", 10_000.0, "restricted", 8_000.0), ("new", 8_000.0, "clear", 8_000.0),
        ("extend", 10_000.0, "clear", 10_000.0), ("extend", 10_000.1, "prohibited", 10_000.0),
        ("rebuild", 9_000.0, "clear", 10_000.0),
    ],
)  # fmt: skip
def test_the_advanced_value_binds_new_projects_alone(nature, demand, verdict, bound):
    result = verdict_of("quota", GROUND, replace(LIQUOR, nature=nature, demand_m3_per_year=demand))
    assert (result.verdict, result.judgement.threshold, result.judgement.value) == (verdict, bound, demand)


def test_a_quota_without_an_advanced_value_binds_by_the_general_one():
    made = tables()
    made["quotas"] = made["quotas"].assign(advanced_value=float("nan"))
    ground = make_ground(made_tables=made)
    assert verdict_of("quota", ground, replace(LIQUOR, demand_m3_per_year=10_000.0)).verdict == "clear"
    (flip,) = verdict_of("quota", ground, replace(LIQUOR, demand_m3_per_year=11_000.0), with_flips=True).flips
    assert (flip.target, flip.value) == ("clear", 10_000.0)


@pytest.mark.parametrize(
    ("told", "flips"),
    [
        ({"demand_m3_per_year": 11_000.0}, [("restricted", 10_000.0), ("clear", 8_000.0)]),
        ({"demand_m3_per_year": 9_000.0}, [("clear", 8_000.0)]),
        ({"demand_m3_per_year": 11_000.0, "nature": "extend"}, [("clear", 10_000.0)]),
        ({"demand_m3_per_year": 11_000.0, "source": "public_network"}, [("clear", 8_000.0)]),
    ],
)
def test_the_demand_that_meets_each_value(told, flips):
    found = verdict_of("quota", GROUND, replace(LIQUOR, **told), with_flips=True).flips
    assert [(flip.target, flip.value) for flip in found] == flips


def test_how_the_quota_stands_is_told_with_it():
    made = tables()
    told = replace(LIQUOR, demand_m3_per_year=5_000.0)
    made["quotas"] = made["quotas"].assign(standard="重庆市第二三产业用水定额(2020年版) 表3")
    for ground, standing in ((GROUND, "reference"), (make_ground(made_tables=made), "prescribed")):
        facts = verdict_of("quota", ground, told).judgement.facts
        assert (facts["standing"], facts["prescribed_by"]) == (standing, "chongqing_industry_quotas")
    elsewhere = verdict_of("quota", make_ground(made_tables=made, code="511100"), told).judgement.facts
    assert (elsewhere["standing"], elsewhere["prescribed_by"]) == ("reference", None)


def supplied(spare_m3_per_day: float) -> dict:
    return {"supply_zones": frame("supply_zones", [
        {"id": "Z", "name": "城区", "spare_m3_per_day": spare_m3_per_day, "geometry": square(side=900)}])}  # fmt: skip


@pytest.mark.parametrize(("spare", "verdict"), [(100.0, "clear"), (99.9, "restricted")])
def test_spare_water_just_enough_is_enough(spare, verdict):
    told = Proposal(demand_m3_per_year=36_500.0)
    result = verdict_of("availability", make_ground(layers=supplied(spare)), told)
    assert (result.verdict, result.judgement.threshold) == (verdict, pytest.approx(spare * 365))


@pytest.mark.parametrize(
    ("told", "wanted"),
    [({"reclaimed_m3_per_year": 6_500.0}, 30_000.0), ({"rain_m3_per_year": 500.0}, 36_000.0),
     ({"reclaimed_m3_per_year": 40_000.0}, 0.0)],
)  # fmt: skip
def test_what_the_project_meets_itself_is_not_asked_of_the_source(told, wanted):
    result = verdict_of(
        "availability", make_ground(layers=supplied(100.0)), Proposal(demand_m3_per_year=36_500.0, **told)
    )
    assert result.judgement.value == pytest.approx(wanted)


@pytest.mark.parametrize("demand", [50_000.0, 40_000.0])
def test_what_is_lacking_is_to_be_saved_or_substituted(demand):
    ground = make_ground(layers=supplied(100.0))
    flips = verdict_of("availability", ground, Proposal(demand_m3_per_year=demand), with_flips=True).flips
    assert [(flip.kind, flip.value) for flip in flips] == [
        ("demand", pytest.approx(36_500)), ("substitute", pytest.approx(demand - 36_500)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "verdict"),
    [({"sector": "chemical"}, "restricted"), ({"sector": "public"}, "clear"), ({"product": "瓦楞纸"}, "restricted"),
     ({"product": "白酒"}, "clear"), ({"sector": "public", "high_use": True}, "restricted"),
     ({"sector": "chemical", "high_use": False}, "clear")],
)  # fmt: skip
def test_thirsty_trades_are_by_word_sector_or_product(told, verdict):
    assert verdict_of("thirsty", make_ground(flags={"water_short_area": True}), Proposal(**told)).verdict == verdict


@pytest.mark.parametrize(
    ("source", "demand", "bound"),
    [("surface", 3e6, 3e6), ("groundwater", 5e5, 5e5), ("public_network", 1e6, 1e6), ("mine_water", 9e6, 1e6)],
)
def test_each_kind_of_user_has_its_threshold_which_is_met_at_once(source, demand, bound):
    result = verdict_of("monitored", GROUND, Proposal(source=source, demand_m3_per_year=demand), with_flips=True)
    assert result.judgement.threshold == bound
    assert result.verdict == ("clear" if source == "mine_water" else "study")
    assert [flip.value for flip in result.flips] == ([] if source == "mine_water" else [pytest.approx(bound, abs=0.02)])


@pytest.mark.parametrize(("side", "verdict"), [(5_775.0, "study"), (5_773.0, "unknown")])
def test_a_farm_is_monitored_from_fifty_thousand_mu_on(side, verdict):
    # 50,000 mu are 33.33 km²: a square of 5,773.5 m; below it the demand would have to be told
    result = verdict_of("monitored", GROUND, Proposal(sector="farming"), square(side=side))
    assert result.verdict == verdict
    if verdict == "study":
        assert result.judgement.threshold == pytest.approx(33_333_333.3, abs=1)


def _list(id_: str, level: str, year: int) -> Rule:
    return Rule(id_, "monitoring", level, "名录", "某", str(year), "", "high", "x", asks={"year": year})


@pytest.mark.parametrize(
    ("year", "chosen"), [(2018, None), (2019, "old"), (2020, "old"), (2021, "local"), (2022, "local"), (2030, "local")]
)
def test_the_list_chosen_is_local_before_new_and_never_of_a_later_year(year, chosen):
    lists = [_list("new", "national", 2022), _list("old", "national", 2019), _list("local", "municipal", 2021)]
    found = monitor_list(lists, year)
    assert (None if found is None else found.id) == chosen


def test_reclaimed_water_itself_is_not_substituted_by_more_of_it():
    flows = {"treated_m3_per_day": 100.0, "reused_m3_per_day": 0.0, "ecological_m3_per_day": 0.0}
    row = {"name": "厂", "geometry": Point(X + 550, Y), **flows}
    ground = make_ground(layers={"wastewater_plants": frame("wastewater_plants", [row])})
    result = verdict_of(
        "availability", ground, Proposal(source="reclaimed", demand_m3_per_year=40_000.0), with_flips=True
    )
    assert (result.verdict, [flip.kind for flip in result.flips]) == ("restricted", ["demand"])
