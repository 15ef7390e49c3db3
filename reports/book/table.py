"""A table before it is shown: one making for screen and workbook, so that both say the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from words import Language, text
from words.units import label

_NO_SIGN = ("ratio", "count")  # the name says what is counted or compared


@dataclass(frozen=True)
class Table:
    """A titled table: columns by short name, their heads in words, and the unit of those that hold numbers.

    Numbers are in the inside unit. `figures` are columns of written numbers (a range, a number with its own unit).
    """

    title: str
    frame: pd.DataFrame
    heads: Mapping[str, str]
    units: Mapping[str, str | None] = field(default_factory=dict)
    figures: frozenset[str] = frozenset()

    def head(self, column: str, language: Language) -> str:
        """What stands above a column, with its unit."""
        sign = unit_sign(self.units.get(column), language)
        return text("reports.header", language, name=self.heads[column], unit=sign) if sign else self.heads[column]


def unit_sign(unit: str | None, language: Language) -> str:
    """The unit as a sign; empty where the name says it."""
    return "" if unit in _NO_SIGN else label(unit, language)
