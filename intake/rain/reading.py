"""A stranger's daily rain as the atlas keeps it; what is recognised, asked and refused is in `layers.reading.rain`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pandas as pd

from geo.doubt import Answers
from geo.note import Said
from layers.district import District
from layers.problem import Problem
from layers.reading.rain.plausible import Bounds
from layers.reading.rain.record import read_record


@dataclass(frozen=True)
class RainFile:
    """A daily record read from a file.

    `frame` has columns `date` (text, ISO) and `rain_mm` (NaN: missing), one row for every day of the file, in order;
    `unit` is what the file was in; `gaps` the days missing between first and last.
    """

    frame: pd.DataFrame
    unit: str
    first: date
    last: date
    gaps: int
    traces: int
    problems: tuple[Problem, ...]
    said: Said = field(default_factory=Said)


def read_daily_rain(
    path: Path, answers: Answers | None = None, *, bounds: Bounds, today: date | None = None
) -> RainFile:
    """The record in a CSV or Excel file; AtlasError when it holds none or no whole year.

    `bounds` are what a mean year of the place may hold. UndecidedError where a person has to say more.
    """
    found = read_record(path, answers or Answers(), bounds=bounds, today=today or date.today())
    days = found.daily.index
    frame = pd.DataFrame({"date": days.strftime("%Y-%m-%d"), "rain_mm": found.daily.to_numpy().round(3)})
    return RainFile(
        frame,
        found.unit,
        days[0].date(),
        days[-1].date(),
        int(found.daily.isna().sum()),
        found.traces,
        found.problems,
        found.said,
    )


def with_rain(district: District, found: RainFile) -> District:
    """The district with another daily record, whose source nobody has told; its grid of annual rain still scales it."""
    mark = hashlib.sha256(found.frame.to_csv(index=False).encode()).hexdigest()[:6]
    frame = found.frame.assign(date=found.frame["date"].astype("datetime64[s]"))
    tables = {**district.tables, "daily_rain": frame}
    entries = {layer: entry for layer, entry in district.entries.items() if layer != "daily_rain"}
    return replace(district, version=f"{district.version}+{mark}", tables=tables, entries=entries)
