"""Asking: what decides a question of a real district, and what does not."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pyproj import CRS

from analysis import asking
from analysis.asking import Asked, ask, question
from analysis.assumptions.money import SEWAGE
from analysis.question import Answer, Choice, answer
from analysis.rules.thresholds import spoken as as_spoken
from layers.catalogue import CATALOGUE
from layers.district import District
from layers.rule import Rule
from tests.small_district import A, small_district
from words.errors import AtlasError

DAY = Asked(on=date(2024, 12, 31))


def _rule(**changed: object) -> Rule:
    usual: dict = {
        "id": "r1", "kind": "rain_duty", "level": "national", "instrument": "x", "issuer": "y", "number": "1",
        "clause": "1", "confidence": "high", "source": "z",
    }  # fmt: skip
    return Rule(**usual | changed)


def _without(district: District, layer: str) -> District:
    kinds = ("frames", "tables", "rasters")
    parts = {kind: {id_: one for id_, one in getattr(district, kind).items() if id_ != layer} for kind in kinds}
    return dataclasses.replace(district, **parts)


@pytest.fixture(scope="module")
def district() -> District:
    return small_district()


def test_methods_that_speak_of_townships_are_asked_about_them_and_the_profile_first(district):
    answers = asking.about_townships(district, DAY)
    assert answers[0].question.method == "township"
    assert {"township", "rainwater"} <= {answer.question.method for answer in answers}
    spoken = {one.indicator.id for answer in answers for one in answer.findings if one.subject == A}
    assert {"area_m2", "rain_usable_m3", "rain_runoff_m3", "rain_owed_m3"} <= spoken


def test_a_store_may_ask_in_the_place_of_asking(district):
    seen = []

    def through(name: str, opened: District, asked: Asked) -> Answer:
        seen.append((name, asked))
        return ask(name, opened, asked)

    asking.about_townships(district, DAY, through=through)
    assert ("rainwater", DAY) in seen
    assert seen[0] == ("township", DAY)


@pytest.mark.parametrize("name", asking.known_methods())
def test_a_layer_the_method_reads_changes_its_question(name: str, district):
    before = question(name, district, DAY).id
    for layer in asking.known_methods()[name].NEEDS:
        if layer == "townships" or not district.has(layer):
            continue
        assert question(name, _without(district, layer), DAY).id != before, layer


@pytest.mark.parametrize("name", asking.known_methods())
def test_a_layer_the_method_does_not_read_leaves_its_question_alone(name: str, district):
    method = asking.known_methods()[name]
    other = next(layer for layer in (*district.tables, *district.frames) if layer not in method.NEEDS)
    assert question(name, _without(district, other), DAY).id == question(name, district, DAY).id


@pytest.mark.parametrize("name", asking.known_methods())
def test_a_cell_changed_in_place_changes_the_question(name: str, district):
    frame = district.frames["townships"].copy()
    frame.loc[frame.index[0], "name"] = "丁镇"
    changed = dataclasses.replace(district, frames={**district.frames, "townships": frame})
    assert question(name, changed, DAY).id != question(name, district, DAY).id


@pytest.mark.parametrize("name", asking.known_methods())
def test_a_default_given_explicitly_changes_nothing_and_another_number_does(name: str, district):
    method = asking.known_methods()[name]
    before = question(name, district, DAY).id
    for one in (each for each in as_spoken(method.ASSUMPTIONS, district) if not each.by_rule):
        said = dataclasses.replace(DAY, assumptions={one.id: one.default})
        elsewhere = next((end for end in (one.low, one.high) if end != one.default), None)
        if elsewhere is None:
            continue  # a number with no room to change
        other = dataclasses.replace(DAY, assumptions={one.id: elsewhere})
        assert question(name, district, said).id == before
        assert question(name, district, other).id != before, one.id


@pytest.mark.parametrize("name", asking.known_methods())
def test_an_assumption_of_another_method_leaves_the_question_alone(name: str, district):
    mine = {one.id for one in asking.known_methods()[name].ASSUMPTIONS}
    other = next((one for one in asking.known_assumptions().values() if one.id not in mine), None)
    if other is not None:
        said = dataclasses.replace(DAY, assumptions={other.id: other.high})
        assert question(name, district, said).id == question(name, district, DAY).id


def test_an_assumption_nobody_declared_is_an_error(district):
    with pytest.raises(AtlasError, match="unknown_assumption"):
        question("township", district, dataclasses.replace(DAY, assumptions={"luck": 1.0}))


def test_a_day_with_the_same_rules_gives_the_same_id(district):
    assert ask("township", district, Asked(on=DAY.on + timedelta(days=90))).id == ask("township", district, DAY).id


def test_a_rule_in_force_is_part_of_the_question_and_one_of_elsewhere_is_not(district, monkeypatch):
    method = asking.known_methods()["township"]
    monkeypatch.setattr(method, "RULES", ("rain_duty",))
    bare = question("township", dataclasses.replace(district, rules=()), DAY).id

    def with_rule(**changed: object) -> str:
        return question("township", dataclasses.replace(district, rules=(_rule(**changed),)), DAY).id

    assert with_rule(codes=("99",)) != bare
    assert with_rule(codes=("99",), asks={"mm": 20.0}) != with_rule(codes=("99",), asks={"mm": 21.0})
    assert with_rule(codes=("50",)) == bare
    assert with_rule(kind="monitoring") == bare
    assert with_rule(since=date(2025, 1, 1)) == bare
    assert with_rule(until=DAY.on) == bare


def test_a_layer_past_its_shelf_life_is_part_of_the_question(district, monkeypatch):
    for layer in CATALOGUE:
        life = 5.0 if layer == "projects" else None
        monkeypatch.setitem(CATALOGUE, layer, dataclasses.replace(CATALOGUE[layer], shelf_life_years=life))
    before = question("township", district, DAY)
    told = district.entries["projects"].source.as_of
    late = Asked(on=date(told.year + 6, told.month, told.day))
    assert question("township", district, late).aged == ("projects",)
    assert question("township", district, late).id != before.id
    assert question("township", district, Asked(on=told)).id == before.id


def test_findings_of_a_township_name_the_answer(district):
    answer = ask("township", district, DAY)
    assert {finding.result_id for finding in answer.findings if finding.subject == A} == {answer.id}


@pytest.fixture
def building_on(monkeypatch):
    """The method of townships as one that builds on rainwater, reads a record and has choices of its own."""
    method = asking.known_methods()["township"]
    monkeypatch.setattr(method, "ASKS", ("rainwater",))
    monkeypatch.setattr(method, "RECORDS", ("ledger",))
    monkeypatch.setattr(method, "CHOICES", (Choice("way", "plain", ("plain", "other")), Choice("on", None)))
    return method


def _asked(**changed: object) -> Asked:
    return Asked(**{"on": DAY.on, "records": {"ledger": "0f"}, **changed})


def test_a_question_stands_on_the_answers_and_records_it_builds_on(district, building_on):
    before = question("township", district, _asked())
    assert before.builds_on == {"rainwater": question("rainwater", district, DAY).id}
    assert before.records == {"ledger": "0f"}
    assert question("township", district, _asked(records={"ledger": "1e"})).id != before.id
    changed = question("township", district, _asked(assumptions={"psi_roof": 0.81}))
    assert changed.builds_on != before.builds_on
    assert changed.assumptions == before.assumptions == {"known_cells_share": 0.8}


def test_a_question_reads_the_layers_of_what_it_builds_on(district, building_on):
    assert "daily_rain" not in building_on.NEEDS
    assert "daily_rain" in question("township", district, _asked()).layers
    assert question("township", _without(district, "daily_rain"), _asked()).layers["daily_rain"] == "missing"


def test_what_is_built_on_hears_day_numbers_and_subject_but_neither_choices_nor_wish(
    district, building_on, monkeypatch
):
    seen: dict[str, object] = {}
    rainwater = asking.known_methods()["rainwater"]

    def heard(district, question, *, given, on, progress=None, cancelled=None):
        seen.update(on=on, subject=question.subject, psi=question.assumptions["psi_roof"], wish=question.wish)
        seen["choices"] = question.choices
        return answer(question, "rain")

    def builds(district, question, *, given, on, progress=None, cancelled=None):
        seen["given"] = {name: one.detail for name, one in given.items()}
        return answer(question, None)

    monkeypatch.setattr(rainwater, "ask", heard)
    monkeypatch.setattr(building_on, "ask", builds)
    told = _asked(assumptions={"psi_roof": 0.81}, choices={"way": "other"}, wish={"budget": 1.0}, subject=A)
    made = ask("township", district, told, made=[answer(question("siting", district, DAY), "earlier")])
    assert (seen["on"], seen["psi"], seen["subject"], seen["wish"]) == (DAY.on, 0.81, A, {})
    assert "way" not in seen["choices"]
    assert seen["given"] == {"rainwater": "rain", question("siting", district, DAY).id: "earlier"}
    assert made.question.choices["way"] == "other"
    assert made.question.wish == {"budget": 1.0}


def test_the_day_is_in_the_id_only_where_a_method_declares_that_it_matters(district, building_on):
    first, later = (_asked(on=date(year, 1, 1)) for year in (2024, 2025))
    days = [question("township", district, one).choices["on"] for one in (first, later)]
    assert days == [date(2024, 1, 1), date(2025, 1, 1)]
    assert question("township", district, first).id != question("township", district, later).id
    told = _asked(on=date(2025, 1, 1), choices={"on": date(2024, 1, 1)})
    assert question("township", district, told).choices["on"] == date(2024, 1, 1)


@pytest.mark.parametrize(
    ("told", "assumptions"),
    [
        ({"siting_psi_roof": 0.81}, {"psi_roof": 0.81}),
        ({"siting_tap_yuan_per_m3": 4.2}, {"tap_yuan_per_m3": 4.2 - SEWAGE.default}),
        ({"siting_tap_yuan_per_m3": 4.2, "sewage_yuan_per_m3": 0.7}, {"tap_yuan_per_m3": 3.5}),
    ],
)
def test_an_assumption_may_be_told_under_its_former_name(district, told, assumptions):
    found = question("siting", district, replace(DAY, assumptions=told))
    assert {id_: found.assumptions[id_] for id_ in assumptions} == pytest.approx(assumptions)
    assert found.id == question("siting", district, replace(DAY, assumptions={**found.assumptions})).id


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({"name": "别县", "name_en": "Other"}, True),
        ({"elevation_m": (0.0, 9_000.0)}, True),
        ({"flags": {"water_short_area": True}}, False),
        ({"code": "990009"}, False),
        ({"metric_crs": CRS.from_epsg(4546)}, False),
    ],
)
def test_of_the_settings_what_may_decide_a_figure_is_in_the_id_and_the_name_is_not(district, changed, same):
    other = replace(district, settings=replace(district.settings, **changed))
    assert (question("township", other, DAY).id == question("township", district, DAY).id) is same


@pytest.mark.parametrize(("days", "old"), [(0, False), (1, True)])
def test_a_layer_is_old_the_day_after_its_life_and_not_before(district, days, old):
    told = district.entries["projects"].source.as_of
    on = date(told.year + 5, told.month, told.day) + timedelta(days=days)
    assert asking.aged(district, ["projects", "elevation"], on=on) == (("projects",) if old else ())


def test_a_layer_that_is_there_without_a_date_is_old_and_one_that_is_not_there_is_missing(district):
    told = district.entries["projects"].source.as_of
    assert asking.aged(_entriless(district, "projects"), ["projects"], on=told) == ("projects",)
    assert asking.aged(district, ["quotas"], on=told) == ()


def _entriless(district: District, layer: str) -> District:
    return replace(district, entries={id_: one for id_, one in district.entries.items() if id_ != layer})


def test_indicators_are_those_of_the_subject_from_every_method():
    subjects = ("township", "site", "plant")
    known = {subject: {one.id for one in asking.indicators(subject=subject)} for subject in subjects}
    assert {"water_use_m3", "rain_usable_m3"} <= known["township"]
    assert known["site"] == {"siting_constraints", "siting_not_made"}
    assert not known["township"] & (known["site"] | known["plant"])
