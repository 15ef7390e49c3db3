"""The siting page: a picked site, pasted text, other answers, views, saved checks and reviewers' conclusions."""

from __future__ import annotations

import json

import pytest
import shapely
from places import ROOT

from analysis.methods.siting import METHOD
from app.siting.session import Given
from intake.reading import read_pasted
from layers.versions.opening import open_district
from records.cases import cases_of, open_case
from records.reviews import reviews
from words import LANGUAGES, text
from words.markup import safe

DATA = ROOT / "data"
PICK = "construction_projects:CP0001"
SQUARE = "107.6800, 29.4300\n107.6830, 29.4300\n107.6830, 29.4325\n107.6800, 29.4325"


def said(page) -> str:
    """Everything the page says, tags and all, without its style sheet."""
    return "\n".join(one.proto.body for one in page.get("html") if "<style>" not in one.proto.body)


def fine(page) -> str:
    """What the page says, after it ran without a fault."""
    assert not page.exception
    spoken = said(page)
    assert "atlas-notice wrong" not in spoken
    return spoken


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", ["one", "compare", "batch", "register"])
def test_view_runs_without_a_site(open_page, view, language):
    spoken = fine(open_page("siting", DATA, lang=language, view=view))
    titles = {"one": "heading", "compare": "compare.title", "batch": "batch.title", "register": "register.title"}
    assert text(f"siting.page.{titles[view]}", language) in spoken


