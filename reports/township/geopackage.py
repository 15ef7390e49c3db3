"""A township as one GeoPackage for desk GIS: every layer with readable columns, its style, and a table of sources."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.files import vector
from layers.district import District
from layers.layer import Layer
from layers.problem_words import layer_name
from maps.look.qgis_style import qml
from reports.book.readable import headings, readable
from reports.origins import origin
from reports.township.contents import parts
from words import Language, text

STORED = "EPSG:4490"
_GATHER = {"Point": shapely.multipoints, "LineString": shapely.multilinestrings, "Polygon": shapely.multipolygons}


def township_gpkg(district: District, code: str, path: str | Path, *, language: Language = "zh") -> Path:
    """Write the township's vector layers to `path` in EPSG:4490 and say where; the file appears whole or not at all.

    Tables and columns carry the names people read; choices are words; numbers are in the unit of their header;
    references stay codes so that tables can be joined. Each layer has its QGIS style. The table 说明 lists source,
    date, status and licence. Layers with nothing in the township are left out. Raises `errors.unknown_township`.
    """
    township = district.township(code)
    frames: dict[str, gpd.GeoDataFrame | pd.DataFrame] = {}
    styles: dict[str, str] = {}
    for part in parts(district, code, tables=False):
        if part.rows is None or not len(part.rows):
            continue
        name = layer_name(part.layer.id, language)
        frames[name] = _stored(part.rows, part.layer, district, language)
        styles[name] = qml(part.layer, language=language, headings=headings(part.layer, language))
    notes = _notes(district, code, language).assign(**{text("reports.township", language): township.name})
    vector.write_geopackage({**frames, text("reports.notes", language): notes}, path, styles=styles)
    return Path(path)


def _stored(frame: gpd.GeoDataFrame, layer: Layer, district: District, language: Language) -> gpd.GeoDataFrame:
    """The frame as stored: readable columns, dates as ISO text, one geometry type, longitude and latitude."""
    table = readable(frame, layer, language=language, departments=district.departments)
    for column in table.select_dtypes("datetime"):
        table[column] = table[column].dt.strftime("%Y-%m-%d").astype(object).where(table[column].notna(), None)
    shapes = frame.geometry.to_crs(STORED)
    return gpd.GeoDataFrame(table, geometry=_one_type(shapes.to_numpy()), crs=STORED).reset_index(drop=True)


def _one_type(shapes: np.ndarray) -> np.ndarray:
    """Single parts beside multiparts made multiparts, so that desk GIS sees one kind of layer."""
    kinds = {shape.geom_type for shape in shapes if shape is not None}
    if len(kinds) < 2:
        return shapes
    gather = next(_GATHER[kind] for kind in kinds if kind in _GATHER)
    whole = [shape if shape is None or shape.geom_type not in _GATHER else gather([shape]) for shape in shapes]
    return np.array(whole, object)


def _notes(district: District, code: str, language: Language) -> pd.DataFrame:
    rows = []
    for part in parts(district, code, tables=False):
        said = origin(district, part.layer.id, language=language)
        rows.append(
            {
                text("reports.layer", language): layer_name(part.layer.id, language),
                text("reports.count", language): np.nan if part.rows is None else len(part.rows),
                text("reports.issuer", language): said.issuer,
                text("reports.as_of", language): str(said.as_of or ""),
                text("reports.status", language): said.status,
                text("reports.licence", language): said.licence,
                text("reports.version", language): district.version,
            }
        )
    notes = pd.DataFrame(rows)
    count = text("reports.count", language)
    return notes.assign(**{count: notes[count].astype("Int64")})
