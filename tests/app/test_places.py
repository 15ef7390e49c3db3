"""A township is found by code or name, of today or of one that was merged."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from app.places import Place, place
from tests.small_district import A, B, small_district
from words.errors import AtlasError


@pytest.fixture(scope="module")
def merged():
    """The small district with two townships that ended: 前乡 went into 老镇, and 老镇 into B."""
    district = small_district()
    frame = district.frames["townships"]
    gone = frame.iloc[[0, 0]].copy()
    gone["code"], gone["name"], gone["short_name"] = ["990001901", "990001902"], ["前乡", "老镇"], ["前", "老"]
    gone["successor"], gone["valid_to"] = ["990001902", B], pd.Timestamp("2020-01-01")
    return replace(district, frames={**district.frames, "townships": pd.concat([frame, gone], ignore_index=True)})


@pytest.mark.parametrize("given", [A, "甲镇", " 甲 镇 "])
def test_one_of_today_is_meant_by_code_or_name(merged, given):
    assert place(merged, given) == Place(A)


@pytest.mark.parametrize("given", ["990001901", "前乡"])
def test_one_that_was_merged_means_what_it_is_part_of_today(merged, given):
    assert place(merged, given) == Place(B, merged="前乡")


def test_another_text_means_none(merged):
    with pytest.raises(AtlasError, match="unknown_township"):
        place(merged, "新镇")
