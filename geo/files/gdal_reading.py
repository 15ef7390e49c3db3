"""The one call that lets GDAL read features, after the file has been looked at and a driver chosen."""

from __future__ import annotations

import warnings
from pathlib import Path

import pyogrio
from geopandas import GeoDataFrame

from words.errors import AtlasError


def read(source: Path | str, file: str, *, layer: str | None = None, encoding: str | None = None) -> GeoDataFrame:
    """Every feature as GDAL sees it, shapes it cannot build left out; `file` is the name told to people.

    GDAL's warnings are not passed on: what they mean is checked afterwards, feature by feature, by the caller.
    Raises AtlasError `not_readable`, `no_geometry`.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            frame = pyogrio.read_dataframe(source, layer=layer, encoding=encoding, use_arrow=True, on_invalid="ignore")
    except Exception as error:
        raise AtlasError("geo.errors.not_readable", file=file) from error
    if not isinstance(frame, GeoDataFrame):
        raise AtlasError("geo.errors.no_geometry", file=file)
    return frame
