"""Readings become days: doubles judged, running totals differenced, hours summed, days that are not told decided."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.doubt import Answers, Choice, Doubt
from geo.note import Note
from layers.reading.rain.absent import absent_are_dry, filled
from layers.reading.rain.faults import Faults
from layers.reading.rain.running import differenced
from layers.reading.rain.steps import DAY, Step, boundary, days_of

_OFTEN = 0.05  # of the rows repeat a moment with another value: no slip


@dataclass(frozen=True)
class Told:
    """What the file says of the readings as a whole: the hour a day begins, running totals, hour columns."""

    begins: int | None = None
    running: bool = False
    hours: int | None = None


def daily_of(
    rows: pd.DataFrame, step: Step, told: Told, answers: Answers, faults: Faults
) -> tuple[pd.Series, list[Note], float]:
    """Rain by day (every day, NaN missing) in the unit of the file, what to say, and how many minutes a reading lasts.

    `rows` has row, date, cell, moment, value, dry (told so by a word), faulty.
    """
    notes: list[Note] = []
    if step.minutes == DAY:
        rows = rows.assign(moment=rows["moment"].dt.floor("D"))
    series, parts, count = _one_each(rows, answers, faults, hours=told.hours)
    faulty = pd.Index(rows.loc[rows["faulty"], "moment"].dt.floor("D").unique())
    if parts:
        notes.append(Note("intake.rain.parts_summed", {"count": count}))
    else:
        series, more = differenced(series, answers, named=told.running, daily=step.minutes == DAY)
        notes += more
        notes += _wrong_falls(series, faults)
        series = series.where(~(series < 0))
    worded = int(rows["dry"].sum())
    if step.minutes < DAY:
        series, summed = _summed(series, step, told, answers, worded=worded)
        return series, [*notes, *summed], step.minutes
    if step.clock is not None:
        notes.append(Note("intake.rain.one_clock", {"hour": step.clock}))
    known = series.dropna()
    span = (series.index.max() - series.index.min()).days + 1 if len(series) else 0
    unknown = span - len(known) - len(faulty.intersection(series.index[series.isna()]))
    dry = absent_are_dry(
        answers, told=len(known), zeros=int((known == 0).sum()), absent=max(unknown - worded, 0), worded=worded
    )
    full, more = filled(series, dry=dry, faulty=faulty)
    return full, [*notes, *more], DAY / count if parts else DAY


def _one_each(
    rows: pd.DataFrame, answers: Answers, faults: Faults, *, hours: int | None
) -> tuple[pd.Series, bool, int]:
    """One value a moment, sorted, and whether a day's rows are its parts and were summed, so many of them.

    A moment given twice alike keeps its value, given twice differently is missing, unless all days are given in parts.
    """
    if hours is not None:
        return _parts(rows, 24), True, 24
    repeated = rows["moment"].duplicated()
    differing = rows.groupby("moment")["value"].transform("nunique") > 1
    wrong = differing & repeated
    if wrong.sum() > _OFTEN * len(rows):
        sizes = rows.groupby("moment").size()
        count = int(sizes.mode().iloc[0])
        choices = (Choice("sum", "intake.rain.repeated_sum"), Choice("missing", "intake.rain.repeated_missing"))
        said = answers.choose(Doubt("rain.repeated_days", choices, {"count": count, "days": int((sizes > 1).sum())}))
        if said is None:
            answers.ask()
        if said == "sum":
            even = bool((sizes == count).mean() >= 0.9)
            return _parts(rows, count if even else 0), True, max(count, 1)
    faults.rows(rows, wrong, "problems.rain_date_twice")
    faults.rows(rows, repeated & ~differing, "problems.rain_date_repeated", severity="repaired")
    kept = rows["value"].where(~differing)
    return kept.groupby(rows["moment"]).first().sort_index(), False, 1


def _parts(rows: pd.DataFrame, count: int) -> pd.Series:
    """The sum of each day's rows; missing where any is, or where there are not `count` of them (0: any number)."""
    groups = rows.groupby("moment")["value"]
    whole = (groups.count() == groups.size()) if not count else (groups.count() >= count)
    return groups.sum().where(whole).sort_index()


def _wrong_falls(series: pd.Series, faults: Faults) -> list[Note]:
    """Running totals that fall in the middle of their period leave that reading missing."""
    wrong = int((series < 0).sum())
    if wrong:
        first = series.index[series < 0][0]
        faults.whole("problems.rain_total_falls", severity="error", count=wrong, date=str(first)[:16])
    return []


def _summed(
    series: pd.Series, step: Step, told: Told, answers: Answers, *, worded: int
) -> tuple[pd.Series, list[Note]]:
    """Days from readings at even steps, a day without all of them missing; or from rain alone, where that is said."""
    begins, stamp, notes = boundary(step, answers, stated=told.begins)
    found = pd.Series(series.to_numpy(), index=days_of(series.index, begins=begins, stamp=stamp))
    groups = found.groupby(level=0)
    per_day = int(DAY / step.minutes) if step.even else 1
    days = pd.date_range(found.index.min(), found.index.max(), freq="D")
    known = series.dropna()
    absent = max(len(days) * per_day - len(known) - worded, 0) if step.even else len(days)
    dry = absent_are_dry(answers, told=len(known), zeros=int((known == 0).sum()), absent=absent, worded=worded)
    sums, counts = groups.sum(min_count=1).reindex(days), groups.count().reindex(days).fillna(0)
    if dry:
        full, more = filled(sums.dropna(), dry=True, faulty=pd.Index([]))
        return full, [*notes, *more]
    whole = sums.where(counts >= per_day)
    short = int(((counts > 0) & (counts < per_day)).sum())
    trimmed = whole.loc[whole.first_valid_index() : whole.last_valid_index()]
    told_short = [Note("intake.rain.days_incomplete", {"count": short})] if short else []
    return (whole if trimmed.empty or np.isnan(trimmed.to_numpy()).all() else trimmed), [*notes, *told_short]
