"""The files of a township that a person may download, each as a function that makes it when asked."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from app import store
from app.state import Selection
from app.township.store import shown_layers

Make = Callable[[], bytes | str]


def of_township(mark: str, code: str, *, chosen: Selection) -> dict[str, Make]:
    """The township's files by kind: html, png, gpkg, xlsx; the maps show the layers the screen shows."""
    language, edition = chosen.language, store.edition_line(chosen.language)
    layers = shown_layers(chosen)

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
