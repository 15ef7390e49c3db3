"""Usable rain by hand: three methods, the ends of the range, wet and dry years, cisterns, and places without rain."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from analysis.assumption import resolve
from analysis.formulas.rain.record import Record
from analysis.methods.rainwater.assumptions import ASSUMPTIONS
from analysis.methods.rainwater.potential import (
    EFFICIENCY,
    Potential,
    district_record,
    ends,
    headline,
    potential,
    township_rain,
)
from layers.district import District
from tests.rain_district import A, B, C, D, layer_of, rain_district

ASSUMED = resolve(ASSUMPTIONS, {})
DAYS = pd.date_range("2021-01-01", "2023-12-31")


def found(district: District, **changed: float) -> dict[str, Potential]:
    return {one.township: one for one in potential(district, {**ASSUMED, **changed})}


def with_rain(district: District, rain_mm: np.ndarray) -> District:
    """The district under another grid of annual rain; NaN where a cell has none."""
    grid = district.rasters["rainfall"]
    return dataclasses.replace(
        district, rasters={**district.rasters, "rainfall": dataclasses.replace(grid, values=rain_mm, nodata=None)}
    )


def east_without() -> District:
    """1,100 mm in the west (A, C), no value in the east (B, D) nor in the last 100 m before it."""
    district = rain_district()
    grid = district.rasters["rainfall"]
    east = grid.transform.c + (np.arange(grid.values.shape[1]) + 0.5) * grid.transform.a
    return with_rain(district, np.tile(np.where(east < 489_900, 1_100.0, np.nan), (grid.values.shape[0], 1)))


def test_rain_is_the_grid_s_then_the_record_s_then_unknown():
    whole = rain_district()
    record = district_record(whole)
    assert record is not None
    assert record.mean_mm == pytest.approx(360.0)  # 30 mm on twelve days
    assert township_rain(whole, record, least_share=0.8)["mean"].tolist() == pytest.approx([1_100.0] * 4)
    bare = rain_district(without=("rainfall",))
    assert township_rain(bare, record, least_share=0.8)["mean"].tolist() == pytest.approx([360.0] * 4)
    assert township_rain(bare, None, least_share=0.8)["mean"].isna().all()
    assert district_record(rain_district(without=("daily_rain",))) is None


def test_a_record_of_less_than_a_year_is_none():
    district = rain_district()
    short = district.tables["daily_rain"].iloc[:200]
    assert district_record(dataclasses.replace(district, tables={**district.tables, "daily_rain": short})) is None
    assert district_record(dataclasses.replace(district, tables={"daily_rain": short.iloc[:0]})) is None


def test_the_annual_formula_and_its_ends():
    """0.65·0.85·1,100 mm on A's 1,000 m² of roof; 0.6·0.8 and 0.7·0.9 at the ends; on B's 3,000 m² held by demand."""
    told = found(rain_district())
    assert told[A].usable_m3["gb50555"] == pytest.approx({"low": 528.0, "central": 607.75, "high": 693.0})
    assert told[B].usable_m3["gb50555"]["central"] == pytest.approx(5_000 * 0.28 + 1_000 * 0.35 * 30 / 1_000)
    assert told[A].demand_m3 == pytest.approx(2_800)
    assert (told[A].catchment_m2, told[B].catchment_m2) == (1_000.0, 3_000.0)
    dry = found(with_rain(rain_district(), np.full_like(rain_district().rasters["rainfall"].values, 500.0)))
    assert dry[A].usable_m3["gb50555"]["central"] == pytest.approx(0.65 * 0.85 * 500)


def test_the_seasonal_form_takes_its_share_from_the_record():
    """Seven of twelve days fall from April to October, 27.5 of 30 mm left of each: 7/12·27.5/30·0.85·1,100 m³."""
    seasonal = found(rain_district())[A].usable_m3["seasonal"]
    assert seasonal["central"] == pytest.approx(7 / 12 * 27.5 / 30 * 0.85 * 1_100)
    assert seasonal["low"] == pytest.approx(7 / 12 * 27.0 / 30 * 0.80 * 1_100)
    assert seasonal["high"] == pytest.approx(7 / 12 * 28.0 / 30 * 0.90 * 1_100)


def test_the_daily_balance_fills_the_tank_twelve_times():
    """20 mm of tank on 1,000 m² are 20 m³, with 30 mm 30 m³; an estate's own 10 m³ goes before them."""
    assert found(rain_district())[A].usable_m3["daily"]["central"] == pytest.approx(240)
    assert found(rain_district(), rain_reference_tank_mm=30.0)[A].usable_m3["daily"]["central"] == pytest.approx(
        360, rel=1e-3
    )
    assert found(rain_district(), rain_reference_tank_mm=30.0)[B].usable_m3["daily"]["central"] == pytest.approx(120)


