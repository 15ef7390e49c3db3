"""The papers of a chosen network as functions that make them when asked: INP, GeoPackage, DXF, XLSX."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from app import store
from app.parts.files import MIME
from app.reclaimed import store as reclaimed_store
from app.reclaimed.store import Solved
from words import Language, text

Paper = tuple[str, str, Callable[[], bytes]]


def papers(mark: str, solved: Solved, language: Language) -> dict[str, Paper]:
    """File name, type and maker of every paper by kind; no INP where EPANET had nothing to read."""
    paper, _ = reclaimed_store.paper(mark, solved, language)

    def xlsx() -> bytes:
        from reports.reclaimed.workbook import network_workbook

        return network_workbook(paper, language=language)

    def gpkg() -> bytes:
        from reports.reclaimed.geopackage import network_gpkg

        with tempfile.TemporaryDirectory() as folder:
            return network_gpkg(paper, Path(folder) / "network.gpkg", language=language).read_bytes()

    def dxf() -> bytes:
        from reports.reclaimed.dxf import network_dxf

        return network_dxf(paper, language=language)

    def inp() -> bytes:
        from reports.reclaimed.inp import network_inp

        return network_inp(paper, language=language)

    makers: dict[str, Callable[[], bytes]] = {"xlsx": xlsx, "gpkg": gpkg, "dxf": dxf}
    if paper.check is not None:
        makers["inp"] = inp
    name = f"{store.district_name(mark, language)}-{text('reclaimed.title', language)}-{solved.result_id}"
    return {kind: (f"{name}.{kind}", MIME[kind], make) for kind, make in makers.items()}
