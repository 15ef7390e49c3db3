"""Months of a plan by hand: a lawn in summer, a firm all the year, a plant that is dry in August."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from analysis.assumption import resolve
from analysis.methods.reclaimed.assumptions import ASSUMPTIONS
from analysis.methods.reclaimed.demand import MONTH_DAYS
from analysis.methods.reclaimed.months import by_month, monthly_delivery
from analysis.methods.reclaimed.supply import MONTHS, even_m3
from tests.reclaimed_ground import reclaimed_district

ASSUMED = resolve(ASSUMPTIONS, {})
PLACES = pd.DataFrame({"user": ["G", "F"], "use": ["greening", "process"]})


def delivery(served: list[tuple[str, str, float]], supply: dict[str, list[float]]) -> pd.DataFrame:
    """What plants of such monthly supplies deliver, no rain known."""
    district = reclaimed_district()
    tables = {name: table for name, table in district.tables.items() if name != "daily_rain"}
    plants = pd.DataFrame(
        [(plant, *months) for plant, months in supply.items()], columns=["plant", *MONTHS]
    )  # fmt: skip
    frame = pd.DataFrame(served, columns=["user", "plant", "m3"])
    return monthly_delivery(dataclasses.replace(district, tables=tables), frame, plants, PLACES, ASSUMED)


def test_a_month_delivers_what_is_wanted_as_far_as_it_is_there():
    """A lawn of 10,000 m³ wants 1,700 in August and 200 in January; the plant has 1,000 every month."""
    months = delivery([("G", "P", 10_000.0)], {"P": [1_000.0] * 12}).set_index("month")
    assert months.loc[1, ["wanted_m3", "delivered_m3", "short_m3"]].tolist() == pytest.approx([200, 200, 0])
    assert months.loc[8, ["wanted_m3", "delivered_m3", "short_m3"]].tolist() == pytest.approx([1_700, 1_000, 700])
    assert months["short_m3"].sum() == pytest.approx(200 + 600 + 700 + 200)  # June, July, August, September
    assert months["delivered_m3"].sum() == pytest.approx(10_000 - 1_700)


def test_users_of_a_plant_add_up_and_a_user_of_two_plants_is_split_as_the_plan_splits_it():
    supply = {"P": [9_999.0] * 12, "Q": [0.0] * 6 + [9_999.0] * 6}
    months = delivery([("G", "P", 1_000.0), ("F", "P", 3_652.5), ("F", "Q", 365.25)], supply)
    of = months.set_index(["plant", "month"])
    assert of.loc[("P", 8), "wanted_m3"] == pytest.approx(170 + 310)
    assert of.loc[("Q", 2), ["wanted_m3", "short_m3"]].tolist() == pytest.approx([28.25, 28.25])
    together = by_month(months).set_index("month")
    assert together.loc[8, "wanted_m3"] == pytest.approx(170 + 310 + 31)
    assert together["short_m3"].sum() == pytest.approx(MONTH_DAYS[:6].sum())


def test_nobody_served_is_no_month():
    assert delivery([], {"P": [1.0] * 12}).empty


def test_even_demand_is_bounded_by_the_scarcest_month():
    """100 m³ a day but 60 in February: 60 · 365.25; with a dry month nothing."""
    days = np.full(12, 100.0) * MONTH_DAYS
    days[1] = 60 * 28.25
    dry = np.full(12, 50.0) * MONTH_DAYS
    dry[7] = 0.0
    assert even_m3(np.array([days, dry])) == pytest.approx([60 * 365.25, 0.0])


def test_even_demand_up_to_the_bound_is_delivered_in_every_month():
    supply = list(np.array([50, 60, 70, 80, 90, 100, 90, 80, 70, 60, 50, 40.0]) * MONTH_DAYS)
    bound = float(even_m3(np.array(supply)))
    assert bound == pytest.approx(40 * 365.25)
    assert delivery([("F", "P", bound)], {"P": supply})["short_m3"].sum() == pytest.approx(0, abs=1e-6)
    more = delivery([("F", "P", bound * 1.1)], {"P": supply}).set_index("month")
    assert more.loc[12, "short_m3"] == pytest.approx(4 * 31)
