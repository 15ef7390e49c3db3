"""The files of a chosen network; what makes one is loaded when it is asked for."""

from __future__ import annotations

from pathlib import Path

from reports.files import Makers
from reports.reclaimed.paper import NetworkPaper
from words import Language


def network_files(paper: NetworkPaper, *, language: Language = "zh") -> Makers:
    """INP, which is refused where EPANET has nothing to read, GeoPackage, DXF and XLSX."""

    def inp(_: Path) -> bytes:
        from reports.reclaimed.inp import network_inp

        return network_inp(paper, language=language)

    def gpkg(path: Path) -> Path:
        from reports.reclaimed.geopackage import network_gpkg

        return network_gpkg(paper, path, language=language)

    def dxf(_: Path) -> bytes:
        from reports.reclaimed.dxf import network_dxf

        return network_dxf(paper, language=language)

    def xlsx(_: Path) -> bytes:
        from reports.reclaimed.workbook import network_workbook

        return network_workbook(paper, language=language)

    return {"inp": inp, "gpkg": gpkg, "dxf": dxf, "xlsx": xlsx}
