"""The columns of a file become the declared fields: renamed, converted, typed, bounded, and every oddity told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
import pandas as pd

from layers.departments import choice_word, roles_by_name
from layers.layer import Field, Layer
from layers.problem import Severity
from layers.reading.conversion import plain
from layers.reading.dates import parse_dates
from layers.reading.headers import Column, Matching, match_headers
from layers.reading.report import Report
from layers.reading.values import Fault, parse_booleans, parse_choices, parse_codes, parse_numbers, written
from words import LANGUAGES, NamedAll, named_all
from words.errors import AtlasError

_EMPTY = {"number": "float64", "integer": "float64", "date": "datetime64[us]", "boolean": "boolean"}


def parse(
    cells: pd.Series, field: Field, *, unit: str | None = None, labels: Mapping[str, str] | None = None
) -> tuple[pd.Series, list[Fault]]:
    """The typed values of a column (same index) and its Faults.

    `unit` is the unit written in the header, which wins over the declared file unit; `labels` maps the plain form of
    every accepted word of a choice to its code.
    """
    if field.kind in ("number", "integer"):
        return parse_numbers(cells, field, unit=unit)
    if field.kind == "boolean":
        return parse_booleans(cells)
    if field.kind == "choice":
        return parse_choices(cells, labels or {plain(code): code for code in field.choices})
    if field.kind == "date":
        return parse_dates(cells)
    return parse_codes(cells) if field.kind == "code" else (written(cells), [])


def read_attributes(raw: pd.DataFrame, layer: Layer, report: Report) -> pd.DataFrame:
    """The declared fields of every row of `raw`, in declared order, index 0 … n-1; faults go to `report`.

    AtlasError `problems.missing_column` when a required column is missing: the layer cannot be read then.
    """
    matching = match_headers([str(column) for column in raw.columns], layer)
    _tell_columns(matching, layer, report)
    columns = {}
    for field in layer.fields:
        column = matching.columns.get(field.name)
        if column is None:
            columns[field.name] = empty_column(field, len(raw))
        else:
            columns[field.name] = _column(raw[column.header].reset_index(drop=True), field, column, report=report)
    return pd.DataFrame(columns, index=pd.RangeIndex(len(raw)))


def empty_column(field: Field, rows: int) -> pd.Series:
    """A column of the field's type with nothing in it."""
    return pd.Series(None, index=pd.RangeIndex(rows), dtype=_EMPTY.get(field.kind, "str"))


def _column(cells: pd.Series, field: Field, column: Column, *, report: Report) -> pd.Series:
    labels = choice_labels(report.layer.id, field) | _names(field, report) if field.kind == "choice" else None
    try:
        values, faults = parse(cells, field, unit=column.unit, labels=labels)
    except AtlasError as error:
        report.add("unit_mismatch", "error", field=field.name, value=column.header, facts=error.facts)
        return empty_column(field, len(cells))
    if field.kind == "code" and pd.api.types.is_numeric_dtype(cells.dtype):
        report.add("code_column_of_numbers", "warning", field=field.name)
    report.add_faults(faults, field.name)
    return values


def _tell_columns(matching: Matching, layer: Layer, report: Report) -> None:
    required = [field for field in matching.missing if field.required]
    if required:
        columns = _called(required, layer)
        raise AtlasError(
            "problems.missing_column", file=report.file, column=columns, found=", ".join(matching.unknown) or "–"
        )
    if matching.missing and matching.unknown:  # an optional column may be absent; a misspelt one is worth a word
        columns = _called(matching.missing, layer)
        report.add("missing_columns", facts={"columns": columns, "found": ", ".join(matching.unknown[:20])})
    for name, taken, left in matching.doubled:
        report.add("doubled_column", field=name, value=left, facts={"taken": taken})


def _called(fields: Iterable[Field], layer: Layer) -> NamedAll:
    """Fields by their names and the headers a file writes for them."""
    return named_all((f"layers.{layer.id}.fields.{field.name}", field.column) for field in fields)


def _names(field: Field, report: Report) -> dict[str, str]:
    """The names of the district's departments, where the choices are roles of such."""
    known = roles_by_name(report.departments) if field.roles else {}
    return {plain(name): role for name, role in known.items() if role in field.choices}


@cache
def choice_labels(layer: str, field: Field) -> dict[str, str]:
    """Every accepted word of a choice in its plain form, to its code: the code and its label in both languages."""
    labels: dict[str, str] = {}
    for language in LANGUAGES:
        for code in field.choices:
            labels.setdefault(plain(choice_word(layer, field, code, language)), code)
    return labels | {plain(code): code for code in field.choices}


def rows_to_keep(rows: pd.DataFrame, layer: Layer, report: Report) -> np.ndarray:
    """Boolean array, false for rows without a required value; each such cell is told unless it was told already."""
    keep = np.ones(len(rows), dtype=bool)
    told = {(problem.row, problem.field) for problem in report.problems if problem.severity == "error"}
    for field in layer.fields:
        if not field.required:
            continue
        absent = rows[field.name].isna().to_numpy(dtype=bool)
        keep &= ~absent
        for position in np.flatnonzero(absent).tolist():
            if (position + 1, field.name) not in told:
                report.add("required_missing", "error", position=position, field=field.name)
    return keep


def tell_doubles(rows: pd.DataFrame, layer: Layer, report: Report) -> np.ndarray:
    """Boolean array, true for rows that repeat the key of an earlier row; each is told.

    Townships are looked up by key, so a repeated township is an error; elsewhere it is a warning and stays.
    """
    if layer.once:
        return _tell_twice(rows, layer, report)
    keys = [field.name for field in layer.fields if field.key]
    repeated = np.zeros(len(rows), dtype=bool)
    if not keys:
        return repeated
    told = rows[keys].notna().all(axis=1).to_numpy()
    repeated = told & rows.duplicated(keys).to_numpy()
    severity: Severity = "error" if layer.id == "townships" else "warning"
    for position in np.flatnonzero(repeated).tolist():
        value = " / ".join(str(rows[key].iloc[position]) for key in keys)
        report.add("duplicate_key", severity, position=position, field=keys[0], value=value)
    return repeated


def _tell_twice(rows: pd.DataFrame, layer: Layer, report: Report) -> np.ndarray:
    """Boolean array, true for rows of a table to leave out because another row speaks of the same thing.

    Rows alike in every field count once; where they differ nobody knows which is right, and none of them counts.
    """
    names = list(layer.once)
    whole = rows[[field.name for field in layer.fields if field.required]].notna().all(axis=1)
    again = whole & rows[whole].duplicated(names, keep=False).reindex(rows.index, fill_value=False)
    left = np.zeros(len(rows), dtype=bool)
    for _, group in rows[again].groupby(names, dropna=False, sort=False):
        value = " / ".join("–" if pd.isna(part) else str(part) for part in group[names].iloc[0])
        alike = len(group.drop_duplicates()) == 1
        for position in (group.index[1:] if alike else group.index).tolist():
            left[position] = True
            others = ", ".join(str(at + 1) for at in group.index.tolist() if at != position)
            key = "row_repeated" if alike else "row_contradicts"
            severity: Severity = "repaired" if alike else "error"
            report.add(key, severity, position=position, field=names[0], value=value, facts={"rows": others})
    return left
