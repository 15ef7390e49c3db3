"""A stranger's rasters, checked against the district before they become its layers."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.atomic import put
from geo.crs import to_crs
from geo.files.sniff import sniff
from geo.files.table import read_csv, read_dbf, read_xlsx
from geo.grids.raster import Raster, read, write_cog
from geo.placing import recognise, refuse
from geo.zones import LONLAT
from intake.district.corine import CODE_COLUMNS, SURFACE_OF_CORINE
from layers.catalogue import CATALOGUE
from words.errors import AtlasError

LIMITS = {"elevation": (-500.0, 9000.0), "rainfall": (0.0, 12000.0), "landcover": (0.0, 65535.0)}


def take_raster(layer: str, path: Path, folder: Path, *, townships: gpd.GeoDataFrame) -> tuple[float, float]:
    """Copy a raster into the folder as a COG in its own CRS; returns its lowest and highest value.

    AtlasError names the file when it lies elsewhere or in another system than it says, holds no value, or holds one
    outside `LIMITS` (an undeclared nodata value, feet, another unit).
    """
    raster = read(path)
    _refuse_elsewhere(raster, path, townships)
    known = raster.values[raster.valid]
    low, high = float(known.min()), float(known.max())
    allowed = LIMITS[layer]
    for value in (low, high):
        if not allowed[0] <= value <= allowed[1]:
            raise AtlasError("intake.raster_value", file=path.name, value=value, low=allowed[0], high=allowed[1])
    write_cog(raster, folder / CATALOGUE[layer].file)
    return low, high


def _refuse_elsewhere(raster: Raster, path: Path, townships: gpd.GeoDataFrame) -> None:
    reference = tuple(to_crs(townships, LONLAT).total_bounds.tolist())
    reading = recognise(raster.bounds, raster.crs, reference=reference, sheet=True)
    if reading.crs is None:
        raise AtlasError("intake.raster_elsewhere", file=path.name)
    refuse(reading, ask="intake.raster_elsewhere", words="intake.crs", file=path.name)


def legend_beside(raster: Path) -> Path | None:
    """The class table that some programs lay beside a raster (`<name>.tif.vat.dbf`), if it is there."""
    table = raster.with_name(f"{raster.name}.vat.dbf")
    return table if table.is_file() else None


def take_legend(path: Path, folder: Path) -> None:
    """Write the land-cover legend from a CSV, Excel or .dbf with a value, a name and, if known, our surface.

    Surfaces of CORINE classes are known by their code. AtlasError when value or name is lacking.
    """
    layer = CATALOGUE["landcover_legend"]
    raw = _table(path)
    columns = {}
    for field in layer.fields:
        accepted = [name.lower() for name in (field.column, field.name, *field.aliases)]
        found = next((column for name in accepted for column in raw.columns if column.strip().lower() == name), None)
        if found is None and field.required:
            raise AtlasError("intake.no_field", file=path.name, field=field.column, columns=", ".join(raw.columns))
        columns[field.column] = raw[found] if found else pd.Series([None] * len(raw))
    corine = next((column for column in CODE_COLUMNS if column in raw.columns), None)
    if corine is not None:
        columns["surface"] = columns["surface"].fillna(raw[corine].str.strip().map(SURFACE_OF_CORINE))
    put(folder / layer.file, pd.DataFrame(columns).to_csv(index=False))


def _table(path: Path) -> pd.DataFrame:
    if path.suffix.lower() == ".dbf":
        return read_dbf(path)
    return read_xlsx(path) if sniff(path) == "XLSX" else read_csv(path)
