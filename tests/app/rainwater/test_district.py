"""Rainwater of a place on the screen: cards, ranking, methods, duties, projects and notices, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from analysis.finding import Finding, Indicator
from analysis.methods.rainwater.demand import Uses
from analysis.methods.rainwater.obligations import Obligation
from analysis.methods.rainwater.outlook import Outlook, OwnTank
from analysis.methods.rainwater.potential import Potential
from analysis.methods.rainwater.projects import RainProject
from app.parts.lacking import lacking
from app.rainwater import district as shown
from app.rainwater import store as rain_store
from app.rainwater import tables
from app.rainwater.scene import Scene
from tests.rain_district import rain_district
from tests.small_district import A, B, C, D
from words import LANGUAGES, text

USABLE = Indicator("rain_usable_m3", "m3_per_year", "rainwater", "more")
OWED = Indicator("rain_owed_m3", "m3", "rainwater", "less")
CODE = "500156"


def potential(code: str, central: float | None, **told: object) -> Potential:
    """A township's potential: `central` by the daily method, nine and eleven tenths of it as the ends."""

    def volume(middle: float | None) -> dict[str, float | None]:
        low, high = (None, None) if middle is None else (0.9 * middle, 1.1 * middle)
        return {"low": low, "central": middle, "high": high}

    by = {"daily": volume(central), "seasonal": volume(None if central is None else 2 * central),
          "gb50555": volume(None if central is None else 3 * central)}  # fmt: skip
    years = {name: None if central is None else factor * central
             for name, factor in (("p25", 1.3), ("p50", 1.0), ("p75", 0.7), ("p95", 0.4))}  # fmt: skip
    known = {"rain_mm": 1_100.0, "catchment_m2": 25_000.0, "cistern_m3": 4_000.0, "demand_m3": 60_000.0,
             "limited": True}  # fmt: skip
    return Potential(code, usable_m3=by, years_m3=years, **(known | told))


def project(id_: str, township: str, status: str | None, yearly: float | None) -> OwnTank:
    one = RainProject(id_, f"项目{id_}", township, "roof", status, 1_000.0, 0.0, 0.0, 0.0, 40.0, Uses())
    return OwnTank(one, yearly, None if yearly is None else 0.8, None if yearly is None else 0.25)


def duty(id_: str, township: str, said: str, required: float | None, there: float = 0.0) -> Obligation:
    return Obligation("residential_estates", id_, f"小区{id_}", township, "housing", "", date(2021, 6, 1), said, {},
                      there, required)  # fmt: skip


TANKS = [project("1", A, "built", 100.0), project("2", A, "planned", 250.0), project("3", B, "built", None)]
DUTIES = (duty("a", A, "required", 50.0, 10.0), duty("b", A, "suited", 5.0), duty("c", B, "required", None),
          duty("d", B, "unknown", None), duty("e", B, "none", None))  # fmt: skip


def finding(indicator: Indicator, subject: str, value: float | None, **facts: object) -> Finding:
    ends = {} if value is None or indicator is OWED else {"low": 0.9 * value, "high": 1.1 * value}
    needs = ("landcover",) if value is None else ()
    return Finding(indicator, subject, value, **ends, as_of="2024-12-31", status="illustrative", needs=needs,
                   facts=facts)  # fmt: skip


FINDINGS = (
    finding(USABLE, A, 123_400.0, limited=True),
    finding(USABLE, B, None, limited=False, absent=True),
    finding(USABLE, CODE, 123_400.0, limited=False, missing=1, lower_bound=True),
    finding(OWED, A, 40.0, unknown=0), finding(OWED, B, None, unknown=1), finding(OWED, CODE, 40.0, unknown=1,
                                                                                  lower_bound=True),
)  # fmt: skip


