"""A station's daily rain read from a file: everything recognised is said, everything open is asked, nothing guessed.

Traces count as 0. A missing code or empty cell leaves the day missing; so do a value below zero or beyond what falls
anywhere in a day, an unreadable cell, and a day given twice with two values, each with a Problem. A record without a
whole year is refused.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from geo.doubt import Answers, Choice, Doubt
from geo.files.table import Pages, pages_of
from geo.note import Note, Said
from geo.reached import first_faulty, reach, told
from layers.problem import Problem
from layers.reading.rain.daily import Told, daily_of
from layers.reading.rain.depths import Depth, depth_of
from layers.reading.rain.faults import Faults
from layers.reading.rain.figures import Figures, figures_of
from layers.reading.rain.heading import Table, titles_say
from layers.reading.rain.layouts import Readings, readings_of
from layers.reading.rain.names import boundary_of, window_of
from layers.reading.rain.plausible import Bounds, decided
from layers.reading.rain.sheets import chosen_table
from layers.reading.rain.stamps import YEARS, stamps_of
from layers.reading.rain.steps import Step, step_of
from layers.years import whole_years, yearly_mean
from words.errors import AtlasError

_QUESTIONS = ("column", "unit", "date_order", "day_boundary", "stamp", "running", "station", "missing_days",
             "repeated_days", "comma", "codes", "sheet")  # fmt: skip
_MOST_MM_A_DAY = 1900.0  # the wettest day measured anywhere was 1,825 mm


@dataclass(frozen=True)
class RainRecord:
    """Rain in mm by day from first to last (NaN missing), the unit of the file, and all there is to say of it."""

    daily: pd.Series
    unit: str
    traces: int
    problems: tuple[Problem, ...]
    said: Said


def read_record(path: Path, answers: Answers, *, bounds: Bounds, today: date) -> RainRecord:
    """The record in a CSV or Excel file; AtlasError when it is none, UndecidedError where a person has to say more."""
    _refuse_foreign(answers)
    with told(path.name):
        pages = pages_of(path)

        def read(rows: int | None = None) -> RainRecord:
            return _read(_cut(pages, rows), path.name, answers, bounds=bounds, today=today)

        try:
            return read()
        except (ValueError, ArithmeticError, LookupError, TypeError, RecursionError):
            reach("line", first_faulty(max(len(rows) for _, rows in pages.rows), read))
            raise


def _cut(pages: Pages, rows: int | None) -> Pages:
    """The first rows of each sheet; all of them for none."""
    return dataclasses.replace(pages, rows=tuple((name, cells[:rows]) for name, cells in pages.rows))


def _read(pages: Pages, file: str, answers: Answers, *, bounds: Bounds, today: date) -> RainRecord:
    """The record in the cells of a file."""
    faults = Faults(file)
    table = chosen_table(pages, answers, file)
    found = readings_of(table, answers)
    if found is None:
        columns = ", ".join(name.written for name in table.names)
        raise AtlasError("intake.no_rain_columns", file=file, columns=columns)
    rows, notes = _one_station(found.rows, answers)
    rows, step, dated = _dated(rows, answers, faults, today=today)
    notes += dated.assumed
    _refuse_windows(found, step)
    figures = figures_of(rows["cell"], answers, delimiter=pages.delimiter)
    stated, begins = _stated(table, found, figures, rows)
    rows, stated = _valued(rows, figures, stated, faults)
    whole = Told(begins, found.running, found.hours)
    daily, more, minutes = daily_of(rows, step, whole, answers, faults)
    _refuse_without_a_year(daily, faults, file)
    mean, decimals = yearly_mean(daily), figures.decimals
    unit, taken = decided(stated, answers, mean=mean, decimals=decimals, bounds=bounds, minutes=minutes)
    daily = _in_mm(daily, unit.over(minutes), faults, bounds)
    for row in table.long_rows:
        faults.whole("problems.rain_row_long", severity="error", row=row)
    notes += [*figures.notes, *more, *_unit_notes(unit, bounds, mean * unit.over(minutes), taken=taken)]
    said = Said(
        (*table.left_out, *dated.left_out),
        tuple(_reading_notes(pages, table) + notes),
        _said_of_file(stated, begins, daily),
    )
    return RainRecord(daily, unit.name, int(figures.trace.sum()), tuple(faults.problems), said)


def _refuse_foreign(answers: Answers) -> None:
    """AtlasError for an answer to a question that no record of rain raises."""
    for key in answers.given:
        if key.startswith("rain.") and key.removeprefix("rain.") not in _QUESTIONS:
            asked = ", ".join(f"rain.{one}" for one in _QUESTIONS)
            raise AtlasError("intake.rain.no_such_question", given=key, questions=asked)


def _one_station(rows: pd.DataFrame, answers: Answers) -> tuple[pd.DataFrame, list[Note]]:
    names = [name for name in rows["station"].str.strip().unique() if name]
    if not names:
        return rows, []
    choices = tuple(Choice(name) for name in names[:200])
    said = answers.choose(Doubt("rain.station", choices, {"count": len(names)}), names[0] if len(names) == 1 else None)
    if said is None:
        answers.ask()
    kept = rows[rows["station"].str.strip() == said].reset_index(drop=True)
    return kept, [Note("intake.rain.station", {"station": str(said), "others": len(names) - 1})]


def _dated(rows: pd.DataFrame, answers: Answers, faults: Faults, *, today: date) -> tuple[pd.DataFrame, Step, Said]:
    """The rows with a moment that can be, how far they lie apart, and what to say of the dates."""
    stamps = stamps_of(rows["date"], answers, today=today)
    rows = rows.assign(moment=stamps.moments)
    step = step_of(stamps.moments, stamps.timed, stamps.without_day)
    totals = stamps.without_day  # of a month or year, among days
    left = (Note("intake.rain.left_totals", {"count": int(totals.sum())}),) if totals.any() else ()
    rows = rows[~totals]
    nothing = rows["moment"].isna()
    faults.rows(rows, nothing, "problems.rain_bad_date", column="date")
    future = rows["moment"] > pd.Timestamp(today) + pd.Timedelta(days=1)
    early = rows["moment"].dt.year < YEARS[0]
    apart = _apart(rows["moment"].where(~future & ~early))
    faults.rows(rows, future, "problems.rain_future", column="date")
    faults.rows(rows, early | apart, "problems.rain_year_odd", column="date")
    kept = ~(nothing | future | early | apart)
    if not kept.any():
        cell = next((str(one) for one in rows["date"] if str(one).strip()), "")
        raise AtlasError("intake.rain.no_dates", file=faults.file, value=cell, row=int(rows["row"].iloc[0]))
    return rows[kept], step, Said(left_out=left, assumed=stamps.notes)


def _refuse_windows(found: Readings, step: Step) -> None:
    """AtlasError where the header says that a figure holds more or less time than lies between two of them."""
    for name in found.names:
        minutes = window_of(name)
        if minutes is not None and minutes != step.minutes and found.hours is None and len(found.names) == 1:
            facts = {"column": name.written, "said": minutes, "minutes": f"{step.minutes:g}"}
            raise AtlasError("intake.rain.window", **facts)


def _apart(moments: pd.Series) -> pd.Series:
    """Rows of a few days that lie years away from all others."""
    days = np.sort(moments.dropna().dt.floor("D").unique())
    if len(days) < 100:
        return pd.Series(False, index=moments.index)
    gaps = np.flatnonzero(np.diff(days) > np.timedelta64(730, "D"))
    low = days[gaps[gaps < 10][-1] + 1] if (gaps < 10).any() else days[0]
    late = gaps[gaps >= len(days) - 11]
    high = days[late[0]] if len(late) else days[-1]
    return (moments < low) | (moments >= high + np.timedelta64(1, "D"))


def _stated(table: Table, found: Readings, figures: Figures, rows: pd.DataFrame) -> tuple[tuple[str, ...], int | None]:
    """The units the file states of bare numbers (header, row or column of units, title) and the hour its days begin."""
    units = [name.unit.name for name in found.names if name.unit is not None]
    units += [unit.name for cell in found.units if (unit := depth_of(cell))]
    titled, begins = titles_say(table)
    units = [*units, *titled]
    column = [unit.name for cell in rows["unit"].unique() if cell and (unit := depth_of(cell))]
    if len(column) == 1:
        units += column
    own = {unit.name for unit in figures.units if unit is not None}
    if not units and len(own) == 1 and len(column) == 0:
        units += own
    for name in found.names:
        begins = boundary_of(name.written) if boundary_of(name.written) is not None else begins
    if found.hours is not None:
        begins = {21: 20, 9: 8}.get(found.hours, 0)
    return tuple(dict.fromkeys(units)), begins


def _valued(
    rows: pd.DataFrame, figures: Figures, stated: tuple[str, ...], faults: Faults
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The rows with their values, all in one unit: where cells bear units of their own, these are converted."""
    value = figures.value.copy()
    if stated == ("0.1mm",):
        value = _decoded(value)
    at_own = [depth_of(cell) if cell else None for cell in rows["unit"]]
    own = [cell or row for cell, row in zip(figures.units, at_own, strict=True)]
    names = {unit.name for unit in own if unit is not None}
    if names and names != set(stated):
        base = depth_of(stated[0]) if len(stated) == 1 else None
        factors = [unit.mm if unit else base.mm if base else np.nan for unit in own]
        value, stated = value * np.array(factors), ("mm",)
    faults.rows(rows, figures.unreadable, "problems.rain_unreadable")
    negative = value < 0
    faults.rows(rows, negative, "problems.rain_negative")
    faulty = figures.unreadable | negative
    return rows.assign(value=value.where(~negative), dry=figures.dry, faulty=faulty), stated


