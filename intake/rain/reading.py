"""A station's daily rain: layout, unit, traces, gaps and faults recognised and reported, nothing silently mended.

Traces (T, 微量, code 32700) count as 0. A missing code or empty cell leaves the day missing. A value below zero or
beyond what falls anywhere in a day, an unreadable cell and a date given twice with two values leave the day missing
too, each with a Problem. Metres are known by a year's sum no inhabited place could have in millimetres.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from geo.doubt import Answers
from geo.files.sniff import sniff
from geo.files.table import read_csv, read_xlsx
from geo.note import Note, Said
from geo.reached import first_faulty, reach, told
from intake.rain.layouts import Cells, cells_of
from layers.district import District
from layers.problem import Problem
from words.errors import AtlasError

METRES_BELOW_PER_YEAR = 30.0
MM_PER_M = 1000.0
MOST_MM_A_DAY = 1900.0  # the wettest day measured anywhere was 1,825 mm
TRACES = {"t", "tr", "trace", "微量", "0.0t", "32700", "999990"}
MISSING = {
    "",
    "-",
    "--",
    "—",
    "na",
    "nan",
    "null",
    "无",
    "缺测",
    "缺",
    "32766",
    "32744",
    "-9999",
    "-999",
    "-99",
    "999999",
}
OWNER = "water"


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


def read_daily_rain(path: Path, answers: Answers | None = None) -> RainFile:
    """The record in a CSV or Excel file; AtlasError when no layout fits or no day can be read.

    UndecidedError where a person has to say which column holds the rain.
    """
    known = answers or Answers()
    with told(path.name):
        raw = read_xlsx(path) if sniff(path) == "XLSX" else read_csv(path)
        try:
            return _record(raw, path, known)
        except (ValueError, ArithmeticError, LookupError, TypeError, RecursionError):
            reach("line", 1 + first_faulty(len(raw), lambda count: _record(raw.iloc[:count], path, known)))
            raise


def _record(raw: pd.DataFrame, path: Path, answers: Answers) -> RainFile:
    cells = cells_of(raw, answers)
    if cells is None:
        raise AtlasError("intake.no_rain_columns", file=path.name, columns=", ".join(map(str, raw.columns)))
    problems: list[Problem] = []
    text = cells["cell"].map(lambda cell: unicodedata.normalize("NFKC", str(cell)).strip().lower().replace(",", ""))
    days = pd.to_datetime(cells["date"].str.replace("/", "-").str.strip(), errors="coerce", format="mixed")
    problems += _faults(cells, days.isna(), path, "problems.rain_bad_date", column="date")
    trace, missing = text.isin(TRACES), text.isin(MISSING)
    value = pd.to_numeric(text.where(~trace & ~missing), errors="coerce")
    problems += _faults(cells, value.isna() & ~trace & ~missing, path, "problems.rain_unreadable")
    problems += _faults(cells, value < 0, path, "problems.rain_negative")
    value = value.where(value >= 0).where(~trace, 0.0)
    unit = _unit(value, days)
    if unit == "m":
        value = value * MM_PER_M
    problems += _faults(cells, value > MOST_MM_A_DAY, path, "problems.rain_impossible")
    value = value.where(value <= MOST_MM_A_DAY)
    known = pd.DataFrame({"row": cells["row"], "date": days, "cell": cells["cell"], "rain_mm": value})[days.notna()]
    series, twice = _one_a_day(known, path)
    if series.notna().sum() == 0:
        raise AtlasError("intake.no_rain_days", file=path.name)
    said = Said(assumed=(Note("intake.rain_unit", {"unit": unit}),))
    every = pd.date_range(series.index.min(), series.index.max(), freq="D")
    full = series.reindex(every)
    frame = pd.DataFrame({"date": every.strftime("%Y-%m-%d"), "rain_mm": full.to_numpy().round(3)})
    facts = {"first": every[0].date(), "last": every[-1].date(), "gaps": int(full.isna().sum())}
    return RainFile(frame, unit, traces=int(trace.sum()), problems=(*problems, *twice), said=said, **facts)


def with_rain(district: District, found: RainFile) -> District:
    """The district with another daily record, whose source nobody has told; its grid of annual rain still scales it."""
    mark = hashlib.sha256(found.frame.to_csv(index=False).encode()).hexdigest()[:6]
    frame = found.frame.assign(date=found.frame["date"].astype("datetime64[s]"))
    tables = {**district.tables, "daily_rain": frame}
    entries = {layer: entry for layer, entry in district.entries.items() if layer != "daily_rain"}
    return replace(district, version=f"{district.version}+{mark}", tables=tables, entries=entries)


def _unit(value: pd.Series, days: pd.Series) -> str:
    years = max((days.max() - days.min()).days / 365.25, 1 / 365.25) if days.notna().any() else 1.0
    return "m" if 0 < float(np.nansum(value)) / years < METRES_BELOW_PER_YEAR else "mm"


def _one_a_day(known: pd.DataFrame, path: Path) -> tuple[pd.Series, list[Problem]]:
    """One value a day; a day given twice alike keeps it, given twice differently is missing."""
    differing = known.groupby("date")["rain_mm"].transform("nunique") > 1
    repeated = known["date"].duplicated()
    problems = _faults(known, differing & repeated, path, "problems.rain_date_twice")
    problems += _faults(known, repeated & ~differing, path, "problems.rain_date_repeated", severity="repaired")
    rain = known["rain_mm"].where(~differing)
    return rain.groupby(known["date"]).first().sort_index(), problems


def _faults(
    cells: Cells, wrong: pd.Series, path: Path, key: str, *, column: str = "cell", severity: str = "error"
) -> list[Problem]:
    return [
        Problem(
            key=key,
            layer="daily_rain",
            owner=OWNER,
            severity=severity,
            file=path.name,
            row=int(row),
            field="date" if column == "date" else "rain_mm",
            value=str(value),
            facts={"date": str(day)[:10]},
        )
        for row, value, day in zip(
            cells.loc[wrong, "row"], cells.loc[wrong, column], cells.loc[wrong, "date"], strict=True
        )
    ]
