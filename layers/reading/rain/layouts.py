"""The shapes of a rain table, each turned into one row a reading: written date, cell, station, unit.

Known: a date and a value; year, month, day (and hour) and a value; a year and a day of it; a row a month with a
column a day; a row a day with a column a month (逐日降水量表, years in a column, a title or the sheet's name); a row a
day with a column an hour.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from geo.doubt import Answers, Choice, Doubt
from layers.reading.rain.dating import looks_dated, take_apart
from layers.reading.rain.heading import Table
from layers.reading.rain.names import Name, Role
from words.errors import AtlasError

_YEARMONTH = re.compile(r"^(\d{4})(?:\D{0,3}?)(\d{1,2})月?$")
_MONTHDAY = re.compile(r"^(\d{1,2}(?=\D)|\d\d)\D{0,3}(\d\d|(?<=\D)\d)日?$")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?:年|[^\d]|$)")


@dataclass(frozen=True)
class Readings:
    """What a layout gives: `rows` with columns row, date, cell, station and unit (text), and what the names say of it.

    `hours` is the first hour of a row of hour columns, of which each row is one day of 24 readings.
    """

    rows: pd.DataFrame
    names: tuple[Name, ...] = ()
    units: tuple[str, ...] = ()
    hours: int | None = None
    running: bool = field(default=False)


def readings_of(table: Table, answers: Answers) -> Readings | None:
    """The readings of a table in a known layout, none when it is in none; which column holds rain may be asked."""
    table = _parted(_parted(table, "yearmonth", _YEARMONTH, ("year", "month")), "monthday", _MONTHDAY, ("month", "day"))
    layouts: tuple[Callable[[Table, Answers], Readings | None], ...] = (_month_rows, _day_rows, _hour_columns, _rows)
    for layout in layouts:
        found = layout(table, answers)
        if found is not None:
            return found
    return None


def _parted(table: Table, whole: Role, pattern: re.Pattern[str], parts: tuple[Role, Role]) -> Table:
    """The table with a column that tells two things at once (年月, 月日) parted in two, where needed and possible."""
    at = table.column(whole)
    if at is None or all(table.column(part) is not None for part in parts):
        return table
    told = table.body[at].str.strip().str.extract(pattern)
    if told.isna().any(axis=None):
        return table
    width = table.body.shape[1]
    body = pd.concat([table.body, told.set_axis([width, width + 1], axis="columns")], axis="columns")
    names = [dataclasses.replace(table.names[at], role=part) for part in parts]
    return dataclasses.replace(table, body=body, names=(*table.names, *names), units=(*table.units, "", ""))


def _many(table: Table, role: str) -> dict[int, int]:
    return {at: name.nth for at, name in enumerate(table.names) if name.role == role}


def _years(table: Table) -> pd.Series | None:
    """The year of each row: a column, else a row or title above it that names one, else the sheet's name."""
    at = table.column("year")
    if at is not None:
        return _full_years(table.body[at].replace("", np.nan).ffill().fillna(""))
    told = next((found[1] for title in (*table.titles, table.sheet) if (found := _YEAR.search(title))), "")
    first = table.body[0].str.cat(table.body[1], sep=" ") if table.body.shape[1] > 1 else table.body[0]
    within = first.str.extract(r"(?:^|[^\d])(1[89]\d\d|20\d\d)年", expand=False).ffill().fillna(told)
    return None if (within == "").all() else within


def _full_years(cells: pd.Series) -> pd.Series:
    """Years of a column of their own with four digits: two-digit ones lie in 1950–2049."""
    bare = cells.str.strip().str.removesuffix("年")
    return bare.where(~bare.str.fullmatch(r"\d\d"), bare.map(lambda one: ("19" if one >= "50" else "20") + one))


