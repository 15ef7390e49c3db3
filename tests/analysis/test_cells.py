"""A cell read as a number."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.cells import number


@pytest.mark.parametrize("empty", [None, float("nan"), pd.NA, pd.NaT, np.float64("nan")])
def test_an_empty_cell_is_none_and_not_zero(empty: object):
    assert number(empty) is None


@pytest.mark.parametrize(("cell", "expected"), [(0, 0.0), (np.float32(2.5), 2.5), (np.int64(7), 7.0), ("3.5", 3.5)])
def test_a_number_is_read_whatever_its_kind(cell: object, expected: float):
    assert number(cell) == expected


def test_what_is_no_number_is_refused():
    with pytest.raises(TypeError, match="no number"):
        number(object())
