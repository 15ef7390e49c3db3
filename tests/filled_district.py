"""The small district with one plausible feature or row in every layer that it lacks, for pages that need them all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import pandas as pd
from shapely import LineString, Point, box

from layers.catalogue import CATALOGUE
from layers.layer import Field, Layer
from layers.versions.manifest import write_manifest
from layers.versions.opening import make_manifest
from layers.writing import write_layer
from tests.small_district import CODE, METRIC, ROWS, A, recoded, write_small_district

SHAPES = {
    "point": Point(485_500, 3_254_500),
    "line": LineString([(485_000, 3_254_000), (486_000, 3_255_000)]),
    "polygon": box(485_000, 3_254_000, 485_400, 3_254_400),
}


# Both surfaces of the small district's land cover are built on, so that every township has something that hardens.
LEGEND = pd.DataFrame({"value": [2, 4], "name": ["城镇", "村庄"], "surface": ["urban", "rural_built"]})


def _value(field: Field, layer: Layer) -> object:
    if field.name == "township" or field.refers_to == "townships":
        return A
    if field.kind == "choice":
        return field.choices[0]
    if field.kind in ("number", "integer"):
        ends = [end for end in (field.low, field.high) if end is not None]
        value = sum(ends) / len(ends) if len(ends) == 2 else max(ends, default=0.0) + (1 if field.high is None else 0)
        return round(value) if field.kind == "integer" else value
    if field.refers_to is not None and not field.key:
        told = CATALOGUE[field.refers_to]
        return _value(told.key, told) if field.required else None
    return {"boolean": True, "date": pd.Timestamp("2020-01-01")}.get(field.kind, f"{layer.id}-{field.name}"[:20])


def _rows(layer: Layer) -> pd.DataFrame:
    if layer.id == "landcover_legend":
        return LEGEND
    row = {field.name: _value(field, layer) for field in layer.fields}
    if layer.geometry == "table":
        return pd.DataFrame([row])
    return gpd.GeoDataFrame([row | {"geometry": SHAPES[layer.geometry]}], geometry="geometry", crs=METRIC)


def write_filled_district(folder: Path, layers: Iterable[str], *, code: str = CODE) -> Path:
    """Writes the small district and those of `layers` that it lacks into `folder` and returns it."""
    write_small_district(folder, code=code)
    for id_ in layers:
        layer = CATALOGUE[id_]
        if id_ not in ROWS and not (folder / layer.file).exists():
            write_layer(recoded(_rows(layer), code), layer, folder=folder)
            with (folder / "sources.toml").open("a", encoding="utf-8") as file:
                file.write(f'\n[{id_}]\nissuer = "小县"\nas_of = 2024-12-31\nlicence = "test"\nstatus = "open"\n')
    write_manifest(make_manifest(folder), folder)
    return folder
