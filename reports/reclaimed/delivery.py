"""What a plan delivers month by month, in words and rows, the same on page and paper."""

from __future__ import annotations

import pandas as pd

from analysis.methods.reclaimed.months import NUMBERS, by_month
from words import Language, text
from words.units import quantity

_LEAST_M3 = 0.5


def delivery_line(months: pd.DataFrame, language: Language) -> str:
    """Whether every month is delivered in full, or which are short and by how much a year."""
    total = by_month(months)
    short = total.loc[total["short_m3"] > _LEAST_M3, "month"]
    if short.empty:
        return text("reclaimed.paper.months.full", language)
    named = text("app.joint", language).join(str(int(month)) for month in short)
    lost = quantity(float(total["short_m3"].sum()), "m3_per_year", language)
    return text("reclaimed.paper.months.short", language, months=named, lost=lost)


def delivery_frame(months: pd.DataFrame, language: Language) -> pd.DataFrame:
    """The twelve months of all plants and the year below them; columns month and NUMBERS, in m³."""
    total = by_month(months)
    year = {"month": text("reclaimed.paper.months.year", language), **total[list(NUMBERS)].sum().to_dict()}
    return pd.concat([total.assign(month=total["month"].astype(int).astype(str)), pd.DataFrame([year])])