@pytest.fixture
def scene(opened, monkeypatch):
    """A function that gives a scene whose answer is made by hand; the district is the rain district."""

    def make(township: str | None = None, language: str = "zh", *, district=None, **told: object) -> Scene:
        held = rain_district() if district is None else district
        mark = opened(held, "rain place")
        record = SimpleNamespace(whole_years=(2021, 2022, 2023))
        ground = {"assumed": {"control_rate": 0.7}, "design": (17.4, False), "projects": {}, "record": record,
                  "long_enough": True, "district": held, "on": None}  # fmt: skip
        ground = SimpleNamespace(**(ground | told.pop("ground", {})))
        found = {one.township: one for one in (potential(A, 123_400.0), potential(B, None, rain_mm=None),
                                               potential(C, 400_000.0), potential(D, 5_000.0))}  # fmt: skip
        outlook = Outlook(ground, found, told.pop("runoff", {A: 7e6, B: None}), told.pop("owed", DUTIES), ())
        outlook.__dict__["own_tanks"] = {one.project.id: one for one in told.pop("tanks", TANKS)}
        answer = SimpleNamespace(id="0123456789ab", detail=outlook, findings=FINDINGS)
        monkeypatch.setattr(rain_store, "place_answer", lambda *key: answer)
        return Scene(mark, language, township, None, (), ())

    return make


