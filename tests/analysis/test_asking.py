"""Asking: what decides a question of a real district, and what does not."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from analysis import asking
from analysis.asking import Asked, ask, question
from analysis.question import Answer
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
    assert ask("township", district, Asked(on=date(2031, 1, 1))).id == ask("township", district, DAY).id


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
    before = question("township", district, DAY)
    monkeypatch.setitem(CATALOGUE, "projects", dataclasses.replace(CATALOGUE["projects"], shelf_life_years=5.0))
    told = district.entries["projects"].source.as_of
    late = Asked(on=date(told.year + 6, told.month, told.day))
    assert question("township", district, late).aged == ("projects",)
    assert question("township", district, late).id != before.id
    assert question("township", district, Asked(on=told)).id == before.id


def test_findings_of_a_township_name_the_answer(district):
    answer = ask("township", district, DAY)
    assert {finding.result_id for finding in answer.findings if finding.subject == A} == {answer.id}