def _grid(table: Table, columns: dict[int, int], dates: Callable[[int], pd.Series], unit: tuple[str, ...]) -> Readings:
    """A reading for every cell of many columns; blank cells of days that are none fall away."""
    parts = []
    for at, nth in columns.items():
        date, cell = dates(nth), table.body[at]
        pieces = date.str.split("-", expand=True).reindex(columns=range(3)).fillna("")
        known = pd.to_datetime(date, format="%Y-%m-%d", errors="coerce").notna()
        part = pd.DataFrame({"row": table.body.index, "date": date.to_numpy(), "cell": cell.to_numpy()})
        keep = ((cell != "") | known) & (pieces[0] != "") & (pieces[1] != "") & (pieces[2] != "")
        parts.append(part[keep.to_numpy()])
    rows = pd.concat(parts, ignore_index=True)
    rows["station"], rows["unit"] = "", ""
    station = table.column("station")
    if station is not None:
        rows["station"] = table.body[station].reindex(rows["row"]).to_numpy()
    names = tuple(table.names[at] for at in columns)
    return Readings(rows, (names[0],), unit)


def _month_rows(table: Table, answers: Answers) -> Readings | None:
    month, days = table.column("month"), _many(table, "nth_day")
    if month is None or len(days) < 28:
        return None
    years = _years(table)
    if years is None:
        return None
    months = table.body[month].str.removesuffix("月")
    return _grid(table, days, lambda day: years.str.strip() + "-" + months + f"-{day}", (table.units[min(days)],))


def _day_rows(table: Table, answers: Answers) -> Readings | None:
    months = _many(table, "nth_month")
    if len(months) < 12:
        plain = _many(table, "nth_day")  # months written as bare numbers 1 … 12
        months = plain if sorted(plain.values()) == list(range(1, 13)) else months
    if len(months) != 12:
        return None
    at, years = table.column("day"), _years(table)
    at = 0 if at is None else at
    if at in months or years is None:
        return None
    days = table.body[at].str.removesuffix("日").where(lambda cells: cells.str.fullmatch(r"\d{1,2}日?"), "")
    return _grid(table, months, lambda month: years + f"-{month}-" + days, (table.units[min(months)],))


def _hour_columns(table: Table, answers: Answers) -> Readings | None:
    hours, date = _many(table, "nth_hour"), table.column("date")
    if len(hours) != 24:
        hours = {at: nth for at, nth in _many(table, "nth_day").items() if nth <= 24}
    if len(hours) != 24 or date is None or any(name.role == "rain" for name in table.names):
        return None
    parts = [pd.DataFrame({"row": table.body.index, "date": table.body[date], "cell": table.body[at]}) for at in hours]
    rows = pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)
    rows["station"], rows["unit"] = "", ""
    return Readings(rows, (table.names[min(hours)],), (table.units[min(hours)],), hours=next(iter(hours.values())))


def _rows(table: Table, answers: Answers) -> Readings | None:
    """A row a reading: dates in one column or several, and the rain in one that is named or asked for."""
    found = _dates(table)
    if found is None:
        return None
    date, used = found
    chosen = _rain_columns(table, answers, but=used)
    station, unit = table.column("station"), table.column("unit")
    cell = table.body[chosen[0]]
    if len(chosen) == 2:
        cell = _sum(table.body[chosen[0]], table.body[chosen[1]])
    rows = pd.DataFrame({"row": table.body.index, "date": date.to_numpy(), "cell": cell.to_numpy()})
    rows["station"] = "" if station is None else table.body[station].replace("", np.nan).ffill().fillna("").to_numpy()
    rows["unit"] = "" if unit is None or unit in chosen else table.body[unit].to_numpy()
    names = tuple(table.names[at] for at in chosen)
    rows = rows[(rows["date"].str.strip() != "") | (rows["cell"] != "")].reset_index(drop=True)
    running = names[0].role == "running"
    return Readings(rows, names, tuple(table.units[at] for at in chosen), running=running)


def _sum(one: pd.Series, other: pd.Series) -> pd.Series:
    """Two halves of a day added; empty where either is."""
    both = pd.to_numeric(one, errors="coerce") + pd.to_numeric(other, errors="coerce")
    return both.map(lambda value: "" if np.isnan(value) else f"{value:.10g}")


