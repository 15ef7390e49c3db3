"""Reclaimed water as findings by hand: two plants, two townships, and what is unknown of one of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date

import geopandas as gpd
import pytest
from shapely import Point

from analysis.asking import Asked, ask
from analysis.finding import Finding
from analysis.methods.reclaimed.places import unmeasured
from layers.district import District
from tests.rain_district import layer_of
from tests.reclaimed_ground import reclaimed_district
from tests.small_district import A, B

YEAR = 365.25
LAYERS = ("industrial_parks", "roads", "car_wash_sites", "scenic_areas", "public_institutions", "residential_estates")


def said(district: District) -> Mapping[tuple[str, str], Finding]:
    found = ask("reclaimed", district, Asked(on=date(2024, 12, 31))).findings
    return {(one.indicator.id.removeprefix("reclaimed_"), one.subject): one for one in found}


def district(*, plants: Mapping[str, list[float | None]] | None = None, **layers: gpd.GeoDataFrame) -> District:
    """Plants W1 and W2 with other columns, and every layer of places there: empty unless told."""
    made = reclaimed_district()
    frame = made.frames["wastewater_plants"].assign(**(plants or {}))
    empty = {layer: layer_of(layer, []) for layer in LAYERS}
    return dataclasses.replace(made, frames={**made.frames, **empty, "wastewater_plants": frame, **layers})


def test_what_the_river_is_owed_is_taken_off_one_plant_and_the_other_owes_nothing():
    told = said(district(plants={"ecological_m3_per_day": [300.0, 0.0]}))
    assert told["supply_m3", "W1"].value == pytest.approx((2_000 * 0.9 - 200 - 300) * YEAR)
    assert told["supply_m3", "W2"].value == pytest.approx(2_700 * YEAR)
    assert told["supply_m3", "W1"].facts == pytest.approx(
        {"treated_m3": 2_000 * YEAR, "reused_m3": 200 * YEAR, "owed_m3": 300 * YEAR}
    )


def test_a_plant_whose_river_s_share_is_unknown_has_a_rate_and_no_supply():
    lacking = district(plants={"ecological_m3_per_day": [None, 0.0]})
    told, code = said(lacking), lacking.settings.code
    assert told["supply_m3", "W1"].value is None
    assert told["supply_m3", "W1"].needs == ("ecological_flow",)
    assert "owed_m3" not in told["supply_m3", "W1"].facts
    assert told["rate", "W1"].value == pytest.approx(0.1)
    whole = told["supply_m3", code]
    assert (whole.value, whole.low) == (None, pytest.approx(2_700 * YEAR))
    assert (whole.facts["plants"], whole.facts["missing"]) == (1, 1)
    assert told["rate", code].value == pytest.approx(200 / 5_000)


def test_a_plant_that_does_not_say_what_it_reuses_has_neither_and_the_rate_of_all_is_unknown():
    lacking = district(plants={"reused_m3_per_day": [200.0, None]})
    told, code = said(lacking), lacking.settings.code
    assert told["supply_m3", "W2"].value is told["rate", "W2"].value is None
    assert (told["rate", code].value, told["rate", code].facts["missing"]) == (None, 1)
    assert told["supply_m3", code].low == pytest.approx(1_600 * YEAR)
    assert told["rate", "W1"].value == pytest.approx(0.1)


def test_plants_none_of_which_is_known_have_no_sum():
    lacking = district(plants={"ecological_m3_per_day": [None, None]})
    whole = said(lacking)["supply_m3", lacking.settings.code]
    assert (whole.value, whole.low) == (None, None)


def test_nothing_treated_has_no_rate():
    told = said(district(plants={"treated_m3_per_day": [0.0, 3_000.0]}))
    assert told["rate", "W1"].value is None
    assert told["rate", "W2"].value == 0.0


def test_a_plant_of_a_district_without_places_is_not_said_to_suit_nothing():
    made = district()
    frames = {name: frame for name, frame in made.frames.items()
              if name not in (*LAYERS, "water_users", "green_spaces")}  # fmt: skip
    fit = said(dataclasses.replace(made, frames=frames))["fit_uses", "W1"]
    assert (fit.value, fit.low, fit.high) == (None, None, None)
    assert set(fit.needs) == {*LAYERS, "water_users", "green_spaces"}


def test_a_township_s_demand_is_the_sum_of_its_places():
    told = said(district())
    assert told["demand_m3", A].value == pytest.approx(100_000 * 0.3 + 40_000 * 0.28)
    assert told["demand_m3", B].value == pytest.approx(1_200_000 * 0.3)
    assert told["demand_m3", "990001"].value == pytest.approx(30_000 + 11_200 + 360_000)
    assert told["demand_m3", A].facts == pytest.approx({"process": 30_000, "greening": 11_200})


WASH = {"township": A, "method": "wipe", "geometry": Point(485_000, 3_255_000)}


def test_a_place_without_its_value_makes_the_demand_a_lower_bound_that_counts_it():
    washes = layer_of("car_wash_sites", [{"id": "C1", **WASH, "cars_per_day": 100}, {"id": "C2", **WASH}])
    told = said(district(car_wash_sites=washes))
    one = told["demand_m3", A]
    assert (one.value, one.high) == (None, None)
    assert one.low == pytest.approx(30_000 + 11_200 + 100 * 0.012 * 365)
    assert (one.facts["missing"], one.needs) == (1, ("car_wash_sites",))
    assert told["demand_m3", B].value == pytest.approx(360_000)
    assert told["demand_m3", "990001"].facts["missing"] == 1


def test_places_that_lack_their_value_by_layer():
    people = {"township": A}
    made = district(
        public_institutions=layer_of("public_institutions", [
            {"id": "I1", **people, "large_building": True}, {"id": "I2", **people, "dual_pipes": True},
            {"id": "I3", **people}, {"id": "I4", **people, "large_building": True, "people": 5},
        ]),
        residential_estates=layer_of("residential_estates", [
            {"id": "E1", "township": B, "dual_pipes": True}, {"id": "E2", "township": B, "renovation": "planned"},
            {"id": "E3", "township": B, "renovation": "done"},
        ]),
        industrial_parks=layer_of("industrial_parks", [{"id": "K1", "township": B}]),
        scenic_areas=layer_of("scenic_areas", [
            {"id": "S1", "township": B}, {"id": "S2", "township": B, "source": "reclaimed"},
        ]),
    )  # fmt: skip
    found = unmeasured(made).groupby("layer").size().to_dict()
    assert found == {"public_institutions": 2, "residential_estates": 2, "industrial_parks": 1, "scenic_areas": 1}
    assert unmeasured(district()).empty


def test_a_park_one_of_whose_firms_is_known_is_not_lacking():
    users = layer_of("water_users", [
        {"id": "U1", "township": B, "sector": "industry", "park": "K1", "use_m3_per_year": 9.0},
        {"id": "U2", "township": B, "sector": "industry", "park": "K2"},
        {"id": "U3", "township": B, "sector": "service"},
    ])  # fmt: skip
    parks = layer_of("industrial_parks", [{"id": f"K{n}", "township": B} for n in (1, 2)])
    found = unmeasured(district(water_users=users, industrial_parks=parks))
    assert found["layer"].tolist() == ["water_users", "industrial_parks"]
