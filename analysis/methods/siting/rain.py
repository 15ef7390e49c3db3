"""The district's daily rain as siting needs it: whole years, the design rain of a control rate, the design day."""

from __future__ import annotations

import calendar
from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.formulas.control_rate import design_rain_mm
from layers.district import District

LONG_ENOUGH_YEARS = 30


def whole_years(district: District) -> pd.Series | None:
    """The daily rain in mm of the calendar years that lack no day, indexed by date; none without one."""
    table = district.tables.get("daily_rain")
    if table is None or table.empty:
        return None
    days = pd.to_datetime(table["date"])
    rain = pd.Series(table["rain_mm"].to_numpy(float), index=days).dropna()
    rain = rain[~rain.index.duplicated()].sort_index()
    counts = rain.groupby(rain.index.year).size()
    whole = [year for year, count in counts.items() if count >= (366 if calendar.isleap(year) else 365)]
    kept = rain[rain.index.year.isin(whole)]
    return None if kept.empty else kept


def control_rain_mm(rain: pd.Series | None, assumed: Mapping[str, float]) -> float:
    """The design rain of the control rate; under 30 whole years the value printed for Chongqing."""
    if rain is None or rain.index.year.nunique() < LONG_ENOUGH_YEARS:
        return assumed["siting_fallback_design_mm"]
    return float(design_rain_mm(rain.to_numpy(), assumed["siting_control_rate"]))


def storm_day_mm(rain: pd.Series | None, assumed: Mapping[str, float]) -> float | None:
    """The daily rain reached or exceeded once in the return period, from the ranked days; none without a record."""
    if rain is None:
        return None
    count = max(1, round(rain.index.year.nunique() / assumed["siting_storm_period_years"]))
    return float(np.sort(rain.to_numpy())[-count])
