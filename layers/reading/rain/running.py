"""Running totals: values that only rise until a day, month or year begins anew, and what fell between them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geo.doubt import Answers, Choice, Doubt
from geo.note import Note

PERIODS = ("no", "day", "month", "year", "ever")
_LEAST_RISES = 10
_AT_STARTS = 0.9


def differenced(values: pd.Series, answers: Answers, *, named: bool, daily: bool) -> tuple[pd.Series, tuple[Note, ...]]:
    """What fell in each reading of a series by moment (sorted), running totals differenced; and what to say of it.

    `named` says that the header calls it a running total. A reading after a missing one is missing too, for what
    fell since is the rain of several.
    """
    found = _recognised(values, daily=daily)
    if found is None and not named:
        found = "no"
    choices = tuple(Choice(one, f"intake.rain.running_{one}") for one in PERIODS if not (daily and one == "day"))
    said = answers.choose(Doubt("rain.running", choices), found)
    if said is None:
        answers.ask()
    if said == "no":
        return values, ()
    period = _period_of(values, str(said))
    fresh = np.r_[True, period[1:] != period[:-1]] & (said != "ever")
    total = values.to_numpy()
    fell = np.where(fresh, total, total - np.r_[np.nan, total[:-1]])
    fell[0] = total[0] if fresh[0] and _begins(values.index[0], str(said)) else np.nan
    return pd.Series(fell, values.index), (Note("intake.rain.differenced", {"count": int(fresh.sum()) or 1}),)


def _recognised(values: pd.Series, *, daily: bool) -> str | None:
    """The period after which the values begin anew, none when they are no running totals by their shape."""
    known = values.dropna()
    steps = np.diff(known.to_numpy())
    drops, rises = steps < -1e-9, steps > 1e-9
    if rises.sum() < _LEAST_RISES or len(known) < 60:
        return None
    if not drops.any():
        return "ever" if (steps >= -1e-9).all() and not _falls_apart(known) else None
    for period in ("year", "month", *(() if daily else ("day",))):
        told = _period_of(known, period)
        starts = told[1:] != told[:-1]
        if (rises & ~starts).sum() < _LEAST_RISES:
            continue
        if (drops & starts).sum() >= _AT_STARTS * drops.sum() and (period == "year" or drops.sum() >= 3):
            return period
    return None


def _falls_apart(known: pd.Series) -> bool:
    """Whether a series without a fall is a short dry one rather than a counter."""
    return known.iloc[-1] <= 0


def _period_of(values: pd.Series, period: str) -> np.ndarray:
    moments = values.index.to_numpy().astype("datetime64[m]")
    if period == "ever":
        return np.zeros(len(moments), dtype="int64")
    if period != "day":
        unit = "datetime64[M]" if period == "month" else "datetime64[Y]"
        return moments.astype("datetime64[D]").astype(unit).astype("int64")
    steps = np.diff(values.to_numpy())
    clock = (moments - moments.astype("datetime64[D]")).astype("int64")
    falls = clock[1:][steps < -1e-9]
    start = int(np.bincount(falls).argmax()) if len(falls) else 1
    return (moments.astype("int64") - start) // 1440


def _begins(moment: pd.Timestamp, period: str) -> bool:
    """Whether a first reading is the first of its period, so that its total is its own."""
    return moment.day == 1 and (period == "month" or moment.month == 1) if period != "day" else True
