"""What a card says of each feature: the declared fields as finished text, once per data version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from layers.catalogue import CATALOGUE
from layers.district import District
from layers.layer import Field, Layer
from words.units import number

Cell = str | bool | None


def rows(frame: pd.DataFrame, layer: Layer, *, names: Mapping[str, Mapping[str, str]]) -> list[list[Cell]]:
    """One list per feature, its cells in the order of the declared fields.

    Numbers are written by `words.units` as everywhere else; choices stay codes and township codes stay codes (the page
    holds their names); other references become the name of what they refer to; missing is None.
    """
    columns = [_cells(frame, field, names) for field in layer.fields]
    return [list(cells) for cells in zip(*columns, strict=True)] if columns else [[] for _ in range(len(frame))]


def _cells(frame: pd.DataFrame, field: Field, names: Mapping[str, Mapping[str, str]]) -> list[Cell]:
    if field.name not in frame.columns:
        return [None] * len(frame)
    column = frame[field.name]
    known = column.notna().to_numpy()
    referred = names.get(field.refers_to or "", {})
    return [_cell(value, field, referred) if k else None for value, k in zip(column.tolist(), known, strict=True)]


def _cell(value: Any, field: Field, names: Mapping[str, str]) -> Cell:
    if field.kind in ("number", "integer"):
        return number(value, field.unit)
    if field.kind == "boolean":
        return bool(value)
    if field.kind == "date":
        return str(pd.Timestamp(value).date())
    return names.get(str(value), str(value))


def by_column(listed: list[list[Cell]]) -> list[Any]:
    """The rows column by column, each as short as it can be said.

    One value for all rows stands alone; few different values are listed once under `u` with an index per row under
    `i`; the rest is a plain list.
    """
    return [_column(list(column)) for column in zip(*listed, strict=True)]


def _column(cells: list[Cell]) -> Any:
    different = list(dict.fromkeys(cells))
    if len(different) == 1:
        return different[0]
    if len(different) * 2 > len(cells):
        return cells
    place = {cell: n for n, cell in enumerate(different)}
    return {"u": different, "i": [place[cell] for cell in cells]}


def names_by_key(district: District) -> dict[str, dict[str, str]]:
    """For each layer that others may refer to: its key values and the names people know them by.

    Townships are left out: the page itself holds their names.
    """
    found: dict[str, dict[str, str]] = {}
    for layer in CATALOGUE.values():
        frame = district.frames.get(layer.id, district.tables.get(layer.id))
        if frame is None or layer.key is None or layer.label is None or layer.id == "townships":
            continue
        if layer.key.name in frame.columns and layer.label in frame.columns:
            pairs = zip(frame[layer.key.name].astype(str), frame[layer.label], strict=True)
            found[layer.id] = {key: str(name) for key, name in pairs if pd.notna(name)}
    return found
