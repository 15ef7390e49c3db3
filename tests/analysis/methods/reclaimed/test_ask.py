"""Reclaimed water asked: what decides an id, what a search ended early is called, and figures by hand."""

from __future__ import annotations

import dataclasses
import math
from datetime import date

import pandas as pd
import pytest

from analysis import asking
from analysis.asking import Asked, ask, question
from analysis.finding import Finding
from analysis.methods import reclaimed as method
from analysis.methods.reclaimed import district_plan as planning
from analysis.methods.reclaimed.economics import reuse_rate
from analysis.methods.reclaimed.wanted import read_wish, wish
from analysis.network.answer import NetworkPlan
from analysis.question import Answer
from layers.district import District
from tests.reclaimed_ground import reclaimed_district
from tests.small_district import A, B, D
from words.errors import AtlasError

DAY = date(2024, 12, 31)
YEAR = 365.25  # days of the twelve months together


def asked(*, assumptions: dict[str, float] | None = None, subject: object = None, **wanted: object) -> Asked:
    told = wish(time_limit_s=10.0, **wanted) if wanted else {}
    return Asked(on=DAY, assumptions=assumptions or {}, subject=subject, wish=told)


@pytest.fixture(scope="module")
def district() -> District:
    return reclaimed_district()


@pytest.fixture(scope="module")
def planned(district) -> Answer:
    return ask("reclaimed", district, asked(target_rate=0.05))


def _by(answer: Answer) -> dict[tuple[str, str], Finding]:
    return {(one.indicator.id.removeprefix("reclaimed_"), one.subject): one for one in answer.findings}


def _stopped(plan: NetworkPlan, **changed: object) -> NetworkPlan:
    return dataclasses.replace(plan, status="time_limit", **changed)


# --- figures of what needs no search ---------------------------------------------------------------------------------


def test_supply_and_rate_of_each_plant_and_of_both(district):
    said = _by(ask("reclaimed", district, asked()))
    first, second = (2_000 * 0.9 - 200) * YEAR, 3_000 * 0.9 * YEAR
    assert said["supply_m3", "W1"].value == pytest.approx(first)
    assert said["supply_m3", "W2"].value == pytest.approx(second)
    assert said["supply_m3", district.settings.code].value == pytest.approx(first + second)
    assert said["rate", "W1"].value == pytest.approx(0.1)
    assert said["rate", "W2"].value == 0
    assert said["rate", district.settings.code].value == pytest.approx(200 / 5_000)


def test_a_plant_without_treated_volume_makes_the_sum_a_lower_bound_and_the_rate_unknown():
    lacking = reclaimed_district(w2_treated=None)
    said, code = _by(ask("reclaimed", lacking, asked())), lacking.settings.code
    total, rate = said["supply_m3", code], said["rate", code]
    assert (total.value, total.high, total.facts["missing"]) == (None, None, 1)
    assert total.low == pytest.approx((2_000 * 0.9 - 200) * YEAR)
    assert (rate.value, rate.facts["missing"]) == (None, 1)
    assert said["supply_m3", "W2"].value is said["rate", "W2"].value is None
    assert said["supply_m3", "W2"].needs == ("wastewater_plants",)
    assert said["rate", "W1"].value == pytest.approx(0.1)
    assert ask("reclaimed", lacking, asked()).detail.unknown_plants == 1


def test_a_plant_without_effluent_is_not_said_to_suit_nothing():
    said = _by(ask("reclaimed", reclaimed_district(w2_class=None), asked()))
    known, unknown = said["fit_uses", "W1"], said["fit_uses", "W2"]
    uses = len(known.facts)
    assert uses == 2  # greening and process
    assert unknown.value is None
    assert (unknown.low, unknown.high) == (0, uses)
    assert set(unknown.facts.values()) == {"unknown"}
    assert known.facts != unknown.facts


