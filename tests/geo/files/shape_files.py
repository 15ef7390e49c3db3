"""Small vector files for the readers' tests: three unit squares along a line, written in every wanted way."""

from __future__ import annotations

import shutil
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
from shapely import box

from geo.files import vector

NAMES = ("巷口镇", "桐梓镇", "江口镇")


def squares(crs: str = "EPSG:4545") -> gpd.GeoDataFrame:
    """Three squares of 100 m (10,000 m²) with a code, a name and a number."""
    shapes = [box(431_000 + 100 * i, 3_240_000, 431_100 + 100 * i, 3_240_100) for i in range(3)]
    columns = {"code": [f"50015610{i}" for i in range(3)], "name": list(NAMES), "pop": [10, 20, 30]}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=crs)


def shapefile(folder: Path, *, encoding: str = "UTF-8", stem: str = "towns") -> Path:
    """The squares as a shapefile in `folder`; returns the .shp."""
    path = folder / f"{stem}.shp"
    vector.write_shapefile(squares(), path, encoding=encoding)
    return path


def patched(path: Path, place: int, content: bytes) -> Path:
    """The file with bytes at `place` replaced."""
    whole = bytearray(path.read_bytes())
    whole[place : place + len(content)] = content
    path.write_bytes(bytes(whole))
    return path


def zipped(path: Path, entries: Mapping[str, bytes | Path], **options: object) -> Path:
    """A zip with the given entries."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content.read_bytes() if isinstance(content, Path) else content)
    return path


def zipped_shapefile(path: Path, shp: Path, *, prefix: str = "") -> Path:
    """All parts of a shapefile in a zip, under an optional folder."""
    parts = {f"{prefix}{file.name}": file for file in sorted(shp.parent.glob(f"{shp.stem}.*")) if file != path}
    return zipped(path, parts)


def copied(shp: Path, folder: Path, *, stem: str | None = None) -> Path:
    """All parts of a shapefile copied into a new folder, under another stem if given; returns the new .shp."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in shp.parent.glob(f"{shp.stem}.*"):
        shutil.copy(file, folder / f"{stem or shp.stem}{file.suffix}")
    return folder / f"{stem or shp.stem}.shp"


def big_endian(number: int) -> bytes:
    """A big-endian int32."""
    return struct.pack(">i", number)
