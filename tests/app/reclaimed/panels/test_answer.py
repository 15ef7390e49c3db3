"""The answer beside the map: rate, water, price and money of two plans by hand, its proof, and what is still sought."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.methods.reclaimed.economics import Rate
from analysis.network.answer import SERVED, Wish
from app.reclaimed.names import warning_line
from app.reclaimed.panels.answer import answer, heading_line, proof
from app.reclaimed.wish import Wish as Asked
from tests.app.reclaimed import made
from tests.reclaimed_ground import reclaimed_district
from words import LANGUAGES, text

UNITS = {"zh": ("万m³/a", "元/m³", "万元"), "en": ("10⁴ m³/a", "yuan/m³", "10⁴ yuan")}
RUNNING = SimpleNamespace(over=False)


@pytest.fixture
def mark(opened):
    """The district with two plants; a target of 35 % is set for 2025."""
    return opened(reclaimed_district(), "reclaimed answer")


def card(language: str, key: str, **facts: object) -> str:
    return text(f"reclaimed.page.cards.{key}", language, **facts)


def marks(language: str) -> list[str]:
    return [text("app.as_of", language, day="2024-12-31"), text("statuses.illustrative", language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cards_of_a_plan(screen, mark, language):
    answer(made.scene(mark, language, network=made.solved()))
    volume, price, yuan = UNITS[language]
    rate, water, cost, money = screen.cards
    assert rate == (card(language, "rate"), "9.0 %", [
        card(language, "before", rate="4.0%"), card(language, "treated", volume=f"182.50 {volume}"),
        card(language, "target", year="2025", rate="35.0%"),
    ])  # fmt: skip
    served = card(language, "served", users=2, plants=2)
    assert water[:2] == (card(language, "volume"), f"4.12 {volume}")
    assert water[2] == [served, card(language, "avoided", tonnes="4.12"), *marks(language)]
    against, cheaper = card(language, "against", tap=f"4.50 {price}"), card(language, "cheaper")
    assert cost == (card(language, "price"), f"2.35 {price}", [against, cheaper, *marks(language)])
    yearly, years = card(language, "yearly", cost=f"9.66 {yuan}"), card(language, "payback", years="12.5")
    assert money == (card(language, "money"), f"123.45 {yuan}", [yearly, years, *marks(language)])


def test_a_dear_plan_that_never_pays_says_so(screen, mark):
    dear = replace(made.MONEY, unit_cost_yuan_per_m3=4.51, payback_years=None)
    answer(made.scene(mark, network=made.solved(money=dear)))
    cost, money = screen.cards[2:]
    assert (cost[1], cost[2][1]) == ("4.51 元/m³", card("zh", "dearer"))
    assert money[2][1] == card("zh", "never")


def test_a_plan_short_in_a_month_counts_what_is_delivered_and_tells_what_is_wanted(screen, mark):
    answer(made.scene(mark, network=made.solved(money=replace(made.MONEY, discharge_avoided_m3=40_000.0))))
    water = screen.cards[1]
    assert water[:2] == (card("zh", "volume"), "4.00 万m³/a")
    assert water[2][0] == card("zh", "wanted", volume="4.12 万m³/a")


def test_the_same_price_as_the_tap_is_not_dearer(screen, mark):
    answer(made.scene(mark, network=made.solved(money=replace(made.MONEY, unit_cost_yuan_per_m3=4.5))))
    assert screen.cards[2][2][1] == card("zh", "cheaper")


def test_a_plan_that_serves_nobody_has_no_unit_cost(screen, mark):
    nobody = made.solved(
        money=replace(made.MONEY, unit_cost_yuan_per_m3=None, discharge_avoided_m3=0.0), volume_m3=0.0,
        served=pd.DataFrame(columns=list(SERVED)),
    )  # fmt: skip
    answer(made.scene(mark, "en", network=nobody))
    assert screen.cards[2] == (card("en", "price"), "—", [card("en", "no_volume")])
    assert screen.cards[1][2][0] == card("en", "served", users=0, plants=0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_there_is_a_plan_the_cards_tell_of_today(screen, mark, language):
    answer(made.scene(mark, language, job=RUNNING))
    volume = UNITS[language][0]
    rate, supply, price, money = screen.cards
    assert rate[:2] == (card(language, "rate_today"), "4.0 %")
    assert card(language, "before", rate="4.0%") not in rate[2]
    assert supply == (card(language, "supply"), f"136.95 {volume}",
                      [card(language, "demand", volume=f"13.62 {volume}"), *marks(language)])  # fmt: skip
    pending = text("reclaimed.page.pending", language)
    assert (price[1], money[1]) == (pending, pending)


def test_where_nothing_is_sought_price_and_money_are_missing(screen, mark):
    answer(made.scene(mark))
    assert [value for _, value, _ in screen.cards[2:]] == ["数据不足", "数据不足"]


@pytest.mark.parametrize(("unknown", "said"), [(0, False), (2, True)])
def test_plants_of_unknown_volume_stand_on_both_cards(screen, mark, unknown, said):
    answer(
        made.scene(mark, known=made.ground(rate=replace(made.TODAY, unknown_plants=unknown), unknown_plants=unknown))
    )
    rate, supply = screen.cards[:2]
    assert (card("zh", "known_only", known=2, count=unknown) in rate[2]) == said
    assert (card("zh", "at_least", count=unknown) in supply[2]) == said


def test_without_treated_volumes_there_is_no_rate_and_without_plants_no_supply(screen, mark):
    none = made.ground(rate=Rate(0.0, 0.0, 0.0), plants=made.PLANTS.iloc[:0])
    answer(made.scene(mark, known=none))
    assert screen.cards[0] == (card("zh", "rate"), "数据不足", [card("zh", "rate_unknown")])
    assert screen.cards[1][1] == "数据不足"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_heading_says_what_is_asked(screen, mark, language):
    heading_line(made.scene(mark, language, wish=Asked("rate", 0.125, 3e6)))
    heading_line(made.scene(mark, language, wish=Asked("budget", 0.125, 3_250_000.0)))
    rate, budget = screen.text.strip().split("\n")
    assert text("reclaimed.page.for_rate", language, rate="12.5%") in rate
    assert text("reclaimed.page.for_budget", language, budget=f"325.00 {UNITS[language][2]}") in budget


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("status", "gap", "written"), [("optimal", 0.0063, "0.63%"), ("time_limit", 0.25, "25.0%")])
def test_the_proof_says_how_near_the_best_it_is_and_how_long_it_took(screen, mark, language, status, gap, written):
    proof(made.scene(mark, language, network=made.solved(status=status, gap=gap, seconds=9.6, id_="feedfeedfeed")))
    words = text(f"reclaimed.paper.statuses.{status}", language)
    words = text("reclaimed.paper.proof", language, status=words, gap=written)
    version = reclaimed_district().version
    assert screen.notices == [
        ("line", text("reclaimed.page.proof", language, proof=words, seconds="10")),
        ("line", text("reclaimed.paper.marks", language, version=version, result="feedfeedfeed")),
        ("purple", warning_line(language)),
    ]


def test_a_plan_without_a_known_gap_claims_none(screen, mark):
    proof(made.scene(mark, network=made.solved(status="cancelled", gap=None)))
    words = text("reclaimed.paper.statuses.cancelled")
    assert screen.notices[0] == ("line", text("reclaimed.page.proof", proof=words, seconds="3"))


def test_wishes_that_cannot_be_met_are_each_told(screen, mark):
    wishes = (
        Wish("target", None, "more_than_attainable", 90_000.0, 41_200.0, 41_200.0),
        Wish("pinned", "G1", "no_way"),
    )
    proof(made.scene(mark, network=made.solved(wishes=wishes, objective=None, status="infeasible")))
    first = text("reclaimed.paper.wish", wish=text("reclaimed.wishes.target"),
                 reason=text("reclaimed.wishes.more_than_attainable"))  # fmt: skip
    most = text("reclaimed.paper.wish_most", asked="90,000 m³", attainable="41,200 m³")
    assert screen.notices[0] == ("wrong", first + most)
    assert "G1" in screen.notices[1][1]
    assert len(screen.notices) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_found_in_time_is_not_called_impossible(screen, mark, language):
    proof(made.scene(mark, language, network=made.solved(objective=None, status="time_limit")))
    assert screen.notices[0] == ("missing", text("reclaimed.paper.nothing.time_limit", language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_warning_about_drinking_always_stands(screen, mark, language):
    proof(made.scene(mark, language))
    ((kind, said),) = screen.notices
    assert kind == "purple"
    words = [text(f"reclaimed.pipe_words.{key}", language) for key in ("purple", "not_potable", "no_cross")]
    assert said == " · ".join(words)
