"""Rows become frames with exactly the columns a layer declares, in its order and types."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from data.make.facts import METRIC_CRS
from layers.catalogue import CATALOGUE

_TYPES = {"integer": "float64", "number": "float64", "boolean": "boolean", "date": "datetime64[us]"}
_DIGITS = "零一二三四五六七八九"


def frame(layer: str, rows: list[dict[str, object]]) -> gpd.GeoDataFrame:
    """The rows of a layer in EPSG:4545; a field no row has stays empty, one the layer does not declare is refused."""
    declared = {field.name: field for field in CATALOGUE[layer].fields}
    strange = {name for row in rows for name in row} - set(declared) - {"geometry"}
    if strange:
        raise KeyError(f"{layer} declares no {sorted(strange)}")
    columns = {name: _column([row.get(name) for row in rows], field.kind) for name, field in declared.items()}
    return gpd.GeoDataFrame(pd.DataFrame(columns), geometry=[row["geometry"] for row in rows], crs=METRIC_CRS)


def _column(cells: list[object], kind: str) -> pd.Series:
    """A typed column, whole numbers as int64 where none is missing, as reading gives them."""
    column = pd.Series(cells, dtype="object").astype(_TYPES.get(kind, "str"))
    return column.astype("int64") if kind == "integer" and column.notna().all() else column


def identifier(prefix: str, number: int) -> str:
    """A feature's id such as `RES0007`."""
    return f"{prefix}{number:04d}"


def numeral(number: int) -> str:
    """A whole number from 1 to 999 in Chinese characters, as names count: 十二, 一百零五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    written = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        written += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        written += "零"
    return written + (_DIGITS[ones] if ones else "")
