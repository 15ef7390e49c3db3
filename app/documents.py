"""Files a person may download, each as a function that makes it when asked."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from app import store
from app.state import Selection
from layers.catalogue import CATALOGUE
from layers.versions.manifest import parts

Make = Callable[[], bytes | str]


def of_township(mark: str, code: str, *, chosen: Selection) -> dict[str, Make]:
    """The township's files by kind: html, png, gpkg, xlsx; the maps show the layers the screen shows."""
    language, edition = chosen.language, store.edition_line(chosen.language)
    layers = chosen.layers if chosen.layers is not None else store.theme_layers(chosen.theme)

    def html() -> str:
        from maps.screen.export import township_file

        return township_file(store.prepared(mark), code, layers=layers, language=language, edition_line=edition)

    def png() -> bytes:
        from maps.printed.picture import township_png

        return township_png(store.district(mark), code, layers=layers, language=language, edition_line=edition)

    def gpkg() -> bytes:
        from reports.township.geopackage import township_gpkg

        with tempfile.TemporaryDirectory() as folder:
            path = township_gpkg(store.district(mark), code, Path(folder) / "township.gpkg", language=language)
            return path.read_bytes()

    def xlsx() -> bytes:
        from reports.township.workbook import township_workbook

        return township_workbook(store.district(mark), code, language=language)

    return {"html": html, "png": png, "gpkg": gpkg, "xlsx": xlsx}


def of_layer(mark: str, layer_id: str) -> tuple[str, Make]:
    """Kind (zip, csv, tif …) and maker of one layer: its files as they are stored, a shapefile's parts in one zip."""
    entry = store.district(mark).entries[layer_id]
    path = store.app_settings().data / entry.file

    def zipped() -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in parts(path):
                archive.write(part, part.name)
        return stream.getvalue()

    if CATALOGUE[layer_id].geometry == "table" and path.suffix == ".csv":
        return "csv", lambda: _safe_csv(mark, layer_id)
    return ("zip", zipped) if path.suffix == ".shp" else (path.suffix.removeprefix("."), path.read_bytes)


def _safe_csv(mark: str, layer_id: str) -> bytes:
    """The table as CSV in which no cell starts a formula."""
    from geo.files.table import write_csv

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        write_csv(store.district(mark).tables[layer_id], path)
        return path.read_bytes()
