"""Rasters: the only place that opens or writes one."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import rasterio
from affine import Affine
from pyproj import CRS
from rasterio import crs as rasterio_crs
from rasterio.enums import ColorInterp, MaskFlags, Resampling
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.io import DatasetReader
from rasterio.warp import reproject as warp
from rasterio.warp import transform_bounds

from geo.atomic import aside
from geo.files import staging
from geo.files.sniff import sniff
from geo.files.vector_file import known_crs
from words.errors import AtlasError

Method = Literal["bilinear", "nearest", "average", "mode"]
MAX_CELLS = 200_000_000


@dataclass(frozen=True)
class Raster:
    """One band held in memory, north up.

    `values` has shape (rows, columns); `transform` maps (column, row) corners to `crs` coordinates; cells equal to
    `nodata` (or NaN) hold no value.
    """

    values: np.ndarray
    transform: Affine
    crs: CRS
    nodata: float | None = None

    @property
    def valid(self) -> np.ndarray:
        """Boolean array (rows, columns), true where a cell holds a value."""
        known = np.ones(self.values.shape, bool) if self.nodata is None else self.values != self.nodata
        return known & np.isfinite(self.values) if np.issubdtype(self.values.dtype, np.floating) else known

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north edge in `crs` units."""
        rows, columns = self.values.shape
        west, north = self.transform.c, self.transform.f
        return west, north + rows * self.transform.e, west + columns * self.transform.a, north


def read(path: str | Path, *, band: int = 1, crs: CRS | None = None) -> Raster:
    """One band of a GeoTIFF, north up, its scale and offset applied.

    `crs` is used when the file declares none. Raises AtlasError: not a GeoTIFF, over 200 million cells, rotated or
    without a place, no CRS, a picture instead of measurements, nothing but nodata, cut short.
    """
    path = Path(path)
    driver = sniff(path)
    if driver != "GTiff":
        raise AtlasError("geo.errors.not_raster", file=path.name, kind=driver)
    with staging.plainly_named({path.suffix: path}) as source, rasterio.Env(GDAL_NUM_THREADS="2"), _quiet():
        try:
            with rasterio.open(source, driver="GTiff") as dataset:
                _refuse_unfit(dataset, path.name, band, crs)
                return _band(dataset, path.name, band, crs)
        except RasterioError as error:
            raise AtlasError("geo.errors.raster_broken", file=path.name) from error


def write_cog(raster: Raster, path: str | Path) -> None:
    """Write a cloud-optimised GeoTIFF: deflate, tiles of 512, overviews by mean (whole numbers: nearest)."""
    path = Path(path)
    values = raster.values.astype(np.uint8) if raster.values.dtype == bool else raster.values
    floating = np.issubdtype(values.dtype, np.floating)
    profile = {
        "driver": "COG",
        "height": values.shape[0],
        "width": values.shape[1],
        "count": 1,
        "dtype": values.dtype,
        "crs": rasterio_crs.CRS.from_wkt(raster.crs.to_wkt()),
        "transform": raster.transform,
        "nodata": raster.nodata,
        "compress": "DEFLATE",
        "level": 9,
        "predictor": "YES",
        "overview_resampling": "AVERAGE" if floating else "NEAREST",
    }
    with aside(path) as target, _quiet(), rasterio.open(target, "w", **profile) as dataset:
        dataset.write(values, 1)


