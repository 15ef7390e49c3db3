"""One rainwater project on the screen: cards, sizes, codes, year and storm, each with two unlike answers by hand."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis.formulas.rain.hyetograph import Relief
from analysis.formulas.rain.record import Record
from analysis.formulas.rain.tank_trace import Trace
from analysis.methods.rainwater.demand import Uses
from analysis.methods.rainwater.detail import Days, Drainage, Months
from analysis.methods.rainwater.projects import Answer, RainProject
from app.rainwater import project as shown
from app.rainwater import sizes
from app.rainwater import store as rain_store
from tests.app.screen import marks_of
from tests.small_district import A, B, small_district
from words import LANGUAGES, text

OWN = RainProject("P1", "甲校屋面", A, "roof", "built", 1_000.0, 500.0, 0.0, 0.0, 50.0, Uses(people=20))
FULL = Answer(
    OWN, 3, yield_m3=120.0, overflow_m3=30.0, inflow_m3=150.0, demand_m3={"toilet": 150.0, "greening": 50.0},
    volumetric_reliability=0.6, time_reliability=0.455, longest_shortage_days=12,
    curve=(np.array([0.0, 25.0, 50.0, 100.0, 400.0]), np.array([0.0, 0.4, 0.6, 0.8, 0.9])),
    sizes={0.7: 75.0, 0.8: 100.0, 0.95: None}, knee_m3=25.0,
    code_tanks={"gb50400": 80.0, "control_rate": 33.3, "gb50596": None}, governs="gb50400",
    reason="rainwater.governs.gb50400", cost_yuan_per_m3=3.456, payback_years=8.7,
)  # fmt: skip
IDLE = replace(
    FULL, project=replace(OWN, status=None, township=B), yield_m3=0.0, overflow_m3=1_150.0, demand_m3={"toilet": 0.0},
    volumetric_reliability=None, time_reliability=None, longest_shortage_days=1_095, sizes={}, code_tanks={},
    governs=None, reason="rainwater.governs.none", cost_yuan_per_m3=None, payback_years=None,
)  # fmt: skip


@pytest.fixture
def mark(opened):
    """The small district under a mark of its own."""
    return opened(small_district(), "rain project")


def scene(mark: str, said: Answer | None, language: str = "zh", **detail: object) -> SimpleNamespace:
    """What the page shows of a project whose answer is given by hand."""
    known = {"local": None, "days": None, "months": None, "storm": None, "saved_yuan_per_m3": 4.5, **detail}
    project = OWN if said is None else said.project
    assumed = {"rain_storm_period_a": 3.0, "rain_storm_minutes": 120.0}
    return SimpleNamespace(
        mark=mark, language=language, project="P1", key=(mark, (), ()), answer=SimpleNamespace(id="0123456789ab"),
        detail=SimpleNamespace(project=project, answer=said, **known), ground=SimpleNamespace(assumed=assumed),
    )  # fmt: skip


def card(language: str, key: str, **facts: object) -> str:
    return text(f"rainwater.page.cards.{key}", language, **facts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cards_of_a_project_that_serves(screen, mark, language):
    shown.project_cards(scene(mark, FULL, language))
    illustrative, day = text("statuses.illustrative", language), text("app.as_of", language, day="2024-12-31")
    years, price = {"zh": ("年", "元/m³"), "en": ("years", "yuan/m³")}[language]
    replaced = card(language, "replaced", share="60.0%", overflow="30 m³")
    assert screen.cards == [
        (card(language, "yield"), "120 m³/a", [replaced, day, illustrative]),
        (card(language, "volume"), "60.0 %", [card(language, "asked", demand="200 m³"), day, illustrative]),
        (card(language, "time"), "45.5 %", [card(language, "of_days"), day, illustrative]),
        (card(language, "shortage"), f"12 {text('rainwater.page.days', language)}", [day, illustrative]),
        (card(language, "cost"), f"3.46 {price}", [day, illustrative]),
        (card(language, "payback"), f"8.7 {years}", [card(language, "against", tap=f"4.50 {price}"), day,
                                                     illustrative]),
    ]  # fmt: skip
    assert screen.notices == []


def test_the_cards_of_a_project_without_demand_know_no_reliability(screen, mark):
    shown.project_cards(scene(mark, IDLE))
    values = [value for _, value, _ in screen.cards]
    assert values == ["0 m³/a", "数据不足", "数据不足", "1,095 天", "数据不足", "数据不足"]
    assert screen.cards[0][2][0] == card("zh", "replaced", share="—", overflow="1,150 m³")
    assert screen.notices == [("missing", text("rainwater.page.no_demand"))]


def test_an_investment_that_never_returns_says_so_without_a_unit(screen, mark):
    shown.project_cards(scene(mark, replace(FULL, payback_years=None), "en"))
    assert screen.cards[5][1] == text("rainwater.page.never", "en")


def test_short_on_every_day_is_said_on_the_card(screen, mark):
    for share, said in ((0.0, True), (0.01, False)):
        screen.wipe()
        shown.project_cards(scene(mark, replace(FULL, time_reliability=share)))
        assert (card("zh", "always_short") in screen.cards[3][2]) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_heading_tells_place_size_status_and_record(screen, mark, language):
    days = pd.date_range("2021-01-01", "2022-12-31").to_numpy().astype("datetime64[D]")
    record = Record(days, np.full(730, 2.0))
    shown.project_heading(scene(mark, FULL, language, local=record))
    facts = {"kind": text("layers.projects.choices.kind.roof", language), "township": "甲镇", "area": "1,500 m²",
             "status": text("layers.projects.choices.status.built", language), "tank": "50 m³"}  # fmt: skip
    assert text("rainwater.page.project_sub", language, **facts) in screen.text
    told = {"first": "2021-01-01", "last": "2022-12-31", "years": 2, "rain": "730 mm"}
    assert ("line", text("rainwater.page.record_line", language, **told)) in screen.notices
    assert ("line", text("app.result_line", language, id="0123456789ab")) in screen.notices


def test_an_unknown_status_is_a_dash_and_the_township_is_the_project_s(screen, mark):
    shown.project_heading(scene(mark, IDLE))
    assert "· — · 乙镇 ·" in screen.text
    assert len(screen.notices) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_sizes_reached_and_out_of_reach_are_told_apart(screen, mark, language):
    shown.size_part(scene(mark, FULL, language))
    one, two = (text("rainwater.page.reached_one", language, share=share, size=size)
                for share, size in (("70%", "75"), ("80%", "100")))  # fmt: skip
    reached = text("rainwater.page.reached_line", language, list=text("app.joint", language).join((one, two)))
    assert screen.notices == [
        ("line", reached),
        ("missing", text("rainwater.page.unattainable", language, targets="95%")),
        ("line", text("rainwater.governs.gb50400", language)),
    ]
    governs = text("rainwater.page.governs", language)
    assert screen.tables["rain_codes"].rows == [
        (text("rainwater.code_tanks.gb50400", language), "80.0", "80", governs),
        (text("rainwater.code_tanks.control_rate", language), "33.3", "34", ""),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_demand_there_is_no_curve_but_the_codes_stand(screen, mark, language):
    shown.size_part(scene(mark, IDLE, language))
    assert screen.charts == []
    assert screen.notices == [("line", text("rainwater.governs.none", language))]


def labels(chart: dict) -> dict[str, float]:
    """What the words on a drawing stand at, by the words."""
    return {row["label"]: row["size"] for layer in marks_of(chart, "text") for row in layer["values"]}


@pytest.mark.parametrize(("language", "words"), [("zh", "本项目 50 m³"), ("en", None)])
def test_the_curve_marks_targets_knee_own_tank_and_code(screen, mark, language, words):
    shown.size_part(scene(mark, FULL, language))
    (chart,) = screen.charts

    def say(key: str, **facts: object) -> str:
        return text(f"rainwater.page.chart.{key}", language, **facts)

    assert labels(chart) == {
        say("reached", share="70%", size="75"): 75.0,
        say("reached", share="80%", size="100"): 100.0,
        say("knee", size="25"): 25.0,
        say("own_tank", size="50"): 50.0,
        say("code_tank", size="80"): 80.0,
    }
    assert words is None or words in labels(chart)
    (line,) = marks_of(chart, "line")
    assert [(row["size"], row["share"]) for row in line["values"]] == [(0, 0), (25, 40), (50, 60), (100, 80)]
    (dots,) = marks_of(chart, "point")
    assert [(row["size"], row["share"]) for row in dots["values"]] == [(75, 70), (100, 80), (25, 40)]
    assert line["encoding"]["y"]["title"] == say("reliability")
    assert line["encoding"]["y"]["scale"]["domain"] == [0, 100]
    assert line["encoding"]["x"]["title"] == say("size")


def days_of_two_years() -> Days:
    """Two years: 365 days of 2 mm, then 365 of 4 mm; short on the first two days of the second."""
    days = pd.date_range("2021-01-01", "2022-12-31").to_numpy().astype("datetime64[D]")
    rain = np.where(np.arange(730) < 365, 2.0, 4.0)
    level, zero = np.arange(730, dtype=float), np.zeros(730)
    short = np.isin(np.arange(730), (365, 366))
    return Days(Record(days, rain), Trace(rain, level, zero, rain / 2, short), zero)


def months() -> Months:
    ones = np.ones(12)
    wanted = np.array([10.0, 20.0, *[30.0] * 10])
    return Months(5 * ones, wanted, np.array([4.0, 20.0, *[12.0] * 10]), 2 * ones)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_year_chosen_is_the_year_drawn(screen, mark, language):
    two = scene(mark, FULL, language, days=days_of_two_years(), months=months())
    shown.year_part(two)
    offered = screen.widgets["rain_year"]
    normal, dry = (text(f"rainwater.years.{name}", language) for name in ("p50", "p25"))
    assert offered.options == (2022, 2021)
    assert text("rainwater.page.year_named", language, year=2021, rain="730", mark=normal) in offered.shown()
    assert text("rainwater.page.year_named", language, year=2022, rain="1,460", mark=dry) in offered.shown()
    assert offered.options[offered.said["index"]] == 2021
    for year, rain, first in ((2021, 2.0, 0.0), (2022, 4.0, 365.0)):
        screen.wipe()
        screen.session["rain_year"] = year
        shown.year_part(two)
        upper, lower, _ = screen.charts
        (bars,), (area,) = marks_of(upper, "bar"), marks_of(lower, "area")
        assert (len(bars["values"]), bars["values"][0]["rain"]) == (365, rain)
        assert bars["values"][0]["day"].startswith(f"{year}-01-01")
        assert (area["values"][0]["stored"], area["values"][0]["spilt"]) == (first, rain / 2)
        assert area["encoding"]["y"]["scale"]["domain"] == [0, 50.0]
        (ticks,) = marks_of(lower, "tick")
        assert [row["day"][:10] for row in ticks["values"]] == ([] if year == 2021 else ["2022-01-01", "2022-01-02"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_months_show_what_was_served_and_what_was_not(screen, mark, language):
    shown.year_part(scene(mark, FULL, language, days=days_of_two_years(), months=months()))
    chart = screen.charts[2]
    (bars,), (lines,) = marks_of(chart, "bar"), marks_of(chart, "line")
    served, short, inflow, spilt = (
        text(f"rainwater.page.chart.{key}", language) for key in ("served", "unserved", "inflow", "overflow")
    )
    volumes = {(row["month"], row["kind"]): row["volume"] for row in (*bars["values"], *lines["values"])}
    first, second = (text(f"rainwater.page.months.{month}", language) for month in ("m1", "m2"))
    assert [volumes[first, kind] for kind in (served, short, inflow, spilt)] == [4.0, 6.0, 5.0, 2.0]
    assert [volumes[second, kind] for kind in (served, short)] == [20.0, 0.0]
    assert len(volumes) == 48
    assert bars["encoding"]["x"]["sort"] == [text(f"rainwater.page.months.m{n}", language) for n in range(1, 13)]
    assert bars["encoding"]["color"]["scale"]["domain"] == [served, short, inflow, spilt]
    assert bars["encoding"]["y"]["title"] == text("rainwater.page.chart.volume", language)


def storm() -> Drainage:
    return Drainage(
        62.5, np.array([10.0, 40.0]), np.array([0.0, 20.0]), np.array([5.0, 30.0]), Relief(40.0, 90.0, 20.0, 60.0),
        Relief(40.0, 90.0, 30.0, 72.0), 12.5,
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_storm_is_told_with_and_without_the_tank(screen, mark, language):
    sizes.storm_part(scene(mark, FULL, language, storm=storm()))
    facts = {"period": "3", "minutes": "120", "depth": "62.5 mm", "free": "12.5 m³"}
    assert screen.notices[0] == ("line", text("rainwater.page.storm_line", language, **facts))
    bare, usual, empty = (text(f"rainwater.page.chart.{key}", language) for key in ("bare", "usual", "empty"))
    assert screen.tables["rain_storm"].rows == [
        (bare, "40.00", "90", "", ""), (usual, "30.00", "72", "25.0", "20.0"), (empty, "20.00", "60", "50.0", "33.3"),
    ]  # fmt: skip
    (chart,) = screen.charts
    (line,) = marks_of(chart, "line")
    flows = {(row["kind"], row["minute"]): row["flow"] for row in line["values"]}
    assert [flows[kind, 2] for kind in (bare, usual, empty)] == [40.0, 30.0, 20.0]
    assert line["encoding"]["color"]["scale"]["domain"] == [bare, usual, empty]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_storm_formula_the_page_says_who_owes_it(screen, mark, language):
    sizes.storm_part(scene(mark, FULL, language))
    assert screen.notices == [
        ("missing", text("rainwater.page.no_storm", language, owners=text("departments.water", language)))
    ]
    assert screen.tables == {}


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (FULL, (50.0, 80.0)),
        (replace(FULL, code_tanks={"gb50400": 83.0}), (50.0, 85.0)),
        (replace(FULL, governs=None), (50.0, 100.0)),
        (replace(FULL, governs=None, project=replace(OWN, tank_m3=2.0)), (2.0, 10.0)),
    ],
)
def test_the_sizes_compared_at_first_are_the_own_and_the_governing_one(screen, mark, monkeypatch, said, asked):
    seen = []

    def sizes_answer(*key, project, tanks_m3):
        seen.append((project, tanks_m3))
        return SimpleNamespace(id="fedcba987654", detail=SimpleNamespace(sizes=()))

    monkeypatch.setattr(rain_store, "sizes_answer", sizes_answer)
    sizes.sizes_part(scene(mark, said))
    screen.session["rain_size_b_P1"] = 7.5
    sizes.sizes_part(scene(mark, said))
    assert seen == [("P1", asked), ("P1", (asked[0], 7.5))]
    assert screen.notices[1] == ("line", text("app.result_line", id="fedcba987654"))


def test_nothing_is_drawn_for_a_project_that_could_not_be_reckoned(screen, mark):
    for part in (shown.project_cards, shown.size_part, shown.year_part):
        part(scene(mark, None))
    assert (screen.bodies, screen.charts, screen.tables) == ([], [], {})
