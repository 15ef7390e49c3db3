"""A column of written dates becomes moments: the order of day, month and year is decided for the whole column.

What proves an order: a number that can be no month, or days that follow one another only in that order. Where neither
does, a person is asked. Two-digit years lie in the hundred years that end this year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from geo.doubt import Answers, Choice, Doubt
from geo.note import Note
from layers.reading.rain.dating import Written, take_apart

YEARS = (1850, 2200)
_ORIGIN = np.datetime64("1899-12-30")
_ORDERS = {"ymd": (0, 1, 2), "ydm": (0, 2, 1), "mdy": (2, 0, 1), "dmy": (2, 1, 0)}
_LESS_VALID = 0.02
_PROVEN_ROWS = 6
_STRAY = 0.01  # of the rows written in a way of their own are slips, not told as dates


@dataclass(frozen=True)
class Stamps:
    """The moment of each row (NaT: no date), which rows tell a time of day, and which tell a month or year alone."""

    moments: pd.Series
    timed: pd.Series
    without_day: pd.Series
    notes: tuple[Note, ...] = ()


def stamps_of(written: pd.Series, answers: Answers, *, today: date) -> Stamps:
    """The moments of a column of dates; UndecidedError where a person has to say the order of the numbers."""
    lengths = written.str.len()
    iso = bool((lengths == 10).all()) and bool(written.str.fullmatch(r"\d{4}-\d{2}-\d{2}").all())
    if iso and "rain.date_order" not in answers.given:
        moments = pd.to_datetime(written, format="%Y-%m-%d", errors="coerce").astype("datetime64[s]")
        never = pd.Series(False, index=written.index)
        return Stamps(moments, never, never)
    codes, distinct = pd.factorize(written)
    told = [take_apart(str(one)) for one in distinct]
    days, notes = _days(told, codes, answers, today=today)
    minutes = np.array([one.minutes or 0 for one in told], dtype="int64")
    moments = (days.astype("datetime64[s]") + (minutes * 60).astype("timedelta64[s]"))[codes]
    timed = np.array([one.minutes is not None for one in told], dtype=bool)[codes]
    short = np.array([one.kind in ("month", "year") for one in told], dtype=bool)[codes]
    index = written.index
    return Stamps(pd.Series(moments, index), pd.Series(timed, index), pd.Series(short, index), notes)


def _days(
    told: list[Written], codes: np.ndarray, answers: Answers, *, today: date
) -> tuple[np.ndarray, tuple[Note, ...]]:
    """The day of each distinct text, as the kinds of writing in the column say."""
    days = np.full(len(told), np.datetime64("NaT", "D"), dtype="datetime64[D]")
    notes: list[Note] = []
    kinds = np.array([one.kind for one in told], dtype=object)
    kinds[kinds == "six"] = "month" if _six_are_months(told) else "three"
    numbers = np.array([[*one.numbers[:3], *[1] * (3 - len(one.numbers))] for one in told], dtype="int64")
    for kind in ("month", "year", "yearday", "serial"):
        at = np.flatnonzero(kinds == kind)
        if len(at):
            days[at] = _plain_days(kind, numbers[at], [told[place] for place in at])
            if kind == "serial":
                notes.append(Note("intake.rain.serial", {"first": told[at[0]].numbers[0], "date": str(days[at[0]])}))
    at = np.flatnonzero(kinds == "three")
    if len(at):
        days[at], more = _three(numbers[at], [told[place] for place in at], _places(at, codes), answers, today)
        notes += more
    return days, tuple(notes)


def _places(at: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """The rows of these distinct texts in the order of the file, as numbers within `at`."""
    back = np.full(codes.max() + 1, -1)
    back[at] = np.arange(len(at))
    rows = back[codes]
    return rows[rows >= 0]


def _six_are_months(told: list[Written]) -> bool:
    six = [one.numbers for one in told if one.kind == "six"]
    return bool(six) and all(18 <= first <= 21 and 1 <= last <= 12 for first, _, last in six) and len(six) >= 6


def _plain_days(kind: str, numbers: np.ndarray, told: list[Written]) -> np.ndarray:
    if kind == "serial":
        return np.where(
            (numbers[:, 0] > 366) & (numbers[:, 0] < 110_000),
            _ORIGIN + numbers[:, 0].astype("timedelta64[D]"),
            np.datetime64("NaT", "D"),
        )
    if kind == "month" and told[0].kind == "six":
        numbers = np.column_stack([numbers[:, 0] * 100 + numbers[:, 1], numbers[:, 2], numbers[:, 2]])
    elif kind == "month":
        turned = np.array([one.first != 4 for one in told])
        numbers[turned] = numbers[turned][:, [1, 0, 2]]
    if kind == "yearday":
        first = _valid(numbers[:, 0], np.ones(len(numbers), dtype="int64"), np.ones(len(numbers), dtype="int64"))
        found = first + (numbers[:, 1] - 1).astype("timedelta64[D]")
        inside = found.astype("datetime64[Y]") == first.astype("datetime64[Y]")
        return np.where(inside, found, np.datetime64("NaT", "D"))
    ones = np.ones(len(numbers), dtype="int64")
    return _valid(numbers[:, 0], numbers[:, 1] if kind == "month" else ones, ones)


def _valid(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Days from numbers; NaT where there is no such day."""
    fits = (year >= 1) & (year <= 9999) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    months = (np.where(fits, year, 1970) - 1970) * 12 + np.where(fits, month, 1) - 1
    starts = months.astype("datetime64[M]")
    days = starts.astype("datetime64[D]") + (np.where(fits, day, 1) - 1).astype("timedelta64[D]")
    return np.where(fits & (days.astype("datetime64[M]") == starts), days, np.datetime64("NaT", "D"))


