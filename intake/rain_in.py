"""A station's daily rain, its columns and unit recognised."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from geo.table import read_csv

from words.errors import AtlasError

METRES_BELOW_PER_YEAR = 30.0  # no inhabited place has 30 mm a year; as metres it would be 30 m
MM_PER_M = 1000.0


def read_daily_rain(path: Path) -> tuple[pd.DataFrame, str]:
    """Columns `date` and `rain_mm`, in order of date, and the unit found in the file (`mm` or `m`).

    The date is the first column whose values are dates, the rain the first other column of numbers. AtlasError names
    file, row and value for an unreadable cell, a negative value or a date given twice.
    """
    raw = read_csv(path)
    date_column = next((c for c in raw.columns if pd.to_datetime(raw[c].head(20), errors="coerce").notna().all()), None)
    others = [column for column in raw.columns if column != date_column]
    rain_column = next((c for c in others if pd.to_numeric(raw[c].head(20), errors="coerce").notna().any()), None)
    if date_column is None or rain_column is None:
        raise AtlasError("intake.no_rain_columns", file=path.name, columns=", ".join(raw.columns))
    dates = pd.to_datetime(raw[date_column], errors="coerce")
    rain = pd.to_numeric(raw[rain_column], errors="coerce")
    filled = raw[rain_column].fillna("").str.strip() != ""
    _refuse(raw[date_column], dates.isna(), path, date_column, "intake.bad_date")
    _refuse(raw[rain_column], (rain.isna() & filled) | (rain < 0), path, rain_column, "intake.bad_rain")
    _refuse(raw[date_column], dates.duplicated(), path, date_column, "intake.date_twice")
    years = max((dates.max() - dates.min()).days / 365.25, 1 / 365.25)
    unit = "m" if 0 < rain.sum() / years < METRES_BELOW_PER_YEAR else "mm"
    frame = pd.DataFrame({"date": dates.dt.strftime("%Y-%m-%d"), "rain_mm": rain * (MM_PER_M if unit == "m" else 1.0)})
    return frame.sort_values("date", ignore_index=True).round({"rain_mm": 3}), unit


def _refuse(values: pd.Series, wrong: pd.Series, path: Path, column: str, key: str) -> None:
    if wrong.any():
        row = int(wrong.to_numpy().argmax())
        raise AtlasError(key, file=path.name, row=row + 2, field=column, value=values.iloc[row])
