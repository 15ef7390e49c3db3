"""What a place could do with rainwater: greening, sweeping, car washing, toilets and the people of a cistern.

Greening and sweeping rest on rainy days; the annual quota is spread over the days that are left, and greening over
the months in which plants drink.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.formulas.rain.record import Record

GREENING_MONTHS = np.array([2, 3, 6, 8, 10, 12, 16, 17, 12, 7, 4, 3], dtype=float) / 100
DAYS_PER_YEAR = 365.25


@dataclass(frozen=True)
class Uses:
    """What is watered, swept, washed or supplied: areas in m², people, cars a day. Zero means the use is absent."""

    watered_m2: float = 0.0
    swept_m2: float = 0.0
    people: float = 0.0
    cars_per_day: float = 0.0
    cistern_people: float = 0.0


def annual_m3(uses: Uses, assumed: Mapping[str, float]) -> dict[str, float]:
    """Demand in m³ a year by use, from annual quotas (never the design-day quotas, which size pipes)."""
    return {
        "greening": uses.watered_m2 * assumed["lawn_m3_per_m2"],
        "sweeping": uses.swept_m2 * assumed["sweep_l_per_m2"] * assumed["sweep_times"] / 1000,
        "car_wash": uses.cars_per_day * assumed["rain_car_l"] / 1000 * DAYS_PER_YEAR,
        "toilet": uses.people * assumed["rain_toilet_l_per_person_day"] / 1000 * DAYS_PER_YEAR,
        "cistern": uses.cistern_people * assumed["rain_cistern_l_per_person_day"] / 1000 * DAYS_PER_YEAR,
    }


def operating_days(rain_mm: np.ndarray, assumed: Mapping[str, float]) -> np.ndarray:
    """Boolean per day: whether green is watered and roads are swept (not on a rainy day, nor after a heavy one)."""
    rest = np.concatenate([[False], rain_mm[:-1] >= assumed["rain_rest_mm"]])
    return (rain_mm < assumed["rain_skip_mm"]) & ~rest


def daily_m3(uses: Uses, record: Record, assumed: Mapping[str, float]) -> np.ndarray:
    """Demand of every day of the record in m³, shape (days,); over the record it averages to `annual_m3`."""
    yearly = annual_m3(uses, assumed)
    open_days = operating_days(record.rain_mm, assumed)
    years = record.days.size / DAYS_PER_YEAR
    steady = (yearly["car_wash"] + yearly["toilet"] + yearly["cistern"]) / DAYS_PER_YEAR
    demand = np.full(record.days.size, steady)
    if open_days.any():
        demand += np.where(open_days, yearly["sweeping"] * years / open_days.sum(), 0.0)
    for month, share in enumerate(GREENING_MONTHS, start=1):
        inside = open_days & (record.months == month)
        if inside.any():
            demand += np.where(inside, yearly["greening"] * share * years / inside.sum(), 0.0)
    return demand
