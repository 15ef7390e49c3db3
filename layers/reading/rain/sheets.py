"""Which sheet of a workbook holds the record: the only one that looks like one, all of one kind together, or asked."""

from __future__ import annotations

import dataclasses

import pandas as pd

from geo.doubt import Answers, Choice, Doubt
from geo.files.table import Pages
from layers.reading.conversion import plain
from layers.reading.rain.heading import Table, table_of
from layers.reading.rain.names import month_of
from words.errors import AtlasError


def chosen_table(pages: Pages, answers: Answers, file: str) -> Table:
    """The table of the record; UndecidedError where several sheets hold one."""
    tables = [table for name, rows in pages.rows if (table := table_of(name, rows, file)) is not None]
    if not tables:
        raise AtlasError("geo.errors.table_empty", file=file)
    likely = [table for table in tables if _likely(table)] or tables
    if len(likely) == 1:
        return likely[0]
    alike = all(_headers(table) == _headers(likely[0]) for table in likely)
    periods = {_year_of(table) or month_of(plain(table.sheet)) for table in likely}
    apart = alike and len(periods) == len(likely) and not periods & {"", 0}
    choices = [Choice(table.sheet) for table in likely]
    if alike:
        choices.append(Choice("all", "intake.rain.all_sheets"))
    said = answers.choose(Doubt("rain.sheet", tuple(choices), {"count": len(likely)}), "all" if apart else None)
    if said is None:
        answers.ask()
    if said != "all":
        return next(table for table in likely if table.sheet == said)
    return _joined(likely)


def _likely(table: Table) -> bool:
    roles = {name.role for name in table.names}
    rows = len(table.body)
    return rows > 2 and len(roles & {"date", "year", "month", "day", "rain", "nth_day", "nth_month", "station"}) >= 2


def _headers(table: Table) -> tuple[str, ...]:
    return tuple(name.written for name in table.names)


def _joined(tables: list[Table]) -> Table:
    """The rows of sheets of one kind one after another; a year that only a title tells goes into a column."""
    frames = []
    for table in tables:
        body = table.body.copy()
        body[body.shape[1]] = _year_of(table)
        frames.append(body)
    joined = pd.concat(frames)
    if (joined.iloc[:, -1] == "").all() or tables[0].column("year") is not None:
        return dataclasses.replace(tables[0], body=joined.iloc[:, :-1])
    year = dataclasses.replace(tables[0].names[0], written="年", role="year", unit=None)
    return dataclasses.replace(tables[0], body=joined, names=(*tables[0].names, year), units=(*tables[0].units, ""))


def _year_of(table: Table) -> str:
    for told in (*table.titles, table.sheet):
        digits = "".join(sign if sign.isdigit() else " " for sign in told).split()
        found = next((one for one in digits if len(one) == 4 and "1800" <= one <= "2200"), "")
        if found:
            return found
    return ""
