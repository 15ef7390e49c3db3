"""A question's id: the same for equal questions, another for whatever decides an answer."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.finding import Finding, Indicator
from analysis.question import Choice, Question, answer, canonical, chosen, digest
from words.errors import AtlasError

NAMES = st.sampled_from(["a", "b", "c", "d"])
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
PLAIN = st.none() | st.booleans() | st.integers(-9, 9) | NUMBERS | st.text(max_size=3) | st.dates()
QUESTIONS = st.builds(
    Question,
    method=NAMES,
    edition=st.integers(1, 3),
    layers=st.dictionaries(NAMES, st.sampled_from(["missing", "0f", "1e"]), max_size=2),
    assumptions=st.dictionaries(NAMES, NUMBERS, max_size=2),
    choices=st.dictionaries(NAMES, PLAIN, max_size=2),
    subject=st.none() | st.text(max_size=2),
    wish=st.dictionaries(NAMES, PLAIN | st.lists(PLAIN, max_size=2), max_size=2),
    rules=st.dictionaries(NAMES, NAMES, max_size=2),
    aged=st.lists(NAMES, max_size=2, unique=True).map(tuple),
    builds_on=st.dictionaries(NAMES, NAMES, max_size=1),
    records=st.dictionaries(NAMES, NAMES, max_size=1),
)
BASE = Question(
    "tanks", 1, {"rain": "0f"}, {"code": "1"}, {"psi": 0.85}, {"rule": "yas"}, "P1", {"rate": 0.15}, {"r1": "aa"},
    ("rain",), {"other": "bb"}, {"cases": "cc"},
)  # fmt: skip
OTHERWISE = {
    "method": "pipes", "edition": 2, "layers": {"rain": "missing"}, "settings": {"code": "2"},
    "assumptions": {"psi": 0.86}, "choices": {"rule": "ybs"}, "subject": "P2", "wish": {"rate": 0.16},
    "rules": {"r1": "ab"}, "aged": (), "builds_on": {"other": "bc"}, "records": {"cases": "cd"},
}  # fmt: skip


@given(QUESTIONS, QUESTIONS)
def test_questions_share_an_id_exactly_when_they_are_equal(one: Question, other: Question):
    alike = canonical({**vars(one), "aged": sorted(one.aged)}) == canonical({**vars(other), "aged": sorted(other.aged)})
    assert (one.id == other.id) == alike


@given(QUESTIONS)
def test_an_equal_question_has_the_same_id_whatever_the_order_of_its_parts(one: Question):
    turned = {
        field.name: dict(reversed(list(value.items())))
        for field in fields(one)
        if isinstance(value := getattr(one, field.name), dict)
    }
    assert replace(one, **turned, aged=tuple(reversed(one.aged))).id == one.id


def test_every_part_of_a_question_is_tried_below():
    assert set(OTHERWISE) == {field.name for field in fields(Question)}


@pytest.mark.parametrize("part", OTHERWISE)
def test_each_part_changes_the_id(part: str):
    assert replace(BASE, **{part: OTHERWISE[part]}).id != BASE.id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"rate": 1}, {"rate": 1.0}),
        ({"rate": 0.0}, {"rate": -0.0}),
        ({"rate": 0.2, "budget": None}, {"rate": 0.2}),
        ({"users": ("a", "b")}, {"users": ["a", "b"]}),
        ({"users": {"a", "b"}}, {"users": frozenset(("b", "a"))}),
    ],
)
def test_two_ways_to_say_the_same_give_one_id(one: dict, other: dict):
    assert replace(BASE, wish=one).id == replace(BASE, wish=other).id


@pytest.mark.parametrize(
    ("one", "other"),
    [({"on": True}, {"on": 1}), ({"n": "1"}, {"n": 1}), ({"day": date(2024, 5, 1)}, {"day": "2024-05-01"})],
)
def test_values_of_different_kinds_are_different(one: dict, other: dict):
    assert replace(BASE, wish=one).id != replace(BASE, wish=other).id


def test_a_number_that_is_none_is_refused():
    with pytest.raises(ValueError, match="nan"):
        digest({"rate": float("nan")})


def test_an_unknown_choice_is_an_error():
    with pytest.raises(AtlasError, match="unknown_choice"):
        chosen([Choice("rule", "yas", ("yas", "ybs"))], {"rules": "yas"})


@pytest.mark.parametrize(("usual", "options", "given_"), [("yas", ("yas", "ybs"), "x"), (1.0, (), "1"), (1, (), True)])
def test_a_choice_that_cannot_be_is_an_error(usual: object, options: tuple, given_: object):
    with pytest.raises(AtlasError, match="choice_wrong"):
        chosen([Choice("rule", usual, options)], {"rule": given_})


def test_choices_left_alone_are_the_usual_ones():
    declared = [Choice("rule", "yas", ("yas", "ybs")), Choice("flush", "per_spell")]
    assert chosen(declared, {"rule": "ybs"}) == {"rule": "ybs", "flush": "per_spell"}


def test_a_search_ended_by_the_clock_has_an_id_of_its_answer():
    short, long_ = answer(BASE, None, ended="no network"), answer(BASE, None, ended="386 pipes")
    assert len({BASE.id, short.id, long_.id}) == 3
    assert answer(BASE, "whatever").id == BASE.id


def test_findings_carry_the_id_of_their_answer():
    finding = Finding(Indicator("n", "count", "tanks"), "P1", 2.0)
    for ended in (None, "half"):
        made = answer(BASE, None, findings=[finding], ended=ended)
        assert [one.result_id for one in made.findings] == [made.id]


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (None, None), (True, True), (3, 3.0), (-0.0, 0.0), (date(2024, 5, 1), {"day": "2024-05-01"}),
        ({"b": 1, "a": None}, {"b": 1.0}), ((1, "x"), [1.0, "x"]), ({2, 1}, [1.0, 2.0]), ([None], [None]),
    ],
)  # fmt: skip
def test_the_canonical_form_is_what_json_holds(value: object, form: object):
    found = canonical(value)
    assert found == form
    assert type(found) is type(form)


def test_an_id_is_twelve_hex_digits_over_the_sorted_form():
    # sha256 of {"a":1.0,"b":[true]} begins so, whatever the order it was said in
    assert digest({"b": [True], "a": 1}) == digest({"a": 1.0, "b": (True,)}) == "93d5b9888372"


def test_what_has_no_form_decides_nothing():
    with pytest.raises(TypeError, match="object has no canonical form"):
        digest({"rate": object()})
    with pytest.raises(ValueError, match="inf"):
        digest([float("inf")])


@pytest.mark.parametrize(
    ("usual", "value", "allowed"),
    [(1, 2.5, True), (1.0, 2, True), (True, False, True), (True, 1, False), (None, "x", True), ("a", "b", True),
     ("a", 1, False), (date(2024, 1, 1), "2024-01-01", False)],
)  # fmt: skip
def test_a_choice_without_options_takes_values_like_its_usual_one(usual: object, value: object, allowed: bool):
    if allowed:
        assert chosen([Choice("c", usual)], {"c": value}) == {"c": value}
        return
    with pytest.raises(AtlasError) as refused:
        chosen([Choice("c", usual)], {"c": value})
    assert (refused.value.facts["name"], refused.value.facts["value"]) == ("c", value)


def test_a_refused_choice_names_what_there_is():
    declared = [Choice("rule", "yas", ("yas", "ybs")), Choice("flush", "per_spell", ("per_spell", "per_day"))]
    with pytest.raises(AtlasError) as unknown:
        chosen(declared, {"colour": "red"})
    assert unknown.value.facts == {"name": "colour", "known": "flush, rule"}
    with pytest.raises(AtlasError) as wrong:
        chosen(declared, {"rule": "per_day"})
    assert wrong.value.facts["options"] == "yas, ybs"


def test_an_ended_answer_has_the_id_of_question_and_fingerprint_and_findings_keep_their_figures():
    finding = Finding(Indicator("n", "count", "tanks"), "P1", 2.0, low=1.0, high=3.0, needs=("a",))
    made = answer(BASE, "half", findings=[finding], ended="386 pipes")
    assert made.id == digest([BASE.id, "386 pipes"])
    (kept,) = made.findings
    assert replace(kept, result_id="") == finding
    assert (made.detail, made.question) == ("half", BASE)
