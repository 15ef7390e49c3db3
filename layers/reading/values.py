"""Cells of a file become typed values, cell by cell where they are odd and in one sweep where they are not.

Nothing becomes missing in silence: every cell that holds something unreadable is told with its content. Results:
`text`, `code` and `choice` are `str` columns, `number` is float64, `integer` is int64 (float64 when cells are
missing), `date` is datetime64[us], `boolean` is the nullable boolean.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from layers.layer import Field
from layers.problem import Severity
from layers.reading.conversion import factor, plain, unit_of_sign
from words.errors import AtlasError

_INVISIBLE = r"[\x{01}-\x{1f}\x{7f}\x{ad}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}\x{feff}]"  # RE2
_SUSPECT_CODE = r"[^!-~]|\.0+$|[eE]\+"
SAYS_NOTHING = frozenset(
    {"-", "--", "—", "——", "–", "/", "无", "暂无", "不详", "未知", "n/a", "na", "null", "none", "nan"}
)
_NUMBER = re.compile(r"^(?P<about>约|大约|≈|~)?(?P<figure>[+-]?[\d,]*+(?:\.\d++|(?<=\d))(?:e[+-]?\d++)?+)(?P<rest>.*)$")
_GROUPED = re.compile(r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$")
_YES = frozenset({"1", "1.0", "true", "t", "yes", "y", "是", "有", "对"})
_NO = frozenset({"0", "0.0", "false", "f", "no", "n", "否", "无", "没有"})


@dataclass(frozen=True)
class Fault:
    """One odd cell: its position (from 0), the problem's key, what was written, and what it needs to be told."""

    position: int
    key: str
    severity: Severity
    value: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What one written cell came to: its value (none for missing), and a fault when it was odd."""

    value: object
    key: str | None = None
    severity: Severity = "error"
    facts: Mapping[str, object] = field(default_factory=dict)


def written(cells: pd.Series) -> pd.Series:
    """The column as clean text: outer spaces and invisible characters gone, empty cells missing."""
    told = cells if isinstance(cells.dtype, pd.StringDtype) else cells.where(cells.isna(), cells.map(_as_text))
    signs = pa.array(told.astype("str"), type=pa.large_string())
    if pc.any(pc.match_substring_regex(signs, _INVISIBLE)).as_py():
        signs = pc.replace_substring_regex(signs, _INVISIBLE, "")
    signs = pc.utf8_trim_whitespace(signs)
    return as_column(pc.if_else(pc.equal(signs, ""), None, signs), cells.index)


def as_column(signs: pa.Array, index: pd.Index) -> pd.Series:
    """Arrow text as a `str` column."""
    return pd.Series(pd.array(signs, dtype="str"), index=index)


def _as_text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def by_cell(told: pd.Series, at: np.ndarray, judge: Callable[[str], Outcome]) -> tuple[list[object], list[Fault]]:
    """Judges the cells of `told` at the positions `at`, each distinct text once; values in that order, and faults."""
    known: dict[str, Outcome] = {}
    values, faults = [], []
    for position, cell in zip(at.tolist(), told.to_numpy(dtype=object)[at], strict=True):
        if cell not in known:
            known[cell] = judge(cell)
        outcome = known[cell]
        values.append(outcome.value)
        if outcome.key:
            faults.append(Fault(position, outcome.key, outcome.severity, cell, outcome.facts))
    return values, faults


def parse_numbers(cells: pd.Series, field: Field, *, unit: str | None) -> tuple[pd.Series, list[Fault]]:
    """Numbers in the inside unit, float64 or int64; bare figures are in `unit`, else in the declared file unit."""
    file_unit = unit or field.file_unit
    scale = factor(file_unit, field.unit) if file_unit else 1.0
    faults: list[Fault] = []
    if pd.api.types.is_numeric_dtype(cells.dtype):
        values = cells.to_numpy(dtype="float64", na_value=np.nan, copy=True) * scale
    else:
        told = written(cells)
        values = pd.to_numeric(told, errors="coerce").to_numpy(dtype="float64", na_value=np.nan, copy=True) * scale
        odd = np.flatnonzero(np.isnan(values) & told.notna().to_numpy())
        found, faults = by_cell(told, odd, lambda cell: _odd_number(cell, field, scale=scale))
        values[odd] = [np.nan if value is None else value for value in found]
    faults += list(_beyond(values, cells, field))
    values[[fault.position for fault in faults if fault.severity == "error"]] = np.nan
    if field.kind == "integer" and not np.isnan(values).any():
        return pd.Series(values.astype("int64"), index=cells.index), faults
    return pd.Series(values, index=cells.index), faults


def _odd_number(cell: str, field: Field, *, scale: float) -> Outcome:
    folded = plain(cell)
    if folded in SAYS_NOTHING:
        return Outcome(None, "says_nothing", "warning")
    found = _NUMBER.match(folded)
    figure = found["figure"] if found else ""
    if not found or ("," in figure and not _GROUPED.match(figure)):
        return Outcome(None, "not_a_number")
    value, rest = float(figure.replace(",", "")), found["rest"]
    if rest:
        sign = unit_of_sign(rest)
        if sign is None:
            return Outcome(None, "not_a_number")
        try:
            scale = factor(sign, field.unit)
        except AtlasError as error:
            return Outcome(None, "unit_mismatch", facts={"unit": rest, "expected": error.facts["expected"]})
    return Outcome(value * scale, "approximate", "warning") if found["about"] else Outcome(value * scale)


def _beyond(values: np.ndarray, cells: pd.Series, field: Field) -> Iterator[Fault]:
    """Faults for infinite values, values out of bounds, and fractions where whole numbers are due."""
    low = -np.inf if field.low is None else field.low
    high = np.inf if field.high is None else field.high
    slack = 1e-9 * max(abs(low) if np.isfinite(low) else 0, abs(high) if np.isfinite(high) else 0)
    with np.errstate(invalid="ignore"):
        out = (values < low - slack) | (values > high + slack) | np.isinf(values)
    bounds = {"low": field.low, "high": field.high, "unit": field.unit}
    for position in np.flatnonzero(out).tolist():
        yield Fault(position, "out_of_range", "error", _as_text(cells.iloc[position]), bounds)
    if field.kind == "integer":
        rounded = np.rint(values)
        off = ~out & ~np.isnan(values) & (np.abs(values - rounded) > 1e-6)
        values[~out & ~off] = rounded[~out & ~off]
        for position in np.flatnonzero(off).tolist():
            yield Fault(position, "not_whole", "error", _as_text(cells.iloc[position]))


def parse_codes(cells: pd.Series) -> tuple[pd.Series, list[Fault]]:
    """Codes are text: numbers that lost their form (`500156101.0`, `5.00E+08`) are refused."""
    if pd.api.types.is_numeric_dtype(cells.dtype):
        known = cells.dropna()
        whole = bool(len(known)) and bool((known == np.rint(known)).all())
        told = cells.map(lambda cell: str(int(cell)) if whole else str(cell), na_action="ignore").astype("str")
        return told, []
    told = written(cells)
    suspect = pc.match_substring_regex(pa.array(told, type=pa.large_string()), _SUSPECT_CODE)
    odd = np.flatnonzero(pc.fill_null(suspect, False).to_numpy(zero_copy_only=False))
    if not len(odd):
        return told, []
    found, faults = by_cell(told, odd, _odd_code)
    mended = told.to_numpy(dtype=object).copy()
    mended[odd] = found
    return pd.Series(mended, index=cells.index).astype("str"), faults


def _odd_code(cell: str) -> Outcome:
    folded = "".join(unicodedata.normalize("NFKC", cell).split())
    if re.fullmatch(r"\d+\.0+", folded) or re.fullmatch(r"\d+(\.\d+)?[eE]\+\d+", folded):
        return Outcome(None, "code_as_number", facts={"code": folded.split(".")[0]})
    return Outcome(folded)


def parse_booleans(cells: pd.Series) -> tuple[pd.Series, list[Fault]]:
    """Yes and no in either language, or 1 and 0, as nullable booleans."""
    if pd.api.types.is_bool_dtype(cells.dtype):
        return cells.astype("boolean"), []
    told = written(cells)
    at = np.flatnonzero(told.notna().to_numpy())
    found, faults = by_cell(told, at, _odd_boolean)
    values = np.full(len(told), None, dtype=object)
    values[at] = found
    return pd.Series(pd.array(values, dtype="boolean"), index=cells.index), faults


def _odd_boolean(cell: str) -> Outcome:
    folded = plain(cell)
    if folded in _YES or folded in _NO:
        return Outcome(folded in _YES)
    return Outcome(None, "not_a_boolean")


def parse_choices(cells: pd.Series, labels: Mapping[str, str]) -> tuple[pd.Series, list[Fault]]:
    """Codes of a choice; `labels` maps the plain form of every accepted word to its code."""
    codes = set(labels.values())
    if isinstance(cells.dtype, pd.StringDtype) and (cells.isin(codes) | cells.isna()).all():
        return cells, []
    told = written(cells)
    odd = np.flatnonzero(told.notna().to_numpy() & ~told.isin(codes).to_numpy())
    if not len(odd):
        return told, []

    def judge(cell: str) -> Outcome:
        code = labels.get(plain(cell))
        return Outcome(code) if code else Outcome(None, "unknown_choice", facts={"choices": tuple(sorted(codes))})

    found, faults = by_cell(told, odd, judge)
    mended = told.to_numpy(dtype=object).copy()
    mended[odd] = found
    return pd.Series(mended, index=cells.index).astype("str"), faults
