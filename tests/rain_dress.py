"""More dress for the truth of `rain_forms`: what strangers call units, parts of a date and columns that are no rain."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
from rain_forms import MM, book, days, hourly, month_rows, text_file, truth

Write = Callable[[Path], Path]


def _under(header: str, value: Callable[[float], object]) -> Write:
    return lambda path: text_file(path, [["日期", header], *days(value=value)])


def _tenths(mm: float) -> int:
    return round(mm * 10)


def _split(head: list[object], row: Callable[[pd.Timestamp], list[object]]) -> Write:
    return lambda path: text_file(path, [head, *([*row(day), mm] for day, mm in truth().items())])


def _with_totals(total: Callable[[pd.Timestamp], str], by: list[str]) -> Write:
    """A row of the sum behind each month or year, told by what stands in the column of dates."""

    def write(path: Path) -> Path:
        rows: list[list[object]] = [MM]
        index = pd.DatetimeIndex(truth().index)
        for _, part in truth().groupby([getattr(index, name) for name in by]):
            rows += [[f"{day:%Y-%m-%d}", mm] for day, mm in part.items()]
            rows.append([total(part.index[-1]), round(float(part.sum()), 1)])
        return text_file(path, rows)

    return write


def _coded(code: str) -> Write:
    """Nine days of August 1993 bear a number of nines."""
    rows = [[day, code if 940 <= at < 949 else mm] for at, (day, mm) in enumerate(days())]
    return lambda path: text_file(path, [MM, *rows])


def _beside(header: str) -> Write:
    """A column that only sounds like rain, with seven tenths of it, beside one that is and does not say so."""
    rows = [[day, round(float(mm) * 0.7, 1), mm] for day, mm in days()]
    return lambda path: text_file(path, [["日期", header, "实况(mm)"], *rows])


def _two_sheets(one: str, other: str) -> Write:
    """Two stations, the second half as wet again and four years later."""
    later = [[(day + pd.Timedelta(days=1461)).to_pydatetime(), mm * 1.5] for day, mm in truth().items()]
    first = [[day.to_pydatetime(), mm] for day, mm in truth().items()]
    return lambda path: book(path, (one, [MM, *first]), (other, [MM, *later]))


CLEAN: dict[str, Write] = {
    "inches in the name": _under("PRCP_INCHES", lambda mm: f"{mm / 25.4:.3f}"),
    "in.": _under("Precip (in.)", lambda mm: f"{mm / 25.4:.3f}"),
    "吋": _under("雨量（吋）", lambda mm: f"{mm / 25.4:.3f}"),
    "十分之一毫米": _under("降水(十分之一毫米)", _tenths),
    "tenths of mm": _under("PRCP tenths of mm", _tenths),
    "flux": _under("pr (kg m-2 s-1)", lambda mm: f"{mm / 86_400:.9f}"),
    "year and day of it": _split(["Year", "JD", "rain_mm"], lambda day: [day.year, day.day_of_year]),
    "year and month-day": _split(["年份", "月日", "雨量mm"], lambda day: [day.year, f"{day:%m%d}"]),
    "year, mo, dy": _split(["YEAR", "MO", "DY", "PRECTOTCORR"], lambda day: [day.year, day.month, day.day]),
    "year-month and day": _split(["年月", "日", "降水量(mm)"], lambda day: [f"{day:%Y%m}", day.day]),
    "month rows under year-month": lambda path: text_file(
        path, [["年月", *range(1, 32)], *([f"{row[0]}年{row[1]}月", *row[2:]] for row in month_rows())]
    ),
    "totals dated by month": _with_totals(lambda day: f"{day:%Y-%m}", ["year", "month"]),
    "totals dated by year": _with_totals(lambda day: f"{day:%Y}", ["year"]),
    "24 hours said of days": _under("24小时降水量(mm)", lambda mm: mm),
    "equal parts of a day": lambda path: text_file(
        path,
        [["时间", "6小时降水量(mm) 20-20时"]]
        + [
            [f"{day + pd.Timedelta(hours=hour - 4):%Y-%m-%d %H:%M}", round(mm / 4, 3)]
            for day, mm in truth().items()
            for hour in (6, 12, 18, 24)
        ],
    ),
}
ASKED: dict[str, tuple[str, str, Write]] = {
    "mm/10": ("rain.unit", "0.1mm", _under("RR (mm/10)", _tenths)),
    "title against header": (
        "rain.unit",
        "cm",
        lambda path: text_file(path, [["单位：cm"], MM, *days(value=lambda mm: f"{mm / 10:.2f}")]),
    ),
    "99.9": ("rain.codes", "missing", _coded("99.9")),
    "999": ("rain.codes", "missing", _coded("999")),
    "stations on sheets": ("rain.sheet", "武隆", _two_sheets("武隆", "江口")),
    "numbered stations on sheets": ("rain.sheet", "站1", _two_sheets("站1", "站2")),
    **{
        name: ("rain.column", "实况(mm)", _beside(name))
        for name in ("历史同期降水量(mm)", "预报雨量(mm)", "有效降雨量(mm)", "净雨量(mm)", "设计雨量(mm)",
                     "降水量标准差(mm)", "forecast_precip_mm", "effective rainfall (mm)")
    },
}  # fmt: skip
REFUSED: dict[str, tuple[str, Write]] = {
    "half a day said of days": ("intake.rain.window", _under("12小时降水量(mm)", lambda mm: mm)),
    "three hours every hour": (
        "intake.rain.window",
        lambda path: text_file(
            path, [["时间", "3小时降水量(mm)"], *([f"{at:%Y-%m-%d %H:%M}", mm] for at, mm in hourly())]
        ),
    ),
}
