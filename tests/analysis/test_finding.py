"""Where a finding comes from: the worst status, the newest day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.finding import Finding, Indicator, as_record, newest, said_with, sources_of, worst_status
from layers.layer import STATUSES
from tests.small_district import C, small_district
from words.units import quantity


def test_the_least_trusted_status_counts_in_whatever_order():
    assert worst_status(("official", "illustrative")) == worst_status(("illustrative", "official")) == "illustrative"
    assert worst_status(("open", None, "official")) == "open"
    assert worst_status((None,)) is worst_status(()) is None
    assert worst_status(STATUSES) == STATUSES[-1]


def test_the_latest_day_counts():
    assert newest((date(2022, 5, 1), date(2024, 1, 31), date(2023, 12, 31))) == "2024-01-31"
    assert newest(()) is None


@pytest.mark.parametrize("order", [("rivers", "projects"), ("projects", "rivers"), ("rivers", "projects", "absent")])
def test_two_layers_of_unlike_sources(order):
    district = small_district()
    sources = {"rivers": ("official", date(2020, 1, 1)), "projects": ("supplied", date(2023, 6, 30))}
    entries = {
        layer: replace(
            district.entries[layer], source=replace(district.entries[layer].source, status=status, as_of=day)
        )
        for layer, (status, day) in sources.items()
    }
    assert sources_of(replace(district, entries=entries), order) == ("supplied", "2023-06-30")


def _found(value: float | None = 5.0, **facts: object) -> Finding:
    return Finding(Indicator("population", "people", "township"), C, value, facts=facts)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, ()),
        ({"lower_bound": True}, ("下限:部分数据未知,未计入",)),
        (
            {"known_share": 0.9, "lower_bound": True},
            ("下限:部分数据未知,未计入", f"有数据的面积占 {quantity(0.9, 'share', 'zh')}"),
        ),
        ({"units_then": ("河镇", "坎镇"), "year": 2019}, ("2019 年为河镇、坎镇",)),
        ({"added": ("河镇",), "missing_units": ("坎镇",), "lower_bound": True}, ("已计入原河镇", "至少：缺坎镇的数")),
        ({"added": ("河镇",), "twice": ("街道",)}, ("已计入原河镇", "街道另有一行，不重复计")),
        ({"townships_then": 27, "townships": 26, "year": 2019}, ("2019 年有 27 个乡镇，按今天的 26 个合并",)),
    ],
)
def test_what_a_value_leaves_out_and_of_which_units_it_is_stands_with_it(facts, said):
    assert said_with(_found(**facts), "zh") == said
    record = as_record(_found(**facts), small_district(), "zh")
    assert (record["notes"], record["lower_bound"]) == (said, "lower_bound" in facts)
    assert record["units_then"] == facts.get("units_then", ())
    assert record["townships_then"] == facts.get("townships_then")


def test_a_value_that_is_unknown_is_no_lower_bound():
    assert said_with(_found(None, known_share=0.4, lower_bound=True), "en") == (
        f"data cover {quantity(0.4, 'share', 'en')} of the area",
    )
