"""Where a finding comes from: the worst status, the newest day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.finding import newest, sources_of, worst_status
from layers.layer import STATUSES
from tests.small_district import small_district


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
