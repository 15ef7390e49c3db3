"""One truth of daily rain, 1991–1994, in the forms in which offices hand it over."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd

FIRST, LAST = "1991-01-01", "1994-12-31"


@lru_cache(maxsize=1)
def truth() -> pd.Series:
    """Rain in mm (one decimal) by day; two days in five are wet, more so in summer; about 1,200 mm a year."""
    days = pd.date_range(FIRST, LAST)
    random = np.random.default_rng(11)
    summer = 1 + 0.8 * np.sin((days.day_of_year - 105) / 365.25 * 2 * np.pi)
    wet = random.random(len(days)) < 0.4
    return pd.Series((random.gamma(0.7, 11.5, len(days)) * summer * wet).round(1), days)


def mean_mm(years: Container[int] = range(1991, 1995)) -> float:
    """The mean annual rain of the truth, of all its years or of some."""
    sums = truth().groupby(pd.DatetimeIndex(truth().index).year).sum()
    return float(sums[[year in years for year in sums.index]].mean())


Rows = Iterable[Iterable[object]]


def text_file(path: Path, rows: Rows, sep: str = ",", encoding: str = "utf-8") -> Path:
    """The rows as a text, cells kept apart by `sep`."""
    path = path.with_suffix(".csv")
    path.write_bytes(("\n".join(sep.join(map(str, row)) for row in rows) + "\n").encode(encoding))
    return path


def book(path: Path, *sheets: tuple[str, Rows]) -> Path:
    """A workbook of sheets by name."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    book.save(path.with_suffix(".xlsx"))
    return path.with_suffix(".xlsx")


def days(
    date: Callable[[pd.Timestamp], object] | str = "%Y-%m-%d",
    value: Callable[[float], object] = lambda mm: f"{mm:.1f}",
    keep: Callable[[float], bool] = lambda mm: True,
) -> list[list[object]]:
    """A row a day: written date and value."""
    write = date if callable(date) else lambda day: day.strftime(date)
    return [[write(day), value(mm)] for day, mm in truth().items() if keep(mm)]


def short(day: pd.Timestamp) -> str:
    """91-1-5, as Chinese Windows writes it."""
    return f"{day.year % 100:02d}-{day.month}-{day.day}"


def hourly(step: int = 60, *, shift: int = 0) -> list[tuple[pd.Timestamp, float]]:
    """The rain of each day in two parts at 5 and 17 o'clock of a day that begins at `shift`, stamped at the end."""
    found = []
    for day, mm in truth().items():
        tenths = round(mm * 10)
        for at in range(step, 1441, step):
            part = tenths // 2 if at == 300 else tenths - tenths // 2 if at == 1020 else 0
            found.append((day + pd.Timedelta(minutes=at + shift * 60), part / 10))
    return found


def month_rows(value: Callable[[float], object] = lambda mm: f"{mm:.1f}") -> list[list[object]]:
    """A row a month, a column a day."""
    rows = []
    for (year, month), part in truth().groupby([truth().index.year, truth().index.month]):
        rows.append([year, month, *map(value, part), *[""] * (31 - len(part))])
    return rows


def year_table(year: int) -> list[list[object]]:
    """The table of a yearbook: a row a day, a column a month, a total below."""
    part = truth()[truth().index.year == year]
    cell = {(day.month, day.day): mm for day, mm in part.items()}
    rows: list[list[object]] = [[day, *(cell.get((month, day), "") for month in range(1, 13))] for day in range(1, 32)]
    sums = [round(float(part[part.index.month == month].sum()), 1) for month in range(1, 13)]
    return [["日", *(f"{month}月" for month in range(1, 13))], *rows, ["合计", *sums]]


def _running(by: str) -> list[list[object]]:
    sums = truth().groupby(truth().index.to_period(by) if by else lambda _: 0).cumsum().round(1)
    return [[f"{day:%Y-%m-%d}", f"{mm:.1f}"] for day, mm in sums.items()]


def _stations(other: float) -> list[list[object]]:
    return [
        [station, f"{day:%Y-%m-%d}", f"{mm * factor:.1f}"]
        for day, mm in truth().items()
        for station, factor in (("武隆", 1), ("江口", other))
    ]


