"""Candidate sites side by side, each with its own figures, verdicts and buttons."""

from __future__ import annotations

import pytest
from shapely import Point

from app.jobs import Job
from app.siting import compare, session
from app.siting import store as siting_store
from app.siting.session import Given
from tests.app.siting.sides import (
    HERE,
    THERE,
    UNITS,
    cells,
    scene,
)
from words import LANGUAGES, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_candidates_stand_in_columns_with_their_own_figures(screen, small, judged, language):
    session.set_aside(Given(HERE.wkb_hex), "{}")
    compare.compare(scene(small, language, given=Given(THERE.wkb_hex)))
    rows = cells(screen.html)
    volume, price, area = UNITS[language]
    missing = text("units.missing", language)

    def said(key: str) -> list[str]:
        return rows[text(f"siting.page.compare.{key}", language)]

    assert rows[""] == ["1. 甲地", "2. 乙地"]
    assert said("worst") == [text(f"siting.verdicts.{one}", language) for one in ("restricted", "prohibited")]
    assert said("not_made") == ["0", "1"]
    assert said("township") == ["甲镇", "甲镇, 乙镇"]
    assert said("area") == [f"20.00 {area}", f"1.00 {area}"]
    assert said("demand") == [f"12.34 {volume}", missing]
    assert said("mains") == ["250 m", missing]
    assert said("price") == [f"4.57 {price}", missing]
    assert said("share") == ["35.0%", missing]


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_checks_that_say_something_are_listed_each_under_its_own_site(screen, small, judged, language):
    session.set_aside(Given(HERE.wkb_hex), "{}")
    compare.compare(scene(small, language, given=Given(THERE.wkb_hex)))
    rows = cells(screen.html)
    zone, slope, quota = (
        text(f"siting.checks.{id_}.name", language) for id_ in ("drinking_source_1", "building_slope", "quota")
    )
    verdicts = {
        one: text(f"siting.verdicts.{one}", language) for one in ("restricted", "prohibited", "clear", "unknown")
    }
    assert rows[f"1 {zone}"] == [verdicts["restricted"], verdicts["prohibited"]]
    assert rows[f"3 {slope}"] == [verdicts["clear"], verdicts["unknown"]]
    assert f"2 {quota}" not in rows


def test_a_site_that_cannot_be_judged_says_why_in_its_column(screen, small, judged):
    session.set_aside(Given(HERE.wkb_hex), "{}")
    compare.compare(scene(small, given=Given(Point(1, 2).wkb_hex, called="坏地")))
    rows = cells(screen.html)
    assert rows[""] == ["1. 甲地", "2. 坏地"]
    assert rows["最严结论"][1] == text("siting.page.errors.too_big")
    assert (rows["面积"][1], rows["数据不足(项)"][1]) == ("–", "–")


def test_the_same_site_and_project_stands_once_and_a_single_one_is_too_few(screen, small, judged):
    session.set_aside(Given(HERE.wkb_hex), "{}")
    compare.compare(scene(small, given=Given(HERE.wkb_hex)))
    assert cells(screen.html)[""] == ["1. 甲地"]
    assert ("empty", text("siting.page.compare.few")) in screen.notices
    screen.wipe()
    compare.compare(scene(small, given=Given(HERE.wkb_hex), said='{"sector": "public"}'))
    assert cells(screen.html)[""] == ["1. 甲地", "2. 甲地"]


def test_the_parcels_of_a_file_are_candidates_each(screen, small, judged):
    file = Given(HERE.wkb_hex, parcels=(("一", HERE.wkb_hex), ("二", THERE.wkb_hex)))
    compare.compare(scene(small, given=file))
    assert cells(screen.html)[""] == ["1. 甲地", "2. 乙地"]


def test_each_button_opens_its_own_candidate_and_the_last_empties_the_list(screen, small, judged):
    session.set_aside(Given(HERE.wkb_hex), '{"sector": "public"}')
    session.set_aside(Given(THERE.wkb_hex), '{"sector": "housing"}')
    compare.compare(scene(small))
    screen.press("siting_open_1")
    assert (session.given().wkb, session.told()) == (THERE.wkb_hex, {"sector": "housing"})
    screen.press("siting_open_0")
    assert (session.given().wkb, session.told()) == (HERE.wkb_hex, {"sector": "public"})
    screen.press("siting_drop")
    assert session.others() == []


def test_sites_that_take_long_show_how_far_the_first_is_and_can_be_stopped(screen, small, monkeypatch):
    held = [Job(str(n), place=n) for n in range(2)]
    waiting = iter(held)
    monkeypatch.setattr(siting_store, "PATIENCE_S", 0.0)
    monkeypatch.setattr(siting_store, "asked_of", lambda given, said, changed, on: given.wkb)
    monkeypatch.setattr(siting_store, "check_job", lambda mark, asked, watcher: next(waiting))
    held[0].tell({"done": 3, "count": 32})
    session.set_aside(Given(HERE.wkb_hex), "{}")
    compare.compare(scene(small, given=Given(THERE.wkb_hex)))
    assert screen.bodies[-1].endswith("[0.09]")
    assert "<table" not in screen.html
    screen.press("siting_stop_compare")
    assert (held[0].stopped(), held[1].stopped()) == (True, False)


def test_a_check_that_was_stopped_stands_beside_the_others_and_can_be_done_anew(screen, small, judged, monkeypatch):
    ended = Job("ended", place=9)
    ended.stop()
    ended.future.set_running_or_notify_cancel()
    kept = siting_store.check_job

    def start(mark: str, asked: str, *, watcher: str) -> Job:
        return ended if asked == THERE.wkb_hex else kept(mark, asked, watcher=watcher)

    monkeypatch.setattr(siting_store, "check_job", start)
    dropped: list[str] = []
    monkeypatch.setattr(siting_store.checks, "drop", dropped.append)
    session.set_aside(Given(HERE.wkb_hex), "{}")
    compare.compare(scene(small, given=Given(THERE.wkb_hex)))
    worst = cells(screen.html)["最严结论"]
    assert worst == [text("siting.verdicts.restricted"), text("siting.errors.cancelled")]
    screen.press("siting_again_compare_9")
    assert dropped == ["ended"]
