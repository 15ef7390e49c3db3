"""Faults of a rain record as Problems, those beyond the first two hundred of a kind told by their number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from layers.problem import Problem, Severity

LAYER, OWNER = "daily_rain", "water"
_MOST_ALIKE = 200


@dataclass
class Faults:
    """What is wrong in one file, collected on the way."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def rows(
        self, rows: pd.DataFrame, wrong: pd.Series, key: str, *, column: str = "cell", severity: Severity = "error"
    ) -> None:
        """A Problem for each row of `rows` (row, date, cell) where `wrong` holds."""
        found = rows[wrong.to_numpy()]
        for row, value, day in zip(
            found["row"][:_MOST_ALIKE], found[column][:_MOST_ALIKE], found["date"][:_MOST_ALIKE], strict=True
        ):
            self._add(key, severity, column, row=int(row), value=str(value), facts={"date": str(day)[:40]})
        if len(found) > _MOST_ALIKE:
            self._add("more_alike", severity, column, facts={"count": len(found) - _MOST_ALIKE, "kind": key})

    def whole(self, key: str, *, severity: Severity = "warning", **facts: object) -> None:
        """A Problem of the record as a whole."""
        self.problems.append(Problem(key, LAYER, OWNER, severity, self.file, facts=facts))

    def _add(
        self,
        key: str,
        severity: Severity,
        column: str,
        *,
        row: int | None = None,
        value: str | None = None,
        facts: Mapping[str, object],
    ) -> None:
        name = "date" if column == "date" else "rain_mm"
        self.problems.append(
            Problem(key, LAYER, OWNER, severity, self.file, row, field=name, value=value, facts=dict(facts))
        )
