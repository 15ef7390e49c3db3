"""Writes a made district: shapefiles, rasters, tables, sources, manifest and the field dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from data.make.land.ground import Ground
from geo.atomic import put
from geo.grids.raster import Raster, write_cog
from layers.catalogue import CATALOGUE
from layers.departments import choice_word
from layers.dictionary import readme
from layers.layer import Layer
from layers.versions.departments import read_departments
from layers.versions.manifest import write_manifest
from layers.versions.opening import make_manifest
from layers.writing import write_layer

AS_OF = "2024-12-31"
ISSUER = "本项目示意数据"
LICENCE = "示意数据,不代表武隆区实际情况;可自由使用"


def write_features(features: Mapping[str, gpd.GeoDataFrame], *, folder: Path) -> None:
    """One shapefile per layer (EPSG:4490, UTF-8), choices by their Chinese labels as offices write them."""
    for layer, rows in features.items():
        write_layer(labelled(rows, CATALOGUE[layer]), CATALOGUE[layer], folder=folder)


def write_tables(tables: Mapping[str, pd.DataFrame], *, folder: Path) -> None:
    """One CSV per table layer, choices by their Chinese labels."""
    for layer, rows in tables.items():
        write_layer(labelled(rows, CATALOGUE[layer]), CATALOGUE[layer], folder=folder)


def write_rasters(ground: Ground, *, folder: Path) -> None:
    """The four rasters as COG; heights to 0.1 m and rain to 1 mm, so that they pack small."""
    rasters = {
        "elevation": rounded(ground.elevation, decimals=1),
        "rainfall": rounded(ground.rainfall, decimals=0),
        "landcover": ground.landcover,
        "soil_group": ground.soil_group,
    }
    for layer, raster in rasters.items():
        write_cog(raster, folder / CATALOGUE[layer].file)


def write_about(layers: Mapping[str, object], *, folder: Path) -> None:
    """`sources.toml` for the layers written, then the manifest of what lies in the folder and the dictionary."""
    rows = [
        f'[{layer}]\nissuer = "{ISSUER}"\nas_of = {AS_OF}\nlicence = "{LICENCE}"\nstatus = "illustrative"\n'
        for layer in sorted(layers)
    ]
    put(folder / "sources.toml", "\n".join(rows))
    write_manifest(make_manifest(folder), folder)
    put(folder / "README.md", readme())


def labelled(rows: pd.DataFrame, layer: Layer) -> pd.DataFrame:
    """The rows with every choice replaced by its Chinese label."""
    known = read_departments(Path(__file__).parents[1])
    shown = {
        field.name: rows[field.name].map(
            {code: choice_word(layer.id, field, code, known=known) for code in field.choices},
            na_action="ignore",
        )
        for field in layer.fields
        if field.kind == "choice" and field.name in rows.columns
    }
    return rows.assign(**shown)


def rounded(raster: Raster, *, decimals: int) -> Raster:
    """The raster with its values rounded, as float32."""
    values = np.round(raster.values.astype(np.float64), decimals).astype(np.float32)
    return Raster(values, raster.transform, raster.crs, raster.nodata)