def test_the_ends_move_every_coefficient_but_one_the_planner_put():
    low, high = ends(ASSUMED, "low"), ends(ASSUMED, "high")
    moved = {id_: (low[id_], high[id_]) for id_ in ASSUMED if low[id_] != high[id_]}
    assert moved == {
        "psi_roof": (0.80, 0.90), "psi_paved": (0.80, 0.90), "rain_usable_share": (0.6, 0.7),
        "flush_roof_mm": (3.0, 2.0), "flush_ground_mm": (5.0, 3.0),
    }  # fmt: skip
    put = ends({**ASSUMED, "psi_roof": 0.82, "flush_roof_mm": 2.8}, "low")
    assert (put["psi_roof"], put["flush_roof_mm"], put["psi_paved"]) == (0.82, 2.8, 0.80)


def test_the_daily_balance_comes_first_where_there_is_a_record():
    assert headline(found(rain_district())[A])[0] == "daily"
    name, volume = headline(found(rain_district(without=("daily_rain",)))[A])
    assert (name, volume["central"]) == ("gb50555", pytest.approx(607.75))


def raining(district: District, depth_mm: np.ndarray) -> District:
    """The district with other rain on the days of 2021 to 2023."""
    table = pd.DataFrame({"date": DAYS, "rain_mm": depth_mm})
    return dataclasses.replace(district, tables={**district.tables, "daily_rain": table})


def test_a_year_begins_with_what_the_year_before_left():
    """It rains on the last day of each year alone: the 20 m³ are used in January, so not in the first year."""
    told = found(raining(rain_district(), np.where((DAYS.month == 12) & (DAYS.day == 31), 36.0, 0.0)))[A]
    assert told.years_m3 == pytest.approx({"p25": 20.0, "p50": 20.0, "p75": 0.0, "p95": 0.0})
    assert told.usable_m3["daily"]["central"] == pytest.approx(40 / 3)


def test_wet_and_dry_years_are_told_apart():
    """12 fillings of 20 m³ in two years, 6 in the third: reached in 25 and 50 % of years 240, in 75 and 95 % 120."""
    depth = np.where((DAYS.day == 1) & ((DAYS.year > 2021) | (DAYS.month % 2 == 0)), 36.0, 0.0)
    told = found(raining(rain_district(), depth))[A]
    assert told.years_m3 == pytest.approx({"p25": 240.0, "p50": 240.0, "p75": 120.0, "p95": 120.0})
    assert told.usable_m3["daily"]["central"] == pytest.approx(200.0)


def test_a_township_without_rain_is_unknown_and_does_not_thin_the_others():
    told = found(east_without())
    assert told[A].usable_m3["daily"]["central"] == pytest.approx(240)
    assert told[B].rain_mm is None
    for method in ("gb50555", "seasonal", "daily"):
        assert set(told[B].usable_m3[method].values()) == {None}
    assert set(told[B].years_m3.values()) == {None}
    assert "rainfall" in told[B].needs
    assert "rainfall" not in told[A].needs


def test_a_cistern_gives_what_its_volume_or_its_catchment_can():
    """30 m³ give 30·0.92/0.5 = 55.2 m³ a year; 20 m² of concrete collect 18.7 of 1,100 mm, of hand-made tile 11.55."""
    works = [{"id": f"C{n}", "township": place, "kind": "cistern", "volume_m3": 30.0, "condition": "good",
              "catchment_area_m2": area, "catchment_surface": surface}
             for n, (place, area, surface) in enumerate(
                 [(A, None, None), (B, 20.0, "concrete"), (C, 20.0, "hand_tile"), (D, 20.0, None),
                  (D, 900.0, "concrete")])]  # fmt: skip
    told = found(rain_district(small_water_works=layer_of("small_water_works", works)))
    volumes = {place: told[place].cistern_m3 for place in (A, B, C, D)}
    assert volumes == pytest.approx({A: 55.2, B: 18.7, C: 11.55, D: 20 * 0.325 * 1.1 + 55.2})
    assert told[A].usable_m3["daily"]["central"] == pytest.approx(240 + 55.2)
    assert found(rain_district(), rain_cistern_k=0.8, rain_cistern_loss_share=0.05)[C].cistern_m3 == pytest.approx(
        30 * 0.95 / 0.8
    )


def test_efficiencies_are_the_middles_of_the_standard():
    assert EFFICIENCY == {
        "concrete": 0.85, "cement_tile": 0.85, "machine_tile": 0.575, "hand_tile": 0.525, "stone": 0.80,
        "earth_yard": 0.45, "slope_sparse": 0.375, "slope_grass": 0.325,
    }  # fmt: skip


def test_first_flush_keeps_its_depth_under_another_rain():
    """Twice the record's rain: 60 mm on the firsts leave 51 − 2.5 mm of 1,000 m², 48.5 m³ for a large tank."""
    district = with_rain(rain_district(), np.full_like(rain_district().rasters["rainfall"].values, 720.0))
    told = found(district, rain_reference_tank_mm=60.0)[A]
    assert told.usable_m3["daily"]["central"] == pytest.approx(12 * 48.5, rel=1e-3)


def test_a_record_of_two_whole_years_is_kept_and_a_third_left_out():
    record = district_record(rain_district())
    assert isinstance(record, Record)
    assert len(record.whole_years) == 3
    district = rain_district()
    shorter = district.tables["daily_rain"].iloc[:-1]
    cut = district_record(dataclasses.replace(district, tables={**district.tables, "daily_rain": shorter}))
    assert cut is not None
    assert len(cut.whole_years) == 2
