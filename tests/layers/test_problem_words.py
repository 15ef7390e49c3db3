"""A problem becomes one sentence that says where, what, what to do and who, in both languages."""

import re

import pytest

from layers.departments import Department
from layers.dictionary import readme
from layers.problem import Problem
from layers.problem_words import problem_text, what
from words import LANGUAGES, has, sentences, text

FACTS = {
    name: 1
    for sentence in sentences("zh").values()
    for name in re.findall(r"{(\w+)}", sentence)
    if name not in ("low", "high", "unit")
}


def problem(key, **rest):
    return Problem(key, "water_mains", "urban_management", "error", "water_mains.shp", **rest)


def test_place_fault_remedy_and_owner_stand_in_order():
    told = problem(
        "out_of_range",
        row=3,
        feature="M3",
        field="diameter_mm",
        value="9",
        facts={"low": 10, "high": 3000, "unit": "mm"},
    )
    layer, field = text("layers.water_mains.name"), text("layers.water_mains.fields.diameter_mm")
    assert problem_text(told) == (
        f"{layer}(water_mains.shp),第 3 行,“M3”,{field},填写为“9”:"
        "超出允许范围 10 mm–3,000 mm,未采用。请核对数值和单位。责任单位:城市管理主管部门。"
    )
    named = {"urban_management": Department("某城管局"), "water": Department("某水务局")}
    assert problem_text(told, departments=named).endswith("责任单位:某城管局。")
    assert "outside 10 mm–3,000 mm" in problem_text(told, "en")


def test_an_open_bound_is_shown_as_open():
    assert "0–…" in what(problem("out_of_range", facts={"low": 0, "high": None, "unit": None})).replace("0.00", "0")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_can_be_told_without_a_gap(language):
    known = [key.removeprefix("problems.") for key in sentences(language) if key.startswith("problems.")]
    for key in known:
        if not key.startswith("where"):
            told = what(problem(key, facts=FACTS | {"low": 1.0, "high": 2.0, "unit": "m"}), language)
            assert "{" not in told


def test_choices_are_told_by_their_names():
    told = what(problem("unknown_choice", field="role", facts={"choices": ("trunk",)}))
    assert "trunk" not in told or not has("layers.water_mains.choices.role.trunk")


def test_a_sentence_of_another_file_is_found_by_its_whole_key():
    assert "GCJ-02" in problem_text(problem("geo.notes.offset.gcj02"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dictionary_names_every_column_of_every_layer(language):
    from layers.catalogue import CATALOGUE

    told = readme(language)
    for layer in CATALOGUE.values():
        assert f"`{layer.id}`" in told
        assert all(f"`{field.column}`" in told for field in layer.fields)
