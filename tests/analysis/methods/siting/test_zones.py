"""The checks in space: each level, the tolerance band, and what is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import LineString, Point, box
from siting_ground import ASSUMED, DAY, X, Y, ask, frame, make_ground, said, site_at, square, verdict_of, zone

from analysis.methods.siting.answer.engine import examine
from analysis.methods.siting.answer.record import reason
from analysis.methods.siting.check import Inquiry
from analysis.methods.siting.checks.registry import CHECKS
from analysis.proposal import Proposal

CLEAN = Proposal(sector="public", discharge="sewer", pollutants=False, demand_m3_per_year=1000)
FACTORY = Proposal(sector="industry", discharge="river", demand_m3_per_year=1000)
INDIRECT = Proposal(sector="industry", discharge="sewer", demand_m3_per_year=1000)
CHEMICAL = Proposal(sector="chemical", discharge="river", demand_m3_per_year=1000)
FARM = Proposal(sector="farming", discharge="none", demand_m3_per_year=1000)
PIGS = Proposal(sector="livestock", discharge="ground", demand_m3_per_year=1000)
SUPPLY = Proposal(sector="waterworks", discharge="none", source="surface", demand_m3_per_year=1000)
ROAD = Proposal(sector="road", discharge="none", demand_m3_per_year=0)
WELL = Proposal(sector="industry", discharge="sewer", source="groundwater", demand_m3_per_year=1000)
POND = Proposal(sector="tailings", discharge="none", source="mine_water", demand_m3_per_year=0)
INFILTRATES = Proposal(sector="housing", discharge="ground", pollutants=False, demand_m3_per_year=1000)

INSIDE, FAR = square(side=1000), square(5000, side=1000)
NEAR = box(X + 60, Y - 500, X + 1060, Y + 500)  # ten metres east of the site
BAND = box(X + 40, Y - 500, X + 1040, Y + 500)  # takes the eastern tenth of the site

# check, kind of zone, proposal, verdict inside, verdict ten metres outside
ZONES = [
    ("drinking_source_1", "drinking_source_1", CLEAN, "prohibited", "study"),
    ("drinking_source_1", "drinking_source_1", SUPPLY, "study", "study"),
    ("drinking_source_2", "drinking_source_2", FACTORY, "prohibited", "study"),
    ("drinking_source_2", "drinking_source_2", INDIRECT, "restricted", "study"),
    ("drinking_source_2", "drinking_source_2", CLEAN, "restricted", "study"),
    ("drinking_source_quasi", "drinking_source_quasi", CHEMICAL, "prohibited", "study"),
    ("drinking_source_quasi", "drinking_source_quasi", FACTORY, "restricted", "study"),
    ("drinking_source_quasi", "drinking_source_quasi", CLEAN, "study", "study"),
    ("outfall", "drinking_source_1", PIGS, "prohibited", "study"),
    ("outfall", "drinking_source_quasi", FACTORY, "prohibited", "study"),
    ("decentralised_source", "decentralised_source", PIGS, "prohibited", "study"),
    ("decentralised_source", "decentralised_source", CLEAN, "restricted", "study"),
    ("red_line", "ecological_red_line", CLEAN, "prohibited", "study"),
    ("red_line", "ecological_red_line", Proposal(limited_activity=True), "restricted", "study"),
    ("farmland", "permanent_farmland", CLEAN, "prohibited", "study"),
    ("farmland", "permanent_farmland", Proposal(major_project=True), "restricted", "study"),
    ("farmland", "permanent_farmland", FARM, "study", "study"),
    ("river_management", "river_management", CLEAN, "prohibited", "study"),
    ("river_management", "river_management", ROAD, "restricted", "study"),
    ("flood", "flood", CLEAN, "study", "study"),
    ("flood", "flood_detention", CLEAN, "study", "study"),
    ("soil_plan", "soil_loss_prevention", Proposal(earthworks_m3=100), "restricted", "study"),
    ("geo_hazard", "geo_hazard_danger", INDIRECT, "prohibited", "study"),
    ("geo_hazard", "geo_hazard_danger", CLEAN, "prohibited", "study"),
    ("geo_hazard", "debris_flow_prone", CLEAN, "restricted", "study"),
    ("geo_hazard", "headwater", INDIRECT, "prohibited", "study"),
    ("geo_hazard", "water_conservation", CLEAN, "study", "study"),
    ("geo_hazard", "geo_hazard_prone", CLEAN, "study", "study"),
    ("karst", "karst_strong", INFILTRATES, "prohibited", "study"),
    ("karst", "spring_protection", CLEAN, "study", "study"),
    ("karst", "karst", CLEAN, "study", "study"),
    ("groundwater_zone", "groundwater_ban", WELL, "prohibited", "study"),
    ("groundwater_zone", "groundwater_limit", WELL, "prohibited", "study"),
    ("nature_reserve", "nature_reserve", FACTORY, "prohibited", "study"),
    ("nature_reserve", "nature_reserve", ROAD, "restricted", "study"),
    ("scenic", "scenic", CHEMICAL, "prohibited", "study"),
    ("scenic", "scenic", CLEAN, "restricted", "study"),
    ("scenic", "world_heritage", CLEAN, "restricted", "study"),
]
SMALL = square(side=60)  # 3,600 m²: below every size of check 15


@pytest.mark.parametrize(("check", "kind", "proposal", "inside", "near"), ZONES)
def test_zone_gives_its_level_inside_and_a_study_near_by(check, kind, proposal, inside, near):
    site = SMALL if check == "soil_plan" else square()
    assert verdict_of(check, make_ground(zones=[zone(kind, INSIDE)]), proposal, site).verdict == inside
    beside = box(site.bounds[2] + 10, Y - 500, X + 2000, Y + 500)
    outside = verdict_of(check, make_ground(zones=[zone(kind, beside)]), proposal, site)
    assert outside.verdict == near
    assert outside.judgement.border
    assert outside.judgement.distance_m == pytest.approx(10, abs=0.01)


@pytest.mark.parametrize(
    ("check", "kind", "proposal"), [row[:3] for row in ZONES if (row[0], row[2]) != ("outfall", FACTORY)]
)
def test_zone_far_away_finds_nothing_and_absent_kind_is_unknown(check, kind, proposal):
    site = SMALL if check == "soil_plan" else square()
    assert verdict_of(check, make_ground(zones=[zone(kind, FAR)]), proposal, site).verdict == "clear"
    lost = verdict_of(check, make_ground(without=("protection_zones",)), proposal, site)
    assert lost.verdict == "unknown"
    assert lost.owner
    only_other = frame("protection_zones", [zone("soil_loss_control", FAR)])
    assert verdict_of(check, make_ground(layers={"protection_zones": only_other}), proposal, site).verdict == "unknown"


def test_line_through_the_site_keeps_the_level_and_says_so():
    result = verdict_of("farmland", make_ground(zones=[zone("permanent_farmland", BAND)]), CLEAN)
    assert result.verdict == "prohibited"
    assert result.judgement.border
    assert result.judgement.share == pytest.approx(0.1)
    assert result.judgement.evidence.area == pytest.approx(1000)
    assert "边界待核" in reason(result)


def test_deep_inside_there_is_no_doubt_of_the_line():
    assert not verdict_of("farmland", make_ground(zones=[zone("permanent_farmland", INSIDE)]), CLEAN).judgement.border


def test_exactly_at_the_tolerance_is_still_near():
    at = box(X + 70, Y - 500, X + 1000, Y + 500)
    beyond = box(X + 70.01, Y - 500, X + 1000, Y + 500)
    assert verdict_of("red_line", make_ground(zones=[zone("ecological_red_line", at)]), CLEAN).verdict == "study"
    assert verdict_of("red_line", make_ground(zones=[zone("ecological_red_line", beyond)]), CLEAN).verdict == "clear"


def test_touching_is_near_and_not_inside():
    touching = box(X + 50, Y - 500, X + 1000, Y + 500)
    result = verdict_of("red_line", make_ground(zones=[zone("ecological_red_line", touching)]), CLEAN)
    assert (result.verdict, result.judgement.share) == ("study", 0.0)


def test_uncertain_coordinates_widen_the_tolerance():
    ground = make_ground(zones=[zone("ecological_red_line", box(X + 100, Y - 500, X + 1000, Y + 500))])
    sharp, vague = (site_at(ground, accuracy_m=metres) for metres in (0.0, 60.0))
    verdicts = [
        examine(Inquiry(site, CLEAN, ground, ASSUMED, DAY)).result("red_line").verdict for site in (sharp, vague)
    ]
    assert verdicts == ["clear", "study"]


def test_outfall_is_judged_where_it_lies():
    ground = make_ground(zones=[zone("drinking_source_1", FAR)])
    there = Proposal(discharge="river", outfall=(X + 5000, Y))
    elsewhere = Proposal(discharge="river", outfall=(X + 3000, Y))
    assert verdict_of("outfall", ground, there).verdict == "prohibited"
    assert verdict_of("outfall", ground, elsewhere).verdict == "clear"
    assert verdict_of("outfall", ground, Proposal(discharge="sewer")).verdict == "clear"
    unknown = verdict_of("outfall", ground, Proposal(discharge="river"))
    assert (unknown.verdict, unknown.owner) == ("unknown", "applicant")
    assert verdict_of("outfall", ground, Proposal(discharge=None)).owner == "applicant"


def intakes(kind: str, place: Point, *, central: bool = False) -> dict:
    row = {"id": "I1", "kind": kind, "name": "水源", "drinking_source": True, "centralised": central}
    return {"water_intakes": frame("water_intakes", [{**row, "geometry": place}])}


def river_along(*places: tuple[float, float]) -> dict:
    line = LineString([(X + east, Y + north) for east, north in places])
    return {"rivers": frame("rivers", [{"id": "R1", "name": "河", "geometry": line}])}


@pytest.mark.parametrize(("away", "verdict"), [(20, "study"), (40, "study"), (51, "clear")])
def test_well_keeps_thirty_metres_and_the_tolerance(away, verdict):
    ground = make_ground(layers=intakes("well", Point(X + 50 + away, Y)))
    assert verdict_of("decentralised_source", ground, PIGS).verdict == verdict


@pytest.mark.parametrize(("kind", "away", "verdict"), [("reservoir", 190, "study"), ("reservoir", 230, "clear")])
def test_reservoir_source_keeps_two_hundred_metres(kind, away, verdict):
    ground = make_ground(layers=intakes(kind, Point(X + 50 + away, Y)))
    assert verdict_of("decentralised_source", ground, CLEAN).verdict == verdict


@pytest.mark.parametrize(
    ("east", "verdict"),
    [(900, "study"), (1060, "study"), (1080, "clear"), (-90, "study"), (-160, "study"), (-190, "clear")],
)
def test_river_source_reaches_a_thousand_metres_up_and_a_hundred_down(east, verdict):
    # the river runs east; an intake at +east has the site upstream of it. Half the site and the bank of 50 m count.
    river = river_along((-5000, 60), (5000, 60))
    place = Point(X + east + (50 if east > 0 else -50), Y + 60)
    ground = make_ground(layers={**intakes("river", place), **river})
    assert verdict_of("decentralised_source", ground, CLEAN).verdict == verdict


def test_unapproved_range_only_asks_for_a_study():
    ground = make_ground(zones=[zone("decentralised_source", INSIDE, official=False)])
    assert verdict_of("decentralised_source", ground, PIGS).verdict == "study"


def test_central_source_without_an_approved_zone_gets_a_draft_one():
    layers = intakes("river", Point(X + 2500, Y), central=True)
    layers |= river_along((-5000, 0), (5000, 0))
    ground = make_ground(layers=layers)
    result = verdict_of("draft_source", ground, CLEAN)
    assert (result.verdict, result.status) == ("study", "illustrative")
    approved = make_ground(zones=[zone("drinking_source_1", square(2500, side=300), intake="I1")], layers=layers)
    assert verdict_of("draft_source", approved, CLEAN).verdict == "clear"
    assert verdict_of("draft_source", make_ground(without=("water_intakes",)), CLEAN).verdict == "unknown"


def test_river_without_a_drawn_range_asks_for_a_study():
    river = river_along((65, -900), (65, 900))
    assert verdict_of("river_management", make_ground(layers=river), CLEAN).verdict == "study"
    drawn = make_ground(zones=[zone("river_management", FAR, river="R1")], layers=river)
    assert verdict_of("river_management", drawn, CLEAN).verdict == "clear"


def test_flood_sets_ground_against_the_design_level():
    # the ground under the site rises from 447.5 to 452.5 m
    low = make_ground(zones=[zone("flood", INSIDE, design_level_m=460.0)])
    high = make_ground(zones=[zone("flood", INSIDE, design_level_m=440.0)])
    reasons = [verdict_of("flood", ground, CLEAN).judgement.reason for ground in (low, high)]
    assert reasons == ["flood_below", "flood_above"]
    assert verdict_of("flood", low, CLEAN).judgement.threshold == 460
    bare = make_ground(zones=[zone("flood", INSIDE, design_level_m=460.0)], rise=None)
    assert verdict_of("flood", bare, CLEAN).verdict == "study"


def river_at(away: float, **flags: bool) -> dict:
    line = LineString([(X + 50 + away, Y - 2000), (X + 50 + away, Y + 2000)])
    flags = {"width_m": 0.0, "important_tributary": True, **flags}
    return {"rivers": frame("rivers", [{"id": "R1", "name": "乌江", "geometry": line, **flags}])}


@pytest.mark.parametrize(
    ("proposal", "away", "verdict"),
    [
        (CHEMICAL, 999, "prohibited"), (CHEMICAL, 1010, "study"), (CHEMICAL, 1021, "clear"),
        (Proposal(sector="chemical", nature="rebuild"), 500, "study"), (FACTORY, 10, "clear"),
    ],
)  # fmt: skip
def test_chemical_project_keeps_a_kilometre_from_the_shoreline(proposal, away, verdict):
    assert verdict_of("chemical", make_ground(layers=river_at(away)), proposal).verdict == verdict


@pytest.mark.parametrize(
    ("proposal", "away", "verdict"),
    [
        (POND, 900, "prohibited"), (POND, 1015, "study"), (POND, 1100, "clear"), (CLEAN, 10, "clear"),
        (Proposal(sector="tailings", nature="rebuild", raises_safety=True), 900, "restricted"),
    ],
)  # fmt: skip
def test_tailings_pond_keeps_a_kilometre_from_important_tributaries(proposal, away, verdict):
    assert verdict_of("tailings", make_ground(layers=river_at(away)), proposal).verdict == verdict


def test_a_river_whose_importance_is_not_told_leaves_the_pond_open_and_counts_for_the_chemical_kilometre():
    unflagged = river_at(100, important_tributary=None)
    assert verdict_of("chemical", make_ground(layers=unflagged), CHEMICAL).verdict == "prohibited"
    pond = verdict_of("tailings", make_ground(layers=unflagged), POND)
    assert (pond.verdict, pond.judgement.needs) == ("unknown", ("rivers.important_tributary",))
    assert verdict_of("tailings", make_ground(layers=river_at(1300, important_tributary=None)), POND).verdict == "clear"
    assert verdict_of("chemical", make_ground(without=("rivers",)), CHEMICAL).verdict == "unknown"


def test_small_building_in_a_low_prone_area_is_exempt():
    low = make_ground(zones=[zone("geo_hazard_prone", INSIDE, grade="low")])
    high = make_ground(zones=[zone("geo_hazard_prone", INSIDE, grade="high")])
    small = square(side=15)
    assert verdict_of("geo_hazard", low, CLEAN, small).verdict == "clear"
    assert verdict_of("geo_hazard", low, CLEAN).verdict == "study"
    assert verdict_of("geo_hazard", high, CLEAN, small).verdict == "study"


def test_groundwater_zone_concerns_only_groundwater():
    ground = make_ground(zones=[zone("groundwater_ban", INSIDE)])
    assert verdict_of("groundwater_zone", ground, CLEAN).verdict == "clear"


@pytest.mark.parametrize(
    ("layer", "row"),
    [
        ("canals", {"geometry": LineString([(X, Y - 500), (X, Y + 500)])}),
        ("small_water_works", {"kind": "pond", "use": "irrigation", "geometry": Point(X, Y)}),
        ("reservoirs", {"use": "irrigation", "geometry": square(20, side=60)}),
    ],
)
def test_irrigation_works_under_the_site_need_consent(layer, row):
    assert verdict_of("irrigation", make_ground(layers={layer: frame(layer, [row])}), CLEAN).verdict == "restricted"
    moved = {**row, "geometry": frame(layer, [row]).geometry.translate(65 if layer != "reservoirs" else 75).iloc[0]}
    assert verdict_of("irrigation", make_ground(layers={layer: frame(layer, [moved])}), CLEAN).verdict == "study"
    assert verdict_of("irrigation", make_ground(without=(layer,)), CLEAN).verdict == "unknown"
    assert verdict_of("irrigation", make_ground(), CLEAN).verdict == "clear"


def works(people: int, *, main_away: float = 4000, works_away: float = 4000) -> dict:
    place = Point(X + 50 + works_away, Y)
    line = LineString([(X + 50 + main_away, Y - 500), (X + 50 + main_away, Y + 500)])
    return {
        "waterworks": frame("waterworks", [{"id": "W1", "level": "town", "people": people, "geometry": place}]),
        "water_mains": frame("water_mains", [{"waterworks": "W1", "geometry": line}]),
    }


@pytest.mark.parametrize(
    ("proposal", "layers", "verdict"),
    [
        (PIGS, works(500, works_away=20), "prohibited"), (CLEAN, works(500, works_away=20), "restricted"),
        (CLEAN, works(500, works_away=45), "study"), (CLEAN, works(500, works_away=60), "clear"),
        (CLEAN, works(20_000, main_away=1.5), "restricted"), (CLEAN, works(500, main_away=1.5), "study"),
        (CLEAN, works(500, main_away=0.5), "restricted"), (CLEAN, works(500, main_away=30), "clear"),
    ],
)  # fmt: skip
def test_village_works_and_mains_keep_their_distances(proposal, layers, verdict):
    assert verdict_of("village_works", make_ground(layers=layers), proposal).verdict == verdict


def test_village_works_are_unknown_without_their_layers():
    assert verdict_of("village_works", make_ground(without=("waterworks",)), CLEAN).verdict == "unknown"
    assert verdict_of("village_works", make_ground(without=("water_mains",)), CLEAN).verdict == "unknown"


def test_found_constraint_stands_though_another_kind_is_missing():
    only = frame("protection_zones", [zone("karst_strong", INSIDE)])
    assert verdict_of("karst", make_ground(layers={"protection_zones": only}), PIGS).verdict == "prohibited"
    beyond = frame("protection_zones", [zone("karst_strong", FAR)])
    result = verdict_of("karst", make_ground(layers={"protection_zones": beyond}), PIGS)
    assert result.verdict == "unknown"
    assert set(result.judgement.needs) == {"protection_zones.spring_protection", "protection_zones.karst"}


def test_old_zones_neither_bar_nor_clear():
    ground = make_ground(zones=[zone("ecological_red_line", INSIDE)])
    late = examine(replace(ask(ground, CLEAN), aged=frozenset({"protection_zones"})))
    for id_ in ("red_line", "farmland", "nature_reserve", "river_management"):
        assert late.result(id_).verdict == "unknown"
        assert late.result(id_).judgement.reason == "stale"
        assert late.result(id_).judgement.facts == {"as_of": "2024-12-31", "years": "10"}
    assert late.result("steep").verdict == "clear"  # rests on heights, which are not aged
    assert late.result("groundwater_zone").verdict == "clear"  # does not concern a project on the mains
    heights = examine(replace(ask(ground, CLEAN), aged=frozenset({"elevation"})))
    assert (heights.result("farmland").verdict, heights.result("steep").verdict) == ("clear", "unknown")


def test_every_check_declares_what_it_may_say():
    assert [check.number for check in CHECKS] == list(range(1, 33))
    ground = make_ground(zones=[zone(kind, INSIDE) for _, kind, *_ in ZONES])
    for proposal in (CLEAN, FACTORY, CHEMICAL, FARM, PIGS, SUPPLY, ROAD, WELL, POND, INFILTRATES):
        for result in said(ground, proposal).results:
            assert result.verdict in (*result.check.levels, "unknown"), result.check.id
