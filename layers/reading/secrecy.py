"""Files that say of themselves that they are secret: an intranet map is no place for them, and somebody must look."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from layers.problem import Problem

_MARK = re.compile(r"(?:^|[^不非])(绝密|机密|秘密)(?=$|[★☆*\s()()\[【_.、,,;;:\-]|级|文件|资料|图)")
_MOST = 200  # cells of a column and signs of a cell that are looked at


def secret_marks(frame: pd.DataFrame, *, file: str, layer: str, owner: str) -> list[Problem]:
    """A problem for each place that bears a mark of state secrecy: the file's name, a field's name, a cell."""
    return [
        Problem("secret_mark", layer, owner, file=file, row=row, field=field, value=value[:60])
        for row, field, value in _places(frame, file)
        if _MARK.search(value[:_MOST])
    ]


def _places(frame: pd.DataFrame, file: str) -> Iterator[tuple[int | None, str | None, str]]:
    yield None, None, file
    for column in frame.columns:
        if pd.api.types.is_string_dtype(frame[column].dtype) or frame[column].dtype == object:
            yield None, str(column), str(column)
            told = frame[column].reset_index(drop=True).astype("string")
            near = told[told.str.contains("密", regex=False).fillna(False)].drop_duplicates().head(_MOST)
            for position, cell in near.items():
                yield int(str(position)) + 1, str(column), str(cell)