def _three(
    numbers: np.ndarray, told: list[Written], rows: np.ndarray, answers: Answers, today: date
) -> tuple[np.ndarray, list[Note]]:
    """Days from three numbers: each way of writing in the column (year first, year last, two digits) by one order."""
    found = np.full(len(told), np.datetime64("NaT", "D"), dtype="datetime64[D]")
    notes: list[Note] = []
    first = np.array([one.first >= 3 for one in told])
    last = np.array([one.last >= 3 for one in told]) & ~first
    named = np.array([-1 if one.month_at is None else one.month_at for one in told])
    ways = (
        (first & (named < 0), ("ymd", "ydm")),
        (last & (named < 0), ("mdy", "dmy")),
        (~first & ~last & (named < 0), ("ymd", "mdy", "dmy")),
        (first & (named >= 0), ("ymd",)),
        (~first & (named == 1), ("dmy",)),
        (~first & (named == 0), ("mdy",)),
    )
    for way, orders in ways:
        at = np.flatnonzero(way)
        inside = np.isin(rows, at)
        if inside.sum() <= _STRAY * len(rows):
            continue
        years_short = not first[at[0]] and not last[at[0]]
        parts = numbers[at]
        offered = {order: _ordered(parts, order, short=years_short, today=today) for order in orders}
        back = np.searchsorted(at, rows[inside])
        order = _order(offered, back, parts, answers)
        found[at] = offered[order]
        if order not in ("ymd",) or years_short:
            facts = {"order": order, "date": str(found[at[back[0]]]), "written": "-".join(map(str, parts[back[0]]))}
            notes.append(Note("intake.rain.two_digit_years" if years_short else "intake.rain.date_order", facts))
    return found, notes


def _ordered(parts: np.ndarray, order: str, *, short: bool, today: date) -> np.ndarray:
    year, month, day = (parts[:, place] for place in _ORDERS[order])
    if short:
        year = np.where(year <= today.year % 100, 2000 + year, 1900 + year)
    return _valid(year, month, day)


def _order(offered: dict[str, np.ndarray], rows: np.ndarray, parts: np.ndarray, answers: Answers) -> str:
    """The order that holds for the column; UndecidedError where nothing proves one and nobody says it."""
    if len(offered) == 1:
        return next(iter(offered))
    order = proven(offered, rows)
    choices = tuple(
        Choice(one, "intake.rain.order_choice", {"order": one, "date": str(days[rows[0]])})
        for one, days in offered.items()
    )
    written = "-".join(map(str, parts[rows[0]]))
    said = answers.choose(Doubt("rain.date_order", choices, {"written": written}), order)
    if said is None:
        answers.ask()
    return str(said)


def proven(offered: dict[str, np.ndarray], rows: np.ndarray) -> str | None:
    """The order of which alone all numbers are dates, or of which alone the rows follow one another; none else."""
    valid = {order: float((~np.isnat(days[rows])).mean()) for order, days in offered.items()}
    best = max(valid.values())
    left = {order: offered[order] for order, share in valid.items() if share >= best - _LESS_VALID}
    if best == 0 or len(left) == 1:
        return next(iter(left))
    alike = {order: days for order, days in left.items() if not _same(days, next(iter(left.values())))}
    if not alike:
        return next(iter(left))
    if len(rows) < _PROVEN_ROWS:
        return None
    follow = {order: _following(days[rows]) for order, days in left.items()}
    ranked = sorted(follow, key=lambda order: follow[order], reverse=True)
    first, second = follow[ranked[0]], follow[ranked[1]]
    if first[0] >= 0.5 and second[0] < first[0] / 2:
        return ranked[0]
    rising = {order: follow[order][1] for order in left}
    ranked = sorted(rising, key=lambda order: rising[order], reverse=True)
    return ranked[0] if rising[ranked[0]] >= 0.98 and rising[ranked[1]] <= 0.9 else None


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    return bool(((one == other) | (np.isnat(one) & np.isnat(other))).all())


def _following(days: np.ndarray) -> tuple[float, float]:
    """The share of rows a day or none after the row before, and of rows not before it (or not after, falling)."""
    steps = np.diff(days[~np.isnat(days)].astype("int64"))
    if not len(steps):
        return 0.0, 0.0
    near = max(float(((steps == 0) | (steps == sign)).mean()) for sign in (1, -1))
    return near, max(float((steps >= 0).mean()), float((steps <= 0).mean()))
