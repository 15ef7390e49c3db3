"""What a source still gives: dry-year yield less what is spoken for, spare water, mine water, rain of the site."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from affine import Affine
from shapely import LineString, Point, box
from siting_ground import ASSUMED, DAY, METRIC, X, Y, ask, frame, make_ground, site_at, square, tables, verdict_of

from analysis.methods.siting.check import Inquiry, Judgement
from analysis.methods.siting.ground.found import Ground
from analysis.methods.siting.water.sources import available_m3, supply_zone
from analysis.proposal import Proposal
from geo.grids.raster import Raster

SURFACE = Proposal(source="surface", demand_m3_per_year=1.0)
WELL = Proposal(source="groundwater", demand_m3_per_year=1.0)
ROWS = [
    # source, layer, guarantee, yield, allocated, ecological
    ("R1", "reservoirs", 0.90, 500_000.0, 100_000.0, 50_000.0),
    ("R1", "reservoirs", 0.95, 400_000.0, 100_000.0, 50_000.0),
    ("W1", "water_intakes", 0.95, 90_000.0, 20_000.0, 0.0),
    ("I1", "water_intakes", 0.95, 30_000.0, 40_000.0, 0.0),
]
COLUMNS = ["source", "source_layer", "guarantee_share", "yield_m3_per_year", "allocated_m3_per_year",
           "ecological_m3_per_year"]  # fmt: skip


def sources(*, reservoir_at: float = 1_000.0, well_at: float = 500.0, river_at: float = 4_000.0) -> Ground:
    """A reservoir, a well and a river intake so many metres east of the middle of the site."""
    layers = {
        "reservoirs": frame("reservoirs", [{"id": "R1", "name": "水库", "geometry": Point(X + reservoir_at, Y)}]),
        "water_intakes": frame("water_intakes", [
            {"id": "W1", "name": "井", "kind": "well", "permitted_m3_per_year": 0.0, "geometry": Point(X + well_at, Y)},
            {"id": "I1", "name": "取水口", "kind": "river", "permitted_m3_per_year": 0.0,
             "geometry": Point(X + river_at, Y)},
        ]),
    }  # fmt: skip
    made = {**tables(), "source_yields": pd.DataFrame(ROWS, columns=COLUMNS)}
    return make_ground(layers=layers, made_tables=made)


@pytest.mark.parametrize(
    ("guarantee", "m3"),
    [
        (0.95, 250_000),  # 400,000 − 100,000 − 50,000
        (0.90, 350_000),
        (0.92, 310_000),  # two fifths of the way from 350,000 to 250,000
    ],
)
def test_yield_between_two_guarantees_is_in_proportion(guarantee, m3):
    ground = sources()
    told = {**ASSUMED, "siting_guarantee_share": guarantee}
    found = available_m3(Inquiry(site_at(ground), SURFACE, ground, told, DAY))
    assert (found.m3_per_year, found.name, found.layer) == (pytest.approx(m3), "水库", "reservoirs")
    assert found.distance_m == pytest.approx(950)  # from the edge of the site
    assert (found.facts["guarantee"], found.facts["promised_m3"]) == (guarantee, 100_000)


def test_a_guarantee_that_no_rows_span_tells_nothing():
    ground = sources()
    told = {**ASSUMED, "siting_guarantee_share": 0.97}
    found = available_m3(Inquiry(site_at(ground), SURFACE, ground, told, DAY))
    assert isinstance(found, Judgement)
    assert (found.reason, found.needs) == ("no_source_near", ("source_yields",))


def test_surface_water_is_of_reservoir_or_river_and_groundwater_of_wells_the_nearest_first():
    far, near = sources(), sources(reservoir_at=3_000.0, river_at=2_000.0)
    assert available_m3(ask(far, SURFACE)).name == "水库"
    # the river intake is promised more than it yields: nothing is left, and never less than nothing
    assert (available_m3(ask(near, SURFACE)).name, available_m3(ask(near, SURFACE)).m3_per_year) == ("取水口", 0.0)
    well = available_m3(ask(far, WELL))
    assert (well.name, well.m3_per_year, well.distance_m) == ("井", 70_000.0, pytest.approx(450))


@pytest.mark.parametrize(("edge_m", "found"), [(5_000.0, True), (5_000.5, False)])
def test_a_source_just_within_reach_counts_and_one_beyond_does_not(edge_m, found):
    inquiry = ask(sources(reservoir_at=edge_m + 50, river_at=9_000.0), SURFACE)
    told = available_m3(inquiry)
    assert isinstance(told, Judgement) is not found


def test_a_source_without_rows_gives_way_to_the_next_one():
    ground = sources(reservoir_at=3_000.0, river_at=2_000.0)
    kept = ground.district.tables["source_yields"]
    fewer = {**ground.district.tables, "source_yields": kept[kept["source"] != "I1"]}
    bare = Ground(replace(ground.district, tables=fewer))
    assert available_m3(ask(bare, SURFACE)).name == "水库"


def zones(*rows: tuple[str, float | None, object]) -> Ground:
    told = [{"id": name, "name": name, "spare_m3_per_day": spare, "geometry": shape} for name, spare, shape in rows]
    return make_ground(layers={"supply_zones": frame("supply_zones", told)})


MAINS = Proposal(source="public_network", demand_m3_per_year=1.0)
AREAS = {"roof_area_m2": 1000.0, "paved_area_m2": 0.0, "permeable_area_m2": 0.0, "green_area_m2": 2000.0}


def test_a_customer_has_the_spare_water_of_the_zone_that_holds_most_of_the_site():
    west, east = box(X - 500, Y - 500, X - 20, Y + 500), box(X - 20, Y - 500, X + 500, Y + 500)
    ground = zones(("西", 10.0, west), ("东", 30.0, east))  # the site reaches from -50 to 50 m
    found = available_m3(ask(ground, MAINS))
    assert (found.name, found.m3_per_year, found.distance_m) == ("东", 30.0 * 365, 0.0)
    assert supply_zone(ask(ground, MAINS))["name"] == "东"


def test_a_customer_in_no_zone_has_that_of_the_nearest_and_its_distance():
    ground = zones(("近", 10.0, square(1_000)), ("远", 30.0, square(3_000)))
    found = available_m3(ask(ground, MAINS))
    assert (found.name, found.m3_per_year, found.distance_m) == ("近", 3_650.0, pytest.approx(900))
    assert supply_zone(ask(ground, MAINS)) is None


def test_spare_water_that_is_not_told_is_unknown():
    assert available_m3(ask(zones(("甲", None, square(side=900))), MAINS)).needs == ("supply_zones",)
    assert available_m3(ask(zones(("甲", 0.0, square(side=900))), MAINS)).m3_per_year == 0.0


@pytest.mark.parametrize(
    ("treated", "reused", "ecological", "m3"),
    [
        (400.0, 100.0, 50.0, 250 * 365),
        (100.0, 90.0, 30.0, 0.0),
        (None, 1.0, 1.0, "treated"),
        (400.0, None, 0.0, "reused"),
        (400.0, 0.0, None, "ecological"),
    ],
)
def test_a_plant_gives_what_it_treats_less_what_is_reused_and_left_to_the_river(treated, reused, ecological, m3):
    row = {"name": "厂", "treated_m3_per_day": treated, "reused_m3_per_day": reused,
           "ecological_m3_per_day": ecological, "geometry": Point(X + 550, Y)}  # fmt: skip
    ground = make_ground(layers={"wastewater_plants": frame("wastewater_plants", [row])})
    found = available_m3(ask(ground, Proposal(source="reclaimed", demand_m3_per_year=1.0)))
    if isinstance(m3, str):
        assert (found.verdict, found.needs) == ("unknown", (f"wastewater_plants.{m3}_m3_per_day",))
    else:
        assert (found.m3_per_year, found.name, found.distance_m) == (m3, "厂", pytest.approx(500))


@pytest.mark.parametrize(
    ("points", "m3"),
    [
        ([(600.0, 90_000.0, 20_000.0), (900.0, 50_000.0, 0.0)], 70_000.0),
        ([(600.0, None, 0.0), (900.0, 50_000.0, 0.0)], 50_000.0),  # the nearer one has no permitted volume
        ([(600.0, 50_000.0, None)], "use"),
        ([(600.0, 10_000.0, 20_000.0)], 0.0),
        ([(6_000.0, 90_000.0, 0.0)], None),
    ],
)
def test_mine_water_gives_what_is_permitted_and_not_yet_used_of_the_nearest_point(points, m3):
    rows = [{"id": f"M{at}", "kind": "mine_water", "permitted_m3_per_year": most, "use_m3_per_year": used,
             "geometry": Point(X + east, Y)} for at, (east, most, used) in enumerate(points)]  # fmt: skip
    ground = make_ground(layers={"water_intakes": frame("water_intakes", rows)})
    found = available_m3(ask(ground, Proposal(source="mine_water", demand_m3_per_year=1.0)))
    if m3 == "use":
        assert (found.reason, found.needs) == ("source_terms", ("water_intakes.use_m3_per_year",))
    elif m3 is None:
        assert (found.reason, found.needs) == ("no_source_near", ("water_intakes",))
    else:
        assert found.m3_per_year == m3


@pytest.mark.parametrize("rain_mm", [1000.0, 1200.0])
def test_rain_gives_what_the_sites_own_surfaces_collect(rain_mm):
    bare = make_ground().district
    even = Raster(np.full((20, 20), rain_mm, np.float32), Affine(1000, 0, 480_000, 0, -1000, 3_260_000), METRIC)
    ground = Ground(replace(bare, rasters={**bare.rasters, "rainfall": even}))
    proposal = Proposal(source="rain", demand_m3_per_year=1.0, **AREAS)
    found = available_m3(ask(ground, proposal))
    # 1,000 m² at 0.85 and 2,000 m² at 0.15 are 1,150 m² that run off whole; 0.65 of it can be used
    assert found.m3_per_year == pytest.approx(1150 * rain_mm / 1000 * 0.65)
    assert found.facts == {"rain_mm": pytest.approx(rain_mm), "surfaces_estimated": False}


@pytest.mark.parametrize(
    ("source", "without", "needs"),
    [
        ("surface", "source_yields", "source_yields"), ("groundwater", "source_yields", "source_yields"),
        ("groundwater", "water_intakes", "water_intakes"), ("mine_water", "water_intakes", "water_intakes"),
        ("public_network", "supply_zones", "supply_zones"), ("reclaimed", "wastewater_plants", "wastewater_plants"),
        ("rain", "rainfall", "rainfall"),
    ],
)  # fmt: skip
def test_without_its_layer_a_source_is_unknown_and_never_dry(source, without, needs):
    found = available_m3(ask(make_ground(without=(without,)), Proposal(source=source, demand_m3_per_year=1.0)))
    assert isinstance(found, Judgement)
    assert (found.verdict, found.needs) == ("unknown", (needs,))


def given_away(permits: list, watered: list, *, allocated=0.0, ecological=0.0) -> Ground:
    """A reservoir that yields 1,000,000 m³ at every guarantee, its intakes and the irrigation districts on it."""
    intakes = [{"id": id_, "kind": "reservoir", "reservoir": "R1", "permitted_m3_per_year": volume, "use": use,
                "geometry": Point(X + 9_000, Y)} for id_, volume, use in permits]  # fmt: skip
    fields = [{"id": f"F{at}", "reservoir": lake, "intake": intake, "intake_m3_per_year": volume,
               "geometry": square(3_000)} for at, (lake, intake, volume) in enumerate(watered)]  # fmt: skip
    layers = {
        "reservoirs": frame("reservoirs", [{"id": "R1", "name": "水库", "geometry": Point(X + 1_000, Y)}]),
        "water_intakes": frame("water_intakes", intakes), "irrigation_districts": frame("irrigation_districts", fields),
    }  # fmt: skip
    rows = [("R1", "reservoirs", share, 1_000_000.0, told, ecological)
            for share, told in ((0.5, allocated), (0.95, 0.0))]  # fmt: skip
    return make_ground(layers=layers, made_tables={**tables(), "source_yields": pd.DataFrame(rows, columns=COLUMNS)})


IRRIGATES = ("R1", None, 400_000.0)


@pytest.mark.parametrize(
    ("permits", "watered", "allocated", "ecological", "left"),
    [
        ([("I1", 200_000.0, "domestic"), ("I2", 100_000.0, "industry")], [], 0.0, 50_000.0, 650_000),
        ([("I1", 200_000.0, "domestic")], [IRRIGATES], 0.0, 50_000.0, 350_000),
        # its permit stands for the district that takes there; another takes elsewhere
        ([("I1", 450_000.0, "irrigation")], [("R1", "I1", 400_000.0), ("R9", None, 9e6)], 0.0, 0.0, 550_000),
        ([("I1", None, "irrigation")], [("R1", "I1", 400_000.0)], 0.0, 0.0, "water_intakes.permitted_m3_per_year"),
        ([("I1", 200_000.0, "domestic")], [], 700_000.0, 50_000.0, 250_000),  # not less than the wettest year's
        ([("I1", 200_000.0, "domestic"), ("P", 9e9, "power")], [], 0.0, 0.0, 800_000),  # power puts it back
        ([("I1", 200_000.0, "domestic")], [("R1", None, 4_000_000.0)], 0.0, 0.0, 0.0),
        ([], [("R1", None, None)], 0.0, 0.0, "irrigation_districts.intake_m3_per_year"),
        ([], [], None, 0.0, "source_yields.allocated_m3_per_year"),
        ([], [], 0.0, None, "source_yields.ecological_m3_per_year"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("guarantee", [0.5, 0.95])
def test_what_is_promised_is_the_same_in_wet_and_dry_years(permits, watered, allocated, ecological, left, guarantee):
    ground = given_away(permits, watered, allocated=allocated, ecological=ecological)
    told = {**ASSUMED, "siting_guarantee_share": guarantee}
    found = available_m3(Inquiry(site_at(ground), SURFACE, ground, told, DAY))
    if isinstance(left, str):
        assert (found.verdict, found.reason, found.needs) == ("unknown", "source_terms", (left,))
    else:
        assert found.m3_per_year == pytest.approx(left)


@pytest.mark.parametrize("layer", ["water_intakes", "irrigation_districts"])
def test_without_the_layer_of_those_who_take_nobody_knows_what_is_left(layer):
    district = given_away([], []).district
    less = replace(district, frames={name: one for name, one in district.frames.items() if name != layer})
    assert available_m3(ask(Ground(less), SURFACE)).needs == (layer,)


def test_a_river_has_what_its_intakes_leave():
    line = LineString([(X + 2_000, Y - 900), (X + 2_000, Y + 900)])
    told = (("I1", None, 30_000.0), ("I2", "R9", 9e9))
    away = Point(X, Y + 9_000)
    rows = [{"id": id_, "river": "L1", "reservoir": lake, "permitted_m3_per_year": volume, "geometry": away}
            for id_, lake, volume in told]  # fmt: skip
    layers = {"rivers": frame("rivers", [{"id": "L1", "name": "溪", "geometry": line}]),
              "water_intakes": frame("water_intakes", rows)}  # fmt: skip
    made = {
        **tables(),
        "source_yields": pd.DataFrame([("L1", "rivers", 0.95, 90_000.0, 0.0, 10_000.0)], columns=COLUMNS),
    }
    found = available_m3(ask(make_ground(layers=layers, made_tables=made), SURFACE))
    assert (found.name, found.layer, found.m3_per_year) == ("溪", "rivers", pytest.approx(50_000))


@pytest.mark.parametrize(
    ("left", "verdict", "reason"),
    [
        (250_000.0, "prohibited", "surface_instead"),
        (99_999.0, "clear", "network_absent_own"),
        (None, "unknown", "source_terms"),
    ],
)
def test_no_groundwater_where_surface_water_would_do(left, verdict, reason):
    ground = given_away([("I1", None if left is None else 1_000_000.0 - left, "domestic")], [])
    told = Proposal(source="groundwater", demand_m3_per_year=100_000.0)
    judged = verdict_of("network", ground, told).judgement
    assert (judged.verdict, judged.reason) == (verdict, reason)
    if left == 250_000.0:
        assert (judged.value, judged.threshold) == (100_000.0, pytest.approx(250_000.0))
