"""The district: its townships by whatever people call them."""

from __future__ import annotations

import pytest
from small_district import A, B, small_district


@pytest.mark.parametrize(("given", "code"), [(A, A), ("甲镇", A), (" 乙 镇 ", B), ("无此镇", "无此镇")])
def test_a_township_is_found_by_code_or_name(given, code):
    assert small_district().code_of(given) == code