def _decoded(value: pd.Series) -> pd.Series:
    """Tenths with the codes of the weather service taken off: 30000 snow, 31000 snow and rain, 32000 dew and fog."""
    coded = (value >= 30000) & (value < 32700)
    return value.where(~coded, value % 1000)


def _refuse_without_a_year(daily: pd.Series, faults: Faults, file: str) -> None:
    """AtlasError with the fullest year and what it lacks; a Problem for the days missing from the rest."""
    known = daily.notna()
    if not known.any():
        first = next((problem.value for problem in faults.problems if problem.value), "–")
        raise AtlasError("intake.no_rain_days", file=file, value=first)
    days = daily.index.to_numpy().astype("datetime64[D]")
    if not whole_years(days, known.to_numpy()):
        counts = known.groupby(daily.index.year).sum()
        year = int(counts.idxmax())
        lacking = (366 if pd.Timestamp(year, 12, 31).day_of_year == 366 else 365) - int(counts.max())
        facts = {"first": str(days[0]), "last": str(days[-1]), "year": year, "lacking": lacking}
        raise AtlasError("intake.rain.no_whole_year", file=file, **facts)
    if not known.all():
        missing = daily.index[~known]
        count, years = len(missing), missing.year.nunique()
        faults.whole("problems.rain_days_missing", count=count, date=str(missing[0])[:10], years=years)


