"""Catchments by hand: buildings, parks and streets of two townships, what they could use, and what is not known."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest
from golden_district import golden_district
from shapely import LineString

from analysis.assumption import resolve
from analysis.methods.rainwater.assumptions import ASSUMPTIONS
from analysis.methods.rainwater.catchments import (
    cisterns,
    cover_areas_m2,
    hardened,
    incomplete,
    of_layers,
    uncovered,
)
from layers.district import District
from tests.rain_district import A, B, C, layer_of, rain_district

ASSUMED = resolve(ASSUMPTIONS, {})
X, Y = 485_000.0, 3_254_000.0


def street(id_: str, township: str, length_m: float, **told: object) -> dict[str, object]:
    line = LineString([(X, Y), (X + length_m, Y)])
    usual = {"urban": True, "status": "built", "swept": False, "width_m": 10.0}
    return {"id": id_, "township": township, "geometry": line, **usual, **told}


def rows_of(district: District, layer: str, **changed: float) -> pd.DataFrame:
    found = hardened(district, {**ASSUMED, **changed})
    assert found is not None
    return found[found["layer"] == layer].set_index("id")


def test_a_building_waters_sweeps_and_flushes_where_it_has_a_second_pipe():
    schools = layer_of("public_institutions", [
        {"id": "I1", "township": A, "roof_area_m2": 900.0, "paved_area_m2": 2_000.0, "green_area_m2": 500.0,
         "people": 100.0, "dual_pipes": True},
        {"id": "I2", "township": B, "roof_area_m2": 900.0, "paved_area_m2": 0.0, "green_area_m2": 1_000.0,
         "people": 100.0, "dual_pipes": False, "rain_storage_m3": 30.0},
    ])  # fmt: skip
    found = rows_of(rain_district(public_institutions=schools), "public_institutions")
    # 500·0.28 + 2,000·0.35·30/1,000 + 100·24/1,000·365.25; without a second pipe 1,000·0.28 alone
    assert found["demand_m3"].to_dict() == pytest.approx({"I1": 140 + 21 + 876.6, "I2": 280})
    assert found["roof_m2"].tolist() == [900.0, 900.0]
    assert found["paved_m2"].tolist() == [2_000.0, 0.0]
    assert found.at["I2", "tank_m3"] == 30.0
    assert np.isnan(found.at["I1", "tank_m3"])
    assert found["township"].tolist() == [A, B]


def test_a_park_is_roofed_on_three_fifths_of_its_hardened_ground():
    parks = layer_of("industrial_parks", [
        {"id": "K1", "township": A, "built_area_m2": 10_000.0, "use_m3_per_year": 2_000.0},
        {"id": "K2", "township": B, "built_area_m2": 20_000.0, "use_m3_per_year": 100.0},
    ])  # fmt: skip
    found = rows_of(rain_district(industrial_parks=parks), "industrial_parks")
    assert found["roof_m2"].tolist() == pytest.approx([3_300, 6_600])  # 0.55 of it hardened
    assert found["paved_m2"].tolist() == pytest.approx([2_200, 4_400])
    assert found["demand_m3"].tolist() == pytest.approx([300, 15])
    other = rows_of(rain_district(industrial_parks=parks), "industrial_parks", rain_park_hardened_share=0.8)
    assert other["roof_m2"].tolist() == pytest.approx([4_800, 9_600])


def test_built_urban_streets_of_a_township_are_one_catchment():
    roads = layer_of("roads", [
        street("R1", A, 100.0), street("R2", A, 50.0, swept=True), street("R3", A, 999.0, status="planned"),
        street("R4", A, 999.0, urban=False), street("R5", B, 30.0, status="under_way", width_m=5.0),
    ])  # fmt: skip
    greens = layer_of("green_spaces", [
        {"id": "G1", "township": A, "public": True, "watered_area_m2": 1_000.0},
        {"id": "G2", "township": A, "public": False, "watered_area_m2": 9_000.0},
    ])  # fmt: skip
    found = rows_of(rain_district(roads=roads, green_spaces=greens), "roads")
    assert found["paved_m2"].to_dict() == pytest.approx({f"roads-{A}": 1_500, f"roads-{B}": 150})
    # swept are 500 m²: 500·0.35·30/1,000, and public green 1,000·0.28; B sweeps and waters nothing
    assert found["demand_m3"].tolist() == pytest.approx([5.25 + 280, 0])
    assert found["roof_m2"].tolist() == [0.0, 0.0]


def test_a_township_is_incomplete_where_a_size_or_a_demand_is_lacking():
    whole = rain_district()
    assert incomplete(whole) == frozenset()
    parks = [{"id": "K1", "township": A, "built_area_m2": 10_000.0, "use_m3_per_year": None},
             {"id": "K2", "township": B, "built_area_m2": 10_000.0, "use_m3_per_year": 5.0}]  # fmt: skip
    assert incomplete(rain_district(industrial_parks=layer_of("industrial_parks", parks))) == {A}
    estates = whole.frames["residential_estates"].copy()
    estates.loc[estates["id"] == "E2", "green_area_m2"] = None
    assert incomplete(rain_district(residential_estates=estates)) == {B}
    wide = layer_of("roads", [street("R1", A, 9.0, width_m=None), street("R2", B, 9.0, width_m=None, urban=False)])
    assert incomplete(rain_district(roads=wide)) == {A}


@pytest.mark.parametrize(
    ("layer", "row"),
    [
        ("public_institutions", {"roof_area_m2": 9.0, "paved_area_m2": 0.0, "green_area_m2": 0.0, "dual_pipes": None}),
        ("public_institutions", {"roof_area_m2": 9.0, "paved_area_m2": 0.0, "green_area_m2": 0.0, "dual_pipes": True}),
        ("roads", {"width_m": 9.0, "urban": None, "swept": False, "status": "built"}),
        ("roads", {"width_m": 9.0, "urban": True, "swept": None, "status": "built"}),
        ("green_spaces", {"public": None, "watered_area_m2": 5.0}),
        ("green_spaces", {"public": True, "watered_area_m2": None}),
        ("small_water_works", {"kind": None, "volume_m3": 5.0}),
    ],
)
def test_a_township_is_incomplete_where_it_is_unknown_what_could_be_served(layer, row):
    assert incomplete(rain_district(**{layer: layer_of(layer, [{"id": "X", "township": B, **row}])})) == {B}


def test_land_that_is_not_known_is_not_taken_for_settlement_and_leaves_its_township_incomplete():
    district = covered(1, 2)
    raster = district.rasters["landcover"]
    values = raster.values.copy()
    values[:20] = 0  # a tenth of both
    gappy = dataclasses.replace(
        district, rasters={**district.rasters, "landcover": dataclasses.replace(raster, values=values)}
    )
    found = hardened(gappy, ASSUMED)
    assert found is not None
    assert found["roof_m2"].tolist() == pytest.approx([54e6, 32.4e6], rel=1e-6)
    assert uncovered(gappy, least_share=0.8) == frozenset()
    assert uncovered(gappy, least_share=0.95) == set(district.townships.index)
    works = layer_of("small_water_works", [])
    told = [dataclasses.replace(one, frames={**one.frames, "small_water_works": works}) for one in (district, gappy)]
    assert [incomplete(one) for one in told] == [frozenset(), frozenset(district.townships.index)]


def test_a_layer_that_is_absent_leaves_every_township_incomplete():
    everywhere = frozenset(rain_district().townships.index)
    for layer in ("small_water_works", "industrial_parks"):
        assert incomplete(rain_district(without=(layer,))) == everywhere
    assert of_layers(rain_district())
    assert not of_layers(rain_district(without=("roads",)))


def test_cisterns_work_and_have_a_volume():
    works = [{"id": f"C{n}", "township": C, "kind": kind, "volume_m3": volume, "condition": condition}
             for n, (kind, volume, condition) in enumerate(
                 [("cistern", 30.0, "good"), ("cistern", 40.0, "broken"), ("cistern", 0.0, "good"),
                  ("pond", 50.0, "good"), ("cistern", 60.0, None)])]  # fmt: skip
    district = rain_district(small_water_works=layer_of("small_water_works", works))
    found = cisterns(district)
    assert found is not None
    assert found["id"].tolist() == ["C0", "C4"]
    assert cisterns(rain_district(without=("small_water_works",))) is None
    works[1] |= {"volume_m3": None, "township": A}
    assert incomplete(rain_district(small_water_works=layer_of("small_water_works", works))) == {A}


def covered(west: int, east: int, *, legend: tuple[tuple[int, str], ...] = ((1, "urban"), (2, "rural_built"))):
    """The golden ground of two townships of 200 km² known by land cover alone, each of one class; 0 has no value."""
    district = golden_district()
    raster = district.rasters["landcover"]
    values = np.tile(np.where(np.arange(200) < 100, west, east), (200, 1)).astype("uint8")
    table = pd.DataFrame([(value, surface, surface) for value, surface in legend], columns=["value", "name", "surface"])
    frames = {name: frame for name, frame in district.frames.items() if name != "roads"}
    return dataclasses.replace(
        district, frames=frames, tables={**district.tables, "landcover_legend": table},
        rasters={**district.rasters, "landcover": dataclasses.replace(raster, values=values)},
    )  # fmt: skip


def test_from_land_cover_a_share_of_settlements_is_hard():
    found = hardened(covered(1, 2), ASSUMED)
    assert found is not None
    # 200 km² of town at 0.5, of village at 0.3; three fifths roofs
    assert found["roof_m2"].tolist() == pytest.approx([60e6, 36e6], rel=1e-6)
    assert found["paved_m2"].tolist() == pytest.approx([40e6, 24e6], rel=1e-6)
    assert np.isinf(found["demand_m3"]).all()


def test_roads_of_the_cover_are_hard_altogether():
    found = hardened(covered(1, 2, legend=((1, "urban"), (2, "road_hard"))), ASSUMED)
    assert found is not None
    assert found["roof_m2"].tolist() == pytest.approx([60e6, 0.0], rel=1e-6)
    assert found["paved_m2"].tolist() == pytest.approx([40e6, 200e6], rel=1e-6)


@pytest.mark.parametrize(
    "district", [covered(1, 0), covered(1, 9), covered(1, 2, legend=((1, "urban"),))], ids=["no value", "9", "unnamed"]
)
def test_cover_without_value_or_name_is_unknown_not_bare(district):
    areas = cover_areas_m2(district)
    assert areas is not None
    west, east = areas.index
    assert areas.at[west, "urban"] == pytest.approx(200e6, rel=1e-6)
    assert areas.loc[east].isna().all()
    assert uncovered(district, least_share=0.8) == {east}
    assert uncovered(golden_district(), least_share=0.8) == frozenset()  # its catchments come from layers
