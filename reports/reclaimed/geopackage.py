"""The chosen network as a GeoPackage for desk GIS: pipes, nodes, notes and bill, with QGIS styles."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.files import vector
from layers.layer import Layer
from maps.look.qgis_style import qml
from maps.screen.reclaimed_pipes import NETWORK_NODES, NETWORK_PIPES
from reports.book.readable import headings, readable
from reports.reclaimed.bill import bill, headings_of_bill
from reports.reclaimed.paper import NetworkPaper, stamp
from words import Language, text

STORED = "EPSG:4490"


def network_gpkg(paper: NetworkPaper, path: str | Path, *, language: Language = "zh") -> Path:
    """Write the network to `path` in EPSG:4490; the file appears whole or not at all.

    Layers and columns carry the names people read, pipes are drawn by diameter. The table 说明 holds the warnings,
    data version and result id, which every feature repeats in its columns.
    """
    frames: dict[str, gpd.GeoDataFrame | pd.DataFrame] = {}
    styles: dict[str, str] = {}
    for layer, frame in ((NETWORK_PIPES, paper.pipes), (NETWORK_NODES, paper.nodes)):
        name = text(f"layers.{layer.id}.name", language)
        frames[name] = _stored(frame, layer, paper, language)
        styles[name] = qml(layer, language=language, headings=headings(layer, language))
    frames[text("reclaimed.paper.sheets.bill", language)] = bill(paper, language).rename(
        columns=headings_of_bill(language)
    )
    notes = text("reports.notes", language)
    frames[notes] = pd.DataFrame({notes: stamp(paper, language)})
    vector.write_geopackage(frames, path, styles=styles)
    return Path(path)


def _stored(frame: gpd.GeoDataFrame, layer: Layer, paper: NetworkPaper, language: Language) -> gpd.GeoDataFrame:
    table = readable(frame, layer, language=language)
    table[text("reclaimed.paper.labels.warning", language)] = text("reclaimed.paper.not_drinking", language)
    table[text("reclaimed.paper.labels.version", language)] = paper.district.version
    table[text("reclaimed.paper.labels.result", language)] = paper.result_id
    if paper.illustrative:
        table[text("reclaimed.paper.labels.mark", language)] = text("reclaimed.paper.illustrative_short", language)
    return gpd.GeoDataFrame(table, geometry=frame.geometry.to_crs(STORED).to_numpy(), crs=STORED).reset_index(drop=True)
