"""One project closely: days, months, storms and other sizes agree with the simulation; duties are counted."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from wulong import STORM

from analysis.assumption import resolve
from analysis.formulas.rain.hyetograph import storm_flow_l_per_s
from analysis.formulas.rain.record import Record
from analysis.methods.rainwater.assumptions import ASSUMPTIONS
from analysis.methods.rainwater.demand import Uses
from analysis.methods.rainwater.detail import days_of, drainage, months_of, sizes_of, typical_years
from analysis.methods.rainwater.obligations import Obligation
from analysis.methods.rainwater.projects import RainProject, answer
from analysis.methods.rainwater.tally import tally, whole

ASSUMED = resolve(ASSUMPTIONS, {})


def made_record(years: int = 4) -> Record:
    """10 mm on every fifth day."""
    days = np.arange("2000-01-01", f"{2000 + years}-01-01", dtype="datetime64[D]")
    return Record(days, np.where(np.arange(days.size) % 5 == 0, 10.0, 0.0))


def made_project(**changed: object) -> RainProject:
    facts = {
        "id": "P1", "name": "示意项目", "township": "A", "kind": "estate", "status": "planned", "roof_m2": 1000.0,
        "paved_m2": 0.0, "permeable_m2": 0.0, "green_m2": 0.0, "tank_m3": 10.0, "uses": Uses(people=100.0),
    }  # fmt: skip
    return RainProject(**{**facts, **changed})


@pytest.mark.parametrize("rule", ["yas", "ybs"])
def test_days_add_up_to_the_answer(rule):
    said = answer(made_project(), made_record(), ASSUMED, rule=rule)
    days = days_of(made_project(), made_record(), ASSUMED, rule=rule)
    assert days.trace.yield_m3.sum() / 4 == pytest.approx(said.yield_m3, rel=1e-12)
    assert days.trace.overflow_m3.sum() / 4 == pytest.approx(said.overflow_m3, rel=1e-12)


def test_a_year_begins_with_what_the_year_before_left():
    days = days_of(made_project(), made_record(), ASSUMED)
    second = days.of_year(2001)
    before = days.of_year(2000).trace.stored_m3[-1]
    first_day = second.trace
    balance = before + first_day.inflow_m3[0] - first_day.yield_m3[0] - first_day.overflow_m3[0]
    assert first_day.stored_m3[0] == pytest.approx(balance, abs=1e-12)
    assert second.record.days[0] == np.datetime64("2001-01-01")


def test_months_add_up_to_the_year():
    days = days_of(made_project(), made_record(), ASSUMED)
    months = months_of(days)
    assert months.yield_m3.shape == (12,)
    assert months.demand_m3.sum() == pytest.approx(days.demand_m3.sum() / 4)
    assert months.inflow_m3.sum() == pytest.approx(days.trace.inflow_m3.sum() / 4)
    assert (months.yield_m3 <= months.demand_m3 + 1e-9).all()


def test_typical_years_are_distinct_and_run_from_wet_to_dry():
    days = np.arange("2000-01-01", "2020-01-01", dtype="datetime64[D]")
    years = days.astype("datetime64[Y]").astype(int) + 1970
    record = Record(days, (years - 1999) / 10.0)
    named = {name: year for year, name in typical_years(record).items()}
    assert list(named) == ["p25", "p50", "p75", "p95"]
    assert named["p25"] > named["p50"] > named["p75"] > named["p95"]


def test_two_sizes_are_priced_by_volume_and_the_larger_yields_no_less():
    small, large = sizes_of(made_project(investment_yuan=1.0), made_record(), ASSUMED, tanks_m3=(5.0, 20.0))
    assert (small.capital_yuan, large.capital_yuan) == (5 * 1600, 20 * 1600)
    assert large.yield_m3 >= small.yield_m3
    assert large.volumetric_reliability >= small.volumetric_reliability
    assert small.cost_yuan_per_m3 < large.cost_yuan_per_m3


def test_a_size_of_nothing_yields_nothing_and_has_no_price():
    (none,) = sizes_of(made_project(), made_record(), ASSUMED, tanks_m3=(0.0,))
    assert (none.yield_m3, none.cost_yuan_per_m3, none.payback_years) == (0.0, None, None)


def test_a_storm_by_hand():
    flow = storm_flow_l_per_s(np.array([6.0, 12.0, 6.0]), area_m2=1000, coefficient=1.0)
    assert flow.tolist() == pytest.approx([100, 200, 100])
    after = storm_flow_l_per_s(np.array([6.0, 12.0, 6.0]), area_m2=1000, coefficient=1.0, free_m3=12.0)
    assert after.tolist() == pytest.approx([0, 100, 100])


def test_a_tank_takes_its_free_volume_off_the_storm():
    project = made_project(roof_m2=10_000.0, tank_m3=200.0)
    storm = drainage(project, ASSUMED, storm=STORM, stored_m3=50.0)
    assert storm.depth_mm == pytest.approx(37.83, abs=0.01)
    assert storm.usual_free_m3 == 150.0
    assert storm.usual.volume_m3 - storm.usual.relieved_volume_m3 == pytest.approx(150)
    assert storm.empty.volume_m3 - storm.empty.relieved_volume_m3 == pytest.approx(200)
    assert storm.empty.relieved_peak_l_per_s <= storm.usual.relieved_peak_l_per_s <= storm.usual.peak_l_per_s


def test_without_a_storm_formula_no_effect_is_told():
    assert drainage(made_project(), ASSUMED, storm={}, stored_m3=0.0) is None


def owed(duty: str, *, facility: float = 0.0, asked: float | None = 100.0, lead: str = "housing") -> Obligation:
    return Obligation(
        layer="roads", id="R", name="", township="A", lead=lead, kind="street", approved=date(2020, 1, 1),
        duty=duty, by_rule={}, facility_m3=facility, required_m3=asked,
    )  # fmt: skip


def test_duties_are_counted_by_lead_and_only_required_ones_owe():
    rows = tally(
        [owed("required", facility=40.0), owed("required", asked=None), owed("suited"), owed("unknown"),
         owed("none", lead="transport")]
    )  # fmt: skip
    housing = next(row for row in rows if row.lead == "housing")
    assert (housing.required, housing.built, housing.missing_m3, housing.unknown) == (2, 1, 60.0, 1)
    assert (housing.suited, housing.undated) == (1, 1)
    assert len(rows) == 2
    assert whole(rows).none == 1
