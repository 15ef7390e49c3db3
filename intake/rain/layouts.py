"""The layouts in which stations hand over daily rain, each turned into one column of dates and one of cells.

Known: a date and a value; year, month, day and a value; year, month and a column for every day of the month.
Cells stay the text they were: `intake.rain.reading` judges them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from geo.doubt import Answers, Choice, Doubt

DATE_NAMES = ("date", "日期", "时间", "time", "day", "观测日期", "资料时间")
RAIN_NAMES = (
    "prec", "rain", "rain_mm", "precip", "precipitation", "p", "pre", "雨量", "降雨量", "降水量", "日降雨量",
    "日降水量", "20-20时降水量", "rainfall", "value",
)  # fmt: skip
YEAR_NAMES, MONTH_NAMES, DAY_NAMES = ("year", "年", "年份"), ("month", "mon", "月", "月份"), ("day", "日")
_DAY_COLUMN = re.compile(r"^(?:d|day|日)?\s*0?([1-9]|[12]\d|3[01])\s*(?:日)?$", re.IGNORECASE)

Cells = pd.DataFrame  # columns `row` (as a person counts, header 1), `date` and `cell`, both text


def cells_of(raw: pd.DataFrame, answers: Answers) -> Cells | None:
    """The cells of a table in a known layout, none when it is in none; which column holds rain may be asked."""
    for layout in (_matrix, _split, _plain):
        found = layout(raw, answers)
        if found is not None:
            return found
    return None


def _plain_name(column: object) -> str:
    return re.sub(r"[(（\[][^()（）\[\]]*+[)）\]]", "", str(column)).strip().lower()


def _named(raw: pd.DataFrame, names: tuple[str, ...]) -> str | None:
    return next((column for column in raw.columns if _plain_name(column) in names), None)


def _first(raw: pd.DataFrame, fits: Callable[[pd.Series], bool], *, but: str | None = None) -> str | None:
    return next((column for column in raw.columns if column != but and fits(raw[column].head(50))), None)


def _matrix(raw: pd.DataFrame, answers: Answers) -> Cells | None:
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


def _split(raw: pd.DataFrame, answers: Answers) -> Cells | None:
    """Year, month and day in columns of their own."""
    year, month, day = _named(raw, YEAR_NAMES), _named(raw, MONTH_NAMES), _named(raw, DAY_NAMES)
    if year is None or month is None or day is None:
        return None
    rain = _rain_column(raw, answers, but=(year, month, day))
    date = raw[year].str.strip() + "-" + raw[month].str.strip() + "-" + raw[day].str.strip()
    return pd.DataFrame({"row": raw.index + 2, "date": date, "cell": raw[rain]})


def _plain(raw: pd.DataFrame, answers: Answers) -> Cells | None:
    """A column of dates and one of values, by their names or else by what stands in them."""
    date = _named(raw, DATE_NAMES) or _first(
        raw, lambda values: bool(pd.to_datetime(values, errors="coerce").notna().all())
    )
    if date is None:
        return None
    rain = _rain_column(raw, answers, but=(date,))
    return pd.DataFrame({"row": raw.index + 2, "date": raw[date], "cell": raw[rain]})


def _rain_column(raw: pd.DataFrame, answers: Answers, *, but: tuple[str, ...]) -> str:
    """The column of rain by its name; where none is named so a person is asked, UndecidedError."""
    others = tuple(Choice(str(column)) for column in raw.columns if column not in but)
    named = _named(raw, RAIN_NAMES)
    found = answers.choose(Doubt("rain.column", others), None if named in but else named)
    if found is None:
        answers.ask()
    return str(found)
