"""The scene of the siting page: feature, project, township and what is asked."""

from __future__ import annotations

import json
from datetime import date

import pytest
from shapely import Point
from siting_ground import A, B

from app.siting import give, session
from app.siting import store as siting_store
from app.siting.address import VIEWS
from app.siting.controls import controls
from app.siting.scene import open_scene
from app.state import selection
from tests.app.siting.picked import K1, S1, S2, scene_of
from words import text


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


def test_a_feature_that_is_not_there_is_named_and_the_page_stays(mark, screen):
    scene = scene_of(screen, site="construction_projects:none")
    assert scene.refusal.key == "siting.page.errors.no_feature"
    assert "none" in text(scene.refusal.key, "zh", **scene.refusal.facts)


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
    assert scene_of(screen, township=B, site="construction_projects:S9").code == B


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
    listed = []
    for changed in ((), after.changed):
        wished = siting_store.layer_asked("construction_projects", "{}", changed, on=date(2026, 1, 2))
        siting_store.check_job(mark, wished, watcher="test").wait(60.0)
        listed.append(siting_store.batch(mark, wished)[0].result_id)
    assert listed[0] != listed[1]


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


def test_a_shape_is_told_in_degrees_east_before_north(mark):
    lon, lat = siting_store.degrees(mark, Point(485_000, 3_250_000))["coordinates"]
    assert (round(lon, 3), round(lat, 3)) == (107.846, 29.367)