def reproject(raster: Raster, crs: CRS, *, resolution: float | None = None, method: Method = "bilinear") -> Raster:
    """The raster in another system, cells square of `resolution` (its units; by default as many along the diagonal)."""
    source, target = (rasterio_crs.CRS.from_wkt(known.to_wkt()) for known in (raster.crs, crs))
    rows, columns = raster.values.shape
    west, south, east, north = transform_bounds(source, target, *raster.bounds, densify_pts=41)
    cell = resolution or float(np.hypot(east - west, north - south) / np.hypot(rows, columns))
    width, height = max(1, round((east - west) / cell)), max(1, round((north - south) / cell))
    transform = Affine(cell, 0, west, 0, -cell, north)
    floating = np.issubdtype(raster.values.dtype, np.floating)
    nodata = raster.nodata if raster.nodata is not None else (np.nan if floating else None)
    if nodata is None:
        raise AtlasError("geo.errors.raster_needs_nodata", kind=str(raster.values.dtype))
    values = np.full((height, width), nodata, raster.values.dtype)
    warp(
        raster.values,
        values,
        src_transform=raster.transform,
        src_crs=source,
        src_nodata=raster.nodata,
        dst_transform=transform,
        dst_crs=target,
        dst_nodata=nodata,
        resampling=Resampling[method],
    )
    return Raster(values, transform, crs, nodata)


def sample(raster: Raster, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The value of the cell each point falls in, as float; NaN outside and where the cell holds none.

    `x` and `y` are arrays of one shape in the raster's CRS; an edge belongs to the cell right of or below it.
    """
    column, row = ~raster.transform @ (np.asarray(x, float), np.asarray(y, float))
    column, row = np.floor(column), np.floor(row)
    rows, columns = raster.values.shape
    inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
    found = np.full(np.shape(column), np.nan)
    at = row[inside].astype(int), column[inside].astype(int)
    found[inside] = np.where(raster.valid[at], raster.values[at], np.nan)
    return found


def _refuse_unfit(dataset: DatasetReader, file: str, band: int, crs: CRS | None) -> None:
    cells = dataset.width * dataset.height
    if cells > MAX_CELLS:
        raise AtlasError("geo.errors.raster_too_big", file=file, cells=cells, most=MAX_CELLS)
    if not 1 <= band <= dataset.count:
        raise AtlasError("geo.errors.raster_no_band", file=file, band=band, count=dataset.count)
    if dataset.count >= 3 and dataset.dtypes[0] == "uint8" and ColorInterp.red in dataset.colorinterp:
        raise AtlasError("geo.errors.raster_picture", file=file)
    transform = dataset.transform
    if transform == Affine.identity() or transform.a <= 0 or not np.isfinite(transform[:6]).all():
        raise AtlasError("geo.errors.raster_no_place", file=file)
    if transform.b or transform.d:
        raise AtlasError("geo.errors.raster_rotated", file=file)
    if dataset.crs is None and crs is None:
        raise AtlasError("geo.errors.raster_no_crs", file=file)
    if np.issubdtype(np.dtype(dataset.dtypes[band - 1]), np.complexfloating):
        raise AtlasError("geo.errors.raster_picture", file=file)


def _band(dataset: DatasetReader, file: str, band: int, crs: CRS | None) -> Raster:
    values, nodata = dataset.read(band), dataset.nodatavals[band - 1]
    scale, offset = dataset.scales[band - 1], dataset.offsets[band - 1]
    masked = MaskFlags.per_dataset in dataset.mask_flag_enums[band - 1] or (scale, offset) != (1.0, 0.0)
    if masked:
        known = dataset.read_masks(band) > 0
        values = np.where(known, values.astype(float) * scale + offset, np.nan)
        nodata = None
    transform = dataset.transform
    if transform.e > 0:
        values = np.ascontiguousarray(values[::-1])
        transform = Affine(transform.a, 0, transform.c, 0, -transform.e, transform.f + transform.e * dataset.height)
    declared = CRS.from_wkt(dataset.crs.to_wkt()) if dataset.crs is not None else crs
    assert declared is not None
    raster = Raster(values, transform, known_crs(declared.to_wkt()) or declared, nodata)
    if not raster.valid.any():
        raise AtlasError("geo.errors.raster_empty", file=file)
    return raster


@contextmanager
def _quiet() -> Iterator[None]:
    """A file without a place is refused by name here; rasterio's own warning would only repeat it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        warnings.simplefilter("ignore", PendingDeprecationWarning)  # rasterio 1.4 multiplies affine 3 the old way
        yield
