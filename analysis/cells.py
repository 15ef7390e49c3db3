"""A cell of a table as the number it is; an empty cell is none, never zero."""

from __future__ import annotations

from typing import SupportsFloat

import pandas as pd


def number(cell: object) -> float | None:
    """The cell as a number, none for an empty one; TypeError for what is no number at all."""
    if cell is None or pd.isna(cell):
        return None
    if not isinstance(cell, float | str | SupportsFloat):
        raise TypeError(f"no number: {cell!r}")
    return float(cell)
