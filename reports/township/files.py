"""The files of a township; what makes one is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from layers.catalogue import CATALOGUE
from layers.district import District
from maps.screen.prepared import Prepared
from reports.files import Makers
from words import Language


def township_files(
    district: District, code: str, *, prepared: Callable[[], Prepared], layers: Sequence[str] | None = None,
    language: Language, edition_line: str | None,
) -> Makers:  # fmt: skip
    """The map as a page and as a picture, both with `layers` (those of 总貌 for none), GeoPackage, KML and XLSX."""

    def html(_: Path) -> str:
        from maps.screen.export import township_file

        shown = [one for one in district.frames if CATALOGUE[one].themes[0] == "general"] if layers is None else layers
        return township_file(prepared(), code, layers=shown, language=language, edition_line=edition_line)

    def png(_: Path) -> bytes:
        from maps.printed.picture import township_png

        return township_png(district, code, layers=layers, language=language, edition_line=edition_line)

    def gpkg(path: Path) -> Path:
        from reports.township.geopackage import township_gpkg

        return township_gpkg(district, code, path, language=language)

    def kml(_: Path) -> str:
        from reports.township.placemarks import township_kml

        return township_kml(district, code, language=language)

    def xlsx(_: Path) -> bytes:
        from reports.township.workbook import township_workbook

        return township_workbook(district, code, language=language)

    return {"html": html, "png": png, "gpkg": gpkg, "kml": kml, "xlsx": xlsx}