def test_demand_of_townships_is_at_least_what_known_layers_say(district):
    said = _by(ask("reclaimed", district, asked()))
    in_a, in_b = said["demand_m3", A], said["demand_m3", B]
    assert in_a.low == pytest.approx(100_000 * 0.3 + 40_000 * 0.28)
    assert in_b.low == pytest.approx(1_200_000 * 0.3)
    assert said["demand_m3", D].low == 0
    assert said["demand_m3", district.settings.code].low == pytest.approx(in_a.low + in_b.low)
    assert in_a.value is None  # car washes, scenic areas … are not known here
    assert "car_wash_sites" in in_a.needs
    assert in_a.facts == pytest.approx({"process": 30_000, "greening": 11_200})


def test_a_bare_district_knows_nothing(district):
    bare = dataclasses.replace(district, frames={"townships": district.frames["townships"]}, tables={})
    findings = ask("reclaimed", bare, asked()).findings
    assert findings
    assert all(one.value is None and one.low is None and one.needs for one in findings)


def test_indicators_name_what_they_speak_of():
    kinds = {one.id: one.subject for one in method.INDICATORS}
    assert kinds == {
        "reclaimed_supply_m3": "plant", "reclaimed_rate": "plant", "reclaimed_fit_uses": "plant",
        "reclaimed_demand_m3": "township",
    }  # fmt: skip
    assert "reclaimed_demand_m3" in {one.id for one in asking.indicators(subject="township")}


# --- what decides the id ---------------------------------------------------------------------------------------------


def test_findings_and_detail_bear_the_id_of_the_answer(district):
    found = ask("reclaimed", district, asked())
    assert found.id == question("reclaimed", district, asked()).id
    assert {one.result_id for one in found.findings} == {found.id}


def test_a_search_that_ended_by_itself_has_the_id_of_its_question(district, planned):
    assert planned.detail.plan.status == "optimal"
    assert planned.id == question("reclaimed", district, asked(target_rate=0.05)).id


def test_searches_ended_by_the_clock_have_the_ids_of_what_they_found(district, planned, monkeypatch):
    """3 s without a network and 40 s with one: two answers, two ids; the same network again, the first id again."""
    whole = planned.detail.plan
    nothing = _stopped(
        whole, objective=None, gap=None, served=whole.served.iloc[:0], flows=whole.flows.iloc[:0], diameters={},
        volume_m3=0.0, cost_yuan=0.0, cost_lines=whole.cost_lines.iloc[:0], alternatives=(),
    )  # fmt: skip
    found = {}
    for name, plan in {
        "nothing": nothing, "whole": _stopped(whole), "again": _stopped(whole, seconds=77.0),
        "by hand": dataclasses.replace(whole, status="cancelled"), "looser": _stopped(whole, gap=0.3),
    }.items():  # fmt: skip
        monkeypatch.setattr(planning, "plan_network", lambda *_, plan=plan, **__: plan)
        found[name] = ask("reclaimed", district, asked(target_rate=0.05)).id
    assert found["whole"] == found["again"]
    assert len({found[name] for name in ("nothing", "whole", "by hand", "looser")} | {planned.id}) == 5


@pytest.mark.parametrize(
    "other",
    [
        {"target_rate": 0.06}, {"budget_yuan": 1e5}, {"target_rate": 0.05, "pin": ["G1"]},
        {"target_rate": 0.05, "forbid": ["G1"]}, {"target_rate": 0.05, "gap": 0.02},
        {"target_rate": 0.05, "alternatives": 0}, {"target_rate": 0.05, "budget_yuan": 1e5},
    ],
)  # fmt: skip
def test_another_wish_is_another_question(district, other):
    before = question("reclaimed", district, asked(target_rate=0.05)).id
    assert question("reclaimed", district, asked(**other)).id != before


def test_a_time_limit_is_part_of_the_wish_and_the_order_of_pins_is_not(district):
    ids = {
        question("reclaimed", district, Asked(on=DAY, wish=wish(target_rate=0.05, time_limit_s=limit))).id
        for limit in (10.0, 40.0)
    }
    assert len(ids) == 2
    assert wish(pin=["b", "a", "a"], forbid=["d", "c"]) == wish(pin=["a", "b"], forbid=["c", "d"])


