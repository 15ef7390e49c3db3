"""What a person reads of a check: directions, limits just met, the worst status, the year, units; two inputs each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from affine import Affine
from shapely import LineString, Point, box
from siting_checks import BY_ID
from siting_ground import ASSUMED, DAY, METRIC, A, B, X, Y, ask, frame, make_ground, said, site_at, square, tables, zone

from analysis.methods.siting.answer.engine import put
from analysis.methods.siting.answer.record import flip_sentence
from analysis.methods.siting.check import RANK, Inquiry, worst
from analysis.methods.siting.checks.terrain import building_cells, steep_cells
from analysis.methods.siting.ground.found import Ground
from analysis.methods.siting.water.advice import Water, water_for
from analysis.proposal import Proposal
from geo.grids.raster import Raster
from words import text
from words.units import quantity

PLAIN = Proposal(sector="public", discharge="sewer", pollutants=False, demand_m3_per_year=1000)
INTAKE = Proposal(source="surface", demand_m3_per_year=1_000_000)
DIRECTIONS = {
    "n": (box(X - 2000, Y - 2000, X + 2000, Y + 230), (0, 300)),
    "s": (box(X - 2000, Y - 230, X + 2000, Y + 2000), (0, -300)),
    "e": (box(X - 2000, Y - 2000, X + 230, Y + 2000), (300, 0)),
    "w": (box(X - 230, Y - 2000, X + 2000, Y + 2000), (-300, 0)),
}  # the site's edge lies 50 m from its middle, and 20 m are kept from the line


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_move_says_where_it_leads(direction):
    shape, (east, north) = DIRECTIONS[direction]
    ground = make_ground(zones=[zone("ecological_red_line", shape)])
    (flip,) = put(BY_ID["red_line"], ask(ground, PLAIN)).flips
    assert (flip.sizes["east_m"], flip.sizes["north_m"]) == pytest.approx((east, north), abs=0.5)
    assert flip.value == pytest.approx(300, abs=0.5)
    word = text(f"siting.directions.{direction}")
    assert flip_sentence(flip).startswith(f"向{word}移动 300 m,")
    assert flip.facts["east_m"] == flip.sizes["east_m"]


def test_move_to_flatter_ground_says_where_it_leads():
    rows = np.arange(223)
    rise = np.where(rows < 111, 0.30, 0.05)  # steep in the north, gentle in the south
    heights = np.cumsum(rise[::-1] * 90)[::-1]
    values = np.broadcast_to(heights[:, None], (223, 223)).astype(np.float32).copy()
    bare = make_ground(rise=None).district
    elevation = Raster(values, Affine(90, 0, 480_000, 0, -90, 3_260_000), METRIC)
    ground = Ground(replace(bare, rasters={"elevation": elevation}))
    inquiry = ask(ground, Proposal(sector="industry"), square(0, 600, side=90))
    (flip,) = put(BY_ID["building_slope"], inquiry).flips
    assert flip.sizes["east_m"] == 0
    assert flip.sizes["north_m"] < -300
    assert flip.sizes["bearing"] == 180


@pytest.mark.parametrize(("nudge", "verdict"), [(0.0, "study"), (1e-6, "clear")])
def test_slope_that_just_meets_its_limit_does_not_suit_the_use(nudge, verdict):
    inquiry = ask(make_ground(rise=0.15), Proposal(sector="industry"))
    limit = inquiry.slopes.mean + nudge
    told = replace(inquiry, assumed={**ASSUMED, "siting_slope_industry_share": limit})
    result = put(BY_ID["building_slope"], told)
    assert (result.verdict, result.judgement.threshold) == (verdict, limit)
    rise = np.array([inquiry.slopes.mean])
    assert building_cells(told, rise).tolist() == [RANK[verdict]]


def test_ground_just_as_steep_and_as_much_of_it_as_allowed_is_not_steep():
    inquiry = ask(make_ground(rise=0.6), Proposal(sector="industry"))
    assert put(BY_ID["steep"], replace(inquiry, assumed={**ASSUMED, "siting_steep_share": 1.0})).verdict == "clear"
    assert put(BY_ID["steep"], replace(inquiry, assumed={**ASSUMED, "siting_steep_share": 0.999})).verdict == "study"
    limit = float(np.tan(np.radians(25)))
    assert steep_cells(inquiry, np.array([limit, np.nextafter(limit, 1)])).tolist() == [0, RANK["study"]]


def _with_status(ground: Ground, **statuses: str) -> Ground:
    """The ground with these layers' sources of another status and of half a year before."""
    entries = dict(ground.district.entries)
    for layer, status in statuses.items():
        source = replace(entries[layer].source, status=status, as_of=date(2024, 6, 30))
        entries[layer] = replace(entries[layer], source=source)
    return Ground(replace(ground.district, entries=entries))


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        ({}, "official"),
        ({"rivers": "open"}, "open"),
        ({"rivers": "open", "water_intakes": "illustrative"}, "illustrative"),
        ({"rivers": "illustrative", "water_intakes": "open"}, "illustrative"),
    ],
)
def test_check_on_several_layers_has_the_worst_status_and_the_oldest_day(statuses, status):
    verdicts = said(_with_status(make_ground(), **statuses), PLAIN)
    result = verdicts.result("decentralised_source")
    assert (result.verdict, result.status) == ("clear", status)
    assert result.as_of == ("2024-06-30" if statuses else "2024-12-31")
    assert verdicts.illustrative == (status == "illustrative")


