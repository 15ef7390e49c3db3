"""The layouts in which stations hand over daily rain, each turned into one column of dates and one of cells.

Known: a date and a value; year, month, day and a value; year, month and a column for every day of the month.
Cells stay the text they were: `intake.rain.reading` judges them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

DATE_NAMES = ("date", "日期", "时间", "time", "day", "观测日期", "资料时间")
RAIN_NAMES = (
    "prec", "rain", "rain_mm", "precip", "precipitation", "p", "pre", "雨量", "降雨量", "降水量", "日降雨量",
    "日降水量", "20-20时降水量", "rainfall", "value",
)  # fmt: skip
YEAR_NAMES, MONTH_NAMES, DAY_NAMES = ("year", "年", "年份"), ("month", "mon", "月", "月份"), ("day", "日")
_DAY_COLUMN = re.compile(r"^(?:d|day|日)?\s*0?([1-9]|[12]\d|3[01])\s*(?:日)?$", re.IGNORECASE)

Cells = pd.DataFrame  # columns `row` (as a person counts, header 1), `date` and `cell`, both text


def cells_of(raw: pd.DataFrame) -> Cells | None:
    """The cells of a table in any known layout, none when it is in no known one."""
    for layout in (_matrix, _split, _plain):
        found = layout(raw)
        if found is not None:
            return found
    return None


def _plain_name(column: object) -> str:
    return re.sub(r"[(（\[][^()（）\[\]]*+[)）\]]", "", str(column)).strip().lower()


def _named(raw: pd.DataFrame, names: tuple[str, ...]) -> str | None:
    return next((column for column in raw.columns if _plain_name(column) in names), None)


def _first(raw: pd.DataFrame, fits: Callable[[pd.Series], bool], *, but: str | None = None) -> str | None:
    return next((column for column in raw.columns if column != but and fits(raw[column].head(50))), None)


def _matrix(raw: pd.DataFrame) -> Cells | None:
    """A row per month, a column per day."""
    year, month = _named(raw, YEAR_NAMES), _named(raw, MONTH_NAMES)
    days = {column: int(found[1]) for column in raw.columns if (found := _DAY_COLUMN.match(str(column).strip()))}
    if year is None or month is None or len(days) < 28:
        return None
    parts = []
    for column, day in days.items():
        date = raw[year].str.strip() + "-" + raw[month].str.strip() + f"-{day}"
        there = raw[column].str.strip() != ""
        real = pd.to_datetime(date, errors="coerce").notna()
        parts.append(pd.DataFrame({"row": raw.index + 2, "date": date, "cell": raw[column]})[there | real])
    return pd.concat(parts, ignore_index=True)


def _split(raw: pd.DataFrame) -> Cells | None:
    """Year, month and day in columns of their own."""
    year, month, day = _named(raw, YEAR_NAMES), _named(raw, MONTH_NAMES), _named(raw, DAY_NAMES)
    if year is None or month is None or day is None:
        return None
    rain = _named(raw, RAIN_NAMES) or next((c for c in reversed(raw.columns) if c not in (year, month, day)), None)
    if rain is None:
        return None
    date = raw[year].str.strip() + "-" + raw[month].str.strip() + "-" + raw[day].str.strip()
    return pd.DataFrame({"row": raw.index + 2, "date": date, "cell": raw[rain]})


def _plain(raw: pd.DataFrame) -> Cells | None:
    """A column of dates and one of values, by their names or else by what stands in them."""
    date = _named(raw, DATE_NAMES) or _first(
        raw, lambda values: bool(pd.to_datetime(values, errors="coerce").notna().all())
    )
    if date is None:
        return None
    rain = _named(raw, RAIN_NAMES)
    if rain is None or rain == date:
        rain = _first(raw, lambda values: bool(pd.to_numeric(values, errors="coerce").notna().any()), but=date)
    return None if rain is None else pd.DataFrame({"row": raw.index + 2, "date": raw[date], "cell": raw[rain]})
