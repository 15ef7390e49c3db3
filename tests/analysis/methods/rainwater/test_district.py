"""Rainwater by hand: records, demand, potential, projects and duties of places small enough to compute."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from golden_district import golden_district
from wulong import LESHAN, PRINTED_MM, STORM, heard

from analysis.asking import Asked, ask
from analysis.assumption import resolve
from analysis.formulas.money import capital_recovery, payback_years, unit_cost_yuan_per_m3
from analysis.formulas.rain.hyetograph import chicago_depths_mm, tank_relief
from analysis.formulas.rain.record import Record, at_frequencies, design_day_mm, record_of, seasonal_factors
from analysis.formulas.rain.storm import storm_intensity_l_per_s_ha
from analysis.formulas.rain.tank import simulate_tank
from analysis.formulas.rain.tank_trace import trace_tank
from analysis.methods.rainwater.assumptions import ASSUMPTIONS
from analysis.methods.rainwater.demand import Uses, annual_m3, daily_m3, operating_days
from analysis.methods.rainwater.obligations import duties, strictest
from analysis.methods.rainwater.potential import potential
from analysis.methods.rainwater.projects import (
    RainProject,
    answer,
    first_reaching,
    governing,
    knee,
    rounded_up_m3,
)

ASSUMED = resolve(ASSUMPTIONS, {})
DUTIES = heard("rain_duty")


def made_record(years: int = 31, *, first: int = 1990) -> Record:
    """A record of whole years: 10 mm on every fifth day."""
    days = np.arange(f"{first}-01-01", f"{first + years}-01-01", dtype="datetime64[D]")
    return Record(days, np.where(np.arange(days.size) % 5 == 0, 10.0, 0.0))


def made_project(**changed: object) -> RainProject:
    facts = {
        "id": "P1", "name": "示意项目", "township": "A", "kind": "estate", "status": "planned", "roof_m2": 1000.0,
        "paved_m2": 500.0, "permeable_m2": 0.0, "green_m2": 0.0, "tank_m3": 30.0, "uses": Uses(watered_m2=2000.0),
    }  # fmt: skip
    return RainProject(**{**facts, **changed})


def test_year_with_a_missing_day_is_left_out():
    days = pd.date_range("2020-01-01", "2021-12-31")
    table = pd.DataFrame({"date": days, "rain_mm": 1.0}).drop(index=400)
    record = record_of(table)
    assert record.whole_years == (2020,)
    assert record.gaps == 1
    assert record.annual_mm == {2020: 366.0}


def test_frequencies_rank_years_from_wet_to_dry():
    annual = {2000 + i: 1000.0 + 100 * i for i in range(7)}
    found = at_frequencies(annual)
    assert found["p25"] == pytest.approx(1500)
    assert found["p50"] == pytest.approx(1300)
    assert found["p75"] == pytest.approx(1100)
    assert found["p95"] == 1000


def test_seasonal_factors_by_hand():
    days = np.arange("2020-01-01", "2021-01-01", dtype="datetime64[D]")
    rain = np.zeros(days.size)
    rain[[10, 150, 200]] = [20.0, 30.0, 50.0]
    alpha, beta = seasonal_factors(Record(days, rain), first_flush_mm=3.0)
    assert alpha == pytest.approx(0.8)
    assert beta == pytest.approx(74 / 80)


def test_design_day_is_reached_once_in_its_period():
    record = made_record(2)
    rain = record.rain_mm.copy()
    rain[[5, 300, 500]] = [80.0, 60.0, 50.0]
    assert design_day_mm(Record(record.days, rain), return_period_a=1) == 60.0
    assert design_day_mm(Record(record.days, rain), return_period_a=2) == 80.0


def test_no_watering_on_a_rainy_day_nor_after_a_heavy_one():
    rain = np.array([0, 6, 0, 12, 0, 0.0])
    assert operating_days(rain, ASSUMED).tolist() == [True, False, True, False, False, True]


def test_daily_demand_adds_up_to_the_annual_quota():
    record = made_record(4)
    uses = Uses(watered_m2=1000, swept_m2=2000, people=30, cars_per_day=4)
    yearly = sum(annual_m3(uses, ASSUMED).values())
    assert annual_m3(uses, ASSUMED)["greening"] == pytest.approx(280)
    assert annual_m3(uses, ASSUMED)["sweeping"] == pytest.approx(2000 * 0.35 * 30 / 1000)
    assert daily_m3(uses, record, ASSUMED).sum() / 4 == pytest.approx(yearly, rel=1e-3)


def test_answer_of_a_project_hangs_together():
    said = answer(made_project(), made_record(), ASSUMED)
    assert said.years == 31
    assert said.inflow_m3 == pytest.approx(1.5 * (0.85 * 10 - 3.0) * said.years * 365.25 / 5 / said.years, rel=0.01)
    assert said.yield_m3 <= min(said.inflow_m3, sum(said.demand_m3.values())) * 1.001
    assert (np.diff(said.curve[1]) >= -1e-12).all()
    assert said.code_tanks["control_rate"] == pytest.approx(10 * 0.85 * 1.5)
    assert said.code_tanks["gb50400"] == pytest.approx(10 * 0.85 * 1.5 - (2.5 * 1.0 + 4.0 * 0.5))
    assert said.governs == "control_rate"
    assert said.code_tanks["gb50596"] is None
    assert said.cost_yuan_per_m3 > 0


def test_cistern_is_sized_by_its_own_code():
    project = made_project(kind="cistern", roof_m2=100.0, paved_m2=0.0, uses=Uses(cistern_people=4), tank_m3=40.0)
    said = answer(project, made_record(), ASSUMED)
    assert said.governs == "gb50596"
    supply = 100 * 0.85 * made_record().mean_mm / 1000
    assert said.code_tanks["gb50596"] == pytest.approx(0.5 * min(supply, 4 * 0.05 * 365.25) / 0.92)
    assert said.code_tanks["gb50400"] is None


def test_short_record_takes_the_flagged_design_rain():
    from analysis.methods.rainwater.projects import control_rain_mm

    assert control_rain_mm(made_record(29), ASSUMED, printed=PRINTED_MM) == (20.9, False)
    assert control_rain_mm(made_record(30), ASSUMED, printed=PRINTED_MM)[1]
    other = {**ASSUMED, "control_rate": 0.825}
    assert control_rain_mm(made_record(29), other, printed=PRINTED_MM)[0] == pytest.approx((25.5 + 31.9) / 2)


def test_a_short_record_where_nothing_is_printed_gives_no_design_rain():
    from analysis.methods.rainwater.projects import control_rain_mm

    assert control_rain_mm(made_record(29), ASSUMED) == (None, False)
    assert control_rain_mm(None, ASSUMED) == (None, False)


def test_another_place_hears_only_what_speaks_there():
    day = date(2025, 1, 1)
    assert set(duties("estate", day, heard("rain_duty"))) == {
        "notice_body", "notice_annex", "saving_regulation_36", "drainage_regulation_13",
    }  # fmt: skip
    elsewhere = heard("rain_duty", code=LESHAN)
    assert strictest(duties("estate", day, elsewhere)) == "none"
    assert strictest(duties("new_district", day, elsewhere)) == "suited"
    assert strictest(duties("municipal", day, elsewhere)) == "required"
    assert strictest(duties("municipal", day, ())) == "unknown"


def test_governing_code_is_the_largest_and_never_the_cross_check():
    codes = {"gb50400": 10.0, "control_rate": 12.0, "gb50596": None, "bs8515": 99.0}
    assert governing(made_project(), codes)[0] == "control_rate"


def test_curve_readings():
    capacity, share = np.array([0.0, 1, 2, 3]), np.array([0.0, 0.5, 0.8, 0.805])
    assert first_reaching(capacity, share, 0.7) == 2
    assert first_reaching(capacity, share, 0.9) is None
    assert knee(capacity, share, per_mm_m3=1.0) == 2


@pytest.mark.parametrize(("raw", "rounded"), [(3.2, 3.5), (12.01, 13), (51, 55), (201, 210), (50, 50), (9.5, 9.5)])
def test_rounding_up_to_sizes_a_builder_can_order(raw, rounded):
    assert rounded_up_m3(raw) == rounded


def test_trace_sums_to_the_simulation():
    rain = made_record(2).rain_mm
    tank = {"area_m2": 800.0, "runoff_coefficient": 0.85, "first_flush_mm": 2.5, "capacity_m3": 12.0}
    demand = np.full(rain.size, 1.3)
    trace = trace_tank(rain, **tank, demand_m3=demand)
    done = simulate_tank(rain, **tank, demand_m3=1.3)
    assert trace.yield_m3.sum() == pytest.approx(done.yield_m3[0], rel=1e-12)
    assert trace.overflow_m3.sum() == pytest.approx(done.overflow_m3[0], rel=1e-12)
    assert trace.stored_m3[-1] == pytest.approx(done.end_m3[0])


def test_capital_recovery_of_the_worked_examples():
    assert capital_recovery(0.06, 20) == pytest.approx(0.08718, abs=5e-6)
    assert capital_recovery(0.08, 30) == pytest.approx(0.08883, abs=5e-6)
    assert capital_recovery(0.0, 20) == pytest.approx(0.05)
    assert unit_cost_yuan_per_m3(1000, 20, 50, recovery=0.1) == pytest.approx(2.4)
    assert payback_years(1000, 0) is None


def test_storm_blocks_hold_the_depth_of_every_window():
    blocks = chicago_depths_mm(2, 60, storm=STORM)
    assert blocks.sum() == pytest.approx(
        storm_intensity_l_per_s_ha(2, 60, **STORM) * 0.006 * 60
    )  # 1 L/(s·hm²) is 0.006 mm/min
    assert np.argmax(blocks) == round(0.4 * 59)
    assert (blocks > 0).all()


def test_tank_takes_the_first_water_and_a_full_one_saves_nothing():
    blocks = chicago_depths_mm(2, 60, storm=STORM)
    whole = tank_relief(blocks, area_m2=1000, coefficient=0.9, free_m3=0)
    assert whole.relieved_peak_l_per_s == whole.peak_l_per_s
    none_left = tank_relief(blocks, area_m2=1000, coefficient=0.9, free_m3=1000)
    assert none_left.relieved_volume_m3 == pytest.approx(0)
    half = tank_relief(blocks, area_m2=1000, coefficient=0.9, free_m3=10)
    assert half.relieved_volume_m3 == pytest.approx(half.volume_m3 - 10)


@pytest.mark.parametrize(
    ("kind", "approved", "expected"),
    [
        ("new_district", date(2019, 9, 15), "suited"),
        ("new_district", date(2019, 9, 16), "required"),
        ("municipal", date(2014, 1, 1), "required"),
        ("municipal", date(2013, 12, 31), "suited"),
        ("estate", date(2021, 1, 1), "required"),
        ("estate", date(2018, 1, 1), "none"),
        ("old_estate", None, "suited"),
        ("public_green", None, "unknown"),
    ],
)
def test_duty_by_kind_and_approval_date(kind, approved, expected):
    assert strictest(duties(kind, approved, DUTIES)) == expected


def test_body_and_annex_of_the_notice_are_kept_apart():
    plain = duties("estate", date(2021, 1, 1), DUTIES)
    assert (plain["notice_body"], plain["notice_annex"]) == ("required", "none")
    green = duties("green_estate", date(2021, 1, 1), DUTIES)
    assert green["notice_annex"] == "required"


def test_nothing_is_due_by_a_rule_younger_than_its_approval():
    for kind in ("new_district", "renewal", "municipal", "street", "public_green", "estate", "green_estate"):
        assert "required" not in duties(kind, date(2013, 1, 1), DUTIES).values()


def test_missing_layers_give_no_number(small):
    findings = {(f.indicator.id, f.subject): f for f in ask("rainwater", small, Asked(on=date(2026, 1, 1))).findings}
    usable = findings["rain_usable_m3", "990001001"]
    assert usable.value is None
    assert "residential_estates" in usable.needs


@pytest.fixture(scope="module")
def small():
    from small_district import small_district

    return small_district()


def test_a_township_whose_cover_has_no_hard_ground_collects_nothing():
    district = golden_district()
    frames = {name: frame for name, frame in district.frames.items() if name != "public_institutions"}
    west, east = potential(replace(district, frames=frames), ASSUMED)
    assert west.catchment_m2 == pytest.approx(25e6 * 0.5)  # a quarter square of 5 km is urban, half of it hard
    assert west.usable_m3["gb50555"]["central"] == pytest.approx(12.5e6 * 0.85 * 1.0 * 0.65)
    assert (east.catchment_m2, east.usable_m3["daily"]["central"]) == (0.0, 0.0)