def _in_mm(daily: pd.Series, factor: float, faults: Faults, bounds: Bounds) -> pd.Series:
    """The days in mm; one beyond what falls anywhere is missing, one beyond what is plausible here is told."""
    rain_mm = daily * factor
    for date_, value in rain_mm[rain_mm > _MOST_MM_A_DAY].items():
        faults.whole("problems.rain_impossible", severity="error", date=str(date_)[:10], value=f"{value:.10g}")
    odd = rain_mm[(rain_mm > bounds.day) & (rain_mm <= _MOST_MM_A_DAY)]
    if len(odd):
        day, rain = str(odd.index[0])[:10], f"{odd.iloc[0]:.10g}"
        faults.whole("problems.rain_day_odd", most=f"{bounds.day:g}", count=len(odd), date=day, rain_mm=rain)
    return rain_mm.where(~(rain_mm > _MOST_MM_A_DAY))


def _reading_notes(pages: Pages, table: Table) -> list[Note]:
    known = [Note("geo.errors.note.encoding_found", {"encoding": pages.codec.upper()})] if pages.codec else []
    return [*known, Note("intake.rain.sheet", {"sheet": table.sheet})] if len(pages.rows) > 1 else known


def _unit_notes(unit: Depth, bounds: Bounds, mean_mm: float, *, taken: bool) -> list[Note]:
    facts = {"mean": f"{mean_mm:,.1f}", "low": f"{bounds.low:g}", "high": f"{bounds.high:g}"}
    notes = [Note(f"intake.rain.mean_{bounds.place}", facts)]
    if taken:
        return [Note("intake.rain.unit_taken", {"unit": unit.name}), *notes]
    if unit.name != "mm":
        notes = [Note("intake.rain.converted", {"unit": unit.name, "factor": f"{unit.mm:g}"}), *notes]
    return notes


def _said_of_file(stated: tuple[str, ...], begins: int | None, daily: pd.Series) -> dict[str, str | float]:
    found: dict[str, str | float] = {"unit": " / ".join(stated)} if stated else {}
    return found | ({"day_begins": float(begins)} if begins is not None else {})
