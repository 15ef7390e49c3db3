"""The layer `daily_rain` as it lies in a data folder: the same recognitions, and what is open is told, not asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from geo.doubt import Answers, UndecidedError
from layers.district import Settings
from layers.problem import Problem
from layers.reading.rain.faults import LAYER, OWNER
from layers.reading.rain.plausible import bounds_of
from layers.reading.rain.record import RainRecord, read_record
from words.errors import AtlasError

_SILENT = ("intake.rain.mean_", "geo.errors.note.")


def read_in_place(path: Path, settings: Settings) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The days told (`date`, `rain_mm`), and Problems for faults, for what was left out and for what was taken.

    AtlasError where the file leaves something open that only a person can say, with what to write in the file. A unit
    the file states is kept though the mean is not plausible here, and told.
    """
    told: list[Problem] = []
    try:
        found = _read(path, settings, Answers())
    except UndecidedError as error:
        doubt = error.doubts[0]
        stated = str(doubt.facts.get("stated", "–"))
        if doubt.key != "rain.unit" or stated not in {choice.value for choice in doubt.choices}:
            raise AtlasError(f"problems.rain_open_{doubt.key.partition('.')[2]}", **doubt.facts) from None
        found = _read(path, settings, Answers({"rain.unit": stated}))
        mean = next(choice.facts["mean"] for choice in doubt.choices if choice.value == stated)
        told.append(_problem(path, "problems.rain_mean_odd", {**doubt.facts, "mean": mean}))
    told += found.problems
    notes = (*found.said.notes,)
    told += [_problem(path, note.key, dict(note.facts)) for note in notes if not note.key.startswith(_SILENT)]
    days = found.daily.index.astype("datetime64[us]")
    return pd.DataFrame({"date": days, "rain_mm": found.daily.to_numpy()}), tuple(told)


def _read(path: Path, settings: Settings, answers: Answers) -> RainRecord:
    return read_record(path, answers, bounds=bounds_of(settings), today=date.today())


def _problem(path: Path, key: str, facts: dict[str, object]) -> Problem:
    return Problem(key, LAYER, OWNER, file=path.name, facts=facts)
