"""Collects what is wrong in one layer while it is read, so that everything is told at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from layers.departments import Departments
from layers.layer import Layer
from layers.problem import Problem, Severity
from layers.reading.values import Fault

MOST_ALIKE = 200  # problems of one kind in one column that are listed singly


@dataclass
class Report:
    """The problems of one layer's file; rows are positions from 0 here and counted from 1 in the Problems."""

    layer: Layer
    file: str
    departments: Departments = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _told: Counter = field(default_factory=Counter)

    def add(
        self,
        key: str,
        severity: Severity = "warning",
        *,
        position: int | None = None,
        field: str | None = None,
        value: object = None,
        facts: Mapping[str, object] | None = None,
    ) -> None:
        """Note one problem; of one kind in one column only the first two hundred are kept singly."""
        self._told[key, severity, field] += 1
        if self._told[key, severity, field] > MOST_ALIKE:
            return
        row = None if position is None else position + 1
        shown = None if value is None else str(value)
        problem = Problem(key, self.layer.id, self.layer.owner, severity, self.file, row, field=field, value=shown)
        self.problems.append(replace(problem, facts=dict(facts or {})))

    def add_faults(self, faults: Iterable[Fault], field: str) -> None:
        """Note the odd cells of a column."""
        for fault in faults:
            self.add(
                fault.key,
                fault.severity,
                position=fault.position,
                field=field,
                value=fault.value,
                facts={**fault.facts},
            )

    def has_errors(self) -> bool:
        """Whether anything was left out."""
        return any(problem.severity == "error" for problem in self.problems)

    def finished(self, rows: pd.DataFrame | None = None) -> tuple[Problem, ...]:
        """All problems, each with the key and township of its row as `rows` (by position) has them."""
        key = self.layer.key.name if self.layer.key else None
        listed = [problem if rows is None else _placed(problem, rows, key) for problem in self.problems]
        for (kind, severity, column), count in self._told.items():
            if count > MOST_ALIKE:
                facts = {"count": count - MOST_ALIKE, "kind": kind}
                more = Problem("more_alike", self.layer.id, self.layer.owner, severity, self.file, field=column)
                listed.append(replace(more, facts=facts))
        return tuple(listed)


def _placed(problem: Problem, rows: pd.DataFrame, key: str | None) -> Problem:
    if problem.row is None or problem.row > len(rows):
        return problem
    feature = _cell(rows, problem.row - 1, key) if problem.feature is None else problem.feature
    township = "code" if problem.layer == "townships" else "township"
    where = _cell(rows, problem.row - 1, township) if problem.township is None else problem.township
    return replace(problem, feature=feature, township=where)


def _cell(rows: pd.DataFrame, position: int, column: str | None) -> str | None:
    if column is None or column not in rows.columns:
        return None
    value = rows[column].iloc[position]
    return None if pd.isna(value) else str(value)
