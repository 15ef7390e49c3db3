"""The illustrative district from its layers to a plan, its money and its findings."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from places import ROOT

from analysis.asking import Asked, ask
from analysis.assumption import resolve
from analysis.methods import reclaimed as method
from analysis.methods.reclaimed.candidates import step_for
from analysis.methods.reclaimed.economics import compared, shared_saving
from analysis.methods.reclaimed.pipes import (
    capacity_m3_per_year,
    diameters,
    energy_yuan_per_m3,
    pipe_yearly_share,
    treatment_yuan_per_m3,
)  # fmt: skip
from analysis.methods.reclaimed.quality import suitability
from analysis.methods.reclaimed.wanted import wish
from layers.versions.opening import open_district

ASSUMED = resolve(method.ASSUMPTIONS, {})


@pytest.fixture(scope="module")
def district():
    if not (ROOT / "data" / "shapefiles" / "wastewater_plants.shp").exists():
        pytest.skip("the illustrative data are not made yet")
    return open_district(ROOT / "data")


@pytest.fixture(scope="module")
def candidates(district):
    return ask("reclaimed", district, Asked(on=date(2024, 12, 31), wish=method.CANDIDATES))


@pytest.fixture(scope="module")
def found(candidates):
    return candidates.detail


@pytest.fixture(scope="module")
def planned(district, candidates):
    asked = Asked(on=date(2024, 12, 31), wish=wish(target_rate=0.22, gap=0.05, time_limit_s=20, alternatives=0))
    return ask("reclaimed", district, asked, made=(candidates,)).detail


def test_pipes_cost_by_length_and_life():
    sizes = {size["dn_mm"]: size for size in diameters(1000, slope=0.0, assumed=ASSUMED)}
    assert sizes[200]["investment_yuan"] == 925_000
    assert pipe_yearly_share(ASSUMED) == pytest.approx(0.072649 + 0.01, abs=1e-6)
    assert sizes[200]["capital_yuan_per_year"] == pytest.approx(925_000 * 0.082649, rel=1e-5)
    steep = diameters(1000, slope=0.5, assumed=ASSUMED)[0]
    assert steep["investment_yuan"] == pytest.approx(625_000 * 1.3)
    assert capacity_m3_per_year(100, ASSUMED) == pytest.approx(0.9 * np.pi * 0.01 / 4 * 86_400 * 365 / 1.4)


def test_energy_and_treatment_cost_a_cubic_metre():
    assert energy_yuan_per_m3(100, ASSUMED) == pytest.approx(0.38929 * 0.65, abs=1e-4)
    assert treatment_yuan_per_m3("as_is", ASSUMED) == 0
    assert treatment_yuan_per_m3("polish", ASSUMED) == pytest.approx(1250 * 1.3 / 365 * 0.087185 + 0.5, abs=1e-4)


def test_the_fit_decides_the_treatment():
    assert step_for(suitability("class_1a", "road"), unknown_allowed=False) == "polish"
    assert step_for(suitability("class_1b", "road"), unknown_allowed=False) == "upgrade"
    unknown = suitability("quasi_iv", "cooling")
    assert step_for(unknown, unknown_allowed=True) == "polish"
    assert step_for(unknown, unknown_allowed=False) is None


def test_candidates_join_places_to_plants(found):
    arcs = found.arcs
    assert {"treatment", "pipe", "connection"} == set(arcs["kind"])
    assert found.nodes["id"].is_unique
    assert arcs["id"].is_unique
    assert (arcs.loc[arcs["kind"] == "pipe", "lift_m"] >= 0).all()
    assert arcs.groupby("corridor").size().max() <= 3


def test_a_plan_reaches_its_rate_and_adds_up(planned):
    plan = planned.plan
    assert plan.status in ("optimal", "time_limit")
    assert plan.gap is not None
    assert planned.rate.after_share >= 0.22 * (1 - 1e-9)
    assert round(plan.cost_lines["yuan"].sum(), 2) == plan.cost_yuan
    assert plan.cost_yuan == pytest.approx(plan.objective, abs=0.01 * len(plan.cost_lines))
    net = plan.flows.groupby("to")["flow_m3"].sum().sub(plan.flows.groupby("from")["flow_m3"].sum(), fill_value=0)
    used = plan.served.groupby("user")["m3"].sum().sub(plan.served.groupby("plant")["m3"].sum(), fill_value=0)
    assert net.sub(used, fill_value=0).abs().max() < 1e-6
    supply = planned.candidates.plants.set_index("plant")["supply_m3"]
    given = plan.served.groupby("plant")["m3"].sum()
    assert (given <= supply.reindex(given.index) + 1e-6).all()


def test_money_of_a_plan_is_consistent(planned):
    money, plan = planned.economics, planned.plan
    assert money.unit_cost_yuan_per_m3 == pytest.approx(money.yearly_yuan / plan.volume_m3)
    assert money.tap_yuan_per_m3 == pytest.approx(4.2)
    assert money.price_yuan_per_m3 == pytest.approx(4.2 * 0.7)
    assert money.contractor_yuan + money.user_yuan == pytest.approx(money.saving_yuan)
    assert money.investment_yuan == pytest.approx(sum(line.yuan for line in money.investment_lines))
    assert money.payback_years == pytest.approx(money.investment_yuan / (money.income_yuan - money.running_yuan))
    assert money.yearly_yuan > plan.cost_yuan  # stations and valves beside what the search counts
    assert set(compared(plan, ASSUMED)["cheaper"]) <= {True, False}
    assert shared_saving(100.0, contractor_share=0.7) == pytest.approx((70, 30))
