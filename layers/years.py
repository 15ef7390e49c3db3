"""Calendar years: those of which every day is known, and whether so many have gone by."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import numpy as np
import pandas as pd


def whole_years(days: np.ndarray, known: np.ndarray) -> tuple[int, ...]:
    """The years with a known value on each of their 365 or 366 days; `days` are distinct datetime64[D]."""
    years = days.astype("datetime64[Y]")
    found, counts = np.unique(years[known], return_counts=True)
    lengths = ((found + np.timedelta64(1, "Y")).astype("datetime64[D]") - found.astype("datetime64[D]")).astype(int)
    return tuple(int(year) for year in found[counts == lengths].astype(int) + 1970)


def gone_by(since: date, *, years: float, on: date) -> bool:
    """Whether more than so many years, to the month, lie between the two days."""
    months = since.year * 12 + since.month - 1 + round(years * 12)
    year, month = divmod(months, 12)
    return on > date(year, month + 1, min(since.day, monthrange(year, month + 1)[1]))


def yearly_mean(daily: pd.Series) -> float:
    """The mean sum of the whole years of a series by day; NaN without one."""
    days = daily.index.to_numpy().astype("datetime64[D]")
    years = whole_years(days, daily.notna().to_numpy())
    keep = np.isin(days.astype("datetime64[Y]").astype(int) + 1970, years)
    return float(daily.to_numpy()[keep].sum() / len(years)) if years else float("nan")
