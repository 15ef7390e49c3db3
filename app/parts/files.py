"""What a browser is told of the files it is given, by kind."""

from __future__ import annotations

from collections.abc import Mapping

MIME: Mapping[str, str] = {
    "html": "text/html",
    "png": "image/png",
    "tif": "image/tiff",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "gpkg": "application/geopackage+sqlite3",
    "dxf": "application/dxf",
    "inp": "text/plain",
}