def _dates(table: Table) -> tuple[pd.Series, tuple[int, ...]] | None:
    """The written date of each row and the columns it stands in; none where no column holds dates."""
    body = table.body
    year, month, day, hour = (table.column(role) for role in ("year", "month", "day", "hour"))
    if year is not None and month is not None and day is not None:
        date = _full_years(body[year]) + "-" + body[month].str.removesuffix("月")
        date = (date + "-" + body[day].str.removesuffix("日")).replace("--", "")
        return _clocked(table, date, (year, month, day), hour)
    yearday = table.column("yearday")
    if year is not None and yearday is not None:
        return body[year] + "-" + body[yearday].str.zfill(3), (year, yearday)
    at = table.column("date")
    if at is None and year is None:
        at = table.column("day")
    if at is None or not _dated(body[at]):
        at = next((column for column in body.columns if _dated(body[column])), at)
    if at is None:
        parts = [one for one in (year, month) if one is not None]
        if year is not None and not body[parts].duplicated().any():
            key = "intake.rain.year_totals" if month is None else "intake.rain.month_totals"
            raise AtlasError(key, count=len(body))
        return None
    date = body[at]
    if hour is not None and bool((date == "").any()):
        date = date.replace("", np.nan).ffill().fillna("")
    if year is not None and bool(date.head(50).map(lambda one: take_apart(one).kind == "monthday").all()):
        date = body[year].str.removesuffix("年") + "-" + date.str.replace("月", "-").str.replace("/", "-")
    return _clocked(table, date, tuple(place for place in (at, year) if place is not None), hour)


def _clocked(
    table: Table, date: pd.Series, used: tuple[int, ...], hour: int | None
) -> tuple[pd.Series, tuple[int, ...]]:
    """The dates with the time of day of columns of their own."""
    clock, minute = table.column("clock"), table.column("minute")
    if clock is not None:
        return date + " " + table.body[clock], (*used, clock)
    if hour is None:
        return date, used
    hours = table.body[hour].str.removesuffix("时").str.removesuffix(":00")
    minutes = "00" if minute is None else table.body[minute].str.zfill(2)
    told = (date + " " + hours + ":" + minutes).where((hours != "") & ~hours.str.contains(":"), date + " " + hours)
    return told, (*used, hour) if minute is None else (*used, hour, minute)


def _dated(cells: pd.Series) -> bool:
    """Whether most of the first cells hold dates."""
    head = [cell for cell in cells.head(60) if cell]
    told = [looks_dated(cell) or take_apart(cell).kind in ("three", "serial", "month", "six") for cell in head]
    return bool(head) and sum(told) >= 0.8 * len(head) and not all(_small(cell) for cell in head)


def _small(cell: str) -> bool:
    """A plain number that is no date of six or eight digits, nor a day number of this age."""
    if not cell.isdigit():
        return cell.replace(".", "", 1).isdigit() and not cell.startswith(("3", "4"))
    return not (len(cell) in (6, 8) or (len(cell) == 5 and cell.startswith(("3", "4"))))


def _rain_columns(table: Table, answers: Answers, *, but: tuple[int, ...]) -> tuple[int, ...]:
    """The column of rain by its name, or two halves of the day; where no name decides a person is asked."""
    offered: dict[str, tuple[int, ...]] = {
        table.names[at].written: (at,) for at in range(len(table.names)) if at not in but
    }
    roles = {at: table.names[at].role for at in range(len(table.names)) if at not in but}
    of_role = {role: [at for at, one in roles.items() if one == role] for role in ("rain", "part", "running")}
    whole = [at for at in of_role["rain"] if table.names[at].daily]
    found = of_role["rain"] if len(of_role["rain"]) == 1 else whole if len(whole) == 1 else []
    if len(of_role["part"]) == 2:
        one, other = of_role["part"]
        offered[f"{table.names[one].written} + {table.names[other].written}"] = (one, other)
    if not of_role["rain"] and len(of_role["running"]) == 1:
        found = of_role["running"]
    choices = tuple(Choice(name) for name in offered)
    if not choices:
        raise AtlasError("intake.rain.no_column", columns=", ".join(name.written for name in table.names))
    said = answers.choose(Doubt("rain.column", choices), table.names[found[0]].written if found else None)
    if said is None:
        answers.ask()
    return offered[str(said)]
