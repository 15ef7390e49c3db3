"""The site and project of a session: asked in words and units, kept as a case, judged, listed and registered."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from golden_district import golden_district
from shapely import Point, box, from_wkb
from siting_ground import A, B

from analysis.methods.siting import METHOD
from app import changes
from app.siting import ask, batch, give, register, session
from app.siting import store as siting_store
from app.siting.address import VIEWS
from app.siting.controls import controls
from app.siting.papers import papers
from app.siting.scene import open_scene
from app.siting.session import Given
from app.siting.sheet import checks, verdict_head
from app.state import selection
from records.cases import open_case, save_case
from records.reviews import add_review, reviews
from tests.app.siting.test_side_by_side import cells
from words import LANGUAGES, text
from words.errors import AtlasError

S1, S2, K1 = "construction_projects:S1", "construction_projects:S2", "industrial_parks:K1"
SQUARE = Given(box(484_000, 3_249_000, 484_100, 3_249_100).wkb_hex, name="甲地")
UNITS = {"zh": ("万m³/a", "hm²", "亩"), "en": ("10⁴ m³/a", "ha", "mu")}


@pytest.fixture
def mark(opened, screen):
    """The district in which every check finds something; the screen is on."""
    return opened(golden_district(), "siting session")


def scene_of(screen, **query: str):
    """The scene of an address."""
    screen.query.from_dict(query)
    return open_scene(selection())


@pytest.mark.parametrize(("pick", "name", "sector", "demand", "area", "code"), [
    (S1, "酒厂", "industry", 700.0, 40_000.0, A), (S2, "住宅", "housing", 90_000.0, 10_000.0, A),
    (K1, "乙园区", "industry", None, 160_000.0, A),
])  # fmt: skip
def test_a_picked_feature_brings_its_own_site_and_project(mark, screen, pick, name, sector, demand, area, code):
    scene = scene_of(screen, site=pick)
    said = json.loads(scene.said)
    assert (scene.given.name, said["name"], said["sector"], said["demand_m3_per_year"]) == (name, name, sector, demand)
    assert scene.case.verdicts.site.area_m2 == pytest.approx(area)
    assert (scene.code, scene.refusal) == (code, None)


def test_features_are_offered_with_their_township_and_the_first_project_is_the_example(mark):
    assert siting_store.picks(mark) == {S1: "酒厂", S2: "住宅", "construction_projects:S3": "未填", K1: "乙园区 · 东镇"}
    assert give.example_of(mark) == S1
    assert siting_store.picked(mark, "construction_projects:S9") is None
    assert siting_store.picked(mark, "townships:S1") is None


def test_the_map_shows_the_township_of_the_site_else_the_one_asked_for(mark, screen):
    assert siting_store.township_at(mark, Point(495_000, 3_250_000)) == B
    assert siting_store.township_at(mark, Point(0, 0)) is None
    assert scene_of(screen).code == A
    assert scene_of(screen, township=B).code == B
    assert scene_of(screen, township=B, site=S1).code == A
    with pytest.raises(AtlasError):
        scene_of(screen, site="construction_projects:S9")


def test_what_is_said_of_a_project_changes_the_answer_and_its_id(mark, screen):
    before = scene_of(screen, site=S2)
    session.tell("sector", "chemical")
    after = open_scene(selection())
    assert json.loads(after.said)["sector"] == "chemical"
    assert before.case.result_id != after.case.result_id
    session.pick(S2)
    assert json.loads(open_scene(selection()).said)["sector"] == "housing"


def test_a_changed_assumption_is_part_of_what_is_asked(mark, screen):
    before = scene_of(screen, site=S1)
    screen.session["changed"] = {"siting_tolerance_m": 60.0, "psi_roof": 0.8}
    after = open_scene(selection())
    assert dict(after.changed)["siting_tolerance_m"] == 60.0
    assert before.case.result_id != after.case.result_id
    listed = [siting_store.batch(mark, "construction_projects", "{}", changed, on=date(2026, 1, 2))[0].result_id
              for changed in ((), after.changed)]  # fmt: skip
    assert listed[0] != listed[1]


def test_a_site_drawn_replaces_the_one_of_the_address(mark, screen):
    screen.query.update(site=S1, sheet="0" * 12, view="batch", township=B)
    session.refuse(AtlasError("x"))
    session.put(SQUARE)
    assert (session.given(), session.refused(), screen.query) == (SQUARE, None, {"township": B})


def test_a_saved_check_comes_back_whole(mark, screen):
    scene = scene_of(screen, site=S1)
    screen.session["changed"] = {"siting_tolerance_m": 60.0}
    case = session.keep(scene.given, {"sector": "public"}, results={"title": "酒厂"}, version="v1", subject=A)
    assert screen.query == {"sheet": case.id}
    screen.session.clear()
    assert session.restore(case.id).choices["title"] == "酒厂"
    assert (session.given().pick, session.given().shape.area) == (S1, pytest.approx(40_000.0))
    assert (session.told(), changes.changed(METHOD)) == ({"sector": "public"}, {"siting_tolerance_m": 60.0})
    session.tell("sector", "housing")
    assert screen.query == {"site": S1}
    assert session.told() == {"sector": "housing"}


def test_a_saved_check_met_again_leaves_what_was_said_since(mark, screen):
    case = session.keep(SQUARE, {"sector": "public"}, results={}, version="v1", subject=None)
    screen.session["siting_told"] = {"sector": "housing"}
    session.restore(case.id)
    assert session.told() == {"sector": "housing"}
    screen.session.pop("siting_restored")
    session.restore(case.id)
    assert session.told() == {"sector": "public"}


def test_a_case_of_another_method_is_no_saved_check(mark, screen, tmp_path):
    case = save_case(tmp_path, "rainwater", {}, subject=None, version="v1")
    with pytest.raises(AtlasError):
        session.restore(case.id)


def test_a_boundary_too_long_is_refused_before_it_is_kept(mark, screen):
    with pytest.raises(AtlasError, match="too_big"):
        session.keep(replace(SQUARE, wkb="0" * 1_000_001), {}, results={}, version="v1", subject=None)
    assert "sheet" not in screen.query


def test_at_most_eight_sites_are_set_aside_the_latest_of_them_once(screen):
    for n in range(10):
        session.set_aside(Given(Point(n, 0).wkb_hex), "{}")
    session.set_aside(Given(Point(5, 0).wkb_hex), "{}")
    kept = [from_wkb(one.wkb).x for one, _ in session.others()]
    assert kept == [2, 3, 4, 6, 7, 8, 9, 5]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demand_is_asked_in_ten_thousands_and_kept_in_cubic_metres(mark, screen, language):
    ask.ask(scene_of(screen, site=S2, lang=language))
    field = screen.widgets["siting_demand_m3_per_year"]
    assert field.label == f"{text('siting.page.ask.demand', language)} ({UNITS[language][0]})"
    assert screen.session["siting_demand_m3_per_year"] == 9.0
    screen.fill("siting_demand_m3_per_year", 2.5)
    assert session.told() == {"demand_m3_per_year": 25_000.0}
    screen.fill("siting_demand_m3_per_year", None)
    assert session.told() == {"demand_m3_per_year": None}


def test_a_small_demand_is_shown_with_the_decimals_it_needs(mark, screen):
    for pick, format_ in ((S1, "%.2f"), (S2, "%.2f")):
        ask.ask(scene_of(screen, site=pick))
        assert screen.widgets["siting_demand_m3_per_year"].said["format"] == format_
    assert screen.session["siting_demand_m3_per_year"] == 9.0
    session.tell("demand_m3_per_year", 4.5)
    ask.ask(open_scene(selection()))
    assert screen.widgets["siting_demand_m3_per_year"].said["format"] == "%.5f"


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_are_offered_in_words_and_unknown_is_one_of_them(mark, screen, language):
    ask.ask(scene_of(screen, site=S2, lang=language))
    sector, source = screen.widgets["siting_sector"], screen.widgets["siting_source"]
    assert text("layers.construction_projects.choices.sector.housing", language) in sector.shown()
    assert source.shown()[0] == text("siting.page.ask.unknown", language)
    assert text("siting.page.ask.unknown", language) not in sector.shown()
    assert (screen.session["siting_sector"], screen.session["siting_source"]) == ("housing", "")
    screen.fill("siting_source", "surface")
    screen.fill("siting_source", "")
    assert session.told() == {"source": None}


def test_yes_no_and_unknown_are_three_things(mark, screen):
    ask.ask(scene_of(screen, site=S2))
    assert [screen.session[f"siting_{flag}"] for flag in ("saving_plan", "high_use")] == ["yes", "unknown"]
    for said, kept in (("no", False), ("unknown", None), ("yes", True)):
        screen.fill("siting_saving_plan", said)
        assert session.told()["saving_plan"] is kept
    screen.fill("siting_major_project", True)
    assert session.told()["major_project"] is True
    screen.fill("siting_product", "  白酒 ")
    screen.fill("siting_name", "   ")
    assert (session.told()["product"], session.told()["name"]) == ("白酒", None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_demand_that_was_reckoned_is_said_and_one_told_is_not(mark, screen, language):
    ask.ask(scene_of(screen, site=K1, lang=language))
    how = text("siting.demand.area", language)
    said = text("siting.page.ask.reckoned", language, how=how, value=f"35.04 {UNITS[language][0]}")
    assert ("line", said) in screen.notices
    screen.wipe()
    ask.ask(scene_of(screen, site=S2, lang=language))
    assert screen.notices == []


def test_an_outfall_is_written_in_degrees_east_first(mark, screen):
    ask.ask(scene_of(screen, site=S2))
    screen.fill("siting_outfall", "107.80, 29.35")
    east, north = session.told()["outfall"]
    assert (round(east, -3), round(north, -3)) == (481_000.0, 3_248_000.0)
    ask.ask(open_scene(selection()))
    assert screen.session["siting_outfall"] == "107.800000, 29.350000"
    screen.fill("siting_outfall", "nowhere")
    screen.wipe()
    ask.ask(open_scene(selection()))
    assert ("wrong", text("siting.page.ask.outfall_wrong")) in screen.notices
    assert session.told()["outfall"] == [east, north]
    screen.fill("siting_outfall", " ")
    assert session.told()["outfall"] is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_site_lies_and_how_large_it_is(mark, screen, language):
    give.how_read(scene_of(screen, site=S1, lang=language))
    _, area, mu = UNITS[language]
    said = text("siting.page.where", language, townships="西镇", area=f"4.00 {area}", mu=f"60 {mu}")
    assert screen.notices == [("line", said)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_counts_each_verdict_and_names_the_worst(mark, screen, language):
    verdict_head(scene_of(screen, site=S1, lang=language))
    verdicts = {one: text(f"siting.verdicts.{one}", language) for one in ("restricted", "study", "clear", "unknown")}
    counts = {"restricted": 1, "study": 1, "clear": 21, "unknown": 7}
    for verdict, count in counts.items():
        assert f'<span class="atlas-chip {verdict}">{verdicts[verdict]} {count}</span>' in screen.html
    assert "atlas-chip prohibited" not in screen.html
    assert verdicts["restricted"] in screen.html.split('class="first">')[1].split("<")[0]
    marks = {"result": open_scene(selection()).case.result_id, "version": "v1"}
    assert text("siting.paper.footer_undated", language, **marks) in screen.html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_worst_checks_unfold_first_and_the_clear_ones_are_folded(mark, screen, language):
    checks(scene_of(screen, site=S1, lang=language))
    soil, rain = (text(f"siting.checks.{id_}.name", language) for id_ in ("soil_plan", "rain_facility"))
    restricted, study = (text(f"siting.verdicts.{one}", language) for one in ("restricted", "study"))
    first, second, third = screen.folds
    assert (first.startswith(f":orange-badge[{restricted}]"), first.endswith(soil)) == (True, True)
    assert (second.startswith(f":yellow-badge[{study}]"), second.endswith(rain)) == (True, True)
    assert third == text("siting.page.sheet.clear", language, count=21)
    assert text("siting.page.sheet.unknown", language, count=7) in screen.text
    facts = cells(next(body for body in screen.bodies if "atlas-facts" in body))
    assert facts[text("siting.page.sheet.rule", language)] == [text("siting.checks.soil_plan.rule", language)]
    assert facts[text("siting.page.sheet.as_of", language)][0].startswith("2024-12-31")
    assert text("statuses.official", language) in facts[text("siting.page.sheet.as_of", language)][0]


def test_trying_a_smaller_site_moves_the_site_and_keeps_the_project(mark, screen):
    checks(scene_of(screen, site=K1))
    pressed = [key for key in screen.widgets if key.startswith("siting_try_availability")]
    screen.press(pressed[0])
    told, known = session.told(), json.loads(open_scene(selection()).said)
    assert told["demand_m3_per_year"] is not None or known["source"] != "public_network"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_site_of_a_layer_is_listed_and_the_row_chosen_opens_its_own(mark, screen, language):
    batch.batch(scene_of(screen, view="batch", lang=language))
    shown = screen.tables["siting_batch"]
    restricted, study = (text(f"siting.verdicts.{one}", language) for one in ("restricted", "study"))
    assert shown.column("site") == ["酒厂", "住宅", "未填"]
    assert shown.column("worst") == [restricted, restricted, study]
    soil, rain = (text(f"siting.checks.{id_}.name", language) for id_ in ("soil_plan", "rain_facility"))
    assert shown.column("bars_title") == [soil, rain, ""]
    assert shown.column("not_made")[:2] == ["7", "7"]
    counts = {name: value for name, value, _ in screen.cards}
    assert (counts[restricted], counts[study]) == ("2", "1")
    assert counts[text("siting.verdicts.prohibited", language)] == "0"
    for row, pick in ((1, S2), (0, S1)):
        screen.choose_row("siting_batch", row)
        assert screen.query["site"] == pick
        assert "view" not in screen.query


def test_a_layer_that_holds_no_sites_is_a_sentence(mark, screen):
    screen.session["siting_layer"] = "roads"
    batch.batch(scene_of(screen, view="batch"))
    assert [kind for kind, _ in screen.notices] == ["missing"]


@pytest.fixture
def saved(mark, tmp_path):
    """Two saved checks, the older with two reviews, the newer with none."""
    now = datetime(2026, 5, 1, tzinfo=UTC)
    told = {"title": "旧案", "worst": "prohibited", "not_made": "3"}
    old = save_case(tmp_path, METHOD, {}, subject=A, version="v1", choices=told)
    add_review(tmp_path, old.id, conclusion="object", saving_m3=5_000.0, reviewer="甲", at=now)
    add_review(tmp_path, old.id, conclusion="agree", saving_m3=12_500.0, reviewer="乙", note="好",
               at=now + timedelta(days=1))  # fmt: skip
    new = save_case(tmp_path, METHOD, {}, subject=B, version="v2", choices={"title": "新案", "worst": "clear"})
    return {"old": old, "new": new}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_register_shows_the_last_conclusion_beside_the_machine_s(saved, screen, language):
    register.register(scene_of(screen, view="register", lang=language))
    rows = {row[1]: row for row in screen.tables["siting_register"].rows}
    prohibited, clear = (text(f"siting.verdicts.{one}", language) for one in ("prohibited", "clear"))
    agree = text("siting.page.review.agree", language)
    assert rows["旧案"][2:] == (prohibited, "3", agree, "乙", "1.25", "v1", saved["old"].id)
    assert rows["新案"][2:] == (clear, "", "", "", "", "v2", saved["new"].id)
    volume = UNITS[language][0]
    assert ("line", text("siting.page.register.promised", language, value=f"1.25 {volume}")) in screen.notices
    head = screen.tables["siting_register"].heads[6]
    assert volume in head
    order = screen.tables["siting_register"].column("project")
    for row, title in enumerate(order):
        screen.choose_row("siting_register", row)
        assert screen.query["sheet"] == saved["old" if title == "旧案" else "new"].id


def test_an_empty_register_says_so(mark, screen):
    register.register(scene_of(screen, view="register"))
    assert ("empty", text("siting.page.register.empty")) in screen.notices


@pytest.mark.parametrize("language", LANGUAGES)
def test_reviews_of_the_case_on_show_are_told_with_their_saving(saved, screen, language):
    scene = SimpleNamespace(saved=saved["old"], language=language)
    register.review_part(scene)
    said = [words for _, words in screen.notices[1:]]
    for words, (day, who, conclusion, saving) in zip(
        sorted(said), (("2026-05-01", "甲", "object", "0.50"), ("2026-05-02", "乙", "agree", "1.25")), strict=True
    ):
        concluded = text(f"siting.page.review.{conclusion}", language)
        assert words.startswith(f"{day} {who}")
        assert concluded in words
        assert f"{saving} {UNITS[language][0]}" in words


def test_a_review_is_kept_in_cubic_metres_and_one_without_a_name_stays_typed(saved, screen, tmp_path):
    register.review_part(SimpleNamespace(saved=saved["new"], language="zh"))
    screen.session.update(siting_conclusion="condition", siting_saving=0.35, siting_words="节水", siting_reviewer="")
    press = next(key for key, one in screen.widgets.items() if one.label == text("siting.page.review.file"))
    screen.press(press)
    screen.wipe()
    register.review_part(SimpleNamespace(saved=saved["new"], language="zh"))
    assert ("wrong", text("records.cases.review_nameless")) in screen.notices
    assert screen.session["siting_words"] == "节水"
    screen.session["siting_reviewer"] = "丙"
    screen.press(press)
    (one,) = reviews(tmp_path, saved["new"].id)
    assert (one.conclusion, one.saving_m3, one.reviewer, one.note) == (
        "condition",
        pytest.approx(3_500.0),
        "丙",
        "节水",
    )


def test_saving_keeps_what_the_register_will_show(mark, screen, tmp_path):
    scene = scene_of(screen, site=S1)
    papers(scene, selection(), better=None)
    screen.press("siting_save")
    case = open_case(tmp_path, screen.query["sheet"])
    told = case.choices
    assert (told["title"], told["worst"], told["not_made"], told["area_m2"]) == ("酒厂", "restricted", "7", "40000.0")
    assert (told["result"], json.loads(told["townships"]), case.subject) == (scene.case.result_id, [A], A)
    assert case.version == golden_district().version


def test_papers_are_named_by_project_and_result(mark, screen):
    for pick, name in ((S1, "酒厂"), (S2, "住宅")):
        scene = scene_of(screen, site=pick)
        papers(scene, selection(), better=None)
        names = [screen.widgets[f"siting_{kind}"].said["file_name"] for kind in ("docx", "pdf", "gpkg")]
        assert names == [f"{name}-{scene.case.result_id}.{kind}" for kind in ("docx", "pdf", "gpkg")]
        screen.press("siting_aside")
    assert [given.name for given, _ in session.others()] == ["酒厂", "住宅"]


def test_the_view_and_the_township_of_the_map_are_kept_in_the_address(mark, screen):
    controls(scene_of(screen, lang="en"))
    assert screen.widgets["siting_view"].shown() == [text(f"siting.page.views.{view}", "en") for view in VIEWS]
    screen.fill("siting_township", B)
    screen.press("siting_example")
    assert screen.query == {"lang": "en", "township": B, "site": S1}
    screen.wipe()
    controls(open_scene(selection()))
    assert "siting_township" not in screen.widgets
    screen.press("siting_anew")
    assert screen.query == {"lang": "en", "township": B}
    screen.fill("siting_view", "register")
    assert screen.query["view"] == "register"


def test_a_shape_drawn_on_the_map_becomes_the_site(mark, screen):
    ring = [[107.85, 29.36], [107.851, 29.36], [107.851, 29.361], [107.85, 29.361], [107.85, 29.36]]
    give.drawn({"geojson": {"type": "Polygon", "coordinates": [ring]}}, mark=mark, language="zh")
    given = session.given()
    assert given.called == text("siting.page.give.drawn_name")
    assert given.shape.area == pytest.approx(97.0 * 110.9, rel=0.01)  # a thousandth of a degree both ways
    give.drawn({"geojson": {"type": "Polygon"}}, mark=mark, language="zh")
    assert session.refused() is not None
    assert session.given() == given


def test_a_shape_is_told_in_degrees_east_before_north(mark):
    lon, lat = siting_store.degrees(mark, Point(485_000, 3_250_000))["coordinates"]
    assert (round(lon, 3), round(lat, 3)) == (107.846, 29.367)