def test_worst_is_the_worst_of_those_made():
    assert worst(["clear", "restricted", "study"]) == "restricted"
    assert worst(["study", "unknown", "clear"]) == "study"
    assert worst(["prohibited", "restricted"]) == "prohibited"
    assert worst(["unknown"]) == "unknown"
    ground = make_ground(zones=[zone("karst", square(side=900)), zone("permanent_farmland", square(side=900))])
    assert said(ground, PLAIN, square(side=60)).worst == "prohibited"


CONTROLS = [(2021, 700.0), (2022, 800.0), (2023, 1000.0), (2024, 1250.0), (2025, 2000.0)]


@pytest.mark.parametrize(
    ("years", "year", "ratio"),
    [
        ((2021, 2022, 2023, 2024), 2023, 0.9),  # (8 + 1) million m³ of 10
        ((2022, 2024, 2025), 2024, 0.72),  # of 12.5, the nearest after
        ((2021, 2022), 2022, 1.125),  # of 8, the latest before
    ],
)
def test_use_of_a_year_stands_against_the_total_of_that_year(years, year, ratio):
    rows = [
        {"year": one, "subject": "district", "indicator": "total_use", "value": value, "unit": "万m³"}
        for one, value in CONTROLS
        if one in years
    ]
    rows.append({**rows[0], "indicator": "permitted_total", "value": 1e9})
    use = [
        {"township": code, "year": one, "source": "surface", "sector": "industry", "volume_m3": volume}
        for code, one, volume in ((A, 2022, 5e6), (A, 2023, 6e6), (B, 2023, 2e6))
    ]
    made = {**tables(), "control_values": pd.DataFrame(rows), "water_use": pd.DataFrame(use)}
    judged = put(BY_ID["total"], ask(make_ground(made_tables=made), INTAKE)).judgement
    assert judged.value == pytest.approx(ratio)
    assert (judged.facts["use_year"], judged.facts["control_year"]) == (2023, year)


@pytest.mark.parametrize(("unit", "factor"), [("万m³", 1e4), ("亿m³", 1e8), ("m³", 1.0)])
def test_control_total_is_read_in_its_unit(unit, factor):
    rows = [{"year": 2023, "subject": "district", "indicator": "total_use", "value": 1e7 / factor, "unit": unit}]
    made = {**tables(), "control_values": pd.DataFrame(rows)}
    judged = put(BY_ID["total"], ask(make_ground(made_tables=made), INTAKE)).judgement
    assert judged.facts["control_m3"] == pytest.approx(1e7)
    assert quantity(judged.value, judged.unit) == "90.0%"


@pytest.mark.parametrize(("away", "shown"), [(450, "400 m"), (850, "800 m")])
def test_distance_is_shown_in_metres(away, shown):
    line = LineString([(X + away, Y - 9000), (X + away, Y + 9000)])
    rivers = frame("rivers", [{"id": "R1", "name": "大溪", "width_m": 0.0, "important_tributary": False,
                               "geometry": line}])  # fmt: skip
    chemical = Proposal(sector="chemical", discharge="sewer")
    judged = put(BY_ID["chemical"], ask(make_ground(layers={"rivers": rivers}), chemical)).judgement
    assert judged.verdict == "prohibited"
    assert judged.distance_m == pytest.approx(float(away - 50))
    assert quantity(judged.distance_m, "m") == shown
    assert (quantity(judged.value, judged.unit), quantity(judged.threshold, judged.unit)) == (shown, "1,000 m")