def _ten_minutes() -> list[list[object]]:
    return [[f"{at:%Y-%m-%d %H:%M}", mm] for at, mm in hourly(10)]


MM = ["日期", "降水量(mm)"]
CLEAN: dict[str, Callable[[Path], Path]] = {
    "comma": lambda p: text_file(p, [MM, *days()]),
    "gb18030": lambda p: text_file(p, [MM, *days()], encoding="gb18030"),
    "utf-16": lambda p: text_file(p, [MM, *days()], encoding="utf-16"),
    "big5": lambda p: text_file(p, [MM, *days()], encoding="big5"),
    "semicolon, decimal comma": lambda p: text_file(p, [MM, *days(value=lambda v: f"{v:.1f}".replace(".", ","))], ";"),
    "tab": lambda p: text_file(p, [MM, *days()], "\t"),
    "pipe": lambda p: text_file(p, [MM, *days()], "|"),
    "blanks": lambda p: text_file(p, [["日期", "雨量mm"], *days()], "   "),
    "quoted decimal comma": lambda p: text_file(
        p, [MM, *days(value=lambda v: '"' + f"{v:.1f}".replace(".", ",") + '"')]
    ),
    "0.1mm": lambda p: text_file(p, [["日期", "降水量(0.1mm)"], *days(value=lambda v: round(v * 10))]),
    "0.1 毫米": lambda p: text_file(p, [["日期", "雨量（0.1 毫米）"], *days(value=lambda v: round(v * 10))]),
    "cm": lambda p: text_file(p, [["date", "rain_cm"], *days(value=lambda v: f"{v / 10:.2f}")]),
    "m": lambda p: text_file(p, [["date", "precipitation [m]"], *days(value=lambda v: f"{v / 1000:.4f}")]),
    "inch": lambda p: text_file(p, [["日期", "日雨量(英寸)"], *days(value=lambda v: f"{v / 25.4:.3f}")]),
    "in": lambda p: text_file(p, [["Date", "PRCP (in)"], *days(value=lambda v: f"{v / 25.4:.3f}")]),
    "μm": lambda p: text_file(p, [["date", "rain/μm"], *days(value=lambda v: round(v * 1000))]),
    "unit row": lambda p: text_file(p, [["日期", "降水量"], ["", "0.1mm"], *days(value=lambda v: round(v * 10))]),
    "unit column": lambda p: text_file(
        p, [["日期", "雨量", "单位"], *([*row, "0.1mm"] for row in days(value=lambda v: round(v * 10)))]
    ),
    "unit in title": lambda p: text_file(
        p, [["武隆站", "单位:0.1毫米"], ["日期", "降水量"], *days(value=lambda v: round(v * 10))]
    ),
    "unit in cell": lambda p: text_file(p, [["日期", "降雨量"], *days(value=lambda v: f"{v:.1f}mm")]),
    "two units in cells": lambda p: text_file(
        p, [["日期", "降雨量"], *days(value=lambda v: f"{v:.1f}mm" if v < 20 else f"{v / 10:.2f}cm")]
    ),
    "weather codes": lambda p: text_file(p, [["date", "PRE_Time_2020(0.1mm)"], *days(value=lambda v: round(v * 10))]),
    "Chinese dates": lambda p: text_file(p, [MM, *days("%Y年%m月%d日")]),
    "slashes": lambda p: text_file(p, [MM, *days(lambda d: f"{d.year}/{d.month}/{d.day}")]),
    "dots": lambda p: text_file(p, [MM, *days("%Y.%m.%d")]),
    "eight digits": lambda p: text_file(p, [MM, *days("%Y%m%d")]),
    "six digits": lambda p: text_file(p, [MM, *days("%y%m%d")]),
    "day first": lambda p: text_file(p, [MM, *days("%d/%m/%Y")]),
    "month first": lambda p: text_file(p, [MM, *days("%m/%d/%Y")]),
    "two digits": lambda p: text_file(p, [MM, *days(short)]),
    "two digits, day first": lambda p: text_file(p, [MM, *days("%d.%m.%y")]),
    "month named": lambda p: text_file(p, [["Date", "Rain (mm)"], *days("%d-%b-%Y")]),
    "month named first": lambda p: text_file(p, [["Date", "Rain (mm)"], *days("%b %d %Y")]),
    "weekday": lambda p: text_file(p, [MM, *days(lambda d: f"{d:%Y-%m-%d} 星期{'一二三四五六日'[d.weekday()]}")]),
    "serial": lambda p: text_file(p, [MM, *days(lambda d: (d - pd.Timestamp("1899-12-30")).days)]),
    "falling": lambda p: text_file(p, [MM, *days()[::-1]]),
    "with a clock": lambda p: text_file(p, [MM, *days("%Y-%m-%d 08:00:00")]),
    "split": lambda p: text_file(
        p, [["年", "月", "日", "日雨量mm"], *([d.year, d.month, d.day, v] for d, v in truth().items())]
    ),
    "split, two digits": lambda p: text_file(
        p, [["Year", "Mon", "Day", "Rain(mm)"], *([d.year % 100, d.month, d.day, v] for d, v in truth().items())]
    ),
    "day of year": lambda p: text_file(
        p, [["year", "doy", "rain_mm"], *([d.year, d.day_of_year, v] for d, v in truth().items())]
    ),
    "month rows": lambda p: text_file(p, [["年份", "月份", *(f"{d}日" for d in range(1, 32))], *month_rows()]),
    "yearbook": lambda p: text_file(
        p,
        [
            [f"{y}年逐日降水量表"] if at < 0 else row
            for y in range(1991, 1995)
            for at, row in enumerate([[], *year_table(y)], -1)
        ],
    ),
    "yearbook sheets": lambda p: book(
        p, *((f"{y}年", [[f"{y}年逐日降水量表 单位:mm"], *year_table(y)]) for y in range(1991, 1995))
    ),
    "sheet a year": lambda p: book(
        p,
        *(
            (str(y), [["日期", "雨量(mm)"], *([d.to_pydatetime(), v] for d, v in truth().items() if d.year == y)])
            for y in range(1991, 1995)
        ),
    ),
    "xlsx": lambda p: book(
        p, ("雨量", [["武隆站逐日降雨量"], MM, *([d.to_pydatetime(), v] for d, v in truth().items())])
    ),
    "titles and totals": lambda p: text_file(
        p,
        [
            ["武隆站逐日雨量"],
            ["制表:水利局", "2020"],
            MM,
            *days(),
            ["合计", f"{truth().sum():.1f}"],
            ["平均", "3.3"],
            ["备注:无缺测"],
        ],
    ),
    "header repeated": lambda p: text_file(p, [MM, *days()[:700], MM, *days()[700:]]),
    "traces and marks": lambda p: text_file(
        p,
        [MM, *days(value=lambda v: f"{v:.1f}*" if v > 30 else "T" if v == 0 else f"{v:.1f}")][:3]
        + days(value=lambda v: f"{v:.1f}*" if v > 30 else f"{v:.1f}")[2:],
    ),
    "other columns first": lambda p: text_file(
        p, [["日期", "平均气温", "蒸发量mm", "日雨量mm", "雨日数"], *([a, 15.2, 3.1, b, 1] for a, b in days())]
    ),
    "one station": lambda p: text_file(p, [["站名", *MM], *(["武隆", *row] for row in days())]),
    "halves and whole": lambda p: text_file(
        p, [["日期", "20-8时降水量", "8-20时降水量", "20-20时降水量"], *([a, 0, b, b] for a, b in days())]
    ),
    "running month": lambda p: text_file(p, [["日期", "累计雨量(mm)"], *_running("M")]),
    "running year": lambda p: text_file(p, [["日期", "累计降雨量mm"], *_running("Y")]),
    "running year, unnamed": lambda p: text_file(p, [MM, *_running("Y")]),
    "hourly 20-20": lambda p: text_file(
        p, [["时间", "降水量(mm) 20-20时"], *([f"{at:%Y-%m-%d %H:%M}", v] for at, v in hourly(shift=-4))]
    ),
    "mm a day as a rate": lambda p: text_file(p, [["date", "pr (mm/day)"], *days()]),
    "kg m-2": lambda p: text_file(p, [["time", "pr [kg m-2]"], *days()]),
}
ASKED: dict[str, tuple[str, str, Callable[[Path], Path]]] = {
    "no unit": (
        "rain.unit",
        "0.1mm",
        lambda p: text_file(p, [["日期", "降水量"], *days(value=lambda v: round(v * 10))]),
    ),
    "wrong unit": ("rain.unit", "0.1mm", lambda p: text_file(p, [MM, *days(value=lambda v: round(v * 10))])),
    "metres unsaid": (
        "rain.unit",
        "m",
        lambda p: text_file(p, [["Date", "Prec"], *days(value=lambda v: f"{v / 1000:.4f}")]),
    ),
    "no name": (
        "rain.column",
        "数据",
        lambda p: text_file(p, [["日期", "气温", "数据"], *([a, 15.0, b] for a, b in days())]),
    ),
    "no header": ("rain.column", "第2列", lambda p: text_file(p, days())),
    "two rains": (
        "rain.column",
        "雨量甲",
        lambda p: text_file(p, [["日期", "雨量甲", "雨量乙"], *([a, b, 0.0] for a, b in days())]),
    ),
    "two stations": ("rain.station", "武隆", lambda p: text_file(p, [["站名", *MM], *_stations(1.4)])),
    "wet days alone": ("rain.missing_days", "dry", lambda p: text_file(p, [MM, *days(keep=lambda v: v > 0)])),
    "dry days blank": (
        "rain.missing_days",
        "dry",
        lambda p: text_file(p, [MM, *days(value=lambda v: f"{v:.1f}" if v else "")]),
    ),
    "dry days in words": (
        "rain.missing_days",
        "dry",
        lambda p: text_file(p, [MM, *days(value=lambda v: f"{v:.1f}" if v else "无")]),
    ),
    "hourly": (
        "rain.day_boundary",
        "00-24",
        lambda p: text_file(p, [["时间", "雨量mm"], *([at, v] for at, v in hourly())]),
    ),
    "hour column": (
        "rain.day_boundary",
        "08-08",
        lambda p: text_file(
            p, [["日期", "时", "雨量mm"], *([f"{at:%Y-%m-%d}", at.hour, v] for at, v in hourly(shift=8))]
        ),
    ),
    "ten minutes": ("rain.day_boundary", "00-24", lambda p: text_file(p, [["时间", "雨量mm"], *_ten_minutes()])),
    "24 rows a day": (
        "rain.repeated_days",
        "sum",
        lambda p: text_file(p, [MM, *([f"{at - pd.Timedelta(minutes=1):%Y-%m-%d}", v] for at, v in hourly())]),
    ),
}
REFUSED: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "month totals": (
        "intake.rain.month_totals",
        lambda p: text_file(
            p, [["月份", "降水量(mm)"], *([f"{d:%Y-%m}", v] for d, v in truth().resample("MS").sum().items())]
        ),
    ),
    "month totals by day": (
        "intake.rain.month_totals",
        lambda p: text_file(p, [MM, *([f"{d:%Y-%m-%d}", v] for d, v in truth().resample("ME").sum().items())]),
    ),
    "year and month": (
        "intake.rain.month_totals",
        lambda p: text_file(
            p, [["年", "月", "雨量mm"], *([d.year, d.month, v] for d, v in truth().resample("MS").sum().items())]
        ),
    ),
    "year totals": (
        "intake.rain.year_totals",
        lambda p: text_file(p, [["年份", "年降水量mm"], [1991, 1200], [1992, 1100]]),
    ),
    "ten days": (
        "intake.rain.period_totals",
        lambda p: text_file(p, [MM, *([f"{d:%Y-%m-%d}", v] for d, v in truth().resample("10D").sum().items())]),
    ),
    "half a year": ("intake.rain.no_whole_year", lambda p: text_file(p, [MM, *days()[:180]])),
    "leap year of 365 days": ("intake.rain.no_whole_year", lambda p: text_file(p, [MM, *days()[366:731]])),
    "no rain": ("intake.rain.no_column", lambda p: text_file(p, [["日期"], *([a] for a, _ in days())])),
}
