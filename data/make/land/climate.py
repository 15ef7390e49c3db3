"""Rain: a mean annual grid that rises with height, and a daily record with the months of a nearby station."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.make.facts import numbers, table
from data.make.land.grid import GRID
from data.make.land.noise import rough, smooth

FIRST_DAY, LAST_DAY = "1990-01-01", "2024-12-31"
DRIEST_MM, WETTEST_MM = 1000.0, 1500.0
PERSISTENCE = 0.32  # how much likelier rain is after a wet day than after a dry one
HEAVY = 1.5  # exponent of the amounts: so the curve of control rates is Chongqing's, 12.2 mm at 60 % to 31.9 at 85 %
YEAR_SPREAD = 0.09  # spread of whole years beyond what single days bring; annual Cv then 0.15–0.20


def make_rainfall(elevation: np.ndarray) -> np.ndarray:
    """Mean annual rain in mm on GRID: about 1,000 at the rivers, 1,500 on the highest land."""
    height = smooth(elevation, GRID, radius_m=1500.0)
    x, _ = GRID.centres()
    drift = (x - x.mean()) / (x.max() - x.min()) * 30
    rain = (
        1005
        + 0.2 * (height - 200)
        + 0.22 * np.maximum(height - 1000, 0)
        + drift
        + 14 * rough(GRID, "rainfall", longest_m=20000, shortest_m=3000)
    )
    return np.round(np.clip(rain, DRIEST_MM, WETTEST_MM), 0).astype(np.float32)


def make_daily_rain() -> pd.DataFrame:
    """Columns date and rain_mm (0.1 mm steps), one row per day, 1990 to 2024.

    Wet and dry days follow a two-state Markov chain, wet amounts an exponential one made heavier; each month
    is then scaled so that its mean over the years is the station's. Source of the months: `monthly_rain.csv`.
    """
    facts = table("monthly_rain").set_index("month")
    days = pd.date_range(FIRST_DAY, LAST_DAY, freq="D")
    month = days.month.to_numpy()
    chance = (facts["rain_days"] / [31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]).reindex(month).to_numpy()
    random = numbers("daily rain")
    wet = _wet(chance, random.random(len(days)))
    amount = np.where(wet, random.gamma(1.0, 1.0, len(days)) ** HEAVY, 0.0)
    years = random.normal(1.0, YEAR_SPREAD, days.year.max() - days.year.min() + 1).clip(0.72, 1.3)
    amount *= years[days.year - days.year.min()]
    count = days.year.nunique()
    for number, row in facts.iterrows():
        here = month == number
        amount[here] *= row["rain_mm"] * count / amount[here].sum()
    return pd.DataFrame({"date": days, "rain_mm": np.round(np.where(wet, np.maximum(amount, 0.1), 0.0), 1)})


def _wet(chance: np.ndarray, draw: np.ndarray) -> np.ndarray:
    """Which days are wet, the long-run share of each day being its `chance`."""
    after_dry, state, wet = chance * (1 - PERSISTENCE), False, []
    for dry_chance, drawn in zip(after_dry.tolist(), draw.tolist(), strict=True):
        state = drawn < dry_chance + (PERSISTENCE if state else 0.0)
        wet.append(state)
    return np.asarray(wet)
