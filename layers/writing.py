"""The way back: a layer with inside names and units becomes its file, as reading will find it again."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
from pyproj import CRS

from geo.crs import to_crs
from geo.files.table import write_csv
from geo.files.vector import write_shapefile
from layers.layer import Field, Layer
from layers.reading.conversion import factor

STORED = CRS.from_epsg(4490)


def file_columns(rows: pd.DataFrame, layer: Layer) -> pd.DataFrame:
    """The declared fields of `rows` under their file names and in their file units; fields not there are left out."""
    told = {field.column: _to_file(rows[field.name], field) for field in layer.fields if field.name in rows.columns}
    return pd.DataFrame(told, index=rows.index)


def write_layer(rows: pd.DataFrame, layer: Layer, *, folder: Path) -> Path:
    """Writes a layer under `folder` as declared (EPSG:4490 shapefile in UTF-8, or CSV) and returns the path."""
    path = folder / layer.file
    told = file_columns(rows, layer)
    if isinstance(rows, gpd.GeoDataFrame):
        write_shapefile(to_crs(gpd.GeoDataFrame(told, geometry=rows.geometry, crs=rows.crs), STORED), path)
    else:
        write_csv(told, path)
    return path


def _to_file(values: pd.Series, field: Field) -> pd.Series:
    if field.kind == "boolean":
        return values.astype("boolean").astype("Int64")
    if field.kind == "date":
        return pd.to_datetime(values).dt.strftime("%Y-%m-%d")
    if field.kind in ("number", "integer"):
        numbers = pd.to_numeric(values) / (factor(field.file_unit, field.unit) if field.file_unit else 1.0)
        whole = field.kind == "integer" and field.file_unit is None
        return numbers.round().astype("Int64") if whole else numbers.round(9)
    return values.astype("str")
