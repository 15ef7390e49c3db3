"""Assumptions resolved: the default, a change, both ends of the range, and what no rule has given."""

from __future__ import annotations

import math

import pytest

from analysis.assumption import Assumption, resolve
from words.errors import AtlasError

PRICE = Assumption("price", "yuan_per_m3", 1.0, 6.0, 3.2, "某文件", "low")
SHARE = Assumption("share", "share", 0.0, 1.0, 0.0, "某文件", "low")
RULED = Assumption("well_m", "m", 30.0, 500.0, math.nan, "", "high", by_rule=True)


def test_what_is_not_changed_has_its_default_even_where_that_is_nothing():
    assert resolve((PRICE, SHARE), {}) == {"price": 3.2, "share": 0.0}
    assert resolve((PRICE, SHARE), {"share": 0.5}) == {"price": 3.2, "share": 0.5}
    assert resolve((PRICE, SHARE), {"price": 4.0, "share": 0.0}) == {"price": 4.0, "share": 0.0}


@pytest.mark.parametrize("value", [1.0, 6.0])
def test_both_ends_of_the_range_are_allowed(value):
    assert resolve((PRICE,), {"price": value}) == {"price": value}


@pytest.mark.parametrize("value", [0.999, 6.001, math.nan, math.inf])
def test_beyond_the_range_is_refused_with_both_ends_named_as_they_are(value):
    with pytest.raises(AtlasError) as refused:
        resolve((PRICE,), {"price": value})
    assert refused.value.key == "errors.assumption_out_of_range"
    facts = refused.value.facts
    assert (facts["id"], facts["low"], facts["high"]) == ("price", 1.0, 6.0)


def test_an_id_nobody_declared_is_refused():
    with pytest.raises(AtlasError) as refused:
        resolve((PRICE,), {"prise": 3.0})
    assert (refused.value.key, refused.value.facts["id"]) == ("errors.unknown_assumption", "prise")


def test_a_number_that_no_rule_gave_is_not_there_at_all():
    assert resolve((RULED, SHARE), {}) == {"share": 0.0}
