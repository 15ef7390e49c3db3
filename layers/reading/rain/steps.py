"""How far readings lie apart: days, parts of a day to be summed, or totals of months and years that are no days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.doubt import Answers, Choice, Doubt
from geo.note import Note
from words.errors import AtlasError

DAY = 1440.0
BOUNDARIES = {"00-24": 0, "08-08": 8, "20-20": 20}
_LEAST = 6  # readings before their distance says anything


@dataclass(frozen=True)
class Step:
    """How many minutes a reading lasts, whether they come at even steps, and the one hour all of them tell, if so."""

    minutes: float
    even: bool = True
    clock: int | None = None


def step_of(moments: pd.Series, timed: pd.Series, without_day: pd.Series) -> Step:
    """The step of the readings; AtlasError for totals of several days, months or years."""
    known = moments.dropna()
    if len(known) and without_day[known.index].mean() > 0.5:
        years = known.dt.month.nunique() == 1
        raise AtlasError("intake.rain.year_totals" if years else "intake.rain.month_totals", count=len(known))
    stamps = np.unique(known.to_numpy().astype("datetime64[m]"))
    clocks = np.unique((stamps - stamps.astype("datetime64[D]")).astype("int64"))
    if timed.any() and len(clocks) > 1:
        steps = np.diff(stamps).astype("int64")
        inside = steps[steps < DAY]
        if len(inside):
            values, counts = np.unique(inside, return_counts=True)
            usual = int(values[counts.argmax()])
            return Step(usual, even=bool(counts.max() >= 0.5 * len(inside)) and DAY % usual == 0)
    _refuse_totals(np.unique(stamps.astype("datetime64[D]")))
    return Step(DAY, clock=int(clocks[0]) // 60 if timed.any() and len(clocks) == 1 else None)


def _refuse_totals(days: np.ndarray) -> None:
    """AtlasError where days follow one another by months, years or an even number of days."""
    steps = np.diff(days).astype("int64")
    if len(steps) < _LEAST - 1:
        return

    def share(low: int, high: int) -> float:
        return float(((steps >= low) & (steps <= high)).mean())

    if share(28, 31) >= 0.9:
        raise AtlasError("intake.rain.month_totals", count=len(days))
    if share(365, 366) >= 0.9:
        raise AtlasError("intake.rain.year_totals", count=len(days))
    usual = int(np.median(steps))
    if usual > 1 and (share(usual, usual) >= 0.9 or (usual in (5, 10) and share(usual - 2, usual + 1) >= 0.97)):
        raise AtlasError("intake.rain.period_totals", days=usual, count=len(days))


def boundary(step: Step, answers: Answers, *, stated: int | None) -> tuple[int, str, tuple[Note, ...]]:
    """The hour at which days begin and whether a reading's time is its `end` or `begin`; what to say of both."""
    choices = tuple(Choice(name, "intake.rain.boundary_choice", {"hour": hour}) for name, hour in BOUNDARIES.items())
    found = next((name for name, hour in BOUNDARIES.items() if hour == stated), None)
    said = answers.choose(Doubt("rain.day_boundary", choices, {"minutes": f"{step.minutes:g}"}), found)
    ends = (Choice("end", "intake.rain.stamp_end"), Choice("begin", "intake.rain.stamp_begin"))
    stamp = str(answers.choose(Doubt("rain.stamp", ends), "end"))
    if said is None:
        answers.ask()
    facts = {"boundary": str(said), "minutes": f"{step.minutes:g}"}
    return BOUNDARIES[str(said)], stamp, (Note("intake.rain.summed", facts), Note(f"intake.rain.stamped_{stamp}"))


def days_of(moments: pd.Index, *, begins: int, stamp: str) -> np.ndarray:
    """The day each reading belongs to: from 8 to 8 the day that begins it, from 20 to 20 the day that ends it."""
    seconds = moments.to_numpy().astype("datetime64[s]").astype("int64") - (1 if stamp == "end" else 0)
    shift = {0: 0, 8: -8, 20: 4}[begins] * 3600
    return np.floor_divide(seconds + shift, 86400).astype("datetime64[D]")
