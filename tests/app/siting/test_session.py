"""The site and project of a session, kept as a case and brought back whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import Point, box, from_wkb
from siting_ground import A, B

from analysis.methods.siting import METHOD
from app import changes
from app.siting import session
from app.siting.session import Given
from records.cases import save_case
from tests.app.siting.picked import S1, scene_of
from words.errors import AtlasError

SQUARE = Given(box(484_000, 3_249_000, 484_100, 3_249_100).wkb_hex, name="甲地")


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
