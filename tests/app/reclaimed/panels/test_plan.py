"""Below the map: who is served at what price, the pipes, who is left out and why, and the money, by hand."""

from __future__ import annotations

import base64
from types import SimpleNamespace

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString

from analysis.network.answer import LEFT_OUT, SERVED
from app.reclaimed import store as reclaimed_store
from app.reclaimed.panels import plan as shown
from app.reclaimed.panels.controls import controls
from app.reclaimed.panels.money import curve_part, money_part
from app.reclaimed.store import CurvePoint
from app.state import Selection, selection
from tests.app.reclaimed import made
from tests.app.screen import marks_of
from tests.reclaimed_ground import reclaimed_district
from tests.small_district import METRIC
from words import LANGUAGES, text

VOLUME = {"zh": "万m³/a", "en": "10⁴ m³/a"}
PIPES = gpd.GeoDataFrame(
    {
        "id": ["T1", "T2"], "from_node": ["W1", "J1"], "to_node": ["J1", "G1"], "dn": [200, 150],
        "length_m": [1_500.0, 400.0], "lift_m": [12.0, -3.5], "m3_per_year": [41_200.0, 11_200.0],
        "peak_m3_per_s": [0.00525, 0.0021], "velocity_m_per_s": [0.85, 1.2], "pump_head_m": [30.0, None],
        "class_mpa": [1.0, 1.6], "capital_yuan": [1_050_000.0, 184_500.0],
    },
    geometry=[LineString([(484_000, 3_254_000), (485_500, 3_254_000)]),
              LineString([(485_500, 3_254_000), (485_500, 3_254_400)])],
    crs=METRIC,
)  # fmt: skip


@pytest.fixture
def mark(opened):
    """The district with two plants."""
    return opened(reclaimed_district(), "reclaimed plan")


@pytest.fixture
def paper(monkeypatch):
    """A function that makes the paper of the plan."""

    def make(*, pipes: gpd.GeoDataFrame = PIPES, check: object = None) -> None:
        made_ = SimpleNamespace(pipes=pipes, check=check, district=reclaimed_district())
        monkeypatch.setattr(reclaimed_store, "paper", lambda mark, solved, language: made_)
        monkeypatch.setattr(shown, "way_to", lambda built, candidates, pipe, *, crs: None)

    return make


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_users_served_stand_by_volume_with_their_price_against_the_tap(screen, mark, language):
    tap = reclaimed_store.assumed(())
    shown.served_part(made.scene(mark, language, network=made.solved()))
    usual = tap["tap_yuan_per_m3"] + tap["sewage_yuan_per_m3"]
    process, greening = (text(f"layers.reclaimed_users.choices.use.{use}", language) for use in ("process", "greening"))
    assert screen.tables["reclaimed_served"].rows == [
        ("甲厂房", process, "W2", "3.00", "5.00", f"{5.0 - usual:.2f}"),
        ("甲园", greening, "甲厂", "1.12", "1.25", f"{1.25 - usual:.2f}"),
    ]
    price = {"zh": "(元/m³)", "en": " (yuan/m³)"}[language]
    assert screen.tables["reclaimed_served"].heads[4].endswith(price)
    assert text("reclaimed.page.parts.served", language, count=2) in screen.folds
    assert ("line", text("reclaimed.page.served_note", language)) in screen.notices


def test_a_changed_tap_price_changes_the_difference(screen, mark):
    scene = made.scene(mark, network=made.solved())
    scene.changed = (("tap_yuan_per_m3", 3.0), ("sewage_yuan_per_m3", 1.0))
    shown.served_part(scene)
    assert screen.tables["reclaimed_served"].column("difference") == ["1.00", "-2.75"]


