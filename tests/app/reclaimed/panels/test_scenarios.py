"""Plans of a session side by side, what a search says of itself, and what may be asked, each with two unlike plans."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.methods.reclaimed import METHOD
from analysis.network.answer import SERVED, Alternative
from app import changes, jobs
from app.reclaimed import store as reclaimed_store
from app.reclaimed.panels.controls import wishes
from app.reclaimed.panels.progress import progress, running, sentence
from app.reclaimed.panels.scenarios import TABLE, scenario_words, scenarios
from app.reclaimed.wish import Wish
from tests.app.reclaimed import made
from tests.reclaimed_ground import reclaimed_district
from words import LANGUAGES, text

UNITS = {"zh": ("万m³/a", "元/m³", "万元"), "en": ("10⁴ m³/a", "yuan/m³", "10⁴ yuan")}
RATE, BUDGET = Wish("rate", 0.09, 2e6), Wish("budget", 0.09, 3e6, pinned=("G1", "U1"), forbidden=("W2",))
SMALL = made.solved(
    wish=BUDGET, id_="ffffffffffff", volume_m3=11_200.0, cost_yuan=20_000.0, gap=0.05,
    served=pd.DataFrame([("G1", "W1", 11_200.0, 1.25)], columns=list(SERVED)),
    flows=pd.DataFrame({"length_m": [850.0]}), rate=replace(made.AFTER, reused_after_m3=91_250.0),
    money=replace(made.MONEY, unit_cost_yuan_per_m3=1.8, investment_yuan=400_000.0, yearly_yuan=20_000.0),
)  # fmt: skip


@pytest.fixture
def mark(opened):
    """The district with two plants."""
    return opened(reclaimed_district(), "reclaimed scenarios")


@pytest.fixture
def tried(mark, screen, monkeypatch):
    """A function that gives the scene of a session in which two plans were tried, the large one now."""
    plans = {"rate": made.solved(wish=RATE), "budget": SMALL}

    def wish(mark, changed, choices):
        return BUDGET if dict(choices).get("aim") == "budget" else RATE

    result = SimpleNamespace(detail=SimpleNamespace(plan=SimpleNamespace(objective=1.0)))
    monkeypatch.setattr(reclaimed_store, "wish", wish)
    monkeypatch.setattr(reclaimed_store, "key_of", lambda mark, changed, asked: asked.aim)
    monkeypatch.setattr(reclaimed_store, "solved", lambda mark, changed, asked, answer: plans[asked.aim])
    monkeypatch.setattr(jobs, "desk", SimpleNamespace(peek=lambda key: SimpleNamespace(result=result)))

    def make(language: str = "zh", **told: object) -> SimpleNamespace:
        earlier = (mark, (("reclaimed_subsidy_yuan_per_m3", 1.0),), (("aim", "budget"),))
        screen.session.setdefault("reclaimed_tried", [earlier])
        return made.scene(mark, language, network=made.solved(**told), wish=RATE)

    return make


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plans_tried_stand_newest_first_with_their_own_figures(screen, tried, language):
    scenarios(tried(language))
    first, second = screen.tables[TABLE].rows
    named = scenario_words(RATE, 0, language), scenario_words(BUDGET, 1, language)
    assert first == (named[0], "9.0", "4.12", "9.66", "2.35", "123.45", "3.70", "2", "0.63", "0123456789ab")
    assert second == (named[1], "5.0", "1.12", "2.00", "1.80", "40.00", "0.85", "1", "5.00", "ffffffffffff")
    volume, price, yuan = UNITS[language]
    left, right = {"zh": ("(", ")"), "en": (" (", ")")}[language]
    names = {key: text(f"reclaimed.page.columns.{key}", language) for key in ("rate", "m3", "cost", "unit_cost")}
    units = {"rate": "%", "m3": volume, "cost": yuan, "unit_cost": price}
    assert screen.tables[TABLE].heads[1:5] == [f"{names[key]}{left}{units[key]}{right}" for key in names]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_is_named_by_what_was_asked_for(language):
    yuan = UNITS[language][2]
    rate = text("reclaimed.page.short_rate", language, rate="12.5%")
    budget = text("reclaimed.page.short_budget", language, budget=f"300.00 {yuan}")
    pinned, forbidden, changed = (
        text(f"reclaimed.page.short_{key}", language, count=count)
        for key, count in (("pinned", 2), ("forbidden", 1), ("changed", 3))
    )
    assert scenario_words(Wish("rate", 0.125, 2e6), 0, language) == rate
    assert scenario_words(BUDGET, 3, language) == " · ".join((budget, pinned, forbidden, changed))


def test_one_row_chosen_can_be_opened_and_brings_its_own_changes_back(screen, tried):
    scene = tried()
    screen.session[TABLE] = {"selection": {"rows": [1]}}
    scenarios(scene)
    screen.press("reclaimed_open")
    assert changes.changed(METHOD) == {"reclaimed_subsidy_yuan_per_m3": 1.0}
    assert changes.choices(METHOD) == {"aim": "budget"}
    assert not [key for key in screen.tables if key.startswith("reclaimed_side")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_several_rows_stand_side_by_side_with_the_users_only_one_serves(screen, tried, language):
    scene = tried(language)
    screen.session[TABLE] = {"selection": {"rows": [0, 1]}}
    scenarios(scene)
    volume, price, yuan = UNITS[language]
    sides = {
        "0123456789ab": ("9.0%", f"4.12 {volume}", f"9.66 {yuan}", f"2.35 {price}", f"123.45 {yuan}", "3.7 km"),
        "ffffffffffff": ("5.0%", f"1.12 {volume}", f"2.00 {yuan}", f"1.80 {price}", f"40.00 {yuan}", "0.85 km"),
    }
    for id_, amounts in sides.items():
        assert tuple(screen.tables[f"reclaimed_side_{id_}"].column("amount")[:6]) == amounts
    only = [text("reclaimed.page.only_here", language, count=count, names=names)
            for count, names in ((1, "甲厂房"), (0, text("reclaimed.page.no_one", language)))]  # fmt: skip
    assert [said for kind, said in screen.notices if kind == "line"][:2] == only
    assert "reclaimed_open" not in screen.widgets


def test_a_trial_of_other_data_or_without_a_plan_is_not_listed(screen, tried, monkeypatch):
    screen.session["reclaimed_tried"] = [("older data", (), (("aim", "budget"),))]
    scenarios(tried())
    assert len(screen.tables[TABLE].rows) == 1
    nothing = SimpleNamespace(detail=SimpleNamespace(plan=SimpleNamespace(objective=None)))
    monkeypatch.setattr(jobs, "desk", SimpleNamespace(peek=lambda key: SimpleNamespace(result=nothing)))
    scenarios(tried())
    assert len(screen.tables[TABLE].frame) == 0


def test_the_same_trial_is_remembered_once_and_at_most_ten_are(screen, tried, mark):
    screen.session["reclaimed_tried"] = [(mark, (), (("rate", f"0.{n}"),)) for n in range(10, 25)]
    scenarios(tried())
    scenarios(tried())
    kept = screen.session["reclaimed_tried"]
    assert (len(kept), kept[0], kept[1][2]) == (10, (mark, (), ()), (("rate", "0.10"),))


@pytest.mark.parametrize("language", LANGUAGES)
def test_networks_nearly_as_good_tell_how_much_worse_and_how_different(screen, tried, language):
    near = (Alternative(1.0, 0.012, 98_000.0, 41_500.0, 0.25, ("a",), ("W1",), ("G1", "U1")),
            Alternative(2.0, 0.034, 99_900.0, 43_000.0, 0.4, ("b",), ("W1", "W2"), ("G1",)))  # fmt: skip
    scenarios(tried(language, alternatives=near))
    names = [text("reclaimed.page.alternative", language, number=n) for n in (1, 2)]
    assert screen.tables["reclaimed_alternatives"].rows == [
        (names[0], "4.15", "9.80", "1.2", "25.0", "2", "1"), (names[1], "4.30", "9.99", "3.4", "40.0", "1", "2"),
    ]  # fmt: skip
    assert text("reclaimed.page.alternatives", language, count=2) in screen.folds


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_search_tells_its_phase(language):
    volume, _, yuan = UNITS[language]

    def said(aim: str, **told: object) -> str:
        return sentence(told, aim=aim, elapsed=7.6, language=language)

    def phase(key: str, **facts: object) -> str:
        return text(f"reclaimed.page.phases.{key}", language, **facts)

    assert said("rate", ahead=3) == phase("waiting", seconds="8", ahead=3)
    assert said("rate", phase="routing") == phase("routing", seconds="8")
    assert said("rate", phase="checking") == phase("checking", seconds="8")
    assert said("rate", phase="curve", done=2, count=6) == phase("curve", done=2, count=6)
    assert said("rate", phase="solving") == phase("searching", seconds="8")
    best = said("rate", phase="solving", objective=966_120.0, gap=0.125)
    assert best == phase("best_rate", seconds="8", best=f"96.61 {yuan}", gap="12.5%")
    best = said("budget", phase="solving", objective=412_000.0, gap=float("inf"))
    assert best == phase("best_budget", seconds="8", best=f"41.20 {volume}", gap=phase("no_gap"))


def test_a_running_job_shows_its_share_and_can_be_stopped(screen, monkeypatch):
    stopped = []
    job = SimpleNamespace(over=False, told={"phase": "curve", "done": 3, "count": 6}, elapsed=2.0,
                          stop=lambda: stopped.append(1), stopped=lambda: bool(stopped))  # fmt: skip
    monkeypatch.setattr(jobs, "desk", SimpleNamespace(ahead=lambda job: 0))
    running(job, aim="rate", seconds=10.0, key="stop", language="en")
    assert screen.bodies == [f"{text('reclaimed.page.phases.curve', 'en', done=3, count=6)} [0.50]"]
    screen.press("stop")
    screen.wipe()
    job.told = {"phase": "solving", "seconds": 25.0}
    running(job, aim="rate", seconds=10.0, key="stop", language="en")
    assert screen.bodies[0].endswith("[1.00]")
    assert screen.notices == [("line", text("reclaimed.page.stopping", "en"))]
    assert screen.widgets["stop"].said["disabled"]


@pytest.mark.parametrize(
    ("stopped", "status", "seconds", "offered"),
    [(False, "optimal", 10.0, set()), (True, "cancelled", 10.0, {"reclaimed_again"}),
     (False, "time_limit", 10.0, {"reclaimed_longer"}), (False, "time_limit", 60.0, set())],
)  # fmt: skip
def test_a_search_that_ended_early_can_go_on(screen, mark, stopped, status, seconds, offered):
    job = SimpleNamespace(over=True, stopped=lambda: stopped, key="k")
    wish = replace(RATE, seconds=seconds)
    progress(made.scene(mark, network=made.solved(status=status), job=job, wish=wish))
    assert set(screen.widgets) == offered
    if "reclaimed_longer" in offered:
        screen.press("reclaimed_longer")
        assert changes.choices(METHOD) == {"seconds": "long"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_search_stopped_in_the_queue_is_said_to_be_that(screen, mark, language):
    job = SimpleNamespace(over=True, stopped=lambda: True, key="k")
    progress(made.scene(mark, language, job=job))
    assert screen.notices == [("missing", text("reclaimed.page.stopped_waiting", language))]
    assert set(screen.widgets) == {"reclaimed_again"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rate_asked_for_lies_between_today_s_and_the_most(screen, mark, language):
    wishes(made.scene(mark, language, wish=Wish("rate", 0.09, 2e6), job=object()))
    slider = screen.widgets["reclaimed_rate"]
    assert slider.label == text("reclaimed.page.rate", language, today="4.0%")
    assert slider.said["given"] == (4, 11)  # (73,000 + 136,200) of 1,825,000 m³
    assert screen.session["reclaimed_rate"] == 9
    screen.fill("reclaimed_rate", 7)
    assert changes.choices(METHOD) == {"rate": "0.07"}


def test_a_rate_beyond_what_there_is_stands_at_the_end(screen, mark):
    wishes(made.scene(mark, wish=Wish("rate", 0.5, 2e6), job=object()))
    assert screen.session["reclaimed_rate"] == 11


def test_a_budget_is_written_in_ten_thousands(screen, mark):
    wishes(made.scene(mark, wish=Wish("budget", 0.09, 1_234_500.0), job=object()))
    assert screen.session["reclaimed_budget"] == 123.45
    screen.fill("reclaimed_budget", 20.5)
    assert changes.choices(METHOD) == {"budget": "205000"}
    screen.fill("reclaimed_budget", None)
    assert changes.choices(METHOD) == {"budget": "205000"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_pinned_and_what_is_forbidden_are_told_apart(screen, mark, language):
    wish = replace(RATE, pinned=("G1",), forbidden=("W2", "C9"))
    wishes(made.scene(mark, language, wish=wish, job=object(), network=made.solved()))
    assert (screen.session["reclaimed_pin"], screen.session["reclaimed_forbid"]) == (["G1"], ["W2", "C9"])
    assert text("reclaimed.page.pins", language, count=3) in screen.folds
    offered = dict(zip(screen.widgets["reclaimed_pin"].options, screen.widgets["reclaimed_pin"].shown(), strict=True))
    plant, use = text("reclaimed.page.plant", language), text("layers.reclaimed_users.choices.use.greening", language)
    assert offered["W1"] == text("reclaimed.page.option", language, name="甲厂", kind=plant, id="W1")
    assert offered["G1"] == text("reclaimed.page.option", language, name="甲园", kind=use, id="G1")
    assert offered["C1"] == text("reclaimed.page.corridor", language, id="C1")
    assert "C2" not in offered
    screen.fill("reclaimed_pin", ["U1"])
    assert {key: json.loads(said) for key, said in changes.choices(METHOD).items()} == {"pin": ["U1"]}


def test_another_aim_is_a_choice_and_the_usual_one_is_none(screen, mark):
    wishes(made.scene(mark, job=object()))
    screen.fill("reclaimed_aim", "budget")
    assert changes.choices(METHOD) == {"aim": "budget"}
    screen.fill("reclaimed_aim", "rate")
    assert changes.choices(METHOD) == {}
