"""Files that say of themselves that they are secret: an intranet map is no place for them, and somebody must look."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from layers.problem import Problem

_MARK = re.compile(r"(?:^|[^不非])(绝密|机密|秘密)(?=$|[★☆*\s()()\[【_.、,,;;:\-]|级|文件|资料|图)")
_SIGN = "密"  # all marks have it
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
    for column, dtype in frame.dtypes.items():
        if pd.api.types.is_string_dtype(dtype) or pd.api.types.is_object_dtype(dtype):
            yield None, str(column), str(column)
            yield from _cells(frame[column], str(column))


def _cells(cells: pd.Series, column: str) -> Iterator[tuple[int, str, str]]:
    """The first row of each different cell that may bear a mark."""
    told = cells.reset_index(drop=True).astype("str")
    signs = pa.array(told, type=pa.large_string())
    if pc.any(pc.match_substring(signs, _SIGN)).as_py():
        near = told[told.str.contains(_SIGN, regex=False, na=False)].drop_duplicates().head(_MOST)
        yield from ((int(str(position)) + 1, column, cell) for position, cell in near.items())