def test_users_by_hand_decide_by_content(district):
    user = {"id": "H", "name": None, "township": A, "use": "process", "x": 485_000.0, "y": 3_254_000.0,
            "area_m2": None, "m3_per_year": 50_000.0, "peak_m3_per_day": None}  # fmt: skip
    lawn = {**user, "id": "L", "use": "greening", "area_m2": 1_000.0, "m3_per_year": None, "peak_m3_per_day": 7.0}
    found = ask("reclaimed", district, asked(subject={"users": [user, lawn]}))
    places = found.detail.places.set_index("user")
    assert places["annual_m3"].to_dict() == pytest.approx({"H": 50_000, "L": 280})
    assert places["peak_day_m3"].to_dict() == pytest.approx({"H": 50_000 / 365 * 1.3 * 1.1 * 1.1, "L": 7})
    assert _by(found)["demand_m3", A].value == pytest.approx(50_280)  # all there is to know about users by hand
    fewer = question("reclaimed", district, asked(subject={"users": [user]})).id
    assert len({found.id, fewer, question("reclaimed", district, asked()).id}) == 3


def test_a_changed_default_changes_the_id(district, monkeypatch):
    before = question("reclaimed", district, asked()).id
    other = tuple(
        dataclasses.replace(one, default=0.8) if one.id == "reclaimed_usable_share" else one
        for one in method.ASSUMPTIONS
    )
    monkeypatch.setattr(method, "ASSUMPTIONS", other)
    assert question("reclaimed", district, asked()).id != before
    said = _by(ask("reclaimed", district, asked()))
    assert said["supply_m3", "W2"].value == pytest.approx(3_000 * 0.8 * YEAR)


@pytest.mark.parametrize("wrong", [{"target_rate": -0.1}, {"target_rate": 1.1}])
def test_a_rate_beyond_nought_and_one_is_refused(district, wrong):
    with pytest.raises(AtlasError, match="rate_wrong"):
        ask("reclaimed", district, asked(**wrong))


def test_a_rate_of_unknown_volumes_and_an_unknown_word_are_refused(district):
    frame = district.frames["wastewater_plants"].assign(treated_m3_per_day=math.nan)
    unknown = dataclasses.replace(district, frames={**district.frames, "wastewater_plants": frame})
    with pytest.raises(AtlasError, match="no_rate"):
        ask("reclaimed", unknown, asked(target_rate=0.1))
    with pytest.raises(AtlasError, match="unknown_choice"):
        read_wish({"luck": 1})


# --- prices: one network, one id -------------------------------------------------------------------------------------


def test_a_page_that_prices_a_known_network_and_a_command_that_searches_share_an_id(district, planned, monkeypatch):
    """The page has the network found at usual prices; the command asks at once. Same price, same id, same money."""
    told = asked(target_rate=0.05, assumptions={"tap_yuan_per_m3": 4.5, "reclaimed_price_share": 0.5})
    command = ask("reclaimed", district, told)
    monkeypatch.setattr(planning, "plan_network", None)  # a page may not search again
    page = ask("reclaimed", district, told, made=(planned,))
    assert page.id == command.id != planned.id
    assert page.detail.economics == command.detail.economics
    assert page.detail.plan is planned.detail.plan
    assert page.detail.economics.price_yuan_per_m3 == pytest.approx(
        planned.detail.economics.price_yuan_per_m3 / 0.7 * 0.5 + (4.5 - 3.2) * 0.5
    )


def test_prices_decide_the_network_where_benefit_is_wanted(district):
    cheap, dear = (
        ask("reclaimed", district, asked(gap=0.01, assumptions={"tap_yuan_per_m3": price})).detail.plan
        for price in (2.0, 7.0)
    )
    assert cheap.aim == dear.aim == "net"
    assert (cheap.volume_m3, dear.volume_m3) == pytest.approx((0, 390_000))  # 3 and 8 yuan against 4.3 and 5.3