def test_the_drawing_shows_each_plant_s_water_to_each_use(screen, mark):
    shown.served_part(made.scene(mark, network=made.solved()))
    svg = base64.b64decode(screen.html.split("base64,")[1].split('"')[0]).decode()
    assert svg.count("<path") == 2
    for said in ("甲厂", "W2", "城市绿化", "工业工艺", "1.12 万m³/a", "3.00 万m³/a"):
        assert f">{said}</text>" in svg


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_for_nobody_says_so(screen, mark, language):
    shown.served_part(made.scene(mark, language, network=made.solved(served=pd.DataFrame(columns=list(SERVED)))))
    assert screen.notices == [("empty", text("reclaimed.page.none_served", language))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_left_out_is_told_why_and_what_would_help(screen, mark, language):
    shown.left_out_part(made.scene(mark, language, network=made.solved()))
    process, road = (text(f"layers.reclaimed_users.choices.use.{use}", language) for use in ("process", "road"))
    yuan = {"zh": "万元", "en": "10⁴ yuan"}[language]
    helped = [
        text("reclaimed.page.condition_more", language, condition=text(f"reclaimed.conditions.{key}", language),
             more=more)
        for key, more in (("lower_cost", f"13.50 {yuan}"), ("more_supply", f"0.40 {VOLUME[language]}"))
    ]  # fmt: skip
    point = text("reclaimed.paper.filling_point", language, township="乙镇")
    dearer, no_water = (text(f"reclaimed.reasons.{reason}", language) for reason in ("dearer", "no_water"))
    assert screen.tables["reclaimed_left_out"].rows == [
        ("乙厂房", process, "9.00", dearer, helped[0], "6.50", "5.00"),
        (point, road, "0.50", no_water, helped[1], "", ""),
    ]
    assert text("reclaimed.page.parts.left_out", language, count=2) in screen.text


@pytest.mark.parametrize(
    ("condition", "more"),
    [("more_supply", "13.50 万m³/a"), ("bigger_pipes", "13.50 万m³/a"), ("higher_target", "13.50 万m³/a"),
     ("lower_cost", "13.50 万元"), ("more_budget", "13.50 万元")],
)  # fmt: skip
def test_more_water_and_more_money_are_told_in_their_own_units(screen, mark, condition, more):
    left = pd.DataFrame([("G1", 1.0, "no_water", condition, None, None, 135_000.0)], columns=list(LEFT_OUT))
    shown.left_out_part(made.scene(mark, network=made.solved(left_out=left)))
    said = text("reclaimed.page.condition_more", condition=text(f"reclaimed.conditions.{condition}"), more=more)
    assert screen.tables["reclaimed_left_out"].column("condition") == [said]


def test_a_condition_without_an_amount_names_none(screen, mark):
    rows = [
        ("G1", 1.0, "forbidden", "allow", None, None, 7.0),
        ("U1", 1.0, "no_water", "more_supply", None, None, None),
    ]
    shown.left_out_part(made.scene(mark, network=made.solved(left_out=pd.DataFrame(rows, columns=list(LEFT_OUT)))))
    conditions = [text(f"reclaimed.conditions.{key}") for key in ("allow", "more_supply")]
    assert screen.tables["reclaimed_left_out"].column("condition") == conditions


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_served_is_said(screen, mark, language):
    shown.left_out_part(made.scene(mark, language, network=made.solved(left_out=pd.DataFrame(columns=list(LEFT_OUT)))))
    assert screen.notices == [("empty", text("reclaimed.page.all_served", language))]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("asked", "pipe"), [(None, "T1"), ("T2", "T2"), ("gone", "T1")])
def test_the_pipe_asked_for_is_told_else_the_one_that_moves_most(screen, mark, paper, language, asked, pipe):
    paper()
    shown.pipe_part(made.scene(mark, language, network=made.solved(), pipe=asked))
    assert screen.session["reclaimed_pipe"] == pipe
    told = {
        "T1": {"length_m": "1,500 m", "lift_m": "12 m", "m3_per_year": f"4.12 {VOLUME[language]}",
               "peak_m3_per_s": "5.25 L/s", "velocity_m_per_s": "0.85 m/s", "pump_head_m": "30 m",
               "class_mpa": "1.00 MPa"},
        "T2": {"length_m": "400 m", "lift_m": "-3.5 m", "m3_per_year": f"1.12 {VOLUME[language]}",
               "peak_m3_per_s": "2.10 L/s", "velocity_m_per_s": "1.20 m/s", "class_mpa": "1.60 MPa"},
    }[pipe]  # fmt: skip
    told["capital_yuan"] = {"T1": "105.00", "T2": "18.45"}[pipe] + {"zh": " 万元", "en": " 10⁴ yuan"}[language]
    said = [
        text("reclaimed.paper.line", language, label=text(f"layers.network_pipes.fields.{name}", language), value=value)
        for name, value in told.items()
    ]
    dn = {"T1": "DN200", "T2": "DN150"}[pipe]
    assert screen.notices == [("line", " · ".join([dn, *said]))]


def test_pipes_are_offered_with_size_length_and_flow_and_a_choice_is_kept_in_the_address(screen, mark, paper):
    paper()
    shown.pipe_part(made.scene(mark, network=made.solved()))
    offered = screen.widgets["reclaimed_pipe"]
    assert offered.shown() == [
        text("reclaimed.page.pipe_label", dn=200, length="1.5 km", flow="4.12 万m³/a", id="T1"),
        text("reclaimed.page.pipe_label", dn=150, length="0.4 km", flow="1.12 万m³/a", id="T2"),
    ]
    screen.fill("reclaimed_pipe", "T2")
    assert (screen.query, selection().query()) == ({"pipe": "T2"}, {"pipe": "T2"})


