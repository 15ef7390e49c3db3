"""Vector files: the only place that opens or writes one, always with the driver our own look at the bytes chose."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import numpy as np
import pandas as pd
import pyogrio
import shapely
from geopandas import GeoDataFrame
from pandas.api.types import is_string_dtype

from geo.atomic import aside
from geo.files import archive, geojson, geopackage, shapefile, staging
from geo.files.encoding import codec_named
from geo.files.sniff import Driver, sniff
from geo.files.vector_file import VectorFile
from words.errors import AtlasError
from words.markup import legible

__all__ = ["VectorFile", "names", "read", "write_geopackage", "write_shapefile"]

_SUFFIXES: dict[Driver, tuple[str, ...]] = {
    "ESRI Shapefile": (".shp",),
    "GPKG": (".gpkg",),
    "GeoJSON": (".geojson", ".json"),
}
_FAMILIES = {2: 1, 5: 1, 6: 3}  # rings and the Multi types a shapefile stores as their single kin; multipoints apart
_FIXED_DATE = "2000-01-01"
_DBF_NAME_BYTES, _DBF_TEXT_BYTES = 10, 254
_STALE = (".cpg", ".qix", ".sbn", ".sbx", ".idm", ".ind", ".qpj")


def read(path: str | Path, *, layer: str | None = None, encoding: str | None = None) -> VectorFile:
    """The features of a shapefile, GeoPackage or GeoJSON file, plain or zipped, exactly where the file puts them.

    `layer` chooses in a file with several; `encoding` overrules the detected one of a shapefile. The frame keeps the
    file's order and columns, is flat (2D) and never reprojected. Raises AtlasError for anything that is not whole.
    """
    path = Path(path)
    driver = sniff(path)
    if driver not in _SUFFIXES:
        raise AtlasError("geo.errors.not_vector", file=path.name, kind=driver)
    if not _is_packed(path):
        return _read(path, driver, layer=layer, encoding=encoding)
    with staging.unpacked(path, suffixes=_SUFFIXES[driver], layer=layer) as inside:
        if sniff(inside) != driver:
            raise AtlasError("geo.errors.not_vector", file=inside.name, kind=driver)
        chose_file = driver != "GPKG" or (layer == inside.stem and layer not in geopackage.layers(inside))
        return _read(inside, driver, layer=None if chose_file else layer, encoding=encoding)


def names(path: str | Path) -> list[str]:
    """The layers a file can be asked for by name: tables of a GeoPackage, files of a zip; AtlasError as `read`."""
    path = Path(path)
    driver = sniff(path)
    if driver not in _SUFFIXES:
        raise AtlasError("geo.errors.not_vector", file=path.name, kind=driver)
    if not _is_packed(path):
        return geopackage.layers(path) if driver == "GPKG" else [path.stem]
    inside = [PurePosixPath(name) for name in archive.names(path)]
    files = [name.stem for name in inside if name.suffix.lower() in _SUFFIXES[driver]]
    if driver != "GPKG" or len(files) != 1:
        return files
    with staging.unpacked(path, suffixes=_SUFFIXES[driver], layer=None) as found:
        return geopackage.layers(found)


def write_shapefile(frame: GeoDataFrame, path: str | Path, *, encoding: str = "UTF-8") -> None:
    """Write a shapefile with .prj and .cpg, the same bytes for the same frame on any day.

    Raises AtlasError where the format would spoil something in silence: names over 10 bytes, texts over 254 bytes or
    not writable in `encoding`, mixed geometry types, a missing CRS.
    """
    path = Path(path)
    codec = codec_named(encoding)
    if codec is None:
        raise AtlasError("geo.errors.encoding_unknown", value=encoding)
    _refuse_unwritable(frame, path, codec)
    with aside(path) as target:
        pyogrio.write_dataframe(
            frame,
            target,
            driver="ESRI Shapefile",
            encoding="UTF-8" if codec == "utf-8" else encoding,
            layer_options={"DBF_DATE_LAST_UPDATE": _FIXED_DATE},
        )
        for suffix in _STALE:
            path.with_suffix(suffix).unlink(missing_ok=True)


def write_geopackage(
    frames: Mapping[str, GeoDataFrame | pd.DataFrame], path: str | Path, *, styles: Mapping[str, str] | None = None
) -> None:
    """Write several layers into one GeoPackage, with QGIS styles (layer name → QML) where given.

    A frame without geometry becomes a plain table. The same frames give the same bytes on any day.
    """
    path = Path(path)
    with aside(path) as target:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{_FIXED_DATE}T00:00:00.000Z"})
        try:
            for name, frame in frames.items():
                pyogrio.write_dataframe(
                    _legible(frame), target, layer=name, driver="GPKG", layer_options={"GEOMETRY_NAME": "geom"}
                )
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
        if styles:
            geopackage.add_styles(target, styles)


def _legible(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with texts that every reader can hold."""
    texts = [name for name in frame.columns if frame[name].dtype == object or is_string_dtype(frame[name].dtype)]
    cleaned = {name: frame[name].map(lambda one: legible(one) if isinstance(one, str) else one) for name in texts}
    return frame.assign(**cleaned)


def _is_packed(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(2) == b"PK"


def _read(path: Path, driver: Driver, *, layer: str | None, encoding: str | None) -> VectorFile:
    if driver == "GPKG":
        return geopackage.read(path, layer=layer)
    if driver == "GeoJSON":
        return geojson.read(path)
    return shapefile.read(path, encoding=encoding)


def _refuse_unwritable(frame: GeoDataFrame, path: Path, codec: str) -> None:
    if frame.crs is None:
        raise AtlasError("geo.errors.write_no_crs", file=path.name)
    families = {_FAMILIES.get(kind, kind) for kind in shapely.get_type_id(frame.geometry.values).tolist()}
    if len(families - {-1}) > 1 or 7 in families:
        raise AtlasError("geo.errors.write_mixed", file=path.name)
    for column in frame.columns.drop(frame.geometry.name):
        if len(str(column).encode(codec, errors="replace")) > _DBF_NAME_BYTES:
            raise AtlasError("geo.errors.write_long_name", file=path.name, field=column)
        if pd.api.types.is_string_dtype(frame[column].dtype) or frame[column].dtype == object:
            _refuse_texts(frame[column], path, codec)


def _refuse_texts(values: pd.Series, path: Path, codec: str) -> None:
    for place in np.flatnonzero(values.notna()):
        value = values.iloc[place]
        if not isinstance(value, str) or (value.isascii() and len(value) <= _DBF_TEXT_BYTES):
            continue
        try:
            size = len(value.encode(codec))
        except UnicodeEncodeError:
            size = _DBF_TEXT_BYTES + 1
        if size > _DBF_TEXT_BYTES:
            row = int(place) + 1
            raise AtlasError("geo.errors.write_text", file=path.name, field=values.name, row=row, value=value[:20])
