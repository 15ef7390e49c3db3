"""Statistics of a raster within zones, with every cell weighted by the exact fraction a zone covers.

exactextract does the counting; the guard here is that raster and zones must be in the same CRS, which it does not
check itself. A zone that no cell with a value touches gets NaN: unknown, never zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from exactextract import exact_extract
from exactextract.feature import Feature, FeatureSource
from exactextract.raster import NumPyRasterSource
from exactextract.writer import Writer

from geo.crs import name, same_crs
from geo.grids.raster import Raster
from words.errors import AtlasError

_COUNT = "cells"  # results are `cells`, `column0`, `column1` … inside exactextract; a quantile adds `_90`


def statistics(raster: Raster, zones: gpd.GeoDataFrame, *, what: Sequence[str] = ("mean",)) -> pd.DataFrame:
    """One row per zone (its index), one column per statistic asked for.

    `what` are exactextract's names: mean, sum, count, min, max, median, stdev, variance, majority, minority, variety,
    quantile(q=0.9) … `count` is in cells, fractions of cells included, and 0 where there is no value; everything
    else is NaN there. AtlasError when a CRS is missing, the two differ, or a zone is no polygon.
    """
    _guard(raster, zones)
    named = [f"column{position}={stat}" for position, stat in enumerate(what)]
    known, rows = _extract(raster, zones, [f"{_COUNT}=count", *named])
    columns = {key: int(key.split("_")[0].removeprefix("column")) for key in (rows[0] if rows else ()) if key != _COUNT}
    values = np.full((len(zones), len(what)), np.nan)
    for position, row in zip(known, rows, strict=True):
        if row[_COUNT]:
            for key, column in columns.items():
                values[position, column] = row[key]
    result = pd.DataFrame(values, index=zones.index, columns=list(what))
    return result.fillna({"count": 0.0}) if "count" in what else result


def means(raster: Raster, zones: gpd.GeoDataFrame) -> pd.DataFrame:
    """For each zone (its index) the `mean` of the cells that have a value, and the `known_share` they take of it."""
    found = statistics(raster, zones, what=("mean", "count"))
    shares_ = known_shares(found["count"].to_numpy(), raster, zones)
    return pd.DataFrame({"mean": found["mean"], "known_share": shares_}, index=zones.index)


def shares(raster: Raster, zones: gpd.GeoDataFrame) -> pd.DataFrame:
    """How much of each zone each class of a raster takes: zones by index, one column per class found, ascending.

    Shares are of the part of the zone that has a value and sum to 1; a row is NaN where nothing has. Classes a zone
    lacks are 0. AtlasError as for `statistics`.
    """
    _guard(raster, zones)
    known, rows = _extract(raster, zones, ("unique", "frac"))
    classes = sorted({value for row in rows for value in row["unique"].tolist()})
    column = {value: position for position, value in enumerate(classes)}
    values = np.full((len(zones), len(classes)), np.nan)
    for position, row in zip(known, rows, strict=True):
        if len(row["unique"]):
            values[position] = 0.0
            values[position, [column[value] for value in row["unique"].tolist()]] = row["frac"]
    return pd.DataFrame(values, index=zones.index, columns=classes)


def cells(raster: Raster, zones: gpd.GeoDataFrame) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """For each zone in turn its cells with a value: places in `raster.values.flat`, and the fraction the zone covers.

    AtlasError as for `statistics`.
    """
    _guard(raster, zones)
    known, rows = _extract(raster, zones, ("cell_id", "coverage"))
    found = dict(zip(known.tolist(), rows, strict=True))
    none = {"cell_id": np.zeros(0, dtype=int), "coverage": np.zeros(0)}
    for position in range(len(zones)):
        row = found.get(position, none)
        yield np.asarray(row["cell_id"]), np.asarray(row["coverage"])


def known_shares(counts: np.ndarray, raster: Raster, zones: gpd.GeoDataFrame) -> np.ndarray:
    """The share of each zone that so many cells take, 0–1; a share within a millionth of 1 is 1."""
    cell = abs(raster.transform.a * raster.transform.e)
    shares = np.minimum(np.asarray(counts, float) * cell / shapely.area(zones.geometry.array.to_numpy()), 1.0)
    return np.where(shares > 1 - 1e-6, 1.0, shares)


def _guard(raster: Raster, zones: gpd.GeoDataFrame) -> None:
    if raster.crs is None or zones.crs is None:
        raise AtlasError("geo.notes.crs.missing")
    if not same_crs(raster.crs, zones.crs):
        raise AtlasError("geo.notes.zonal.crs_mismatch", raster=name(raster.crs), zones=name(zones.crs))
    kinds = shapely.get_type_id(zones.geometry.array.to_numpy())
    wrong = np.flatnonzero(~np.isin(kinds, (-1, 3, 6)))
    if len(wrong):
        raise AtlasError("geo.notes.zonal.not_polygons", zone=zones.index[wrong[0]])


class _Zone(Feature):
    """One polygon as exactextract asks for it; results are set on it by name."""

    def __init__(self, wkb: bytes) -> None:
        super().__init__()
        self.wkb = wkb
        self.results: dict[str, object] = {}

    def geometry(self) -> bytes:
        return self.wkb

    def set_geometry(self, wkb: bytes) -> None:
        self.wkb = wkb

    def set_geometry_format(self) -> str:
        return "wkb"

    def get(self, field: str) -> object:
        return self.results[field]

    def set(self, field: str, value: object) -> None:
        self.results[field] = value

    def fields(self) -> list[str]:
        return list(self.results)


class _Zones(FeatureSource):
    """Polygons handed over as WKB: exactextract's own way for frames writes and parses GeoJSON, and is slower."""

    def __init__(self, polygons: np.ndarray) -> None:
        super().__init__()
        self.wkb = shapely.to_wkb(polygons)

    def count(self) -> int:
        return len(self.wkb)

    def __iter__(self) -> Iterator[_Zone]:
        return (_Zone(wkb) for wkb in self.wkb)

    def srs_wkt(self) -> None:
        return None


class _Rows(Writer):
    """Keeps the results of every zone as a dict, in the order of the zones."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[dict[str, object]] = []

    def add_operation(self, operation: object) -> None:
        """Nothing to prepare."""

    def write(self, feature: Feature) -> None:
        kept = _Zone(b"")
        feature.copy_to(kept)
        self.rows.append(kept.results)

    def features(self) -> list[dict[str, object]]:
        return self.rows


def _extract(raster: Raster, zones: gpd.GeoDataFrame, ops: Sequence[str]) -> tuple[np.ndarray, list[dict]]:
    """Positions of the zones that have a geometry, and the results of each."""
    polygons = zones.geometry.array.to_numpy()
    known = np.flatnonzero(~(shapely.is_missing(polygons) | shapely.is_empty(polygons)))
    values = raster.values.astype(np.uint8) if raster.values.dtype == bool else raster.values
    west, south, east, north = raster.bounds
    nodata = None if raster.nodata is None else values.dtype.type(raster.nodata).item()
    source = NumPyRasterSource(values, west, south, east, north, nodata=nodata)
    if not len(known):
        return known, []
    return known, exact_extract(source, _Zones(polygons[known]), list(ops), output=_Rows())
