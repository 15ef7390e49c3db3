"""Numbers no formula can use are refused by name, with the first value that is wrong; borders hold."""

from __future__ import annotations

import math

import pytest

from analysis.formulas.arguments import numbers
from words.errors import AtlasError


def _facts(value: object, **bounds: object) -> dict[str, object]:
    with pytest.raises(AtlasError) as refused:
        numbers("x", value, **bounds)
    return {"key": refused.value.key, **refused.value.facts}


def test_what_is_within_comes_back_as_numbers_of_its_shape():
    assert numbers("x", 3).shape == ()
    assert numbers("x", [[1, 2], [3, 4]]).tolist() == [[1.0, 2.0], [3.0, 4.0]]


def test_a_border_belongs_to_what_is_allowed_unless_it_must_be_above():
    assert numbers("x", [0.0, 1.0], low=0.0, high=1.0).tolist() == [0.0, 1.0]
    assert numbers("x", 1.0, low=0.0, high=1.0, above=True) == 1.0
    told = _facts([1.0, 0.0], low=0.0, high=1.0, above=True)
    assert (told["key"], told["value"], told["low"]) == ("formulas.out_of_range", 0.0, 0.0)


def test_the_first_wrong_value_is_named():
    assert _facts([1.0, -2.0, -3.0], low=0.0)["value"] == -2.0
    assert _facts([1.0, 5.0, 9.0], high=4.0)["value"] == 5.0
    assert _facts(7.0, high=4.0) == {
        "key": "formulas.out_of_range", "argument": "x", "value": 7.0, "low": -math.inf, "high": 4.0
    }  # fmt: skip


def test_what_is_no_number_is_said_so():
    assert _facts("abc")["key"] == "formulas.not_a_number"
    assert math.isnan(_facts([1.0, math.nan])["value"])
    assert _facts([math.inf, 1.0])["value"] == math.inf