def test_every_pipe_stands_in_the_table_with_the_names_of_its_ends(screen, mark, paper):
    paper()
    shown.pipe_part(made.scene(mark, network=made.solved()))
    assert screen.tables[shown.PIPES].rows == [
        ("T1", "甲厂", "J1", "200", "1,500", "12.0", "4.12", "0.85", "30", "1.00", "105.00"),
        ("T2", "J1", "甲园", "150", "400", "-3.5", "1.12", "1.20", "", "1.60", "18.45"),
    ]
    assert text("reclaimed.page.parts.pipe_table", count=2) in screen.folds


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_without_pipes_says_so(screen, mark, paper, language):
    paper(pipes=PIPES.iloc[:0])
    shown.pipe_part(made.scene(mark, language, network=made.solved()))
    assert screen.notices == [("empty", text("reclaimed.paper.check_empty", language))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_money_is_told_line_by_line(screen, mark, language):
    money_part(made.scene(mark, language, network=made.solved()))
    price, yuan, years = {"zh": ("元/m³", "万元", "年"), "en": ("yuan/m³", "10⁴ yuan", "years")}[language]
    amounts = dict(screen.tables["reclaimed_money"].rows)
    assert amounts == {
        text(f"reclaimed.page.money.{key}", language): said
        for key, said in {
            "unit_cost_yuan_per_m3": f"2.35 {price}", "price_yuan_per_m3": f"2.70 {price}",
            "break_even_subsidy_yuan_per_m3": f"0.35 {price}", "running_yuan": f"1.20 {yuan}",
            "subsidy_yuan": f"2.06 {yuan}", "margin_yuan": f"−0.80 {yuan}", "saving_yuan": f"7.42 {yuan}",
            "contractor_yuan": f"4.45 {yuan}", "user_yuan": f"2.97 {yuan}", "payback_years": f"12.5 {years}",
            "investment_yuan": f"123.45 {yuan}", "yearly_yuan": f"9.66 {yuan}", "income_yuan": f"13.18 {yuan}",
            "npv_yuan": f"−35.20 {yuan}", "irr": "2.5%",
        }.items()
    }  # fmt: skip
    assert screen.notices == [("line", text("reclaimed.page.money_note", language, years="10"))]


def test_prices_are_sliders_and_a_changed_one_says_its_default(screen, mark):
    screen.session["changed"] = {"reclaimed_subsidy_yuan_per_m3": 0.75}
    money_part(made.scene(mark, network=made.solved()))
    subsidy = screen.widgets["assume_reclaimed_subsidy_yuan_per_m3"]
    share = screen.widgets["assume_reclaimed_price_share"]
    assert text("app.params.changed", default="0.00") in subsidy.label
    assert text("app.params.changed", default="|").split("|")[0] not in share.label
    assert screen.session["assume_reclaimed_subsidy_yuan_per_m3"] == 0.75


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cost_curve_shows_what_each_budget_buys_and_this_plan(screen, mark, monkeypatch, language):
    points = (CurvePoint(0.0, 0.0, 0.0, 0.0), CurvePoint(24_000.0, 23_500.0, 12_300.0, 0.02),
              CurvePoint(96_612.0, 96_000.0, 41_200.0, None))  # fmt: skip
    job = SimpleNamespace(over=True, error=None, result=points)
    monkeypatch.setattr("app.jobs.desk", SimpleNamespace(peek=lambda key: job))
    monkeypatch.setattr(reclaimed_store, "curve_key", lambda *asked: "curve")
    curve_part(made.scene(mark, language, network=made.solved()))
    (chart,) = screen.charts
    (line,), (here,) = marks_of(chart, "line"), marks_of(chart, "text")
    assert [(row["cost"], row["volume"], row["gap"]) for row in line["values"]] == [
        (0.0, 0.0, "0.0%"), (2.35, 1.23, "2.0%"), (9.6, 4.12, "—")
    ]  # fmt: skip
    name = text("reclaimed.page.chart.this_plan", language)
    assert here["values"] == [{"cost": pytest.approx(9.6612), "volume": 4.12, "name": name}]
    assert line["encoding"]["x"]["title"] == text("reclaimed.page.chart.cost", language)
    assert line["encoding"]["y"]["title"] == text("reclaimed.page.chart.volume_year", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_curve_of_one_point_is_no_curve_and_none_is_asked_for(screen, mark, monkeypatch, language):
    jobs = {"one": SimpleNamespace(over=True, error=None, result=(CurvePoint(0, 0, 0, 0),)), "none": None}
    monkeypatch.setattr(reclaimed_store, "curve_key", lambda *asked: "curve")
    for job in jobs.values():
        monkeypatch.setattr("app.jobs.desk", SimpleNamespace(peek=lambda key, job=job: job))
        curve_part(made.scene(mark, language, network=made.solved()))
    assert screen.notices == [
        ("empty", text("reclaimed.page.curve_empty", language)),
        ("line", text("reclaimed.page.curve_note", language, count=6)),
    ]
    assert screen.widgets["reclaimed_curve"].label == text("reclaimed.page.curve_ask", language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("check", "kinds"), [(None, ["xlsx", "gpkg", "dxf"]), (object(), ["xlsx", "gpkg", "dxf", "inp"])]
)
def test_papers_are_named_by_district_and_result_and_no_inp_without_a_check(
    screen, mark, paper, monkeypatch, language, check, kinds
):
    paper(check=check)
    monkeypatch.setattr("app.reclaimed.panels.controls.case_bar", lambda *given, **said: None)
    controls(made.scene(mark, language, network=made.solved(id_="feedfeedfeed")), chosen=Selection(language))
    name = {"zh": "小县-再生水", "en": f"Small County-{text('reclaimed.title', 'en')}"}[language]
    named = {key: one.said["file_name"] for key, one in screen.widgets.items() if "file_name" in one.said}
    assert list(named.values()) == [f"{name}-feedfeedfeed.{kind}" for kind in kinds]
