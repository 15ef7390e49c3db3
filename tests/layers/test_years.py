"""How many years have gone by: to the day, by the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from layers.years import gone_by


@pytest.mark.parametrize(
    ("since", "years", "on", "gone"),
    [
        (date(2019, 3, 5), 5.0, date(2024, 3, 5), False), (date(2019, 3, 5), 5.0, date(2024, 3, 6), True),
        (date(2020, 2, 29), 1.0, date(2021, 2, 28), False), (date(2020, 2, 29), 1.0, date(2021, 3, 1), True),
        (date(2020, 8, 31), 0.5, date(2021, 2, 28), False), (date(2020, 8, 31), 0.5, date(2021, 3, 1), True),
        (date(1990, 1, 1), 10.0, date(2026, 12, 1), True),
    ],
)  # fmt: skip
def test_a_life_is_over_the_day_after_its_last(since, years, on, gone):
    assert gone_by(since, years=years, on=on) is gone