def card(language: str, key: str, **facts: object) -> str:
    return text(f"rainwater.page.cards.{key}", language, **facts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cards_of_a_township(screen, scene, language):
    shown.answer_cards(scene(A, language))
    marks = [text("app.as_of", language, day="2024-12-31"), text("statuses.illustrative", language)]
    per_year, volume = {"zh": ("万m³/a", "万m³"), "en": ("10⁴ m³/a", "10⁴ m³")}[language]
    yearly = card(language, "yearly", volume=f"0.035 {per_year}")
    of_projects = card(language, "of_projects", built=1, under_way=0, planned=1)
    assert screen.cards == [
        (card(language, "usable"), f"12.34 {per_year}", ["11.11 – 13.57", *marks]),
        (card(language, "owed"), f"0.004 {volume}", marks),
        (card(language, "projects"), f"2 {card(language, 'projects_unit')}".strip(), [of_projects, yearly, *marks]),
        (card(language, "duties"), f"1 {card(language, 'places')}".strip(),
         [card(language, "of_duties", built=1, suited=1, undated=0)]),
    ]  # fmt: skip
    assert ("line", text("app.result_line", language, id="0123456789ab")) in screen.notices


def test_the_cards_of_a_township_that_knows_little(screen, scene):
    shown.answer_cards(scene(B))
    usable, owed, projects, duties = screen.cards
    assert usable == (card("zh", "usable"), "数据不足", [lacking(("landcover",), "zh")])
    assert owed[:2] == (card("zh", "owed"), "数据不足")
    assert owed[2][0] == card("zh", "owed_unknown", count=1)
    assert projects[1] == "1 个"
    assert projects[2][:2] == [card("zh", "of_projects", built=1, under_way=0, planned=0), "截至 2024-12-31"]
    assert duties[2][0] == card("zh", "of_duties", built=0, suited=0, undated=1)


def test_the_cards_of_the_district_say_what_is_left_out(screen, scene):
    shown.answer_cards(scene())
    usable, owed, projects, duties = screen.cards
    assert usable[2][:4] == ["11.11 – 13.57", card("zh", "left_out", count=1), text("rainwater.page.unlimited"),
                             text("app.lower_bound")]  # fmt: skip
    assert owed[1:] == ("0.004 万m³", [card("zh", "owed_unknown", count=1), text("app.lower_bound"), "截至 2024-12-31",
                                      "示意数据"])  # fmt: skip
    assert (projects[1], duties[1]) == ("3 个", "2 处")
    assert duties[2][0] == card("zh", "of_duties", built=1, suited=1, undated=1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_heading_names_place_method_design_rain_and_rate(screen, scene, language):
    names = {None: {"zh": "小县", "en": "Small County"}[language], A: "甲镇"}
    for township, place in names.items():
        screen.wipe()
        shown.answer_cards(scene(township, language))
        method = text("rainwater.methods.daily", language)
        assert text("rainwater.page.district_heading", language, place=place) in screen.text
        said = text("rainwater.page.district_sub", language, method=method, design="17.4 mm", rate="70.0%")
        assert said in screen.text


def test_a_place_without_the_layer_says_who_owes_it_and_not_nought(screen, scene):
    held = rain_district(without=("projects", "residential_estates", "public_institutions", "roads", "green_spaces",
                                  "urban_areas", "industrial_parks", "construction_projects"))  # fmt: skip
    shown.answer_cards(scene(A, district=held, ground={"projects": None}))
    projects, duties = screen.cards[2:]
    assert (projects[1], duties[1]) == ("数据不足", "数据不足")
    assert projects[2] == [lacking(("projects",), "zh")]
    assert text("layers.residential_estates.name") in duties[2][0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_townships_are_ranked_and_the_row_chosen_narrows_the_page(screen, scene, language):
    shown.ranking(scene(None, language))
    rows = screen.tables[shown.RANKING].rows
    assert [row[:3] for row in rows[:3]] == [("1", "丙乡", "40.00"), ("2", "甲镇", "12.34"), ("3", rows[2][1], "0.50")]
    assert rows[3] == ("", "乙镇", "", "", "")
    assert rows[1][3:] == ("11.11", "13.57")
    heads = [text(f"rainwater.page.columns.{key}", language) for key in ("rank", "township", "central", "low", "high")]
    assert screen.tables[shown.RANKING].heads == heads
    unit = {"zh": "万m³/a", "en": "10⁴ m³/a"}[language]
    assert text("rainwater.page.ranked", language, unit=unit) in screen.text
    screen.choose_row(shown.RANKING, 1)
    assert screen.query["township"] == A
    screen.choose_row(shown.RANKING, 3)
    assert screen.query["township"] == B


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_township_shows_its_methods_years_and_limit(screen, scene, language):
    shown.ranking(scene(A, language))
    rows = screen.tables["rain_here"].rows
    methods = {row[0]: row[1:] for row in rows}
    assert methods[text("rainwater.methods.daily", language)] == ("12.34", "11.11", "13.57")
    assert methods[text("rainwater.methods.gb50555", language)] == ("37.02", "33.32", "40.72")
    assert methods[text("rainwater.years.p25", language)] == ("16.04", "", "")
    assert methods[text("rainwater.years.p95", language)] == ("4.94", "", "")
    unit = {"zh": "万m³/a", "en": "10⁴ m³/a"}[language]
    limit = text("rainwater.page.limit", language, demand=f"6.00 {unit}", cistern=f"0.40 {unit}")
    assert screen.notices == [("line", limit)]


def test_what_is_not_limited_by_demand_names_no_limit(screen, scene):
    one = scene(A)
    one.outlook.potentials[A] = replace(one.outlook.potentials[A], limited=False)
    shown.ranking(one)
    assert screen.notices == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_projects_are_listed_and_the_row_chosen_opens_its_own(screen, scene, language):
    shown.project_list(scene(None, language))
    kind = text("layers.projects.choices.kind.roof", language)
    built, planned = (text(f"layers.projects.choices.status.{key}", language) for key in ("built", "planned"))
    assert screen.tables[shown.PROJECTS].rows == [
        ("项目1", "甲镇", kind, built, "1,000", "40", "100", "80.0", "25.0"),
        ("项目2", "甲镇", kind, planned, "1,000", "40", "250", "80.0", "25.0"),
        ("项目3", "乙镇", kind, built, "1,000", "40", "", "", ""),
    ]
    screen.choose_row(shown.PROJECTS, 2)
    assert screen.query == {"project": "3"}
    screen.wipe()
    shown.project_list(scene(B, language))
    assert screen.tables[shown.PROJECTS].column("project") == ["项目3"]
    screen.choose_row(shown.PROJECTS, 0)
    assert screen.query["project"] == "3"


@pytest.mark.parametrize(("township", "key"), [(C, "no_projects"), (None, "no_projects_whole")])
def test_a_place_without_projects_says_so(screen, scene, township, key):
    shown.project_list(scene(township, "en", tanks=[]))
    assert screen.notices == [("empty", text(f"rainwater.page.{key}", "en"))]


def test_clicks_on_the_map_go_to_the_township_or_project_clicked(screen, scene, monkeypatch):
    monkeypatch.setattr(rain_store, "rain_map", lambda *key: f"map of {key[3:]}")
    shown.rain_map(scene(A, "en"))
    drawn = screen.maps["rain_map"]
    assert (drawn["html"].decode(), drawn["view_key"]) == (f"map of ('en', '{A}')", f"rain{A}")
    screen.click_map("rain_map", type="atlas:township", code=C)
    screen.click_map("rain_map", type="atlas:open", layer="projects", key="P4")
    assert screen.query == {"township": C, "project": "P4"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_duties_are_counted_by_township_with_the_design_rain(screen, scene, language):
    tables.duty_tables(scene(None, language))
    lead = text("departments.housing", language)
    assert screen.tables["rain_tally"].rows == [
        ("甲镇", lead, "1", "1", "40", "0", "1", "0", "0"), ("乙镇", lead, "1", "0", "", "1", "0", "1", "1"),
    ]  # fmt: skip
    assert screen.notices == [("line", text("rainwater.page.obligations_hint", language, design="17.4 mm"))]
    assert text("rainwater.page.places_expander", language, count="4") in screen.folds
    required = text("rainwater.duties.required", language)
    places = screen.tables["rain_places"]
    assert places.column("place") == ["小区a", "小区b", "小区c", "小区d"]  # the largest lack first, none of no duty
    assert (places.column("duty")[0], places.column("missing_m3")[:3]) == (required, ["40", "5", ""])
    assert places.column("approved")[0] == "2021-06-01"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_place_without_duties_says_so(screen, scene, language):
    tables.duty_tables(scene(C, language))
    assert screen.notices == [("empty", text("rainwater.page.no_obligations", language))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_methods_and_years_stand_side_by_side_for_the_district_alone(screen, scene, language):
    tables.method_tables(scene(A, language))
    assert screen.tables == {}
    tables.method_tables(scene(None, language))
    first, second = screen.tables["rain_methods"].rows[:2]
    assert first[:3] == ("甲镇", "2.50", "6.00")
    by_method = dict(zip(screen.tables["rain_methods"].columns, first, strict=True))
    written = text("rainwater.page.with_range", language, central="24.68", low="22.21", high="27.15")
    assert by_method["seasonal"] == written
    assert second[3:] == (text("units.missing", language),) * 3
    assert screen.tables["rain_years"].rows[0] == ("甲镇", "16.04", "12.34", "8.64", "4.94")
    assert screen.tables["rain_years"].rows[1] == ("乙镇", "", "", "", "")


def test_runoff_stands_apart_and_has_no_total(screen, scene):
    tables.runoff(scene())
    assert screen.tables["rain_runoff"].rows == [("甲镇", "700.00"), ("乙镇", "")]
    screen.wipe()
    tables.runoff(scene(B))
    assert screen.tables["rain_runoff"].rows == [("乙镇", "")]
    screen.wipe()
    tables.runoff(scene(runoff=None))
    assert [kind for kind, _ in screen.notices] == ["missing"]
    assert screen.tables == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_short_record_is_told_with_its_years_and_the_rule(screen, scene, language):
    shown.record_notice(scene(None, language, ground={"long_enough": False}))
    ((kind, said),) = screen.notices
    facts = text("rainwater.page.short_record", language, years=3, design="17.4 mm", rule="|").split("|")
    assert kind == "missing"
    assert said.startswith(facts[0])
    assert said.endswith(facts[1])
    assert len(said) > len("".join(facts))


def test_a_missing_record_is_told_and_a_long_one_is_not_mentioned(screen, scene):
    shown.record_notice(scene())
    assert screen.notices == []
    shown.record_notice(scene(ground={"record": None}))
    shown.record_notice(replace(scene(ground={"long_enough": False, "design": (None, False)})))
    assert screen.notices == [
        ("missing", text("rainwater.page.no_record", lacking=lacking(("daily_rain",), "zh"))),
        ("missing", text("rainwater.page.short_no_design", years=3, design="", rule="")),
    ]


def test_the_place_is_called_by_its_name_or_the_whole_district(scene):
    assert (scene(A).place, scene(None).place) == ("甲镇", "全区")
    assert scene(None, "en").place == text("rainwater.page.whole", "en")