def test_another_number_than_a_price_is_searched_anew(district, planned):
    told = asked(target_rate=0.05, assumptions={"reclaimed_pipe_dn100_yuan_per_m": 800.0})
    dearer = ask("reclaimed", district, told, made=(planned,))
    assert dearer.detail.plan.cost_yuan > planned.detail.plan.cost_yuan
    assert dearer.id != planned.id


def test_candidates_had_before_are_taken_over(district, planned, monkeypatch):
    known = ask("reclaimed", district, Asked(on=DAY, wish=method.CANDIDATES))
    monkeypatch.setattr(method, "candidates", None)
    again = ask("reclaimed", district, asked(target_rate=0.05), made=(known,))
    assert again.detail.candidates is known.detail
    assert again.id == planned.id
    assert again.detail.plan.cost_yuan == planned.detail.plan.cost_yuan


def test_progress_names_what_is_done_and_a_person_may_stop(district):
    heard: list[str] = []
    ask("reclaimed", district, asked(target_rate=0.05), progress=lambda told: heard.append(str(told["phase"])))
    assert heard[0] == "routing"
    assert heard[-1] == "checking"
    stopped = ask("reclaimed", district, asked(target_rate=0.05), cancelled=lambda: True)
    assert stopped.detail.plan.status == "cancelled"
    assert stopped.detail.plan.objective is None
    assert stopped.id != question("reclaimed", district, asked(target_rate=0.05)).id


def test_a_wish_that_nothing_can_meet_has_the_id_of_its_question(district):
    found = ask("reclaimed", district, asked(target_rate=0.9))
    assert [one.kind for one in found.detail.plan.wishes] == ["target"]
    assert found.id == question("reclaimed", district, asked(target_rate=0.9)).id


# --- money and rates by hand -----------------------------------------------------------------------------------------


def test_rate_before_and_after_of_two_plants():
    plants = pd.DataFrame({"treated_m3": [1_000.0, 3_000.0], "reused_m3": [100.0, 300.0]})
    rate = reuse_rate(plants, more_m3=600.0)
    assert (rate.treated_m3, rate.reused_before_m3, rate.reused_after_m3) == (4_000, 400, 1_000)
    assert (rate.before_share, rate.after_share) == (0.1, 0.25)
    assert reuse_rate(plants.iloc[:0], more_m3=0.0).before_share is None


def test_a_target_counts_what_is_reused_already(planned):
    treated, reused = 5_000 * YEAR, 200 * YEAR
    assert planned.detail.target_m3 == pytest.approx(0.05 * treated - reused)
    assert planned.detail.plan.volume_m3 >= planned.detail.target_m3
    assert planned.detail.rate.after_share == pytest.approx((reused + planned.detail.plan.volume_m3) / treated)


def test_the_months_of_a_plan_add_up_to_what_it_delivers(planned):
    made = planned.detail
    assert made.months["delivered_m3"].sum() == pytest.approx(made.economics.discharge_avoided_m3)
    assert made.months["wanted_m3"].sum() == pytest.approx(made.plan.volume_m3)
    assert made.rate.reused_after_m3 == pytest.approx(200 * YEAR + made.months["delivered_m3"].sum())


@pytest.mark.parametrize("budget", [1.5e5, 4e5])
def test_a_budget_holds_for_stations_and_valves_too(district, budget):
    made = ask("reclaimed", district, asked(budget_yuan=budget)).detail
    assert made.economics.yearly_yuan <= budget + 1.0
    assert made.economics.yearly_yuan >= made.plan.cost_yuan


def test_a_budget_that_serves_nobody_names_the_least_that_does(district):
    found = ask("reclaimed", district, asked(budget_yuan=100.0)).detail.plan
    (one,) = found.wishes
    assert (one.kind, one.reason, one.asked) == ("budget", "less_than_needed", 100.0)
    assert one.attainable is not None
    assert one.attainable > 1_000.0
    helped = ask("reclaimed", district, asked(budget_yuan=one.attainable * 3)).detail.plan
    assert helped.volume_m3 > 0
