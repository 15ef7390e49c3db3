"""Weights of pairwise judgements by hand: Saaty's example, two criteria, and judgements that run in a circle."""

from __future__ import annotations

import pytest

from analysis.formulas.ahp import RANDOM_INDEX, ahp_weights
from words.errors import AtlasError


def test_saatys_three_criteria():
    found = ahp_weights([[1, 3, 5], [1 / 3, 1, 3], [1 / 5, 1 / 3, 1]])
    assert found.weights == pytest.approx((0.637, 0.258, 0.105), abs=5e-4)
    assert found.lambda_max == pytest.approx(3.0385, abs=5e-5)
    assert found.consistency_index == pytest.approx(0.0193, abs=5e-5)
    assert found.consistency_ratio == pytest.approx(0.033, abs=5e-4)
    assert found.consistent


def test_two_criteria_always_agree():
    found = ahp_weights([[1, 4], [0.25, 1]])
    assert found.weights == pytest.approx((0.8, 0.2))
    assert (found.consistency_index, found.consistency_ratio) == (0.0, 0.0)
    assert ahp_weights([[1]]).weights == (1.0,)


def test_judgements_in_a_circle_do_not_agree():
    """Each is 9 times the next: the rows turn round, so that λmax is their sum and no criterion weighs more."""
    found = ahp_weights([[1, 9, 1 / 9], [1 / 9, 1, 9], [9, 1 / 9, 1]])
    assert found.weights == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    assert found.lambda_max == pytest.approx(10.1111, abs=1e-4)
    assert found.consistency_index == pytest.approx(3.5556, abs=1e-4)  # (10.1111 − 3)/2
    assert found.consistency_ratio == pytest.approx(6.1303, abs=1e-4)  # 3.5556/0.58
    assert not found.consistent


def test_four_criteria_are_held_to_their_own_random_index():
    """Rows (1, 2, 1, ½) turned round: λmax 4.5, CI 0.5/3, CR 0.1667/0.90, above the tenth that still agrees."""
    rows = [1, 2, 1, 0.5]
    found = ahp_weights([[rows[(column - row) % 4] for column in range(4)] for row in range(4)])
    assert found.lambda_max == pytest.approx(4.5)
    assert found.consistency_ratio == pytest.approx(0.18519, abs=1e-5)
    assert not found.consistent
    assert len(RANDOM_INDEX) == 10


def test_what_contradicts_itself_is_refused_with_what_would_be_due():
    with pytest.raises(AtlasError) as refused:
        ahp_weights([[1, 2], [0.4, 1]])
    facts = refused.value.facts
    assert (facts["value"], facts["low"], facts["high"]) == (0.4, 0.5, 0.5)


@pytest.mark.parametrize("wrong", [[[1, 2]], [1, 2], [[1, 0], [2, 1]], [[1.0] * 11] * 11, [["a"]]])
def test_what_is_no_matrix_of_judgements_is_refused(wrong):
    with pytest.raises(AtlasError) as refused:
        ahp_weights(wrong)
    assert refused.value.facts["argument"] == "judgements"