@pytest.mark.parametrize(("inside_m", "share"), [(40, 0.4), (75, 0.75)])
def test_share_of_the_site_is_what_lies_inside(inside_m, share):
    shape = box(X + 50 - inside_m, Y - 500, X + 1000, Y + 500)
    judged = put(BY_ID["red_line"], ask(make_ground(zones=[zone("ecological_red_line", shape)]), PLAIN)).judgement
    assert judged.share == pytest.approx(share)


def _water(
    *,
    rain_mm: float = 1000.0,
    demand: float = 10_000.0,
    treated: float = 400.0,
    plant_at: float = 1050.0,
    **areas: float,
) -> Water:
    """The water of a factory 1,000 m from a plant, under an even rain."""
    rows = [{"id": "P1", "name": "厂", "treated_m3_per_day": treated, "reused_m3_per_day": 380.0,
             "ecological_m3_per_day": 0.0, "geometry": Point(X + plant_at, Y)}]  # fmt: skip
    district = make_ground(layers={"wastewater_plants": frame("wastewater_plants", rows)}).district
    rain = Raster(np.full((20, 20), rain_mm, np.float32), Affine(1000, 0, 480_000, 0, -1000, 3_260_000), METRIC)
    ground = Ground(replace(district, rasters={**district.rasters, "rainfall": rain}))
    given = {"roof_area_m2": 2000.0, "paved_area_m2": 1000.0, "green_area_m2": 1000.0, **areas}
    proposal = Proposal(sector="industry", demand_m3_per_year=demand, **given)
    return water_for(Inquiry(site_at(ground), proposal, ground, ASSUMED, DAY))


def test_rain_yield_is_millimetres_on_hard_ground():
    # 3,000 m² x 1 m x 0.85 x 0.65
    assert _water().rain_yield_m3 == pytest.approx(3000 * 1.0 * 0.85 * 0.65)
    assert _water(rain_mm=1200).rain_yield_m3 == pytest.approx(3000 * 1.2 * 0.85 * 0.65)
    assert _water(roof_area_m2=4000.0).rain_yield_m3 == pytest.approx(5000 * 1.0 * 0.85 * 0.65)


def test_unconventional_share_is_what_rain_and_plant_meet_of_the_demand():
    # industry 5,000, greening 280 and roads 10.5 m³ a year need not be drinking water; 20 m³ a day are free
    rain = 3000 * 0.85 * 0.65
    wanted = 5000 + 280 + 10.5
    found = _water()
    assert found.rain_m3 == pytest.approx(rain)
    assert found.reclaimed_m3 == pytest.approx(wanted - rain)
    assert found.unconventional_share == pytest.approx(wanted / 10_000)
    less = _water(treated=382.0)
    assert less.reclaimed_m3 == pytest.approx(2 * 365)
    assert less.unconventional_share == pytest.approx((rain + 730) / 10_000)
    more = _water(demand=30_000)
    assert more.uses["industry"] == 15_000
    assert more.unconventional_share == pytest.approx((rain + 7300) / 30_000)


def test_plant_beyond_the_far_distance_gives_nothing():
    assert _water(plant_at=5050.0).reclaimed_m3 > 0
    assert _water(plant_at=5060.0).reclaimed_m3 == 0


@pytest.mark.parametrize(("plant_at", "demand"), [(1050.0, 10_000.0), (2050.0, 40_000.0)])
def test_price_of_a_plants_water_by_hand(plant_at, demand):
    plant = _water(plant_at=plant_at, demand=demand).plant
    distance = plant_at - 50
    assert plant.distance_m == pytest.approx(distance)
    assert plant.route_m == pytest.approx(1.3 * distance)
    # the ground rises 5 % to the east, so the water runs down to the site: no pumping, only pipe and treatment
    assert plant.lift_m == pytest.approx(-0.05 * plant_at, abs=5)
    pipe = 1.3 * distance * 700 * 1.3 * 0.0726489
    assert plant.yuan_per_m3 == pytest.approx(pipe / demand + 1.2, abs=1e-3)


@pytest.mark.parametrize(("side", "shown"), [(100, "1.00 hm²"), (150, "2.25 hm²")])
def test_area_and_demand_by_area_are_of_this_site(side, shown):
    inquiry = ask(make_ground(), Proposal(sector="industry"), square(side=side))
    assert quantity(inquiry.site.area_m2, "m2_as_ha") == shown
    assert inquiry.demand.m3_per_year == pytest.approx(60 * 365 * side**2 / 10_000)