@pytest.mark.parametrize("kind", ["whole", "missing"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_runs_on_a_district_that_lacks_layers(open_page, folders, kind, language):
    fine(open_page("siting", folders[kind], lang=language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picked_project_is_judged_in_two_lines(open_page, language):
    spoken = fine(open_page("siting", DATA, site=PICK, lang=language))
    assert spoken.count('class="atlas-verdict"') == 1
    assert text("siting.illustrative", language) in spoken.split('class="first">')[1].split("<")[0]
    assert text("siting.notice", language) in spoken
    assert text("siting.page.water.title", language) in spoken


def test_the_example_opens_with_one_press(open_page):
    page = open_page("siting", DATA)
    page.button(key="siting_example").click().run()
    assert page.query_params["site"] == PICK
    assert 'class="atlas-verdict"' in fine(page)


def test_pasted_coordinates_are_read_and_shown_before_they_are_judged(open_page):
    page = open_page("siting", DATA)
    page.button_group(key="siting_way").set_value("paste").run()
    page.text_area(key="siting_pasted").set_value(SQUARE)
    page.button(key="siting_read").click().run()
    spoken = fine(page)
    assert 'class="atlas-verdict"' in spoken
    assert "hm²" in spoken


def test_unreadable_text_is_refused_with_the_line(open_page):
    page = open_page("siting", DATA)
    page.button_group(key="siting_way").set_value("paste").run()
    page.text_area(key="siting_pasted").set_value("这里没有坐标")
    page.button(key="siting_read").click().run()
    assert not page.exception
    assert "atlas-notice wrong" in said(page)


def test_what_a_text_leaves_open_is_asked_and_the_answer_reads_it_again(open_page):
    page = open_page("siting", DATA)
    page.button_group(key="siting_way").set_value("paste").run()
    corners = SQUARE.strip().splitlines()
    page.text_area(key="siting_pasted").set_value("\n".join(f"井{k} {line}" for k, line in enumerate(corners, 1)))
    page.button(key="siting_read").click().run()
    assert not page.exception
    assert 'class="atlas-verdict"' not in said(page)
    page.radio(key="siting_site.points").set_value("corners").run()
    page.button(key="siting_answered").click().run()
    assert 'class="atlas-verdict"' in fine(page)
    page.radio(key="siting_otherwise_site.points").set_value("points").run()
    page.button(key="siting_otherwise_answered").click().run()
    assert text("siting.read.parcels", "zh", count=4) in said(page)


def test_a_site_outside_the_district_is_refused_with_the_reason(open_page):
    page = open_page("siting", DATA)
    page.button_group(key="siting_way").set_value("paste").run()
    page.text_area(key="siting_pasted").set_value("106.50, 29.50\n106.51, 29.50\n106.51, 29.51")
    page.button(key="siting_read").click().run()
    assert not page.exception
    assert "atlas-notice wrong" in said(page)
    assert 'class="atlas-verdict"' not in said(page)


def test_another_answer_checks_anew(open_page):
    page = open_page("siting", DATA, site=PICK)
    page.selectbox(key="siting_sector").set_value("chemical").run()
    page.selectbox(key="siting_discharge").set_value("river").run()
    assert text("siting.verdicts.prohibited") in fine(page).split('class="first">')[1].split("<")[0]


def test_trying_a_change_changes_the_project(open_page):
    page = open_page("siting", DATA, site="construction_projects:CP0002")
    press = next(button for button in page.button if button.key.startswith("siting_try_quota"))
    before = page.number_input(key="siting_demand_m3_per_year").value
    press.click().run()
    assert page.number_input(key="siting_demand_m3_per_year").value < before
    fine(page)


def test_a_saved_check_opens_by_its_link_alone(open_page, tmp_path):
    page = open_page("siting", DATA, site=PICK)
    page.selectbox(key="siting_sector").set_value("livestock").run()
    page.button(key="siting_save").click().run()
    (case,) = cases_of(tmp_path, METHOD)
    assert page.query_params == {"sheet": case.id}
    assert json.loads(open_case(tmp_path, case.id).choices["told"])["sector"] == "livestock"
    again = open_page("siting", DATA, sheet=case.id)
    assert again.selectbox(key="siting_sector").value == "livestock"
    assert case.id in fine(again)


def test_a_reviewers_conclusion_stands_beside_the_machines(open_page, tmp_path):
    page = open_page("siting", DATA, site=PICK)
    page.button(key="siting_save").click().run()
    page.selectbox(key="siting_conclusion").set_value("condition")
    page.number_input(key="siting_saving").set_value(1.5)
    page.text_input(key="siting_reviewer").set_value("王工")
    next(one for one in page.button if one.label == text("siting.page.review.file")).click().run()
    (review,) = reviews(tmp_path)
    assert (review.conclusion, review.saving_m3, review.reviewer) == ("condition", 15_000.0, "王工")
    listed = open_page("siting", DATA, view="register")
    assert text("siting.page.review.condition") in listed.dataframe[0].value.to_string()
    assert text("siting.page.register.promised", value="1.50 万m³/a") in fine(listed)


def test_a_review_without_a_name_is_refused(open_page, tmp_path):
    page = open_page("siting", DATA, site=PICK)
    page.button(key="siting_save").click().run()
    next(one for one in page.button if one.label == text("siting.page.review.file")).click().run()
    assert text("records.cases.review_nameless") in said(page)
    assert not reviews(tmp_path)


def test_an_unknown_case_or_feature_is_a_sentence(open_page):
    for query in ({"sheet": "0123456789ab"}, {"site": "construction_projects:<b>X</b>"}):
        page = open_page("siting", DATA, **query)
        assert not page.exception
        assert "atlas-notice wrong" in said(page)
        assert "<b>X" not in said(page)


def test_sites_set_aside_stand_side_by_side(open_page):
    page = open_page("siting", DATA, site=PICK)
    page.button(key="siting_aside").click().run()
    page.button_group(key="siting_view").set_value("compare").run()
    spoken = fine(page)
    assert "compare" in spoken
    assert text("siting.page.compare.few") in spoken


def test_better_places_are_looked_for_when_asked(open_page):
    page = open_page("siting", DATA, site=PICK)
    page.toggle(key="siting_better").set_value(True).run()
    spoken = fine(page)
    assert spoken.count('class="atlas-place"') == 5
    assert any(one.key == "siting_take_1" for one in page.button)


def test_equal_judgements_give_equal_weights_that_may_be_used(open_page):
    page = open_page("siting", DATA, site=PICK)
    page.toggle(key="siting_better").set_value(True).run()
    page.button(key="siting_use_pairs").click().run()
    assert page.slider(key="assume_siting_weight_slope").value == pytest.approx(0.17, abs=0.01)
    fine(page)


def test_an_outfall_is_read_and_judged(open_page):
    page = open_page("siting", DATA, site="construction_projects:CP0002")
    before = fine(page)
    page.text_input(key="siting_outfall").set_value("107.70, 29.42").run()
    assert text("siting.reasons.no_outfall_place") in before
    assert text("siting.reasons.no_outfall_place") not in fine(page)


def test_a_changed_assumption_is_listed_and_put_back(open_page):
    page = open_page("siting", DATA, site=PICK)
    page.number_input(key="assume_siting_tolerance_m").set_value(60.0).run()
    assert text("app.params.title_changed", count=1) in fine(page)
    page.button(key="siting_reset").click().run()
    assert text("app.params.title_changed", count=1) not in fine(page)
    assert page.number_input(key="assume_siting_tolerance_m").value == 20.0


REFUSED = {
    "siting.errors.outside": "116.680, 39.430\n116.683, 39.430\n116.683, 39.4325",
    "siting.errors.partly_outside": "107.3, 29.1\n108.0, 29.1\n108.0, 29.6\n107.3, 29.6",
    "siting.errors.self_crossing": "107.68, 29.43\n107.69, 29.44\n107.69, 29.43\n107.68, 29.44",
}


def refusals(spoken: str) -> str:
    """The sentences in red."""
    return "".join(piece.split("</p>")[0] for piece in spoken.split("atlas-notice wrong")[1:])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", ["paste", "upload", "drawn"])
@pytest.mark.parametrize("key", REFUSED)
def test_a_site_that_cannot_be_judged_shows_why_and_can_be_given_anew(open_page, key, way, language):
    page = open_page("siting", DATA, lang=language)
    corners = [[float(part) for part in line.split(",")] for line in REFUSED[key].split("\n")]
    shape = json.dumps({"type": "Polygon", "coordinates": [[*corners, corners[0]]]})
    if way == "drawn":
        read = read_pasted(shape, open_district(DATA))
        page.session_state["siting_given"] = Given(shapely.to_wkb(read.geometry, hex=True), "drawn")
        page.run()
    else:
        page.button_group(key="siting_way").set_value(way).run()
        if way == "paste":
            page.text_area(key="siting_pasted").set_value(REFUSED[key])
            page.button(key="siting_read").click().run()
        else:
            given = ("site.geojson", shape.encode(), "application/geo+json")
            page.file_uploader(key="siting_file").set_value(given).run()
    assert not page.exception
    said_why = text(key, language, district="武隆区", share=0.5, reason="|").split("|")[0].split("(")[0]
    assert safe(said_why) in refusals(said(page))
    page.button_group(key="siting_way").set_value("paste").run()
    page.text_area(key="siting_pasted").set_value(SQUARE)
    page.button(key="siting_read").click().run()
    assert 'class="atlas-verdict"' in fine(page)


def test_a_bug_while_an_upload_is_read_leaves_the_page(open_page, monkeypatch):
    def bug(*given: object) -> None:
        raise RecursionError("a secret")

    page = open_page("siting", DATA)
    page.button_group(key="siting_way").set_value("upload").run()
    monkeypatch.setattr("app.siting.give.read_site", bug)
    page.file_uploader(key="siting_file").set_value(("site.csv", b"1,2", "text/csv")).run()
    assert not page.exception
    assert text("app.broken", reference="|").split("|")[0] in refusals(said(page))
    assert text("siting.page.heading") in said(page)
    assert "a secret" not in said(page)
