"""One panel for all rooms: every assumption once, in the unit shown, with words for every group."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from analysis.methods import rainwater, reclaimed, siting
from app.parts import assumptions
from app.parts.assumptions import Groups
from app.rainwater.assumptions import DISTRICT_GROUPS, PROJECT_GROUPS
from app.reclaimed import store as reclaimed_store
from app.reclaimed.panels.assumptions import GROUPS as RECLAIMED
from app.siting.assumptions import GROUPS as SITING
from app.siting.assumptions import SLIDERS
from words import LANGUAGES, has, text

ROOMS = (
    ("rainwater", DISTRICT_GROUPS),
    ("rainwater", PROJECT_GROUPS),
    ("reclaimed", RECLAIMED),
    ("siting", SITING),
)


@pytest.mark.parametrize(("method", "groups"), ROOMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_has_its_words(method: str, groups: Groups, language):
    assert not [group for group in groups if not has(f"{method}.page.groups.{group}", language)]


@pytest.mark.parametrize(("method", "groups"), ROOMS)
def test_an_assumption_stands_in_one_group(method: str, groups: Groups):
    ids = [one.id for declared in groups.values() for one in declared]
    assert len(ids) == len(set(ids))


def test_every_assumption_of_a_method_can_be_changed_somewhere():
    def ids(*groups: Groups) -> set[str]:
        return {one.id for each in groups for declared in each.values() for one in declared}

    assert ids(DISTRICT_GROUPS, PROJECT_GROUPS) == {one.id for one in rainwater.ASSUMPTIONS}
    assert ids(RECLAIMED) | set(reclaimed_store.PRICES) >= {one.id for one in reclaimed.ASSUMPTIONS}
    assert ids(SITING) | {one.id for one in SLIDERS.values()} == {one.id for one in siting.ASSUMPTIONS}


def _panel() -> None:
    import streamlit as st

    from analysis.assumption import Assumption
    from app.parts.assumptions import assumption_panel, slider_row

    def then() -> None:
        st.session_state["told"] = st.session_state.get("told", 0) + 1

    plain = Assumption("siting_plan_book_m3", "m3_as_wan_m3", 10_000.0, 100_000.0, 50_000.0, "SOIL", "high")
    fixed = Assumption("siting_scale_people", "people", 10_000.0, 10_000.0, 10_000.0, "SUPPLY", "high")
    weight = Assumption("siting_weight_slope", "ratio", 0.0, 1.0, 0.25, "—", "low")
    assumption_panel("siting", {"terrain": (plain, fixed)}, language="zh", note="另注", then=then)
    slider_row("siting", weight, language="zh", step=0.01, then=then)


def _said(page: AppTest) -> str:
    return "\n".join(element.proto.body for element in page.get("html"))


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_function(_panel, default_timeout=60).run()


def test_a_number_is_shown_in_its_unit_with_range_source_and_confidence(page: AppTest):
    row = page.number_input(key="assume_siting_plan_book_m3")
    assert (row.value, row.min, row.max) == (5.0, 1.0, 10.0)
    assert row.label == f"{text('assumptions.siting_plan_book_m3')} (万m³)"
    confidence = text("assumptions.confidence.high")
    assert text("app.params.line", low="1.00", high="10.00", citation="SOIL", confidence=confidence) in _said(page)
    assert "另注" in _said(page)


def test_a_number_with_no_range_stands_still(page: AppTest):
    assert page.number_input(key="assume_siting_scale_people").disabled
    assert not page.exception


def test_a_change_is_kept_inside_counted_and_put_back(page: AppTest):
    page.number_input(key="assume_siting_plan_book_m3").set_value(7.5).run()
    assert page.session_state["changed"] == {"siting_plan_book_m3": 75_000.0}
    assert text("app.params.title_changed", count=1) in _said(page)
    assert text("app.params.changed", default="5.00") in page.number_input(key="assume_siting_plan_book_m3").label
    page.slider(key="assume_siting_weight_slope").set_value(0.4).run()
    assert page.session_state["changed"]["siting_weight_slope"] == 0.4
    page.button(key="siting_reset").click().run()
    assert page.session_state["changed"] == {}
    assert page.session_state["told"] == 3
    assert page.button(key="siting_reset").disabled


@pytest.mark.parametrize(
    ("id_", "label"),
    [("siting_pipe_yuan_per_m", "管道造价 (元/m)"), ("tap_yuan_per_m3", "自来水价 (元/m³)")],
)
def test_a_unit_is_said_once(id_: str, label: str):
    one = next(one for one in siting.ASSUMPTIONS if one.id == id_)
    assert assumptions._title("siting", one, "zh") == label


@pytest.mark.parametrize(("changed", "chosen", "count"), [({}, 0, 0), ({}, 2, 2), ({"siting_far_m": 900.0}, 2, 3)])
def test_the_title_counts_changes_and_choices_together(screen, changed, chosen, count):
    screen.session["changed"] = changed
    assumptions.assumption_panel("siting", {}, language="zh", chosen=chosen)
    assert text("app.params.title_changed" if count else "app.params.title", count=count) in screen.text
