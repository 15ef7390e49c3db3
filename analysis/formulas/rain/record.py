"""The district's daily rain as a series: years, gaps, frequency years and the seasonal factors it implies.

A calendar year with any missing day is left out of every annual figure; a missing day is never taken for a dry one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from layers.years import whole_years

FREQUENCIES = {"p25": 0.25, "p50": 0.50, "p75": 0.75, "p95": 0.95}
LONG_ENOUGH_YEARS = 30
WARM_MONTHS = (4, 10)  # first and last month in which rain is collected


@dataclass(frozen=True)
class Record:
    """Daily rain of consecutive days: `days` datetime64[D], `rain_mm` float with NaN where the day is missing."""

    days: np.ndarray
    rain_mm: np.ndarray

    @cached_property
    def years(self) -> np.ndarray:
        """The calendar year of every day."""
        return self.days.astype("datetime64[Y]").astype(int) + 1970

    @cached_property
    def months(self) -> np.ndarray:
        """The month 1–12 of every day."""
        return self.days.astype("datetime64[M]").astype(int) % 12 + 1

    @cached_property
    def whole_years(self) -> tuple[int, ...]:
        """Calendar years of which no day is missing."""
        return whole_years(self.days, np.isfinite(self.rain_mm))

    @cached_property
    def gaps(self) -> int:
        """How many days between first and last are missing."""
        return int((~np.isfinite(self.rain_mm)).sum())

    @cached_property
    def whole(self) -> Record:
        """The record cut to its whole years, in order."""
        keep = np.isin(self.years, self.whole_years)
        return Record(self.days[keep], self.rain_mm[keep])

    @cached_property
    def annual_mm(self) -> Mapping[int, float]:
        """Rain of every whole year."""
        return {year: float(self.rain_mm[self.years == year].sum()) for year in self.whole_years}

    @cached_property
    def mean_mm(self) -> float:
        """Mean annual rain over the whole years; NaN without one."""
        return float(np.mean(list(self.annual_mm.values()))) if self.annual_mm else float("nan")

    def of_year(self, year: int) -> Record:
        """The days of one year."""
        keep = self.years == year
        return Record(self.days[keep], self.rain_mm[keep])


def record_of(table: pd.DataFrame) -> Record:
    """The record in a table with columns `date` and `rain_mm`, days in between that it lacks filled with NaN."""
    series = table.dropna(subset=["date"]).set_index("date")["rain_mm"].astype(float).sort_index()
    every = pd.date_range(series.index.min(), series.index.max(), freq="D")
    return Record(every.to_numpy().astype("datetime64[D]"), series.reindex(every).to_numpy())


def at_frequencies(yearly: Mapping[int, float]) -> dict[str, float]:
    """What of a yearly quantity is reached or exceeded in 25, 50, 75 and 95 % of years: empirical p = m/(n + 1).

    Linear between ranks; beyond them the largest or smallest year of the record is taken.
    """
    ranked = np.sort(np.array(list(yearly.values())))[::-1]
    exceeded = np.arange(1, ranked.size + 1) / (ranked.size + 1)
    return {name: float(np.interp(share, exceeded, ranked)) for name, share in FREQUENCIES.items()}


def seasonal_factors(record: Record, *, first_flush_mm: float) -> tuple[float, float]:
    """α, the share of rain that falls in the collecting season, and β, what first flush leaves of it (0–1).

    β = Σmax(P − δ, 0)/ΣP over the days of the season (rain-depth form), 车伍、李俊奇《城市雨水利用技术与管理》.
    """
    whole = record.whole
    warm = (whole.months >= WARM_MONTHS[0]) & (whole.months <= WARM_MONTHS[1])
    season = whole.rain_mm[warm]
    if not season.sum():
        return 0.0, 0.0
    left = np.maximum(season - first_flush_mm, 0).sum()
    return float(season.sum() / whole.rain_mm.sum()), float(left / season.sum())


def design_day_mm(record: Record, *, return_period_a: float) -> float:
    """The daily rain reached or exceeded once in so many years on average, from the ranked days of the record."""
    whole = record.whole
    count = max(1, round(len(whole.whole_years) / return_period_a))
    return float(np.sort(whole.rain_mm)[-count])
