"""One layer as a file a person can open elsewhere, made when asked for."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from app import store
from app.parts.files import file_button
from layers.catalogue import CATALOGUE
from layers.versions.manifest import parts
from words import Language, text


def layer_download(mark: str, layer_id: str, *, language: Language) -> None:
    """One layer as a file a person can open elsewhere."""
    kind, make = _of_layer(mark, layer_id)
    name = f"{layer_id}-{store.district(mark).version}.{kind}"
    file_button(text(f"data.download.{kind}", language), make, name=name, key="download_layer")


def _of_layer(mark: str, layer_id: str) -> tuple[str, Callable[[], bytes | str]]:
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
    """The table as it is read again: file names and file units, and no cell that starts a formula."""
    from geo.files.table import write_csv
    from layers.writing import file_columns

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        write_csv(file_columns(store.district(mark).tables[layer_id], CATALOGUE[layer_id]), path)
        return path.read_bytes()
